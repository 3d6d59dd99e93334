"""The key sheet of carried papers, for the office: which one, saved protected or printed, or a new one begun."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.labels import plain_label

_LONGEST = 300  # characters of a reason


class KeySheetDialog(QDialog):
    """Asks what is to be done with a key sheet; decides nothing."""

    save_asked = Signal(str)  # sign of the sheet
    print_asked = Signal(str, str)  # sign, reason
    begin_asked = Signal()

    def __init__(self, parent: QWidget, sheets: Sequence[Choice]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Panoh"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sheet = ChoiceBox(sheets)
        self.sheet.set_value(sheets[0][0])
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self._sure = False
        self._form = Form()
        told = _("The last sign of a reference names its sheet.")
        self._form.add("sheet", FieldRow(_("Key sheet"), self.sheet, hint=told))
        why = _("Only for printing. It is recorded.")
        self._form.add("reason", FieldRow(_("Why it is printed"), self.reason, hint=why, optional=True))
        self._form.finish()
        self.save = KeyButton(_("Save protected PDF…"), self._save, icon="action.save_pdf", kind="main")
        self.print = KeyButton(_("Print…"), self._print, icon="action.print")
        self.begin = KeyButton(_("Begin a new sheet…"), self._begin, icon="action.add")
        self._warning = plain_label("", "bold", wrap=True)
        self._warning.hide()
        self._lay_out()

    def _save(self) -> None:
        self.save_asked.emit(self.sheet.value())

    def _print(self) -> None:
        reason = self.reason.text().strip()
        self._form.show_problems([] if reason else [FieldProblem("reason", _("Say why: it is recorded"))])
        if reason:
            self.print_asked.emit(self.sheet.value(), reason)

    def _begin(self) -> None:
        """Pressed once it says what would follow, pressed again it does it."""
        if self._sure:
            self.begin_asked.emit()
            return
        self._sure = True
        self._warning.setText(
            _(
                "Papers made from now on get other codes and another last sign; papers that are out are read with the sheet before. "
                "Press again to begin it."
            )
        )
        self._warning.show()
        self.begin.set_words(_("Begin it now"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label(_("Key sheet for the office"), "title bold", wrap=True))
        words = _(
            "It reads the codes of carried papers back. It stays in the office, away from every carried paper. "
            "When it was lost or seen, begin a new one."
        )
        column.addWidget(plain_label(words, wrap=True))
        column.addWidget(self._form, 1)
        column.addWidget(self._warning)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.save, self.print, self.begin, KeyButton(_("Close"), self.reject, kind="flat")):
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        self.setMinimumWidth(look().grown(560))
