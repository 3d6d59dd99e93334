"""Icons: Lucide's svg files in the colour that is asked for, rendered once for each size and screen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from panoh.base.paths import resource
from panoh.ui.theme import look, tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


def file_of(name: str) -> str:
    """The file (without its ending) behind an icon's name: a key of the tokens such as 'action.find'."""
    group, _, key = name.partition(".")
    return str(tokens()["icon"][group][key])


@lru_cache(maxsize=512)
def _drawn(file: str, colour: str, pixels: int, ratio: float, mirrored: bool) -> QPixmap:
    text = resource(f"icons/{file}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    made = QPixmap(round(pixels * ratio), round(pixels * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    if mirrored:
        painter.translate(pixels, 0)
        painter.scale(-1, 1)
    QSvgRenderer(text.encode()).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return made


def pixmap(name: str, colour: QColor, pixels: int, ratio: float = 1.0) -> QPixmap:
    """The icon in this colour, `pixels` logical pixels wide and high; arrows turn round in right-to-left languages."""
    file = file_of(name)
    mirrored = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return _drawn(file, colour.name(), pixels, ratio, mirrored and file in tokens()["icon"]["mirror_in_rtl"])


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Paint the icon in the middle of `rect`, as large as its smaller side."""
    pixels = int(min(rect.width(), rect.height()))
    device = painter.device()
    drawn = pixmap(name, colour, pixels, device.devicePixelRatioF() if device else 1.0)
    left = round(rect.center().x() - pixels / 2)
    top = round(rect.center().y() - pixels / 2)
    painter.drawPixmap(left, top, drawn)


def icon(name: str, colour: str = "text") -> QIcon:
    """A QIcon in a colour of the theme in force, for Qt's own menus; take a new one when the look changes."""
    from PySide6.QtGui import QIcon  # not needed for the first window

    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, look().colour(colour), look().size("icon.sizes.text"), ratio))
    return made
