"""A first look at a list: where its table begins, what its columns may be, and what must be asked before it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path

from panoh.base.garbage import no_pauses
from panoh.base.i18n import day as day_words
from panoh.base.i18n import gettext as _
from panoh.base.paths import resource
from panoh.base.progress import Progress, Silent
from panoh.domain.calendars import GREGORIAN, LUNAR, OTHER_YEARS, SOLAR, span_of
from panoh.domain.vocabulary import Vocabulary, fold, parse_vocabulary
from panoh.exchange.columns import OUR_MARK
from panoh.exchange.date_forms import DAY_FIRST, MONTH_FIRST, USUAL, DateColumn, DateForm, Numbers, numbers_of
from panoh.exchange.spreadsheets import File, Layout, SheetRow, open_file, table_of
from panoh.services.desk import Desk
from panoh.services.import_options import ListKind
from panoh.services.import_profiles import Profile, find

__all__ = [
    "KEEP_YEAR",
    "OUR_MARK",
    "DateColumn",
    "DateForm",
    "Layout",
    "ListKind",
    "Preview",
    "calendar_choices",
    "column_words",
    "look_at",
    "order_choices",
    "propose",
]

SHOWN = 20  # rows
_LOOKED_AT = 12  # first rows among which the names of the columns are looked for
_BEGINNING = 40  # characters of a row by which one knows it
_TELLING = 500  # rows after which a column without any date is no column of dates
_ENOUGH = 2  # names that must be known in a row for it to be the row of names


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list looks like, and how it would be read if nobody said otherwise."""

    layout: Layout
    columns: tuple[str, ...]  # as the file calls them
    proposed: Mapping[str, str]  # ours for each of theirs; '' for what is left out
    rows: tuple[tuple[str, ...], ...]  # the first ones
    count: int
    dates: Mapping[str, DateColumn]  # by their column
    encoding: str  # of a csv
    notes: tuple[str, ...]
    saved: Profile | None  # how a list with these columns was read before
    beginnings: tuple[tuple[int, str], ...]  # of the first rows of the file: their numbers, and what they begin with


@lru_cache(maxsize=1)
def column_words() -> Vocabulary:
    """What lists call their columns, and what Panoh calls them on screen."""
    file = resource("words/columns.toml")
    return parse_vocabulary(file.read_text("utf-8"), file.name)


def look_at(
    desk: Desk, path: Path, kind: ListKind, progress: Progress | None = None, layout: Layout | None = None
) -> Preview:
    """Read the whole list once, without keeping anything of it. `layout` says where the table stands; else it is found.

    Raises AppError: file.*, cancelled.
    """
    with no_pauses():
        file = open_file(path, progress or Silent(), layout.encoding if layout else "")
        first = [row for row, _place in zip(file.rows, range(_LOOKED_AT), strict=False)]
        layout = layout or Layout(before=_row_of_names(first, kind))
        beginnings = tuple((row.number, _beginning(", ".join(filter(None, row.cells)))) for row in first)
        found = _looked_at(desk, file, chain(first, file.rows), layout, kind)
        return replace(found, beginnings=beginnings)


def _beginning(text: str) -> str:
    return text if len(text) <= _BEGINNING else text[:_BEGINNING].rstrip(" ,") + " …"


def _row_of_names(rows: Iterable[SheetRow], kind: ListKind) -> int:
    """How many rows come before the one that names the columns: a title may stand above it."""
    known = [sum(bool(name) for name in propose(row.cells, kind).values()) for row in rows]
    best = max(known, default=0)
    return known.index(best) if best >= _ENOUGH else 0


def _looked_at(desk: Desk, file: File, rows: Iterator[SheetRow], layout: Layout, kind: ListKind) -> Preview:
    table = table_of(file, rows, layout)
    saved = find(desk, kind.value, table.columns) if layout.named else None
    proposed = propose(table.columns, kind)
    if saved:
        proposed = {theirs: saved.mapping.get(theirs, "") for theirs in table.columns}
    wanted = {theirs for theirs, ours in proposed.items() if ours in kind.date_columns}
    dates = [DateColumn(name) for name in table.columns]
    watched = list(enumerate(dates))
    shown: list[tuple[str, ...]] = []
    count = 0
    for count, row in enumerate(table.rows, start=1):
        if count <= SHOWN:
            shown.append(tuple(row.cells[: len(table.columns)]))
        for at, column in watched:
            if row.cells[at]:
                column.add(row.cells[at])
        if count == _TELLING:
            watched = [(at, column) for at, column in watched if column.column in wanted or column.told]
    return Preview(
        layout=replace(layout, encoding=layout.encoding or file.about.encoding),
        columns=table.columns,
        proposed=proposed,
        rows=tuple(shown),
        count=count,
        dates={column.column: column for column in dates if column.told},
        encoding=file.about.encoding,
        notes=tuple(file.about.notes),
        saved=saved,
        beginnings=(),
    )


def propose(columns: Iterable[str], kind: ListKind) -> dict[str, str]:
    """Which of our columns each of theirs may be: by its very name, else by what lists call it. Each is proposed once."""
    columns = list(columns)
    ours = {fold(name): name for name in kind.columns}
    proposed = {theirs: ours.get(fold(theirs), "") for theirs in columns}
    taken: set[str] = set()
    for theirs, name in proposed.items():
        if name in taken:
            proposed[theirs] = ""
        taken.add(name)
    for theirs in columns:
        if proposed[theirs] or theirs.startswith(OUR_MARK):
            continue
        name = column_words().match(theirs) or ""
        if name in kind.columns and name not in taken:
            proposed[theirs] = name
            taken.add(name)
    return proposed


KEEP_YEAR = "year"  # nobody knows the order of the numbers


def order_choices(column: DateColumn) -> list[tuple[str, str]]:
    """What may be answered when a column leaves open which number is the month: codes and words with an example."""
    example = next((text for text in column.examples if numbers_of(text, DateForm(MONTH_FIRST))), "")
    choices = []
    for order, words in (
        (DAY_FIRST, _("The day first: {example} is {day}")),
        (MONTH_FIRST, _("The month first: {example} is {day}")),
    ):
        numbers = numbers_of(example, DateForm(order))
        choices.append((order, words.format(example=example, day=_in_words(numbers))))
    choices.append((KEEP_YEAR, _("Nobody knows: keep the year of such dates")))
    return choices


def calendar_choices(column: DateColumn) -> list[tuple[str, str]]:
    """What may be answered when years are none of ours: codes and words with an example."""
    numbers = next((n for text in column.other_examples if (n := numbers_of(text, USUAL))), None)
    year = int(numbers.year) if numbers else OTHER_YEARS.start
    choices = []
    for calendar, words in (
        (SOLAR, _("Solar Hijri: {year} is {first} to {last}")),
        (LUNAR, _("Lunar Hijri: {year} is {first} to {last}")),
    ):
        first, last = span_of(calendar, year)
        choices.append((calendar, words.format(year=year, first=day_words(first), last=day_words(last))))
    choices.append((GREGORIAN, _("Mistyped: refuse these rows")))
    return choices


def _is_other(numbers: Numbers) -> bool:
    return len(numbers.year) == 4 and int(numbers.year) in OTHER_YEARS


def _in_words(numbers: Numbers | None) -> str:
    """The day in words; of a year of another calendar, or of two digits, the month alone tells the order."""
    if numbers is None:
        return ""
    usual = len(numbers.year) == 4 and not _is_other(numbers)
    return day_words(date(int(numbers.year) if usual else 2000, numbers.month, numbers.day), year=usual)
