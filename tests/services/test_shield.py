"""The shield: forty people behind it, and every door of somebody who does not need to know is searched for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.services.access_people import DOORS, NUMBERS, Office, desk_of, office, seen
from tests.services.erasing_people import _told as values_of

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.border import BorderEvent
from panoh.domain.family import KinLink
from panoh.domain.household import Household, Site
from panoh.domain.lines import PeopleFilter, QueueFilter
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.shield import Shield
from panoh.domain.tracing import TracingRequest
from panoh.services import (
    approvals,
    cases,
    completing,
    dashboards,
    drafts,
    due,
    duplicates,
    families,
    households,
    imports,
    merging,
    papers,
    people,
    seal,
    search,
    shield,
    summaries,
    tracing,
    triage,
)
from panoh.services.journal import Filter
from panoh.services.journal import page as journal_page
from panoh.services.records import keep
from panoh.services.today import today
from panoh.store.tables import table

HOUSEHOLDS = 20  # two people each
DRAWN = (dashboards.ages, dashboards.levels, dashboards.overdue, dashboards.open_needs, dashboards.registered)
NOWHERE = 2  # of which no place and no phone is known, so that the journal holds their first images


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, list[Person]]]:
    """Forty people of twenty households, whose first has a shield; a hundred others stand around them."""
    clock = FixedClock(datetime(2010, 6, 14, 9, 0, tzinfo=UTC))
    at = office(tmp_path_factory.mktemp("shield") / "vault", clock)
    with at.opened:
        found = [person for each in range(HOUSEHOLDS) for person in _family(at, each)]
        for each in range(100):
            keep(at.supervisor, _person(at, 500 + each, "Обычнова", "Соседка"))
        duplicates.sweep(at.supervisor)
        for person in found[::2]:
            shield.put_up(at.holder, person.id, "an extradition request")
        yield at, found


def _person(at: Office, serial: int, family: str, given: str, **fields: object) -> Person:
    born = at.clock.today() - timedelta(days=9_000 + serial)
    with at.supervisor.writing() as unit:
        number = unit.next_numbers()[0]
    usual: dict[str, object] = {
        "id": new_id(), "number": number, "family_name": family, "given_name": given, "sex": "F",
        "birth_earliest": born, "birth_latest": born, "birth_precision": "day", "registered_at": at.clock.now(),
        "fled_from": "KG", "country_now": "UZ", "urgent": "none",
    }  # fmt: skip
    return Person(**{**usual, **fields})  # type: ignore[arg-type]


def _family(at: Office, n: int) -> list[Person]:
    """Two people with markers in their names, places and phones; two records of the first, so that they look alike."""
    desk = at.supervisor
    site = Site(id=new_id(), number=f"KX7-{900 + n:05}-1", name=f"Мектепмаркер{n}")
    home = Household(
        id=new_id(), number=f"KX7-{800 + n:05}-1", site_id=site.id, address_before=f"Кўчамаркер {n}", phone=f"+99655511{n:04}",
        language="uz",
    )  # fmt: skip
    if n == NOWHERE:
        home = Household(id=home.id, number=home.number, language="uz")
    at_site = "" if n == NOWHERE else site.id
    shared = {"household_id": home.id, "site_id": at_site, "external_id": f"EXTMARK{n}"}
    first = _person(
        at,
        2 * n + 1,
        f"Фамилмаркер{n}",
        f"Исммаркер{n}",
        relation="head",
        phone="" if n == NOWHERE else f"+99655522{n:04}",
        **shared,
    )
    second = _person(at, 2 * n + 2, f"Фамилмаркер{n}", f"Келинмаркер{n}", relation="spouse", **shared)
    keep(desk, site, home, first, second)
    keep(
        desk,
        RefoulementAssessment(id=new_id(), person_id=first.id, extradition="yes", feared_country="UZ"),
        PersonName(id=new_id(), person_id=first.id, kind="other_script", text=f"Familmarker{n}"),
        PersonPhone(id=new_id(), person_id=second.id, phone_no=f"+99655533{n:04}"),
        IdentityDocument(id=new_id(), person_id=first.id, kind="passport", document_no=f"DOCMARK{n}", state="lost"),
        BorderEvent(id=new_id(), person_id=first.id, status="admitted", happened_on=at.clock.today()),
        KinLink(id=new_id(), from_person_id=first.id, to_person_id=second.id, kind="partner"),
        TracingRequest(
            id=new_id(), number=f"KX7-{700 + n:05}-1", inquirer_id=first.id, given_name=f"Изловмаркер{n}", sex="M",
        ),
    )  # fmt: skip
    drafts.keep(
        at.other, f"{first.id}.identity", "person", {"person_id": first.id, "values": {"phone": f"+99655522{n:04}"}}
    )
    return [first, second]


def _names(n: int) -> list[str]:
    words = ("Фамилмаркер", "Исммаркер", "Келинмаркер", "Familmarker", "EXTMARK", "DOCMARK", "Изловмаркер")
    return [f"{word}{n}" for word in words]


def _places(n: int) -> list[str]:
    return [f"Кўчамаркер {n}", f"+99655511{n:04}", f"+99655522{n:04}", f"+99655533{n:04}"]


MARKS = [mark for n in range(HOUSEHOLDS) for mark in (*_names(n), *_places(n))]


@pytest.mark.parametrize("door", DOORS)
def test_no_door_of_one_person_tells_who_it_is(behind: tuple[Office, list[Person]], door: str) -> None:
    at, found = behind
    if door == "tracing":
        return  # asks for requests of its own: see the lists below
    for person in found[:6]:
        if door.startswith("paper at level") or door == "reunifications":
            with pytest.raises(AppError, match="Ask a supervisor"):
                DOORS[door](at.other, person)
            continue
        text = seen(DOORS[door], at.other, person)
        assert [mark for mark in MARKS if mark in text] == [], door


def test_no_list_tells_who_they_are(behind: tuple[Office, list[Person]]) -> None:
    at, found = behind
    desk, places = at.other, [site.id for site, _people in dashboards.occupancy(at.other)]
    every = {
        "people": people.page(desk, 0, 999),
        "queue": triage.whole_queue(desk, 999),
        "queue, nobody": triage.queue(desk, QueueFilter(nobody=True), 0, 999),
        "families": families.page(desk, 0, 999),
        "requests": tracing.page(desk, 0, 999),
        "matches": list(tracing.matches(desk, 50)),
        "pairs": duplicates.worklist(desk, 0, 9999),
        "merges": merging.joined(desk),
        "to complete": completing.page(desk, 0, 999),
        "lost papers": papers.page(desk, 0, 999),
        "today": today(desk),
        "dashboards": [each(desk, place) for place in ("", *places) for each in DRAWN],
        "lists behind their bars": [people.page(desk, 0, 999, PeopleFilter(site_id=place)) for place in places],
        "due": due.mine(desk, 0, 999),
        "family": [families.family_of(desk, person.id) for person in found],
        "drafts": drafts.mine(desk),
    }
    for name, told in every.items():
        assert [mark for mark in MARKS if mark in repr(told)] == [], name
    assert places
    assert not any(every["lists behind their bars"]), "they are at no site"
    assert len(every["to complete"]) == completing.count(desk)
    assert len(every["lost papers"]) == papers.count(desk) == 0
    assert len(every["pairs"]) == duplicates.count(desk)


def test_a_search_finds_them_by_the_whole_number_alone(behind: tuple[Office, list[Person]]) -> None:
    at, found = behind
    for n in range(HOUSEHOLDS):
        for words in (*_names(n), *_places(n), f"Фамилмаркер{n} Исммаркер{n}"):
            text = repr((search.people(at.other, words), search.everything(at.other, words)))
            assert found[2 * n].id not in text, words
            assert found[2 * n + 1].id not in text, words
            assert not duplicates.probable(at.other, words, "F", "", "", 20)
        by_number = search.people(at.other, found[2 * n].number)
        assert [one.line.full_name for one in by_number] == [found[2 * n].number]
        assert found[2 * n].id in [one.line.id for one in search.people(at.holder, found[2 * n].full_name)]


def test_the_holder_and_supervisors_know_them(behind: tuple[Office, list[Person]]) -> None:
    at, found = behind
    for desk in (at.supervisor, at.holder):
        view = people.person(desk, found[0].id)
        assert view.person.full_name == found[0].full_name
        assert not view.masked
    assert people.person(at.supervisor, found[1].id).person.full_name == found[1].full_name
    assert people.person(at.holder, found[1].id).case.assess_by is not None, "and each of them is to be assessed"
    assert not people.person(at.holder, found[1].id).masked, (
        "who holds one case of a household holds all that nobody held"
    )
    assert shield.of_person(at.supervisor, found[0].id) is not None
    assert shield.of_person(at.other, found[0].id) is None
    assert summaries.preview(at.holder, found[0].id, summaries.Wanted(), NUMBERS).pdf.startswith(b"%PDF")


def test_which_of_the_household_is_meant_cannot_be_told(behind: tuple[Office, list[Person]]) -> None:
    at, found = behind
    lines = {line.id: line for line in people.page(at.other, 0, 999)}
    for person in found:
        assert lines[person.id].full_name == person.number
        assert lines[person.id].site_name == ""
    first, second = (people.person(at.other, found[n].id) for n in (0, 1))
    assert first.masked
    assert second.masked
    assert {"Do not name this person to anyone."} <= set(first.level.dont) & set(second.level.dont)
    assert [line.full_name for line in first.members] == [line.full_name for line in second.members]
    assert replace(first.level, since=None) == replace(second.level, since=None)
    hidden = {person.id for person in found}
    assert {lines[one].level for one in hidden} == {""}, "critical beside high would tell"
    assert {lines[one].owner_name for one in hidden} == {at.holder.user.name}
    everywhere = (QueueFilter(), QueueFilter(levels=("critical",)), QueueFilter(nobody=True), QueueFilter(overdue=True))
    for wanted in everywhere:
        listed = triage.queue(at.other, wanted, 0, 9999)
        assert hidden.isdisjoint(item.line.id for item in listed)
        assert len(listed) == triage.count(at.other, wanted)
    assert hidden <= {item.line.id for item in triage.whole_queue(at.supervisor, 9999)}
    with pytest.raises(AppError, match="Ask a supervisor"):
        triage.lowers(at.other, found[0].id, "low")


def test_places_and_phones_are_in_no_table_and_no_journal(behind: tuple[Office, list[Person]]) -> None:
    at, found = behind
    with at.supervisor.reading() as reading:
        raw = reading.connection.connection.driver_connection
        everything = "\n".join(values_of(raw))
    assert [mark for n in range(HOUSEHOLDS) for mark in _places(n) if mark in everything] == []
    for person in found[:4:2]:
        sealed = seal.lines(at.supervisor, person.id)
        text = "\n".join(seal.open_sealed(at.supervisor, one.id, "to meet them")["text"] for one in sealed)
        n = found.index(person) // 2
        assert all(mark in text for mark in (*_places(n)[:3], f"Мектепмаркер{n}"))
        assert seal.lines(at.other, person.id) == []
    assert at.opened.check().problems == ()
    with pytest.raises(AppError, match=r"role"):
        journal_page(at.other, Filter(), 0, 999)


def test_whatever_writes_a_place_later_ends_under_seal(behind: tuple[Office, list[Person]]) -> None:
    at, found = behind
    person = people.person(at.holder, found[2].id).person
    before = len(seal.lines(at.supervisor, person.id))
    keep(at.holder, replace(person, phone="+998 90 777 66 55"))
    with at.supervisor.reading() as reading:
        assert reading.get(Person, person.id).phone == ""
        raw = reading.connection.connection.driver_connection
        assert "777 66 55" not in "\n".join(values_of(raw))
    told = seal.lines(at.supervisor, person.id)
    assert len(told) == before + 1
    assert "777 66 55" in seal.open_sealed(at.supervisor, told[-1].id, "to phone")["text"]
    assert at.opened.check().problems == ()


def test_who_moves_in_is_masked_and_who_leaves_is_not(behind: tuple[Office, list[Person]]) -> None:
    at, found = behind
    guest = _person(at, 690, "Мехмонова", "Гуля")
    keep(at.supervisor, guest)
    households.join(at.supervisor, guest.id, found[4].id, "other_relative")
    assert people.line(at.other, guest.id).full_name == guest.number  # type: ignore[union-attr]
    households.move_out(at.supervisor, guest.id)
    assert people.line(at.other, guest.id).full_name == guest.full_name  # type: ignore[union-attr]


def test_a_list_that_tells_a_place_of_them_ends_under_seal(behind: tuple[Office, list[Person]], tmp_path: Path) -> None:
    """One row of somebody known, and a newcomer who joins their household."""
    at, found = behind
    before = len(seal.lines(at.supervisor, found[6].id))
    with at.supervisor.reading() as reading:
        home = reading.get(Household, found[6].household_id)
    keep(at.supervisor, replace(home, external_id="H6"), replace(found[6], external_id="P6", site_id="", phone=""))
    file = tmp_path / "list.csv"
    file.write_text(
        "person_id,household_id,relation,given_name,family_name,sex,birth_date,site,phone\n"
        "P6,H6,head,Исммаркер3,Фамилмаркер3,F,1985,Листсайт,+998901112233\n"
        "P7,H6,child,Болалист,Фамилмаркер3,F,2005,Листсайт,+998904445566\n"
        + "".join(f"Q{n},HQ{n},head,Бошқа{n},Одамов,M,1970,Листсайт,\n" for n in range(30)),
        "utf-8",
    )
    imports.import_people(at.other, file, imports.Options(without_backup=True))
    with at.supervisor.reading() as reading:
        raw = reading.connection.connection.driver_connection
        everything = "\n".join(values_of(raw))
        child = reading.first(Person, table(Person).c.external_id == "P7")
    assert "+998901112233" not in everything
    assert "+998904445566" not in everything
    assert child is not None
    assert people.line(at.other, child.id).full_name == child.number  # type: ignore[union-attr]
    assert len(seal.lines(at.supervisor, found[6].id)) > before
    told = seal.lines(at.supervisor, child.id)
    assert "+998904445566" in seal.open_sealed(at.supervisor, told[-1].id, "to phone")["text"]
    assert at.opened.check().problems == ()


def test_nobody_changes_or_takes_who_is_masked_for_them(behind: tuple[Office, list[Person]]) -> None:
    at, found = behind
    with at.supervisor.reading() as reading:
        wife = reading.get(Person, found[1].id)
        link = reading.all(KinLink)[0]
        wanted = reading.all(TracingRequest)[0]
    for record in (replace(wife, sex="M"), replace(link, kind="sibling"), replace(wanted, sex="F")):
        with pytest.raises(AppError) as refused:
            keep(at.other, record)
        assert refused.value.code == "shield.withheld"
    with pytest.raises(AppError) as refused:
        tracing.request(at.other, wanted.id)
    assert refused.value.code == "shield.withheld"
    for person in found[:2]:
        with pytest.raises(AppError):
            cases.take(at.other, person.id)


def test_nothing_goes_to_an_authority(behind: tuple[Office, list[Person]]) -> None:
    at, found = behind
    for recipient in (
        "authorities_asylum",
        "authorities_origin",
        "Ministry of Interior",
        "Посольство Узбекистана",
        "Uzbekistan",
    ):
        with pytest.raises(AppError) as refused:
            summaries.export_case(at.supervisor, found[0].id, summaries.Wanted(recipient=recipient))
        assert refused.value.code == "shield.recipient", recipient


def test_taking_it_down_takes_two(tmp_path: Path, clock: FixedClock) -> None:
    at = office(tmp_path / "vault", clock)
    with at.opened:
        second = desk_of(at.opened, "Gulnara", "supervisor")
        person = _person(at, 1, "Каримова", "Лола", phone="0555 12 34 56")
        keep(at.supervisor, person)
        said = shield.preview(at.holder, person.id)
        assert any(sentence.startswith("1 place or phone number moves") for sentence in said)
        shield.put_up(at.holder, person.id, "sought at home")
        with pytest.raises(AppError) as refused:
            shield.put_up(at.holder, person.id, "again")
        assert refused.value.code == "shield.holds"
        with pytest.raises(AppError) as refused:
            shield.agree_off(second, person.id)
        assert refused.value.code == "shield.not_asked"
        with pytest.raises(AppError):
            shield.ask_off(at.other, person.id, "curious")
        shield.ask_off(second, person.id, "settled abroad")
        with pytest.raises(AppError) as refused:
            shield.agree_off(second, person.id)
        assert refused.value.code == "shield.same_person"
        with pytest.raises(AppError):
            shield.agree_off(at.holder, person.id)
        assert [one.asked_by for one in approvals.page(at.supervisor, 0, 9, decided=False)] == ["Gulnara"]
        shield.keep_on(at.supervisor, person.id)
        assert approvals.page(at.supervisor, 0, 9, decided=False) == []
        shield.ask_off(second, person.id, "settled abroad")
        shield.agree_off(at.supervisor, person.id)
        assert people.line(at.other, person.id).full_name == "Каримова Лола"  # type: ignore[union-attr]
        with at.supervisor.reading() as reading:
            assert reading.get(Person, person.id).phone == ""
            assert reading.first(Shield, table(Shield).c.person_id == person.id).off_by == at.supervisor.user.id  # type: ignore[union-attr]
        shield.put_up(at.holder, person.id, "again")
