"""Rules T12, T13, T19 and T20: wounds, illness, pregnancy, and people who cannot look after themselves."""

from __future__ import annotations

from datetime import date

from panoh.domain.needs import CONFIRMED, SpecificNeed
from panoh.domain.triage import codes
from panoh.domain.triage.ages import days_after
from panoh.domain.triage.clocks import local_day
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.registry import Fired, fired, rule
from panoh.domain.triage.situations import NO_SHELTER, severe_disability

_LATE_DAYS = 28  # 36 weeks are 28 days before the expected birth at 40
_AFTER_BIRTH_DAYS = 42
_PREGNANT = sorted(codes.PREGNANT)


@rule("T12", codes={codes.LIFE_THREATENING}, wound="need")
def t12_threat_to_life(facts: Facts) -> Fired | None:
    """A wound or an illness that may kill."""
    found = facts.with_codes((codes.LIFE_THREATENING,))
    return fired(facts, "wound", needs=found) if found else None


@rule("T12", codes={codes.PREGNANCY_DANGER}, pregnancy="need")
def t12_pregnancy_danger(facts: Facts) -> Fired | None:
    """Labour, or a danger sign in pregnancy."""
    found = facts.with_codes((codes.PREGNANCY_DANGER,))
    return fired(facts, "pregnancy", needs=found) if found else None


@rule("T12", codes={codes.CRITICAL_CONDITION}, condition="need")
def t12_critical_condition(facts: Facts) -> Fired | None:
    """A critical medical condition, confirmed. One that was only noticed is T19: it is to be looked at first."""
    found = [need for need in facts.with_codes((codes.CRITICAL_CONDITION,)) if need.status == CONFIRMED]
    return fired(facts, "condition", needs=found) if found else None


@rule("T12", urgent="urgent")
def t12_said_urgent(facts: Facts) -> Fired | None:
    """Someone answered yes to urgent health or safety: nobody may wait because no code says what it is."""
    return fired(facts, "urgent", "urgent") if facts.urgent == "yes" else None


@rule("T13", codes={codes.CANNOT_CARE, codes.OLDER_ALONE} | codes.DISABILITY, alone="need")
def t13_cannot_care_for_self(facts: Facts) -> Fired | None:
    """An older person unable to care for themselves, or an older or severely disabled person alone."""
    found = facts.with_codes((codes.CANNOT_CARE,))
    others_here = facts.household.present - (1 if facts.is_here else 0)
    if not others_here:
        found += facts.with_codes((codes.OLDER_ALONE,)) + severe_disability(facts)
    return fired(facts, "alone", "age", needs=found) if found else None


@rule("T13", codes=codes.FRAIL | codes.OLDER | {codes.LEFT_BEHIND}, left_behind="")
def t13_left_behind(facts: Facts) -> Fired | None:
    """Left behind and unable to flee: by code, or recorded as left behind and a child or frail."""
    found = facts.with_codes((codes.LEFT_BEHIND,))
    member = facts.member
    helpless = member.child or member.frail or bool(facts.with_codes(sorted(codes.OLDER)))
    if not found and not (member.presence == "left_behind" and helpless):
        return None
    return fired(facts, "left_behind", "presence", "age", needs=found)


@rule("T19", codes={codes.OTHER_WOUND}, injury="need")
def t19_injury_from_violence(facts: Facts) -> Fired | None:
    """An injury from violence that does not threaten life."""
    found = facts.with_codes((codes.OTHER_WOUND,))
    return fired(facts, "injury", needs=found) if found else None


@rule("T19", codes={codes.HOSPITAL_UNSAFE}, hospital="need")
def t19_hospital_unsafe(facts: Facts) -> Fired | None:
    """The hospital is not safe for this person."""
    found = facts.with_codes((codes.HOSPITAL_UNSAFE,))
    return fired(facts, "hospital", needs=found) if found else None


@rule("T19", codes={codes.CRITICAL_CONDITION, codes.DIFFICULT_PREGNANCY}, condition="need")
def t19_condition_not_confirmed(facts: Facts) -> Fired | None:
    """A critical condition that nobody confirmed yet, or a difficult pregnancy without a danger sign."""
    found = [need for need in facts.with_codes((codes.CRITICAL_CONDITION,)) if need.status != CONFIRMED]
    found += facts.with_codes((codes.DIFFICULT_PREGNANCY,))
    return fired(facts, "condition", needs=found) if found else None


def late_from(need: SpecificNeed) -> date | None:
    """The day on which a pregnancy reaches 36 weeks."""
    return None if need.due_on is None else days_after(need.due_on, -_LATE_DAYS)


def birth_ends(need: SpecificNeed) -> date | None:
    """The first day after the 42 days that follow a birth; counted from when it was noticed if its day is unknown."""
    born = need.event_on or (None if need.noticed_at is None else local_day(need.noticed_at))
    return None if born is None else days_after(born, _AFTER_BIRTH_DAYS + 1)


@rule("T20", codes={codes.GAVE_BIRTH}, birth="need")
def t20_gave_birth(facts: Facts) -> Fired | None:
    """Within 42 days of a birth."""
    found = [
        need
        for need in facts.with_codes((codes.GAVE_BIRTH,))
        if (ends := birth_ends(need)) is None or facts.today < ends
    ]
    return fired(facts, "birth", needs=found) if found else None


@rule("T20", codes=codes.PREGNANT, late="need due_on", unsheltered="need shelter")
def t20_pregnant(facts: Facts) -> Fired | None:
    """36 weeks pregnant or more; or earlier in pregnancy and without adequate shelter."""
    found = facts.with_codes(_PREGNANT)
    late = [need for need in found if (day := late_from(need)) is not None and facts.today >= day]
    if late:
        return fired(facts, "late", "shelter", needs=late)
    if found and facts.household.shelter in NO_SHELTER:
        return fired(facts, "unsheltered", "shelter", needs=found)
    return None
