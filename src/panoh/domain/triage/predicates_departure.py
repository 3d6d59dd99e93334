"""Rule T21: return or the closing of a site is near, and leaving is a danger for this person."""

from __future__ import annotations

from panoh.domain.triage import codes
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.registry import Fired, fired, rule
from panoh.domain.triage.situations import child_alone, departure_near, without_papers

_SURVIVOR = sorted(codes.SURVIVOR)
_WOUND_OR_PRESSURE = (*sorted(codes.WOUND), codes.PRESSURE_TO_RETURN)


@rule("T21", exile="site_closing_on")
def t21_exile_must_leave(facts: Facts) -> Fired | None:
    """The site closes around a person for whom T02 fires."""
    if not facts.member.exile_in_danger or not departure_near(facts):
        return None
    return fired(facts, "exile", "site_closing_on", "feared_country")


@rule("T21", codes=codes.SURVIVOR, survivor="site_closing_on need")
def t21_survivor_must_leave(facts: Facts) -> Fired | None:
    """The site closes around a survivor of torture or of sexual violence."""
    found = facts.with_codes(_SURVIVOR)
    return fired(facts, "survivor", "site_closing_on", needs=found) if found and departure_near(facts) else None


@rule(
    "T21",
    codes=codes.WOUND | codes.UNACCOMPANIED | {codes.PRESSURE_TO_RETURN, codes.NO_PAPERS, codes.HOUSE_BURNT},
    exposed="site_closing_on",
)
def t21_exposed_must_leave(facts: Facts) -> Fired | None:
    """The site closes around a child alone, a wounded person, one without papers or home, or one pressed to go."""
    if not departure_near(facts):
        return None
    found = facts.with_codes(_WOUND_OR_PRESSURE)
    if not (found or child_alone(facts) or without_papers(facts) or facts.household.house_burnt):
        return None
    names = ("site_closing_on", "care", "nationality", "document_state", "house_burnt")
    return fired(facts, "exposed", *names, needs=found)
