"""What the buttons of casework do: open a small form, call the service, tell what was made."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from panoh.base.i18n import gettext as _
from panoh.domain.casework import FollowUp, PlanRow, Referral, Service
from panoh.services import casework, due, referrals
from panoh.services.desk import Changes
from panoh.services.due import DueLine
from panoh.services.person_edit import Opened
from panoh.services.summaries import Made
from panoh.services.vault import write_file
from panoh.ui.form_reader import FormReader, day_text
from panoh.ui.locking import clipboard
from panoh.ui.person.actions import Work
from panoh.ui.person.casework.forms import AWAY, DaysForm, DoneForm, FollowUpForm, PlanForm, SeenForm, ServiceForm
from panoh.ui.person.casework.part import CasePart, Hands
from panoh.ui.person.casework.referral_form import FACTS, VITAL, WHY, AnswerForm, ReferralForm, SlipForm
from panoh.ui.person.casework.words import ANSWER, CHANGE, SLIP, CaseWords
from panoh.ui.saving import ask_pdf_path


class CaseWork(CasePart):
    """Keeps the steps and rows of the case."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        tab = self._view.case
        tab.stand.step_asked.connect(self.ask_step)
        tab.stand.days_asked.connect(self.ask_days)
        tab.due.done_asked.connect(self.finish)
        tab.plan.add_asked.connect(self.ask_plan)
        tab.plan.act_asked.connect(self._plan_act)
        tab.services.add_asked.connect(self.ask_service)
        tab.services.act_asked.connect(self._service_act)
        tab.referrals.add_asked.connect(self.ask_referral)
        tab.referrals.act_asked.connect(self._referral_act)
        tab.follow_ups.add_asked.connect(self.ask_follow_up)
        tab.follow_ups.act_asked.connect(self._follow_up_act)

    # --- the steps ------------------------------------------------------------------------------------------------------

    def ask_step(self) -> None:
        """Ask on which day the case was assessed, or the plan agreed."""
        if (opened := self._opened()) is None:
            return
        person_id, today = opened.view.person.id, self._desk.clock.today()
        if CaseWords(self._desk, opened).is_plan_next:
            words = _("What is planned was gone through with the person, and the person agrees.")
            form, verb = DoneForm(self._view, _("The plan is agreed"), words, "", today), casework.agreed_plan
        else:
            words = _("Needs, risks and wishes are noted in this record. The time for the plan runs from then.")
            form, verb = DoneForm(self._view, _("The case is assessed"), words, "", today), casework.assessed
        self._actions.open_form(form, lambda values: partial(verb, self._desk, person_id, values.day("on")))

    def ask_days(self) -> None:
        """Ask by when the case is assessed and planned."""
        if (opened := self._opened()) is None or opened.view.case is None:
            return
        person_id, case = opened.view.person.id, opened.view.case
        form = DaysForm(self._view, case.assess_by, case.plan_by)
        self._actions.open_form(
            form,
            lambda values: partial(
                casework.set_days,
                self._desk,
                person_id,
                values.day("assess_by", ahead=True),
                values.day("plan_by", ahead=True),
            ),
        )

    def finish(self, line: DueLine) -> None:
        """Mark a line of what is due as done."""
        self._runner.start(
            lambda _progress: due.finish(self._desk, line), self._written, self._view.fail, owner=self._view
        )

    # --- plan and services ----------------------------------------------------------------------------------------------

    def ask_plan(self, row: PlanRow | None = None) -> None:
        """Ask for a step of the plan."""
        if (opened := self._opened()) is not None:
            form = PlanForm(self._view, self._needs(opened), row)
            self._actions.open_form(form, lambda values: self._plan(opened.view.person.id, values, row))

    def _plan(self, person_id: str, values: FormReader, row: PlanRow | None) -> Work:
        if row is not None and values.raw(AWAY):
            return partial(casework.take_away, self._desk, row)
        made = replace(
            row or PlanRow(id="", case_id=""),
            goal=values.text("goal"),
            action=values.text("action"),
            who=values.text("who"),
            by_when=values.day("by_when", ahead=True),
            need_id=values.text("need_id"),
        )
        return partial(casework.plan, self._desk, person_id, made)

    def _plan_act(self, act: str, row: PlanRow) -> None:
        if act == CHANGE:
            self.ask_plan(row)
            return
        form = self._done_form(row.action, _("What came of it"))
        self._actions.open_form(
            form, lambda values: partial(casework.plan_done, self._desk, row, values.text("result"), values.day("on"))
        )

    def ask_service(self, service: Service | None = None) -> None:
        """Ask for a service."""
        if (opened := self._opened()) is not None:
            form = ServiceForm(self._view, self._desk.vocabularies, self._needs(opened), service)
            self._actions.open_form(form, lambda values: self._service(opened.view.person.id, values, service))

    def _service(self, person_id: str, values: FormReader, service: Service | None) -> Work:
        if service is not None and values.raw(AWAY):
            return partial(casework.take_away, self._desk, service)
        texts: dict[str, Any] = {
            name: values.text(name) for name in ("kind", "frame", "provider", "place", "note", "need_id")
        }
        made = replace(
            service or Service(id="", case_id=""), appointment_on=values.day("appointment_on", ahead=True), **texts
        )
        return partial(casework.provide, self._desk, person_id, made)

    def _service_act(self, act: str, service: Service) -> None:
        if act == CHANGE:
            self.ask_service(service)
            return
        form = self._done_form(self._desk.name_of("service_kind", service.kind), _("What the provider told"))
        self._actions.open_form(
            form,
            lambda values: partial(casework.service_done, self._desk, service, values.text("result"), values.day("on")),
        )

    def _done_form(self, title: str, label: str) -> DoneForm:
        return DoneForm(
            self._view, title, _("It stands with what is done from then on."), label, self._desk.clock.today()
        )

    # --- follow-ups -----------------------------------------------------------------------------------------------------

    def ask_follow_up(self, one: FollowUp | None = None) -> None:
        """Ask for a follow-up that is planned."""
        if (opened := self._opened()) is not None:
            form = FollowUpForm(self._view, self._desk.vocabularies, one)
            self._actions.open_form(form, lambda values: self._follow_up(opened.view.person.id, values, one))

    def _follow_up(self, person_id: str, values: FormReader, one: FollowUp | None) -> Work:
        if one is not None and values.raw(AWAY):
            return partial(casework.take_away, self._desk, one)
        made = replace(
            one or FollowUp(id="", case_id=""), kind=values.text("kind"), due_on=values.day("due_on", ahead=True)
        )
        return partial(casework.follow_up, self._desk, person_id, made, values.text("why"))

    def _follow_up_act(self, act: str, one: FollowUp) -> None:
        if act == CHANGE:
            self.ask_follow_up(one)
        else:
            child = self._view.case.may_be_child
            form = SeenForm(self._view, one, self._desk.clock.today(), child=child)
            self._actions.open_form(form, lambda values: self._followed_up(one, values))
            follows = bool(one.reunification_id) and self._another_visit(one)  # planned by the reunification already
            after = {seen: replace(one, seen=seen) for seen in (("no",) if follows else ("yes", "no"))}
            self._runner.start(
                lambda _progress: {seen: casework.next_follow_up(self._desk, done) for seen, done in after.items()},
                form.propose,
                form.fail,
                owner=form,
            )

    def _another_visit(self, one: FollowUp) -> bool:
        """Whether a later visit after the same reunification is to be made still."""
        opened = self._opened()
        rows = opened.casework.follow_ups if opened else ()
        return any(
            each.id != one.id and each.done_on is None and each.reunification_id == one.reunification_id
            for each in rows
        )

    def _followed_up(self, one: FollowUp, values: FormReader) -> Work:
        seen = values.text("seen")
        done = replace(
            one,
            seen=seen,
            done_on=values.day("done_on"),
            not_seen_why=values.text("not_seen_why") if seen == "no" else "",
            same_carer=values.text("same_carer"),
            found=values.text("found"),
        )
        return partial(casework.followed_up, self._desk, done, values.day("next_on", ahead=True))

    # --- referrals ------------------------------------------------------------------------------------------------------

    def ask_referral(self) -> None:
        """Ask what is referred to whom, and what is told."""
        if (opened := self._opened()) is None:
            return
        person_id, words = opened.view.person.id, self._desk.vocabularies
        form = ReferralForm(
            self._view,
            words,
            referrals.recipients(self._desk),
            self._needs(opened),
            supervisor=self._desk.is_supervisor,
        )
        form.recipient_chosen.connect(partial(self._show_offer, form, person_id))
        made: list[Referral] = []

        def then() -> None:
            self.ask_slip(made[-1])

        self._actions.open_form(form, lambda values: self._referral(person_id, values, form, made), then)

    def _show_offer(self, form: ReferralForm, person_id: str, recipient: str) -> None:
        find = partial(referrals.offer, self._desk, person_id, recipient)
        self._runner.start(lambda _progress: find(), form.show_offer, form.fail, owner=form)

    def _referral(self, person_id: str, values: FormReader, form: ReferralForm, made: list[Referral]) -> Work:
        answer_by = values.moment("day", "time")
        if answer_by is None and not values.raw("day"):
            values.wrong("day", _("Say until when an answer is expected."))
        wanted = referrals.Wanted(
            service_kind=values.text("service_kind"),
            recipient=values.text("recipient"),
            organisation=values.text("organisation"),
            asked=values.text("asked"),
            known=values.text("known"),
            facts=tuple(part for part in values.raw(FACTS).split("\n") if part),
            need_id=values.text("need_id"),
            urgent=bool(values.raw("urgent")),
            answer_by=answer_by,
            without_consent_why=values.text(WHY),
            vital=bool(values.raw(VITAL)),
        )

        def refer() -> Changes:
            referral, changes = referrals.refer(self._desk, person_id, wanted)
            made.append(referral)
            return changes

        return refer

    def _referral_act(self, act: str, referral: Referral) -> None:
        if act == SLIP:
            self.ask_slip(referral)
        elif act == ANSWER:
            form = AnswerForm(
                self._view, self._desk.vocabularies, referral.reference, day_text(self._desk.clock.today())
            )
            self._actions.open_form(form, lambda values: self._answer(referral.id, values))

    def _answer(self, referral_id: str, values: FormReader) -> Work:
        came, on, words = values.needed("answer", _("Choose what came back.")), values.day("on"), values.text("words")
        if came == "revoked":
            return partial(referrals.revoke, self._desk, referral_id, words)
        if came == "done":
            return partial(referrals.done, self._desk, referral_id, on, words)
        return partial(referrals.answer, self._desk, referral_id, came, on, words)

    def ask_slip(self, referral: Referral) -> None:
        """Ask how the slip leaves, then where it is saved."""
        form = SlipForm(self._view, referral.reference)
        made: list[Made] = []

        def read(values: FormReader) -> Work:
            plain, reason = bool(values.raw("plain")), values.text("reason")
            if plain and not reason:
                values.wrong("reason", _("Write why it needs no password; it is recorded."))
            path = None if values.problems else ask_pdf_path(form, _("Save the slip"), f"{referral.reference}.pdf")
            if path is None and not values.problems:
                values.wrong("plain", _("No file was chosen: nothing was made."))

            def make() -> Changes:
                made.append(referrals.slip(self._desk, referral.reference, plain=plain, reason=reason))
                if path is not None:
                    write_file(path, made[-1].pdf)
                return made[-1].changes

            return make

        self._actions.open_form(form, read, lambda: self._tell_slip(made[-1]))

    def _tell_slip(self, made: Made) -> None:
        tell = self._view.case.tell_slip
        heading = _("The slip is saved and recorded as export {number}").format(number=made.export.export_no)
        if made.password:
            words = _("The password, shown this once: {password}. Say it apart from the file.")
            told = words.format(password=made.password)
            tell(told, heading, _("Copy"), partial(clipboard.copy, made.password))
        else:
            tell(_("It has no password: whoever finds it can read it."), heading)

    def _needs(self, opened: Opened) -> list[tuple[str, str]]:
        return [(need.id, self._desk.name_of("need", need.code)) for need in opened.casework.needs]
