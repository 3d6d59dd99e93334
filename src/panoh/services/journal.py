"""The journal as evidence: its entries for those who decide, its chain checked, its head for exports and backups.

What is sealed stays sealed here: a reading of it shows who, when and why, and never a word of what was read. A private
task is its owner's here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.domain.cases import Task, User
from panoh.services import hidden_answers
from panoh.services.desk import Desk
from panoh.services.search import numbered
from panoh.store import erasing, history
from panoh.store.history import Happened, Wanted
from panoh.store.journal import Head
from panoh.store.units import Reading

__all__ = [
    "LIST",
    "Chain",
    "Filter",
    "Happened",
    "Head",
    "about_whom",
    "check",
    "count",
    "head",
    "page",
    "stands_in",
    "took_list",
    "users",
]

LIST = "List"  # record class of the entries for lists that were taken out
_SEALED = ("Sealed", "SealKey")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries: by user, record class, kind of change, days (both included) and a person's number."""

    user_id: str = ""
    record_class: str = ""
    change: str = ""
    since: date | None = None
    until: date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """What a walk along the chain found: its head, the first entry that does not fit or None, and how many entries have
    no values any more though nobody was erased whose they were."""

    head: Head
    broken_at: int | None
    emptied: int = 0

    @property
    def whole(self) -> bool:
        """Whether everything fits."""
        return self.broken_at is None and not self.emptied

    def problems(self) -> list[str]:
        """What does not fit, in sentences."""
        told = [AppError("journal.broken", entry=self.broken_at).sentence()] if self.broken_at is not None else []
        return told + ([AppError("journal.emptied", count=self.emptied).sentence()] if self.emptied else [])


def page(desk: Desk, wanted: Filter, offset: int, limit: int) -> list[Happened]:
    """A page of the entries, the newest first. Raises AppError access.denied, person.not_found for the number."""
    desk.require_supervisor()
    with desk.reading() as reading:
        found = history.page(reading, _asked(reading, wanted), offset, limit)
        return _told(desk, reading, found)


def count(desk: Desk, wanted: Filter) -> int:
    """How many entries that are. Raises AppError access.denied, person.not_found."""
    desk.require_supervisor()
    with desk.reading() as reading:
        return history.count(reading, _asked(reading, wanted))


def users(desk: Desk) -> dict[str, str]:
    """The names of all users by id, of those who have left too."""
    with desk.reading() as reading:
        return {user.id: user.name for user in reading.all(User)}


def about_whom(desk: Desk, entries: Iterable[Happened]) -> dict[str, str]:
    """The number of the person, household or request that each entry is about, by the id of its record; some have none."""
    desk.require_supervisor()
    with desk.reading() as reading:
        return history.numbers_of(reading, {(entry.record_class, entry.record_id) for entry in entries})


def check(desk: Desk, progress: Progress | None = None) -> Chain:
    """Walk the whole chain. Raises AppError cancelled when the progress says so, vault.damaged."""
    found, broken_at = desk.store.verify_journal(progress)
    with desk.reading() as reading:
        missing, told = history.values_missing(reading)
    return Chain(found, broken_at, max(0, missing - told))


def head(desk: Desk) -> Head:
    """Where the chain stands: count and code, to be printed on exports and kept with backups, so that a cut tail is seen."""
    return desk.store.journal_head()


def stands_in(desk: Desk, code: str) -> bool:
    """Whether the head that a paper or a backup shows ('1204-9f2c01ab') stands in this chain: else its tail was cut, or an
    older file was put back."""
    with desk.reading() as reading:
        return history.has_head(reading, code.strip())


def took_list(desk: Desk, what: str, lines: int) -> None:
    """Write down that a list was taken out of the vault, and how many lines; never of whom."""
    with desk.writing() as unit:
        unit.tell("exported", LIST, what, str(lines))


def _asked(reading: Reading, wanted: Filter) -> Wanted:
    records = None
    if wanted.number.strip():
        person_id = numbered(reading, wanted.number)
        if not person_id:
            raise AppError("person.not_found", number=wanted.number.strip()[:20])
        records = erasing.about(reading, [person_id]).ids
    since = _midnight(wanted.since) if wanted.since else None
    until = _midnight(wanted.until + timedelta(days=1)) if wanted.until else None
    return Wanted(wanted.user_id, wanted.record_class, wanted.change, since, until, records)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


def _told(desk: Desk, reading: Reading, entries: list[Happened]) -> list[Happened]:
    tasks = {entry.record_id for entry in entries if entry.record_class == Task.__name__}
    private = {
        task.id for task in reading.where_in(Task, "id", tasks) if task.private and task.owner_id != desk.user.id
    }
    return [_without_words(desk, entry, private) for entry in hidden_answers.told(reading, entries)]


def _without_words(desk: Desk, entry: Happened, private: set[str]) -> Happened:
    if entry.record_class in _SEALED and entry.change != "read":
        return replace(entry, old=None, new=None)
    if entry.record_class == Task.__name__ and (entry.record_id in private or _private(desk, entry.old, entry.new)):
        return replace(entry, old=None, new=None)
    return entry


def _private(desk: Desk, *images: Any) -> bool:
    """Whether an image of a task, perhaps taken away since, is another's private one."""
    return any(
        isinstance(image, dict) and image.get("private") and image.get("owner_id") != desk.user.id for image in images
    )
