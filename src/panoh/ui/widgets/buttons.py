"""Buttons: an icon, a word, and beside the word its shortcut, small; links; filter chips."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from panoh.ui.icons import paint_icon
from panoh.ui.shortcuts import shortcuts
from panoh.ui.style import set_role
from panoh.ui.theme import look

_GAP = 8


class KeyButton(QPushButton):
    """A button that shows its shortcut and answers to it while it is visible.

    `kind` is 'normal', 'main' (one on a screen) or 'flat'; `size` is 'height', 'big' or 'small' as in the tokens;
    `icon` a key of the tokens such as 'action.save'. `bold` is always so for the main one.
    """

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        icon: str = "",
        keys: str = "",
        kind: str = "normal",
        size: str = "height",
        bold: bool = False,
        trailing_icon: str = "",
    ) -> None:
        super().__init__(text)
        self.keys = keys
        self._icon = icon
        self._trailing_icon = trailing_icon
        self._size = size
        self._bold = bold or kind == "main"
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        if keys:
            self.setAccessibleDescription(keys)
            shortcuts().add(keys, text, self.click, self)
        if on_click:
            self.clicked.connect(lambda _checked=False: on_click())

    def set_words(self, text: str, icon: str | None = None) -> None:
        """Change the word, its accessible name and perhaps the icon."""
        self.setText(text)
        self.setAccessibleName(text)
        if icon is not None:
            self._icon = icon
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """Make it normal, main or flat."""
        self.setProperty("kind", kind)
        self._bold = kind == "main"
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as icon, word and shortcut; as high as its size in the tokens."""
        width = sum(part + _GAP for part in self._widths()) - _GAP + 2 * self._padding()
        return QSize(width, look().control_height(self._size))

    def minimumSizeHint(self) -> QSize:
        """Nothing of it is cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground by the style, then icon, word and shortcut."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        side = self._icon_side()
        content = self.sizeHint().width() - 2 * self._padding()
        at = (self.width() - content) / 2 if self.property("kind") != "flat" else float(self._padding())
        if self._icon:
            self._paint_icon(painter, self._icon, at, side)
            at += side + _GAP
        at = self._paint_text(painter, self.text(), at, self._word_font_role(), self._text_colour())
        if self.keys:
            at = self._paint_text(painter, self.keys, at, "small", self._keys_colour())
        if self._trailing_icon:
            self._paint_icon(painter, self._trailing_icon, at, self._trailing_side())

    def _paint_text(self, painter: QPainter, text: str, at: float, role: str, colour: QColor) -> float:
        font = look().role_font(role)
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(colour)
        rect = self._mirror(QRectF(at, 0, width + 1, self.height()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        return at + width + _GAP

    def _paint_icon(self, painter: QPainter, name: str, at: float, side: int) -> None:
        rect = self._mirror(QRectF(at, (self.height() - side) / 2, side, side))
        paint_icon(painter, rect, name, self._text_colour())

    def _mirror(self, rect: QRectF) -> QRectF:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            rect.moveRight(self.width() - rect.left())
        return rect

    def _word_font_role(self) -> str:
        return ("small " if self._size == "small" else "") + ("bold" if self._bold else "")

    def _text_colour(self) -> QColor:
        if not self.isEnabled():
            return look().colour("disabled")
        return look().colour("accent_text" if self.property("kind") == "main" else "text")

    def _keys_colour(self) -> QColor:
        main = self.property("kind") == "main"
        return look().colour("accent_text" if main else "secondary")

    def _icon_side(self) -> int:
        small = self._size == "small" and self.property("kind") != "flat"
        return look().size("icon.sizes." + ("title" if self._size == "big" else "small" if small else "text"))

    def _trailing_side(self) -> int:
        return look().size("icon.sizes.small")

    def _padding(self) -> int:
        return {"big": 16, "small": 8}.get(self._size, 12)

    def _widths(self) -> list[int]:
        parts = [self._icon_side()] if self._icon else []
        parts.append(QFontMetrics(look().role_font(self._word_font_role())).horizontalAdvance(self.text()))
        if self.keys:
            parts.append(QFontMetrics(look().font("small")).horizontalAdvance(self.keys))
        if self._trailing_icon:
            parts.append(self._trailing_side())
        return parts


class FilterChip(KeyButton):
    """A filter that is on or off; when on, a tick stands before its word."""

    def __init__(self, text: str, on_toggle: Callable[[bool], object] | None = None, *, checked: bool = False) -> None:
        super().__init__(text, size="filter_chip")
        self.setCheckable(True)
        self.toggled.connect(self._mark)
        self.setChecked(checked)
        if on_toggle:
            self.toggled.connect(on_toggle)

    def _mark(self, on: bool) -> None:
        self.set_words(self.text(), "state.same" if on else "")


class LinkButton(QPushButton):
    """A word that opens something: underlined, reached by keyboard, named for screen readers."""

    def __init__(
        self, text: str, on_click: Callable[[], object] | None = None, *, role: str = "link", spoken: str = ""
    ) -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken or text)
        set_role(self, role)
        if on_click:
            self.clicked.connect(lambda _checked=False: on_click())

    def set_words(self, text: str, spoken: str = "") -> None:
        """Change the word and what is spoken."""
        self.setText(text)
        self.setAccessibleName(spoken or text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The word's own size, and no less than a target that can be hit."""
        font = QFontMetrics(look().role_font(self._role()))
        height = max(look().size("control.least_target") if look().text_size <= 100 else 0, font.height() + 4)
        return QSize(font.horizontalAdvance(self.text()) + 2, height)

    def minimumSizeHint(self) -> QSize:
        """Nothing of it is cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The word with a line under it."""
        painter = QPainter(self)
        font = look().role_font(self._role())
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(look().role_colour(self._role()) or look().colour("link"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self.text())

    def _role(self) -> str:
        return str(self.property("role"))
