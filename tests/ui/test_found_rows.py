"""What the find box shows of people, households and places."""

from __future__ import annotations

from datetime import date

from panoh.base.ids import new_id
from panoh.domain.dates import PartialDate
from panoh.domain.household import Household, Site
from panoh.domain.lines import PersonLine
from panoh.domain.tracing import TracingRequest
from panoh.services import tracing
from panoh.services.desk import Desk
from panoh.services.search import Everything, Found, HouseholdFound
from panoh.ui.found_rows import found_rows, look_for, request_rows

TODAY = date(2010, 6, 14)


def line(number: str, name: str, relation: str = "head") -> PersonLine:
    return PersonLine(
        id=number, number=number, external_id="", given_name=name, family_name="", patronymic="", sex="F",
        birth=PartialDate("day", date(1980, 1, 1), date(1980, 1, 1)), relation=relation, household_id="h", presence="here",
        site_name="School 14", level="high", due_at=None, waiting_since=None, restricted=True, reasons="[]", owner_id="",
        owner_name="",
    )  # fmt: skip


def everything(score: float) -> Everything:
    return Everything(
        people=(Found(line("KX7-00002-X", "Малика"), score),),
        households=(
            HouseholdFound(Household(id="h", number="KX7-00001-5"), (line("c", "Азиз", "child"), line("a", "Лола"))),
        ),
        sites=((Site(id="s", name="School 14"), 2),),
        household_numbers={"h": "KX7-00001-5"},
    )


def test_a_person_is_told_by_age_number_place_and_household() -> None:
    opened: list[str] = []
    rows = found_rows(everything(99.8), TODAY, str, opened.append, opened.append)
    assert [row.group for row in rows] == ["Households", "People", "Places"]
    assert rows[1].title == "Малика"
    assert rows[1].detail == "Woman, 30, KX7-00002-X, School 14, household KX7-00001-5"
    assert rows[0].title == "KX7-00001-5, Лола"
    assert rows[2].detail == "2 people"
    for row in rows:
        row.target()
    assert opened == ["a", "KX7-00002-X", "School 14"]


def test_a_place_that_was_typed_comes_before_the_people_there() -> None:
    rows = found_rows(everything(92.0), TODAY, str, str, str)
    assert [row.group for row in rows] == ["Households", "Places", "People"]


def test_hidden_names_are_not_shown() -> None:
    rows = found_rows(everything(99.8), TODAY, lambda _name: "", str, str)
    assert all("Малика" not in row.title + row.detail and "Лола" not in row.title + row.detail for row in rows)
    assert rows[1].title == "KX7-00002-X"


def test_a_tracing_request_is_found_by_its_number_alone(desk: Desk) -> None:
    asked = tracing.ask(desk, TracingRequest(id=new_id(), given_name="Азиз", relation="child"))[0]
    opened: list[str] = []
    rows = request_rows(look_for(desk, asked.number[:-2])[1], str, opened.append)
    assert [(row.group, row.title, row.detail) for row in rows] == [("Tracing requests", asked.number, "Азиз")]
    rows[0].target()
    assert opened == [asked.id]
    assert look_for(desk, "Азиз")[1] == []
