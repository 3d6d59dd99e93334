"""The form of a tracing request: who asks, whom they look for, what is known of the parting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.dates import DAY, UNKNOWN, PartialDate
from panoh.domain.names import split_full_name
from panoh.domain.person import Unanswered
from panoh.domain.tracing import TracingRequest
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.person_picker import PersonPicker
from panoh.ui.widgets.choices import RadioChoice
from panoh.ui.widgets.control_values import read, watch, write
from panoh.ui.widgets.controls import choice_box
from panoh.ui.widgets.date import PartialDateEdit
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.unknown import AnswerEdit

NOT_ASKED = "not_asked"  # the choice for a consent that was not asked; the record keeps ''
ANSWERS = ("origin", "separated_where", "last_seen")  # fields that may hold one of the four unknowns
WHO, WHO_ID, REQUEST = "who", "who_id", "request"  # of a draft: the line, the person taken, the request changed
_LONGEST = 200


class RequestForm(QWidget):
    """`edited` tells that a person changed something. `values` and `show_values` take it whole, as a draft is kept."""

    edited = Signal()

    def __init__(self, words: Vocabularies, picker: PersonPicker, today: Callable[[], date]) -> None:
        super().__init__()
        self._words, self.picker, self._today = words, picker, today
        self._controls: dict[str, Any] = {}
        self._writing = False
        self.form = Form()
        picker.edited.connect(self.edited)
        picker.picked.connect(lambda _person_id: self.edited.emit())
        self._build()

    # --- whole -------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, str]:
        """Everything that stands in the form, as plain texts."""
        return {**self._texts(), WHO: self.picker.text(), WHO_ID: self.picker.person_id}

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what a draft held; what is not in it is empty. The person taken is shown by the presenter."""
        kept = {key: text for key, text in values.items() if isinstance(text, str)}
        self._writing = True
        for key, text in {**self._empty, **kept}.items():
            if key in self._controls:
                write(self._controls[key], text)
        self._writing = False
        self.picker.set_text(kept.get(WHO, ""))
        self.form.show_problems([])

    def show_request(self, request: TracingRequest, unanswered: Mapping[str, str]) -> None:
        """Show a request that is to be changed."""
        self.show_values({})
        self.picker.set_text(request.inquirer_name)
        self._line("sought").setText(request.full_name)
        self._line("relatives").setText(", ".join(request.relatives))
        for key in ANSWERS:
            self._control(key).set_answer(getattr(request, key), unanswered.get(key, ""))
        for key in ("relation", "separation_cause"):
            self._control(key).set_value(getattr(request, key))
        self._control("sex").set_value(request.sex)
        self._control("birth").set_value(request.birth)
        on = request.separated_on
        self._control("separated_on").set_value(PartialDate(DAY, on, on) if on else PartialDate())
        self._control("consent_to_trace").set_value(request.consent_to_trace or NOT_ASKED)

    def typed(self) -> bool:
        """Whether anything was typed that a draft should keep."""
        values = self.values()
        return any(values[key] != self._empty.get(key, "") for key in values if key != WHO_ID)

    def title(self) -> str:
        """Whom the request is about, for lists of drafts."""
        return self._line("sought").text().strip() or self.picker.text()

    def take_focus(self) -> None:
        """Put the keys where a new request begins."""
        self.form.rows[WHO].take_focus()

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self, before: TracingRequest) -> tuple[TracingRequest, list[Unanswered], list[FieldProblem]]:
        """The request as it stands, the questions without an answer, and what keeps it from being saved."""
        problems: list[FieldProblem] = []
        text = self._line("sought").text().strip()
        if not self.picker.text():
            problems.append(FieldProblem(WHO, _("Say who asks: choose a person or type a name")))
        if not text:
            problems.append(FieldProblem("sought", _("Say whom they look for: one name is enough")))
        birth = self._birth(problems)
        separated_on = self._separated_on(problems)
        split = split_full_name(text)
        texts: dict[str, Any] = {key: self._control(key).answer() for key in ANSWERS}
        if text != before.full_name:  # a name that was not touched keeps the parts in which it is recorded
            texts |= {"given_name": split.given, "family_name": split.family, "patronymic": split.patronymic}
        request = replace(
            before,
            inquirer_id=self.picker.person_id,
            inquirer_name="" if self.picker.person_id else self.picker.text(),
            relation=self._control("relation").value(),
            sex=self._control("sex").value(),
            birth_precision=birth.precision,
            birth_earliest=birth.earliest,
            birth_latest=birth.latest,
            birth_said=birth.said,
            birth_as_of=birth.as_of,
            relatives=tuple(name.strip() for name in self._line("relatives").text().split(",") if name.strip()),
            separated_on=separated_on,
            separation_cause=self._control("separation_cause").value(),
            consent_to_trace=self._control("consent_to_trace").value().replace(NOT_ASKED, ""),
            **texts,
        )
        return request, self._unanswered(request.id), sorted(problems, key=self._place)

    def _birth(self, problems: list[FieldProblem]) -> PartialDate:
        try:
            told: PartialDate = self._control("birth").value()
        except FieldProblem as problem:
            problems.append(FieldProblem("birth", problem.text))
            return PartialDate()
        return told

    def _separated_on(self, problems: list[FieldProblem]) -> date | None:
        """The day of the parting. A month or a year alone is no day, and none is invented."""
        try:
            told = self._control("separated_on").value()
        except FieldProblem as problem:
            problems.append(FieldProblem("separated_on", problem.text))
            return None
        if told.precision not in (DAY, UNKNOWN) or (told.precision == UNKNOWN and told.said):
            words = _("Give the day, or leave it empty and write what is known under “Where”: a day is never guessed")
            problems.append(FieldProblem("separated_on", words))
            return None
        return told.earliest if isinstance(told.earliest, date) else None

    def _unanswered(self, request_id: str) -> list[Unanswered]:
        states = {key: self._control(key).unknown for key in ANSWERS}
        return [
            Unanswered(id=new_id(), record_id=request_id, field=key, answer=state)
            for key, state in states.items()
            if state
        ]

    def _place(self, problem: FieldProblem) -> int:
        return list(self.form.rows).index(problem.field)

    def _line(self, key: str) -> QLineEdit:
        line: QLineEdit = self._controls[key]
        return line

    def _control(self, key: str) -> Any:
        return self._controls[key]

    def _texts(self) -> dict[str, str]:
        return {key: read(control) for key, control in self._controls.items()}

    def _take(self, key: str, control: QWidget) -> None:
        self._controls[key] = control
        watch(control, self._changed)

    def _changed(self) -> None:
        if not self._writing:
            self.edited.emit()

    # --- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        said = _("As said. One name part is enough; add the rest when known.")
        self.form.add(WHO, FieldRow(_("Who asks"), self.picker, hint=_("Someone registered, or a name as said.")))
        self._add("sought", _("Whom they look for"), QLineEdit(), hint=said)
        offered = [(term.code, self._words.label("relation", term.code)) for term in self._words["relation"].offers()]
        relation = choice_box([choice for choice in offered if choice[0] != "head"])
        sex = RadioChoice([("F", _("Female")), ("M", _("Male"))], columns=2)
        self._add_two("relation", _("What they are to the one who asks"), relation, "sex", _("Sex"), sex)
        born = PartialDateEdit(self._today, placeholder=_("about 6, 1998, 12.3.98"))
        self._add("birth", _("Age or birth date"), born, optional=True)
        self._add("origin", _("Where they lived before"), AnswerEdit(), optional=True, f8=True)
        kin = _("Family who may be with them, by name, with commas between.")
        self._add("relatives", _("Names of relatives"), QLineEdit(), hint=kin, optional=True)
        self._add("separated_on", _("When they were separated"), PartialDateEdit(self._today), optional=True)
        self._add("separated_where", _("Where they were separated"), AnswerEdit(), optional=True, f8=True)
        causes = [(term.code, _(term.label)) for term in self._words["separation_cause"].offers()]
        self._add("separation_cause", _("How they came apart"), choice_box(causes), optional=True)
        self._add("last_seen", _("Where they were last seen"), AnswerEdit(), optional=True, f8=True)
        answers = [
            ("yes", _("Yes")),
            ("no", _("No, do not match")),
            (NOT_ASKED, _("Not asked yet: inside the vault only")),
        ]
        self._add("consent_to_trace", _("May we look for them?"), RadioChoice(answers, columns=1))
        self._control("consent_to_trace").set_value(NOT_ASKED)
        self.form.finish()
        self._empty = self._texts()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    def _add(
        self, key: str, label: str, control: QWidget, *, hint: str = "", optional: bool = False, f8: bool = False
    ) -> None:
        if isinstance(control, QLineEdit):
            control.setMaxLength(_LONGEST)
        beside = plain_label(_("F8 changes"), "small secondary") if f8 else None
        self._take(key, control)
        self.form.add(key, FieldRow(label, control, hint=hint, optional=optional, beside=beside))

    def _add_two(
        self, first: str, first_label: str, control: QWidget, second: str, second_label: str, other: QWidget
    ) -> None:
        self._take(first, control)
        self._take(second, other)
        one = FieldRow(first_label, control, optional=True)
        two = FieldRow(second_label, other, optional=True)
        self.form.add_beside((first, one), (second, two), stretches=(3, 2))
