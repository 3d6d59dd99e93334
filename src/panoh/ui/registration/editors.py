"""The editor of a cell: a line with a list of suggestions under it that never takes the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import announce
from panoh.ui.registration.cells import Suggestion
from panoh.ui.theme import look

SEPARATOR = "; "
_ROW_PADDING = 8


class SuggestionList(QListWidget):
    """Suggestions under an editor, inside the same window: keys stay with the editor, a click picks."""

    def __init__(self, editor: QLineEdit) -> None:
        super().__init__(editor.window())
        self._editor = editor
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Suggestions"))
        self.setFrameShape(QFrame.Shape.Box)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        colours = QPalette()
        colours.setColor(QPalette.ColorRole.Highlight, look().colour("selection"))
        colours.setColor(QPalette.ColorRole.HighlightedText, look().colour("selection_text"))
        self.setPalette(colours)
        self.hide()

    def offer(self, lines: list[str]) -> None:
        """Show these lines, none of them chosen; none hides the list."""
        self.clear()
        height = look().line_height() + _ROW_PADDING
        for line in lines:
            item = QListWidgetItem(line, self)
            item.setSizeHint(QSize(0, height))
        self.setVisible(bool(lines))
        if not lines:
            return
        wide = max(self.fontMetrics().horizontalAdvance(line) for line in lines) + 4 * _ROW_PADDING
        self.resize(max(wide, self._editor.width()), len(lines) * height + 2 * self.frameWidth())
        self._place()
        self.raise_()

    def _place(self) -> None:
        """Under the editor; above it where the window ends; never beyond the window's right edge."""
        window = self._editor.window()
        at = self._editor.mapTo(window, QPoint(0, self._editor.height() + 2))
        if at.y() + self.height() > window.height():
            at.setY(self._editor.mapTo(window, QPoint(0, -2)).y() - self.height())
        at.setX(max(0, min(at.x(), window.width() - self.width())))
        self.move(at)


class CellEditor(QLineEdit):
    """A line in a cell. `suggest` gives the lines under it for what is typed.

    With `take_first` a word that is not complete takes the first suggestion; with `several` a semicolon or a comma goes
    on to another one. `picked` tells that a suggestion was clicked.
    """

    picked = Signal()

    def __init__(
        self,
        parent: QWidget,
        suggest: Callable[[str], list[Suggestion]],
        *,
        take_first: Callable[[str], bool] = lambda _text: False,
        several: bool = False,
    ) -> None:
        super().__init__(parent)
        self._suggest, self._take_first, self._several = suggest, take_first, several
        self._offered: list[Suggestion] = []
        self.setFrame(False)
        self.list = SuggestionList(self)
        self.list.itemClicked.connect(self._click)
        self.destroyed.connect(self.list.deleteLater)
        self.textEdited.connect(self._offer)

    def result(self) -> str:
        """The text to keep: what was typed, or the suggestion that completes it."""
        at = self.list.currentRow()
        typed = self.text().rpartition(";")[2].strip() if self._several else self.text()
        if 0 <= at < len(self._offered):
            return self._with(self._offered[at])
        if self._offered and typed.strip() and self._take_first(typed):
            return self._with(self._offered[0])
        return self.text()

    def step_in_list(self, by: int) -> bool:
        """Move in the suggestions; False when there is nothing to choose between."""
        if len(self._offered) < 2 or not self.list.isVisible():
            return False
        at = max(0, min(self.list.currentRow() + by, len(self._offered) - 1))
        self.list.setCurrentRow(at)
        announce(self, self._offered[at].words)
        return True

    def go_on(self) -> None:
        """After a separator was typed: complete this one, and begin the next."""
        text = self.result().strip()
        self.setText(text + SEPARATOR if text else "")
        self.setModified(True)
        self.textEdited.emit(self.text())

    @property
    def several(self) -> bool:
        """Whether the cell holds several words."""
        return self._several

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with its editor."""
        self.list.hide()
        super().hideEvent(event)

    def _with(self, suggestion: Suggestion) -> str:
        before = self.text().rpartition(";")[0] if self._several else ""
        return f"{before.strip()}{SEPARATOR}{suggestion.text}" if before.strip() else suggestion.text

    def _offer(self, text: str) -> None:
        self._offered = self._suggest(text)
        self.list.offer([suggestion.words for suggestion in self._offered])

    def _click(self, item: QListWidgetItem) -> None:
        self.list.setCurrentItem(item)
        self.picked.emit()
