"""Specific needs: noticed, reviewed, met; the list of those that wait for a review, and what is done about each.

A need is never taken away: a review says that it is so, that it was met, or that it does not apply, and why. Only a merge
(which takes it along) and an erasure do more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.cases import User
from panoh.domain.casework import PlanRow, Referral, Service
from panoh.domain.contradictions import Contradiction, contradictions
from panoh.domain.lines import PersonLine
from panoh.domain.needs import CONFIRMED, NOT_APPLICABLE, NOTICED, REVIEWED, SEVERE, SpecificNeed, overlapping
from panoh.domain.person import Person
from panoh.domain.records import Record
from panoh.domain.vocabulary import Vocabularies
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import is_restricted, open_ones, told_line, told_needs, told_person
from panoh.services.records import is_withheld, keep_in, owner_of
from panoh.store import lines
from panoh.store import needs as stored
from panoh.store.tables import table
from panoh.store.units import Reading

_REFUSED = frozenset({"refused", "revoked", "no_answer"})  # answers to a referral after which nothing goes on


@dataclass(frozen=True, slots=True)
class ToReview:
    """One need that waits for a review, as this user may know it."""

    line: PersonLine
    need: SpecificNeed
    noticed_by: str  # name of the user; '' when nobody noted it
    since: datetime | None  # it waits since then
    lapsed: bool  # its last day is past
    contradictions: tuple[str, ...]  # in sentences


@dataclass(frozen=True, slots=True)
class AboutNeeds:
    """What stands beside the needs of one record, as this user may know it."""

    names: Mapping[str, str]  # of users, by id
    doing: Mapping[str, tuple[str, ...]]  # need id: what is done about it, in words
    without_action: frozenset[str]  # confirmed severe needs without an open action and without a reason
    contradictions: tuple[Contradiction, ...]
    withheld: bool  # the words of the case, and what is done with them, are not told to this user


def called(words: Vocabularies, code: str) -> str:
    """A need in words with its code; a code that the list does not know says that it is a local one."""
    if code not in words["specific_needs"]:
        return _("{code} (local code)").format(code=code)
    return _("{words} ({code})").format(words=words.label("specific_needs", code), code=code)


# --- verbs --------------------------------------------------------------------------------------------------------------


def notice(
    desk: Desk,
    person_id: str,
    code: str,
    *,
    source: str = "",
    severity: str = "",
    note: str = "",
    until: date | None = None,
    status: str = NOTICED,
) -> Changes:
    """Record a need that somebody noticed; it waits for a review unless it is `confirmed` at once.

    Raises FormProblems for a need that stands already, AppError('access.denied') for a restricted one of a case that
    this user does not hold.
    """
    made = SpecificNeed(
        id=new_id(), person_id=person_id, code=code.strip(), status=status, source=source, severity=severity,
        note=note.strip(), until=until,
    )  # fmt: skip
    return save(desk, [made])


def review(desk: Desk, need_id: str, found: str, why: str = "", until: date | None = None) -> Changes:
    """Say what a need is after somebody of protection looked at it: confirmed (until a day), met, or not applicable.

    A need that does not apply is struck out with a reason and stays in the record. Raises FormProblems without one,
    AppError: access.denied, record.not_found.
    """
    if found not in REVIEWED:
        raise AppError("record.not_found")
    with desk.writing() as unit:
        before = unit.get(SpecificNeed, need_id)
        after = replace(before, status=found, review_why=why.strip() or before.review_why, until=until or before.until)
        if found == CONFIRMED and after.until is not None and after.until < desk.clock.today():
            after = replace(after, until=None)  # looked at after its last day, and still so
        if found == NOT_APPLICABLE and not why.strip():
            raise FormProblems([FieldProblem("why", _strike_out())])
        _check(desk, unit, [after])
        keep_in(desk, unit, [replace(after, reviewed_at=desk.clock.now(), reviewed_by=desk.user.id)])
        return Changes.of(unit)


def edit(
    desk: Desk, need_id: str, *, severity: str | None = None, until: date | None = None, note: str | None = None
) -> Changes:
    """Change how severe a need is, until when it counts, or its note; None leaves it as it is. Raises AppError."""
    with desk.writing() as unit:
        before = unit.get(SpecificNeed, need_id)
        after = replace(
            before,
            severity=before.severity if severity is None else severity,
            until=before.until if until is None else until,
            note=before.note if note is None else note.strip(),
        )
        keep_in(desk, unit, [after])
        return Changes.of(unit)


def save(desk: Desk, kept: Sequence[Record], removed: Sequence[Record] = ()) -> Changes:
    """Keep the form of a person's needs: new and changed needs beside the other records of that page.

    Raises FormProblems, at 'needs.N.field' in the order of the needs handed in, for one that stands already and one
    struck out without a reason; AppError('access.denied').
    """
    with desk.writing() as unit:
        _check(desk, unit, [record for record in kept if isinstance(record, SpecificNeed)])
        keep_in(desk, unit, kept, removed)
        return Changes.of(unit)


def _strike_out() -> str:
    return _("Say why it does not apply: the reason stays in the record.")


def _check(desk: Desk, reading: Reading, needs: Sequence[SpecificNeed]) -> None:
    problems = []
    known = {
        one.id: one
        for person_id in {need.person_id for need in needs}
        for one in reading.all(SpecificNeed, table(SpecificNeed).c.person_id == person_id)
    }
    seen = {
        person_id: desk.may_see_restricted(owner_of(reading, person_id)) for person_id in {n.person_id for n in needs}
    }
    others = {**known, **{need.id: need for need in needs}}
    for at, need in enumerate(needs):
        before = known.get(need.id)
        if is_restricted(desk, need) and not seen[need.person_id]:
            raise AppError("access.denied")  # before anything is told of what stands already
        if need.status == NOT_APPLICABLE and not need.review_why and (before is None or before.status != need.status):
            problems.append(FieldProblem(f"needs.{at}.review_why", _strike_out()))
        stood = before is not None and before.stands
        if not stood and overlapping(need, (one for one in others.values() if one.person_id == need.person_id)):
            words = _("This need is recorded already, and stands: change that row instead.")
            problems.append(FieldProblem(f"needs.{at}.code", words))
    if problems:
        raise FormProblems(problems)


# --- the review list ----------------------------------------------------------------------------------------------------


def count(desk: Desk) -> int:
    """How many needs wait for a review, of those that this user may see."""
    with desk.reading() as reading:
        return stored.to_review_count(reading, desk.clock.today(), _sight(desk))


def to_review(desk: Desk, offset: int, limit: int) -> list[ToReview]:
    """A page of the needs that wait: severe ones first, then by the person's level, then the longest waiting."""
    with desk.reading() as reading:
        found = stored.to_review(reading, desk.clock.today(), _sight(desk), offset, limit)
        people = {need.person_id for need in found}
        shown = lines.people_by_id(reading, people)
        users = {user.id: user.name for user in reading.all(User)}
        doubts = {one: _doubts_of(desk, reading, one, shown[one].owner_id) for one in people}
        withheld = {one: is_withheld(desk, reading, one) for one in people}
    made = []
    for need in found:
        told = told_needs([need], withheld[need.person_id])[0]
        mine = tuple(doubt.sentence for doubt in doubts[need.person_id] if need.code in doubt.codes)
        made.append(_waiting(desk, told_line(desk, shown[need.person_id]), told, users.get(need.noticed_by, ""), mine))
    return made


def _waiting(desk: Desk, line: PersonLine, need: SpecificNeed, by: str, doubts: tuple[str, ...]) -> ToReview:
    lapsed = need.until is not None and need.until < desk.clock.today()
    since = need.noticed_at
    if need.status == CONFIRMED and need.until is not None:
        since = datetime.combine(need.until, time()).astimezone()
    return ToReview(line, need, by, since, lapsed, doubts)


def _sight(desk: Desk) -> stored.Sight:
    terms = desk.vocabularies["specific_needs"]
    return stored.Sight(desk.limited_reader, tuple(term.code for term in terms if not term.restricted))


# --- beside the needs of a record -----------------------------------------------------------------------------------------


def about(desk: Desk, person_id: str) -> AboutNeeds:
    """Who noticed and reviewed a person's needs, what is done about them, and what does not fit. Raises AppError."""
    with desk.reading() as reading:
        owner_id = owner_of(reading, person_id)
        needs = _seen(desk, reading, person_id, owner_id)
        withheld = is_withheld(desk, reading, person_id)
        doing, open_ids = ({}, set()) if withheld else _doing(reading, needs)
        return AboutNeeds(
            names={user.id: user.name for user in reading.all(User)},
            doing=doing,
            without_action=frozenset(
                need.id
                for need in needs
                if not withheld
                and need.status == CONFIRMED
                and need.severity == SEVERE
                and need.id not in open_ids
                and not need.review_why
            ),
            contradictions=_doubts_of(desk, reading, person_id, owner_id),
            withheld=withheld,
        )


def _seen(desk: Desk, reading: Reading, person_id: str, owner_id: str) -> tuple[SpecificNeed, ...]:
    found = reading.all(SpecificNeed, table(SpecificNeed).c.person_id == person_id)
    return open_ones(desk, found, desk.may_see_restricted(owner_id))


def _doubts_of(desk: Desk, reading: Reading, person_id: str, owner_id: str) -> tuple[Contradiction, ...]:
    who = told_person(desk, reading.get(Person, person_id), desk.may_see_restricted(owner_id))
    members = reading.all(Person, table(Person).c.household_id == who.household_id) if who.household_id else []
    return contradictions(who, _seen(desk, reading, person_id, owner_id), members, desk.clock.today())


def _doing(reading: Reading, needs: Iterable[SpecificNeed]) -> tuple[dict[str, tuple[str, ...]], set[str]]:
    """What is done about each need, in words, and the needs about which something still goes on."""
    ids = [need.id for need in needs]
    told: dict[str, list[str]] = {}
    still: set[str] = set()
    for row in reading.where_in(PlanRow, "need_id", ids):
        what = _("Plan: {what}").format(what=row.action or row.goal)
        _tell(told, still, row.need_id, what, row.done_on, row.by_when)
    for one in reading.where_in(Service, "need_id", ids):
        what = _("Service: {what}").format(what=one.provider or one.kind)
        _tell(told, still, one.need_id, what, one.done_on, one.appointment_on)
    for sent in reading.where_in(Referral, "need_id", ids):
        what = _("Referral: {what}").format(what=sent.organisation or sent.recipient)
        if sent.answer in _REFUSED:
            told.setdefault(sent.need_id, []).append(_("{what}, came to nothing").format(what=what))
        else:
            _tell(told, still, sent.need_id, what, sent.done_on, sent.answer_by.date() if sent.answer_by else None)
    return {need_id: tuple(words) for need_id, words in told.items()}, still


def _tell(
    told: dict[str, list[str]], still: set[str], need_id: str, what: str, done_on: date | None, by: date | None
) -> None:
    if done_on is not None:
        what = _("{what}, done {day}").format(what=what, day=day(done_on))
    else:
        still.add(need_id)
        what = _("{what}, by {day}").format(what=what, day=day(by)) if by else what
    told.setdefault(need_id, []).append(what)
