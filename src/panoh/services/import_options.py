"""How a list is to be brought in, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.person import Person
from panoh.exchange import people_rows, tracing_rows
from panoh.exchange.date_forms import DateForm, form_of
from panoh.exchange.spreadsheets import USUAL, Layout
from panoh.services.desk import Changes
from panoh.store import erasing
from panoh.store.tables import table
from panoh.store.units import Reading

DATE_COLUMNS = {*people_rows.DATE_COLUMNS, *tracing_rows.DATE_COLUMNS}


class ListKind(Enum):
    """What the rows of a list are."""

    PEOPLE = "people"
    TRACING = "tracing"

    @property
    def columns(self) -> tuple[str, ...]:
        """Our columns that such a list may have."""
        return people_rows.READ_NAMES if self is ListKind.PEOPLE else tracing_rows.READ_NAMES

    @property
    def date_columns(self) -> tuple[str, ...]:
        """Those of them that hold dates."""
        return people_rows.DATE_COLUMNS if self is ListKind.PEOPLE else tracing_rows.DATE_COLUMNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read a file: their column names as ours ('' leaves one out), how the dates of our columns are written, and
    where the table stands; only a trial; all or nothing; without the backup that comes before a long list."""

    mapping: dict[str, str] = field(default_factory=dict)
    dates: dict[str, DateForm] = field(default_factory=dict)
    layout: Layout = USUAL
    dry_run: bool = False
    strict: bool = False
    without_backup: bool = False


class Typed(NamedTuple):
    """Options as they are typed at a command line; `as_before` reads the columns as those of the last list that had the
    same, where nothing else is typed."""

    mapping: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    rows_before: int = 0
    as_before: bool = False
    dry_run: bool = False
    strict: bool = False
    without_backup: bool = False


class Refusal(NamedTuple):
    """A row that was not taken: its number in the file, why, and its cells as they stand there."""

    row: int
    reason: str
    cells: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of every row: added + updated + refused = rows."""

    added: int
    updated: int
    refused: tuple[Refusal, ...]
    warnings: tuple[tuple[int, str], ...]
    columns: tuple[str, ...]  # as the file calls them
    left_out: tuple[str, ...]  # of these, the ones that Panoh does not know
    notes: tuple[str, ...]  # about the file as a whole
    changes: Changes

    def counts(self) -> dict[str, int]:
        """How many rows became what."""
        refused, warnings = len(self.refused), len(self.warnings)
        return {"added": self.added, "updated": self.updated, "refused": refused, "warnings": warnings}

    def words(self, most_warnings: int = 200) -> Iterator[str]:
        """What is to be said of rows, columns and the file, a line each."""
        for refusal in self.refused:
            yield _("row {row} refused: {reason}").format(row=refusal.row, reason=refusal.reason)
        for row, warning in self.warnings[:most_warnings]:
            yield _("row {row}: {warning}").format(row=row, warning=warning)
        yield from self.notes
        if self.left_out:
            names = ", ".join(self.left_out)
            yield _("Columns that Panoh does not know were left out: {names}.").format(names=names)


def parse_mapping(pairs: Sequence[str]) -> dict[str, str]:
    """'THEIRS=OURS' options as a mapping; AppError('import.map') for a column that Panoh does not know."""
    mapping = {}
    for pair in pairs:
        theirs, _equals, ours = pair.partition("=")
        if not theirs.strip() or ours.strip() not in {"", *people_rows.READ_NAMES, *tracing_rows.READ_NAMES}:
            raise AppError("import.map", text=pair[:60])
        mapping[theirs.strip()] = ours.strip()
    return mapping


def parse_dates(pairs: Sequence[str]) -> dict[str, DateForm]:
    """'COLUMN=day-first', 'COLUMN=month-first,solar' options by our columns; AppError('import.dates') for anything else."""
    dates = {}
    for pair in pairs:
        column, _equals, words = pair.partition("=")
        form = form_of(words.strip())
        if column.strip() not in DATE_COLUMNS or form is None:
            raise AppError("import.dates", text=pair[:60])
        dates[column.strip()] = form
    return dates


def ids_by_theirs(reading: Reading, kind: type) -> dict[str, str]:
    """Ids by the ids of whoever sent the records."""
    found = reading.pairs(table(kind).c.external_id, table(kind).c.id)
    aside = (
        set(erasing.set_aside_ids(reading)) if kind is Person else set()
    )  # whoever is named again is registered anew
    return {theirs: ours for theirs, ours in found.items() if ours not in aside}
