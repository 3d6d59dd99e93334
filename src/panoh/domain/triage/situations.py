"""Situations that more than one rule reads."""

from __future__ import annotations

from datetime import date

from panoh.domain.needs import SpecificNeed
from panoh.domain.triage import codes
from panoh.domain.triage.ages import days_after
from panoh.domain.triage.facts import Facts

NO_SHELTER = frozenset({"inadequate", "open_air"})
ALONE_CODES = tuple(sorted(codes.UNACCOMPANIED))
_DISABILITIES = tuple(sorted(codes.DISABILITY))

_NO_CARER = frozenset({"none", "independent", "child_headed"})
_NEAR_DAYS = 14
_FRESH_DAYS = 3  # 72 h


def child_alone(facts: Facts) -> bool:
    """Whether this is an unaccompanied child, by a code or by what is recorded about care.

    The code counts even against a recorded age of 18 or more: facts that contradict each other never lower a level
    (field guide 3.5), and an age in a list is wrong more often than a caseworker who met a child alone.
    """
    return bool(facts.with_codes(ALONE_CODES)) or (facts.member.child and facts.care in _NO_CARER)


def without_papers(facts: Facts) -> bool:
    """Whether the person is stateless, of undetermined nationality, or without a paper to show."""
    return bool(facts.nationality or facts.document_state or codes.NO_PAPERS in facts.needs)


def severe_disability(facts: Facts) -> tuple[SpecificNeed, ...]:
    """Disabilities that are severe, by their code or by what was noted of them."""
    found = facts.with_codes(_DISABILITIES)
    return tuple(need for need in found if need.code in codes.SEVERE_DISABILITY or need.severity == codes.SEVERE)


def near_from(leaving: date) -> date | None:
    """The day from which a departure, or the closing of a site, counts as near."""
    return days_after(leaving, -_NEAR_DAYS)


def is_near(leaving: date | None, today: date) -> bool:
    """Whether this day is within 14 days, or past."""
    if leaving is None:
        return False
    start = near_from(leaving)
    return start is None or today >= start


def departure_near(facts: Facts) -> bool:
    """Whether the site closes, or a return is planned, within 14 days; or that day went by and the person is still there."""
    return is_near(facts.leaves_on, facts.today)


def stale_from(facts: Facts) -> date | None:
    """The day from which what was told in the refoulement assessment is older than 72 hours."""
    told = facts.flight.assessed_on
    return None if told is None else days_after(told, _FRESH_DAYS + 1)


def told_too_long_ago(facts: Facts) -> bool:
    """Whether a departure is near and the assessment older than 72 hours: it lowers nothing then (field guide, T21)."""
    start = stale_from(facts)
    leaving = is_near(facts.leave_by, facts.today) or departure_near(facts)
    return leaving and start is not None and facts.today >= start
