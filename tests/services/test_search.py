"""Searching a real vault by what is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from tests.services.access_people import Kind, bring_in, office

from panoh.base.clock import Clock, FixedClock
from panoh.base.ids import new_id
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone
from panoh.services import cards, imports, merging, people, search, vault
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.vault import OpenVault
from panoh.store.keyfile import Kdf

PASSPHRASE = "apricot ladder seven rivers"
ROWS = """person_id,household_id,relation,given_name,family_name,patronymic,sex,birth_date,origin,phone,document_no,site,site_kind
A1,H1,head,Азиз,Юлдашев,Каримович,M,1974-03-02,Osh,+996555123456,AN1230567,School 14,school
A2,H1,spouse,Малика,Юлдашева,Рустамовна,F,1976,Osh,,,School 14,school
A3,H1,child,Ҳасан,Юлдашев,Азизович,M,2004-05-05,Osh,,,School 14,school
A9,H1,child,Ҳусан,Юлдашев,Азизович,M,2004-05-05,Osh,,,School 14,school
A4,H2,head,Aziz,Yoʻldoshev,,M,1998,Андижан,,ID7654321,School 31,school
A5,H3,head,Bakyt,Asan uulu,,M,1985-01-01,Ош,+996700998877,,Tents 2 Andijan,tents
A6,H4,head,Гүлнара,Каримова,Абдыкеримовна,F,1985-06-01,Ош,,,Tents 2 Andijan,tents
A7,H5,head,Gulnora,Karimova,,F,1960,Uzgen,,,School 14,school
A8,H6,head,Мирлан,Токтогулов,,M,1990,Uzgen,,,School 14,school
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    folder = tmp_path_factory.mktemp("search")
    source = folder / "people.csv"
    source.write_text(ROWS, encoding="utf-8")
    made = vault.create(folder / "vault", "a", PASSPHRASE, clock=Clock(), device="KX7", kdf=Kdf.cheap())
    with made.open as opened:
        imports.import_people(opened.desk, source, imports.Options())
        yield opened


@pytest.fixture(scope="module")
def desk(opened: OpenVault) -> Desk:
    return opened.desk


def found(desk: Desk, text: str) -> list[str]:
    return [each.line.external_id for each in search.people(desk, text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("yuldashev aziz 1974", "A1"),
        ("йўлдошев азиз 1998", "A4"),
        ("Juldaschew Asis Karimowitsch", "A1"),
        ("юлдашева малика", "A2"),
        ("малика рустамовна", "A2"),
        ("Hasan Yuldashev", "A3"),
        ("бакыт асан уулу", "A5"),
        ("karimova osh ж", "A6"),
        ("каримова 1985", "A6"),
        ("karimova gulnara school 14", "A7"),
        ("каримова 1960", "A7"),
        ("Милран Токтогулов", "A8"),
        ("токтог", "A8"),
        ("мирлан ток", "A8"),
        ("М. Токтогулов", "A8"),
        ("A5", "A5"),
        ("0555 12-34-56", "A1"),
        ("99 88 77", "A5"),
        ("an 123o567", "A1"),
        ("ID-7654321", "A4"),
    ],
)
def test_what_is_remembered_finds_the_person(desk: Desk, text: str, first: str) -> None:
    assert found(desk, text)[:1] == [first]


def test_a_wrong_year_ranks_and_never_excludes(desk: Desk) -> None:
    assert found(desk, "Токтогулов Мирлан 1950") == ["A8"]


def test_of_twins_the_one_who_was_meant_comes_first(desk: Desk) -> None:
    assert found(desk, "Ҳусан Юлдашев")[0] == found(desk, "Husan Yuldashev")[0] == "A9"
    assert found(desk, "Ҳасан Юлдашев")[0] == found(desk, "Hasan Yuldashev")[0] == "A3"


def test_numbers_are_forgiving_and_checked(desk: Desk) -> None:
    number = search.people(desk, "A1")[0].line.number
    for typed in (number, number.lower(), number.replace("-", ""), number.replace("0", "O"), number[:9]):
        assert found(desk, typed)[:1] == ["A1"], typed
    assert found(desk, number[:7])[0] == "A1"  # as far as it was typed
    wrong = number[:-1] + ("3" if number[-1] != "3" else "4")
    assert search.people(desk, wrong) == []


def test_a_place_lists_who_stays_there(desk: Desk) -> None:
    assert set(found(desk, "Tents 2 Andijan")) == {"A5", "A6"}
    assert set(found(desk, "School 31")) == {"A4"}


def test_everything_of_a_household_and_a_place(desk: Desk) -> None:
    person = search.everything(desk, "юлдашев азиз 1974")
    line = person.people[0].line
    number = person.household_numbers[line.household_id]
    home = search.everything(desk, number.lower()).households[0]
    assert [member.external_id for member in home.members] == ["A1", "A2", "A3", "A9"]
    assert search.everything(desk, number[:9]).households[0].household.number == number
    assert search.everything(desk, "H3").households[0].members[0].external_id == "A5"
    assert [(site.name, count) for site, count in search.everything(desk, "school 14").sites] == [("School 14", 6)]
    assert [site.name for site, _count in search.everything(desk, "scho").sites] == ["School 14", "School 31"]
    assert search.everything(desk, "  ") == search.Everything()


def test_a_household_s_number_finds_its_members_and_a_joined_record_is_none_of_them(desk: Desk) -> None:
    number = search.everything(desk, "юлдашев азиз 1974").household_numbers
    assert set(found(desk, next(iter(number.values())))) == {"A1", "A2", "A3", "A9"}
    first, other = people.by_number(desk, "A7"), people.by_number(desk, "A6")
    merging.merge(desk, other, first, {})
    try:
        assert found(desk, "Gulnora Karimova")[0] == "A6"
        assert "A7" not in found(desk, "Gulnora Karimova") + found(desk, "School 14")
        assert {site.name: count for site, count in search.everything(desk, "school 14").sites}["School 14"] == 5
    finally:
        merging.undo(desk, merging.merges_of(desk, other)[0].id)
    assert "A7" in found(desk, "Gulnora Karimova")


def test_further_phones_and_cards_find_their_people(desk: Desk) -> None:
    person_id = people.by_number(desk, "A6")
    keep(desk, PersonPhone(id=new_id(), person_id=person_id, phone_no="+996 777 31 41 59", whose="neighbour"))
    assert found(desk, "314159") == found(desk, "0777314159") == ["A6"]
    first = cards.issue(desk, [person_id]).cards[0]
    for typed in (first.card_no, first.card_no.replace("-", "").lower()):
        told = search.everything(desk, typed).card
        assert told
        assert (told.person_id, told.ended) == (person_id, False)
    cards.issue(desk, [person_id])
    told = search.everything(desk, first.card_no).card
    assert told
    assert told.ended


def test_a_refugee_s_paper_finds_its_holder_for_those_who_may_see_it(tmp_path: Path) -> None:
    at = office(tmp_path / "vault", FixedClock(datetime(2010, 6, 14, 8, tzinfo=UTC)))
    paper = ("refugee_certificate", "KR-778812"), ("passport", "AN 556677")
    kind = Kind("paper", {}, tuple(partial(_paper, kind, number) for kind, number in paper))
    person = bring_in(at, kind)
    for desk in (at.supervisor, at.holder, at.other):
        assert [one.line.id for one in search.people(desk, "an556677")] == [person.id]
    assert [one.line.id for one in search.people(at.holder, "KR 778812")] == [person.id]
    assert search.people(at.other, "KR-778812") == search.people(at.other, "KR-778813") == []
    assert search.everything(at.other, "KR-778812") == search.Everything()
    at.opened.close()


def _paper(kind: str, number: str, person: Person) -> IdentityDocument:
    return IdentityDocument(id=new_id(), person_id=person.id, kind=kind, document_no=number, state="seen")


def test_a_changed_name_is_found_at_once(desk: Desk) -> None:
    person_id = people.by_number(desk, "A8")
    assert found(desk, "Зебинисо Шамшыева") == []
    with desk.writing() as unit:
        unit.save(replace(unit.get(Person, person_id), family_name="Шамшыев"))
        unit.add(PersonName(id=new_id(), person_id=person_id, kind="nickname", text="Зебинисо"))
    assert found(desk, "Shamshyiev Mirlan") == ["A8"]
    assert found(desk, "Zebiniso") == ["A8"]
    with desk.writing() as unit:
        unit.save(replace(unit.get(Person, person_id), family_name="Токтогулов"))


def test_old_keys_are_made_anew_at_unlock(desk: Desk, opened: OpenVault, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    backup = opened.backup(tmp_path / "backups")
    vault.restore(backup, copy, "a", PASSPHRASE, clock=Clock())
    with vault.unlock(copy, "a", PASSPHRASE, clock=Clock()) as old, old.desk.writing() as unit:
        unit.connection.exec_driver_sql("DELETE FROM name_key")
        unit.set_meta("keys_of_people", "0")
    with vault.unlock(copy, "a", PASSPHRASE, clock=Clock()) as new:
        assert found(new.desk, "малика рустамовна") == ["A2"]


@pytest.mark.parametrize(
    "text", ["%", "'", "* OR 1=1", "\x00", "№ 14", "ж", "1985", "-", "ʻ", "a" * 500, "Ҳ", "🙂 🙂", "999999999999999"]
)
def test_whatever_is_typed_gives_an_answer(desk: Desk, text: str) -> None:
    search.people(desk, text)
    search.everything(desk, text)
