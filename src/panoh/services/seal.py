"""Sealing: what only supervisors and whoever holds the case can open, with keys that others do not have.

Each sealed record has a key of its own, wrapped to the public key of every reader: supervisors, the head of office,
whoever holds the person's case, and the recovery paper. A reading gives its reason and stands in the journal. Handing
out follows every change of who may: whoever holds a key gives it to the others (`hand_out`), and a record that somebody
may no longer read gets another key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.access import CHANGE, READ
from panoh.domain.cases import Case, User
from panoh.domain.sealing import KINDS, Sealed, SealKey
from panoh.services.desk import Changes, Desk
from panoh.store import boxes
from panoh.store.keys import RECOVERY_USER
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

_LEAST_REASON = 3  # letters


@dataclass(frozen=True, slots=True)
class SealedLine:
    """That something is sealed about a person, for somebody who may read it; `opens` is False while no key has reached them."""

    id: str
    kind: str
    made_by: str
    made_at: datetime | None
    opens: bool


def seal(desk: Desk, person_id: str, kind: str, told: Mapping[str, str]) -> Changes:
    """Seal something new about a person. Anyone may; whoever may not read it does not see it again.

    `told` is the form's fields: 'text', and for a safe contact also 'who', 'when', 'words', 'cover', 'never'.
    Raises AppError seal.empty, ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    with desk.writing() as unit:
        seal_in(desk, unit, person_id, kind, told)
        return Changes.of(unit)


def seal_in(desk: Desk, unit: Unit, person_id: str, kind: str, told: Mapping[str, str]) -> None:
    """The same as part of a write that does more. Raises AppError seal.empty."""
    key, sealed_id = boxes.new_key(), new_id()
    box = boxes.shut(key, _bound_to(sealed_id, kind), _said(told))
    unit.add(Sealed(id=sealed_id, person_id=person_id, kind=kind, box=box, made_by=desk.user.id, made_at=unit.at))
    _give(desk, unit, sealed_id, key, _readers(desk, unit, person_id))


def lines(desk: Desk, person_id: str) -> list[SealedLine]:
    """What is sealed about a person, oldest first; nothing for whoever may not read it, whether there is something or not."""
    with desk.reading() as reading:
        if not _may(desk, reading, READ, person_id):
            return []
        found = reading.all(Sealed, table(Sealed).c.person_id == person_id)
        mine = {key.sealed_id for key in _keys_of(reading, [one.id for one in found]) if key.holder_id == desk.user.id}
        names = {user.id: user.name for user in reading.all(User)}
        return [SealedLine(one.id, one.kind, names.get(one.made_by, ""), one.made_at, one.id in mine) for one in found]


def open_sealed(desk: Desk, sealed_id: str, reason: str) -> dict[str, str]:
    """The fields of a sealed record; the reading and its reason stand in the journal before anything is shown.

    Raises AppError seal.reason_needed, access.denied, seal.no_key, record.not_found.
    """
    if len(reason.strip()) < _LEAST_REASON:
        raise AppError("seal.reason_needed")
    with desk.writing() as unit:
        found = _wanted(desk, unit, READ, sealed_id)
        told = _opened(desk, unit, found)
        unit.tell("read", "Sealed", sealed_id, reason.strip())
    return told


def change(desk: Desk, sealed_id: str, told: Mapping[str, str]) -> Changes:
    """Seal other words in place of these, under another key. Raises AppError seal.empty, access.denied, seal.no_key."""
    _said(told)
    with desk.writing() as unit:
        found = _wanted(desk, unit, CHANGE, sealed_id)
        _key_for(desk, unit, found)  # only who can read it may write over it
        _seal_anew(desk, unit, found, told)
        return Changes.of(unit)


def take_away(desk: Desk, sealed_id: str) -> Changes:
    """Take a sealed record away, with its keys. Raises AppError access.denied."""
    with desk.writing() as unit:
        found = unit.get(Sealed, sealed_id)
        for key in _keys_of(unit, [sealed_id]):
            unit.remove(key)
        unit.remove(found)
        return Changes.of(unit)


def hand_out(desk: Desk) -> None:
    """See that everyone who may read a sealed record has its key, and nobody else: as far as this user holds the keys.

    After users, roles or the holder of a case changed, and at each unlocking: what was sealed while no public key of a
    reader was known, or while nobody who holds the key was there, reaches them then.
    """
    if not desk.secret_key:
        return
    with desk.reading() as reading:
        due = _due(desk, reading)
    if not due:
        return
    with desk.store.writing(desk.user.id) as unit:  # the rule decides who gets a key, not who happens to unlock
        for sealed_id in due:
            found = unit.first(Sealed, table(Sealed).c.id == sealed_id)
            if found is not None and _unwrapped(unit, found.id, desk.user.id, desk.secret_key) is not None:
                _settle(desk, unit, found)


def pass_on(desk: Desk, paper_key: bytes, user_key: bytes) -> None:
    """After a recovery: what the paper opened and this user may read, their new key and the new paper open too."""
    with desk.store.writing(desk.user.id) as unit:
        for found in unit.all(Sealed):
            key = _unwrapped(unit, found.id, RECOVERY_USER, paper_key)
            if key is not None:
                both = {desk.user.id, RECOVERY_USER}
                for old in _keys_of(unit, [found.id]):
                    if old.holder_id in both:
                        unit.remove(old)
                _give(desk, unit, found.id, key, both & _readers(desk, unit, found.person_id))
    desk.secret_key = user_key


# --- who ---------------------------------------------------------------------------------------------------------------


def _readers(desk: Desk, reading: Reading, person_id: str) -> set[str]:
    """The ids of all who may read what is sealed about this person, and of the recovery paper."""
    users = [user for user in reading.all(User) if user.left_on is None]
    return _readers_among(desk, users, reading.holder_of(person_id))


def _readers_among(desk: Desk, users: Iterable[User], holder: str) -> set[str]:
    may = {user.id for user in users if desk.access.may(user.role, Sealed.__name__, READ, own=user.id == holder)}
    return {RECOVERY_USER, *may}


def _may(desk: Desk, reading: Reading, action: str, person_id: str) -> bool:
    return desk.may(action, Sealed, own=reading.holder_of(person_id) == desk.user.id)


def _wanted(desk: Desk, reading: Reading, action: str, sealed_id: str) -> Sealed:
    found = reading.get(Sealed, sealed_id)
    if not _may(desk, reading, action, found.person_id):
        raise AppError("access.denied")
    return found


def _due(desk: Desk, reading: Reading) -> list[str]:
    """Records of which this user holds the key and somebody lacks theirs, or has one too many."""
    mine = reading.all(SealKey, table(SealKey).c.holder_id == desk.user.id)
    holders: dict[str, set[str]] = {}
    for key in _keys_of(reading, [key.sealed_id for key in mine]):
        holders.setdefault(key.sealed_id, set()).add(key.holder_id)
    users = [user for user in reading.all(User) if user.left_on is None]
    known = set(desk.public_keys([user.id for user in users]))
    people = {one.id: one.person_id for one in reading.where_in(Sealed, "id", holders)}
    cases = {case.person_id: case.owner_id for case in reading.where_in(Case, "person_id", people.values())}
    due = []
    for sealed_id, person_id in people.items():
        may = _readers_among(desk, users, cases.get(person_id, ""))
        if (may & known) - holders[sealed_id] or holders[sealed_id] - may:
            due.append(sealed_id)
    return due


def _settle(desk: Desk, unit: Unit, found: Sealed) -> None:
    readers = _readers(desk, unit, found.person_id)
    holders = {key.holder_id for key in _keys_of(unit, [found.id])}
    if holders - readers:  # somebody knows this key who may not read on: another one
        _seal_anew(desk, unit, found, _opened(desk, unit, found))
    else:
        _give(desk, unit, found.id, _key_for(desk, unit, found), readers - holders)


# --- keys and boxes ----------------------------------------------------------------------------------------------------


def _seal_anew(desk: Desk, unit: Unit, found: Sealed, told: Mapping[str, str]) -> None:
    key = boxes.new_key()
    unit.save(replace(found, box=boxes.shut(key, _bound_to(found.id, found.kind), _said(told))))
    for old in _keys_of(unit, [found.id]):
        unit.remove(old)
    _give(desk, unit, found.id, key, _readers(desk, unit, found.person_id))


def _give(desk: Desk, unit: Unit, sealed_id: str, key: bytes, holders: Iterable[str]) -> None:
    """Wrap the key to each of these whose public key is known; the others get it from `hand_out`, once it is."""
    wanted = sorted(holders)
    known = desk.public_keys(wanted)
    reached = [one for one in wanted if one in known]
    unit.add(
        *(
            SealKey(id=new_id(), sealed_id=sealed_id, holder_id=one, wrapped=boxes.wrap(key, known[one]))
            for one in reached
        )
    )


def _keys_of(reading: Reading, sealed_ids: Iterable[str]) -> list[SealKey]:
    return reading.where_in(SealKey, "sealed_id", sealed_ids)


def _unwrapped(reading: Reading, sealed_id: str, holder_id: str, secret_key: bytes) -> bytes | None:
    found = (
        boxes.unwrap(key.wrapped, secret_key) for key in _keys_of(reading, [sealed_id]) if key.holder_id == holder_id
    )
    return next((key for key in found if key is not None), None)


def _key_for(desk: Desk, reading: Reading, found: Sealed) -> bytes:
    key = _unwrapped(reading, found.id, desk.user.id, desk.secret_key) if desk.secret_key else None
    if key is None:
        raise AppError("seal.no_key")
    return key


def _opened(desk: Desk, reading: Reading, found: Sealed) -> dict[str, str]:
    return boxes.opened(_key_for(desk, reading, found), _bound_to(found.id, found.kind), found.box)


def _bound_to(sealed_id: str, kind: str) -> str:
    return f"{sealed_id} {kind}"


def _said(told: Mapping[str, str]) -> dict[str, str]:
    """The fields with something in them. Raises AppError('seal.empty') when there are none."""
    said = {name: words.strip() for name, words in told.items() if words.strip()}
    if not said:
        raise AppError("seal.empty")
    return said
