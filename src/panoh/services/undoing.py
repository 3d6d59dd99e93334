"""Taking back: a field to an earlier value, a whole save, a step of a merge. Everything goes through the journal again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from panoh.base.errors import AppError
from panoh.domain.cases import Case, User
from panoh.domain.merging import TOGETHER
from panoh.domain.papers import Attachment
from panoh.domain.person import Unanswered
from panoh.domain.tracing import TracingRequest
from panoh.services.desk import Changes, Desk
from panoh.services.records import BY_VERBS, OF_REQUEST_BY_VERBS, guard, keep
from panoh.services.tracing_hold import Holds
from panoh.store import history
from panoh.store.history import Happened
from panoh.store.tables import CLASSES, field_names, pointers_at, table, value_from_json
from panoh.store.units import Unit

TELLING = frozenset({"read", "exported", "kept", "erased"})  # entries that changed nothing
MOST = 100_000  # entries of one record
_NOT_ALONE = frozenset({"household_id", "merged_into_id", "number"})  # moving and joining people do more than one field
# What somebody decided is undone by deciding again, never by a single field of it.
_DECISIONS = frozenset({"BestInterests"})
_POINT_BY_HAND: tuple[tuple[type, str], ...] = (  # fields that point at records, which the store does not hold to it
    (Unanswered, "record_id"),
    (TracingRequest, "inquiry"),
)
_DECIDED = {
    Case.__name__: frozenset({"status", "closed_on", "closing_why", "reopened_on"}),
    TracingRequest.__name__: OF_REQUEST_BY_VERBS | {"consent_to_trace"},
}


def can_restore(happened: Happened) -> bool:
    """Whether this entry of a record's history can be taken back on its own: a changed field, or a row taken away."""
    if happened.record_class not in CLASSES or issubclass(CLASSES[happened.record_class], BY_VERBS):
        return False
    if happened.old is None and happened.new is None:
        return False  # erased
    if happened.change == "removed":
        return happened.record_class != Attachment.__name__  # its bytes went with it
    if happened.record_class in _DECISIONS or happened.field in _DECIDED.get(happened.record_class, ()):
        return False
    return happened.change == "changed" and happened.field not in _NOT_ALONE


def restore(desk: Desk, happened: Happened) -> Changes:
    """Give a field the value that it had before this entry, or bring back a row that was taken away.

    Fields that mean something only together (the birth and how exact it is) go back together. The value is the
    journal's own: the one that was shown may stand for another that this user may not see.
    Raises AppError: access.denied, record.not_found, undo.not_this.
    """
    with desk.reading() as reading:
        stored = next(iter(history.between(reading, happened.seq, happened.seq)), happened)
    if not can_restore(stored) or _place(stored) != _place(happened):
        raise AppError("undo.not_this")
    happened = stored
    kind = CLASSES[happened.record_class]
    if happened.change == "removed":
        return keep(desk, from_image(kind, happened.old))
    with desk.reading() as reading:
        now: Any = reading.get(kind, happened.record_id)
        before = _before(history.of_records(reading, [happened.record_id], MOST), happened)
    return keep(desk, replace(now, **{name: value_from_json(kind, name, old) for name, old in before.items()}))


def _before(entries: list[Happened], happened: Happened) -> dict[str, Any]:
    """The values before the save of this entry, of its field and of those that belong to it; `entries` newest first."""
    names = next((group for group in TOGETHER if happened.field in group), (happened.field,))
    oldest_first = [e for e in reversed(entries) if e.record_class == happened.record_class and e.field in names]
    start = next(at for at, entry in enumerate(oldest_first) if entry.seq == happened.seq)
    seen = {happened.field}
    while start and oldest_first[start - 1].at == happened.at and oldest_first[start - 1].field not in seen:
        start -= 1
        seen.add(oldest_first[start].field)
    found: dict[str, Any] = {}
    for entry in oldest_first[start:]:  # the first change after a moment tells what stood there at that moment
        found.setdefault(entry.field, entry.old)
    return found


def _place(entry: Happened) -> tuple[str, str, str, str]:
    return entry.change, entry.record_class, entry.record_id, entry.field


def undo_save(desk: Desk, changes: Changes) -> Changes:
    """Take back everything that one save of this user did: what it made goes, what it changed is as before.

    Raises AppError: undo.not_this, access.denied, undo.changed_since when anything of it was changed or built upon since; nothing is taken back then.
    """
    first, last = changes.entries
    # Whoever saved may take it back whole, also where their role takes no such record away; never who has which role.
    with desk.store.writing(desk.user.id) as unit:
        entries = [entry for entry in history.between(unit, first, last) if entry.change not in TELLING]
        if not entries:
            raise AppError("undo.not_this")
        if any(entry.actor != desk.user.id or entry.record_class == User.__name__ for entry in entries):
            raise AppError("access.denied")
        asked = _requests_of(unit, entries)
        for (change, _kind), stretch in groupby(reversed(entries), lambda entry: (entry.change, entry.record_class)):
            if change == "made":
                _take_away(desk, unit, list(stretch))
            else:
                for entry in stretch:
                    _give_back(desk, unit, entry)
        holds = Holds(unit)
        for now in _requests_of(unit, entries).values():
            unit.save(holds.over(now, asked.get(now.id)), now)
        return Changes.of(unit)


def _requests_of(unit: Unit, entries: Sequence[Happened]) -> dict[str, TracingRequest]:
    ids = [entry.record_id for entry in entries if entry.record_class == TracingRequest.__name__]
    return {one.id: one for one in unit.where_in(TracingRequest, "id", ids)}


def _take_away(desk: Desk, unit: Unit, made: Sequence[Happened]) -> None:
    """Remove records of one class that a save made: all at once, because a distribution makes as many as there are households."""
    kind: type[Any] = CLASSES[made[0].record_class]
    there = {record.id: record for record in unit.where_in(kind, "id", [entry.record_id for entry in made])}
    for entry in made:
        now = there.get(entry.record_id)
        if now is None or entry.new is None or from_image(kind, entry.new) != now:  # no image: it was erased
            raise AppError("undo.changed_since")
        guard(desk, unit, now, None)
    if _leaned_on(unit, kind, there):
        raise AppError("undo.changed_since")
    unit.remove(*(there[entry.record_id] for entry in made))


def _give_back(desk: Desk, unit: Unit, entry: Happened) -> None:
    """Undo one change, or bring back one record that was taken away."""
    kind = CLASSES[entry.record_class]
    now = unit.first(kind, table(kind).c.id == entry.record_id)
    if (now is not None) == (entry.change == "removed"):
        raise AppError("undo.changed_since")
    if now is None:
        guard(desk, unit, from_image(kind, entry.old), None)
    else:
        guard(desk, unit, replace(now, **{entry.field: value_from_json(kind, entry.field, entry.old)}), now)
    if not taken_back(unit, entry.change, kind, entry.record_id, entry.field, entry.old, entry.new):
        raise AppError("undo.changed_since")


def taken_back(unit: Unit, change: str, kind: type, record_id: str, field: str, old: Any, new: Any) -> bool:
    """Undo one change, given as the journal holds it; False when somebody has changed the same since, which then stays."""
    now: Any = unit.first(kind, table(kind).c.id == record_id)
    if change == "made":
        if now is not None:
            unit.remove(now)
        return True
    if change == "removed":
        if now is None:
            unit.add(from_image(kind, old))
        return True
    if now is None or getattr(now, field) != value_from_json(kind, field, new):
        return False
    unit.save(replace(now, **{field: value_from_json(kind, field, old)}))
    return True


def from_image(kind: type[Any], image: dict[str, Any]) -> Any:
    """The record that an image of the journal holds; fields that it does not tell are as in a new record."""
    return kind(**{name: value_from_json(kind, name, image[name]) for name in field_names(kind) if name in image})


def _leaned_on(unit: Unit, kind: type, ids: Collection[str]) -> bool:
    """Whether others point at records of this class with these ids, that are not among them themselves."""
    for other, field in (*pointers_at(kind), *_POINT_BY_HAND):
        leaning: list[Any] = unit.where_in(other, field, ids)
        if any(other is not kind or record.id not in ids for record in leaning):
            return True
    return False
