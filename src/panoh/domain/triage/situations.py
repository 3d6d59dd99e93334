"""Situations that more than one rule reads."""

from __future__ import annotations

from datetime import date

from panoh.domain.triage import codes
from panoh.domain.triage.ages import days_after
from panoh.domain.triage.facts import Facts

NO_SHELTER = frozenset({"inadequate", "open_air"})
ALONE_CODES = tuple(sorted(codes.UNACCOMPANIED))

_NO_CARER = frozenset({"none", "independent", "child_headed"})
_NEAR_DAYS = 14


def child_alone(facts: Facts) -> bool:
    """Whether this is an unaccompanied child, by a code or by what is recorded about care.

    The code counts even against a recorded age of 18 or more: facts that contradict each other never lower a level
    (field guide 3.5), and an age in a list is wrong more often than a caseworker who met a child alone.
    """
    return bool(facts.with_codes(ALONE_CODES)) or (facts.member.child and facts.care in _NO_CARER)


def without_papers(facts: Facts) -> bool:
    """Whether the person is stateless, of undetermined nationality, or without a paper to show."""
    return bool(facts.nationality or facts.document_state or codes.NO_PAPERS in facts.needs)


def near_from(closing: date) -> date | None:
    """The day from which the closing of a site counts as near."""
    return days_after(closing, -_NEAR_DAYS)


def departure_near(facts: Facts) -> bool:
    """Whether the site closes within 14 days, or has closed while the person is still recorded there."""
    if facts.site_closing_on is None:
        return False
    start = near_from(facts.site_closing_on)
    return start is None or facts.today >= start
