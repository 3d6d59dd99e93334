"""Panes of a screen: main column, side panel that folds when the room is short, footer bar with the actions."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QSplitterHandle, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.theme import look, tokens
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.form import focusable
from panoh.ui.widgets.labels import ElidedLabel
from panoh.ui.widgets.panels import scrolled


class FooterBar(QWidget):
    """The bar under a form that always shows its actions; add buttons to `row`."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(24, 12, 24, 12)
        self.row.setSpacing(8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line above it."""
        QPainter(self).fillRect(QRect(0, 0, self.width(), 1), look().colour("divider"))


class SidePane(QWidget):
    """A white pane beside the main column."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), look().colour("base"))


def side_pane(page: QWidget) -> SidePane:
    """A pane with this page, which scrolls when it is higher than its room."""
    side = SidePane()
    column = QVBoxLayout(side)
    column.setContentsMargins(1, 0, 0, 0)
    column.addWidget(scrolled(page))
    return side


class _Handle(QSplitterHandle):
    """Takes the focus, and arrow keys move it."""

    def __init__(self, splitter: QSplitter) -> None:
        super().__init__(splitter.orientation(), splitter)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Width of the side panel"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the line by 16 px."""
        step = {Qt.Key.Key_Left: -16, Qt.Key.Key_Right: 16}.get(Qt.Key(event.key()))
        if step:
            self.moveSplitter(self.x() + step)
        else:
            super().keyPressEvent(event)


class _Splitter(QSplitter):
    def createHandle(self) -> QSplitterHandle:  # noqa: N802
        """A handle that takes the focus."""
        return _Handle(self)


class SideSplit(QWidget):
    """The main column with a side panel; where the panel would be too narrow it folds into one line with a button.

    `fold_words` says in that line what the panel holds. Opened, the panel takes the whole room until it is closed
    again. The panes for F6 are `main`, `side` and `fold`: those that are hidden are passed over.
    """

    def __init__(
        self, main: QWidget, side: QWidget, *, fold_words: str = "", least_main: int = 560, side_width: int = 376
    ) -> None:
        super().__init__()
        self.main, self.side = main, side
        self._least_main, self._side_width = least_main, side_width
        self._folded = self._open = False
        self._filled = True
        self._sized = False
        self._split = _Splitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(main)
        self._split.addWidget(side)
        self._split.setStretchFactor(0, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._alone = self._alone_page()
        self._stack.addWidget(self._alone)
        self._fold_label = ElidedLabel(fold_words, "bold")
        self.fold = FooterBar()
        self.fold.row.addWidget(self._fold_label, 1)
        self.fold.row.addWidget(KeyButton(_("Look"), self.open_side))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.fold)
        self.fold.hide()
        look().changed.connect(self._fit)

    def set_fold_words(self, words: str) -> None:
        """What the folded line says."""
        self._fold_label.setText(words)

    def show_side(self, *, filled: bool) -> None:
        """Whether the panel has anything to show: while it has not, neither it nor the line that it folds into shows."""
        self._filled = filled
        self._arrange()

    def open_side(self) -> None:
        """Show the folded panel in the whole room; the focus moves into it either way."""
        if self._folded:
            self._open = True
            self._arrange()
        first_focusable(self.side).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_side(self) -> None:
        """Go back from the opened panel to the main column."""
        self._open = False
        self._arrange()
        first_focusable(self.main).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold as the room allows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Fold or unfold, also when only the text grew."""
        least = tokens()["frame"]["side_panel"][0]
        folded = self.width() < look().grown(self._least_main + least)
        if folded != self._folded:
            self._folded, self._open = folded, False
            self._arrange()
        self.side.setMinimumWidth(0 if folded else least)
        if not folded and not self._sized:
            self._sized = True
            side = look().grown(self._side_width)
            self._split.setSizes([self.width() - side, side])

    def _arrange(self) -> None:
        holder = self._alone.layout()
        if self._folded and holder is not None:
            holder.addWidget(self.side)
        elif self._split.indexOf(self.side) < 0:
            self._split.addWidget(self.side)
            self._sized = False
        self._open = self._open and self._filled
        self.side.setVisible(self._filled)
        self._stack.setCurrentWidget(self._alone if self._folded and self._open else self._split)
        self.fold.setVisible(self._folded and not self._open and self._filled)

    def _alone_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(KeyButton(_("Back"), self.close_side, icon="action.previous"))
        return page


def first_focusable(root: QWidget) -> QWidget:
    """Where the focus goes when one enters this pane: its first widget that takes it, else the pane itself."""
    while (instead := root.focusProxy()) is not None:
        root = instead
    if root.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return root
    # Through the layouts: PySide keeps every widget alive that it meets along Qt's focus chain, also past a lock.
    inside = (one for one in focusable(root) if one.isEnabled() and one.isVisibleTo(root))
    return next(inside, root)
