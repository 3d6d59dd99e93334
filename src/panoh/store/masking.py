"""Who is masked, and taking facts out of a record so that the journal holds them no longer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Select, delete, exists, false, insert, or_, select

from panoh.domain.cases import Case
from panoh.domain.person import Person
from panoh.domain.records import Record
from panoh.domain.shield import Shield
from panoh.store.erasing import put
from panoh.store.journal import Entry
from panoh.store.tables import journal, journal_value, masked, table
from panoh.store.units import ONE_OF, Reading, Unit, one_of


def masked_ids(reading: Reading) -> set[str]:
    """Everyone who is masked, as it was worked out when it last changed."""
    return {row[0] for row in reading.connection.execute(select(masked.c.person_id))}


def is_masked(reading: Reading, person_id: str) -> bool:
    """Whether this person is masked."""
    wanted = select(masked.c.person_id).where(masked.c.person_id == person_id)
    return reading.connection.execute(wanted).first() is not None


def hidden_from(reader_id: str) -> Select[Any]:
    """The ids of everyone who is masked for this reader: all but those whose case they hold. '' reads everything."""
    c = table(Case).c
    if not reader_id:
        return select(masked.c.person_id).where(false())
    holds = exists().where(c.person_id == masked.c.person_id, c.owner_id == reader_id)
    return select(masked.c.person_id).where(~holds)


def covered_ids(reading: Reading) -> set[str]:
    """Everyone whom a shield that holds covers, and everyone of their households."""
    s, p = table(Shield).c, table(Person).c
    shielded = {row[0] for row in reading.connection.execute(select(s.person_id).where(s.off_at.is_(None)))}
    if not shielded:
        return set()
    homes = select(p.household_id).where(p.id.in_(ONE_OF), p.household_id.is_not(None))
    wanted = select(p.id).where(or_(p.id.in_(ONE_OF), p.household_id.in_(homes)))
    return {row[0] for row in reading.connection.execute(wanted, one_of(shielded))} | shielded


def mask_anew(unit: Unit) -> set[str]:
    """Work out anew who is masked; returns everyone who is."""
    before, now = masked_ids(unit), covered_ids(unit)
    if before - now:
        unit.connection.execute(delete(masked).where(masked.c.person_id.in_(ONE_OF)), one_of(before - now))
    if now - before:
        unit.connection.execute(insert(masked), [{"person_id": one} for one in sorted(now - before)])
    return now


def blank(unit: Unit, record: Record, fields: Iterable[str]) -> None:
    """Empty these texts of a record; the journal tells that they changed, and not what stood there."""
    for name in fields:
        put(unit, record, name, "")


def drop(unit: Unit, record: Record) -> None:
    """Take a row away; the journal tells that it went, and not what it was."""
    kind = type(record)
    unit.connection.execute(delete(table(kind)).where(table(kind).c.id == record.id))
    unit.entries.append(Entry("removed", kind.__name__, record.id))
    unit.touched[kind].add(record.id)
    unit.people_of[kind].add(getattr(record, "person_id", ""))


def forget(unit: Unit, record_ids: Collection[str], fields: Collection[str]) -> int:
    """Erase from the journal what these fields of these records held, and the images in which they stand; how many values."""
    j, v = journal.c, journal_value.c
    wanted = select(j.seq, j.field, v.old, v.new).select_from(journal.join(journal_value, v.seq == j.seq))
    rows = unit.connection.execute(wanted.where(j.record_id.in_(ONE_OF)), one_of(record_ids)).all()
    gone = [{"seq": seq} for seq, field, old, new in rows if _holds(fields, field, old, new)]
    if gone:
        unit.connection.exec_driver_sql("DELETE FROM journal_value WHERE seq = :seq", gone)
    # What this very write has noted so far is in no table yet.
    for at, entry in enumerate(unit.entries):
        if entry.record_id in record_ids and _holds(fields, entry.field, entry.old, entry.new):
            unit.entries[at] = Entry(entry.change, entry.record_class, entry.record_id, entry.field)
    return len(gone)


def _holds(fields: Collection[str], field: str, old: str | None, new: str | None) -> bool:
    """Whether an entry holds one of these fields; an image of a whole record, which names none, where it tells of one."""
    if field:
        return field in fields
    image = (old or "") + (new or "")
    return any(f'"{name}"' in image for name in fields)
