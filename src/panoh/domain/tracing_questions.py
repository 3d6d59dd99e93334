"""Which facts of a comparison would decide, so that they are asked of each side apart.

A question is worth most where nobody could have guessed or overheard the answer: marks on the body first, as every
guide to verification says (field guide §5). Then the facts with the most to gain: those that one side did not tell,
or in which the two sides are only near. What agrees or differs already decides nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from panoh.domain.match_parts import DIFFERS, NEAR, NOT_KNOWN, PAPER, SEX

MARKS = "marks"
MOST = 2  # facts that are named; more would be no advice
LEAST_GAIN = 3.0  # points below which an answer would change nothing
_NEVER_ASKED = frozenset({SEX, "household"})  # seen, not asked
_ONLY_WITH_SOMETHING = frozenset({MARKS, PAPER})  # asked only where one side told of one: few have it


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a comparison: how the two sides relate, what it is worth, and which side told it."""

    name: str
    verdict: str
    points: float
    out_of: float
    asked: bool  # the request tells it
    told: bool  # the person, or their record, tells it

    @property
    def gain(self) -> float:
        """Points that a good answer would bring."""
        return self.out_of if self.verdict == NOT_KNOWN else self.out_of - self.points if self.verdict == NEAR else 0.0


def would_decide(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The names of the facts to be asked about, the best first, at most MOST.

    Marks that one side told come alone, unless they differ: they decide by themselves. Of equal gains the fact that one side
    told already comes first: there is something to hold the answer beside.
    """
    asked = [fact for fact in facts if fact.name not in _NEVER_ASKED and fact.verdict != DIFFERS]
    if any(fact.name == MARKS and (fact.asked or fact.told) for fact in asked):
        return (MARKS,)
    open_ones = [
        fact
        for fact in asked
        if fact.gain >= LEAST_GAIN and (fact.name not in _ONLY_WITH_SOMETHING or fact.asked or fact.told)
    ]
    open_ones.sort(key=lambda fact: (-fact.gain, not (fact.asked or fact.told), fact.name))
    return tuple(fact.name for fact in open_ones[:MOST])


def speaks_against(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The names of the facts that differ, those worth most first: they are asked about before anything else is done."""
    differing = [fact for fact in facts if fact.verdict == DIFFERS]
    differing.sort(key=lambda fact: (fact.points - fact.out_of, fact.name))
    return tuple(fact.name for fact in differing)
