"""Labels: always plain text, since text that people typed is never markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from panoh.ui.accessibility import set_accessible_role
from panoh.ui.style import set_role
from panoh.ui.theme import look

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLayout

Span = tuple[str, str]  # text and its role, for example ("Missing", "bold")


def _height_for_width(widget: QWidget) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


def show_when(widget: QWidget, on: bool) -> None:
    """Show or hide a part of a page; one that has no parent yet waits for it instead of opening as a window."""
    if on and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(on)


def plain_label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text; `role` in words such as 'small secondary', 'title bold', 'name bold', 'bold error'."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        _height_for_width(made)
    if role:
        set_role(made, role)
    return made


class ElidedLabel(QLabel):
    """One line of plain text that ends in an ellipsis where the room ends; screen readers get it whole."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role:
            set_role(self, role)

    def minimumSizeHint(self) -> QSize:
        """A few letters are the least."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 6), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the text as there is room for."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment() | Qt.TextFlag.TextSingleLine, text)


class SpanLabel(QWidget):
    """Plain text of several looks in one flow, wrapped at words.

    For example SpanLabel(("Nothing has been done yet.", "bold"), ("It starts when you put it on.", "")).
    """

    def __init__(self, *spans: Span) -> None:
        super().__init__()
        set_accessible_role(self, QAccessible.Role.StaticText)
        _height_for_width(self)
        self._spans: tuple[Span, ...] = ()
        self.set_spans(*spans)

    def set_spans(self, *spans: Span) -> None:
        """Show these spans, with a gap between each two."""
        self._spans = spans
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The whole text."""
        return " ".join(text for text, _role in self._spans)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped text."""
        return self._laid_out(width)[1]

    def sizeHint(self) -> QSize:
        """The whole text on one line, up to the width of a comfortable line."""
        wide = sum(QFontMetrics(look().role_font(role)).horizontalAdvance(text + " ") for text, role in self._spans)
        width = min(wide + 2, look().grown(560))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """At least the longest word."""
        words = [(word, role) for text, role in self._spans for word in text.split()]
        widest = max((QFontMetrics(look().role_font(role)).horizontalAdvance(word) for word, role in words), default=0)
        return QSize(min(widest + 2, look().grown(240)), look().line_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the spans."""
        layout, _height = self._laid_out(self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout.draw(painter, QPointF(0, 0), self._formats())

    def _formats(self) -> Sequence[QTextLayout.FormatRange]:
        from PySide6.QtGui import QTextCharFormat, QTextLayout  # the first window shows no spans

        made, at = [], 0
        for text, role in self._spans:
            one = QTextLayout.FormatRange()
            one.start, one.length = at, len(text) + sum(sign > "\uffff" for sign in text)
            given = QTextCharFormat()
            given.setFont(look().role_font(role))
            colour = look().role_colour(role)
            given.setForeground(colour or self.palette().color(self.foregroundRole()))
            one.format = given
            made.append(one)
            at += one.length + 1
        return made

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        from PySide6.QtGui import QTextLayout, QTextOption  # the first window shows no spans

        layout = QTextLayout(self.text(), look().font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(self.layoutDirection())
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, height))
            height += max(line.height(), look().line_height())
        layout.endLayout()
        return layout, round(height)
