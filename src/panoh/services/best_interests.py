"""The best interests of a child: begun, written, decided, looked at again.

Until it is decided `review_on` is the day by which it should be; from then on the day of the review. So one column tells
what is due (store/due.py). Shown and withheld like the rows of the case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain import best_interests, care
from panoh.domain.best_interests import ASSESSMENT, BY_PANEL, DETERMINATION
from panoh.domain.casework import BestInterests, CareArrangement
from panoh.domain.dates import age_span, child_possible
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.triage.codes import UNACCOMPANIED
from panoh.services.case_times import level_of
from panoh.services.casework import open_case
from panoh.services.desk import Changes, Desk
from panoh.services.records import is_withheld, keep_in
from panoh.services.resources import case_times
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

__all__ = ["ASSESSMENT", "DETERMINATION"]


@dataclass(frozen=True, slots=True)
class Procedures:
    """The procedures of one person, those that wait first, then the newest first."""

    rows: tuple[BestInterests, ...] = ()
    called_for: bool = False  # a child without parents, and none was begun
    hint: str = ""  # how a child of this age is asked


def of_person(desk: Desk, reading: Reading, person_id: str) -> Procedures:
    """The procedures of a person; none for whoever may not read the words of the case."""
    if is_withheld(desk, reading, person_id):
        return Procedures()
    person = reading.get(Person, person_id)
    found = _all(reading, person_id)
    rows = sorted(found, key=lambda one: (best_interests.waits(one), one.started_on or date.min, one.id), reverse=True)
    span, child = age_span(person.birth, desk.clock.today()), child_possible(person.birth, desk.clock.today())
    alone = child_alone(desk, reading, person) or (
        child and _coded_alone(reading, person_id)
    )  # also in a foster family
    return Procedures(
        tuple(rows),
        best_interests.called_for(rows, alone=alone),
        best_interests.hint_for(span[0] if span else None),
    )


def child_alone(desk: Desk, reading: Reading, person: Person) -> bool:
    """Whether this may be a child for whom no adult is noted: by the arrangement in force, the record, or a code."""
    if not child_possible(person.birth, desk.clock.today()):
        return False
    arranged = reading.all(CareArrangement, table(CareArrangement).c.person_id == person.id)
    return care.no_adult(person.care, arranged, coded=_coded_alone(reading, person.id))


def _coded_alone(reading: Reading, person_id: str) -> bool:
    needs = reading.all(SpecificNeed, table(SpecificNeed).c.person_id == person_id)
    return any(need.stands and need.code in UNACCOMPANIED for need in needs)


def start(
    desk: Desk, person_id: str, kind: str, why: str, started_on: date | None = None, decide_by: date | None = None
) -> Changes:
    """Begin a procedure, and open the case if there is none; by when it is decided follows from the level, or is said.

    It is the review of an earlier one of its kind. Raises FormProblems, AppError record.not_found, access.denied.
    """
    on = started_on or desk.clock.today()
    with desk.writing() as unit:
        person = unit.get(Person, person_id)
        _check_start(desk, person, kind, why, on)
        open_case(desk, unit, person_id)
        times = case_times()
        by = decide_by or best_interests.decide_by(kind, on, times.assess, times.plan, level_of(unit, person_id))
        if not is_withheld(desk, unit, person_id):
            earlier = [one for one in _all(unit, person_id) if one.kind == kind and one.decided_on and one.review_on]
            keep_in(desk, unit, [replace(one, review_on=None) for one in earlier])
        made = BestInterests(
            id=new_id(), person_id=person_id, kind=kind, why=why, started_on=on, review_on=by, made_by=desk.user.id
        )
        keep_in(desk, unit, [made])
        return Changes.of(unit)


def write(desk: Desk, one: BestInterests) -> Changes:
    """Keep what was written so far. Raises AppError access.denied, best.decided when it is decided already."""
    with desk.writing() as unit:
        keep_in(desk, unit, [replace(_waiting(desk, unit, one), review_on=one.review_on)])
        return Changes.of(unit)


def decide(desk: Desk, one: BestInterests, decided_on: date | None = None, review_on: date | None = None) -> Changes:
    """Keep it as decided, with the day on which it is looked at again.

    Raises FormProblems for what a decision lacks (the child's own view above all), AppError access.denied, best.decided.
    """
    on = decided_on or desk.clock.today()
    problems = best_interests.missing(one)
    if on > desk.clock.today():
        problems.append(FieldProblem("decided_on", _("This day is still to come.")))
    if review_on is not None and review_on <= on:
        problems.append(FieldProblem("review_on", _("Choose a day after the decision.")))
    if problems:
        raise FormProblems(problems)
    with desk.writing() as unit:
        made = replace(
            _waiting(desk, unit, one),
            decision=one.decision.strip(),
            decided_on=on,
            review_on=review_on or best_interests.review_after(one.kind, on),
        )
        keep_in(desk, unit, [made])
        return Changes.of(unit)


def take_away(desk: Desk, record_id: str) -> Changes:
    """Take away one that was a mistake; it stays in the journal. Raises AppError access.denied, best.decided."""
    with desk.writing() as unit:
        keep_in(desk, unit, [], without=[_waiting(desk, unit, unit.get(BestInterests, record_id))])
        return Changes.of(unit)


def proposed_review(kind: str, decided_on: date) -> date:
    """The day that is proposed for looking at a decision again."""
    return best_interests.review_after(kind, decided_on)


def by_panel(why: str) -> bool:
    """Whether a decision for this reason takes a panel."""
    return why in BY_PANEL


def _all(reading: Reading, person_id: str) -> list[BestInterests]:
    return reading.all(BestInterests, table(BestInterests).c.person_id == person_id)


def _waiting(desk: Desk, unit: Unit, one: BestInterests) -> BestInterests:
    """The record as it is stored with the words of this one, when they may be written."""
    stored = unit.get(BestInterests, one.id)
    if is_withheld(desk, unit, stored.person_id):
        raise AppError("access.denied")
    if stored.decided_on is not None:
        raise AppError("best.decided")
    return replace(
        stored,
        child_view=one.child_view.strip(),
        family_view=one.family_view.strip(),
        options=one.options.strip(),
        recommendation=one.recommendation.strip(),
        panel=one.panel,
    )


def _check_start(desk: Desk, person: Person, kind: str, why: str, on: date) -> None:
    problems = []
    if kind not in (ASSESSMENT, DETERMINATION):
        problems.append(FieldProblem("kind", _("Choose which of the two.")))
    if why not in {term.code for term in desk.vocabularies["best_interests_why"].offers()}:
        problems.append(FieldProblem("why", _("Choose why.")))
    if on > desk.clock.today():
        problems.append(FieldProblem("started_on", _("This day is still to come.")))
    if not child_possible(person.birth, desk.clock.today()):
        told = _("This person is 18 or older: their own wish decides. Is the age right?")
        problems.append(FieldProblem("kind", told))
    if problems:
        raise FormProblems(problems)
