"""Two panels of the tab 'Case' about a child: who cares, and its best interests. Care may be noted of anybody."""

from __future__ import annotations

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.casework import BestInterests
from panoh.domain.workflow import end_of
from panoh.services.care import Arranged
from panoh.ui.person.casework.panels import RowsPanel
from panoh.ui.person.casework.words import CHANGE, DECIDE, END, RowWords
from panoh.ui.person.shown import Shown
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.words import due_words


class CarePanel(RowsPanel):
    """Who cares for the person, and who did; above it what does not fit together."""

    def __init__(self) -> None:
        super().__init__(_("Care"), _("Note the care…"), _("Nothing is noted yet."))
        self.told = NoteBar(tone="error", icon="state.error")
        self.body.insertWidget(0, self.told)

    def show_care(self, shown: Shown, withheld: str) -> None:
        """Show the arrangements of this person."""
        care = shown.opened.care
        told = [sentence for one in care.rows for sentence in one.contradictions]
        if shown.may_be_child and not withheld and care.in_force is None:
            told.append(_("No carer of this child is noted: note who it is, or that there is nobody."))
        self.told.set_text("\n".join(told))
        self.show_rows([self._words(shown, one) for one in care.rows], withheld)

    def _words(self, shown: Shown, one: Arranged) -> RowWords:
        kept = one.arrangement
        carer = shown.called(one.carer) if one.carer else kept.carer
        over = kept.until is not None
        when = _("since {day}").format(day=day(kept.since)) if kept.since else _("since no known day")
        if kept.until is not None:
            when = _("{since} until {day}").format(since=when, day=day(kept.until))
        acts = () if over else ((CHANGE, _("Change…")), (END, _("Ended…")))
        what = shown.desk.name_of("care", kept.kind)
        return RowWords(
            one,
            when,
            bool(one.contradictions) or kept.safe == "no",
            what,
            (carer, kept.relation, kept.ended_why),
            _looked(one),
            acts,
            over,
        )


class BestInterestsPanel(RowsPanel):
    """What was begun and decided for a child; above it that it has to be begun."""

    def __init__(self) -> None:
        super().__init__(_("Best interests"), _("Begin…"), _("No best interests procedure was begun."))
        self.told = NoteBar(tone="note", icon="state.do")
        self.body.insertWidget(0, self.told)

    def show_procedures(self, shown: Shown, withheld: str) -> None:
        """Show the procedures of this person."""
        procedures = shown.opened.best_interests
        needed = _("A child alone: begin an assessment before anything is done for it.")
        self.told.set_text(needed if procedures.called_for else "")
        self.show_rows([self._words(shown, one) for one in procedures.rows], withheld)
        self.setVisible(shown.may_be_child or bool(procedures.rows))

    def _words(self, shown: Shown, one: BestInterests) -> RowWords:
        label, now = shown.desk.name_of, shown.desk.clock.now()
        by = end_of(one.review_on) if one.review_on else None
        late = by is not None and by < now
        due = due_words(by, now) if by else _("no date")
        begun = _("begun {day}").format(day=day(one.started_on)) if one.started_on else ""
        if one.decided_on is None:
            asked = "" if one.child_view else _("the child was not asked yet")
            return RowWords(
                one, due, late, label("best_interests", one.kind), (label("best_interests_why", one.why), begun, asked),
                _("not decided yet"), ((CHANGE, _("Write…")), (DECIDE, _("Decide…"))), False,
            )  # fmt: skip
        state = _("Decided on {day}").format(day=day(one.decided_on))
        when = _("review {when}").format(when=due) if by else state
        return RowWords(
            one, when, late, label("best_interests", one.kind),
            (label("best_interests_why", one.why), one.decision, ", ".join(one.panel)), state, (), by is None,
        )  # fmt: skip


def _looked(one: Arranged) -> str:
    """Whether somebody looked at the carer, and what was found."""
    kept = one.arrangement
    if kept.assessed_on is None:
        return _("nobody looked yet") if kept.until is None else ""
    found = _("safe") if kept.safe == "yes" else _("not safe")
    return _("looked at {day}: {found}").format(day=day(kept.assessed_on), found=found)
