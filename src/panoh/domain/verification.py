"""Verification: whether two people are what they say they are to each other, asked of both sides apart.

Side A is the one who was found, mostly a child; side B is the one who asks. Neither side's answers are shown beside
the other's before both are complete (field guide section 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from panoh.base.i18n import N_, ngettext
from panoh.base.i18n import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """One verification of one request and the person who may be the one sought."""

    id: str
    request_id: str
    person_id: str
    begun_at: datetime | None = None
    begun_by: str = ""  # user
    a_asked_by: str = ""  # user
    a_done_at: datetime | None = None  # all was asked of side A
    b_asked_by: str = ""  # user
    b_done_at: datetime | None = None
    papers_seen: str = ""
    photo_choice_a: str = ""  # vocab photo_choice: whom side A picked out of several photos
    photo_choice_b: str = ""
    referee: str = ""  # who of the community knows both, and what they said
    child_view: str = ""
    child_told: str = ""  # what the child was told
    can_care: str = ""  # yes, no: the adult can and will
    care_words: str = ""
    other_carer: str = ""  # who else could care for the child
    danger_state: str = ""  # vocab danger: refoulement, persecution
    danger_violence: str = ""  # vocab danger: at home
    danger_trafficking: str = ""  # vocab danger
    danger_words: str = ""
    recommendation: str = ""  # vocab verification_advice
    recommendation_words: str = ""
    approval_id: str = ""  # the decision that was asked of a supervisor
    result: str = ""  # vocab verification_result: verified, not_verified, given_up; '' goes on
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationQuestion:
    """One question that both sides are asked apart."""

    id: str
    verification_id: str
    position: int = 0
    question: str = ""  # vocab verification_question
    words: str = ""  # a question of one's own
    answer_a: str = ""
    answer_b: str = ""
    agreement: str = ""  # vocab agreement: agree, partly, differ, open
    remark: str = ""


# --- the rules --------------------------------------------------------------------------------------------------------

A, B = "a", "b"
SIDES = (A, B)
OWN = "own"  # vocab verification_question: a question of one's own, which stands in words
NOT_DONE = "not_done"  # vocab photo_choice
NAME_QUESTIONS = frozenset({"names", "siblings", "parents"})  # before these are answered no photo is shown
AGREE, PARTLY, DIFFER, OPEN = "agree", "partly", "differ", "open"  # vocab agreement
JUDGED = (AGREE, PARTLY, DIFFER, OPEN)
VERIFIED, NOT_VERIFIED, GIVEN_UP = "verified", "not_verified", "given_up"  # vocab verification_result
SIGNS, NONE_FOUND = "signs", "none_found"  # vocab danger
DANGERS = ("danger_state", "danger_violence", "danger_trafficking")
LEAST_FRESH = 3  # questions that were not asked before; of fewer a few guesses would do
# What nobody reads before both sides are complete, but whoever asks that side.
HIDDEN = frozenset({"answer_a", "answer_b", "photo_choice_a", "photo_choice_b"})


def side_done(one: Verification, side: str) -> bool:
    """Whether everything was asked of this side: its answers are closed and hidden until the other one is as well."""
    return (one.a_done_at if side == A else one.b_done_at) is not None


def both_done(one: Verification) -> bool:
    """Whether both sides are complete: from then on the answers stand beside each other, and nobody changes them."""
    return side_done(one, A) and side_done(one, B)


def asked_by(one: Verification, side: str) -> str:
    """The user who asks this side; '' is nobody yet."""
    return one.a_asked_by if side == A else one.b_asked_by


def answer_of(question: VerificationQuestion, side: str) -> str:
    """What this side answered."""
    return question.answer_a if side == A else question.answer_b


def photo_open(questions: Iterable[VerificationQuestion], side: str) -> bool:
    """Whether photos may be shown to this side: only after what is asked before them was answered."""
    return all(answer_of(one, side).strip() for one in before_photos(questions))


def before_photos(questions: Iterable[VerificationQuestion]) -> list[VerificationQuestion]:
    """What is asked before any photo is shown: the names; all of it where these were asked another time."""
    asked = list(questions)
    return [one for one in asked if one.question in NAME_QUESTIONS] or asked


def photo_choice(one: Verification, questions: Iterable[VerificationQuestion], side: str) -> str:
    """Whom this side picked out of the photos; that it was not done, where the names were not told; '' is not said yet."""
    choice = one.photo_choice_a if side == A else one.photo_choice_b
    return choice or ("" if photo_open(questions, side) else NOT_DONE)


def lacking(questions: Sequence[VerificationQuestion], *, asked_before: bool) -> int:
    """How many questions are to be written before a side is asked, where the two were asked before."""
    return max(0, LEAST_FRESH - len(questions)) if asked_before else 0


def uncleared(questions: Iterable[VerificationQuestion]) -> list[VerificationQuestion]:
    """Where the two differ and no remark says how that was cleared: so long nobody is handed over (paper/documents, verification)."""
    return [one for one in questions if one.agreement == DIFFER and not one.remark.strip()]


def same_question(one: str, other: str) -> bool:
    """Whether two questions are one in other letters, signs or spaces."""
    return _bare(one) == _bare(other)


def _bare(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers agree, agree partly, differ, and are open still."""

    agree: int = 0
    partly: int = 0
    differ: int = 0
    open: int = 0

    @property
    def judged(self) -> int:
        """How many questions both sides could be compared in."""
        return self.agree + self.partly + self.differ


def tally(questions: Iterable[VerificationQuestion]) -> Tally:
    """Count the judgements; a question that nobody judged is open."""
    found = [one.agreement or OPEN for one in questions]
    return Tally(found.count(AGREE), found.count(PARTLY), found.count(DIFFER), found.count(OPEN))


def headline(counted: Tally) -> str:
    """'5 of 9 agree, 3 partly, 1 differs'."""
    if not counted.judged:
        return _("Nothing is compared yet")
    parts = [_("{n} of {all} agree").format(n=counted.agree, all=counted.judged)]
    if counted.partly:
        parts.append(_("{n} partly").format(n=counted.partly))
    if counted.differ:
        parts.append(ngettext("{n} differs", "{n} differ", counted.differ).format(n=counted.differ))
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is still to be done, in words, and the field where it is done."""

    field: str
    words: str


def side_missing(one: Verification, questions: Sequence[VerificationQuestion], side: str) -> tuple[Missing, ...]:
    """What is missing before a side is closed, after which nobody adds to it. A question may stay without an answer, not all."""
    if not any(answer_of(each, side).strip() for each in questions):
        return (Missing("side", _("Nothing was answered yet.")),)
    if not photo_choice(one, questions, side):
        return (Missing("photo", _("Say whom they picked out of the photos, or that it was not done.")),)
    return ()


def missing(one: Verification, questions: Iterable[VerificationQuestion], *, child: bool) -> tuple[Missing, ...]:
    """What is missing before a supervisor can be asked. `child`: one of the two may be under 18, whose view is then needed."""
    found = [
        Missing(f"side_{side}", words)
        for side, words in ((A, _("Side A is not complete.")), (B, _("Side B is not complete.")))
        if not side_done(one, side)
    ]
    if not both_done(one):
        return tuple(found)
    unjudged = [each for each in questions if not each.agreement]
    if unjudged:
        words = ngettext("{n} answer is not compared yet.", "{n} answers are not compared yet.", len(unjudged))
        found.append(Missing(f"agreement.{unjudged[0].id}", words.format(n=len(unjudged))))
    found += [Missing(name, _(words)) for name, words in _NEEDED if not getattr(one, name).strip()]
    if child:
        found += [Missing(name, _(words)) for name, words in _OF_CHILD if not getattr(one, name).strip()]
    found += [Missing(name, _(words)) for name, words in _ASKED if getattr(one, name) not in (SIGNS, NONE_FOUND)]
    if any(getattr(one, name) == SIGNS for name in DANGERS) and not one.danger_words.strip():
        found.append(Missing("danger_words", _("Say which signs of danger there are.")))
    if not one.recommendation:
        found.append(Missing("recommendation", _("Say what you recommend.")))
    return tuple(found)


def dangers(one: Verification) -> tuple[str, ...]:
    """The fields of the dangers of which there are signs."""
    return tuple(name for name in DANGERS if getattr(one, name) == SIGNS)


_NEEDED = (
    ("papers_seen", N_("Say which papers were seen, or that none were.")),
    ("photo_choice_a", N_("Say whom side A picked out of the photos, or that it was not done.")),
    ("photo_choice_b", N_("Say whom side B picked out of the photos, or that it was not done.")),
    ("referee", N_("Say who of the community knows both, or that nobody was found.")),
    ("can_care", N_("Say whether the adult can and will care.")),
)
_OF_CHILD = (
    ("child_view", N_("Write the child's own view: nothing is decided without it.")),
    ("child_told", N_("Say what the child was told.")),
)
_ASKED = (
    ("danger_state", N_("Ask about danger from a State.")),
    ("danger_violence", N_("Ask about violence at home.")),
    ("danger_trafficking", N_("Ask about signs of trafficking.")),
)
