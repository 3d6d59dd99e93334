"""A group that is registered by its size before its people are: how many there are, and the needs that were seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.registration import COUNTS, FamilyForm
from panoh.ui.widgets.controls import Beside, CodesEdit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.panels import Panel


class GroupBlock(Panel):
    """The fields by their names in FamilyForm. `edited` follows each change by a person."""

    edited = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__(_("Group"), sub=_("size and needs only; its people are registered later"), padded=True)
        self.body.setSpacing(12)
        self._needs = words["specific_needs"]
        labels = (_("People"), _("Women"), _("Men"), _("Girls"), _("Boys"))
        self.rows: dict[str, FieldRow] = {
            name: FieldRow(label, QLineEdit(), optional=name != "people_told")
            for name, label in zip(COUNTS, labels, strict=True)
        }
        needs = CodesEdit([(term.code, self._needs.label(term.code)) for term in self._needs.offers(at_grid=True)])
        hint = _("what one can see; several: put commas between them")
        self.rows["needs_told"] = FieldRow(_("Needs seen"), needs, hint=hint, optional=True)
        self.body.addWidget(Beside(*(self.rows[name] for name in COUNTS), least=110))
        self.body.addWidget(self.rows["needs_told"])
        for row in self.rows.values():
            if isinstance(row.control, QLineEdit):
                row.control.textEdited.connect(self.edited)

    def values(self) -> dict[str, Any]:
        """What the fields hold, by field."""
        told: dict[str, Any] = {name: self._text(name) for name in COUNTS}
        return {**told, "needs_told": tuple(code for code in map(self._code, self._typed_needs()) if code)}

    def show_form(self, form: FamilyForm) -> None:
        """Show a form's group."""
        for name in COUNTS:
            self._set(name, getattr(form, name))
        self._set("needs_told", ", ".join(self._needs.label(code) for code in form.needs_told))
        for row in self.rows.values():
            row.set_error("")

    def problems(self) -> list[FieldProblem]:
        """Needs that the list does not know, or that must not be typed while the group looks on."""
        unknown = [text for text in self._typed_needs() if not self._code(text)]
        words = _("This is no need that the list offers here: {text}.")
        return [FieldProblem("needs_told", words.format(text=unknown[0][:40]))] if unknown else []

    def _code(self, text: str) -> str:
        return self._needs.match(text, at_grid=True) or ""

    def _typed_needs(self) -> list[str]:
        return [part.strip() for part in self._text("needs_told").split(",") if part.strip()]

    def _text(self, name: str) -> str:
        control = self.rows[name].control
        return control.text().strip() if isinstance(control, QLineEdit) else ""

    def _set(self, name: str, text: str) -> None:
        control = self.rows[name].control
        if isinstance(control, QLineEdit):
            control.setText(text)
