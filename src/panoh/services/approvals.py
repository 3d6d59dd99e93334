"""What is asked of supervisors, and what they decided: each stands in the record of the person for good.

Supervisors see all of it; everyone else what they asked for or keyed in themselves, without words that may tell what is
withheld from them. Deciding is in `decisions`, answers on paper in `paper_decisions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.cases import Case, CaseOption, User
from panoh.domain.casework import Approval, PlanRow
from panoh.domain.lines import PersonLine
from panoh.domain.person import Person
from panoh.domain.reunification import Reunification
from panoh.domain.verification import Verification
from panoh.services import levels, shield
from panoh.services.cases import case_of
from panoh.services.desk import Changes, Desk
from panoh.services.levels import LevelView
from panoh.services.need_to_know import knows, require_known, told_line
from panoh.services.records import is_withheld
from panoh.services.reunions import sides_of
from panoh.store import history, lines
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

# Others are asked where they belong: the level, the shield, and a reunification at the verification that it rests on.
ASKABLE = ("assessment", "plan", "advice")
OPEN = ("", "discuss")  # decisions after which somebody still waits for one
SHIELD = "shield"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What was asked about somebody, as this user may read it, and what was decided."""

    approval: Approval  # without its words where they are withheld
    line: PersonLine
    asked_by: str  # name of the user
    keyed_by: str  # name of the user who decided, or who keyed a paper in
    mine: bool  # asked by this user, who does not decide
    may_take_back: bool = False
    withheld: bool = False
    keyed_at: datetime | None = None  # of one on paper, whose day of signing is what somebody typed

    @property
    def waits(self) -> bool:
        """Whether it is still to be decided."""
        return self.approval.decision in OPEN

    @property
    def on_paper(self) -> bool:
        """Whether it was decided on paper and keyed in."""
        return bool(self.approval.export_no)


@dataclass(frozen=True, slots=True)
class ToDecide:
    """What there is to decide from, as this user may read it."""

    asked: AskedLine
    level: LevelView
    question: str = ""
    recommended: str = ""
    options: tuple[CaseOption, ...] = ()
    recommendation: str = ""
    wish: str = ""
    before: tuple[AskedLine, ...] = ()  # what was decided about this person, the newest first


# --- asking -----------------------------------------------------------------------------------------------------------


def ask_in(
    desk: Desk, unit: Unit, person_id: str, kind: str, why: str, proposed: str = "", *, beside: bool = False
) -> Approval:
    """Ask for a decision within a write; what the same user asked of this kind before, and nobody answered, is taken back.

    With `beside` only where it was about the same: two families may ask for one child. `kind` is of vocab approval_kind.
    Raises AppError('record.not_found') for no such person.
    """
    now, a = desk.believed.now(), table(Approval).c
    unit.get(Person, person_id)
    mine = unit.all(
        Approval, a.person_id == person_id, a.kind == kind, a.asked_by == desk.user.id, a.decision.in_(OPEN)
    )
    for each in (one for one in mine if not beside or one.proposed == proposed):
        unit.save(replace(each, decision="withdrawn", decided_by=desk.user.id, decided_at=now))
    made = Approval(
        id=new_id(), person_id=person_id, kind=kind, asked_by=desk.user.id, asked_at=now, why=why.strip(), proposed=proposed
    )  # fmt: skip
    unit.add(made)
    return made


def ask(desk: Desk, person_id: str, kind: str, why: str) -> Changes:
    """Ask a supervisor to approve an assessment or a plan, or for advice.

    Raises FormProblems without words, for another kind, for a plan in which nothing stands; AppError shield.withheld.
    """
    if kind not in ASKABLE:
        raise FormProblems([FieldProblem("kind", _("Choose what is to be approved."))])
    if not why.strip():
        raise FormProblems([FieldProblem("why", _("Say what is asked, and why: a supervisor decides from it."))])
    with desk.writing() as unit:
        require_known(desk, unit, person_id)
        if kind == "plan" and not is_withheld(desk, unit, person_id) and not _planned(unit, person_id):
            raise FormProblems([FieldProblem("kind", _("Nothing is planned yet: add what is to be done first."))])
        ask_in(desk, unit, person_id, kind, why)
        return Changes.of(unit)


def _planned(reading: Reading, person_id: str) -> bool:
    case = case_of(reading, person_id)
    return case is not None and reading.first(PlanRow, table(PlanRow).c.case_id == case.id) is not None


def withdraw(desk: Desk, approval_id: str) -> Changes:
    """Take back what one asked for. Raises AppError access.denied for another's, approval.decided, record.not_found."""
    with desk.writing() as unit:
        found = open_one(unit, approval_id)
        if not _may_take_back(desk, unit, found):
            raise AppError("access.denied")
        if found.kind == SHIELD:
            shield.keep_on_in(desk, unit, found.person_id)
        else:
            now = desk.believed.now()
            unit.save(replace(found, decision="withdrawn", decided_by=desk.user.id, decided_at=now))
        return Changes.of(unit)


def _may_take_back(desk: Desk, reading: Reading, approval: Approval) -> bool:
    """Whoever asked; but not what tells a supervisor of a handing over without a signature."""
    told = reading.first(Reunification, table(Reunification).c.id == approval.proposed) if approval.proposed else None
    return approval.asked_by == desk.user.id and told is None


def open_one(reading: Reading, approval_id: str) -> Approval:
    """What waits under this id; the wish to take a shield down as well, which goes by the shield's.

    Raises AppError approval.decided, record.not_found.
    """
    found = reading.first(Approval, table(Approval).c.id == approval_id)
    if found is None:
        return shield.as_asked(reading, approval_id)
    if found.decision not in OPEN:
        raise AppError("approval.decided")
    return found


# --- reading ----------------------------------------------------------------------------------------------------------


def count(desk: Desk, *, decided: bool) -> int:
    """How many wait, or were decided, that this user may see."""
    with desk.reading() as reading:
        return len(_found(desk, reading, decided=decided))


def to_decide_count(desk: Desk) -> int:
    """How many wait for this user: for a supervisor all but their own, for others none."""
    if not desk.is_supervisor:
        return 0
    with desk.reading() as reading:
        return sum(one.asked_by != desk.user.id for one in _found(desk, reading, decided=False))


def page(desk: Desk, offset: int, limit: int, *, decided: bool) -> list[AskedLine]:
    """A page of what waits, the first asked first; or of what was decided, what was written last first."""
    with desk.reading() as reading:
        return _told(desk, reading, _found(desk, reading, decided=decided)[offset : offset + limit])


def to_decide(desk: Desk, approval_id: str) -> ToDecide:
    """One of them with what there is to decide from. Raises AppError record.not_found, also for another's."""
    with desk.reading() as reading:
        found = _one(desk, reading, approval_id)
        asked = _told(desk, reading, [found])[0]
        level = levels.view(
            desk, reading, levels.line_of(reading, found.person_id), words_withheld=is_withheld(desk, reading, found.person_id)
        )  # fmt: skip
        if asked.withheld:
            return ToDecide(asked, level)
        case = case_of(reading, found.person_id) or Case(id="", person_id=found.person_id)
        options = sorted(reading.all(CaseOption, table(CaseOption).c.case_id == case.id), key=lambda one: one.letter)
        before = [one for one in _history(desk, reading, found.person_id) if one.approval.id != found.id]
        return ToDecide(
            asked, level, case.question, case.recommended_option, tuple(options), case.recommendation, case.wish,
            tuple(before),
        )  # fmt: skip


def of_person(desk: Desk, person_id: str) -> tuple[AskedLine, ...]:
    """Everything that was asked and decided about somebody, the newest first; nothing where the words of the case are withheld."""
    with desk.reading() as reading:
        if is_withheld(desk, reading, person_id) or not knows(desk, reading, person_id):
            return ()
        return tuple(_history(desk, reading, person_id))


def _history(desk: Desk, reading: Reading, person_id: str) -> list[AskedLine]:
    found = reading.all(Approval, table(Approval).c.person_id == person_id)
    if not desk.may_see_restricted(reading.holder_of(person_id)):
        found = [one for one in found if one.kind != SHIELD]
    found.sort(key=lambda one: one.id, reverse=True)
    return _told(desk, reading, found)


def _found(desk: Desk, reading: Reading, *, decided: bool) -> list[Approval]:
    """Those that this user may see, in order, of people who are there."""
    a = table(Approval).c
    if decided:
        found = reading.all(Approval, a.decision.not_in(OPEN), *_own(desk))
        keyed = _keyed(reading, found)
        written = {one.id: keyed.get(one.id) or one.decided_at for one in found}
        found.sort(key=lambda one: (at.timestamp() if (at := written[one.id]) else 0.0, one.id), reverse=True)
    else:
        found = reading.all(Approval, a.decision.in_(OPEN), *_own(desk)) + shield.asked_off(desk, reading)
        found.sort(key=lambda one: (one.asked_at.timestamp() if one.asked_at else 0.0, one.id))
    return _there(desk, reading, found)


def _keyed(reading: Reading, found: Iterable[Approval]) -> dict[str, datetime]:
    """When those on paper were keyed in, by the journal: nobody brings one in below what supervisors have read already."""
    entries = history.of_records(reading, [one.id for one in found if one.export_no], limit=-1)
    return {entry.record_id: entry.at for entry in reversed(entries)}


def _one(desk: Desk, reading: Reading, approval_id: str) -> Approval:
    """One of those that this user may see."""
    found = reading.all(Approval, table(Approval).c.id == approval_id, *_own(desk))
    found += [one for one in shield.asked_off(desk, reading) if one.id == approval_id]
    seen = _there(desk, reading, found)
    if not seen:
        raise AppError("record.not_found")
    return seen[0]


def _own(desk: Desk) -> tuple[Any, ...]:
    """What leaves those that a user may see who is no supervisor."""
    a, me = table(Approval).c, desk.user.id
    return () if desk.is_supervisor else ((a.asked_by == me) | ((a.decided_by == me) & (a.export_no != "")),)


def _there(desk: Desk, reading: Reading, found: list[Approval]) -> list[Approval]:
    """Those about people whose record was not set aside; of shields those that this user may know of."""
    people = reading.where_in(Person, "id", (one.person_id for one in found))
    there = {person.id for person in people if not person.merged_into_id}
    return [
        one
        for one in found
        if one.person_id in there and (one.kind != SHIELD or desk.may_see_restricted(reading.holder_of(one.person_id)))
    ]


def _concerns(reading: Reading, asked: Approval) -> set[str]:
    """Whom the words tell of: of a verification both sides, of a handing over the adult too."""
    found = {asked.person_id}
    for one in reading.where_in(Verification, "id", [asked.proposed]):
        found |= set(sides_of(reading, one))
    return found | {one.handed_to_id for one in reading.where_in(Reunification, "id", [asked.proposed])} - {""}


def _told(desk: Desk, reading: Reading, found: Iterable[Approval]) -> list[AskedLine]:
    found = list(found)
    shown = lines.people_by_id(reading, [one.person_id for one in found])
    names = {user.id: user.name for user in reading.all(User)}
    keyed = _keyed(reading, found)
    told = []
    for one in found:
        withheld = any(is_withheld(desk, reading, each) for each in _concerns(reading, one))
        told.append(
            AskedLine(
                approval=replace(one, why="", proposed="", words="", decided_name="") if withheld else one,
                line=told_line(desk, shown[one.person_id]),
                asked_by=names.get(one.asked_by, ""),
                keyed_by=names.get(one.decided_by, ""),
                mine=one.asked_by == desk.user.id,
                may_take_back=_may_take_back(desk, reading, one),
                withheld=withheld,
                keyed_at=keyed.get(one.id),
            )
        )
    return told
