"""Small forms of casework: a step of the plan, a service, a follow-up, and what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.casework import FollowUp, PlanRow, Service
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.form_reader import day_text
from panoh.ui.widgets.choices import Choice, RadioChoice
from panoh.ui.widgets.controls import LongEdit, asked_box, choice_box, day_edit, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

AWAY = "away"


class _RowForm(SmallForm):
    """A row that is added or changed; one that was a mistake can be taken away."""

    def __init__(self, parent: QWidget, title: str, words: str, *, new: bool) -> None:
        super().__init__(parent, title, words, _("Add it") if new else _("Save"))
        self._new = new

    def close_form(self) -> None:
        """Add the last field and set the order of Tab."""
        if not self._new:
            self.form.add(AWAY, FieldRow(_("A mistake?"), QCheckBox(_("Take it away; it stays in the history"))))
        self.form.finish()

    def fill(self, **values: str) -> None:
        """Put these values in."""
        for key, value in values.items():
            self.set_value(key, value)


class PlanForm(_RowForm):
    """A step of the plan: what is to be reached, what is done for it, by whom, by when."""

    def __init__(self, parent: QWidget, needs: Sequence[Choice], row: PlanRow | None) -> None:
        words = _("What is to be reached, and one thing that is done for it. Agreed with the person, in their words.")
        super().__init__(parent, _("Step of the plan"), words, new=row is None)
        self.form.add("goal", FieldRow(_("What is to be reached"), QLineEdit()))
        self.form.add("action", FieldRow(_("What is done for it"), QLineEdit()))
        self.form.add_beside(
            ("who", FieldRow(_("Who does it"), QLineEdit(), optional=True)),
            ("by_when", FieldRow(_("By when"), day_edit(), optional=True)),
        )
        self.form.add(
            "need_id", FieldRow(_("Which need it answers"), choice_box(needs, empty=_("none")), optional=True)
        )
        self.close_form()
        if row is not None:
            self.fill(goal=row.goal, action=row.action, who=row.who, by_when=day_text(row.by_when), need_id=row.need_id)


class ServiceForm(_RowForm):
    """A service that is to be given: which, until when, by whom."""

    def __init__(self, parent: QWidget, words: Vocabularies, needs: Sequence[Choice], service: Service | None) -> None:
        said = _("An appointment counts in place of the time frame. When its time is past it stands as overdue.")
        super().__init__(parent, _("Service"), said, new=service is None)
        self.form.add("kind", FieldRow(_("What is given"), asked_box(offered(words, "service_kind"))))
        self.form.add_beside(
            ("frame", FieldRow(_("Within"), choice_box(offered(words, "time_frame"), empty=_("none")), optional=True)),
            ("appointment_on", FieldRow(_("Appointment on"), day_edit(), optional=True)),
        )
        self.form.add_beside(
            ("provider", FieldRow(_("Who gives it"), QLineEdit(), optional=True)),
            ("place", FieldRow(_("Where"), QLineEdit(), optional=True)),
        )
        self.form.add("note", FieldRow(_("Note"), QLineEdit(), optional=True))
        self.form.add(
            "need_id", FieldRow(_("Which need it answers"), choice_box(needs, empty=_("none")), optional=True)
        )
        self.close_form()
        if service is not None:
            names = ("kind", "frame", "provider", "place", "note", "need_id")
            self.fill(
                **{name: getattr(service, name) for name in names}, appointment_on=day_text(service.appointment_on)
            )


class FollowUpForm(_RowForm):
    """A follow-up that is planned."""

    def __init__(self, parent: QWidget, words: Vocabularies, one: FollowUp | None) -> None:
        said = _("Where a visit or a call could give the person away, choose the safe channel.")
        super().__init__(parent, _("Follow-up"), said, new=one is None)
        self.form.add("kind", FieldRow(_("How"), asked_box(offered(words, "follow_up_kind"))))
        self.form.add("due_on", FieldRow(_("On"), day_edit()))
        hint = _("A visit after a reunification stays due on its day; why it has to wait is noted beside it.")
        self.form.add("why", FieldRow(_("Why it has to wait"), QLineEdit(), hint=hint, optional=True))
        self.form.rows["why"].setVisible(one is not None and bool(one.reunification_id))
        self.close_form()
        if one is not None:
            self.fill(kind=one.kind, due_on=day_text(one.due_on))


class SeenForm(SmallForm):
    """What came of a follow-up, and when the next one is; `propose` gives the days for it."""

    def __init__(self, parent: QWidget, one: FollowUp, today: date, *, child: bool) -> None:
        words = _("A person who was not seen counts as a failed follow-up until one that is seen.")
        super().__init__(parent, _("Follow-up"), words, _("Record it"))
        self._days: dict[str, str] = {}
        yes_no = [("yes", _("Yes")), ("no", _("No"))]
        self._seen = RadioChoice(yes_no, columns=2)
        self.form.add("seen", FieldRow(_("Was the person seen?"), self._seen))
        self.form.add("done_on", FieldRow(_("On"), day_edit()))
        self.form.add("not_seen_why", FieldRow(_("Why not"), QLineEdit()))
        self.form.add("same_carer", FieldRow(_("Is the child with the same carer?"), RadioChoice(yes_no, columns=2)))
        self.form.add("found", FieldRow(_("What was found"), LongEdit(3), optional=True))
        hint = _("Proposed from the level and what came of this one. Empty it if none is needed.")
        self.form.add("next_on", FieldRow(_("Next follow-up on"), day_edit(), hint=hint, optional=True))
        self.form.finish()
        self.form.rows["same_carer"].setVisible(child)
        self.form.rows["not_seen_why"].hide()
        self.set_value("done_on", day_text(one.done_on or today))
        self.set_value("found", one.found)
        self._seen.chosen.connect(self._turn)

    def propose(self, days: dict[str, date]) -> None:
        """The days proposed for the next one, by whether the person was seen."""
        self._days = {seen: day_text(on) for seen, on in days.items()}
        self.set_value("next_on", self._days.get(self._seen.value() or "yes", ""))  # none where one is planned already

    def _turn(self, seen: str) -> None:
        self.form.rows["not_seen_why"].setVisible(seen == "no")
        if self.values()["next_on"] in self._days.values():
            self.set_value("next_on", self._days.get(seen, ""))


class DoneForm(SmallForm):
    """Something is done: on which day, and what came of it."""

    def __init__(self, parent: QWidget, title: str, words: str, label: str, today: date) -> None:
        super().__init__(parent, title, words, _("Record it"))
        self.form.add("on", FieldRow(_("On"), day_edit()))
        if label:
            self.form.add("result", FieldRow(label, LongEdit(2), optional=True))
        self.form.finish()
        self.set_value("on", day_text(today))


class DaysForm(SmallForm):
    """Until when a case is assessed and planned."""

    def __init__(self, parent: QWidget, assess_by: date | None, plan_by: date | None) -> None:
        words = _("These days came from the level. Set others where the person needs it sooner, or cannot come before.")
        super().__init__(parent, _("Other days"), words, _("Set them"))
        self.form.add("assess_by", FieldRow(_("Assess by"), day_edit(), optional=True))
        self.form.add("plan_by", FieldRow(_("Agree a plan by"), day_edit(), optional=True))
        self.form.finish()
        self.set_value("assess_by", day_text(assess_by))
        self.set_value("plan_by", day_text(plan_by))
