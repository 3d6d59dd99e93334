"""The numbers of the first screen, which the store works out itself, are those of the domain's own rules."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.domain.person import Person
from panoh.services import records
from panoh.services.desk import Desk
from panoh.services.today import AgeBand, pyramid, pyramid_of_ages, today
from panoh.store import lines

DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2013, 1, 1))


@pytest.fixture
def drawn(desk: Desk) -> Callable[[date], tuple[AgeBand, ...]]:
    """How the domain draws three hundred people: some births are spans, some unknown, some on 29 February."""
    chance = random.Random(7)
    made = []
    for at in range(300):
        first = date(1920, 1, 1) + timedelta(days=chance.randrange(33_000))
        first = date(1900 + 4 * chance.randrange(1, 27), 2, 29) if at % 20 == 0 else first
        last = first + timedelta(days=chance.choice((0, 0, 30, 364, 900)))
        born = {} if at % 15 == 0 else {"birth_precision": "range", "birth_earliest": first, "birth_latest": last}
        presence = chance.choice(("here", "here", "missing"))
        made.append(
            Person(id=new_id(), number=str(at), sex=chance.choice(("F", "M", "X", "")), presence=presence, **born)
        )  # type: ignore[arg-type]
    records.keep(desk, *made)
    births = Counter((person.sex, person.birth) for person in made if person.presence == "here")
    return lambda on: pyramid(((sex, birth, count) for (sex, birth), count in births.items()), on)


@examples(60, share_fixtures=True)
@given(on=DAYS)
def test_ages_are_those_of_the_domain(desk: Desk, drawn: Callable[[date], tuple[AgeBand, ...]], on: date) -> None:
    with desk.reading() as reading:
        found = pyramid_of_ages(lines.sexes_and_ages(reading, on))
    assert found == drawn(on)
    assert sum(band.female + band.male for band in found) > 50


def test_registered_a_day_counts_from_midnight_to_midnight_here(desk: Desk, clock: FixedClock) -> None:
    midnight = datetime(2010, 6, 14).astimezone().astimezone(UTC)
    for hours in (-49, -1, 0, 8, 23):
        clock.at = midnight + timedelta(hours=hours)
        records.keep(desk, Person(id=new_id(), number=str(hours), registered_at=clock.now()))
    clock.at = midnight + timedelta(hours=20)
    assert today(desk).registered == (
        (date(2010, 6, 10), 0),
        (date(2010, 6, 11), 1),
        (date(2010, 6, 12), 0),
        (date(2010, 6, 13), 1),
        (date(2010, 6, 14), 3),
    )
