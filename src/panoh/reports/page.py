"""What every page has: the banner with class, number and destroy-by date, and the footer.

Never a name, a site or a file path. At level carry no case number, and nothing filled catches the eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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
    columns = [(_("Reference") if level == CARRY else _("Export"), view.export_no)]
    if view.number:
        columns.append((_("Case"), view.number))
    _columns(pen, columns, view.destroy_by, x, white)


def _columns(pen: Pen, columns: Sequence[tuple[str, str]], destroy_by: date | None, x: float, white: bool) -> None:
    """Label over value, from left to right, and at the right end until when the paper may be kept, if that is set."""
    right = RIGHT - 9 if white else RIGHT
    placed = [(x + at * _COLUMN, LEFT_ALIGNED, label, value) for at, (label, value) in enumerate(columns)]
    if destroy_by:
        placed.append((right, RIGHT_ALIGNED, _("Destroy by"), words.full_day(destroy_by)))
    for place, align, label, value in placed:
        Text((printable(label),), FINE, align=align, white=white).draw(pen, place, TOP + 1.8)
        Text((printable(value),), _VALUE, align=align, white=white).draw(pen, place, TOP + 10.6)


def office_banner(
    pen: Pen, name: str, columns: Sequence[tuple[str, str]], destroy_by: date | None, *, filled: bool = True
) -> None:
    """Draw the head of a page that stays in the office; not `filled` of one that anybody may read."""
    text = Text((printable(name),), _CLASS, white=filled)
    pen.line(LEFT, TOP + _BANNER, RIGHT, TOP + _BANNER, 1.2)
    if filled:
        pen.box(LEFT, TOP, text.width + 18, _BANNER)
    text.draw(pen, LEFT + 9 if filled else LEFT, TOP + 4.3)
    _columns(pen, columns, destroy_by, LEFT + text.width + 30, white=False)


def footer(pen: Pen, view: CaseSummary, level: str, page: int, pages: int) -> None:
    """Draw the foot of a page of a case summary."""
    carried = level == CARRY
    code = "" if carried else view.journal_code
    foot(pen, page, pages, "" if carried else view.export_no, demo=view.demo, journal_code=code)


def foot(pen: Pen, page: int, pages: int, export_no: str, *, demo: bool, journal_code: str = "") -> None:
    """Draw the foot of a page: that its people are invented, its number, where the journal stood, which page of how many.

    By the journal's code it is seen later whether the end of the journal was cut off (services/journal.py).
    """
    export = _("Export {number}").format(number=export_no) if export_no else ""
    journal = _("Journal {code}").format(code=journal_code) if journal_code else ""
    pen.line(LEFT, BOTTOM + 4, RIGHT, BOTTOM + 4, 0.6)
    line(words.joined(_("DEMO: invented people") if demo else "", export, journal), FINE).draw(pen, LEFT, BOTTOM + 6)
    counted = _("Page {page} of {pages}").format(page=page, pages=pages)
    line(counted, FINE, RIGHT_ALIGNED).draw(pen, RIGHT, BOTTOM + 6)
