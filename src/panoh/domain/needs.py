"""Specific needs: dated, coded observations, with a status, never a diagnosis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

NOTICED, PENDING, CONFIRMED, MET, NOT_APPLICABLE = "noticed", "pending", "confirmed", "met", "not_applicable"
STANDING = frozenset({NOTICED, PENDING, CONFIRMED})  # statuses in which a need still counts
WAITING = frozenset({NOTICED, PENDING})  # nobody of protection has looked at it yet
REVIEWED = frozenset({CONFIRMED, MET, NOT_APPLICABLE})  # what a review can find
SEVERE = "severe"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecificNeed:
    """One need of one person: a UNHCR specific needs code or a local one (PX-...)."""

    id: str
    person_id: str
    code: str
    status: str = NOTICED
    source: str = ""  # vocab source: own_account, observed, other_person, paper
    event_on: date | None = None  # when it happened: wound, birth, violence
    due_on: date | None = None  # expected birth
    care_refused: bool = False  # care was offered and the person declined
    noticed_at: datetime | None = None
    noticed_by: str = ""  # user
    reviewed_at: datetime | None = None  # when somebody of protection confirmed it, struck it out, or found it met
    reviewed_by: str = ""  # user
    until: date | None = None  # after this day it waits for review again
    severity: str = ""  # vocab severity
    note: str = ""  # what was seen or told; withheld with the words of the case
    review_why: str = ""  # why it does not apply, or why nothing is done about it; withheld likewise

    @property
    def stands(self) -> bool:
        """Whether the need still counts: it is neither met nor struck out."""
        return self.status in STANDING

    def waits(self, today: date) -> bool:
        """Whether it waits for a review: nobody confirmed it yet, or its last day is past."""
        return self.status in WAITING or (self.stands and self.until is not None and self.until < today)


def overlapping(need: SpecificNeed, others: Iterable[SpecificNeed]) -> SpecificNeed | None:
    """Another need of the same code that stands while this one does: one of the two is enough, and is changed instead."""
    if not need.stands:
        return None
    return next((one for one in others if one.id != need.id and one.code == need.code and one.stands), None)
