"""Panels: a white box with a header; a grid of facts; panes side by side with a handle that the keyboard moves."""

from __future__ import annotations



from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QSplitterHandle,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from panoh.base.i18n import gettext as _
from panoh.ui.style_paint import outline
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import ElidedLabel, SpanLabel, plain_label, show_when


class Line(QWidget):
    """A thin line across, between parts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        QPainter(self).fillRect(self.rect(), look().colour("divider"))


class Panel(QFrame):
    """A white box with a thin outline; `title` (bold) and `sub` (secondary) stand in its header, `right` at its end.

    Add content to `body` (a column); `body` has no margins unless `padded`.
    """

    def __init__(self, title: str = "", *, sub: str = "", right: QWidget | None = None, padded: bool = False) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._title = plain_label(title, "bold")
        self._sub = ElidedLabel(sub, "secondary")
        if title:
            head = QHBoxLayout()
            head.setContentsMargins(16, 7, 16, 7)
            head.setSpacing(8)
            head.addWidget(self._title)
            head.addWidget(self._sub, 1)
            if right is not None:
                head.addWidget(right)
            strut = QWidget()
            strut.setFixedSize(0, look().size("control.small"))
            head.addWidget(strut)
            column.addLayout(head)
            column.addWidget(Line())
            self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        if padded:
            self.body.setContentsMargins(16, 12, 16, 12)
        column.addLayout(self.body, 1)

    def set_title(self, title: str, sub: str = "") -> None:
        """Change the words of the header."""
        self._title.setText(title)
        self._sub.setText(sub)
        self.setAccessibleName(title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and outline."""
        radius = look().size("radius.control")
        outline(QPainter(self), self.rect(), look().colour("divider"), 1, radius, look().colour("base"))


class FactGrid(QWidget):
    """Facts as rows of label (secondary), value, and small behind it where it comes from."""

    def __init__(self, *facts: tuple[str, ...], label_width: int = 0) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, look().grown(label_width))
        self.set_facts(*facts)

    def set_facts(self, *facts: tuple[str, ...]) -> None:
        """Show these: (label, value) or (label, value, source)."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for row, (label, value, *source) in enumerate(facts):
            self._grid.addWidget(plain_label(label, "secondary", wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
            spans = [(value, ""), *((text, "small secondary") for text in source if text)]
            self._grid.addWidget(SpanLabel(*spans), row, 1)


def scrolled(content: QWidget) -> QScrollArea:
    """A page that scrolls when it is higher than its room; the field with the focus stays in sight."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area


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
    """A pane beside the main column: white, with a line at its leading edge."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("base"))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(QRect(self.width() - 1 if mirrored else 0, 0, 1, self.height()), look().colour("divider"))


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
    def createHandle(self) -> QSplitterHandle:
        """A handle that takes the focus."""
        return _Handle(self)


class SideSplit(QWidget):
    """The main column with a side panel; where the panel would be too narrow it folds into one line with a button.

    `fold_words` says in that line what the panel holds; `set_fold_words` keeps it up to date. Opened, the panel takes
    the whole room until it is closed again.
    """

    def __init__(self, main: QWidget, side: QWidget, *, fold_words: str = "", least_main: int = 560) -> None:
        super().__init__()
        self.main, self.side = main, side
        self._least_main = least_main
        self._folded = self._open = False
        self._split = _Splitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(8)
        self._stack = QStackedWidget()
        self._alone = QWidget()
        alone = QVBoxLayout(self._alone)
        alone.setContentsMargins(0, 0, 0, 0)
        self._back = KeyButton(_("Back to the list"), self.close_side, icon="action.previous", kind="flat")
        alone.addWidget(self._back)
        self._split.addWidget(main)
        self._split.addWidget(side)
        self._split.setStretchFactor(0, 1)
        self._stack.addWidget(self._split)
        self._stack.addWidget(self._alone)
        self._fold_label = ElidedLabel(fold_words, "bold")
        self._fold = self._fold_line()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._fold)
        self._fold.hide()

    def set_fold_words(self, words: str) -> None:
        """What the folded line says."""
        self._fold_label.setText(words)

    def open_side(self) -> None:
        """Show the folded panel in the whole room and move the focus there."""
        if self._folded:
            self._open = True
            self._arrange()
            self.side.show()
        self.side.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_side(self) -> None:
        """Go back from the opened panel to the main column."""
        self._open = False
        self._arrange()
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold as the room allows."""
        super().resizeEvent(event)
        least = look().size_range("frame.side_panel")[0]
        folded = self.width() < look().grown(self._least_main) + look().grown(least)
        if folded != self._folded or not self._split.sizes()[-1:]:
            self._folded, self._open = folded, False
            self._arrange()
        if not folded and self._split.count() == 2:
            least_side, most_side = look().size_range("frame.side_panel")
            self.side.setMinimumWidth(least_side)
            wanted = min(look().grown(least_side) + 56, look().grown(most_side))
            if self._split.sizes()[1] < least_side or self._split.sizes()[1] > look().grown(most_side):
                self._split.setSizes([self.width() - wanted, wanted])

    def _arrange(self) -> None:
        alone = self._alone.layout()
        if self._folded and alone is not None:
            alone.addWidget(self.side)
        elif self._split.indexOf(self.side) < 0:
            self._split.addWidget(self.side)
            self.side.show()
        self._stack.setCurrentIndex(1 if self._folded and self._open else 0)
        show_when(self._fold, self._folded and not self._open)

    def _fold_line(self) -> QWidget:
        line = FooterBar()
        line.row.addWidget(self._fold_label, 1)
        line.row.addWidget(KeyButton(_("Look"), self.open_side))
        return line


