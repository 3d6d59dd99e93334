"""Rules T06 to T09: children without the adult who is responsible for them."""

from __future__ import annotations

from panoh.domain.triage import codes
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.registry import Fired, fired, rule
from panoh.domain.triage.situations import ALONE_CODES, child_alone, departure_near

_SEPARATED = sorted(codes.SEPARATED)
_ILL_OR_DISABLED = codes.ILLNESS | codes.DISABILITY | codes.WOUND
_OTHER_CARER = frozenset({"kinship", "adult_sibling", "foster", "kafala", "customary_carer"})


@rule("T06", codes=codes.UNACCOMPANIED, alone="")
def t06_unaccompanied_child(facts: Facts) -> Fired | None:
    """An unaccompanied child of any age for whom T07 does not fire."""
    if not child_alone(facts) or t07_unaccompanied_and_frail(facts):
        return None
    return fired(facts, "alone", "age", "care", needs=facts.with_codes(ALONE_CODES))


@rule("T07", codes=codes.UNACCOMPANIED | _ILL_OR_DISABLED, under_5="age", frail="need")
def t07_unaccompanied_and_frail(facts: Facts) -> Fired | None:
    """An unaccompanied child under 5, or ill, wounded or with a disability."""
    if not child_alone(facts):
        return None
    frail = facts.with_codes(sorted(_ILL_OR_DISABLED))
    if not facts.member.under_5 and not frail:
        return None
    variant = "under_5" if facts.member.under_5 else "frail"
    return fired(facts, variant, "age", "care", needs=(*facts.with_codes(ALONE_CODES), *frail))


@rule("T08", missing="disappeared_on")
def t08_child_missing(facts: Facts) -> Fired | None:
    """A child who was here has disappeared."""
    if facts.disappeared_on is None or not facts.member.child:
        return None
    return fired(facts, "missing", "disappeared_on", "age")


@rule("T08", unrelated_adult="care")
def t08_child_with_unrelated_adult(facts: Facts) -> Fired | None:
    """A child in the care of an adult who is no kin."""
    if facts.care != "unrelated_adult" or not facts.member.child:
        return None
    return fired(facts, "unrelated_adult", "care", "age")


@rule("T08", codes={codes.TRAFFICKING}, trafficking="need")
def t08_trafficking_sign(facts: Facts) -> Fired | None:
    """A sign of trafficking; at any age, since no other rule would see an adult's."""
    found = facts.with_codes((codes.TRAFFICKING,))
    return fired(facts, "trafficking", "age", "care", needs=found) if found else None


@rule("T09", codes=codes.SEPARATED, separated="", urgent="")
def t09_separated_child(facts: Facts) -> Fired | None:
    """A child with kin or another carer instead of the parents; graver when nobody checked a carer who was arranged.

    Without an arrangement nothing is known of a check, and what is not known leaves a rule silent.
    """
    if not facts.member.child:
        return None
    found = facts.with_codes(_SEPARATED)
    if not found and facts.care not in _OTHER_CARER:
        return None
    flight = facts.flight
    returning = bool(flight.intends_to_go) and flight.intends_to_go == flight.fled_from
    unchecked = facts.carer_checked == "no"
    variant = "urgent" if facts.member.under_5 or returning or unchecked or departure_near(facts) else "separated"
    names = ("age", "care", "carer_checked", "intends_to_go", "site_closing_on", "departs_on")
    return fired(facts, variant, *names, needs=found)
