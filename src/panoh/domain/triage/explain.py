"""What each rule read of a person's facts, whether it fired, and on which fact that turned.

A rule is run on facts that remember what was asked of them. It stops reading as soon as it has decided, so the last
fact read is the one on which it turned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from panoh.domain.needs import SpecificNeed
from panoh.domain.triage.facts import Facts, Flight, HouseholdFacts, Member
from panoh.domain.triage.predicates import PREDICATES

NEEDS = "needs"  # the name under which codes are told
_PARTS = (Facts, Flight, HouseholdFacts, Member)


@dataclass(frozen=True, slots=True)
class Tried:
    """One variant of a rule: whether it fired, what the rule asks, and each fact it read with its value."""

    rule: str
    variant: str
    fired: bool
    asks: str
    facts: tuple[tuple[str, Any], ...]  # in the order in which they were read; of codes those that stand


def explain(facts: Facts) -> list[Tried]:
    """Every rule and variant in the order of the rules."""
    found: list[Tried] = []
    for predicate in PREDICATES:
        seen: dict[str, Any] = {}
        hit = predicate.test(cast("Facts", _Watched(facts, seen)))
        asks = (predicate.test.__doc__ or "").split("\n\n")[0]
        read = tuple((name, value) for name, value in seen.items())
        found += [
            Tried(predicate.rule, variant, hit is not None and hit.variant == variant, asks, read)
            for variant in predicate.variants
        ]
    return found


class _Watched:
    """Facts, or a part of them, that note what is asked of them."""

    def __init__(self, of: object, seen: dict[str, Any]) -> None:
        self._of, self._seen = of, seen

    def __getattr__(self, name: str) -> Any:
        method = getattr(type(self._of), name, None)
        if callable(method):
            return partial(method, self)  # what it asks is noted too
        value = getattr(self._of, name)
        if name == "needs":
            return _WatchedNeeds(value, self._seen)
        if isinstance(value, _PARTS):
            return _Watched(value, self._seen)
        self._note(name, value)
        return value

    def _note(self, name: str, value: Any) -> None:
        self._seen.pop(name, None)  # read again: it stands where it was read last
        self._seen[name] = value


class _WatchedNeeds(Mapping[str, tuple[SpecificNeed, ...]]):
    """Standing needs by code, of which those that are found are noted."""

    def __init__(self, needs: Mapping[str, tuple[SpecificNeed, ...]], seen: dict[str, Any]) -> None:
        self._needs, self._seen = needs, seen
        self._found: tuple[str, ...] = seen.pop(NEEDS, ())
        seen[NEEDS] = self._found

    def __getitem__(self, code: str) -> tuple[SpecificNeed, ...]:
        return self._needs[code]

    def __contains__(self, code: object) -> bool:
        if code in self._needs:
            self._note(str(code))
            return True
        return False

    def __iter__(self) -> Iterator[str]:
        for code in self._needs:
            self._note(code)
            yield code

    def __len__(self) -> int:
        return len(self._needs)

    def _note(self, code: str) -> None:
        found = self._seen.get(NEEDS, ())
        if code not in found:
            self._seen[NEEDS] = (*found, code)
