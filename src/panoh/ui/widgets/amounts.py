"""Numbers in charts: in figures, spoken, and how long a bar is drawn for one that is not told to the digit."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.domain.few import FEW, FEWER, MORE, Told
from panoh.ui.style_paint import outline
from panoh.ui.theme import look

Amount = int | Told


def is_exact(amount: Amount) -> bool:
    """Whether the number itself is known."""
    return isinstance(amount, int) or amount.exact


def length(amount: Amount) -> int:
    """What a bar is drawn as; where the number is not told, the same whatever it is."""
    if isinstance(amount, int):
        return amount
    return amount.least if amount.exact else {FEWER: FEW - 1, MORE: FEW}.get(amount, 0)


def figures(amount: Amount) -> str:
    """'1,204', '<5', '5+', or a dash where nothing is told."""
    if is_exact(amount):
        return number(length(amount))
    if amount == FEWER:
        return _("<{n}").format(n=number(FEW))
    return _("{n}+").format(n=number(FEW)) if amount == MORE else "–"


def spoken(amount: Amount) -> str:
    """The same in words, for screen readers."""
    if is_exact(amount):
        return number(length(amount))
    if amount == FEWER:
        return _("fewer than {n}").format(n=number(FEW))
    return _("{n} or more").format(n=number(FEW)) if amount == MORE else _("not told")


def paint_amount(painter: QPainter, rect: QRectF, amount: Amount, colour: str = "chart1") -> None:
    """Fill a bar; one whose number is not told is hatched and has an outline, so that its length is not read as one."""
    if is_exact(amount):
        painter.fillRect(rect, look().colour(colour))
        return
    painter.fillRect(rect, QBrush(look().colour(colour), Qt.BrushStyle.BDiagPattern))
    outline(painter, rect, look().colour(colour), 1, 0)
