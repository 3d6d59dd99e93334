"""Sites: added and changed, who is there, what is lacking, and what triage makes of a closing day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.base.progress import Silent
from panoh.domain.household import Household, Site
from panoh.domain.person import IdentityDocument, Person
from panoh.services import sites, triage
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.sites import SiteForm

WHOLE = SiteForm(
    name="  School 5,  Aravan road ", kind="school", country="KG", capacity="1 200", closing_on="20.6.2010"
)


def made(desk: Desk, **more: str) -> Site:
    return sites.add(desk, replace(SiteForm(name="School 5", kind="school"), **more))[0]


def family(desk: Desk, site: Site, shelter: str = "", people: int = 2) -> Household:
    born = ("34", "8", "60", "1972", "")
    rows = tuple(
        FamilyRow(name=f"Каримов {at}", sex="FMXFM"[at], birth=born[at], relation="child" if at else "head")
        for at in range(people)
    )
    return save_family(desk, FamilyForm(rows=rows, site_id=site.id, shelter=shelter)).household


def problems(desk: Desk, form: SiteForm, site_id: str = "") -> dict[str, str]:
    with pytest.raises(FormProblems) as found:
        sites.change(desk, site_id, form) if site_id else sites.add(desk, form)
    return {problem.field: problem.text for problem in found.value.problems}


def test_a_site_is_added_and_shown_as_typed(desk: Desk) -> None:
    site, changes = sites.add(desk, WHOLE)
    assert site.number.startswith("KX7-")
    assert (site.name, site.kind, site.country, site.capacity) == ("School 5, Aravan road", "school", "KG", 1200)
    assert site.closing_on == date(2010, 6, 20)
    assert changes.kinds == {"Site"}
    form = sites.form_of(site)
    assert form.closing_on == "20 Jun 2010"
    sites.change(desk, site.id, form)
    assert sites.record(desk, site.id).line.site == site


def test_everything_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    made(desk)
    found = problems(
        desk, SiteForm(name=" ", kind="palace", country="Atlantis", capacity="many", closing_on="31.6.2010")
    )
    assert list(found) == ["name", "kind", "country", "capacity", "closing_on"]
    assert "June" in found["closing_on"]
    assert "already" in problems(desk, SiteForm(name="SCHOOL  5"))["name"]
    assert "200" in problems(desk, SiteForm(name="x" * 201))["name"]
    assert "day" in problems(desk, SiteForm(name="y", closing_on="2010"))["closing_on"]
    assert sites.count(desk) == 1


@pytest.mark.parametrize("text", ["0", "-5", "12345678", "250 people", "²", "1e3", "٢٥٠"])
def test_what_is_no_number_of_people_is_refused(desk: Desk, text: str) -> None:
    assert "for example 250" in problems(desk, SiteForm(name="x", capacity=text))["capacity"]


@examples(25, share_fixtures=True)
@given(st.integers(1, sites.MOST_ROOM), st.dates(date(2000, 1, 1), date(2014, 12, 31)))
def test_room_and_closing_day_come_back_as_they_were_typed(desk: Desk, room: int, closing: date) -> None:
    site, _changes = sites.add(desk, SiteForm(name=new_id(), capacity=str(room), closing_on=closing.isoformat()))
    assert (site.capacity, site.closing_on) == (room, closing)
    before = desk.store.journal_head()
    sites.change(desk, site.id, sites.form_of(site))
    assert desk.store.journal_head() == before  # what was not changed leaves no entry


def test_a_name_may_keep_its_own_and_not_take_another_s(desk: Desk) -> None:
    first, _second = made(desk), made(desk, name="Стадион")
    sites.change(desk, first.id, SiteForm(name="school 5"))
    assert "already" in problems(desk, SiteForm(name="стадион"), first.id)["name"]
    with pytest.raises(AppError):
        sites.change(desk, new_id(), SiteForm(name="x"))


def test_the_list_comes_in_pages_in_the_order_wanted(desk: Desk) -> None:
    full = made(desk, name="B full", capacity="3", closing_on="16.6.2010")
    roomy = made(desk, name="A roomy", capacity="100")
    unknown = made(desk, name="C unknown", closing_on="15.6.2010")
    for site, count in ((full, 2), (full, 2), (roomy, 2), (unknown, 5)):
        family(desk, site, people=count)

    def names(by: str, descending: bool = False) -> list[str]:
        return [line.site.name[0] for line in sites.page(desk, by, descending, 0, 10)]

    assert names(sites.FULLEST_FIRST) == ["B", "A", "C"]
    assert names("name", True) == ["C", "B", "A"]
    assert names("people", True) == ["C", "B", "A"]
    assert names("room") == ["B", "A", "C"]
    assert names("closing") == ["C", "B", "A"]
    assert [(line.people, line.over) for line in sites.page(desk, "name", False, 0, 10)] == [(2, 0), (4, 1), (5, 0)]
    assert [line.site.id for line in sites.page(desk, "name", False, 1, 1)] == [full.id]
    assert sites.count(desk) == 3


def test_the_record_counts_who_is_here_by_age_sex_and_shelter(desk: Desk) -> None:
    site = made(desk, capacity="4", closing_on="18.6.2010")
    dry, _wet, _open = (
        family(desk, site, "adequate", 3),
        family(desk, site, "inadequate"),
        family(desk, site, "open_air", 5),
    )
    with desk.reading() as reading:
        gone = next(one for one in reading.all(Person) if one.household_id == dry.id and one.sex == "M")
    keep(desk, replace(gone, presence="missing"))
    with desk.writing() as unit:
        numbers = unit.next_numbers(1)
    keep(desk, Person(id=new_id(), number=numbers[0], site_id=site.id, sex="F"))
    found = sites.record(desk, site.id)
    assert (found.line.people, found.households, found.closes_in) == (10, 3, 4)
    assert found.line.over == 6
    assert sum(band.female.least + band.male.least for band in found.ages) + found.not_drawn == 10
    assert found.not_drawn == 4  # two of sex X, one man and one woman of unknown age
    assert [(one.shelter, one.households, one.people) for one in found.shelter] == [
        ("open_air", 1, 5), ("inadequate", 1, 2), ("", 1, 1), ("adequate", 1, 2),
    ]  # fmt: skip
    homes = sites.households(desk, site.id, 0, 10)
    assert [(home.shelter, home.people) for home in homes] == [("open_air", 5), ("inadequate", 2), ("adequate", 2)]
    assert sites.household_count(desk, site.id) == 3
    with desk.reading() as reading:
        heads = {one.id for one in reading.all(Person) if one.relation == "head"}
    assert {home.first_person_id for home in homes} == heads


def test_a_closing_day_set_later_fires_t21_at_once_and_only_then(desk: Desk) -> None:
    site = made(desk)
    home = family(desk, site)
    with desk.reading() as reading:
        lola = next(one for one in reading.all(Person) if one.household_id == home.id and one.relation == "head")
    keep(desk, IdentityDocument(id=new_id(), person_id=lola.id, kind="passport", state="lost"))

    def fires() -> bool:
        return "T21" in {reason.rule for reason in triage.why(desk, lola.id).reasons}

    assert not fires()
    form = sites.form_of(site)
    near = desk.clock.today() + timedelta(days=3)
    sites.change(desk, site.id, replace(form, closing_on=near.isoformat(), capacity="50"))
    assert fires()
    sites.change(desk, site.id, replace(form, closing_on=(near + timedelta(days=60)).isoformat()))
    assert not fires()
    sites.change(desk, site.id, replace(form, closing_on="today"))
    assert fires()
    sites.change(desk, site.id, form)
    assert not fires()
    assert desk.store.verify_journal()[1] is None


def test_a_change_that_no_rule_reads_assesses_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    site = made(desk)
    family(desk, site)
    monkeypatch.setattr("panoh.services.deriving.assess", lambda *_args: pytest.fail("nobody is concerned"))
    sites.change(desk, site.id, replace(sites.form_of(site), capacity="10", name="School 6"))


def test_a_cancelled_change_of_the_closing_day_keeps_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cancelled(Silent):
        def step(self, done: int, total: int, words: str = "") -> None:
            raise AppError("cancelled")

    site = made(desk)
    family(desk, site)
    monkeypatch.setattr("panoh.services.deriving.STEP", 1)
    before = desk.store.journal_head()
    with pytest.raises(AppError, match=AppError("cancelled").sentence()):
        sites.change(desk, site.id, replace(sites.form_of(site), closing_on="20.6.2010"), progress=Cancelled())
    assert sites.record(desk, site.id).line.site == site
    assert desk.store.journal_head() == before


def test_access_security_and_lacks_come_back_as_they_were_typed(desk: Desk) -> None:
    form = SiteForm(
        name="School 5", place="Кызыл-Кыя, by the river", access="escorted", access_by="the army", visited_on="12.6.2010",
        security="tense", expected_people="1 200", expected_on="tomorrow", lacks="light,water", remarks="Two gates.",
    )  # fmt: skip
    site, _changes = sites.add(desk, form)
    assert (site.access, site.security, site.lacks) == ("escorted", "tense", ("light", "water"))
    assert (site.visited_on, site.expected_on, site.expected_people) == (date(2010, 6, 12), date(2010, 6, 15), 1200)
    before = desk.store.journal_head()
    sites.change(desk, site.id, sites.form_of(site))
    assert desk.store.journal_head() == before
    found = problems(
        desk,
        replace(
            form, name="x", place="x" * 201, access="maybe", visited_on="15.6.2010", expected_people="0",
            lacks="water,gold", remarks="x" * 2001,
        ),
    )  # fmt: skip
    assert list(found) == ["place", "access", "visited_on", "expected_people", "lacks", "remarks"]
