"""How a reunification goes on: the visits after it, the outcome, and what follows when people are apart again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.domain.cases import User
from panoh.domain.casework import CareArrangement
from panoh.domain.dates import child_possible
from panoh.domain.person import Person
from panoh.domain.reunification import APART, OVER, Reunification
from panoh.domain.tracing import TracingRequest
from panoh.services import care
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known
from panoh.services.records import is_withheld
from panoh.services.reunification import asked_back, visits_of
from panoh.services.reunions import Reunion
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

_LEAST_WORDS = 3  # letters


def of_person(desk: Desk, person_id: str) -> tuple[Reunion, ...]:
    """The reunifications of somebody, the newest first; none for whoever may not read the words of the case.

    Raises AppError shield.withheld.
    """
    with desk.reading() as reading:
        require_known(desk, reading, person_id)
        if is_withheld(desk, reading, person_id):
            return ()
        found = reading.all(Reunification, table(Reunification).c.person_id == person_id)
        found.sort(key=lambda one: (one.reunified_on or date.min, one.id), reverse=True)
        # Where the adult is, and by which paper they were known, is not read through the child.
        shown = [one for one in found if not one.handed_to_id or not is_withheld(desk, reading, one.handed_to_id)]
        return tuple(_told(reading, one) for one in shown)


def _told(reading: Reading, one: Reunification) -> Reunion:
    request = reading.get(TracingRequest, one.request_id) if one.request_id else None
    names = {user.id: user.name for user in reading.where_in(User, "id", [one.noted_by, one.emergency_by])}
    return Reunion(
        one, tuple(visits_of(reading, one.id)), request.number if request else "", names.get(one.noted_by, ""),
        names.get(one.emergency_by, ""),
    )  # fmt: skip


def outcome(desk: Desk, reunification_id: str, code: str, on: date | None, words: str, carer: str = "") -> Changes:
    """How it goes on. Apart again: the request is in progress again, and of a child somebody says who cares now (vocab care).

    When the visits are over, because it goes well or a side has died, those that were not made are taken away.
    Raises FormProblems, AppError access.denied where the case is withheld, shield.withheld, verification.supervisor.
    """
    with desk.writing() as unit:
        before = unit.get(Reunification, reunification_id)
        require_known(desk, unit, before.person_id)
        if is_withheld(desk, unit, before.person_id):
            raise AppError("access.denied")
        _check(desk, unit, before, code, on, words, carer)
        visits = visits_of(unit, before.id)
        unsigned = not before.verification_id and not any(one.seen == "yes" for one in visits)
        if (
            code == OVER and unsigned and not desk.is_supervisor
        ):  # else nobody ever looks at a hand-over without a signature
            raise AppError("verification.supervisor")
        unit.save(replace(before, outcome=code, outcome_on=on, outcome_words=words.strip()))
        if code == OVER:
            for one in (visit for visit in visits if visit.done_on is None):
                unit.remove(one)
        if code in APART:
            _apart(desk, unit, before, on or desk.clock.today(), carer)
        return Changes.of(unit)


def _apart(desk: Desk, unit: Unit, before: Reunification, on: date, carer: str) -> None:
    """The search goes on; who cares for a child is noted anew, which is what triage reads."""
    if before.request_id:
        request = unit.get(TracingRequest, before.request_id)
        unit.save(replace(request, status="in_progress", closed_on=None, closed_why="", closed_words=""))
    for other in asked_back(unit, before):
        unit.save(replace(other, status="in_progress"))
    if carer:
        care.arrange_in(desk, unit, before.person_id, CareArrangement(id="", person_id="", kind=carer, since=on))


def _check(desk: Desk, unit: Unit, before: Reunification, code: str, on: date | None, words: str, carer: str) -> None:
    wrong = []
    if code not in desk.vocabularies["reunification_outcome"]:
        wrong.append(FieldProblem("outcome", _("Choose how it goes.")))
    if on is None:
        wrong.append(FieldProblem("outcome_on", _("Say on which day.")))
    elif on > desk.clock.today():
        wrong.append(FieldProblem("outcome_on", _("This day is still to come.")))
    elif before.reunified_on is not None and on < before.reunified_on:
        wrong.append(FieldProblem("outcome_on", _("They were not together yet on this day.")))
    if (code in APART or code == OVER) and len(words.strip()) < _LEAST_WORDS:
        wrong.append(FieldProblem("outcome_words", _("Say why, in a few words.")))
    person = unit.get(Person, before.person_id)
    if code in APART and not carer and child_possible(person.birth, desk.clock.today()):
        wrong.append(FieldProblem("care", _("Say who looks after the child now, or that nobody does.")))
    if wrong:
        raise FormProblems(wrong)
