"""Reading and writing records: `Reading` gives frozen records, `Unit` is one write with its journal."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Select, insert, select, text, update
from sqlalchemy import delete as sql_delete

from panoh.base.errors import AppError
from panoh.base.ids import format_number
from panoh.base.progress import Progress, Silent
from panoh.domain.cases import Case
from panoh.domain.person import Person
from panoh.domain.records import Record
from panoh.store import journal as chain
from panoh.store.tables import WORKED_OUT, field_names, from_row, table, to_values, vault_meta

R = TypeVar("R")
ONE_OF = text("SELECT value FROM json_each(:one_of)")  # one parameter for any number of values
_ABOUT = (
    "person_id",
    "inquirer_id",
    "sought_person_id",
    "record_id",
    "from_person_id",
    "to_person_id",
)  # fields that say whom a record is about


def one_of(values: Iterable[str]) -> dict[str, str]:
    """The parameter for `column.in_(ONE_OF)`."""
    return {"one_of": json.dumps(list(values))}


@cache
def _where_in(kind: Hashable, field: str) -> Select[Any]:
    """Made once for each field: making it costs more than running it."""
    of = table(cast("type", kind))
    return select(of).where(of.c[field].in_(ONE_OF))


@cache
def _whether(fields: tuple[tuple[Hashable, str], ...]) -> str:
    each = (f"EXISTS (SELECT 1 FROM {table(cast('type', kind)).name} WHERE {field} IN ids)" for kind, field in fields)  # noqa: S608
    return f"WITH ids AS (SELECT value FROM json_each(?)) SELECT {', '.join(each)}"  # noqa: S608


class Reading:
    """A read of the vault: one consistent picture for as long as it is open."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, kind: type[R], record_id: str) -> R:
        """The record with this id; AppError('record.not_found') when it is gone."""
        found = self.first(kind, table(kind).c.id == record_id)
        if found is None:
            raise AppError("record.not_found")
        return found

    def first(self, kind: type[R], *where: ColumnElement[bool]) -> R | None:
        """One record that fits, or None."""
        row = self.connection.execute(select(table(kind)).where(*where).limit(1)).first()
        return None if row is None else from_row(kind, row)

    def all(self, kind: type[R], *where: ColumnElement[bool], order: Any = None, limit: int | None = None) -> list[R]:
        """All records that fit, oldest first unless an order is given."""
        c = table(kind).c
        by = c.id if order is None else order
        wanted = select(table(kind)).where(*where).order_by(*(by if isinstance(by, tuple) else (by,)))
        if limit is not None:
            wanted = wanted.limit(limit)
        return [from_row(kind, row) for row in self.connection.execute(wanted)]

    def where_in(self, kind: type[R], field: str, values: Iterable[str]) -> list[R]:
        """All records whose field holds one of the values, however many those are."""
        wanted = {value for value in values if value}
        if not wanted:
            return []
        return [
            from_row(kind, row)
            for row in self.connection.execute(_where_in(cast("Hashable", kind), field), one_of(wanted))
        ]

    def present(self, fields: tuple[tuple[type, str], ...], values: Iterable[str]) -> list[bool]:
        """For each record class and field whether any record holds one of the values: one question in place of many."""
        asked = (json.dumps(list(values)),)
        row = self.connection.exec_driver_sql(_whether(fields), asked).one()
        return [bool(found) for found in row]

    def pairs(self, key: ColumnElement[str], value: ColumnElement[str]) -> dict[str, str]:
        """Two columns of a table as a dict, without the rows whose key is empty."""
        return {row[0]: row[1] for row in self.connection.execute(select(key, value).where(key != ""))}

    def holder_of(self, person_id: str) -> str:
        """The user who holds this person's case; '' is nobody."""
        case = self.first(Case, table(Case).c.person_id == person_id) if person_id else None
        return case.owner_id if case else ""

    def meta(self, key: str, default: str = "") -> str:
        """A fact about the vault itself."""
        row = self.connection.execute(select(vault_meta.c.value).where(vault_meta.c.key == key)).first()
        return str(row[0]) if row else default


class Unit(Reading):
    """One write: all of it commits together, with its journal entries, or nothing does."""

    def __init__(self, connection: Connection, *, actor: str, device: str, at: datetime) -> None:
        super().__init__(connection)
        self.actor = actor
        self.device = device
        self.at = at
        self.touched: dict[type, set[str]] = defaultdict(set)
        self.people_of: dict[type, set[str]] = defaultdict(set)  # whom the touched records of a class are or were about
        self.homes: set[str] = set()  # households that people are or were in
        self.entries: list[chain.Entry] = []
        self.chained = 0  # entries of this write that stand in the journal already (see bulk.py)
        self.progress: Progress = Silent()  # who watches, when the write is a long one
        self.allow: Callable[[str, Record], None] = lambda _action, _record: None  # raises for what is not granted

    def add(self, *records: Record) -> None:
        """Make records: one journal entry each, holding its image."""
        by_kind: dict[type, list[Record]] = defaultdict(list)
        for record in records:
            self.allow("make", record)
            by_kind[type(record)].append(record)
        for kind, made in by_kind.items():
            self._add_kind(kind, made)

    def _add_kind(self, kind: type, made: Sequence[Record]) -> None:
        self.connection.execute(insert(table(kind)), [to_values(record) for record in made])
        for record in made:
            image = {
                name: value for name in field_names(kind) if (value := getattr(record, name)) not in ("", None, ())
            }
            self.entries.append(chain.Entry("made", kind.__name__, record.id, new=chain.as_text(image)))
            self._touch(record)

    def _touch(self, *states: Record) -> None:
        for record in states:
            self.touched[type(record)].add(record.id)
            self.people_of[type(record)].update(getattr(record, name, "") for name in _ABOUT)
            if isinstance(record, Person):  # what a household needs, or was given, feeds nobody's level
                self.homes.add(record.household_id)

    def save(self, record: Record, known: Record | None = None) -> bool:
        """Keep the new state of a record: one journal entry per changed field; returns whether anything changed.

        `known` is the record as this write has just read it, when it has.
        """
        kind = type(record)
        before = known or self.get(kind, record.id)
        changed = [name for name in field_names(kind) if getattr(before, name) != getattr(record, name)]
        if not changed:
            return False
        self.allow("change", before)
        values = to_values(record)
        self.connection.execute(
            update(table(kind)).where(table(kind).c.id == record.id).values({n: values[n] for n in changed})
        )
        for name in changed:
            old, new = getattr(before, name), getattr(record, name)
            self.entries.append(
                chain.Entry("changed", kind.__name__, record.id, name, chain.as_text(old), chain.as_text(new))
            )
        self._touch(before, record)
        return True

    def remove(self, *records: Record) -> None:
        """Take rows of a list away (a document typed by mistake); their images stay in the journal."""
        by_kind: dict[type, list[Record]] = defaultdict(list)
        for record in records:
            self.allow("remove", record)
            by_kind[type(record)].append(record)
        for kind, gone in by_kind.items():
            ids = one_of(record.id for record in gone)
            for leaning, column in WORKED_OUT.get(kind, ()):
                self.connection.execute(sql_delete(leaning).where(leaning.c[column].in_(ONE_OF)), ids)
            self.connection.execute(sql_delete(table(kind)).where(table(kind).c.id.in_(ONE_OF)), ids)
            for record in gone:
                image = chain.as_text(to_values(record))
                self.entries.append(chain.Entry("removed", kind.__name__, record.id, old=image))
                self._touch(record)

    def tell(self, change: str, record_class: str, record_id: str, what: str = "") -> None:
        """Journal something that changes no record: a restricted record read, a paper made."""
        self.entries.append(chain.Entry(change, record_class, record_id, new=chain.as_text(what) if what else None))

    def set_meta(self, key: str, value: str) -> None:
        """Keep a fact about the vault itself (not journalled: no person's data lives there)."""
        self.connection.execute(vault_meta.insert().prefix_with("OR REPLACE").values(key=key, value=value))

    def next_numbers(self, count: int = 1) -> list[str]:
        """The next numbers that people can say; numbers whose check character could be misread are skipped."""
        counter, device = int(self.meta("counter", "0")), self.meta("device_code")
        numbers: list[str] = []
        while len(numbers) < count:
            counter += 1
            number = format_number(device, counter)
            if number:
                numbers.append(number)
        self.set_meta("counter", str(counter))
        return numbers

    def entry_numbers(self) -> tuple[int, int]:
        """The first and the last entry that this write adds to the journal."""
        written = chain.head(self.connection).count
        return written - self.chained + 1, written + len(self.entries)

    def changes(self) -> frozenset[str]:
        """The names of the record classes that this write touched."""
        return frozenset(kind.__name__ for kind in self.touched)
