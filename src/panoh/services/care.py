"""Who cares for a child, or for anybody who cannot alone: arrangements with their history. Triage reads the one in force.

They are shown and withheld like the rows of the case; whoever may not read them may add one, which then ends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain import care
from panoh.domain.casework import CareArrangement
from panoh.domain.lines import PersonLine
from panoh.domain.person import Person
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import may_know, told_line
from panoh.services.records import is_withheld, keep_in
from panoh.store import lines
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

_LEAST_WORDS = 3  # letters


@dataclass(frozen=True, slots=True)
class Arranged:
    """One arrangement as this user may read it."""

    arrangement: CareArrangement
    carer: PersonLine | None  # where the carer is registered; by number alone for whoever need not know
    in_force: bool
    contradictions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Care:
    """The arrangements of one person: the one in force first, then the others, the newest first."""

    rows: tuple[Arranged, ...] = ()

    @property
    def in_force(self) -> Arranged | None:
        """The newest that has no end."""
        return next((one for one in self.rows if one.in_force), None)


def of_person(desk: Desk, reading: Reading, person_id: str) -> Care:
    """The arrangements of a person; none for whoever may not read the words of the case."""
    if is_withheld(desk, reading, person_id):
        return Care()
    found = _all(reading, person_id)
    carers = lines.people_by_id(reading, [one.carer_id for one in found if one.carer_id])
    force, today = care.in_force(found), desk.clock.today()
    rows = []
    for one in care.ordered(found):
        line = carers.get(one.carer_id)
        told = told_line(desk, line) if line else None
        known = told is not None and line is not None and may_know(desk, line)
        birth, presence = (told.birth, told.presence) if known and told else (None, "")
        against = care.contradictions(one, birth, presence, today) if one.until is None else ()
        rows.append(Arranged(one, told, one is force, against))
    return Care(tuple(rows))


def arrange(desk: Desk, person_id: str, one: CareArrangement) -> Changes:
    """Note who cares for a person, or change it; a new one ends the one before, and the old ones stay to be read.

    Raises FormProblems, AppError access.denied for a change where the case is withheld, record.not_found.
    """
    with desk.writing() as unit:
        arrange_in(desk, unit, person_id, one)
        return Changes.of(unit)


def arrange_in(desk: Desk, unit: Unit, person_id: str, one: CareArrangement) -> None:
    """The same as part of a write that does more, as a reunification does."""
    _check(desk, person_id, one)
    unit.get(Person, person_id)
    if one.carer_id:
        unit.get(Person, one.carer_id)
    others = _all(unit, person_id)
    before = next((each for each in others if each.id == one.id), None)
    withheld = is_withheld(desk, unit, person_id)
    if one.id and before is None:
        raise AppError("record.not_found")
    if before is not None and withheld:
        raise AppError("access.denied")
    made = replace(one, id=one.id or new_id(), person_id=person_id)
    if before is None and not withheld:
        made, changed = care.placed(made, others)
        keep_in(desk, unit, changed)
    keep_in(desk, unit, [made])


def end(desk: Desk, arrangement_id: str, until: date | None, why: str) -> Changes:
    """An arrangement ended, on which day and why. Raises FormProblems, AppError('access.denied')."""
    with desk.writing() as unit:
        found = _readable(desk, unit, arrangement_id)
        problems = []
        if until is None:
            problems.append(FieldProblem("until", _("Say on which day.")))
        elif until > desk.clock.today():
            problems.append(FieldProblem("until", _("This day is still to come.")))
        elif found.since is not None and until < found.since:
            problems.append(FieldProblem("until", _("It had not begun by then.")))
        if len(why.strip()) < _LEAST_WORDS:
            problems.append(FieldProblem("why", _("Say why, in a few words.")))
        if problems:
            raise FormProblems(problems)
        keep_in(desk, unit, [replace(found, until=until, ended_why=why.strip())])
        return Changes.of(unit)


def take_away(desk: Desk, arrangement_id: str) -> Changes:
    """Take away one that was a mistake; it stays in the journal. Raises AppError('access.denied')."""
    with desk.writing() as unit:
        keep_in(desk, unit, [], without=[_readable(desk, unit, arrangement_id)])
        return Changes.of(unit)


def _all(reading: Reading, person_id: str) -> list[CareArrangement]:
    return reading.all(CareArrangement, table(CareArrangement).c.person_id == person_id)


def _readable(desk: Desk, unit: Unit, arrangement_id: str) -> CareArrangement:
    found = unit.get(CareArrangement, arrangement_id)
    if is_withheld(desk, unit, found.person_id):
        raise AppError("access.denied")
    return found


def _check(desk: Desk, person_id: str, one: CareArrangement) -> None:
    problems, today = [], desk.clock.today()
    if one.kind not in {term.code for term in desk.vocabularies["care"].offers()}:
        problems.append(FieldProblem("kind", _("Choose who looks after them.")))
    if one.carer_id == person_id:
        problems.append(FieldProblem("carer", _("Nobody is their own carer: choose “Lives on their own”.")))
    if one.since is None:
        problems.append(FieldProblem("since", _("Say since when, as near as it is known.")))
    elif one.since > today:
        problems.append(FieldProblem("since", _("This day is still to come.")))
    if one.safe and one.assessed_on is None:
        problems.append(FieldProblem("assessed_on", _("Say on which day somebody looked.")))
    if one.assessed_on is not None and one.assessed_on > today:
        problems.append(FieldProblem("assessed_on", _("This day is still to come.")))
    if one.assessed_on is not None and not one.safe:
        problems.append(FieldProblem("safe", _("Say whether it is safe there.")))
    if problems:
        raise FormProblems(problems)
