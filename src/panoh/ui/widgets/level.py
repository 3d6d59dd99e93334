"""The mark of a risk level: icon, line and word, so that it stands without colour too."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import set_accessible_role
from panoh.ui.icons import paint_icon
from panoh.ui.theme import LEVELS, look

CHIP, LARGE, PLAIN = "chip", "large", "plain"
_WORDS = {
    "critical": N_("Critical"),
    "high": N_("High"),
    "medium": N_("Medium"),
    "low": N_("Low"),
    "unknown": N_("Unknown"),
}


def level_word(level: str) -> str:
    """The level's name, 'Critical' to 'Unknown'."""
    return _(_WORDS[_known(level)])


def level_icon(level: str) -> str:
    """The icon's name for `paint_icon`."""
    return f"level.{_known(level)}"


def _known(level: str) -> str:
    return level if level in LEVELS else "unknown"


def _measures(form: str) -> tuple[int, int, int]:
    """Height, padding at the sides and side of the icon."""
    if form == LARGE:
        return look().control_height("height"), 10, look().size("icon.sizes.title")
    if form == CHIP:
        return look().control_height("chip"), 8, look().size("icon.sizes.text")
    return look().line_height(), 0, look().size("icon.sizes.text")


def _word_role(level: str, form: str) -> str:
    return "" if form == PLAIN else "bold"


def level_size(level: str, form: str = CHIP) -> QSize:
    """Room that the mark of this level takes in this form."""
    height, padding, icon = _measures(form)
    word = QFontMetrics(look().role_font(_word_role(level, form))).horizontalAdvance(level_word(level))
    return QSize(2 * padding + icon + (8 if form != CHIP else 4) + word + 2, height)


def paint_level(painter: QPainter, rect: QRect, level: str, form: str = CHIP) -> None:
    """Paint the mark at the leading edge of `rect`, in the middle of its height.

    Forms: CHIP (filled or outlined), LARGE (the header of a record), PLAIN (icon and word, in charts).
    """
    level = _known(level)
    colours = look().level(level)
    height, padding, icon = _measures(form)
    size = level_size(level, form)
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left = rect.right() + 1 - size.width() if mirrored else rect.left()
    box = QRectF(left, rect.top() + (rect.height() - height) / 2, size.width(), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if form != PLAIN:
        width = look().size("line.level")
        pen = QPen(colours.outline, width)
        if level == "unknown":
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(colours.fill)
        radius = look().size("radius.control")
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
    gap = 8 if form != CHIP else 4
    at = box.right() - padding - icon if mirrored else box.left() + padding
    paint_icon(
        painter,
        QRectF(at, box.top(), icon, height),
        level_icon(level),
        colours.outline if form == PLAIN else colours.text,
    )
    word = QRectF(box.left() + padding, box.top(), box.width() - 2 * padding - icon - gap, height)
    if not mirrored:
        word.translate(icon + gap, 0)
    painter.setFont(look().role_font(_word_role(level, form)))
    painter.setPen(look().colour("text") if form == PLAIN else colours.text)
    painter.drawText(word, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, level_word(level))
    painter.restore()


class LevelChip(QWidget):
    """A level's mark as a widget: `form` is CHIP, LARGE or PLAIN; it takes no focus."""

    def __init__(self, level: str, form: str = CHIP) -> None:
        super().__init__()
        set_accessible_role(self, QAccessible.Role.StaticText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._form = form
        self.set_level(level)

    def set_level(self, level: str) -> None:
        """Show this level."""
        self.level = _known(level)
        self.setAccessibleName(_("Level {level}").format(level=level_word(self.level).lower()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The mark's own size."""
        return level_size(self.level, self._form)

    def minimumSizeHint(self) -> QSize:
        """Nothing of it is cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint_level(painter, self.rect(), self.level, self._form)
