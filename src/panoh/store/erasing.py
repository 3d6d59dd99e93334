"""Erasing: every row that is about a person, in every table, and every value that the journal holds of those rows.

What goes is worked out from how the tables point at each other, so that a new record class is covered by itself. The
journal's chain stays whole: its lines hold digests, and the values beside them go (journal.py).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select

from panoh.domain.erasing import Erasure
from panoh.domain.household import Household
from panoh.domain.merging import Merge
from panoh.domain.person import Person, Unanswered
from panoh.domain.records import RECORDS
from panoh.store.journal import Entry, as_text
from panoh.store.references import LEAVES
from panoh.store.tables import (
    CLASSES,
    WORKED_OUT,
    draft,
    from_row,
    journal,
    journal_value,
    pointers_at,
    table,
    to_values,
    vault_meta,
)
from panoh.store.units import ONE_OF, Reading, Unit, one_of

_POINTER = re.compile(r'"([a-z_]+_id)": "([0-9a-f]{32})"')  # in an image of the journal
_ABOUT = frozenset(
    (leaning.__name__, name) for kind in RECORDS for leaning, name in (*pointers_at(kind), (Unanswered, "record_id"))
).difference(LEAVES)  # fields that say what a record is about
_LAST = 5_000  # entries that are asked for their moment: more than are written in a day
_IMAGE = ("made", "removed")


@dataclass(slots=True)
class Going:
    """What goes with some people: the ids of rows by record class, and of records that only the journal still knows."""

    rows: dict[type, set[str]] = field(default_factory=lambda: defaultdict(set))
    journalled: set[str] = field(default_factory=set)

    @property
    def ids(self) -> set[str]:
        """All of them."""
        return self.journalled.union(*self.rows.values())


def set_aside_ids(reading: Reading) -> list[str]:
    """The ids of people whose record was set aside."""
    p = table(Person).c
    return [
        row[0]
        for row in reading.connection.execute(select(p.id).where(p.merged_into_id > "", p.merged_into_id == p.id))
    ]


def about(reading: Reading, person_ids: Iterable[str]) -> Going:
    """Every row about these people: their own, those joined to them, and whatever leans on any of these."""
    going = Going()
    _spread(reading, going, Person, set(person_ids))
    return going


def _spread(reading: Reading, going: Going, kind: type, ids: set[str]) -> None:
    ids = ids - going.rows[kind]
    if not ids:
        return
    going.rows[kind] |= ids
    for leaning, name in (*pointers_at(kind), (Unanswered, "record_id")):
        if (leaning.__name__, name) in _ABOUT:
            rows: list[Any] = reading.where_in(leaning, name, ids)
            _spread(reading, going, leaning, {row.id for row in rows})


def with_household(reading: Reading, going: Going) -> None:
    """Add the households in which nobody else stands, and to which nobody who was set aside or joined would return."""
    people = going.rows[Person]
    homes = homes_of(reading, people)
    stays = {one.household_id for one in reading.where_in(Person, "household_id", homes) if one.id not in people}
    hidden = reading.all(Person, table(Person).c.merged_into_id.is_not(None))
    stays |= homes_of(reading, {one.id for one in hidden} - people)
    stays |= {home.id for home in reading.where_in(Household, "id", homes) if home.people_told is not None}
    _spread(reading, going, Household, {one.id for one in reading.where_in(Household, "id", homes - stays)})


def homes_of(reading: Reading, people: Collection[str]) -> set[str]:
    """Every household that these people are in, or were in before they were set aside."""
    found = {one.household_id for one in reading.where_in(Person, "id", people)}
    j, v = journal.c, journal_value.c
    before = select(v.old).select_from(journal.join(journal_value, v.seq == j.seq))
    before = before.where(j.record_id.in_(ONE_OF), j.record_class == "Person", j.field == "household_id")
    found |= {json.loads(row[0]) for row in reading.connection.execute(before, one_of(people)) if row[0]}
    return found - {""}


def with_journalled(reading: Reading, going: Going) -> None:
    """Add the records that were taken away, or made and undone: only their images tell that they were about these people."""
    while True:
        known = going.ids
        found = {
            record_id for record_id, told in _images(reading) if record_id not in known and not told.isdisjoint(known)
        }
        if not found:
            return
        going.journalled |= found


def _images(reading: Reading) -> Iterator[tuple[str, set[str]]]:
    """Each record that an image of the journal shows, and the ids of what it was about."""
    j, v = journal.c, journal_value.c
    wanted = select(j.record_class, j.record_id, v.old, v.new).select_from(journal.join(journal_value, v.seq == j.seq))
    for kind, record_id, old, new in reading.connection.execute(wanted.where(j.change.in_(_IMAGE))):
        pointers = _POINTER.findall(old or new or "")
        yield record_id, {value for name, value in pointers if (kind, name) in _ABOUT}


def wipe(unit: Unit, going: Going) -> int:
    """Take all of it out of the tables, the drafts and the values of the journal; returns how many of those went.

    Nothing of it is journalled.
    """
    connection = unit.connection
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = on")
    values = _wipe_merges(unit, going)
    _let_go(unit, going)
    ids = going.ids
    for kind, gone in going.rows.items():
        for leaning, column in WORKED_OUT.get(kind, ()):
            connection.execute(delete(leaning).where(leaning.c[column].in_(ONE_OF)), one_of(gone))
    for kind, gone in going.rows.items():
        connection.execute(delete(table(kind)).where(table(kind).c.id.in_(ONE_OF)), one_of(gone))
        unit.touched[kind] |= gone
    _wipe_drafts(connection, ids)
    for person_id in going.rows[Person]:  # the codes that carried papers have for their words
        connection.execute(delete(vault_meta).where(vault_meta.c.key.contains(person_id)))
    return values + forget_values(connection, ids)


def _let_go(unit: Unit, going: Going) -> None:
    """Rows that stay point at what goes no longer."""
    for name, pointer in sorted(LEAVES):
        kind = CLASSES[name]
        targets = next(iter(table(kind).c[pointer].foreign_keys)).column.table
        gone = {one for k, ids in going.rows.items() if table(k) is targets for one in ids}
        rows: list[Any] = unit.where_in(kind, pointer, gone)
        for row in rows:
            if row.id not in going.rows[kind]:
                unit.save(replace(row, **{pointer: ""}))


def _wipe_merges(unit: Unit, going: Going) -> int:
    """A merge that was undone left values of one in the other's journal."""
    gone = 0
    for merge in unit.where_in(Merge, "id", going.rows[Merge]):
        moments = [at for at in (merge.merged_at, merge.undone_at) if at]
        told = {json.loads(step)["id"] for step in merge.steps} | {merge.kept_id, merge.gone_id}
        if moments:
            seqs = select(journal.c.seq).where(journal.c.record_id.in_(ONE_OF), journal.c.at.in_(moments))
            gone += _forget(unit.connection, seqs, told)
    return gone


def forget_values(connection: Connection, record_ids: Iterable[str]) -> int:
    """Erase what the journal holds of these records; its chain stays whole."""
    seqs = select(journal.c.seq).where(journal.c.record_id.in_(ONE_OF))
    return _forget(connection, seqs, record_ids)


def _forget(connection: Connection, seqs: Select[Any], record_ids: Iterable[str]) -> int:
    found = connection.execute(delete(journal_value).where(journal_value.c.seq.in_(seqs)), one_of(record_ids))
    return int(found.rowcount)


def forget_where(unit: Unit, record_ids: Iterable[str], holds: Callable[[str], bool]) -> int:
    """Erase of these records' values in the journal those of which this is so."""
    j, v = journal.c, journal_value.c
    wanted = select(j.seq, v.old, v.new).select_from(journal.join(journal_value, v.seq == j.seq))
    rows = unit.connection.execute(wanted.where(j.record_id.in_(ONE_OF)), one_of(record_ids)).all()
    gone = [{"seq": seq} for seq, old, new in rows if any(holds(_plain(text)) for text in (old, new) if text)]
    if gone:
        unit.connection.exec_driver_sql("DELETE FROM journal_value WHERE seq = :seq", gone)
    return len(gone)


def _plain(text: str) -> str:
    """The words in a value of the journal, without its quoting."""
    return str(json.loads(text))


def put(unit: Unit, record: Any, name: str, value: Any) -> None:
    """Write a field of another person's record anew, so that the journal holds only what it says now."""
    kind = type(record)
    changed = replace(record, **{name: value})
    values = {name: to_values(changed)[name]}
    unit.connection.execute(table(kind).update().where(table(kind).c.id == record.id).values(values))
    unit.entries.append(Entry("changed", kind.__name__, record.id, name, None, as_text(value)))
    unit.touched[kind].add(record.id)
    unit.people_of[kind].add(getattr(record, "person_id", ""))


def drafts_with(reading: Reading, holds: Callable[[str], bool]) -> list[tuple[str, str, str]]:
    """The drafts whose words are so: id, user, kind."""
    rows = reading.connection.execute(select(draft.c.id, draft.c.user_id, draft.c.kind, draft.c.payload)).all()
    return [(row[0], row[1], row[2]) for row in rows if holds(str(json.loads(row[3])))]


def drop_draft(unit: Unit, draft_id: str) -> None:
    """Throw a draft away, whoever's it is."""
    unit.connection.execute(delete(draft).where(draft.c.id == draft_id))


def _wipe_drafts(connection: Connection, ids: set[str]) -> None:
    for draft_id, payload in connection.execute(select(draft.c.id, draft.c.payload)).all():
        if not ids.isdisjoint(re.findall(r"[0-9a-f]{32}", payload)) or draft_id in ids:
            connection.execute(delete(draft).where(draft.c.id == draft_id))


def everything(reading: Reading, kinds: Iterable[type]) -> Iterator[Any]:
    """Every record of these classes, one class after another."""
    for kind in kinds:
        for row in reading.connection.execute(select(table(kind)).order_by(table(kind).c.id)):
            yield from_row(kind, row)


def done(reading: Reading) -> list[Erasure]:
    """Every erasure that was done."""
    return reading.all(Erasure, table(Erasure).c.done_at.is_not(None))


def still_there(reading: Reading, person_ids: Iterable[str]) -> set[str]:
    """Those of these people who stand in the vault, or of whom its journal holds a value."""
    j, v = journal.c, journal_value.c
    held = select(j.record_id).distinct().select_from(journal.join(journal_value, v.seq == j.seq))
    held = held.where(j.record_id.in_(ONE_OF), j.record_class == "Person")
    ids = set(person_ids)
    found = {row[0] for row in reading.connection.execute(held, one_of(ids))} if ids else set()
    return found | {one.id for one in reading.where_in(Person, "id", ids)}


def newest_entry(reading: Reading, after: int) -> datetime | None:
    """The latest moment among the journal's last entries after this one; None where there is no other."""
    last = select(journal.c.at).where(journal.c.seq > after).order_by(journal.c.seq.desc()).limit(_LAST).subquery()
    found: datetime | None = reading.connection.execute(select(func.max(last.c.at))).scalar()
    return found


def text_fields(record: Any) -> Mapping[str, tuple[str, ...]]:
    """The texts of a record by field, without ids."""
    told = {
        name: getattr(record, name) for name in record.__dataclass_fields__ if name != "id" and not name.endswith("_id")
    }
    return {
        name: value if isinstance(value, tuple) else (value,)
        for name, value in told.items()
        if (isinstance(value, str) and value) or (isinstance(value, tuple) and value)
    }
