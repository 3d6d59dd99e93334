"""Rules T01 to T03 and T05: return into danger, detention, hiding."""

from __future__ import annotations

from panoh.domain.triage import codes
from panoh.domain.triage.exile import (
    exile_basis,
    feared_state_is_ahead,
    feared_state_is_at_the_crossing,
    feared_state_is_here,
    was_recognised,
)
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.registry import Fired, fired, rule
from panoh.domain.triage.situations import told_too_long_ago

_RECOGNITION = ("recognised_by", "recognised_year", "legal_status", "claim_stage")
_EXILE_CODES = codes.REFOULEMENT | {codes.IN_HIDING}
_EXTRADITION = ("extradition", "extradition_stage", "feared_country")
_WARRANT, _AGENTS = (codes.HELD_FOR_A_STATE,), (codes.AGENTS_SEEN,)


@rule("T01", threatened="return_threatened_on")
def t01_return_threatened(facts: Facts) -> Fired | None:
    """Return was threatened. A day that has passed keeps the rule alive until someone clears it."""
    if facts.flight.return_threatened_on is None:
        return None
    return fired(facts, "threatened", "return_threatened_on", "border_status", "feared_country")


@rule("T01", order="extradition_stage")
def t01_order_to_hand_over(facts: Facts) -> Fired | None:
    """Extradition was allowed and not carried out: the person can be fetched at any moment."""
    if facts.flight.extradition_stage != "allowed":
        return None
    return fired(facts, "order", *_EXTRADITION, "presence", signs=_WARRANT)


@rule(
    "T02",
    here="feared_country country_now",
    ahead="feared_country intends_to_go",
    crossing="feared_country waits_for",
)
def t02_feared_state_ahead(facts: Facts) -> Fired | None:
    """The feared State is where the exile is, where the exile intends to go, or behind the crossing where they wait."""
    if not facts.member.exile_in_danger:
        return None
    if feared_state_is_here(facts.flight):
        return fired(facts, "here", "feared_country", "country_now", "fled_from")
    if feared_state_is_ahead(facts.flight):
        return fired(facts, "ahead", "feared_country", "intends_to_go", "border_status", "fled_from")
    if feared_state_is_at_the_crossing(facts.flight):
        return fired(facts, "crossing", "feared_country", "waits_for", "border_status", "fled_from")
    return None


@rule("T02", extradition="extradition")
def t02_extradition_requested(facts: Facts) -> Fired | None:
    """A State asked for the person; holds for any State."""
    return fired(facts, "extradition", *_EXTRADITION, signs=_WARRANT) if facts.flight.extradition == "yes" else None


@rule("T02", listed="named_on_list")
def t02_named_on_list(facts: Facts) -> Fired | None:
    """The person stands on a list of wanted people; holds for any State."""
    return fired(facts, "listed", "named_on_list", "feared_country") if facts.flight.named_on_list == "yes" else None


@rule("T02", agents="")
def t02_approached_by_agents(facts: Facts) -> Fired | None:
    """Agents of a State, or unknown men, asked for the person or followed them; holds for any State."""
    if facts.flight.approached_by_agents != "yes" and codes.AGENTS_SEEN not in facts.flight.signals:
        return None
    return fired(facts, "agents", "approached_by_agents", "feared_country", signs=_AGENTS)


@rule("T02", hiding="hiding_from")
def t02_hiding_from_a_state(facts: Facts) -> Fired | None:
    """The person hides from a State; holds for any State."""
    return fired(facts, "hiding", "hiding_from", "feared_country") if facts.flight.hiding_from == "state" else None


@rule("T02", recognised="")
def t02_recognised_before(facts: Facts) -> Fired | None:
    """For whom T02 fires: an earlier recognition makes the danger more certain, and opens ways out."""
    if not facts.member.exile_in_danger or not was_recognised(facts.flight):
        return None
    return fired(facts, "recognised", *_RECOGNITION)


@rule("T02x", codes=_EXILE_CODES, stated="feared_country", recognised="", claim="", code="need", hiding="")
def t02x_other_exile(facts: Facts) -> Fired | None:
    """Any other exile, whether the feared State is known or only implied."""
    if facts.member.exile_in_danger:
        return None
    basis = exile_basis(facts.flight, facts.needs, stale=told_too_long_ago(facts))
    if not basis:
        return None
    coded = facts.with_codes(sorted(_EXILE_CODES))
    names = ("feared_country", "country_now", "hiding_from", *_RECOGNITION)
    return fired(facts, basis, *names, needs=coded, signs=(codes.CLAIM_REFUSED,))


@rule("T02b", household="")
def t02b_household_of_exile(facts: Facts) -> Fired | None:
    """Here in the household of a person for whom T02 fires, without being one. Its clock is that of the interview alone."""
    exiles = facts.household.exiles_in_danger
    if not exiles or not facts.is_here or facts.member.person_id in exiles:
        return None
    return Fired("household", met_on=facts.interviewed_alone_on)


@rule("T03", codes=codes.DETAINED, exile="", no_access="")
def t03_detained(facts: Facts) -> Fired | None:
    """Detained, by the record, a code or the assessment: an exile in danger, or anyone without a recorded lawyer or access."""
    held = facts.with_codes(sorted(codes.DETAINED)) if facts.needs else ()
    if not held and facts.member.presence != "detained" and not facts.flight.held:
        return None
    names = ("presence", "held_since", "lawyer_or_access")
    if facts.member.exile_in_danger:
        return fired(facts, "exile", *names, "feared_country", needs=held, signs=_WARRANT)
    if facts.flight.lawyer_or_access == "yes":
        return None
    return fired(facts, "no_access", *names, needs=held, signs=_WARRANT)


@rule("T05", hiding="hiding_from")
def t05_hiding_from_others(facts: Facts) -> Fired | None:
    """In hiding from someone other than a State."""
    return fired(facts, "hiding", "hiding_from") if facts.flight.hiding_from == "other" else None


def open_exile_questions(facts: Facts) -> tuple[str, ...]:
    """What is still to be asked of an exile, each answer of which could make the danger immediate; nothing for others.

    An exile who could not or would not name the feared State is asked again (`feared_state`), with care.
    """
    flight, asked = facts.flight, facts.asked
    if not facts.member.exile_in_danger and not exile_basis(flight, facts.needs, stale=told_too_long_ago(facts)):
        return ()
    open_ones = ["feared_state"] if not flight.feared_country and "feared_country" in asked else []
    answers = {
        "extradition": flight.extradition,
        "approached_by_agents": flight.approached_by_agents,
        "named_on_list": flight.named_on_list,
    }
    open_ones += [question for question, answer in answers.items() if not answer and question not in asked]
    return tuple(open_ones)
