"""How long closed cases are kept: who would be due, and why. Nothing is ever erased by this; people are proposed.

A date is believed only when two looks at the clock, a day or more apart, were both after it (domain/retention.py). A
clock that went back, or ahead by more than a year, drives nothing until the head of office says that it is right.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from panoh.base.errors import AppError
from panoh.domain.cases import Case
from panoh.domain.erasing import RETURN_DAYS, Erasure
from panoh.domain.lines import PersonLine
from panoh.domain.person import Person
from panoh.domain.retention import LEAST_MONTHS, MONTHS, MOST_MONTHS, Sightings, due_on, odd
from panoh.services import aside
from panoh.services.desk import Desk
from panoh.services.need_to_know import told_line
from panoh.store import erasing, journal, lines
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

CLOSED, SET_ASIDE = "closed", "set_aside"
_OFTEN = timedelta(minutes=10)  # looks closer together are one
_MONTHS, _CLOCK = "retention_months", "retention_clock"  # of vault_meta


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who is proposed, or will be: since when by which reason, and whether the day is believed to be past."""

    line: PersonLine
    because: str  # CLOSED, SET_ASIDE
    since: date  # closed, or set aside
    due_on: date
    due: bool
    asked: bool  # an erasure is asked for already


@dataclass(frozen=True, slots=True)
class Preview:
    """Who is due and who will be, the first due first; `odd` says why the clock is not believed: '', 'back', 'ahead'."""

    months: int
    odd: str
    people: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class _Clock:
    seen: Sightings
    last_used: datetime | None
    entries_before: int  # entries of the journal up to here do not count: the head of office knows of them


def months(desk: Desk) -> int:
    """For how many months after its closing a case is kept."""
    with desk.reading() as reading:
        return int(reading.meta(_MONTHS, str(MONTHS)))


def set_months(desk: Desk, wanted: int) -> None:
    """Say how long cases are kept; for the head of office. Raises AppError access.head, retention.months."""
    desk.require_head()
    if not LEAST_MONTHS <= wanted <= MOST_MONTHS:
        raise AppError("retention.months", least=LEAST_MONTHS, most=MOST_MONTHS)
    with desk.writing() as unit:
        before = unit.meta(_MONTHS, str(MONTHS))
        unit.set_meta(_MONTHS, str(wanted))
        unit.tell("changed", "Retention", "months", f"{before} → {wanted}")


def look_at_clock(desk: Desk) -> None:
    """Remember that the clock shows this moment; at each unlocking. One that is not believed leaves no trace.

    A full disk keeps nobody out of the vault: the look is then not remembered.
    """
    now = desk.clock.now()
    with desk.reading() as reading:
        clock = _clock(reading)
        if _odd(reading, clock, now) or (clock.last_used is not None and now - clock.last_used < _OFTEN):
            return
    try:
        with desk.store.writing(desk.user.id) as unit:
            _keep(unit, _Clock(clock.seen.with_one(now), now, clock.entries_before))
    except AppError as error:
        if error.code not in ("disk.full", "disk.failed"):
            raise


def believe_clock(desk: Desk) -> None:
    """Say that the date of this computer is right; for the head of office. Looks of before do not count any more."""
    desk.require_head()
    now = desk.clock.now()
    with desk.writing() as unit:
        _keep(unit, _Clock(Sightings(None, now), now, journal.head(unit.connection).count))
        desk.believed.trust(unit)
        unit.tell("changed", "Retention", "clock")


def preview(desk: Desk) -> Preview:
    """Who is due by a case that was closed long enough, or by being set aside too long, and who will be; for supervisors."""
    desk.require_supervisor()
    now = desk.clock.now()
    aside_for = [one for one in aside.listed(desk) if one.at is not None]
    with desk.reading() as reading:
        kept_for = int(reading.meta(_MONTHS, str(MONTHS)))
        clock = _clock(reading)
        strange = _odd(reading, clock, now)
        c = table(Case).c
        closed = reading.all(Case, c.status == "closed", c.closed_on.is_not(None))
        shown = lines.people_by_id(reading, [case.person_id for case in closed])
        own = {one.id for one in reading.where_in(Person, "id", shown) if not one.merged_into_id}
        asked = {one.subject_id for one in reading.all(Erasure, table(Erasure).c.done_at.is_(None))}
    found = []
    for case in closed:
        if case.person_id in own and case.closed_on is not None:
            day = due_on(case.closed_on, kept_for)
            past = not strange and clock.seen.past(day, now)
            line = told_line(desk, shown[case.person_id])
            found.append(Due(line, CLOSED, case.closed_on, day, past, case.person_id in asked))
    for one in aside_for:
        since = one.at.astimezone().date() if one.at else now.date()
        day = date.fromordinal(since.toordinal() + RETURN_DAYS)
        past = not strange and clock.seen.past(day, now)
        found.append(Due(one.line, SET_ASIDE, since, day, past, one.line.id in asked))
    found.sort(key=lambda due: (not due.due, due.due_on, due.line.number))
    return Preview(kept_for, strange, tuple(found))


def _odd(reading: Reading, clock: _Clock, now: datetime) -> str:
    return odd(now, erasing.newest_entry(reading, clock.entries_before), clock.last_used)


def _clock(reading: Reading) -> _Clock:
    told = json.loads(reading.meta(_CLOCK, "{}"))
    earlier, later, used = (_moment(told.get(name)) for name in ("earlier", "later", "used"))
    return _Clock(Sightings(earlier, later), used, int(told.get("entries", 0)))


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _keep(unit: Unit, clock: _Clock) -> None:
    moments = {"earlier": clock.seen.earlier, "later": clock.seen.later, "used": clock.last_used}
    told: dict[str, int] = {name: int(at.timestamp()) for name, at in moments.items() if at is not None}
    unit.set_meta(_CLOCK, json.dumps(told | {"entries": clock.entries_before}))
