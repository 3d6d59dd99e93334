"""Casework: who holds a case, what is asked, tried and still to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Case, Note, Task, User
from panoh.domain.casework import Transfer
from panoh.services import seal
from panoh.services.case_times import level_of, timed
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import knows
from panoh.services.records import is_withheld, keep, keep_in
from panoh.store.tables import table
from panoh.store.units import Reading, Unit


def users(desk: Desk) -> list[User]:
    """Everyone who can hold a case, by name."""
    with desk.reading() as reading:
        return sorted((u for u in reading.all(User) if u.left_on is None), key=lambda user: user.name.casefold())


def case_of(reading: Reading, person_id: str) -> Case | None:
    """The person's case, if one was opened."""
    return reading.first(Case, table(Case).c.person_id == person_id)


def without_words(case: Case, *, known: bool) -> Case:
    """The case with who holds it, since when and how far it is, and nothing that anyone wrote into it.

    Of somebody masked, who is not `known`, without the days that follow from the level.
    """
    return Case(
        id=case.id,
        person_id=case.person_id,
        owner_id=case.owner_id,
        status=case.status,
        opened_at=case.opened_at,
        closed_on=case.closed_on,
        reopened_on=case.reopened_on,
        assess_by=case.assess_by if known else None,
        assessed_on=case.assessed_on,
        plan_by=case.plan_by if known else None,
        planned_on=case.planned_on,
    )


def case_or_new(desk: Desk, person_id: str) -> Case:
    """The person's case as this user may read it, or a new one that nobody holds yet and that is not saved."""
    with desk.reading() as reading:
        case = _found_or_new(desk, reading, person_id)
        if not is_withheld(desk, reading, person_id):
            return case
        return without_words(case, known=knows(desk, reading, person_id))


def _found_or_new(desk: Desk, reading: Reading, person_id: str) -> Case:
    return case_of(reading, person_id) or new_case(desk, reading, person_id)


def new_case(desk: Desk, reading: Reading, person_id: str) -> Case:
    """A case that nobody holds yet and that is not saved, with the days that the person's level asks for."""
    opened = Case(id=new_id(), person_id=person_id, opened_at=desk.clock.now())
    return timed(opened, level_of(reading, person_id), desk.clock.today())


def take(desk: Desk, person_id: str) -> Changes:
    """Hold this person's case yourself."""
    return assign(desk, person_id, desk.user.id)


def assign(desk: Desk, person_id: str, user_id: str) -> Changes:
    """Give this person's case to a user at once; whoever was asked to take it over is asked no longer.

    From another's hands only a supervisor gives it: AppError('access.denied'). A caseworker who holds it asks the
    colleague instead (transfers.py): AppError('transfer.ask').
    """
    with desk.writing() as unit:
        case = _found_or_new(desk, unit, person_id)
        mine = case.owner_id == desk.user.id
        if mine and user_id not in ("", desk.user.id) and not desk.is_supervisor:
            raise AppError("transfer.ask")
        keep_in(desk, unit, [replace(case, owner_id=user_id)])
        end_transfers(desk, unit, case.id)
        changes = Changes.of(unit)
    seal.hand_out(desk)  # what is sealed about the person opens for the new holder, and no more for the one before
    return changes


def end_transfers(desk: Desk, unit: Unit, case_id: str) -> None:
    """Within a write that gives or closes a case: nobody is asked any longer to take it over."""
    c = table(Transfer).c
    for one in unit.all(Transfer, c.case_id == case_id, c.answer == ""):
        unit.save(replace(one, answer="withdrawn", answered_at=desk.clock.now()))


def add_task(desk: Desk, person_id: str, what: str, due_at: datetime | None, owner_id: str = "") -> Changes:
    """Something to do for this person; yours unless another owner is named."""
    return keep(
        desk,
        Task(id=new_id(), person_id=person_id, what=what.strip(), due_at=due_at, owner_id=owner_id or desk.user.id),
    )


def finish_task(desk: Desk, task: Task) -> Changes:
    """Mark a task as done now."""
    return keep(desk, replace(task, done_at=desk.clock.now()))


def add_note(desk: Desk, person_id: str, text: str) -> Changes:
    """Write a note on the case, opening it if there is none."""
    with desk.reading() as reading:
        case = _found_or_new(desk, reading, person_id)
        opened = case_of(reading, person_id) is not None
    note = Note(id=new_id(), case_id=case.id, written_at=desk.clock.now(), author_id=desk.user.id, text=text.strip())
    return keep(desk, note) if opened else keep(desk, case, note)
