"""Rules T04, T10 and T11: torture and sexual violence, of any sex."""

from __future__ import annotations

from datetime import date

from panoh.domain.needs import SpecificNeed
from panoh.domain.triage import codes
from panoh.domain.triage.ages import days_after
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.registry import Fired, fired, rule

# 120 hours are five days. Only the day is recorded, so the window is held open until the fifth day after it has ended.
_WINDOW_DAYS = 5
_ACUTE = sorted(codes.SEXUAL_VIOLENCE)
_THREATS = (codes.THREATENED_BY_POLICE, codes.AGENTS_SEEN)
_OTHER = sorted(codes.OTHER_GENDER_VIOLENCE)


@rule("T04", codes=codes.TORTURE | {codes.DISTRESS, codes.NEW_THREAT}, survivor="need", distress="need")
def t04_torture_survivor(facts: Facts) -> Fired | None:
    """A survivor of torture; graver with acute distress or a threat that goes on."""
    found = facts.with_codes(sorted(codes.TORTURE))
    if not found:
        return None
    now = facts.with_codes((codes.DISTRESS, codes.NEW_THREAT))
    flight = facts.flight
    told = (flight.approached_by_agents == "yes", flight.return_threatened_on, facts.threat_on, facts.signs(_THREATS))
    return fired(
        facts, "distress" if now or any(told) else "survivor", "threat_on", needs=(*found, *now), signs=_THREATS
    )


def window_closes(need: SpecificNeed) -> date | None:
    """The first day on which an act of sexual violence is surely more than 120 hours past; None: day unknown."""
    return None if need.event_on is None else days_after(need.event_on, _WINDOW_DAYS + 1)


def _is_recent(need: SpecificNeed, today: date) -> bool:
    closes = window_closes(need)
    return closes is None or today < closes


@rule("T10", codes=codes.SEXUAL_VIOLENCE, recent="need")
def t10_recent_sexual_violence(facts: Facts) -> Fired | None:
    """Sexual violence within 120 hours or on an unknown day. Care declined stops the clock: the survivor decides."""
    recent = [need for need in facts.with_codes(_ACUTE) if _is_recent(need, facts.today)]
    if not recent:
        return None
    return fired(facts, "recent", needs=recent, stopped=all(need.care_refused for need in recent))


@rule("T11", codes=codes.SEXUAL_VIOLENCE | codes.OTHER_GENDER_VIOLENCE, earlier="need")
def t11_earlier_sexual_violence(facts: Facts) -> Fired | None:
    """Sexual violence earlier than that, or another form of gender-based violence."""
    earlier = [need for need in facts.with_codes(_ACUTE) if not _is_recent(need, facts.today)]
    earlier += facts.with_codes(_OTHER)
    if not earlier:
        return None
    return fired(facts, "earlier", needs=earlier, stopped=all(need.care_refused for need in earlier))
