"""Handing a case over: the holder asks a colleague and stays the holder until the colleague takes it.

A supervisor who assigns a case gives it at once (cases.assign). Whoever is asked reads the person's number and why, and
no more than they might read before: a shield masks the person for them until they take the case. Whoever handed a case
over, or was asked, goes on reading that it went over and when; the other words follow who may read the case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.cases import Case, User
from panoh.domain.casework import Transfer
from panoh.domain.workflow import CLOSED
from panoh.services import seal
from panoh.services.cases import case_of, end_transfers
from panoh.services.desk import Changes, Desk
from panoh.services.records import is_withheld
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

ACCEPTED, REFUSED, WITHDRAWN = "accepted", "refused", "withdrawn"
_LEAST_WORDS = 3  # letters


@dataclass(frozen=True, slots=True)
class Handing:
    """One asking to take a case over, as this user may read it."""

    transfer: Transfer
    from_name: str
    to_name: str
    to_me: bool  # this user is asked, and it waits
    mine: bool  # this user asked, and it waits

    @property
    def waits(self) -> bool:
        """Whether it was neither answered nor taken back."""
        return not self.transfer.answer


@dataclass(frozen=True, slots=True)
class Transfers:
    """The handings of one case, the newest first, and whether this user may ask for another."""

    rows: tuple[Handing, ...] = ()
    may_ask: bool = False

    @property
    def to_me(self) -> Handing | None:
        """The one that waits for this user's answer."""
        return next((one for one in self.rows if one.to_me), None)


def of_person(desk: Desk, reading: Reading, person_id: str) -> Transfers:
    """The handings of a person's case; of a withheld one those alone in which this user has a part."""
    case = case_of(reading, person_id)
    if case is None:
        return Transfers()
    found = reading.all(Transfer, table(Transfer).c.case_id == case.id)
    me = desk.user.id
    if is_withheld(desk, reading, person_id):
        found = [one for one in found if me in (one.from_user, one.to_user)]
    names = {
        one.id: one.name for one in reading.where_in(User, "id", {u for f in found for u in (f.from_user, f.to_user)})
    }
    rows = [
        Handing(
            one,
            names.get(one.from_user, ""),
            names.get(one.to_user, ""),
            to_me=not one.answer and one.to_user == me and one.from_user == case.owner_id,
            mine=not one.answer and one.from_user == me,
        )
        for one in sorted(found, key=lambda one: one.id, reverse=True)
    ]
    return Transfers(tuple(rows), may_ask=case.owner_id == me and case.status != CLOSED)


def ask(desk: Desk, person_id: str, to_user: str, why: str) -> Changes:
    """Ask a colleague to take over a case that one holds. Whom one asked before is asked no longer.

    Raises FormProblems, AppError access.denied for a case that one does not hold, case.closed.
    """
    with desk.writing() as unit:
        case = _held(desk, unit, person_id)
        colleague = unit.first(User, table(User).c.id == to_user)
        problems = []
        if colleague is None or colleague.left_on is not None or to_user == desk.user.id:
            problems.append(FieldProblem("to_user", _("Choose a colleague.")))
        if len(why.strip()) < _LEAST_WORDS:
            problems.append(FieldProblem("why", _("Say why, in a few words: the colleague reads it.")))
        if problems:
            raise FormProblems(problems)
        end_transfers(desk, unit, case.id)
        made = Transfer(
            id=new_id(), case_id=case.id, from_user=desk.user.id, to_user=to_user, asked_at=desk.clock.now(),
            why=why.strip(),
        )  # fmt: skip
        unit.add(made)
        return Changes.of(unit)


def accept(desk: Desk, transfer_id: str) -> Changes:
    """Take over a case that one is asked to: from now on one holds it.

    What is sealed reaches the new holder as soon as somebody who has its key unlocks (seal.hand_out). Raises
    AppError access.denied for somebody else's, transfer.over when it was answered or the case went to another.
    """
    with desk.writing() as unit:
        found, case = _waiting(desk, unit, transfer_id)
        if found.from_user != case.owner_id or case.status == CLOSED:
            raise AppError("transfer.over")
        unit.save(_answered(desk, found, ACCEPTED, ""))
        unit.save(replace(case, owner_id=desk.user.id))
        end_transfers(desk, unit, case.id)
        changes = Changes.of(unit)
    seal.hand_out(desk)
    return changes


def refuse(desk: Desk, transfer_id: str, words: str) -> Changes:
    """Not take it over, and say why: the holder reads it. Raises FormProblems, AppError access.denied, transfer.over."""
    if len(words.strip()) < _LEAST_WORDS:
        raise FormProblems([FieldProblem("words", _("Say why, in a few words: the holder reads it."))])
    with desk.writing() as unit:
        found, _case = _waiting(desk, unit, transfer_id)
        unit.save(_answered(desk, found, REFUSED, words))
        return Changes.of(unit)


def withdraw(desk: Desk, transfer_id: str) -> Changes:
    """Ask no longer. Raises AppError access.denied for what another asked, transfer.over."""
    with desk.writing() as unit:
        found = unit.get(Transfer, transfer_id)
        if found.from_user != desk.user.id:
            raise AppError("access.denied")
        if found.answer:
            raise AppError("transfer.over")
        unit.save(_answered(desk, found, WITHDRAWN, ""))
        return Changes.of(unit)


def _held(desk: Desk, unit: Unit, person_id: str) -> Case:
    case = case_of(unit, person_id)
    if case is None or case.owner_id != desk.user.id:
        raise AppError("access.denied")
    if case.status == CLOSED:
        raise AppError("case.closed")
    return case


def _waiting(desk: Desk, unit: Unit, transfer_id: str) -> tuple[Transfer, Case]:
    found = unit.get(Transfer, transfer_id)
    if found.to_user != desk.user.id:
        raise AppError("access.denied")
    if found.answer:
        raise AppError("transfer.over")
    return found, unit.get(Case, found.case_id)


def _answered(desk: Desk, transfer: Transfer, answer: str, words: str) -> Transfer:
    return replace(transfer, answer=answer, answered_at=desk.clock.now(), answer_words=words.strip())
