"""Panels: a white box with a header, a grid of facts, a page that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from panoh.ui.style_paint import outline
from panoh.ui.theme import look
from panoh.ui.widgets.labels import ElidedLabel, SpanLabel, plain_label


class Line(QWidget):
    """A thin line across, between parts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line: by a pen, since `fillRect` with a colour makes Qt's hundreds of gradients known to Python."""
        painter = QPainter(self)
        painter.setPen(look().colour("divider"))
        painter.drawLine(0, 0, self.width(), 0)


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
        self._title.setMinimumHeight(look().size("control.least_target"))
        self._sub = ElidedLabel(sub, "secondary")
        if title:
            head = QHBoxLayout()
            head.setContentsMargins(16, 7, 16, 7)
            head.setSpacing(8)
            head.addWidget(self._title)
            head.addWidget(self._sub, 1)
            if right is not None:
                head.addWidget(right)
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

    def __init__(self, *facts: tuple[str, ...], label_width: int = 0, spacing: int = 4) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(spacing)
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
            shown = SpanLabel(*spans) if len(spans) > 1 else plain_label(value, wrap=True)
            self._grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignTop)


class Page(QWidget):
    """What stands in a page that scrolls. It scrolls only when it must: Qt alone would keep room for wrapped words as if they
    were at their narrowest. One that `yields` makes its lists and charts lower before it scrolls."""

    def __init__(self, *, yields: bool = False) -> None:
        super().__init__()
        self._yields = yields

    def minimumSizeHint(self) -> QSize:
        """As narrow as it may be; how high follows from the width."""
        layout = self.layout()
        least = layout.totalMinimumSize() if layout else QSize()
        return QSize(least.width(), 0) if layout and layout.hasHeightForWidth() else least

    def heightForWidth(self, width: int) -> int:
        """What its parts need at this width."""
        layout = self.layout()
        if not layout or not layout.hasHeightForWidth():
            return -1
        return layout.minimumHeightForWidth(width) if self._yields else layout.totalHeightForWidth(width)


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


def side_by_side(*parts: QWidget) -> QHBoxLayout:
    """Buttons or short words in one row, from the left."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for part in parts:
        row.addWidget(part)
    row.addStretch()
    return row
