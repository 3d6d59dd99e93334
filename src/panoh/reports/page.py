"""What every page has: the banner with class, number and destroy-by date, and the footer.

Never a name, a site or a file path. At level carry no case number, and nothing filled catches the eye.
"""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.domain.redaction import CARRY, NAMED
from panoh.domain.summary import CaseSummary
from panoh.reports import words
from panoh.reports.fonts import BOLD, FINE, Face
from panoh.reports.layout import BOTTOM, FULL, LEFT, RIGHT, TOP
from panoh.reports.pen import MM, Pen
from panoh.reports.text import CENTRE, RIGHT as TO_THE_RIGHT
from panoh.reports.text import Text, line

_CLASS = Face(BOLD, 11.2, 14)
_VALUE = Face(BOLD, 8.4, 10)
_BANNER, _GAP = 8 * MM, 2.5 * MM
_COLUMN = 108.0  # from the export number to the case number


def body_top(level: str) -> float:
    """Where the body of a page begins; the bar of a named paper takes a row of its own."""
    return TOP + _BANNER + _GAP + (_BANNER if level == NAMED else 0)


def banner(pen: Pen, view: CaseSummary, level: str) -> None:
    """Draw the head of a page."""
    name = line(_(words.CLASSES[level]), _CLASS)
    top, x = TOP, LEFT + 158
    if level == NAMED:
        pen.box(LEFT, TOP - 3, FULL, _BANNER + 3, 2.4)
        pen.box(LEFT + 3, TOP, FULL - 6, _BANNER - 3)
        Text(name.lines, _CLASS, align=CENTRE, white=True).draw(pen, (LEFT + RIGHT) / 2, TOP + 2.6)
        top, x = TOP + _BANNER + 1, LEFT
    elif level == CARRY:
        name.draw(pen, LEFT, TOP + 4)
    else:
        bar = name.width + 18
        pen.box(LEFT, TOP, bar, _BANNER)
        Text(name.lines, _CLASS, white=True).draw(pen, LEFT + 9, TOP + 4.2)
        x = max(x, LEFT + bar + 12)
    _numbers(pen, view, level, x, top)
    pen.line(LEFT, top + _BANNER, RIGHT, top + _BANNER, 0.6 if level == CARRY else 1.2)


def _numbers(pen: Pen, view: CaseSummary, level: str, x: float, top: float) -> None:
    reference = _("Reference") if level == CARRY else _("Export")
    columns = [(reference, view.export_no)]
    if view.number:
        columns.append((_("Case"), view.number))
    for number, (label, value) in enumerate(columns):
        line(label, FINE).draw(pen, x + number * _COLUMN, top)
        line(value, _VALUE).draw(pen, x + number * _COLUMN, top + 9.4)
    line(_("Destroy by"), FINE, TO_THE_RIGHT).draw(pen, RIGHT, top)
    line(words.full_day(view.destroy_by), _VALUE, TO_THE_RIGHT).draw(pen, RIGHT, top + 9.4)


def footer(pen: Pen, view: CaseSummary, level: str, page: int, pages: int) -> None:
    """Draw the foot of a page."""
    export = "" if level == CARRY else _("Export {number}").format(number=view.export_no)
    demo = _("DEMO: invented people") if view.demo else ""
    pen.line(LEFT, BOTTOM + 4, RIGHT, BOTTOM + 4, 0.6)
    line(words.joined(demo, export), FINE).draw(pen, LEFT, BOTTOM + 6)
    counted = _("Page {page} of {pages}").format(page=page, pages=pages)
    line(counted, FINE, TO_THE_RIGHT).draw(pen, RIGHT, BOTTOM + 6)
