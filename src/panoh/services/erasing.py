"""Erasing a person for good: one supervisor asks, another one agrees, and nothing of the person is left.

What is left is a row with random ids: that somebody was erased, why, and who decided. The same ids stand in a list
beside the vault and its backups (store/erased_list.py); whoever stands in it is erased again when an older vault is
unlocked, before anything of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import User
from panoh.domain.erasing import Erasure
from panoh.domain.household import Household
from panoh.domain.lines import PersonLine
from panoh.domain.person import Person
from panoh.services import mentions
from panoh.services.desk import Changes, Desk
from panoh.services.mentions import DRAFT, Mentioned, Names, Place
from panoh.services.need_to_know import told_line
from panoh.store import erased_list, erasing, history, lines
from panoh.store.erased_list import Line
from panoh.store.erasing import Going
from panoh.store.tables import CLASSES, table
from panoh.store.units import Reading, Unit

_LEAST_REASON = 3  # letters


@dataclass(frozen=True, slots=True)
class Asked:
    """An erasure that waits for a second person. Without a line the record is not there on its own any more."""

    erasure: Erasure
    line: PersonLine | None
    asked_by: str  # name of the user
    mine: bool  # whoever asked does not agree


def ask(desk: Desk, person_id: str, why: str) -> Changes:
    """Ask that a person is erased. Raises AppError access.denied, erase.asked, erase.gone, record.not_found."""
    desk.require_supervisor()
    with desk.writing() as unit:
        _require_own(unit.get(Person, person_id))
        c = table(Erasure).c
        if unit.first(Erasure, c.subject_id == person_id, c.done_at.is_(None)) is not None:
            raise AppError("erase.asked")
        unit.add(Erasure(id=new_id(), subject_id=person_id, why=why, asked_by=desk.user.id, asked_at=unit.at))
        return Changes.of(unit)


def waiting(desk: Desk) -> list[Asked]:
    """Erasures that wait for a second person, the first asked first. Raises AppError access.denied."""
    desk.require_supervisor()
    with desk.reading() as reading:
        found = reading.all(Erasure, table(Erasure).c.done_at.is_(None))
        shown = lines.people_by_id(reading, [one.subject_id for one in found])
        names = {user.id: user.name for user in reading.all(User)}
        return [
            Asked(
                one, told_line(desk, shown[one.subject_id]) if one.subject_id in shown else None,
                names.get(one.asked_by, ""), one.asked_by == desk.user.id,
            )
            for one in found
        ]  # fmt: skip


def mentioned(desk: Desk, person_id: str) -> Mentioned:
    """Where else the name stands, and what of others would go: to be looked at before agreeing. Raises access.denied."""
    desk.require_supervisor()
    with desk.reading() as reading:
        return mentions.find(reading, _everything_of(reading, [person_id], journalled=False))


def refuse(desk: Desk, erasure_id: str) -> Changes:
    """Do not erase: the wish is taken away, whoever asked. Raises AppError access.denied, erase.gone."""
    desk.require_supervisor()
    with desk.writing() as unit:
        unit.remove(_wanted(unit, erasure_id))
        return Changes.of(unit)


def agree(desk: Desk, erasure_id: str, kept: Mapping[str, str], blanked: Iterable[str] = ()) -> Changes:
    """Agree to an erasure that somebody else asked for, and do it at once.

    Every place of `mentioned` is in `kept` with the reason why the name stays, or in `blanked`: it goes from there too.
    Raises AppError access.denied, erase.same_person, erase.places, erase.named_reason, erase.gone.
    """
    desk.require_supervisor()
    gone = set(blanked)
    with desk.writing() as unit:
        wanted = _wanted(unit, erasure_id)
        if wanted.asked_by == desk.user.id:
            raise AppError("erase.same_person")
        person = unit.first(Person, table(Person).c.id == wanted.subject_id)
        if person is None:
            raise AppError("erase.gone")
        _require_own(person)
        going = _everything_of(unit, [person.id])
        found = mentions.find(unit, going)
        _require_answers(unit, going, found, kept, gone)
        agreed = replace(wanted, agreed_by=desk.user.id, agreed_at=unit.at, done_at=unit.at)
        values = _blank(unit, going, [place for place in found.places if place.key in gone], set(kept))
        for place in found.places:
            if place.key in kept and place.record_class != DRAFT:
                unit.tell("kept", place.record_class, place.record_id, kept[place.key].strip())
        _note(unit, going, agreed)
        _tell(unit, agreed.id, values + _take_out(unit, going))
        changes = Changes.of(unit)
    _afterwards(desk)
    return changes


def replay(desk: Desk, places: Iterable[Path] = ()) -> int:
    """Erase again whoever the permanent list holds and this vault has still or again; returns how many people.

    Called at each unlocking before anything is shown, whoever unlocks. The list is that of the vault's own table, of the
    file beside it and of those in `places`.
    """
    folder = desk.folder
    with desk.reading() as reading:
        known = {erasure.id: erasure for erasure in erasing.done(reading)}
        listed = erased_list.read([folder, *places], desk.store.sign)
        subjects = {line.subject_id: line for line in (*map(_line, known.values()), *listed)}
        there = erasing.still_there(reading, subjects)
    missing = {line.erasure_id: line for line in listed if line.erasure_id not in known}
    if there or missing:
        with desk.store.writing(desk.user.id) as unit:
            for line in missing.values():
                keep = unit.save if unit.first(Erasure, table(Erasure).c.id == line.erasure_id) else unit.add
                keep(_erasure(line))
            if there:
                going = _everything_of(unit, there)
                near, names = mentions.near_ids(unit, going), mentions.near_names(unit, going)
                values = _take_out(unit, going) + erasing.forget_where(unit, near, names.stand_in)
                _tell(unit, next(iter(going.rows[Person])), values)
        desk.store.scrub()
    keep_list(desk)
    return len(there)


def keep_list(desk: Desk, *places: Path) -> None:
    """Write the permanent list beside the vault, beside its own backups, and in these folders, as far as they can be written."""
    with desk.reading() as reading:
        told = [_line(erasure) for erasure in erasing.done(reading)]
    for place in (desk.folder, desk.folder / "backups", *places):
        with suppress(OSError):  # a stick that is write-protected: the list beside the vault holds the same
            if place.is_dir():
                erased_list.write(place, told, desk.store.sign)


def lists_near(backup: Path) -> list[Path]:
    """The folders in which a list may lie that holds for this backup: its own, the one above, and the vault above that."""
    place = backup.absolute()
    return [place, place.parent, place.parent.parent]


# --- inside ----------------------------------------------------------------------------------------------------------


def _require_own(person: Person) -> None:
    """A record that was joined to another goes with that one; one that was set aside may go by itself."""
    if person.merged_into_id and not person.set_aside:
        raise AppError("erase.gone")


def _wanted(reading: Reading, erasure_id: str) -> Erasure:
    found = reading.first(Erasure, table(Erasure).c.id == erasure_id)
    if found is None or found.done_at is not None:
        raise AppError("erase.gone")
    return found


def _everything_of(reading: Reading, person_ids: Iterable[str], *, journalled: bool = True) -> Going:
    going = erasing.about(reading, person_ids)
    erasing.with_household(reading, going)
    if journalled:
        erasing.with_journalled(reading, going)
    return going


def _require_answers(reading: Reading, going: Going, found: Mentioned, kept: Mapping[str, str], gone: set[str]) -> None:
    open_ones = [p for p in found.places if p.key not in gone and len(kept.get(p.key, "").strip()) < _LEAST_REASON]
    if open_ones:
        raise AppError("erase.places", count=len(open_ones))
    names = Names(reading, going.rows[Person])
    if any(names.stand_in(reason) for reason in kept.values()):
        raise AppError("erase.named_reason")


def _blank(unit: Unit, going: Going, places: Iterable[Place], kept: set[str]) -> int:
    """Take the name out of these places and of what the journal holds of them and of linked records; how many values went."""
    names, closely = Names(unit, going.rows[Person]), mentions.near_names(unit, going)
    near = mentions.near_ids(unit, going)
    touched: set[str] = set()
    for place in places:
        if place.record_class == DRAFT:
            erasing.drop_draft(unit, place.record_id)
            continue
        told = closely if place.record_id in near else names
        record: Any = unit.get(CLASSES[place.record_class], place.record_id)
        value = getattr(record, place.field)
        if isinstance(value, tuple):
            left: object = tuple(text for each in value if (text := told.without(each)))
        else:
            left = told.without(value)
        erasing.put(unit, record, place.field, left)
        touched.add(place.record_id)
    stays = {key.split(" ")[1] for key in kept}
    far = erasing.forget_where(unit, touched - near, names.stand_in)
    return far + erasing.forget_where(unit, near - stays, closely.stand_in)


def _tell(unit: Unit, record_id: str, values: int) -> None:
    """Write into the journal how many of its values went: more than that are not missing for a good reason."""
    unit.tell(history.ERASED, Erasure.__name__, record_id, str(values))


def _note(unit: Unit, going: Going, agreed: Erasure) -> None:
    """Note that it was done: of each record, those that were joined to it included."""
    unit.save(agreed)
    for subject_id in sorted(going.rows[Person] - {agreed.subject_id}):
        unit.add(replace(agreed, id=new_id(), subject_id=subject_id))


def _take_out(unit: Unit, going: Going) -> int:
    """Take everything out; how many values of the journal went."""
    people = unit.where_in(Person, "id", going.rows[Person])
    homes = {person.household_id for person in people} - {"", *going.rows.get(Household, ())}
    values = erasing.wipe(unit, going)
    unit.homes |= homes  # whoever stays there is assessed anew
    return values


def _afterwards(desk: Desk) -> None:
    with suppress(AppError):  # erased it is; a log that could not be emptied now goes when the vault is locked
        desk.store.scrub()
    keep_list(desk)


def _line(erasure: Erasure) -> Line:
    at = int(erasure.done_at.timestamp()) if erasure.done_at else 0
    return Line(erasure.id, erasure.subject_id, erasure.why, erasure.asked_by, erasure.agreed_by, at)


def _erasure(line: Line) -> Erasure:
    at = datetime.fromtimestamp(line.done_at, UTC)
    return Erasure(
        id=line.erasure_id, subject_id=line.subject_id, why=line.why, asked_by=line.asked_by, asked_at=at,
        agreed_by=line.agreed_by, agreed_at=at, done_at=at,
    )  # fmt: skip
