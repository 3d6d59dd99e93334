"""The list of everyone whom a lost laptop exposes: a page to decide from, then everyone, the most endangered first.

A hundred thousand people have to be on paper within a minute. So rows are told by lines of one height, and a column of
a page is drawn in one go; a bold name and everything that the laptop tells are for the first two groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number, speaking
from panoh.base.progress import Progress, Silent
from panoh.domain.exposed import ASIDE, CHILDREN, GROUPS, PLANS, WHOLE, Entry, ExposedPaper
from panoh.reports import words
from panoh.reports.exposed_head import head_blocks
from panoh.reports.fonts import BOLD, HEAD, LABEL, REGULAR, Face, advance
from panoh.reports.layout import BOTTOM, FULL, LEFT, Flow
from panoh.reports.page import BODY_TOP, foot, office_banner
from panoh.reports.pen import Pen
from panoh.reports.text import line, printable, wrap

_LEADING = 10.4
_PLAIN, _STRONG = Face(REGULAR, 7.6, _LEADING), Face(BOLD, 7.6, _LEADING)
_GAP = 6.0
_WIDTHS = (73.0, 110.0, 60.0, 66.0, 73.0)  # number, name, who, site, household; what is told gets the rest
_AT = tuple(sum(_WIDTHS[:at]) for at in range(len(_WIDTHS) + 1))
_TOLD = FULL - _AT[-1]
_NAME = 1
_TITLE, _NEXT_TITLE = 22.0, 16.0  # points for the title of a group, and above it when the page began with another
_HEAD = 14.0  # for the heads of the columns
_STEP = 500
_MIXED = frozenset({CHILDREN, ASIDE})  # groups of several levels, each row of which tells its own
Lines = tuple[str, ...]


class _Row(NamedTuple):
    """A person as lines: one tuple a column, and below them those that run over the page's width."""

    columns: tuple[Lines, ...]
    below: Lines

    @property
    def lines(self) -> int:
        return max(map(len, self.columns)) + len(self.below)


class _Run(NamedTuple):
    """Rows of one group that stand on one page, from `top` on; with its title where the group begins."""

    top: float
    group: str
    first: bool
    rows: list[_Row]


def render(paper: ExposedPaper, progress: Progress | None = None) -> bytes:
    """The list as PDF bytes, in its own language; not yet scrubbed or encrypted: see protect.py. Raises AppError cancelled."""
    watch = progress or Silent()
    with speaking(paper.language):
        flow = Flow(BODY_TOP)
        head_blocks(flow, paper)
        pages = _pages(paper, watch)
        count, pen = len(flow.pages) + len(pages), Pen(paper.language)
        for at, blocks in enumerate(flow.pages, 1):
            _around(pen, paper, at, count)
            for top, block in blocks:
                block.draw(pen, LEFT, top)
            pen.next_page()
        heads = _heads()
        for at, runs in enumerate(pages, len(flow.pages) + 1):
            watch.step(at, count, _("Drawing the list"))
            _around(pen, paper, at, count)
            for run in runs:
                _draw(pen, paper, run, heads)
            pen.next_page()
        watch.step(count, count, _("Drawing the list"))
        return pen.finish()


def _around(pen: Pen, paper: ExposedPaper, page: int, pages: int) -> None:
    columns = [(_("Export"), paper.export_no)]
    if paper.backup_at:
        columns.append((_("Backup of"), words.near_moment(paper.backup_at)))
    office_banner(pen, _("NAMED: OFFICE ONLY"), columns, paper.destroy_by)
    foot(pen, page, pages, paper.export_no, demo=paper.demo, journal_code=paper.journal_code)


# --- putting rows on pages ---------------------------------------------------------------------------------------------


def _pages(paper: ExposedPaper, watch: Progress) -> list[list[_Run]]:
    fit, pages, done = _Fit(), list[list[_Run]](), 0
    y = BOTTOM + 1  # the first row turns to a new page
    for group in GROUPS:
        first = True
        for entry in paper.groups[group]:
            if done % _STEP == 0:
                watch.step(done, paper.people, _("Laying out the list"))
            done += 1
            row = fit.row(entry, group)
            room = row.lines * _LEADING + (_NEXT_TITLE + _TITLE + _HEAD if first else 0)
            if y + room > BOTTOM:
                pages.append([])
                y = BODY_TOP
            if first or not pages[-1]:
                y += (_NEXT_TITLE if first and pages[-1] else 0) + (_TITLE if first else 0) + _HEAD
                pages[-1].append(_Run(y, group, first, []))
            pages[-1][-1].rows.append(row)
            y += row.lines * _LEADING
            first = False
    return pages


class _Fit:
    """Breaks cells into lines; what stands in many rows is broken once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, float], Lines] = {}

    def row(self, entry: Entry, group: str) -> _Row:
        """A person's row; in the first groups with all reasons and everything that the laptop tells, below it."""
        whole, below = group in WHOLE, Lines()
        if whole:
            told, below = self.often(_case(entry), _TOLD), self._whole(entry)
        else:
            told = self._compact(entry, level=group in _MIXED)
        columns = (
            _once(entry.number, _WIDTHS[0] - _GAP, _PLAIN),
            _once(entry.name, _WIDTHS[1] - _GAP, _STRONG if whole else _PLAIN),
            self.often(entry.who, _WIDTHS[2] - _GAP),
            self.often(entry.site, _WIDTHS[3] - _GAP),
            _once(entry.household, _WIDTHS[4] - _GAP, _PLAIN),
            told,
        )
        return _Row(columns, below)

    def often(self, text: str, width: float) -> Lines:
        """Lines of a text that many rows have."""
        key = (text, width)
        if key not in self._known:
            self._known[key] = _once(text, width, _PLAIN)
        return self._known[key]

    def _compact(self, entry: Entry, *, level: bool) -> Lines:
        """The weightiest reason, what the laptop tells, what is sealed, who holds the case: in a narrow column."""
        why = words.joined(_(words.SMALL_LEVELS[entry.level]) if level else "", *entry.reasons[:1])
        sealed = _("Sealed: {what}.").format(what=entry.sealed) if entry.sealed else ""
        parts = (why, entry.held, sealed, _case(entry))
        return tuple(one for part in parts if part for one in self.often(part, _TOLD))

    def _whole(self, entry: Entry) -> Lines:
        width = FULL - _AT[_NAME]
        level = _(words.LEVELS[entry.level])
        why = words.joined(level, *(reason.rstrip(".") for reason in entry.reasons))
        held = _("It tells: {what}.").format(what=entry.held or _("name, age, site and household"))
        sealed = _("Sealed: {what}.").format(what=entry.sealed) if entry.sealed else ""
        return tuple(one for part in (why, held, sealed) if part for one in self.often(part, width))


def _case(entry: Entry) -> str:
    return _("case: {name}").format(name=entry.holder) if entry.holder else ""


def _once(text: str, width: float, face: Face) -> Lines:
    if not text:
        return ("",)
    clean = printable(text)
    return (clean,) if advance(clean, face) <= width else wrap(clean, width, face).lines


# --- drawing -------------------------------------------------------------------------------------------------------------


def _heads() -> Sequence[str]:
    return (_("number"), _("name"), _("who"), _("site"), _("household"), _("what it tells, case"))


def _draw(pen: Pen, paper: ExposedPaper, run: _Run, heads: Sequence[str]) -> None:
    if run.first:
        count = len(paper.groups[run.group])
        people = ngettext("{n} person", "{n} people", count).format(n=number(count))
        title = f"{_(PLANS[run.group].title)}: {people}"
        line(title, HEAD).draw(pen, LEFT, run.top - _HEAD - _TITLE + 2)
    for at, head in enumerate(heads):
        line(head, LABEL).draw(pen, LEFT + _AT[at], run.top - _HEAD + 1)
    pen.line(LEFT, run.top, LEFT + FULL, run.top, 1.2)
    for at in range(len(_AT)):
        face = _STRONG if at == _NAME and run.group in WHOLE else _PLAIN
        pen.words(LEFT + _AT[at], run.top, list(_column(run.rows, at)), face)
    if run.group in WHOLE:
        pen.words(LEFT + _AT[_NAME], run.top, list(_below(run.rows)), _PLAIN)
    y = run.top
    for row in run.rows:
        y += row.lines * _LEADING
        pen.line(LEFT, y, LEFT + FULL, y, 0.4)


def _column(rows: Sequence[_Row], at: int) -> Iterator[str]:
    """The lines of a column over these rows; empty where another column is longer."""
    for row in rows:
        yield from row.columns[at]
        for _missing in range(row.lines - len(row.columns[at])):
            yield ""


def _below(rows: Sequence[_Row]) -> Iterator[str]:
    for row in rows:
        for _above in range(row.lines - len(row.below)):
            yield ""
        yield from row.below
