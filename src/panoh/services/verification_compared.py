"""The answers of both sides beside each other, how they agree, and everything else that a supervisor decides from.

Nothing of it shows before both sides are complete. From then on the answers are never changed: a correction is a dated
remark. While a supervisor is asked nothing of it is changed either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain import verification as rules
from panoh.domain.cases import User
from panoh.domain.casework import Approval
from panoh.domain.lines import PersonLine
from panoh.domain.verification import Missing, Tally, Verification, VerificationQuestion, both_done
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import told_line
from panoh.services.verification import going_on, question_words, require_unasked
from panoh.services.verification_asking import HAND_OVER
from panoh.services.verification_heard import asked_words, before, before_words, heard
from panoh.services.verification_heard import names as naming
from panoh.services.verification_state import NOTED, Stand, bare, may_be_child, stand_of, warnings, words_withheld
from panoh.store import lines
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

# What is noted once both sides are complete, beside the photos of each side.
_YES_NO = ("", "yes", "no")


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything of a verification as this user may read it now; before both sides are complete without any answer."""

    verification: Verification
    questions: tuple[VerificationQuestion, ...]
    labels: Mapping[str, str]  # id of a question: its words
    request_number: str
    asker_name: str  # as said, where side B is not registered
    found: PersonLine  # side A
    asker: PersonLine | None  # side B, where registered
    tally: Tally
    headline: str
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]
    child: bool
    withheld: bool  # the words may tell restricted facts that this user may not see
    asked: Approval | None  # what was asked of a supervisor last
    hand_over: Approval | None  # what was asked last about handing over
    names: Mapping[str, str]  # of users, by id
    heard: Mapping[str, tuple[str, ...]]  # by side: the users who heard it
    asked_by: str  # the same in words, once both sides are complete
    before: tuple[str, ...]  # when the same two were asked, and who saw which answers
    lacking: int  # questions that are to be written before a side is asked

    @property
    def both_done(self) -> bool:
        """Whether both sides are complete."""
        return both_done(self.verification)


def compared(desk: Desk, verification_id: str) -> Compared:
    """The answers beside each other, what was judged and noted, and what is missing; no answer before both sides are complete.

    Raises AppError shield.withheld, record.not_found.
    """
    with desk.reading() as reading:
        stand = stand_of(desk, reading, verification_id)
        withheld = words_withheld(desk, reading, stand)
        shown = lines.people_by_id(reading, [one.id for one in stand.sides])
        one, questions = _told(stand, withheld=withheld)
        child, counted = may_be_child(desk, stand), rules.tally(stand.questions)
        asked = reading.first(Approval, table(Approval).c.id == one.approval_id) if one.approval_id else None
        hand_over = _last_hand_over(reading, one)
        hearing, called = heard(reading, one), naming(reading)
        earlier = before(reading, stand.request, one.person_id, one.id)
        names = {user: _name(reading, user) for user in (one.a_asked_by, one.b_asked_by, one.begun_by) if user}
        return Compared(
            one, questions, {each.id: question_words(desk, each) for each in questions}, stand.request.number,
            stand.request.inquirer_name,
            told_line(desk, shown[stand.found.id]), told_line(desk, shown[stand.asker.id]) if stand.asker else None,
            counted, rules.headline(counted) if both_done(one) else "",
            rules.missing(stand.one, stand.questions, child=child), warnings(desk, reading, stand), child, withheld,
            _silent(asked) if withheld else asked, _silent(hand_over) if withheld else hand_over, names, {rules.A: hearing.a, rules.B: hearing.b},
            asked_words(hearing, called) if both_done(one) else "", before_words(desk, earlier, called),
            0 if one.a_asked_by or one.b_asked_by else rules.lacking(questions, asked_before=bool(earlier)),
        )  # fmt: skip


def _silent(asked: Approval | None) -> Approval | None:
    """What was asked and decided, without the words in which it was."""
    return replace(asked, why="", words="", decided_name="") if asked else None


def _last_hand_over(reading: Reading, one: Verification) -> Approval | None:
    a = table(Approval).c
    found = reading.all(Approval, a.person_id == one.person_id, a.kind == HAND_OVER, a.proposed == one.id)
    return max(found, key=lambda each: each.id, default=None)


def _told(stand: Stand, *, withheld: bool) -> tuple[Verification, tuple[VerificationQuestion, ...]]:
    """The records without what nobody, or not this user, may read."""
    one = stand.one
    if both_done(one) and not withheld:
        return one, tuple(stand.questions)
    blank: dict[str, Any] = dict.fromkeys(("answer_a", "answer_b", *(("remark", "words") if withheld else ())), "")
    return bare(one, withheld=withheld), tuple(replace(each, **blank) for each in stand.questions)


def _name(reading: Reading, user_id: str) -> str:
    return reading.get(User, user_id).name


def judge(desk: Desk, verification_id: str, judged: Mapping[str, tuple[str, str]]) -> Changes:
    """How the answers agree, and a remark, by the id of the question: vocab agreement and words.

    A remark is never overwritten: another one stands below it with its day and who wrote it. Raises FormProblems,
    AppError verification.not_complete, .over, .waits, access.denied where the words are withheld.
    """
    wrong = [
        FieldProblem(f"agreement.{key}", _("Choose how the answers agree."))
        for key, (agreement, _remark) in judged.items()
        if agreement not in ("", *rules.JUDGED)
    ]
    if wrong:
        raise FormProblems(wrong)
    with desk.writing() as unit:
        stand = _complete(desk, unit, verification_id)
        for one in stand.questions:
            if one.id in judged:
                agreement, remark = judged[one.id]
                unit.save(replace(one, agreement=agreement or one.agreement, remark=_with_remark(desk, one, remark)))
        return Changes.of(unit)


def _with_remark(desk: Desk, one: VerificationQuestion, remark: str) -> str:
    said = remark.strip()
    if not said or said == one.remark.strip() or one.remark.endswith(f": {said}"):  # pressed twice
        return one.remark
    if not one.remark:
        return said
    added = _("{day}, {who}: {words}").format(day=day(desk.clock.today()), who=desk.user.name, words=said)
    return f"{one.remark}\n{added}"


def note(desk: Desk, verification_id: str, noted: Mapping[str, str]) -> Changes:
    """Note what was seen, the child's view, the dangers, the recommendation: the fields of NOTED.

    Raises FormProblems, AppError verification.not_complete, .over, .waits, access.denied where the words are withheld.
    """
    known = {"recommendation": "verification_advice", **dict.fromkeys(rules.DANGERS, "danger")}
    wrong = [
        FieldProblem(name, _("Choose one of the answers."))
        for name, code_list in known.items()
        if noted.get(name) and noted[name] not in desk.vocabularies[code_list]
    ]
    if noted.get("can_care", "") not in _YES_NO:
        wrong.append(FieldProblem("can_care", _("Choose one of the answers.")))
    if not set(noted) <= set(NOTED):
        raise AppError("record.not_found")
    if wrong:
        raise FormProblems(wrong)
    with desk.writing() as unit:
        stand = _complete(desk, unit, verification_id)
        values: dict[str, Any] = {name: value.strip() for name, value in noted.items()}
        unit.save(replace(stand.one, **values))
        return Changes.of(unit)


def ready(desk: Desk, verification_id: str) -> tuple[Missing, ...]:
    """What is missing before a supervisor can be asked, in words."""
    return compared(desk, verification_id).missing


def _complete(desk: Desk, unit: Unit, verification_id: str) -> Stand:
    """One of which both sides are complete, for somebody who may read it, and about which nobody was asked yet."""
    stand = going_on(desk, unit, verification_id)
    if not both_done(stand.one):
        raise AppError("verification.not_complete")
    if words_withheld(desk, unit, stand):
        raise AppError("access.denied")
    require_unasked(unit, stand.one)
    return stand
