"""What somebody answered about two registrations that look like one person. An answer is remembered for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SAME, RELATIVES, DIFFERENT, LATER = "same", "relatives", "different", "later"
STATES = (SAME, RELATIVES, DIFFERENT, LATER)
TWO_PEOPLE = frozenset({RELATIVES, DIFFERENT})
RISEN = 20  # points, the width of a band, by which a pair must rise before it is asked about again
# Facts of a person that are compared: only a change of these can bring an answered pair back.
FACTS = frozenset(
    "given_name family_name patronymic sex birth_precision birth_earliest birth_latest origin phone household_id".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateDecision:
    """The answer about one pair; `person_a_id` is the one registered first. Answering again changes the record."""

    id: str
    person_a_id: str
    person_b_id: str
    state: str  # same, relatives, different, later
    reason: str = ""
    score: int = 0  # what the pair scored when it was answered
    decided_by: str = ""
    decided_at: datetime | None = None


def in_order(one: str, other: str) -> tuple[str, str]:
    """Two ids in the order in which a pair is written; ids grow with time, so the first is who was registered first."""
    return (one, other) if one < other else (other, one)


def comes_back(decision: DuplicateDecision, score: float, changed_since: bool) -> bool:
    """Whether a pair that was answered is asked about again.

    'Same person' is done with, and 'later' waits on a list of its own. 'Different' and 'relatives' stand for ever, unless after
    the answer a fact that is compared was changed or added to one of the two (a name, the birth, the sex, the place before,
    the phone, the household, another name, a paper) and the pair now scores at least a band (20 points) more than
    when it was answered: somebody corrected the very thing that told the two apart.
    """
    return decision.state in TWO_PEOPLE and changed_since and score >= decision.score + RISEN
