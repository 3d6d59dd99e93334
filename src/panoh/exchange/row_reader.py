"""Reads the rows of a sheet by our columns: every row is taken or refused, none is lost.

A list says the same few things in most of its columns, so what was made of a cell is remembered for its column.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeVar

from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.exchange.cells import LostLettersError, clean
from panoh.exchange.columns import Cell, Column, ParsedRow, Refused, match_columns
from panoh.exchange.date_forms import USUAL, DateForm
from panoh.exchange.spreadsheets import Sheet

_REMEMBERED = 50_000  # things of one column
T = TypeVar("T")
Told = dict[str, Any]  # what a row says, by our column names


class RowProblem(Exception):
    """The row cannot be taken; `reason` is the sentence that says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a sheet is to be read: their column names as ours ('' leaves a column out), and our date columns' forms."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, DateForm] = field(default_factory=dict)


class _Made(NamedTuple):
    """What was made of a cell, with its warnings, or why it refuses the row."""

    value: Any
    warnings: tuple[str, ...] = ()
    problem: str = ""


class _Place(NamedTuple):
    """One of our columns at its place in the file."""

    at: int
    column: Column
    cell: Cell
    memory: dict[str, _Made]


class RowReader:
    """Reads one row after another."""

    def __init__(self, sheet: Sheet, known: Sequence[Column], wanted: Wanted, today: date, vocab: Vocabularies) -> None:
        columns = match_columns(sheet.columns, [column.name for column in known], wanted.mapping)
        self.today = today
        self.warnings: list[str] = []
        self._nothing: Told = {column.name: column.nothing for column in known}
        self._found = columns.places.keys()
        self._memory: dict[Hashable, _Made] = {}
        self._places: list[_Place] = []
        self._cells: dict[str, Cell] = {}
        for column in known:
            at = columns.places.get(column.name)
            theirs = sheet.columns[at] if at is not None else column.name
            cell = Cell(theirs, wanted.dates.get(column.name, USUAL), vocab, today, self.warnings)
            self._cells[column.name] = cell
            if at is not None:
                self._places.append(_Place(at, column, cell, {}))

    def has(self, column: str) -> bool:
        """Whether the file has this column of ours at all."""
        return column in self._found

    def dates(self, column: str) -> DateForm:
        """How the dates of this column of ours are written."""
        return self._cells[column].dates

    def leave_out(self, column: str) -> None:
        """Warn that what stands in this column of ours was left out."""
        self._cells[column].leave_out()

    def read(self, cells: list[str]) -> Told:
        """What a row, as wide as the table, says in each of our columns. Raises RowProblem."""
        self.warnings.clear()
        told = self._nothing.copy()
        for at, column, cell, memory in self._places:
            raw = cells[at]
            if not raw:
                continue
            made = memory.get(raw)
            if made is None:
                made = self._make(lambda raw=raw, column=column, cell=cell: _read(column, cell, raw))  # type: ignore[misc]
                if column.comes_again:
                    _remember(memory, raw, made)
            if made.problem:
                raise RowProblem(made.problem)
            if made.warnings:
                self.warnings += made.warnings
            told[column.name] = made.value
        return told

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes, with its warnings or its refusal, remembered for this key."""
        made = self._memory.get(key)
        if made is None:
            made = self._make(make)
            _remember(self._memory, key, made)
        if made.problem:
            raise RowProblem(made.problem)
        self.warnings += made.warnings
        value: T = made.value
        return value

    def _make(self, make: Callable[[], Any]) -> _Made:
        """What is made, with the warnings that came up while it was made."""
        before = len(self.warnings)
        try:
            value = make()
        except RowProblem as problem:
            return _Made(None, (), problem.reason)
        warnings = tuple(self.warnings[before:])
        del self.warnings[before:]
        return _Made(value, warnings)


def _remember(memory: dict[Any, _Made], key: Hashable, made: _Made) -> None:
    if len(memory) >= _REMEMBERED:
        memory.clear()
    memory[key] = made


def _read(column: Column, cell: Cell, raw: str) -> Any:
    try:
        text = clean(raw)
    except LostLettersError:
        raise RowProblem(_("Letters in the column {column} are damaged.").format(column=cell.column)) from None
    if len(text) > column.most:
        words = _("The text in the column {column} is longer than {most} characters.")
        raise RowProblem(words.format(column=cell.column, most=column.most))
    return column.make(cell, text) if text else column.nothing


class Identified(Protocol):
    """Values of a row that carry the sender's own id, or '' when it has none."""

    @property
    def external_id(self) -> str:
        """The id that the sender gave."""


Values = TypeVar("Values", bound=Identified)


def parse_each(
    sheet: Sheet, reader: RowReader, make: Callable[[RowReader, Told], Values]
) -> Iterator[ParsedRow[Values]]:
    """Make values of every row, or a refusal with its reason; the second row of one id is refused."""
    seen: set[str] = set()
    for row in sheet.rows:
        try:
            if row.problem:
                raise RowProblem(row.problem)
            values = make(reader, reader.read(row.cells))
            if values.external_id in seen:
                raise RowProblem(_("An earlier row of this file has the same identifier."))
            if values.external_id:
                seen.add(values.external_id)
        except RowProblem as problem:
            yield ParsedRow(row.number, Refused(problem.reason, row.cells))
        else:
            yield ParsedRow(
                row.number, values, (row.remark, *reader.warnings) if row.remark else tuple(reader.warnings)
            )
