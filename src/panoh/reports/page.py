"""What every page has: the banner with class, number and destroy-by date, and the footer.

Never a name, a site or a file path. At level carry no case number, and nothing filled catches the eye.
"""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.domain.redaction import CARRY, NAMED, SUPERVISOR
from panoh.domain.summary import CaseSummary
from panoh.reports import words
from panoh.reports.fonts import BOLD, FINE, Face
from panoh.reports.layout import BOTTOM, FULL, LEFT, RIGHT, TOP
from panoh.reports.pen import MM, Pen
from panoh.reports.text import LEFT as LEFT_ALIGNED
from panoh.reports.text import RIGHT as RIGHT_ALIGNED
from panoh.reports.text import Text, line, printable

_CLASS = Face(BOLD, 11.2, 14)
_VALUE = Face(BOLD, 8.4, 10)
_BANNER = 8 * MM
_COLUMN = 108.0  # from the export number to the case number
BODY_TOP = TOP + _BANNER + 2.5 * MM


def banner(pen: Pen, view: CaseSummary, level: str) -> None:
    """Draw the head of a page: all filled at named, a filled bar at supervisor, plain words at carry."""
    white = level == NAMED
    name = Text((printable(_(words.CLASSES[level])),), _CLASS, white=level != CARRY)
    bar = name.width + 18
    if level == NAMED:
        pen.box(LEFT, TOP, FULL, _BANNER, 2.2)
        pen.box(LEFT + 2.6, TOP + 2.6, FULL - 5.2, _BANNER - 5.2)
    else:
        pen.line(LEFT, TOP + _BANNER, RIGHT, TOP + _BANNER, 0.6 if level == CARRY else 1.2)
    if level == SUPERVISOR:
        pen.box(LEFT, TOP, bar, _BANNER)
    name.draw(pen, LEFT if level == CARRY else LEFT + 9, TOP + 4.3)
    _numbers(pen, view, level, max(LEFT + 158, LEFT + bar + 12), white)


def _numbers(pen: Pen, view: CaseSummary, level: str, x: float, white: bool) -> None:
    columns = [(x, LEFT_ALIGNED, _("Reference") if level == CARRY else _("Export"), view.export_no)]
    if view.number:
        columns.append((x + _COLUMN, LEFT_ALIGNED, _("Case"), view.number))
    right = RIGHT - 9 if white else RIGHT
    columns.append((right, RIGHT_ALIGNED, _("Destroy by"), words.full_day(view.destroy_by)))
    for place, align, label, value in columns:
        Text((printable(label),), FINE, align=align, white=white).draw(pen, place, TOP + 1.8)
        Text((printable(value),), _VALUE, align=align, white=white).draw(pen, place, TOP + 10.6)


def footer(pen: Pen, view: CaseSummary, level: str, page: int, pages: int) -> None:
    """Draw the foot of a page."""
    export = "" if level == CARRY else _("Export {number}").format(number=view.export_no)
    demo = _("DEMO: invented people") if view.demo else ""
    pen.line(LEFT, BOTTOM + 4, RIGHT, BOTTOM + 4, 0.6)
    line(words.joined(demo, export), FINE).draw(pen, LEFT, BOTTOM + 6)
    counted = _("Page {page} of {pages}").format(page=page, pages=pages)
    line(counted, FINE, RIGHT_ALIGNED).draw(pen, RIGHT, BOTTOM + 6)
