"""F1 and Ctrl+/: the help page of the screen one is on, and the list of every shortcut that holds there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import language
from panoh.base.paths import resource
from panoh.ui.shortcuts import Shortcut
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.table import Column, PagedModel, PagedTable

START_PAGE = "start"


def help_text(page: str) -> tuple[str, str]:
    """Title and text of a help page in the language in force, else in English; an unknown page is the start page."""
    for code in (language(), "en"):
        for name in (page, START_PAGE):
            file = resource(f"help/{code}/{name}.txt")
            if file.is_file():
                title, _line, text = file.read_text(encoding="utf-8").partition("\n")
                return title, text.strip()
    return _("Help"), ""


class _Page(QDialog):
    """A dialog with a title, something to read, and Close."""

    def __init__(self, title: str, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Panoh"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label(title, "title bold", wrap=True))
        column.addWidget(content, 1)
        column.addWidget(KeyButton(_("Close"), self.accept, shown_keys="Esc"))
        self.resize(min(look().grown(640), 1000), min(look().grown(480), 620))
        content.setFocus(Qt.FocusReason.OtherFocusReason)


class HelpDialog(_Page):
    """A help page, as plain text that can be selected and searched by screen readers."""

    def __init__(self, page: str, parent: QWidget) -> None:
        title, text = help_text(page)
        reader = QPlainTextEdit(text)
        reader.setReadOnly(True)
        reader.setTabChangesFocus(True)
        reader.setAccessibleName(title)
        super().__init__(title, reader, parent)


class ShortcutList(_Page):
    """Every shortcut that holds on the screen from which it was asked for."""

    def __init__(self, shortcuts: list[Shortcut], parent: QWidget) -> None:
        columns = (
            Column("keys", _("Keys"), 160, lambda one: Cell(one.keys, tone="bold")),
            Column("words", _("What they do"), 0, lambda one: Cell(one.words)),
        )
        model = PagedModel(
            columns,
            InlineRunner(),
            row_words=lambda one: f"{one.keys}: {one.words}",
            key=lambda one: str(one.keys),
        )
        model.show_rows(shortcuts)
        super().__init__(_("Shortcuts on this screen"), PagedTable(model, name=_("Shortcuts")), parent)
        self._model = model
