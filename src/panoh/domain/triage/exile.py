"""Who is an exile: someone who fears a State other than the one that this flight left.

For such a person the border that saves everyone else may be the way back into danger, so the answer never rests on
whether anyone set a needs code.
"""

from __future__ import annotations

from collections.abc import Collection

from panoh.domain.triage.codes import AGENTS_SEEN, CLAIM_REFUSED, IN_HIDING, REFOULEMENT
from panoh.domain.triage.facts import Flight

STATED, CODE, HIDING, RECOGNISED, CLAIM = "stated", "code", "hiding", "recognised", "claim"

_RECOGNISED_STATUSES = frozenset({"previously_recognised_refugee", "mandate_refugee", "refugee_recognised_by_state"})
_CLAIM_STATUSES = frozenset({"asylum_seeker", "claim_rejected"})
_CLAIM_STAGES = frozenset({"pending", "rejected", "appeal"})


def fears_other_state(flight: Flight) -> bool:
    """Whether the person said so. Without a recorded country that the flight left, any feared State counts."""
    feared = flight.feared_country
    return feared not in ("", "none", flight.fled_from)


def feared_state_is_here(flight: Flight) -> bool:
    """Whether an exile is in the feared State."""
    return flight.feared_country == flight.country_now and fears_other_state(flight)


def feared_state_is_ahead(flight: Flight) -> bool:
    """Whether an exile intends to go to the feared State, waiting at its border or not."""
    return flight.feared_country == flight.intends_to_go and fears_other_state(flight)


def feared_state_is_at_the_crossing(flight: Flight) -> bool:
    """Whether an exile waits at a crossing into the feared State, whatever they said of where they go."""
    return flight.feared_country == flight.waits_for and fears_other_state(flight)


def sought_by_a_state(flight: Flight) -> bool:
    """Whether a State is after the person: extradition, a list, agents, or a hiding place. Holds for any State.

    Unknown men who ask for somebody count as agents: nobody can ask them for whom they work.
    """
    return (
        flight.extradition == "yes"
        or flight.named_on_list == "yes"
        or flight.approached_by_agents == "yes"
        or AGENTS_SEEN in flight.signals
        or flight.hiding_from == "state"
    )


def in_danger(flight: Flight) -> bool:
    """Whether T02 fires: return into danger is at hand."""
    return (
        feared_state_is_here(flight)
        or feared_state_is_ahead(flight)
        or feared_state_is_at_the_crossing(flight)
        or sought_by_a_state(flight)
    )


def was_recognised(flight: Flight) -> bool:
    """Whether UNHCR or a State recognised the person as a refugee before this flight."""
    return bool(flight.recognised_by or flight.recognised_year) or flight.legal_status in _RECOGNISED_STATUSES


def asked_for_asylum(flight: Flight) -> bool:
    """Whether a claim was made, whatever became of it."""
    made = flight.legal_status in _CLAIM_STATUSES or flight.claim_stage in _CLAIM_STAGES
    return made or CLAIM_REFUSED in flight.signals


def exile_basis(flight: Flight, codes: Collection[str], *, stale: bool = False) -> str:
    """What makes the person an exile: stated, code, hiding, recognised, claim; '' for everyone else.

    A feared State that was asked for and is none, or the one that this flight left, outweighs an earlier recognition
    and a claim: they may be about that State. It does not outweigh a code: what contradicts never lowers; nor, when it is
    `stale`, anything (field guide, T21: facts older than 72 h never lower a level).
    """
    if fears_other_state(flight):
        return STATED
    if codes and not REFOULEMENT.isdisjoint(codes):
        return CODE
    if flight.hiding_from == "state" or (IN_HIDING in codes and flight.hiding_from != "other"):
        return HIDING
    if flight.feared_country and not stale:
        return ""
    if was_recognised(flight):
        return RECOGNISED
    return CLAIM if asked_for_asylum(flight) else ""
