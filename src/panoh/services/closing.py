"""Closing a case and opening it again: the checks before it, who is asked, who decides, and what it does.

A caseworker asks; a supervisor decides, and of a case that they hold themselves another one does. Nothing is hidden or
erased by closing: from that day runs the time that a case is kept (retention.py), and what is open in it is due no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain import closing, workflow
from panoh.domain.access import HEAD, SUPERVISOR
from panoh.domain.cases import Case, Note, Task, User
from panoh.domain.casework import Approval, BestInterests
from panoh.domain.closing import Check, StillOpen
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.domain.workflow import CLOSED
from panoh.services import approvals
from panoh.services.best_interests import child_alone
from panoh.services.case_times import level_of, timed
from panoh.services.cases import case_of, end_transfers
from panoh.services.casework import Casework, of_case, open_case
from panoh.services.desk import Changes, Desk
from panoh.services.records import is_withheld, keep_in
from panoh.services.resources import case_times
from panoh.services.shield import holding
from panoh.store import history
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

CLOSURE = "closure"  # vocab approval_kind
_LEAST_WORDS = 3  # letters


@dataclass(frozen=True, slots=True)
class Asked:
    """A closing that was asked for and that nobody has decided."""

    by: str  # name of the user
    at: datetime | None
    why: str  # vocab closing_why
    words: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What is read before a case is closed."""

    checks: tuple[Check, ...]
    direct: bool  # whether this user closes it; else a supervisor (another one) is asked
    alone: bool  # nobody else in this vault could decide: recorded as such


# --- reading ------------------------------------------------------------------------------------------------------------


def before(desk: Desk, person_id: str) -> Before:
    """The checks, and whether this user may decide. Raises AppError('access.denied') where the case is withheld."""
    with desk.reading() as reading:
        _require_read(desk, reading, person_id)
        found = closing.checks(_still_open(desk, reading, person_id))
        return Before(found, *_way(desk, reading, case_of(reading, person_id)))


def asked(desk: Desk, reading: Reading, person_id: str) -> tuple[Asked, ...]:
    """What was asked and waits, the newest last; nothing for whoever may not read the words of the case."""
    if is_withheld(desk, reading, person_id):
        return ()
    waiting = _waiting(reading, person_id)
    names = {user.id: user.name for user in reading.where_in(User, "id", {one.asked_by for one in waiting})}
    return tuple(
        Asked(names.get(one.asked_by, ""), one.asked_at, one.proposed, one.why, one.asked_by == desk.user.id)
        for one in waiting
    )


def first(why: str) -> str:
    """What a reason asks for before the case is closed; '' for nothing."""
    return closing.first(why, case_times().after_reunification)


def _way(desk: Desk, reading: Reading, case: Case | None) -> tuple[bool, bool]:
    """Whether this user decides, and whether as the only one who could."""
    if not desk.is_supervisor:
        return False, False
    mine = case is not None and _own(desk, reading, case)
    deciders = {user.id for user in reading.all(User) if user.role in (SUPERVISOR, HEAD) and user.left_on is None}
    alone = not deciders - {desk.user.id}
    return alone or not mine, mine and alone


def _own(desk: Desk, reading: Reading, case: Case) -> bool:
    """Whether the user holds the case, or once held it and nobody else asked for the closing: who gives their case away
    before they close it is no second person.
    """
    me = desk.user.id
    if case.owner_id == me or any(one.asked_by != me for one in _waiting(reading, case.person_id)):
        return case.owner_id == me
    return any(one.field == "owner_id" and one.old == me for one in history.of_records(reading, [case.id], limit=-1))


def _still_open(desk: Desk, reading: Reading, person_id: str) -> StillOpen:
    work = of_case(desk, reading, person_id)
    return StillOpen(
        **_rows_open(work),
        tasks=sum(_may_count(desk, task) for task in reading.all(Task, table(Task).c.person_id == person_id)),
        needs=len(work.needs),
        best_interests=_count(reading, BestInterests, person_id, lambda one: one.decided_on is None),
        tracing=_tracing(reading, person_id),
        approvals=_count(
            reading, Approval, person_id, lambda one: one.decision in approvals.OPEN and one.kind != CLOSURE
        ),
        level=level_of(reading, person_id),
        shield=holding(reading, person_id) is not None,
        child_alone=child_alone(desk, reading, reading.get(Person, person_id)),
    )


def _rows_open(work: Casework) -> dict[str, int]:
    return {
        "plan": sum(row.done_on is None for row in work.plan),
        "services": sum(one.done_on is None for one in work.services),
        "referrals": sum(workflow.waits_for_answer(one) for one in work.referrals),
        "follow_ups": sum(one.done_on is None for one in work.follow_ups),
    }


def _may_count(desk: Desk, task: Task) -> bool:
    return task.done_at is None and (not task.private or task.owner_id == desk.user.id)


def _count(reading: Reading, kind: type[Any], person_id: str, still: Callable[[Any], bool]) -> int:
    return sum(map(still, reading.all(kind, table(kind).c.person_id == person_id)))


def _tracing(reading: Reading, person_id: str) -> int:
    c = table(TracingRequest).c
    found = {
        one.id: one
        for field in (c.inquirer_id, c.sought_person_id)
        for one in reading.all(TracingRequest, field == person_id)
    }
    return sum(one.status != "closed" for one in found.values())


# --- asking -------------------------------------------------------------------------------------------------------------


def ask(desk: Desk, person_id: str, why: str, words: str) -> Changes:
    """Ask a supervisor to close a case; nothing is closed by it. What this user asked before is taken back.

    Raises FormProblems, AppError('access.denied') where the case is withheld, AppError('case.closed').
    """
    _said(desk, why, words)
    with desk.writing() as unit:
        _require_read(desk, unit, person_id)
        _require_open(case_of(unit, person_id))
        approvals.ask_in(desk, unit, person_id, CLOSURE, words, proposed=why)
        return Changes.of(unit)


def take_back(desk: Desk, person_id: str) -> Changes:
    """Take back what this user asked for and nobody has decided."""
    with desk.writing() as unit:
        _answer(desk, unit, [one for one in _waiting(unit, person_id) if one.asked_by == desk.user.id], "withdrawn")
        return Changes.of(unit)


# --- closing ------------------------------------------------------------------------------------------------------------


def close(desk: Desk, person_id: str, why: str, words: str) -> Changes:
    """Close a case as the one who decides; the decision stands in the record, and answers whoever asked for it.

    Raises FormProblems, AppError access.denied for caseworkers, case.second for the own case while somebody else could
    decide, case.closed.
    """
    _said(desk, why, words)
    desk.require_supervisor()
    with desk.writing() as unit:
        case = open_case(desk, unit, person_id)
        direct, alone = _way(desk, unit, case)
        if not direct:
            raise AppError("case.second")
        _answer_all(desk, unit, person_id)
        now, told = desk.believed.now(), _("Nobody else in this vault could decide.") if alone else ""
        unit.add(
            Approval(
                id=new_id(), person_id=person_id, kind=CLOSURE, asked_by=desk.user.id, asked_at=now, why=words.strip(),
                proposed=why, decision="approve", decided_by=desk.user.id, decided_at=now, words=told,
            )
        )  # fmt: skip
        close_in(desk, unit, person_id, why, words)
        return Changes.of(unit)


def close_in(desk: Desk, unit: Unit, person_id: str, why_code: str, words: str) -> Case:
    """What a closing does, within the write of the decision; who may decide is the caller's affair.

    The case is closed today with its reason, the words stand among its notes, and nobody is asked any more to take it
    over. Raises AppError case.closed.
    """
    case = open_case(desk, unit, person_id)
    _require_open(case)
    closed = replace(case, status=CLOSED, closed_on=desk.clock.today(), closing_why=why_code)
    unit.save(closed)
    end_transfers(desk, unit, case.id)
    reason = desk.name_of("closing_why", why_code)
    unit.add(_note(desk, case, _("Closed: {why}").format(why=". ".join(p for p in (reason, words.strip()) if p))))
    return closed


def not_closed_in(desk: Desk, unit: Unit, person_id: str, words: str) -> None:
    """A case that was closed by mistake goes on as before, within the write that corrects it."""
    case = case_of(unit, person_id)
    if case is not None and case.status == CLOSED:
        unit.save(replace(case, status="open", closed_on=None, closing_why=""))
        unit.add(_note(desk, case, _("Opened again: {why}").format(why=words)))


def reopen(desk: Desk, person_id: str, words: str) -> Changes:
    """Open a closed case again: it is assessed anew, and the time that it is kept runs no longer.

    Raises FormProblems without a reason, AppError access.denied where the case is withheld, case.open.
    """
    if len(words.strip()) < _LEAST_WORDS:
        raise FormProblems([FieldProblem("words", _("Say why, in a few words."))])
    with desk.writing() as unit:
        case = open_case(desk, unit, person_id)
        if case.status != CLOSED:
            raise AppError("case.open")
        today = desk.clock.today()
        opened = replace(
            case, status="open", closed_on=None, closing_why="", reopened_on=today, assess_by=None, plan_by=None
        )
        keep_in(desk, unit, [timed(opened, level_of(unit, person_id), today)])
        unit.add(_note(desk, case, _("Opened again: {why}").format(why=words.strip())))
        return Changes.of(unit)


# --- inside -------------------------------------------------------------------------------------------------------------


def _waiting(reading: Reading, person_id: str) -> list[Approval]:
    a = table(Approval).c
    found = reading.all(Approval, a.person_id == person_id, a.kind == CLOSURE, a.decision.in_(approvals.OPEN))
    return sorted(found, key=lambda one: one.id)


def _answer_all(desk: Desk, unit: Unit, person_id: str) -> None:
    """Whoever asked for the closing is answered by it; what one asked oneself is taken back."""
    waiting = _waiting(unit, person_id)
    _answer(desk, unit, [one for one in waiting if one.asked_by != desk.user.id], "approve")
    _answer(desk, unit, [one for one in waiting if one.asked_by == desk.user.id], "withdrawn")


def _answer(desk: Desk, unit: Unit, waiting: Iterable[Approval], decision: str) -> None:
    for one in waiting:
        unit.save(replace(one, decision=decision, decided_by=desk.user.id, decided_at=desk.believed.now()))


def _note(desk: Desk, case: Case, text: str) -> Note:
    return Note(id=new_id(), case_id=case.id, written_at=desk.clock.now(), author_id=desk.user.id, text=text)


def _said(desk: Desk, why: str, words: str) -> None:
    problems = []
    if why not in {term.code for term in desk.vocabularies["closing_why"].offers()}:
        problems.append(FieldProblem("why", _("Choose a reason.")))
    if len(words.strip()) < _LEAST_WORDS:
        problems.append(FieldProblem("words", _("Say why, in a few words.")))
    if problems:
        raise FormProblems(problems)


def _require_open(case: Case | None) -> None:
    if case is not None and case.status == CLOSED:
        raise AppError("case.closed")


def _require_read(desk: Desk, reading: Reading, person_id: str) -> None:
    if is_withheld(desk, reading, person_id):
        raise AppError("access.denied")
