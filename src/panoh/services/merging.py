"""Joining two records of one person, and taking them apart again. Never automatic; every value is kept."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.access import CHANGE, MAKE
from panoh.domain.cases import Case, CaseOption, Note, User
from panoh.domain.consent import Consent
from panoh.domain.family import KinLink
from panoh.domain.lines import PersonLine
from panoh.domain.merging import Difference, DuplicateDecision, Merge, differences, merged, merged_case, merged_person
from panoh.domain.person import Person, PersonName, PersonPhone, Unanswered
from panoh.domain.records import Record
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import MatchDecision
from panoh.domain.tracing_decisions import joined as joined_decision
from panoh.services import seal, tracing_hold
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import told_line
from panoh.services.records import is_withheld, owner_of
from panoh.services.undoing import taken_back
from panoh.store import derived, journal, lines
from panoh.store.tables import CLASSES, field_names, pointers_at, table
from panoh.store.units import Reading, Unit

_ONE_EACH = (Case, RefoulementAssessment)  # a person has at most one
_STAY = frozenset({Person, DuplicateDecision, Merge, *_ONE_EACH})  # not simply moved to the record that goes on
_IN_CASE = tuple(kind for kind, _field in pointers_at(Case))  # options, plan, services, referrals: what a case holds


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of taking two records apart: values that were changed since and therefore stay as they are."""

    changes: Changes
    changed_since: int
    kept_id: str
    gone_id: str


def to_choose(desk: Desk, kept_id: str, gone_id: str) -> list[tuple[str, Difference]]:
    """What the two records tell otherwise, as (record class, difference), for someone to choose.

    Raises AppError: merge.by_role when one of them holds restricted facts that this user may not see.
    """
    with desk.reading() as reading:
        _check(desk, reading, kept_id, gone_id)
        found = [("Person", each) for each in differences(reading.get(Person, kept_id), reading.get(Person, gone_id))]
        for kind in (RefoulementAssessment, Case):
            mine, yours = _of(reading, kind, kept_id), _of(reading, kind, gone_id)
            if mine and yours:
                found += [(kind.__name__, each) for each in differences(mine, yours)]
        return found


def merge(desk: Desk, kept_id: str, gone_id: str, from_gone: Collection[tuple[str, str]] = ()) -> tuple[Merge, Changes]:
    """Make two records one: `kept_id` goes on with its number, `gone_id` is kept aside and its number leads there.

    Blanks are filled, everything that hangs on the other record moves over, names and phones that differ are kept as
    further ones. `from_gone` names fields, as (record class, field), in which the other record is right.
    Raises AppError: merge.by_role, merge.with_itself, merge.already, merge.lowers, merge.matches.
    """
    with desk.writing_as(MAKE, Merge) as unit:
        _check(desk, unit, kept_id, gone_id)
        before = [level.rank for level in (derived.level_of(unit, kept_id), derived.level_of(unit, gone_id)) if level]
        work = _Merging(desk, unit, kept_id, gone_id)
        work.join({kind: {f for k, f in from_gone if k == kind} for kind, _field in from_gone})
        desk.derive(unit, [kept_id, gone_id])
        work.note_clocks()
        after = derived.level_of(unit, kept_id)
        if after and before and after.rank > min(before) and not desk.is_supervisor:
            raise AppError("merge.lowers")
        made = Merge(
            id=new_id(),
            kept_id=kept_id,
            gone_id=gone_id,
            steps=tuple(work.steps),
            merged_by=desk.user.id,
            merged_at=unit.at,
        )
        unit.add(made)
        changes = Changes.of(unit)
    seal.hand_out(desk)
    return made, changes


def undo(desk: Desk, merge_id: str) -> Undone:
    """Take two records apart as they were. What somebody changed after the merge stays and is counted.

    Raises AppError: access.denied, merge.undone.
    """
    with desk.writing_as(CHANGE, Merge) as unit:
        made = unit.get(Merge, merge_id)
        if made.undone_at is not None:
            raise AppError("merge.undone")
        if is_withheld(desk, unit, made.kept_id):
            raise AppError("access.denied")
        kept_as_changed = sum(not _taken_back(unit, json.loads(step)) for step in reversed(made.steps))
        unit.save(replace(made, undone_at=unit.at))
        undone = Undone(Changes.of(unit), kept_as_changed, made.kept_id, made.gone_id)
    seal.hand_out(desk)
    return undone


def merges_of(desk: Desk, person_id: str) -> list[Merge]:
    """The merges that stand in a person's record, the newest first: those that can be undone.

    Without their steps, which hold every value that was joined, for whoever may not see restricted facts.
    """
    c = table(Merge).c
    with desk.reading() as reading:
        found = reading.all(Merge, c.kept_id == person_id, c.undone_at.is_(None), order=c.merged_at.desc())
        may_see = desk.may_see_restricted(owner_of(reading, person_id))
    return found if may_see else [replace(each, steps=()) for each in found]


@dataclass(frozen=True, slots=True)
class Joined:
    """Two records that were made one: the one that goes on, the one that was put aside, when and by whom."""

    merge_id: str
    kept: PersonLine
    gone: PersonLine
    at: datetime | None
    by: str  # name of the user


def joined(desk: Desk) -> list[Joined]:
    """The merges that stand, the newest first: as many as people made by hand."""
    with desk.reading() as reading:
        found = reading.all(Merge, table(Merge).c.undone_at.is_(None), order=table(Merge).c.merged_at.desc())
        shown = lines.people_by_id(reading, [one for each in found for one in (each.kept_id, each.gone_id)])
        names = {user.id: user.name for user in reading.all(User)}
    told = {one: told_line(desk, line) for one, line in shown.items()}
    return [
        Joined(each.id, told[each.kept_id], told[each.gone_id], each.merged_at, names.get(each.merged_by, ""))
        for each in found
    ]


def _check(desk: Desk, reading: Reading, kept_id: str, gone_id: str) -> None:
    if kept_id == gone_id:
        raise AppError("merge.with_itself")
    for person_id in (kept_id, gone_id):
        if reading.get(Person, person_id).merged_into_id:
            raise AppError("merge.already")
        holds = reading.first(RefoulementAssessment, table(RefoulementAssessment).c.person_id == person_id) is not None
        if (holds or is_withheld(desk, reading, person_id)) and not desk.may_see_restricted(
            owner_of(reading, person_id)
        ):
            raise AppError("merge.by_role")


def _of(reading: Reading, kind: type[Any], person_id: str) -> Any:
    return reading.first(kind, table(kind).c.person_id == person_id)


def _taken_back(unit: Unit, step: dict[str, Any]) -> bool:
    """Undo one step; False when somebody has changed the same since, which then stays."""
    if step["did"] == "held":
        at = datetime.fromisoformat(step["old"]) if step["old"] else None
        derived.set_first_held(unit, step["id"], step["field"], at)
        return True
    kind = CLASSES[step["class"]]
    return taken_back(unit, step["did"], kind, step["id"], step.get("field", ""), step.get("old"), step.get("new"))


class _Merging:
    """One merge while it is being made: every write goes through here and is noted for undoing."""

    def __init__(self, desk: Desk, unit: Unit, kept_id: str, gone_id: str) -> None:
        self._desk = desk
        self._unit = unit
        self._kept_id = kept_id
        self._gone_id = gone_id
        self.steps: list[str] = []
        self._held = derived.first_held_of(unit, [kept_id]).get(kept_id, {})

    def join(self, from_gone: dict[str, set[str]]) -> None:
        """Do all of it."""
        kept, gone = self._unit.get(Person, self._kept_id), self._unit.get(Person, self._gone_id)
        made = merged_person(kept, gone, from_gone.get("Person", ()))
        self._save(kept, made)
        self._further_names(made, kept, gone)
        for kind in _ONE_EACH:
            self._one_each(kind, from_gone.get(kind.__name__, set()))
        self._move_rows()
        self._hold_back_requests()
        self._join_matches()
        self._move_unanswered()
        self._settle_consents()
        self._share_clocks()
        aside = replace(gone, merged_into_id=self._kept_id, household_id="", site_id="", presence="")
        self._save(gone, aside)

    def _save(self, before: Record, after: Record) -> None:
        kind = type(before)
        for name in field_names(kind):
            old, new = getattr(before, name), getattr(after, name)
            if old != new:
                self._note("changed", kind, before.id, field=name, old=old, new=new)
        self._unit.save(after)

    def _add(self, record: Record) -> None:
        self._unit.add(record)
        self._note("made", type(record), record.id)

    def _remove(self, record: Record) -> None:
        kind = type(record)
        self._note("removed", kind, record.id, old={name: getattr(record, name) for name in field_names(kind)})
        self._unit.remove(record)

    def _note(self, did: str, kind: type, record_id: str, **values: object) -> None:
        self.steps.append(journal.as_text({"did": did, "class": kind.__name__, "id": record_id, **values}) or "")

    def _further_names(self, made: Person, kept: Person, gone: Person) -> None:
        """Names and phones of both that are no longer the first ones."""
        for name in dict.fromkeys((kept.full_name, gone.full_name)):
            if name and name != made.full_name:
                self._add(PersonName(id=new_id(), person_id=kept.id, kind="other_record", text=name))
        for number in dict.fromkeys((kept.phone, gone.phone)):
            if number and number != made.phone:
                self._add(PersonPhone(id=new_id(), person_id=kept.id, phone_no=number))

    def _one_each(self, kind: type[Any], from_gone: set[str]) -> None:
        mine, yours = _of(self._unit, kind, self._kept_id), _of(self._unit, kind, self._gone_id)
        if yours is None:
            return
        if mine is None:
            self._save(yours, replace(yours, person_id=self._kept_id))
            return
        lost = [d for d in differences(mine, yours) if not from_gone.intersection(d.names)]
        self._save(mine, (merged_case if kind is Case else merged)(mine, yours, from_gone))
        if kind is Case:
            self._join_cases(mine, yours, lost)

    def _join_cases(self, mine: Case, yours: Case, lost: list[Difference]) -> None:
        taken = {option.letter for option in self._unit.all(CaseOption, table(CaseOption).c.case_id == mine.id)}
        for kind in _IN_CASE:
            rows: list[Any] = self._unit.all(kind, table(kind).c.case_id == yours.id)
            for row in rows:
                moved: Any = replace(row, case_id=mine.id)
                if isinstance(moved, CaseOption) and moved.letter in taken:
                    letter = next(c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in taken)
                    moved = replace(moved, letter=letter)
                if isinstance(moved, CaseOption):
                    taken.add(moved.letter)
                self._save(row, moved)
        words = [text for d in lost for text in d.gone if isinstance(text, str) and text]
        if words:
            text = _("From the record that was joined to this one: {words}").format(words="; ".join(words))
            author = self._desk.user.id
            self._add(Note(id=new_id(), case_id=mine.id, written_at=self._unit.at, author_id=author, text=text))

    def _move_rows(self) -> None:
        """Everything else that hangs on the other record: needs, papers, consents, tasks, requests, links, moves, cards."""
        for kind, field in pointers_at(Person):
            if kind in _STAY:
                continue
            rows: list[Any] = self._unit.all(kind, table(kind).c[field] == self._gone_id)
            for row in rows:
                moved = replace(row, **{field: self._kept_id})
                if isinstance(moved, KinLink) and moved.from_person_id == moved.to_person_id:
                    self._remove(row)  # the two were linked to each other
                else:
                    self._save(row, moved)

    def _hold_back_requests(self) -> None:
        """Who is the danger in one record is it in both."""
        for before, after in tracing_hold.held_as_one(self._unit, self._kept_id):
            self._save(before, after)

    def _join_matches(self) -> None:
        """What was decided about both for one request becomes one decision: a No of either stands."""
        first: dict[str, MatchDecision] = {}
        for one in self._unit.all(MatchDecision, table(MatchDecision).c.person_id == self._kept_id):
            other = first.setdefault(one.request_id, one)
            if other is not one:
                first[one.request_id] = joined_decision(other, one)
                self._remove(one)
                self._save(other, first[one.request_id])

    def _move_unanswered(self) -> None:
        """Questions without an answer, unless the record that goes on answers them or has them."""
        kept = self._unit.get(Person, self._kept_id)
        known = {each.field for each in self._unit.where_in(Unanswered, "record_id", [self._kept_id])}
        for each in self._unit.where_in(Unanswered, "record_id", [self._gone_id]):
            if each.field not in known and getattr(kept, each.field, "") in ("", None, ()):
                self._save(each, replace(each, record_id=self._kept_id))

    def _share_clocks(self) -> None:
        """A due time runs from when the vault first held the fact, in whichever of the two records."""
        held = derived.first_held_of(self._unit, [self._gone_id])
        for reason, at in held.get(self._gone_id, {}).items():
            old = self._held.get(reason)
            if old is None or at < old:
                derived.set_first_held(self._unit, self._kept_id, reason, at)

    def note_clocks(self) -> None:
        """What the vault first holds since the merge, or holds longer through it, so that undoing it forgets that too."""
        now = derived.first_held_of(self._unit, [self._kept_id]).get(self._kept_id, {})
        for reason, at in now.items():
            if self._held.get(reason) != at:
                self._note("held", Person, self._kept_id, field=reason, old=self._held.get(reason))

    def _settle_consents(self) -> None:
        """Where one record says yes and the other no for the same, the no holds."""
        rows = self._unit.all(Consent, table(Consent).c.person_id == self._kept_id)
        refused = {(c.purpose, c.recipient) for c in rows if c.answer == "no"}
        for consent in rows:
            if (
                consent.answer == "yes"
                and consent.withdrawn_on is None
                and (consent.purpose, consent.recipient) in refused
            ):
                self._save(consent, replace(consent, withdrawn_on=self._desk.clock.today()))
