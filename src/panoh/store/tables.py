"""The tables of the vault, made from the record classes: a field stands once, in its record.

A row holds what its record holds; `to_values` and `from_row` are the only door between the two.
SQLModel table classes do not validate on construction, so records are checked before they come here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any, TypeVar, get_args, get_type_hints

from sqlalchemy import BigInteger, Column, Dialect, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text
from sqlalchemy.types import Boolean, Date, TypeDecorator
from sqlmodel import Field, SQLModel

from panoh.domain import records as r
from panoh.domain.papers import Attachment
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.store.references import INDEXED, NULLABLE_POINTERS, POINTS_AT, UNIQUE

R = TypeVar("R")

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Words(TypeDecorator[tuple[str, ...]]):
    """A short tuple of codes or names, kept as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """To the row."""
        return json.dumps(list(value or ()), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """From the row."""
        return tuple(json.loads(value)) if value and value != "[]" else ()  # most are empty, and many are read


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as whole seconds since 1970 in UTC, so that it sorts and compares in SQL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To the row; ValueError without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """From the row."""
        return None if value is None else datetime.fromtimestamp(value, UTC)


_TYPES: dict[object, Any] = {
    str: Text,
    int: Integer,
    bool: Boolean,
    date: Date,
    datetime: Moment,
    tuple[str, ...]: Words,
}

_NAMES = {"Case": "protection_case", "User": "vault_user"}  # CASE and USER are words of SQL


def _table_name(record: type) -> str:
    return _NAMES.get(record.__name__) or "".join(
        f"_{c.lower()}" if c.isupper() else c for c in record.__name__
    ).lstrip("_")


def _kind(hint: Any) -> tuple[Any, bool]:
    """The plain type behind a hint, and whether it may be None."""
    inner = [a for a in get_args(hint) if a is not type(None)]
    if type(None) in get_args(hint):
        return inner[0], True
    return hint, False


def _column(record: type, name: str, hint: Any) -> Column[Any]:
    kind, optional = _kind(hint)
    target = POINTS_AT.get(name)
    nullable = optional or name in NULLABLE_POINTERS or (record.__name__, name) in NULLABLE_POINTERS
    unique = (record.__name__, name) in UNIQUE
    index = not unique and (target is not None or (record.__name__, name) in INDEXED)
    points = [ForeignKey(f"{target}.id")] if target else []
    return Column(
        name, _TYPES[kind], *points, primary_key=name == "id", nullable=nullable, unique=unique or None, index=index
    )


def _make(record: type) -> type[SQLModel]:
    hints = get_type_hints(record)
    columns = {f.name: Field(sa_column=_column(record, f.name, hints[f.name])) for f in fields(record)}
    namespace: dict[str, Any] = {
        "__annotations__": dict.fromkeys(columns, Any),
        "__module__": __name__,
        "__tablename__": _table_name(record),
        "__doc__": f"Rows of {record.__name__}.",
        **columns,
    }
    make: Any = type(SQLModel)
    made: type[SQLModel] = make(f"{record.__name__}Row", (SQLModel,), namespace, table=True)
    return made


ROWS: dict[type, type[SQLModel]] = {record: _make(record) for record in r.RECORDS}
TABLES: dict[type, Table] = {record: row.__table__ for record, row in ROWS.items()}  # type: ignore[attr-defined]
CLASSES: dict[str, type] = {record.__name__: record for record in r.RECORDS}
_POINTERS: dict[type, frozenset[str]] = {
    record: frozenset(f.name for f in fields(record) if TABLES[record].c[f.name].foreign_keys) for record in r.RECORDS
}
_HINTS: dict[type, dict[str, Any]] = {record: get_type_hints(record) for record in r.RECORDS}
_FIELDS: dict[type, tuple[str, ...]] = {record: tuple(f.name for f in fields(record)) for record in r.RECORDS}


def table(record: type) -> Table:
    """The table that holds this record class."""
    return TABLES[record]


def field_names(record: type) -> tuple[str, ...]:
    """The fields of a record class, in order."""
    return _FIELDS[record]


def pointers_at(kind: type) -> list[tuple[type, str]]:
    """Every record class with a field that points at records of this class, and the field."""
    target = TABLES[kind].name
    return [
        (record, name)
        for record, names in _POINTERS.items()
        for name in sorted(names)
        if any(key.column.table.name == target for key in TABLES[record].c[name].foreign_keys)
    ]


def value_from_json(kind: type, field: str, value: Any) -> Any:
    """The value of a field as its record holds it, from the JSON in which the journal kept it."""
    hint, _optional = _kind(_HINTS[kind][field])
    if value is None:
        return "" if field in _POINTERS[kind] else None
    if hint is date:
        return date.fromisoformat(value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def to_values(record: object) -> dict[str, Any]:
    """A record as column values."""
    kind = type(record)
    pointers = _POINTERS[kind]
    return {
        name: (getattr(record, name) or None) if name in pointers else getattr(record, name) for name in _FIELDS[kind]
    }


def from_row(kind: type[R], row: Sequence[Any]) -> R:
    """The record that a row of its table holds, its columns in the order of the fields."""
    values = dict(zip(_FIELDS[kind], row, strict=True))
    for pointer in _POINTERS[kind]:
        values[pointer] = values[pointer] or ""
    return kind(**values)


# People by their birth, from the index alone: a newcomer is looked for among all who were born about then.
_born = TABLES[Person].c
Index("ix_person_birth_precision_sex_birth_earliest", _born.birth_precision, _born.sex, _born.birth_earliest, _born.id)

meta = SQLModel.metadata

vault_meta = Table("vault_meta", meta, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# The journal: an append-only chain, and beside it the values, which can be erased without breaking it.
journal = Table(
    "journal",
    meta,
    Column("seq", Integer, primary_key=True),
    Column("device", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("change", Text, nullable=False),
    Column("record_class", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Index("ix_journal_record_id", "record_id"),
)
journal_value = Table(
    "journal_value",
    meta,
    Column("seq", Integer, ForeignKey("journal.seq"), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("old", Text),
    Column("new", Text),
)

# Derived, rebuilt at will, never journalled.
person_level = Table(
    "person_level",
    meta,
    Column("person_id", Text, ForeignKey("person.id"), primary_key=True),
    Column("level", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("due_at", Moment),
    Column("due_order", BigInteger, nullable=False),  # the due time, and far in the future when there is none
    Column("told_order", BigInteger, nullable=False),  # the same for whoever may not see the restricted reasons
    Column("waiting_since", Moment, nullable=False),
    Column("restricted", Boolean, nullable=False),
    Column("alone_child", Boolean, nullable=False),
    Column("next_change_at", Moment),
    Column("reasons", Text, nullable=False),
    Index("ix_person_level_rank_due_order", "rank", "due_order", "person_id"),
    Index("ix_person_level_rank_told_order", "rank", "told_order", "person_id"),
    Index("ix_person_level_next_change_at", "next_change_at"),
)
first_held = Table(
    "first_held",
    meta,
    Column("person_id", Text, ForeignKey("person.id"), primary_key=True),
    Column("reason", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)
name_key = Table(
    "name_key",
    meta,
    Column("key", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("person.id"), primary_key=True),
    Index("ix_name_key_person_id", "person_id"),
    sqlite_with_rowid=False,
)
# Who is told by number alone to those without need to know: whom a shield covers, and who lives with them.
masked = Table(
    "masked",
    meta,
    Column("person_id", Text, ForeignKey("person.id"), primary_key=True),
    sqlite_with_rowid=False,
)
# What the last search of the whole vault found, best first; answers stand in duplicate_decision.
duplicate_pair = Table(
    "duplicate_pair",
    meta,
    Column("person_a_id", Text, ForeignKey("person.id"), primary_key=True),
    Column("person_b_id", Text, ForeignKey("person.id"), primary_key=True),
    Column("score", Float, nullable=False),  # below 0 and above 100 too, for the order
    Column("reasons", Text, nullable=False),
    Index("ix_duplicate_pair_score", "score"),
    Index("ix_duplicate_pair_person_b_id", "person_b_id"),
    sqlite_with_rowid=False,
)
# Tracing: under which name keys a request is looked for, who may be the one sought, and whom a write left to be compared.
request_key = Table(
    "request_key",
    meta,
    Column("key", Text, primary_key=True),
    Column("request_id", Text, ForeignKey("tracing_request.id"), primary_key=True),
    Index("ix_request_key_request_id", "request_id"),
    sqlite_with_rowid=False,
)
candidate = Table(
    "candidate",
    meta,
    Column("request_id", Text, ForeignKey("tracing_request.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("person.id"), primary_key=True),
    Column("score", Float, nullable=False),
    Index("ix_candidate_person_id", "person_id"),
    sqlite_with_rowid=False,
)
match_due = Table(
    "match_due",
    meta,
    Column("kind", Text, primary_key=True),  # person, request; all
    Column("id", Text, primary_key=True),
    sqlite_with_rowid=False,
)
# The bytes of photos and files: beside their records, because the journal holds words, not pictures.
attachment_content = Table(
    "attachment_content",
    meta,
    Column("attachment_id", Text, ForeignKey("attachment.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("thumbnail", LargeBinary),
)
draft = Table(
    "draft",
    meta,
    Column("id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_draft_user_id", "user_id", "kind"),
)

# Tables without records of their own that lean on a record, by the column that names it: they go when it goes.
WORKED_OUT: dict[type, tuple[tuple[Table, str], ...]] = {
    Person: (
        (person_level, "person_id"),
        (first_held, "person_id"),
        (name_key, "person_id"),
        (masked, "person_id"),
        (duplicate_pair, "person_a_id"),
        (duplicate_pair, "person_b_id"),
        (candidate, "person_id"),
    ),
    TracingRequest: ((request_key, "request_id"), (candidate, "request_id")),
    Attachment: ((attachment_content, "attachment_id"),),
}
