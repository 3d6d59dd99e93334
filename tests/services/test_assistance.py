"""Needs of everyone: the newest day counts, what is inherited, what was given, counts of a site, who may read and correct."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection
from tests.examples import examples
from tests.services.access_people import TYPED, Office, bring_in, kind, need

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.assistance import Assistance, BasicNeed
from panoh.domain.household import Household, Site
from panoh.domain.person import Person
from panoh.domain.standing import newest, stands
from panoh.services import assistance, distribution, households, shield, undoing
from panoh.services.assistance import HOUSEHOLD, PERSON, SITE, Said
from panoh.services.desk import Desk
from panoh.services.distribution import HomeFilter, HomeLine
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.sites import SiteForm, add
from panoh.store import history
from panoh.store.assistance import HomeRow

TODAY = date(2010, 6, 14)


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


# --- the newest day counts, and what is inherited ---------------------------------------------------------------------

DAYS = st.dates(date(2010, 6, 1), TODAY)
STATES = st.sampled_from(["met", "partly", "open"])
SECTORS = ("food", "water", "shelter")
NOTED = st.lists(st.tuples(st.sampled_from(SECTORS), STATES, st.none() | DAYS), max_size=12)


def rows_of(noted: list[tuple[str, str, date | None]], **whom: str) -> list[BasicNeed]:
    return [
        BasicNeed(id=f"{at:032x}", sector=sector, state=state, noted_on=on, **whom)
        for at, (sector, state, on) in enumerate(noted)
    ]


@given(noted=NOTED, chance=st.randoms(use_true_random=False))
def test_the_newest_day_counts_whatever_the_order(noted: list[tuple[str, str, date | None]], chance: Random) -> None:
    rows = rows_of(noted)
    mixed = list(rows)
    chance.shuffle(mixed)
    found = newest(mixed)
    assert found == newest(rows)
    for sector, one in found.items():
        others = [row for row in rows if row.sector == sector]
        assert (one.noted_on or date.min, one.id) == max((row.noted_on or date.min, row.id) for row in others)


@given(own=NOTED, home=NOTED, place=NOTED)
def test_who_says_nothing_of_their_own_has_what_the_household_has_and_then_the_site(
    own: list[tuple[str, str, date | None]],
    home: list[tuple[str, str, date | None]],
    place: list[tuple[str, str, date | None]],
) -> None:
    layers = [(PERSON, newest(rows_of(own))), (HOUSEHOLD, newest(rows_of(home))), (SITE, newest(rows_of(place)))]
    for stand in stands(SECTORS, layers):
        saying = [(of, told[stand.sector]) for of, told in layers if stand.sector in told]
        assert (stand.of, stand.need) == (saying[0] if saying else ("", None))


@given(noted=NOTED)
@examples(25, share_fixtures=True)
def test_the_store_counts_as_the_rule_does(at: Office, site: Site, noted: list[tuple[str, str, date | None]]) -> None:
    desk = at.supervisor
    place = add(desk, SiteForm(name=new_id()))[0]
    home = family(desk, place)[0].household_id
    rows = [replace(row, id=new_id(), household_id=home) for row in rows_of(noted)]
    keep(desk, *rows)
    stands_now = newest(rows)
    for one in assistance.open_needs(desk, place.id):
        state = stands_now[one.sector].state if one.sector in stands_now else ""
        assert (one.households, one.people) == ((1, 3) if state == "open" else (0, 0))
        assert (one.partly_households, one.partly_people) == ((1, 3) if state == "partly" else (0, 0))


def stand_of(desk: Desk, person: Person, sector: str) -> tuple[str, str, date | None]:
    stand = next(one for one in assistance.of_person(desk, person.id).stands if one.sector == sector)
    return (stand.of, stand.need.state, stand.need.noted_on) if stand.need else ("", "", None)


def test_a_person_inherits_and_it_is_told_from_where_and_how_old(at: Office, site: Site) -> None:
    desk, (first, *_rest) = at.supervisor, family(at.supervisor, site)
    assert stand_of(desk, first, "water") == ("", "", None)
    assistance.note(desk, SITE, site.id, [Said("water", "open", people=40)], date(2010, 6, 1))
    assert stand_of(desk, first, "water") == (SITE, "open", date(2010, 6, 1))
    assistance.note(desk, HOUSEHOLD, first.household_id, [Said("water", "partly")], date(2010, 5, 30))
    assert stand_of(desk, first, "water") == (HOUSEHOLD, "partly", date(2010, 5, 30))
    assistance.note(desk, PERSON, first.id, [Said("water", "met")], date(2010, 5, 1))
    assert stand_of(desk, first, "water") == (PERSON, "met", date(2010, 5, 1))
    assert [need.noted_on for need in assistance.of_person(desk, first.id).needs] == [
        date(2010, 6, 1),
        date(2010, 5, 30),
        date(2010, 5, 1),
    ]


def test_several_sectors_are_one_save_and_history_is_kept(at: Office, site: Site) -> None:
    desk, (first, *_rest) = at.supervisor, family(at.supervisor, site)
    every = [Said(sector, "open", "since the fire") for sector in assistance.sectors(desk)]
    before = desk.store.journal_head().count
    changes = assistance.note(desk, HOUSEHOLD, first.household_id, every)
    assert desk.store.journal_head().count == before + 9
    assistance.note(desk, HOUSEHOLD, first.household_id, [Said("food", "met")])
    told = assistance.of_person(desk, first.id)
    assert [need.state for need in told.needs if need.sector == "food"] == ["met", "open"]
    assert told.needs[0].noted_by == desk.user.id
    assert changes.kinds == frozenset({"BasicNeed"})


# --- bad input --------------------------------------------------------------------------------------------------------


@contextmanager
def wrong(*fields: str) -> Iterator[None]:
    with pytest.raises(FormProblems) as told:
        yield
    assert [problem.field for problem in told.value.problems] == list(fields)
    assert all(problem.text.endswith(".") for problem in told.value.problems)


GIFT = Assistance(id="", sector="nfi", what="Blankets", quantity=2, unit="pieces", given_by="Red Crescent")


def test_what_cannot_be_is_told_in_sentences_and_nothing_is_written(at: Office, site: Site) -> None:
    desk, (first, *_rest) = at.supervisor, family(at.supervisor, site)
    before = desk.store.journal_head()
    tomorrow = TODAY + timedelta(days=1)
    for gift, field in (
        (replace(GIFT, quantity=-2), "quantity"),
        (replace(GIFT, quantity=0), "quantity"),
        (replace(GIFT, quantity=10**9), "quantity"),
        (replace(GIFT, given_on=tomorrow), "given_on"),
        (replace(GIFT, given_on=date(201, 6, 1)), "given_on"),
        (replace(GIFT, what="  "), "what"),
        (replace(GIFT, what="x" * 201), "what"),
        (replace(GIFT, sector="gold"), "sector"),
        (replace(GIFT, person_id=first.id, site_id=site.id), "whom"),
    ):
        with wrong(field):
            assistance.give(desk, PERSON, first.id, gift)
        with wrong(field):
            distribution.distribute(desk, site.id, gift, None)
    with wrong("on"):
        assistance.note(desk, PERSON, first.id, [Said("food", "open")], tomorrow)
    with wrong("on"):
        assistance.note(desk, PERSON, first.id, [])
    with wrong("state.food"):
        assistance.note(desk, PERSON, first.id, [Said("food", "fine")])
    with wrong("people.food"):
        assistance.note(desk, HOUSEHOLD, first.household_id, [Said("food", "open", people=4)])
    with wrong("people.food"):
        assistance.note(desk, SITE, site.id, [Said("food", "open", people=-4)])
    with wrong("homes"):
        distribution.distribute(desk, site.id, GIFT, [])
    with pytest.raises(AppError) as told:
        assistance.give(desk, SITE, first.id, GIFT)
    assert told.value.code == "record.not_found"
    assert desk.store.journal_head() == before


# --- what was given ---------------------------------------------------------------------------------------------------


def test_a_gift_is_corrected_and_taken_away_through_the_journal(at: Office, site: Site) -> None:
    desk, (first, *_rest) = at.supervisor, family(at.supervisor, site)
    assistance.give(desk, HOUSEHOLD, first.household_id, GIFT)
    (gift,) = assistance.of_person(desk, first.id).given
    assert (gift.household_id, gift.quantity, gift.given_on, gift.noted_by) == (
        first.household_id,
        2,
        TODAY,
        desk.user.id,
    )
    assistance.correct(at.other, replace(gift, quantity=3, household_id="", person_id=first.id, noted_by=""))
    (gift,) = assistance.of_person(desk, first.id).given
    assert (gift.household_id, gift.quantity, gift.noted_by) == (first.household_id, 3, desk.user.id)
    assistance.take_away(at.other, gift)
    assert not assistance.of_person(desk, first.id).given
    with desk.reading() as reading:
        told = [(entry.change, entry.field) for entry in history.of_records(reading, [gift.id])]
    assert told == [("removed", ""), ("changed", "quantity"), ("made", "")]


def test_a_need_noted_by_mistake_is_corrected_and_taken_away(at: Office, site: Site) -> None:
    desk, (first, *_rest) = at.supervisor, family(at.supervisor, site)
    assistance.note(desk, PERSON, first.id, [Said("health", "open", "no insulin")])
    (need,) = assistance.of_person(desk, first.id).needs
    assistance.correct(desk, replace(need, state="partly"))
    assert stand_of(desk, first, "health")[1] == "partly"
    assistance.take_away(desk, need)
    assert stand_of(desk, first, "health") == ("", "", None)


def test_what_a_household_needed_goes_on_with_the_last_of_it(at: Office, site: Site) -> None:
    desk, (alone,), (other, *_rest) = at.supervisor, family(at.supervisor, site, 1), family(at.supervisor, site)
    assistance.give(desk, HOUSEHOLD, alone.household_id, GIFT)
    assistance.note(desk, HOUSEHOLD, alone.household_id, [Said("food", "open")])
    households.join(desk, alone.id, other.id, "kin")
    told = assistance.of_person(desk, alone.id)
    assert [gift.person_id for gift in told.given] == [alone.id]
    assert stand_of(desk, alone, "food")[0] == PERSON


# --- need to know -----------------------------------------------------------------------------------------------------


def test_words_about_whoever_has_something_restricted_are_withheld(at: Office) -> None:
    person = bring_in(at, kind("survivor", need("SV-VF")))  # with every sector lacking, and two gifts
    for desk in (at.supervisor, at.holder):
        told = assistance.of_person(desk, person.id)
        assert (len(told.needs), len(told.given), told.withheld) == (9, 2, False)
        assert TYPED in repr(told)
    told = assistance.of_person(at.other, person.id)
    assert TYPED not in repr(told)
    assert told.withheld
    assert {need.sector for need in told.needs} == set(assistance.sectors(at.other)) - assistance.TELLING
    assert [gift.sector for gift in told.given] == ["nfi"]
    for row in assistance.of_person(at.holder, person.id).needs[:1] + assistance.of_person(at.holder, person.id).given:
        for door in (assistance.correct, assistance.take_away):
            with pytest.raises(AppError) as refused:
                door(at.other, row)
            assert refused.value.code == "access.denied"


def test_a_list_does_not_say_who_lacks_what_would_tell(at: Office, site: Site) -> None:
    person = bring_in(at, kind("exile", need("LP-IH"), site_id=site.id))
    family(at.supervisor, site)
    assistance.note(at.holder, PERSON, person.id, [Said("security", "open"), Said("food", "open")])
    assistance.give(at.holder, PERSON, person.id, replace(GIFT, sector="security", what="Door lock"))
    for desk, sector, listed in ((at.supervisor, "security", 1), (at.other, "security", 2), (at.other, "food", 1)):
        lines = distribution.homes(desk, site.id, HomeFilter(sector, lacking=True), 0, 9)
        assert len(lines) == distribution.home_count(desk, site.id, HomeFilter(sector, lacking=True))[0] == listed
    assert {
        (line.state, line.given_on, line.told) for line in distribution.homes(at.other, site.id, SECURITY, 0, 9)
    } == {("", None, False)}


def test_of_a_household_with_somebody_withheld_no_words_are_told(at: Office, site: Site) -> None:
    head, child, *_rest = family(at.supervisor, site)
    keep(at.supervisor, need("SV-VF")(child))
    assistance.note(
        at.supervisor, HOUSEHOLD, head.household_id, [Said("food", "open", TYPED), Said("legal", "open", TYPED)]
    )
    assistance.give(at.supervisor, HOUSEHOLD, head.household_id, replace(GIFT, what=TYPED))
    told = assistance.of_person(at.other, head.id)
    assert (told.withheld, told.home_withheld) == (False, True)
    assert TYPED not in repr(told)
    assert [row.sector for row in (*told.needs, *told.given)] == ["food", "nfi"]


def test_counts_under_five_are_for_supervisors(at: Office, site: Site) -> None:
    for _n in range(5):
        first = family(at.supervisor, site, 1)[0]
        assistance.note(at.supervisor, HOUSEHOLD, first.household_id, [Said("food", "open")])
        told = open_of(at.other, "food", site.id)
        known = open_of(at.supervisor, "food", site.id).households
        assert told.households == (known if known == 5 else None)
    assert open_of(at.other, "water", site.id).households == 0


def test_who_is_shielded_is_at_no_site_and_in_no_count_of_it(at: Office, site: Site) -> None:
    desk = at.supervisor
    first, *_rest = family(desk, site)
    family(desk, site)
    assistance.note(desk, HOUSEHOLD, first.household_id, [Said("food", "open")])
    assert (open_of(desk, "food", site.id).households, distribution.home_count(desk, site.id, FOOD)) == (1, (2, 6))
    shield.put_up(desk, first.id, "An order to arrest her was seen")
    for reader in (desk, at.holder, at.other):
        assert (open_of(reader, "food", site.id).households, open_of(reader, "food", site.id).asked) == (0, 0)
        assert distribution.home_count(reader, site.id, FOOD) == (1, 3)
        listed = distribution.homes(reader, site.id, FOOD, 0, 9)
        assert first.household_id not in {line.id for line in listed}
    with wrong("homes"):
        distribution.distribute(at.other, site.id, GIFT, [first.household_id])
    told = assistance.of_person(at.other, first.id)
    assert (told.masked, told.needs, told.given, told.household_id) == (True, (), (), "")
    assert assistance.of_person(desk, first.id).needs


def test_a_shielded_household_that_was_put_at_a_site_again_stands_there_by_its_number(at: Office, site: Site) -> None:
    desk, (first, *_rest) = at.supervisor, family(at.supervisor, site)
    shield.put_up(desk, first.id, "An order to arrest her was seen")
    with desk.reading() as reading:
        person, home = reading.get(Person, first.id), reading.get(Household, first.household_id)
    line = HomeLine(home.id, home.number, 1, "", "", None)
    rows = [HomeRow(home.id, is_home=True, people=1, state="", given_on=None)]
    with desk.reading() as reading:
        assert distribution._lines(at.other, reading, rows) == [line]
        assert "Каримова" in distribution._lines(desk, reading, rows)[0].head_name
    assert person.site_id == ""


# --- giving to many ---------------------------------------------------------------------------------------------------

FOOD, SECURITY = HomeFilter("food"), HomeFilter("security")


def test_a_distribution_is_one_save_and_is_taken_back_whole(at: Office, site: Site) -> None:
    desk = at.other
    homes = [family(at.supervisor, site, people)[0].household_id for people in (1, 2, 3)]
    lone = Person(id=new_id(), number="KX7-09999-1", given_name="Anvar", presence="here", site_id=site.id)
    keep(at.supervisor, lone)
    flour = replace(GIFT, sector="food", what="Flour", quantity=5, unit="kg")
    done = distribution.distribute(desk, site.id, flour, None, each_person=True)
    assert (done.homes, done.people, done.gone) == (4, 7, 0)
    with desk.reading() as reading:
        given = {row.household_id or row.person_id: row.quantity for row in reading.all(Assistance)}
    assert given == {**dict(zip(homes, (5, 10, 15), strict=True)), lone.id: 5}
    first, last = undoing.undo_save(desk, done.changes).entries
    with desk.reading() as reading:
        assert not reading.all(Assistance)
        told = history.between(reading, first, last)
    assert [(entry.change, entry.old["quantity"]) for entry in told] == [
        ("removed", given[entry.old["household_id"] or entry.old["person_id"]]) for entry in told
    ]
    assert len(told) == len(given)


def test_taking_a_distribution_back_asks_the_vault_as_often_for_many_as_for_few(
    at: Office, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, asked = at.other, list[str]()
    homes = [family(at.supervisor, site, 1)[0].household_id for _n in range(12)]
    execute = Connection.execute
    monkeypatch.setattr(Connection, "execute", lambda *a, **more: asked.append("") or execute(*a, **more))
    times = []
    for some in (homes[:2], homes):
        done = distribution.distribute(desk, site.id, GIFT, some)
        asked.clear()
        undoing.undo_save(desk, done.changes)
        times.append(len(asked))
    assert times[0] == times[1]


def test_a_distribution_of_which_one_gift_was_corrected_stays_whole(at: Office, site: Site) -> None:
    homes = [family(at.supervisor, site, 1)[0].household_id for _n in range(3)]
    done = distribution.distribute(at.other, site.id, GIFT, homes)
    with at.other.reading() as reading:
        given = reading.all(Assistance)
    keep(at.supervisor, replace(given[1], quantity=3))
    with pytest.raises(AppError, match="since"):
        undoing.undo_save(at.other, done.changes)
    with at.other.reading() as reading:
        assert len(reading.all(Assistance)) == len(given)


def test_whoever_waits_longest_stands_first_and_filters_find_them(at: Office, site: Site) -> None:
    desk = at.supervisor
    a, b, c = (family(desk, site, 2)[0].household_id for _n in range(3))
    flour = replace(GIFT, sector="food", what="Flour")
    distribution.distribute(desk, site.id, replace(flour, given_on=date(2010, 5, 1)), [a, b])
    distribution.distribute(desk, site.id, replace(flour, given_on=date(2010, 6, 10)), [b])
    assert [line.id for line in distribution.homes(desk, site.id, FOOD, 0, 9)] == [c, a, b]
    since = distribution.waiting_since(desk, distribution.RATION_DAYS)
    late = HomeFilter("food", not_since=since)
    assert [line.id for line in distribution.homes(desk, site.id, late, 0, 9)] == [c, a]
    assert distribution.home_count(desk, site.id, late) == (2, 4)
    assistance.note(desk, HOUSEHOLD, a, [Said("food", "partly")])
    assert [line.id for line in distribution.homes(desk, site.id, replace(late, lacking=True), 0, 9)] == [a]
    done = distribution.distribute(desk, site.id, flour, None, wanted=late)
    assert (done.homes, open_of(desk, "food", site.id).given_on) == (2, TODAY)
    gone = distribution.distribute(desk, site.id, flour, [a, new_id()])
    assert (gone.homes, gone.gone) == (1, 1)


def test_the_last_rounds_are_told_by_what_was_given(at: Office, site: Site) -> None:
    desk = at.supervisor
    for _n in range(5):
        family(desk, site, 2)
    one = distribution.homes(desk, site.id, FOOD, 0, 1)[0]
    distribution.distribute(desk, site.id, replace(GIFT, given_on=date(2010, 6, 1)), None)
    distribution.distribute(desk, site.id, replace(GIFT, what="Soap"), [one.id])
    told = [(each.what, each.homes, each.quantity, each.given_on) for each in distribution.rounds(desk, site.id)]
    assert told == [("Soap", 1, 2, TODAY), ("Blankets", 5, 10, date(2010, 6, 1))]
    assistance.give(at.other, SITE, site.id, replace(GIFT, what="Latrines", sector="water"))
    told = [(each.what, each.homes) for each in distribution.rounds(at.other, site.id)]
    assert told == [("Latrines", 0), ("Blankets", 5)]


def test_a_distribution_assesses_nobody_anew(at: Office, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    family(at.supervisor, site)
    asked: list[object] = []
    monkeypatch.setattr("panoh.services.deriving.Deriver.refresh", lambda _self, _unit, ids: asked.append(ids))
    distribution.distribute(at.supervisor, site.id, GIFT, None)
    assert not asked
