"""The form of a tracing request: who asks, whom they look for, what is known of the parting, what may be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import day
from panoh.base.ids import new_id
from panoh.domain.dates import DAY, PartialDate
from panoh.domain.person import Unanswered
from panoh.domain.tracing import TracingRequest
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.person_picker import PersonPicker
from panoh.ui.tracing.request_fields import NOT_ASKED, WHO, RequestFields
from panoh.ui.tracing.request_reading import ANSWERS, CHOICES, DAYS, LISTS, PLAIN, WISHES, RequestReader
from panoh.ui.widgets.choices import Choice
from panoh.ui.widgets.control_values import read, watch, write
from panoh.ui.widgets.form import Form

WHO_ID, REQUEST, INQUIRY = (
    "who_id",
    "request",
    "inquiry",
)  # of a draft: who was taken, what it changes, what it belongs to
# What stays for the next person of the same inquiry: who asks, the parting, the consent to trace.
STAYS = (
    WHO, WHO_ID, "contact", "separated_on", "separated_where", "separation_cause", "consent_to_trace", "consent_by",
    "consent_how", "consent_on",
)  # fmt: skip
_FOLDED_ABOUT = ("other_names", "marks", "clothes", "languages", "phone", "document_no")
_FOLDED_CONSENT = ("consent_by", "consent_how", "consent_on", "consent_to_show", "consent_to_publish")


class RequestForm(QWidget):
    """`edited` tells that a person changed something. `values` and `show_values` take it whole, as a draft is kept."""

    edited = Signal()
    asker_changed = Signal(str)  # the id of the person who asks; '' nobody who is registered

    def __init__(
        self, words: Vocabularies, picker: PersonPicker, today: Callable[[], date], languages: Sequence[Choice] = ()
    ) -> None:
        super().__init__()
        self.words, self.picker, self._today, self._languages = words, picker, today, tuple(languages)
        self._writing = False
        self._begun: dict[str, str] = {}
        self.form = Form()
        self._fields = RequestFields(self.form, words, picker, today, languages)
        self._controls: dict[str, Any] = {key: row.control for key, row in self._fields.rows.items()}
        for control in self._controls.values():
            watch(control, self._changed)
        picker.edited.connect(self._asker_typed)
        picker.picked.connect(self._asker_taken)
        self._control("consent_to_trace").set_value(NOT_ASKED)
        self.form.set_spacing(16)
        self.form.finish()
        self._empty = self._texts()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    # --- whole -------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, str]:
        """Everything that stands in the form, as plain texts."""
        return {**self._texts(), WHO: self.picker.text(), WHO_ID: self.picker.person_id}

    def show_values(self, values: Mapping[str, Any], *, begins: bool = False) -> None:
        """Show what a draft held; what is not in it is empty. The person taken is shown by the presenter.

        With `begins` a new request begins with these: as long as nothing is added, nobody has typed anything.
        """
        kept = {key: text for key, text in values.items() if isinstance(text, str)}
        self._writing = True
        for key, text in {**self._empty, **kept}.items():
            if key in self._controls:
                write(self._controls[key], text)
        self._writing = False
        self.picker.set_text(kept.get(WHO, ""))
        self._begun = kept if begins else {}
        self.show_child(False)
        self._unfold_what_holds()
        self.form.show_problems([])

    def show_request(self, request: TracingRequest, unanswered: Mapping[str, str]) -> None:
        """Show a request that is to be changed."""
        self.show_values({})
        self._writing = True
        self.picker.set_text(request.inquirer_name)
        self._line("sought").setText(request.full_name)
        for key in LISTS:
            self._line(key).setText(", ".join(getattr(request, key)))
        words = dict(self._languages)
        self._line("languages").setText(", ".join(words.get(code, code) for code in request.languages))
        for key in (*PLAIN, "wish_why"):
            self._line(key).setText(getattr(request, key))
        for key in ANSWERS:
            self._control(key).set_answer(getattr(request, key), unanswered.get(key, ""))
        for key in (*CHOICES, *WISHES):
            self._control(key).set_value(getattr(request, key))
        for key in DAYS:
            on = getattr(request, key)
            self._line(key).setText(day(on) if on else "")
        self._line("wish_order").setText(str(request.wish_order or ""))
        self._control("birth").set_value(request.birth)
        parted = request.separated_on
        self._control("separated_on").set_value(PartialDate(DAY, parted, parted) if parted else PartialDate())
        self._control("consent_to_trace").set_value(request.consent_to_trace or NOT_ASKED)
        self._writing = False
        self._unfold_what_holds()

    def show_child(self, on: bool) -> None:
        """Ask what the child wishes, when the one who asks is one; else not."""
        self._fields.child.setVisible(on)

    def typed(self) -> bool:
        """Whether anything was typed that a draft should keep."""
        values = self.values()
        return any(values[key] != self._begun.get(key, self._empty.get(key, "")) for key in values if key != WHO_ID)

    def title(self) -> str:
        """Whom the request is about, for lists of drafts."""
        return self._line("sought").text().strip() or self._line("nickname").text().strip() or self.picker.text()

    def take_focus(self) -> None:
        """Put the keys where a new request begins."""
        self.form.rows[WHO].take_focus()

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self, before: TracingRequest) -> tuple[TracingRequest, list[Unanswered], list[FieldProblem]]:
        """The request as it stands, the questions without an answer, and what keeps it from being saved."""
        reader = RequestReader(self._controls, self._today(), self._languages)
        asker = (self.picker.person_id, self.picker.text())
        request = reader.request(before, asker, child=not self._fields.child.isHidden())
        return request, self._unanswered(request.id), sorted(reader.problems, key=self._place)

    def _unanswered(self, request_id: str) -> list[Unanswered]:
        gaps = {key: self._control(key).unknown for key in ANSWERS}
        return [
            Unanswered(id=new_id(), record_id=request_id, field=key, answer=answer)
            for key, answer in gaps.items()
            if answer
        ]

    def _place(self, problem: FieldProblem) -> int:
        """Where the field stands in the form, so that problems are told from top to bottom."""
        return list(self.form.rows).index(problem.field)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _unfold_what_holds(self) -> None:
        texts = self._texts()
        for fold, keys in ((self._fields.about, _FOLDED_ABOUT), (self._fields.given, _FOLDED_CONSENT)):
            fold.set_open(any(texts[key] != self._empty[key] for key in keys))

    def _line(self, key: str) -> QLineEdit:
        line: QLineEdit = self._controls[key]
        return line

    def _control(self, key: str) -> Any:
        return self._controls[key]

    def _texts(self) -> dict[str, str]:
        return {key: read(control) for key, control in self._controls.items()}

    def _changed(self) -> None:
        if not self._writing:
            self.edited.emit()

    def _asker_typed(self) -> None:
        self.asker_changed.emit("")
        self.edited.emit()

    def _asker_taken(self, person_id: str) -> None:
        self.asker_changed.emit(person_id)
        self.edited.emit()
