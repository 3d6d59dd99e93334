"""Many new records in one write: their rows are bound, journalled and numbered away from the connection.

A Maker needs no connection: it may stand in another process, which hands over Portions. `write` puts them into the
open write of a Unit, so that all of them commit together with its other changes, or nothing does.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat
from operator import attrgetter
from typing import Any

from panoh.base.ids import format_number
from panoh.domain.records import RECORDS, Record
from panoh.store import derived
from panoh.store import journal as chain
from panoh.store.derived import StoredLevel
from panoh.store.tables import Moment, Words, field_names, table
from panoh.store.units import Unit

Row = tuple[Any, ...]
Portion = dict[str, list[Row]]  # rows by what they are; plain values only, so that they can be handed over as they are

JOURNAL, JOURNAL_VALUE, LEVEL, FIRST_HELD, NAME_KEY = "journal", "journal_value", "level", "first_held", "name_key"
FORGET = "forget"  # new households that were assessed before they were whole: since when their reasons are held
_BESIDE = {
    JOURNAL: chain.INSERT_LINES,
    JOURNAL_VALUE: chain.INSERT_VALUES,
    FORGET: "DELETE FROM first_held WHERE person_id IN (SELECT id FROM person WHERE household_id = ?)",
    LEVEL: derived.PUT_LEVEL,
    FIRST_HELD: derived.PUT_FIRST_HELD,
    NAME_KEY: derived.PUT_NAME_KEY,
}


@dataclass(frozen=True, slots=True)
class Seed:
    """Who writes, where and when, and where the journal and the numbers stand. `key` is the journal's."""

    device: str
    actor: str
    at: int
    key: bytes
    seq: int
    mac: bytes
    counter: int


class Maker:
    """Makes rows of new records, with their journal entries, numbers, levels and name keys."""

    def __init__(self, seed: Seed) -> None:
        self.counter = seed.counter
        self.actor = seed.actor
        self._device = seed.device
        self._chain = chain.Chain(seed.key, chain.Head(seed.seq, seed.mac), seed.device, seed.actor, seed.at)
        self._records: dict[type, list[Record]] = defaultdict(list)
        self._portion: Portion = defaultdict(list)

    def number(self) -> str:
        """The next number that people can say."""
        while True:
            self.counter += 1
            number = format_number(self._device, self.counter)
            if number:
                return number

    def add(self, record: Record) -> None:
        """Make a record: its row, and one journal entry that holds its image."""
        self._records[type(record)].append(record)

    def level(self, level: StoredLevel, reasons: Iterable[tuple[str, datetime]]) -> None:
        """A level, and since when each of its reasons is held."""
        self._portion[LEVEL].append(derived.level_row(level))
        for reason, since in reasons:
            self._portion[FIRST_HELD].append((level.person_id, reason, int(since.timestamp())))

    def names(self, person_id: str, keys: Iterable[str]) -> None:
        """The name keys of a person."""
        self._portion[NAME_KEY] += [(key, person_id) for key in keys]

    def row(self, name: str, row: Row) -> None:
        """A row of another kind."""
        self._portion[name].append(row)

    def take(self) -> Portion:
        """What was made since the last time. Like is done with like, which the processor's caches thank for."""
        portion, self._portion = self._portion, defaultdict(list)
        records, self._records = self._records, defaultdict(list)
        lines: list[tuple[Row, Row]] = []
        for kind, made in records.items():
            bind, name, grow = _BINDERS[kind], kind.__name__, self._chain.made
            portion[name], images = bind(made)
            lines += [grow(name, record.id, image) for record, image in zip(made, images, strict=True)]
        portion[JOURNAL] = [line for line, _values in lines]
        portion[JOURNAL_VALUE] = [values for _line, values in lines]
        return {name: rows for name, rows in portion.items() if rows}


def write(unit: Unit, portion: Portion) -> None:
    """Put the rows of a portion into the store, in the order in which they were made."""
    execute = unit.connection.exec_driver_sql
    for kind in RECORDS:  # sites, households and people stand before what points at them
        rows = portion.get(kind.__name__)
        if rows:
            execute(_INSERTS[kind], rows)
            _ = unit.touched[kind]  # told as changed; there is nothing left to derive
    for name, statement in _BESIDE.items():
        if portion.get(name):
            execute(statement, portion[name])
    unit.chained += len(portion.get(JOURNAL, ()))


def end(unit: Unit, counter: int) -> None:
    """Keep where the numbers stand after the last portion."""
    unit.set_meta("counter", str(counter))


_MOST_REMEMBERED = 5_000  # values of one field
_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=lambda value: value.isoformat()
).encode


class _Field(dict[Any, tuple[Any, str]]):
    """One field of a record class: for each value what a row holds, and its part of the journal's image ('' for nothing).

    People of one list have the same few sites, States and days, so what was made of a value is remembered.
    """

    def __init__(self, kind: type, name: str) -> None:
        super().__init__()
        column = table(kind).c[name]
        self._told = json.dumps(name) + ":"
        self._points = bool(column.foreign_keys)
        self._turn = _turn(column.type)

    def __missing__(self, value: Any) -> tuple[Any, str]:
        bound = (value or None) if self._points else value
        if self._turn is not None and bound is not None:
            bound = self._turn(bound)
        made = (bound, "" if value in ("", None, ()) else self._told + _encode(value))
        if len(self) < _MOST_REMEMBERED:
            self[value] = made
        return made


def _turn(kind: Any) -> Callable[[Any], Any] | None:
    if isinstance(kind, Moment):
        return _seconds
    if isinstance(kind, Words):
        return lambda words: json.dumps(list(words), ensure_ascii=False)
    return date.isoformat if kind.python_type is date else None


def _seconds(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return int(at.timestamp())


def _binder(kind: type) -> Callable[[Sequence[Record]], tuple[list[Row], list[str]]]:
    """A function that gives the rows of records as SQLAlchemy would bind them, and their images as the journal keeps them.

    It goes field by field: most fields of a list's people are empty, and an empty one costs nothing more.
    """
    names = field_names(kind)
    values_of = attrgetter(*names)
    known = [_Field(kind, name) for name in names]

    def bind(records: Sequence[Record]) -> tuple[list[Row], list[str]]:
        bound: list[Iterable[Any]] = []
        told: list[Iterable[str]] = []
        for field, values in zip(known, zip(*map(values_of, records), strict=True), strict=True):
            if values.count(values[0]) == len(values):
                one, words = field[values[0]]
                bound.append(repeat(one, len(values)))
                if words or not told:
                    told.append(repeat(words, len(values)))
            else:
                made = [field[value] for value in values]
                bound.append([one for one, _words in made])
                told.append([words for _one, words in made])
        rows = list(zip(*bound, strict=True))
        return rows, ["{" + ",".join(filter(None, each)) + "}" for each in zip(*told, strict=True)]

    return bind


def _insert(kind: type) -> str:
    columns = field_names(kind)
    return f"INSERT INTO {table(kind).name} ({','.join(columns)}) VALUES ({','.join('?' * len(columns))})"  # noqa: S608


_INSERTS: dict[type, str] = {kind: _insert(kind) for kind in RECORDS}
_BINDERS: dict[type, Callable[[Sequence[Record]], tuple[list[Row], list[str]]]] = {
    kind: _binder(kind) for kind in RECORDS
}
