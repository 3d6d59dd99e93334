"""When time alone changes a level next: a birthday, a window that closes, a pregnancy, a departure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from panoh.domain.triage import codes
from panoh.domain.triage.clocks import start_of
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.predicates_health import birth_ends, late_from
from panoh.domain.triage.predicates_violence import window_closes
from panoh.domain.triage.situations import is_near, near_from, stale_from

_DAYS_OF_NEEDS = (
    (tuple(sorted(codes.SEXUAL_VIOLENCE)), window_closes),
    (tuple(sorted(codes.PREGNANT)), late_from),
    ((codes.GAVE_BIRTH,), birth_ends),
)


def next_change(facts: Facts) -> datetime | None:
    """The next moment at which the assessment may differ although nobody changed anything; None when there is none."""
    today = facts.today
    day = min((day for day in _days(facts) if day is not None and day > today), default=None)
    return None if day is None else start_of(day)


def _days(facts: Facts) -> Iterator[date | None]:
    # A birthday of any member may matter: for shelter, for who is in charge, for a family parted at a crossing.
    yield facts.household.next_age_change
    yield facts.search_changes_on
    leaving = [on for on in (facts.site_closing_on, facts.departs_on, facts.leave_by) if on is not None]
    for on in leaving:
        yield near_from(on)
    if any(is_near(on, facts.today) for on in leaving):
        yield stale_from(facts)
    if facts.needs:
        for wanted, day_of in _DAYS_OF_NEEDS:
            for need in facts.with_codes(wanted):
                yield day_of(need)
