"""Behind a shield nobody is told apart: critical beside low would tell who of a household is meant, and so would days by level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.services.access_people import DOORS, Kind, Office, bring_in, kind, need, office, seen, told

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.casework import FollowUp
from panoh.domain.household import Household
from panoh.domain.person import Person
from panoh.services import case_times, cases, casework, needs, shield

MEANT = kind("critical", told(extradition="yes", hiding_from="state"), need("TR-PI"), birth_precision="day")
BESIDE = kind("nothing", birth_precision="day")


def _homes(at: Office, which: Kind, *, held: bool) -> list[Person]:
    """Two who live together, of whom the first is of this kind, behind a shield."""
    with at.supervisor.writing() as unit:
        home = Household(id=new_id(), number=unit.next_numbers()[0])
        unit.add(home)
    found = [bring_in(at, Kind(each.name, {**each.person, "household_id": home.id}, each.records), held=held)
             for each in (which, BESIDE)]  # fmt: skip
    shield.put_up(at.supervisor, found[0].id, "Asked for at the gate")
    return found


@pytest.fixture(scope="module", params=[True, False], ids=["held", "nobody's"])
def behind(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Office, list[Person]]]:
    clock = FixedClock(datetime(2010, 6, 14, 9, 0, tzinfo=UTC))
    at = office(tmp_path_factory.mktemp("masked") / "vault", clock)
    with at.opened:
        found = _homes(at, MEANT, held=request.param) + _homes(at, BESIDE, held=request.param)
        for person in found:
            with at.supervisor.writing() as unit:
                case = casework.open_case(at.supervisor, unit, person.id) if request.param else None
                if case is not None:
                    unit.save(case_times.timed(case, case_times.level_of(unit, person.id), clock.today()))
        yield at, found


@pytest.mark.parametrize("door", [name for name in DOORS if name not in ("tracing", "list of families")])
def test_no_door_tells_who_of_them_is_meant(behind: tuple[Office, list[Person]], door: str) -> None:
    at, found = behind
    told_of = set()
    for person in found:
        try:
            text = seen(DOORS[door], at.other, person)
        except AppError as error:
            text = error.code
        told_of.add(re.sub(r"KX7-\d{5}-\w", "NUMBER", text).replace("PERSON", "…"))  # also of whoever lives with them
    assert len(told_of) == 1


def test_a_follow_up_written_for_their_case_proposes_the_same_day(behind: tuple[Office, list[Person]]) -> None:
    at, found = behind
    days = set()
    for person in found:
        with at.supervisor.reading() as reading:
            case = cases.case_of(reading, person.id)
        if case is not None:
            days.add(casework.next_follow_up(at.other, FollowUp(id="", case_id=case.id, kind="visit", seen="yes")))
    assert len(days) <= 1


def test_the_order_of_the_needs_to_review_does_not_go_by_their_level(behind: tuple[Office, list[Person]]) -> None:
    """They stand below everyone else, the longest waiting first."""
    at, found = behind
    for person in reversed(found):
        needs.notice(at.supervisor, person.id, "SM-CC")
        at.clock.at += timedelta(minutes=1)
    mine = [one.id for one in found]
    order = [
        row.line.id for row in needs.to_review(at.other, 0, 99) if row.line.id in mine and row.need.code == "SM-CC"
    ]
    assert order == mine[::-1]
    assert order != [row.line.id for row in needs.to_review(at.supervisor, 0, 99) if row.line.id in mine]
