"""The page of an empty list: what will be here, and the first action."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panes import first_focusable


class EmptyPage(QWidget):
    """A title, paragraphs, and buttons one under the other; a word such as 'csv, xlsx' may stand beside a button."""

    def __init__(self, title: str, words: Sequence[str], actions: Sequence[tuple[KeyButton, str]] = ()) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 8)
        column.setSpacing(16)
        self._title = plain_label(title, "title bold", wrap=True)
        column.addWidget(self._title)
        self._words = [plain_label(text, wrap=True) for text in words]
        for paragraph in self._words:
            column.addWidget(paragraph)
        column.addSpacing(4)
        for button, beside in actions:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(button)
            row.addWidget(plain_label(beside, "secondary"))
            row.addStretch()
            column.addLayout(row)
        column.addStretch()

    def set_words(self, title: str, *words: str) -> None:
        """Change what it says: as many paragraphs as it was made with."""
        self._title.setText(title)
        for label, text in zip(self._words, words, strict=True):
            label.setText(text)


class ListOrEmpty(QStackedWidget):
    """A list, or in its place the page that says why it is empty."""

    def __init__(self, shown: QWidget, empty: QWidget) -> None:
        super().__init__()
        self._shown, self._empty = shown, empty
        self.addWidget(shown)
        self.addWidget(empty)
        self.setFocusProxy(shown)

    def minimumSizeHint(self) -> QSize:
        """As high as what shows needs: a list with rows asks for no room for the words in its place."""
        current = self.currentWidget()
        high = max(current.minimumSizeHint().height(), current.minimumHeight()) if current else 0
        return QSize(super().minimumSizeHint().width(), high)

    def show_count(self, count: int) -> None:
        """Show the list when it has rows, else the empty page; connect PagedModel.counted here."""
        now = self.window().focusWidget()  # our own focusWidget() is whoever in here had the keys last, or gets them
        elsewhere = now is not None and not self.isAncestorOf(now)
        had_focus = self.focusWidget() is not None and not elsewhere
        self.setCurrentIndex(0 if count else 1)
        self.updateGeometry()
        current = self._shown if count else self._empty
        first = first_focusable(current)
        self.setFocusProxy(first)
        if had_focus:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
