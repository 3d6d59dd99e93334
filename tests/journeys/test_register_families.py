"""A family of five and one of twelve, registered through the grid by keys alone: how many keys, and how long Panoh takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.conftest import PASSPHRASE
from tests.journeys.caseworker import Caseworker
from tests.journeys.families import FIVE, TWELVE, Key, data_signs, leading_keys

from panoh.base.clock import FixedClock
from panoh.domain.household import Household
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.services import vault

MOST_A_ROW = 4  # keys that only lead on; three for a member without needs who is here


@pytest.mark.parametrize(("family", "count", "needs_seen"), [(FIVE, 5, 1), (TWELVE, 12, 2)])
def test_a_family_by_keys_alone(
    family: Sequence[str],
    count: int,
    needs_seen: int,
    start: Callable[[], Caseworker],
    vault_at: Path,
    clock: FixedClock,
    capsys: pytest.CaptureFixture[str],
) -> None:
    at = start()
    at.unlock()
    took = register(at, family, count)
    at.end()
    with vault.unlock(vault_at, "feruza", PASSPHRASE, clock=clock) as opened, opened.desk.reading() as reading:
        people = reading.all(Person)
        (home,) = reading.all(Household)
        needs = reading.all(SpecificNeed)
    assert len(people) == count
    assert all(person.given_name and person.sex and person.birth_precision for person in people)
    assert all(person.relation for person in people)
    assert sum(person.presence != "here" for person in people) == 1
    assert len(needs) == needs_seen
    assert home.phone == "0555120034"
    assert {(person.fled_from, person.country_now) for person in people if person.presence == "here"} == {("KG", "UZ")}
    keys = leading_keys(family) + 2  # the one that begins a family, and the one that saves it
    assert keys <= MOST_A_ROW * count + 14
    with capsys.disabled():
        typed = data_signs(family)
        print(f"\nfamily of {count}: {keys} keys beyond {typed} of data, {took:.2f} s of Panoh's time")


def register(
    at: Caseworker, family: Sequence[str], count: int, before_saving: Callable[[], object] = lambda: None
) -> float:
    """Register the family and wait until it is saved; seconds from the first key until it is."""
    at.press("Ctrl+Shift+N")
    at.sees("Members of the family")
    at.settle()  # what the boxes offer
    start = time.perf_counter()
    for part in family:
        if isinstance(part, Key):
            at.press(part)
        else:
            at.type(part)
    before_saving()
    at.press("Ctrl+Return")
    at.sees(f"{count} people, 1 tracing request", "Undo save")
    return time.perf_counter() - start
