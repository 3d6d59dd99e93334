"""A case put into words once: its stages, its rows, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from panoh.base.i18n import day, moment
from panoh.base.i18n import gettext as _
from panoh.domain.casework import BestInterests, FollowUp, PlanRow, Referral, Service
from panoh.domain.workflow import (
    ASSESSMENT,
    CLOSED,
    NEW,
    PLAN,
    REOPENED,
    STAGES,
    WAY,
    end_of,
    service_due,
    waits_for_answer,
)
from panoh.services.care import Arranged
from panoh.services.desk import Desk
from panoh.services.due import DueLine
from panoh.services.person_edit import Opened
from panoh.services.transfers import Handing
from panoh.ui.decision_words import kind_words
from panoh.ui.words import due_words

CHANGE, DONE, RECORD, SLIP, ANSWER = "change", "done", "record", "slip", "answer"
WITHDRAW, DECIDE, END = "withdraw", "decide", "end"


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row of a panel in words, with the record behind it and what can be done with it."""

    record: PlanRow | Service | Referral | FollowUp | Handing | Arranged | BestInterests
    when: str
    late: bool
    what: str
    more: tuple[str, ...]
    state: str
    acts: tuple[tuple[str, str], ...]
    over: bool


class CaseWords:
    """The words of one case, as this user may read it now."""

    def __init__(self, desk: Desk, opened: Opened) -> None:
        self._desk, self._opened = desk, opened
        self._work, self._case = opened.casework, opened.view.case

    @property
    def withheld(self) -> str:
        """Why no row shows; '' where they may be read."""
        return _("Restricted: ask the supervisor or whoever holds the case.") if self._work.withheld else ""

    @property
    def stages(self) -> tuple[tuple[str, str], ...]:
        """The usual way of a case, with the stage where it stands in bold."""
        stage = self._work.stand.stage
        way = (REOPENED, *WAY[1:]) if stage == REOPENED else WAY
        spans = []
        for at, one in enumerate(way):
            word = _(STAGES[one]) if at == len(way) - 1 else _("{stage} ›").format(stage=_(STAGES[one]))
            spans.append((word, "bold" if one == stage else "secondary"))
        return tuple(spans)

    @property
    def next(self) -> str:
        """What comes next, and until when."""
        stand = self._work.stand
        if stand.by is None:
            return _("Next: {what}").format(what=stand.next) if stand.stage != CLOSED else stand.next
        when = (
            due_words(end_of(stand.by), self._desk.clock.now())
            if self._late(stand.by)
            else _("by {day}").format(day=day(stand.by))
        )
        return _("Next: {what} ({when})").format(what=stand.next, when=when)

    @property
    def step(self) -> str:
        """The button of the step that is due; '' where none is."""
        if self._work.withheld:
            return ""
        return {
            NEW: _("Assessed…"), ASSESSMENT: _("Assessed…"), REOPENED: _("Assessed…"), PLAN: _("Plan agreed…"),
        }.get(self._work.stand.stage, "")  # fmt: skip

    @property
    def is_plan_next(self) -> bool:
        """Whether that step is the plan."""
        return self._work.stand.stage == PLAN

    @property
    def days_can_be_set(self) -> bool:
        """Whether the assessment or the plan is still ahead."""
        return bool(self.step) and self._case is not None

    @property
    def waiting(self) -> str:
        """What else supervisors were asked and did not decide; '' for nothing, and for whoever may not read the case."""
        asked = [
            one.approval for one in reversed(self._opened.decisions) if one.waits and one.approval.kind != "closure"
        ]
        kinds = ", ".join(dict.fromkeys(kind_words(self._desk, one) for one in asked if one.kind))
        return _("Waits for a supervisor: {what}").format(what=kinds) if kinds and not self.withheld else ""

    @property
    def closing(self) -> str:
        """That the case is closed, since when and why; or who asked that it is; '' for neither."""
        case = self._case
        if case is not None and case.status == CLOSED:
            told = _("Closed on {day}").format(day=day(case.closed_on) if case.closed_on else "")
            why = self._desk.name_of("closing_why", case.closing_why) if case.closing_why else ""
            return _("{closed}: {reason}").format(closed=told, reason=why) if why else told
        asked = _("Closing asked by {who} on {when}: {reason}. A supervisor decides.")
        return "\n".join(
            asked.format(
                who=one.by, when=moment(one.at) if one.at else "", reason=self._desk.name_of("closing_why", one.why)
            )
            for one in self._opened.closing
        )

    # --- what is due --------------------------------------------------------------------------------------------------

    @property
    def due(self) -> tuple[DueLine, ...]:
        """The lines, the first due first."""
        return self._opened.due

    def when(self, line: DueLine) -> str:
        """When a line is due."""
        return due_words(line.due_at, self._desk.clock.now()) if line.due_at else _("no date")

    def owner(self, line: DueLine) -> str:
        """Who is to do it."""
        return self._opened.offers.user_names.get(line.owner_id, _("nobody"))

    # --- rows -----------------------------------------------------------------------------------------------------------

    @property
    def plan(self) -> list[RowWords]:
        """The plan."""
        return [
            self._row(
                row, _end(row.by_when), row.done_on, row.goal, (row.action, self._need(row.need_id)),
                row.result if row.done_on else row.who, ((DONE, _("Done…")), (CHANGE, _("Change…"))),
            )
            for row in self._work.plan
        ]  # fmt: skip

    @property
    def services(self) -> list[RowWords]:
        """Services."""
        return [self._service(one) for one in self._work.services]

    @property
    def referrals(self) -> list[RowWords]:
        """Referrals."""
        return [self._referral(one) for one in self._work.referrals]

    @property
    def follow_ups(self) -> list[RowWords]:
        """Follow-ups."""
        return [self._follow_up(one) for one in self._work.follow_ups]

    @property
    def transfers(self) -> list[RowWords]:
        """Who was asked to take the case over, and what came of it; a case that went over stands in sight."""
        return [self._handing(one) for one in self._opened.transfers.rows]

    def _handing(self, one: Handing) -> RowWords:
        told, answer = one.transfer, one.transfer.answer
        states = {
            "accepted": _("Taken over on {when}"), "refused": _("Refused on {when}"), "withdrawn": _("Taken back on {when}"),
        }  # fmt: skip
        when = moment(told.answered_at) if told.answered_at else ""
        state = states[answer].format(when=when) if answer in states else _("no answer yet")
        what = _("{who} asked {whom}").format(who=one.from_name, whom=one.to_name)
        acts = ((WITHDRAW, _("Take back")),) if one.mine else ()
        over = answer in ("refused", "withdrawn")
        return RowWords(one, moment(told.asked_at), False, what, (told.why, told.answer_words), state, acts, over)

    def _service(self, one: Service) -> RowWords:
        label = self._desk.name_of
        frame = label("time_frame", one.frame) if one.frame and not one.appointment_on else ""
        state = one.provider_note if one.done_on else one.provider or _("no provider yet")
        return self._row(
            one, service_due(one), one.done_on, label("service_kind", one.kind),
            (frame, one.place, one.note, self._need(one.need_id)), state, ((DONE, _("Given…")), (CHANGE, _("Change…"))),
        )  # fmt: skip

    def _referral(self, one: Referral) -> RowWords:
        to = one.organisation or self._desk.name_of("recipient", one.recipient)
        over = one.done_on is not None or one.answer in ("refused", "revoked")
        state = self._desk.name_of("referral_answer", one.answer) if one.answer else _("no answer yet")
        if one.done_on:
            state = _("Done on {day}").format(day=day(one.done_on))
        elif one.answered_on:
            state = _("{answer} on {day}").format(answer=state, day=day(one.answered_on))
        by = one.answer_by if waits_for_answer(one) else None
        acts = ((SLIP, _("Slip…")), (ANSWER, _("Answer…"))) if not over else ()
        what = _("{service}, to {whom}").format(service=self._desk.name_of("service_kind", one.service_kind), whom=to)
        return RowWords(
            one, self._when(by) or one.reference, self._past(by),
            what, (_("reference {number}").format(number=one.reference), one.why, one.answer_words), state, acts, over,
        )  # fmt: skip

    def _follow_up(self, one: FollowUp) -> RowWords:
        state = {"yes": _("Seen"), "no": _("Not seen")}.get(one.seen, "")
        if one.same_carer == "no":
            state = _("{seen}, with another carer").format(seen=state)
        return self._row(
            one, _end(one.due_on), one.done_on, self._desk.name_of("follow_up_kind", one.kind), (one.found, one.not_seen_why),
            state, ((RECORD, _("Record…")), (CHANGE, _("Change…"))),
        )  # fmt: skip

    def _row(
        self,
        record: PlanRow | Service | FollowUp,
        due: datetime | None,
        done: date | None,
        what: str,
        more: tuple[str, ...],
        state: str,
        acts: tuple[tuple[str, str], ...],
    ) -> RowWords:
        when = _("Done {day}").format(day=day(done)) if done else self._when(due) or _("no date")
        late = done is None and self._past(due)
        return RowWords(record, when, late, what, more, state, () if done else acts, done is not None)

    def _need(self, need_id: str) -> str:
        need = next((one for one in self._work.needs if one.id == need_id), None)
        return _("for: {need}").format(need=self._desk.name_of("need", need.code)) if need else ""

    def _late(self, on: date | None) -> bool:
        return on is not None and on < self._desk.clock.today()

    def _past(self, at: datetime | None) -> bool:
        return at is not None and at < self._desk.clock.now()

    def _when(self, at: datetime | None) -> str:
        return due_words(at, self._desk.clock.now()) if at else ""


def _end(on: date | None) -> datetime | None:
    return end_of(on) if on else None
