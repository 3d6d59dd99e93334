"""Rule T21: return or the closing of a site is near, and leaving is a danger for this person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from panoh.domain.triage import codes
from panoh.domain.triage.facts import FactRead, Facts
from panoh.domain.triage.registry import Fired, fired, rule
from panoh.domain.triage.situations import child_alone, departure_near, is_near, without_papers

_SURVIVOR = sorted(codes.SURVIVOR)
_WOUND_OR_PRESSURE = (*sorted(codes.WOUND), codes.PRESSURE_TO_RETURN)
_DAYS = ("site_closing_on", "departs_on")


@rule("T21", exile="leaves_on")
def t21_exile_must_leave(facts: Facts) -> Fired | None:
    """A person for whom T02 fires must leave soon: by the site, by a plan, or by what the assessment tells.

    The day of the assessment is read here alone, because the other variants are no secret.
    """
    days = [on for on in (facts.leaves_on, facts.leave_by) if on is not None]
    if not facts.member.exile_in_danger or not is_near(min(days, default=None), facts.today):
        return None
    return _leaving(min(days), fired(facts, "exile", *_DAYS, "leave_by", "feared_country"))


@rule("T21", codes=codes.SURVIVOR, survivor="leaves_on need")
def t21_survivor_must_leave(facts: Facts) -> Fired | None:
    """A survivor of torture or of sexual violence must leave soon."""
    found, on = facts.with_codes(_SURVIVOR), facts.leaves_on
    return (
        _leaving(on, fired(facts, "survivor", *_DAYS, needs=found)) if found and on and departure_near(facts) else None
    )


@rule(
    "T21",
    codes=codes.WOUND | codes.UNACCOMPANIED | {codes.PRESSURE_TO_RETURN, codes.NO_PAPERS, codes.HOUSE_BURNT},
    exposed="leaves_on",
)
def t21_exposed_must_leave(facts: Facts) -> Fired | None:
    """A child alone, a wounded person, one without papers or home, or one pressed to go must leave soon."""
    on = facts.leaves_on
    if on is None or not departure_near(facts):
        return None
    found = facts.with_codes(_WOUND_OR_PRESSURE)
    if not (found or child_alone(facts) or without_papers(facts) or facts.household.house_burnt):
        return None
    names = (*_DAYS, "care", "nationality", "document_state", "house_burnt")
    return _leaving(on, fired(facts, "exposed", *names, needs=found))


def _leaving(on: date, hit: Fired) -> Fired:
    return replace(hit, facts=(FactRead("leaves_on", on), *hit.facts), leaves_on=on)
