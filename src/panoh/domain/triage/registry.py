"""How a rule is written: a named predicate that answers which variant of the rule fired, and on what facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from panoh.domain.needs import SpecificNeed
from panoh.domain.triage.facts import FactRead, Facts, read_need


@dataclass(frozen=True, slots=True)
class Fired:
    """A variant of a rule that holds, with the facts it read. `stopped`: the person declined, so no clock runs.

    `met_on` is the day on which its first action was taken; the clock stops if that was not before the reason was held.
    `leaves_on` is the day of a departure before which it is due.
    """

    variant: str
    facts: tuple[FactRead, ...] = ()
    stopped: bool = False
    met_on: date | None = None
    leaves_on: date | None = None


Test = Callable[[Facts], Fired | None]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A registered predicate: its rule, its variants with the facts that each always reads, its needs codes."""

    rule: str
    variants: dict[str, tuple[str, ...]]
    codes: frozenset[str]
    test: Test


_registered: list[Predicate] = []


def rule(rule_id: str, *, codes: Iterable[str] = (), **variants: str) -> Callable[[Test], Test]:
    """Register a predicate. Each variant names, in words apart by spaces, the facts that it always reads."""

    def register(test: Test) -> Test:
        always = {variant: tuple(names.split()) for variant, names in variants.items()}
        _registered.append(Predicate(rule_id, always, frozenset(codes), test))
        return test

    return register


def registered() -> tuple[Predicate, ...]:
    """All predicates registered so far; `predicates.PREDICATES` is the complete list."""
    return tuple(_registered)


def fired(
    facts: Facts,
    variant: str,
    *names: str,
    needs: Iterable[SpecificNeed] = (),
    signs: Iterable[str] = (),
    stopped: bool = False,
) -> Fired:
    """A variant that holds, with those of the named facts and signs that are recorded, and with its needs."""
    read = [fact for name in names if (fact := facts.read(name)) is not None]
    if signs:
        read += facts.signs(signs)
    for need in needs:
        read += read_need(need)
    return Fired(variant, tuple(read), stopped)
