"""Keys under which people are found by name, and searching by what one remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.name_spellings import SPELLINGS, family_names, given_names, spell

from panoh.domain.dates import PartialDate, parse_date
from panoh.domain.name_keys import name_keys, own_keys, search_keys
from panoh.domain.name_search import Query, parse_query, rank
from panoh.domain.names import name_of

TODAY = date(2010, 6, 14)


@pytest.mark.parametrize(
    ("query", "given_name", "family"),
    [
        ("Юлдашев Азиз", "Aziz", "Yo'ldoshev"),
        ("yuldashev", "Азиз", "Йўлдошев"),
        ("Саша", "Александр", "Иванов"),
        ("Александра", "Саша", "Иванова"),
        ("ergasheva malika", "Малика", "Иргашева"),
        ("Жамшид", "Jamshid", ""),
        ("Khodjaev", "Аброр", "Хўжаев"),
        ("nodir", "Нодирбек", "Каримов"),
        ("Ҳасан", "Асан", "Токтогулов"),
    ],
)
def test_a_search_finds_the_person_in_another_spelling(query: str, given_name: str, family: str) -> None:
    keys = name_keys(given_name, family, "")
    assert all(wanted & keys for wanted in search_keys(query))


def test_keys_are_few_and_the_father_stands_apart() -> None:
    keys = name_keys("Азиз", "Юлдашев", "Каримович")
    assert len(keys) <= 6
    assert own_keys(name_of("Азиз", "Юлдашев", "Каримович")) < keys
    assert not search_keys("Карим")[0] & keys
    assert search_keys("Каримович")[0] & keys


def test_other_names_have_keys_too() -> None:
    assert search_keys("Ергашева")[0] & name_keys("Малика", "Каримова", "", ["Эргашева Малика"])


def test_one_slip_leaves_a_key() -> None:
    assert name_keys("Кубанычбек", "", "") & name_keys("Кубанчбек", "", "") & name_keys("Куабнычбек", "", "")


@given(given_names, family_names, st.sampled_from(SPELLINGS), st.sampled_from(SPELLINGS))
def test_every_spelling_of_a_made_up_name_shares_keys(
    given_name: str, family: str, one: dict[int, str], other: dict[int, str]
) -> None:
    indexed = name_keys(spell(given_name, one), spell(family, one), "")
    wanted = search_keys(f"{spell(given_name, other)} {spell(family, other)}")
    assert all(keys & indexed for keys in wanted)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_keys_or_none(a: str, b: str) -> None:
    assert all(2 <= len(key) <= 5 for key in name_keys(a, b, a, [b]))
    assert all(search_keys(a))
    parse_query(a)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("азиз юлдашев 1998", Query(("азиз", "юлдашев"), 1998)),
        ("malika GIRL Osh", Query(("malika", "Osh"), None, "F")),
        ("1972 мужчина", Query((), 1972, "M")),
        ("", Query()),
    ],
)
def test_parse_query(text: str, query: Query) -> None:
    assert parse_query(text) == query


def test_a_number_is_a_number() -> None:
    assert parse_query("kx7-00042-t").words == ("kx7-00042-t",)  # its check character is wrong
    assert parse_query("azz").number == ""


@dataclass(frozen=True)
class Someone:
    given_name: str
    family_name: str = ""
    patronymic: str = ""
    sex: str = ""
    birth: PartialDate = field(default_factory=PartialDate)
    place: str = ""
    others: tuple[str, ...] = ()


def someone(name: str, sex: str = "", birth: str = "", place: str = "", *others: str) -> Someone:
    given_name, _, family = name.partition(" ")
    return Someone(given_name, family, "", sex, parse_date(birth, TODAY), place, others)


PEOPLE = [
    someone("Aziz Yuldashev", "M", "1998", "Osh"),
    someone("Азиз Йўлдошев", "M", "1974", "Андижон"),
    someone("Азиза Юлдашева", "F", "1998", "Ош"),
    someone("Aziz Karimov", "M", "1998", "Osh"),
    someone("Bakyt Asanov", "M", "1980", "Ош", "Юлдашев Азиз"),
]


def ranked(text: str) -> list[str]:
    found = rank(parse_query(text), PEOPLE, other_names=lambda p: p.others, place=lambda p: p.place)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    return [f"{person.given_name} {person.family_name}" for person, _ in found]


def test_what_is_remembered_ranks_and_never_excludes() -> None:
    assert ranked("юлдашев азиз 1974")[0] == "Азиз Йўлдошев"
    assert ranked("юлдашев азиз 1998")[0] == "Aziz Yuldashev"
    assert ranked("юлдашев андижан")[0] == "Азиз Йўлдошев"
    assert ranked("юлдашева женщина")[0] == "Азиза Юлдашева"
    assert set(ranked("азиз юлдашев 1950")) >= {"Aziz Yuldashev", "Азиз Йўлдошев", "Bakyt Asanov"}
    assert "Aziz Karimov" not in ranked("asanov bakyt")


def test_the_beginning_of_a_word_ranks() -> None:
    assert ranked("азиз юлд")[0] in ("Aziz Yuldashev", "Азиз Йўлдошев")
    assert ranked("bak") == ["Bakyt Asanov"]


def test_without_words_everything_else_ranks() -> None:
    assert ranked("1974")[0] == "Азиз Йўлдошев"
    assert len(ranked("")) == len(PEOPLE)


@given(st.text(max_size=40))
def test_any_query_ranks(text: str) -> None:
    assert all(0 <= score <= 100 for _, score in rank(parse_query(text), PEOPLE, place=lambda p: p.place))
