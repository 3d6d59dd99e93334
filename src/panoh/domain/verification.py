"""Verification: whether two people are what they say they are to each other, asked of both sides apart.

Side A is the one who was found, mostly a child; side B is the one who asks. Neither side's answers are shown beside
the other's before both are complete (field guide section 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


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
