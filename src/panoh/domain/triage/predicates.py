"""All rules of triage, in the order of their ids: the one list that the rule file is checked against."""

from __future__ import annotations

from panoh.domain.triage import (
    predicates_children,
    predicates_departure,
    predicates_exile,
    predicates_health,
    predicates_home,
    predicates_unknown,
    predicates_violence,
)
from panoh.domain.triage.registry import Predicate, registered

SUBJECTS = (
    predicates_exile,
    predicates_children,
    predicates_violence,
    predicates_health,
    predicates_home,
    predicates_departure,
    predicates_unknown,
)  # importing them registers their rules

PREDICATES: tuple[Predicate, ...] = tuple(sorted(registered(), key=lambda predicate: predicate.rule))

# Those that can fire for someone without needs: a predicate whose variants all read a need cannot.
WITHOUT_NEEDS: tuple[Predicate, ...] = tuple(
    predicate for predicate in PREDICATES if not all("need" in always for always in predicate.variants.values())
)


def variants() -> dict[tuple[str, str], tuple[str, ...]]:
    """Every rule and variant, with the names of the facts that it always reads."""
    return {(p.rule, variant): always for p in PREDICATES for variant, always in p.variants.items()}


def codes_of_rules() -> dict[str, frozenset[str]]:
    """The needs codes that each rule reads."""
    found: dict[str, frozenset[str]] = {}
    for predicate in PREDICATES:
        found[predicate.rule] = found.get(predicate.rule, frozenset()) | predicate.codes
    return found
