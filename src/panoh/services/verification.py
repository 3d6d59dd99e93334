"""Verification: both sides are asked apart, and nobody reads both before both are complete.

A session works on one side. Whoever begins to ask a side is the one who reads it, until it is complete; then nobody does
before the other side is complete too. What is done with the answers then is in `verification_compared`, what a
supervisor decides of them in `verification_asking`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain import verification as rules
from panoh.domain.casework import Approval
from panoh.domain.lines import PersonLine
from panoh.domain.person import Person
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.verification import (
    GIVEN_UP,
    OWN,
    SIDES,
    Verification,
    VerificationQuestion,
    answer_of,
    asked_by,
    side_done,
)
from panoh.services.approvals import OPEN
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import told_line
from panoh.services.tracing_consent import tracing_refused
from panoh.services.verification_heard import before, heard, used
from panoh.services.verification_state import (
    DEAD,
    Stand,
    bare,
    in_danger,
    require_consent,
    require_sides_known,
    stand_of,
    words_withheld,
)
from panoh.store import lines
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

_LEAST_WORDS = 3  # letters


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one side: nothing of the other side is in it."""

    id: str
    words: str
    answer: str
    first: bool  # asked before any photo is shown


@dataclass(frozen=True, slots=True)
class SideView:
    """One side as whoever asks it works on it."""

    verification_id: str
    side: str
    whom: PersonLine | None  # where this side is registered
    called: str  # as said, where it is not
    send_out: str  # the number of the other side, who must not hear this; '' where it is not registered
    questions: tuple[Asked, ...]
    photo: str
    photo_open: bool
    other_done: bool  # the other side is complete
    heard_other: bool  # by whoever asks now


# --- beginning, ending ------------------------------------------------------------------------------------------------


def begin(desk: Desk, request_id: str, person_id: str) -> tuple[Verification, Changes]:
    """Begin to verify a candidate of a request, with the questions of the list that these two never answered.

    Raises AppError verification.consent, .closed, .held, .rejected, .twice, .same, .died, .supervisor for a shielded side,
    shield.withheld, record.not_found.
    """
    with desk.writing() as unit:
        request = unit.get(TracingRequest, request_id)
        require_sides_known(desk, unit, request, person_id)
        _check_beginning(desk, unit, request, unit.get(Person, person_id))
        made = Verification(
            id=new_id(), request_id=request.id, person_id=person_id, begun_at=desk.clock.now(), begun_by=desk.user.id
        )
        unit.add(made)
        gone = {each.question for each in used(before(unit, request, person_id, made.id))} | {OWN}
        codes = [one.code for one in desk.vocabularies["verification_question"].offers() if one.code not in gone]
        unit.add(
            *(
                VerificationQuestion(id=new_id(), verification_id=made.id, position=at, question=code)
                for at, code in enumerate(codes)
            )
        )
        if request.status == "open":
            unit.save(replace(request, status="in_progress"))
        return made, Changes.of(unit)


def _check_beginning(desk: Desk, unit: Unit, request: TracingRequest, found: Person) -> None:
    if found.merged_into_id:
        raise AppError("record.not_found")
    if found.id == request.inquirer_id:
        raise AppError("verification.same")
    require_consent(request)
    if tracing_refused(unit, [found.id]):
        raise AppError("verification.refused")
    if request.status == "closed":
        raise AppError("verification.closed")
    decided, v = table(MatchDecision).c, table(Verification).c
    pair = (decided.request_id == request.id, decided.person_id == found.id)
    if unit.first(MatchDecision, *pair, decided.state == "rejected") is not None:
        raise AppError("verification.rejected")
    if unit.first(Verification, v.request_id == request.id, v.person_id == found.id, v.result == "") is not None:
        raise AppError("verification.twice")
    if not desk.is_supervisor:
        if request.held_why:
            raise AppError("verification.held")
        if any(in_danger(unit, one) and _knows(desk, unit, one) for one in (found.id, request.inquirer_id) if one):
            raise AppError("verification.supervisor")
    asker = unit.get(Person, request.inquirer_id) if request.inquirer_id else None
    if any(one is not None and one.presence in DEAD for one in (found, asker)):
        raise AppError("verification.died")


def _knows(desk: Desk, reading: Reading, person_id: str) -> bool:
    """Whether refusing tells this user nothing that they may not know."""
    return desk.may_see_restricted(reading.holder_of(person_id))


def give_up(desk: Desk, verification_id: str, why: str) -> Changes:
    """End a verification without a result: somebody died, went away, or does not want it. Raises FormProblems, AppError."""
    if len(why.strip()) < _LEAST_WORDS:
        raise FormProblems([FieldProblem("why", _("Say why, in a few words."))])
    with desk.writing() as unit:
        stand = going_on(desk, unit, verification_id)
        require_unasked(unit, stand.one)
        told = "\n".join(part for part in (stand.one.recommendation_words, why.strip()) if part)
        today = desk.clock.today()
        unit.save(replace(stand.one, result=GIVEN_UP, ended_on=today, recommendation_words=told))
        return Changes.of(unit)


# --- one side -----------------------------------------------------------------------------------------------------------


def side_view(desk: Desk, verification_id: str, side: str) -> SideView:
    """The questions with the answers of this side alone, for whoever asks it; asking begins with it.

    Raises AppError verification.side_taken, .one_side, .side_done, .fresh, .over, shield.withheld.
    """
    with desk.writing() as unit:
        return _side_view(desk, unit, _mine(desk, unit, verification_id, side), side)


def answer(
    desk: Desk, verification_id: str, side: str, answers: Mapping[str, str], photo: str | None = None
) -> Changes:
    """Keep what this side answered, by the id of the question, and whom it picked out of the photos (vocab photo_choice).

    Raises AppError as `side_view` does, verification.names_first, record.not_found for a question of another sheet.
    """
    with desk.writing() as unit:
        stand = _mine(desk, unit, verification_id, side)
        asked = {one.id: one for one in stand.questions}
        if not set(answers) <= asked.keys():
            raise AppError("record.not_found")
        field = f"answer_{side}"
        changed: dict[str, VerificationQuestion] = {}
        for key, text in answers.items():
            said: dict[str, Any] = {field: text.strip()}
            changed[key] = replace(asked[key], **said)
            unit.save(changed[key])
        if photo is not None and photo not in ("", rules.NOT_DONE):
            if photo not in desk.vocabularies["photo_choice"]:
                raise FormProblems([FieldProblem("photo", _("Choose one of the answers."))])
            if not rules.photo_open([changed.get(one.id, one) for one in stand.questions], side):
                raise AppError("verification.names_first")
        if photo is not None:
            choice: Any = {f"photo_choice_{side}": photo}
            unit.save(replace(stand.one, **choice))
        return Changes.of(unit)


def add_question(desk: Desk, verification_id: str, words: str) -> Changes:
    """Add a question of one's own, which both sides are asked. Raises FormProblems, AppError verification.side_done, .over."""
    if len(words.strip()) < _LEAST_WORDS:
        raise FormProblems([FieldProblem("words", _("Write the question as both sides will be asked it."))])
    with desk.writing() as unit:
        stand = going_on(desk, unit, verification_id)
        if any(side_done(stand.one, side) for side in SIDES):
            raise AppError("verification.side_done")
        asked = [*stand.questions, *used(before(unit, stand.request, stand.one.person_id, stand.one.id))]
        if any(rules.same_question(words, question_words(desk, each)) for each in asked):
            raise FormProblems([FieldProblem("words", _("This was asked already. Ask what nobody has heard yet."))])
        at = max((one.position for one in stand.questions), default=-1) + 1
        unit.add(
            VerificationQuestion(
                id=new_id(), verification_id=stand.one.id, position=at, question=OWN, words=words.strip()
            )
        )
        return Changes.of(unit)


def complete(desk: Desk, verification_id: str, side: str) -> Changes:
    """Everything was asked of this side: its answers are closed.

    Raises FormProblems for what only this side can still say, AppError as `side_view` does.
    """
    with desk.writing() as unit:
        stand = _mine(desk, unit, verification_id, side)
        wrong = rules.side_missing(stand.one, stand.questions, side)
        if wrong:
            raise FormProblems([FieldProblem(each.field, each.words) for each in wrong])
        choice = rules.photo_choice(stand.one, stand.questions, side)
        done: Any = {f"{side}_done_at": desk.clock.now(), f"photo_choice_{side}": choice}
        unit.save(replace(stand.one, **done))
        return Changes.of(unit)


def ask_anew(desk: Desk, verification_id: str, side: str) -> Changes:
    """Begin a side again, for another caseworker: what was answered so far is taken off the sheet, so that nobody reads both.

    By whoever asks it, or a supervisor. Raises AppError access.denied, verification.side_done, .over.
    """
    with desk.writing() as unit:
        stand = going_on(desk, unit, verification_id)
        if side_done(stand.one, side):
            raise AppError("verification.side_done")
        if asked_by(stand.one, side) != desk.user.id:
            desk.require_supervisor()
        gone: dict[str, Any] = {f"answer_{side}": ""}
        for one in stand.questions:
            unit.save(replace(one, **gone))
        free: Any = {f"{side}_asked_by": "", f"photo_choice_{side}": ""}
        unit.save(replace(stand.one, **free))
        return Changes.of(unit)


def _mine(desk: Desk, unit: Unit, verification_id: str, side: str) -> Stand:
    """The verification with this side in this user's hands, and in nobody else's."""
    if side not in SIDES:
        raise AppError("record.not_found")
    stand = going_on(desk, unit, verification_id)
    one, other = stand.one, SIDES[1 - SIDES.index(side)]
    if side_done(one, side):
        raise AppError("verification.side_done")
    if asked_by(one, side) not in ("", desk.user.id):
        raise AppError("verification.side_taken")
    if asked_by(one, other) == desk.user.id and not side_done(one, other):
        raise AppError("verification.one_side")
    if not asked_by(one, side):
        earlier = before(unit, stand.request, one.person_id, one.id)
        if rules.lacking(stand.questions, asked_before=bool(earlier)):
            raise AppError("verification.fresh")
        taken: Any = {f"{side}_asked_by": desk.user.id}
        stand.one = replace(one, **taken)
        unit.save(stand.one)
    return stand


def _side_view(desk: Desk, reading: Reading, stand: Stand, side: str) -> SideView:
    one = stand.one
    here, there = (stand.found, stand.asker) if side == rules.A else (stand.asker, stand.found)
    shown = lines.people_by_id(reading, [here.id] if here else [])
    first = rules.before_photos(stand.questions)
    hearing = heard(reading, one)
    asked = tuple(Asked(q.id, question_words(desk, q), answer_of(q, side), q in first) for q in stand.questions)
    return SideView(
        one.id, side, told_line(desk, shown[here.id]) if here else None, "" if here else stand.request.inquirer_name,
        there.number if there else "", asked, one.photo_choice_a if side == rules.A else one.photo_choice_b,
        rules.photo_open(stand.questions, side), side_done(one, SIDES[1 - SIDES.index(side)]),
        desk.user.id in (hearing.b if side == rules.A else hearing.a),
    )  # fmt: skip


def question_words(desk: Desk, question: VerificationQuestion) -> str:
    """A question as it is asked."""
    return question.words or desk.name_of("verification_question", question.question)


# --- finding them -------------------------------------------------------------------------------------------------------


def of_pair(desk: Desk, request_id: str, person_id: str) -> Verification | None:
    """The verification of this pair that goes on, or else the newest, without any answer. Raises AppError shield.withheld."""
    with desk.reading() as reading:
        require_sides_known(desk, reading, reading.get(TracingRequest, request_id), person_id)
        found = pair_in(reading, request_id, person_id)
        return bare(found, withheld=words_withheld(desk, reading, Stand(reading, found))) if found else None


def pair_in(reading: Reading, request_id: str, person_id: str) -> Verification | None:
    """The same within a reading, as it is stored."""
    v = table(Verification).c
    found = reading.all(Verification, v.request_id == request_id, v.person_id == person_id)
    return max(found, key=lambda one: (not one.result, one.id), default=None)


# --- small helpers ------------------------------------------------------------------------------------------------------


def going_on(desk: Desk, unit: Unit, verification_id: str) -> Stand:
    """A verification that has no result yet. Raises AppError verification.over, shield.withheld, record.not_found."""
    stand = stand_of(desk, unit, verification_id)
    if not stand.goes_on:
        raise AppError("verification.over")
    return stand


def require_unasked(reading: Reading, one: Verification) -> None:
    """Raise AppError('verification.waits'): what a supervisor is asked about is not changed under their hands."""
    asked = reading.first(Approval, table(Approval).c.id == one.approval_id) if one.approval_id else None
    if asked is not None and asked.decision in OPEN:
        raise AppError("verification.waits")
