"""Rule T18: what was never asked. Each variant is one missing answer, with the question to ask at the next contact."""

from __future__ import annotations

from panoh.domain.triage import codes
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.registry import Fired, rule

_CARE_KNOWN = sorted(codes.UNACCOMPANIED | codes.SEPARATED)


def _can_be_asked(facts: Facts) -> bool:
    """Nobody can ask a missing person; the rules about disappearing and tracing hold for them."""
    return facts.member.presence != "missing"


@rule("T18", age="")
def t18_age_not_asked(facts: Facts) -> Fired | None:
    """The age was never asked."""
    asked = facts.member.age_known or "birth" in facts.asked
    return None if asked or not _can_be_asked(facts) else Fired("age")


@rule("T18", sex="")
def t18_sex_not_asked(facts: Facts) -> Fired | None:
    """The sex was never asked."""
    return None if facts.sex or "sex" in facts.asked or not _can_be_asked(facts) else Fired("sex")


@rule("T18", codes=codes.UNACCOMPANIED | codes.SEPARATED, adult="")
def t18_responsible_adult_not_asked(facts: Facts) -> Fired | None:
    """A child of whom nobody asked which adult is responsible. An adult head or spouse in the household answers it."""
    if not facts.member.child or facts.care or "care" in facts.asked:
        return None
    if (facts.is_here and facts.household.adult_in_charge) or facts.with_codes(_CARE_KNOWN):
        return None
    return Fired("adult") if _can_be_asked(facts) else None


@rule("T18", feared="")
def t18_feared_country_not_asked(facts: Facts) -> Fired | None:
    """Nobody asked which State the person fears."""
    asked = facts.flight.feared_country or "feared_country" in facts.asked
    return None if asked or not _can_be_asked(facts) else Fired("feared")


@rule("T18", urgent="")
def t18_urgent_not_asked(facts: Facts) -> Fired | None:
    """Nobody asked about urgent health or safety."""
    return None if facts.urgent or "urgent" in facts.asked or not _can_be_asked(facts) else Fired("urgent")
