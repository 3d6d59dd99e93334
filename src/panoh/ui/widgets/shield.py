"""The shield's mark on the record of a person whom Panoh shields."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import set_accessible_role
from panoh.ui.icons import paint_icon
from panoh.ui.style_paint import outline
from panoh.ui.theme import look


class ShieldMark(QWidget):
    """Shield and the words 'Shield on', outlined in the text colour. Only for those who may know."""

    def __init__(self) -> None:
        super().__init__()
        set_accessible_role(self, QAccessible.Role.StaticText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Shield on"))

    def sizeHint(self) -> QSize:
        """Icon, words and padding."""
        word = QFontMetrics(look().font(bold=True)).horizontalAdvance(_("Shield on"))
        return QSize(20 + look().size("icon.sizes.title") + 8 + word + 2, look().control_height())

    def minimumSizeHint(self) -> QSize:
        """Nothing of it is cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        text = look().colour("text")
        outline(
            painter, self.rect(), text, look().size("line.level"), look().size("radius.control"), look().colour("base")
        )
        side = look().size("icon.sizes.title")
        icon = QRectF(10, 0, side, self.height())
        word = QRectF(10 + side + 8, 0, self.width() - 28 - side, self.height())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            icon.moveRight(self.width() - 10)
            word.moveLeft(10)
        paint_icon(painter, icon, "state.shield_on", text)
        painter.setFont(look().font(bold=True))
        painter.setPen(text)
        painter.drawText(word, Qt.AlignmentFlag.AlignVCenter, _("Shield on"))
