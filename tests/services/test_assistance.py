"""Needs of everyone: the newest day counts, what is inherited, what was given, counts of a site, who may read and correct."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.services.access_people import Office, office

from panoh.base.clock import FixedClock
from panoh.domain.household import Site
from panoh.domain.person import Person
from panoh.services import assistance
from panoh.services.assistance import HOUSEHOLD, PERSON, Said
from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.sites import SiteForm, add

TODAY = date(2010, 6, 14)


@pytest.fixture
def at(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    """A supervisor, a holder, another caseworker."""
    made = office(tmp_path / "vault", clock)
    with made.opened:
        yield made


@pytest.fixture
def site(at: Office) -> Site:
    return add(at.supervisor, SiteForm(name="Tents, cotton depot"))[0]


def family(desk: Desk, site: Site, people: int = 3, name: str = "Каримова Лола") -> list[Person]:
    """A family at a site, the head first."""
    rows = [FamilyRow(name=name, sex="F", birth="34", relation="head")]
    rows += [FamilyRow(name=f"Каримов {n}", sex="M", birth=str(3 * n), relation="child") for n in range(1, people)]
    return list(save_family(desk, FamilyForm(rows=tuple(rows), site_id=site.id)).people)


def open_of(desk: Desk, sector: str, site_id: str) -> assistance.OpenNeed:
    return next(one for one in assistance.open_needs(desk, site_id) if one.sector == sector)


def test_counts_of_a_site_follow_household_and_person(at: Office, site: Site) -> None:
    desk = at.supervisor
    first, second = family(desk, site), family(desk, site, 2)
    assistance.note(desk, HOUSEHOLD, first[0].household_id, [Said("food", "open"), Said("water", "met")])
    assistance.note(desk, PERSON, first[1].id, [Said("food", "met"), Said("water", "open")])
    assistance.note(desk, HOUSEHOLD, second[0].household_id, [Said("food", "partly")])
    food, water = open_of(desk, "food", site.id), open_of(desk, "water", site.id)
    assert (food.households, food.people, food.partly_households, food.partly_people, food.asked) == (1, 2, 1, 2, 2)
    assert (water.households, water.people, water.asked) == (1, 1, 1)
    assert food.noted_on == TODAY
    assert open_of(at.other, "food", site.id).households is None
