"""Buttons: an icon, a word, and beside the word its shortcut, small; links; filter chips."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from panoh.ui.icons import paint_icon
from panoh.ui.shortcuts import shortcuts
from panoh.ui.style import set_role
from panoh.ui.theme import look

_GAP = 8
_WRAPPED = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def press_on_enter(button: QPushButton, event: QKeyEvent) -> bool:
    """Press the button when the key is Enter, which Qt leaves to dialogs; tell whether it was."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (event.modifiers() & _CHORD)
    if enter:
        button.click()
    return enter


class KeyButton(QPushButton):
    """A button that shows its shortcut and answers to it while it is visible.

    `kind` is 'normal', 'main' (one on a screen) or 'flat'; `size` is 'height', 'big' or 'small' as in the tokens;
    `icon` a key of the tokens such as 'action.save'. `keys` are registered and shown; `shown_keys` only shown, where
    something else answers to them. The main one is always bold.
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
        shown_keys: str = "",
    ) -> None:
        super().__init__(text)
        self.keys = keys or shown_keys
        self._icon = icon
        self._trailing_icon = trailing_icon
        self._size = size
        self._bold = bold or kind == "main"
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setAccessibleDescription(self.keys)
        if keys:
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
        """The word is never cut; the shortcut gives way where there is no room for it."""
        size = self.sizeHint()
        return QSize(size.width() - self._keys_width(), size.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if not press_on_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground by the style, then icon, word and shortcut."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        side = self._icon_side()
        keys = self.keys if self.width() >= self.sizeHint().width() else ""
        content = self.sizeHint().width() - 2 * self._padding() - (0 if keys else self._keys_width())
        at = (self.width() - content) / 2 if self.property("kind") != "flat" else float(self._padding())
        if self._icon:
            self._paint_icon(painter, self._icon, at, side)
            at += side + _GAP
        at = self._paint_text(painter, self.text(), at, self._word_font_role(), self._text_colour())
        if keys:
            at = self._paint_text(painter, keys, at, "small", self._keys_colour())
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

    def _keys_width(self) -> int:
        return QFontMetrics(look().font("small")).horizontalAdvance(self.keys) + _GAP if self.keys else 0

    def _trailing_side(self) -> int:
        return look().size("icon.sizes.small")

    def _padding(self) -> int:
        return {"big": 16, "small": 8}.get(self._size, 12)

    def _widths(self) -> list[int]:
        parts = [self._icon_side()] if self._icon else []
        parts.append(QFontMetrics(look().role_font(self._word_font_role())).horizontalAdvance(self.text()))
        if self.keys:
            parts.append(self._keys_width() - _GAP)
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
    """Words that open something: underlined, reached by keyboard, with a name; `wrap` for whole sentences."""

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        role: str = "link",
        spoken: str = "",
        wrap: bool = False,
    ) -> None:
        super().__init__(text)
        self._wrap = wrap
        self.setAutoDefault(False)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        fixed, grows = (
            QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Minimum,
        )  # a sentence takes as many lines as it needs
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, grows) if wrap else QSizePolicy(fixed, fixed)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setAccessibleName(spoken or text)
        set_role(self, role)
        if on_click:
            self.clicked.connect(lambda _checked=False: on_click())

    def set_words(self, text: str, spoken: str = "") -> None:
        """Change the word and what is spoken."""
        self.setText(text)
        self.setAccessibleName(spoken or text)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Sentences wrap."""
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped words."""
        lines = self._metrics().boundingRect(0, 0, width, 10_000, _WRAPPED, self.text())
        return max(self._least_height(), lines.height() + 4)

    def sizeHint(self) -> QSize:
        """The words' own size, and no less than a target that can be hit."""
        return QSize(self._metrics().horizontalAdvance(self.text()) + 2, self._least_height())

    def minimumSizeHint(self) -> QSize:
        """Nothing of it is cut."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), look().grown(160)), hint.height()) if self._wrap else hint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if not press_on_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words with a line under them."""
        painter = QPainter(self)
        font = look().role_font(self._role())
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(look().role_colour(self._role()) or look().colour("link"))
        one_line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(self.rect(), _WRAPPED if self._wrap else one_line, self.text())

    def _role(self) -> str:
        return str(self.property("role"))

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(look().role_font(self._role()))

    def _least_height(self) -> int:
        return max(24, self._metrics().height() + 4)
