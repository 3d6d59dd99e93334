"""What somebody answered about two registrations that look like one person. An answer is remembered for ever."""

from __future__ import annotations

import re

from panoh.domain.match_parts import BANDS
from panoh.domain.merging import DuplicateDecision

SAME, RELATIVES, DIFFERENT, LATER = "same", "relatives", "different", "later"
STATES = (SAME, RELATIVES, DIFFERENT, LATER)
TWO_PEOPLE = frozenset({RELATIVES, DIFFERENT})
_POINTS = re.compile(r"-?\d+$")
RISEN = 20  # points, the width of a band, by which a pair must rise before it is asked about again
# Facts of a person that are compared: only a change of these can bring an answered pair back.
FACTS = frozenset(
    "given_name family_name patronymic sex birth_precision birth_earliest birth_latest origin phone household_id".split()
)


def in_order(one: str, other: str) -> tuple[str, str]:
    """Two ids in the order in which a pair is written; ids grow with time, so the first is who was registered first."""
    return (one, other) if one < other else (other, one)


def facts_of(score: float) -> str:
    """What is kept with an answer of the facts that were compared."""
    return str(round(score))


def comes_back(decision: DuplicateDecision, score: float) -> bool:
    """Whether a pair that was answered is asked about again, once a fact that is compared was changed after the answer.

    'Same person' is done with, and 'later' waits on a list of its own. 'Different' and 'relatives' stand for ever, unless
    after the answer a fact that is compared was changed on one of the two, or added to it (a name, the birth, the sex,
    the place before, a phone, the household, another name, a paper), and the pair now scores at least a band (20
    points) more than when it was answered: somebody corrected the very thing that told the two apart. Of an answer
    that was given while one of the two was being typed no points are kept: then it takes a strong match.
    """
    least = int(decision.facts) + RISEN if _POINTS.match(decision.facts) else BANDS[0][0]
    return decision.state in TWO_PEOPLE and score >= least
