"""Rules T14 to T17 and T22: shelter, papers, missing kin, new threats, families parted at a crossing."""

from __future__ import annotations

from dataclasses import replace

from panoh.domain.triage import codes
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.registry import Fired, fired, rule
from panoh.domain.triage.situations import NO_SHELTER, without_papers


@rule("T14", codes=codes.FRAIL | {codes.HOUSE_BURNT}, shelter="", exposed="")
def t14_no_shelter(facts: Facts) -> Fired | None:
    """House burnt or shelter inadequate; graver in the open, or when someone frail is with them.

    Who is frail, and why, is not among the facts: a member's wound or pregnancy must not be read on another's page.
    """
    home = facts.household
    if home.shelter not in NO_SHELTER and not home.house_burnt:
        return None
    if not facts.is_here:
        return None
    variant = "exposed" if home.frail_here or home.shelter == "open_air" else "shelter"
    return fired(facts, variant, "shelter", "house_burnt")


@rule("T15", codes={codes.NO_PAPERS}, papers="", crossing="")
def t15_without_papers(facts: Facts) -> Fired | None:
    """Stateless, nationality undetermined or papers lost; graver when a crossing is expected."""
    if not without_papers(facts):
        return None
    crossing = facts.border_status == "waiting" or bool(facts.flight.intends_to_go) or facts.departs_on is not None
    return fired(
        facts,
        "crossing" if crossing else "papers",
        "nationality",
        "document_state",
        "border_status",
        "intends_to_go",
        "departs_on",
        needs=facts.with_codes((codes.NO_PAPERS,)),
    )


@rule("T16", codes={codes.TRACING}, search="", at_risk="search")
def t16_missing_kin(facts: Facts) -> Fired | None:
    """A search for kin is open; graver for a child, or for someone last seen in custody or violence."""
    found = facts.with_codes((codes.TRACING,))
    if not facts.search and not found:
        return None
    return fired(facts, "at_risk" if facts.search in ("child", "custody") else "search", "search", needs=found)


@rule("T17", codes={codes.NEW_THREAT}, threat="need")
def t17_new_threat(facts: Facts) -> Fired | None:
    """A new threat: one level above what the other rules say."""
    found = facts.with_codes((codes.NEW_THREAT,))
    return fired(facts, "threat", needs=found) if found else None


@rule("T17", incident="threat_on")
def t17_threat_of_an_incident(facts: Facts) -> Fired | None:
    """An incident of threat that meant or harmed the person since they were last assessed.

    On the day of an assessment nobody can tell which came first: the level stays, and the clock has stopped.
    """
    if facts.threat_on is None:
        return None
    return replace(fired(facts, "incident", "threat_on", "assessed_on"), met_on=facts.assessed_on)


@rule("T17", not_seen="not_seen_on")
def t17_follow_up_failed(facts: Facts) -> Fired | None:
    """The newest follow-up that was done found nobody."""
    return fired(facts, "not_seen", "not_seen_on", "presence") if facts.not_seen_on is not None else None


@rule("T17", exile_gone="disappeared_on", child_gone="disappeared_on", gone="disappeared_on")
def t17_disappeared(facts: Facts) -> Fired | None:
    """Someone who was here has disappeared. The day stands until someone clears it."""
    if facts.disappeared_on is None:
        return None
    variant = "exile_gone" if facts.member.exile_in_danger else "child_gone" if facts.member.child else "gone"
    return fired(facts, variant, "disappeared_on", "presence", "age")


@rule("T22", codes=codes.WOUND | codes.PREGNANT, turned_back="border_status", turned_back_frail="border_status")
def t22_turned_back(facts: Facts) -> Fired | None:
    """Turned back at a crossing; graver for a child, a wounded or a pregnant person."""
    if facts.border_status != "turned_back":
        return None
    return fired(facts, "turned_back_frail" if _frail_at_crossing(facts) else "turned_back", "border_status", "age")


@rule("T22", codes=codes.WOUND | codes.PREGNANT, parted="", parted_frail="")
def t22_parted_at_crossing(facts: Facts) -> Fired | None:
    """The household was parted at a crossing: someone of it was stopped there while others are here."""
    home = facts.household
    if not home.stopped or not home.present:
        return None
    if not facts.is_here and facts.member.person_id not in home.stopped:
        return None
    variant = "parted_frail" if home.frail_stopped or _frail_at_crossing(facts) else "parted"
    return fired(facts, variant, "presence", "age")


def _frail_at_crossing(facts: Facts) -> bool:
    member = facts.member
    return member.child or member.wounded or member.pregnant
