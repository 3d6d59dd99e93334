"""Errors on the screen: what belongs to a field stands there, the rest in a note; a bug gets a dialog of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from panoh.base import logs
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.ui.locking import clipboard
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar


def tell(note: NoteBar, error: AppError) -> None:
    """Say an error of the user's world in a page's note; work that a person stopped is told calmly."""
    note.set_tone("info" if error.code == "cancelled" else "error")
    note.say(error.sentence())


class BugDialog(QDialog):
    """Says that Panoh made a mistake, what is kept, and shows the whole report, in which nothing of a person stands."""

    def __init__(self, report: str, heading: str, kept: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Panoh"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.report = report
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label(heading, "title bold", wrap=True))
        column.addWidget(plain_label(kept, wrap=True))
        column.addWidget(
            plain_label(_("This report names places in the program, no people. Give it to support."), wrap=True)
        )
        text = QPlainTextEdit(self.report)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(_("Report"))
        column.addWidget(text)
        row = QHBoxLayout()
        row.addWidget(KeyButton(_("Copy the report"), self._copy))
        row.addStretch()
        row.addWidget(KeyButton(_("Continue"), self.accept, kind="main"))
        column.addLayout(row)
        self.resize(560, 360)

    def _copy(self) -> None:
        clipboard.copy(self.report)


def show_bug(error: BaseException, parent: QWidget | None = None) -> BugDialog:
    """Log a bug and open its dialog; give this to Runner and to sys.excepthook."""
    heading = _("Something went wrong inside Panoh")
    kept = _("Everything saved before is kept. What you did last may not be: look before you go on.")
    return _opened(BugDialog(logs.bug(error), heading, kept, parent))


def show_crash(report: str, parent: QWidget | None = None) -> BugDialog:
    """Tell of a crash in which Panoh ended the last time; see logs.note_crashes."""
    heading = _("Panoh ended by a mistake of its own the last time")
    kept = _("Everything saved before is kept, and so are half-typed forms: unlock, and look under drafts.")
    return _opened(BugDialog(report, heading, kept, parent))


def _opened(dialog: BugDialog) -> BugDialog:
    dialog.open()
    return dialog
