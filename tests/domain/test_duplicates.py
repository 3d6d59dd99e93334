"""Who is perhaps registered already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.domain import match_parts as parts
from panoh.domain.dates import parse_date
from panoh.domain.duplicates import Beside, duplicate_score
from panoh.domain.match_parts import POSSIBLE_MATCH, STRONG
from panoh.domain.person import Person

TODAY = date(2010, 6, 14)


def person(id_: str, given_name: str, family: str, said: str = "", **more: object) -> Person:
    told = parse_date(said, TODAY)
    born = {
        "birth_precision": told.precision,
        "birth_earliest": told.earliest,
        "birth_latest": told.latest,
        "birth_as_of": told.as_of,
    }
    return Person(id=id_, given_name=given_name, family_name=family, **born, **more)  # type: ignore[arg-type]


MALIKA = person("a", "Малика", "Эргашева", "12.3.1998", sex="F", origin="Ош, Черёмушки", household_id="1")


def test_one_girl_registered_twice_in_two_scripts() -> None:
    again = person("b", "Malika", "Irgasheva", "12 Mar 1998", sex="F", origin="Osh, Cheremushki", household_id="2")
    home = (person("m", "Дилноза", "Эргашева", household_id="1"),)
    other_home = (
        person("n", "Dilnoza", "Ergasheva", household_id="2"),
        person("o", "Murod", "Ergashev", household_id="2"),
    )
    match = duplicate_score(MALIKA, again, Beside(household=home), Beside(household=other_home))
    assert match.band == STRONG
    assert {p.name: p.verdict for p in match.parts} == {
        "name": parts.SAME, "birth": parts.SAME, "parents": parts.SAME, "place": parts.SAME, "sex": parts.SAME, "paper": parts.NOT_KNOWN,
    }  # fmt: skip


def test_a_namesake_years_apart_is_possible_at_most() -> None:
    namesake = person("b", "Малика", "Эргашева", "12.3.1991", sex="F", origin="Ош, Черёмушки")
    assert duplicate_score(MALIKA, namesake).band in (POSSIBLE_MATCH, "probable")
    assert duplicate_score(MALIKA, replace(namesake, origin="Андижон")).band == POSSIBLE_MATCH


def test_a_sister_is_nobody_registered_twice() -> None:
    twin = replace(MALIKA, id="b", given_name="Мадина")
    assert duplicate_score(MALIKA, twin).band == parts.NONE


def test_a_paper_speaks_even_where_the_name_does_not() -> None:
    other = person("b", "Зулфия", "Каримова", "12.3.1998", sex="F")
    assert duplicate_score(MALIKA, other).band == parts.NONE
    papers = Beside(document_numbers=("AN 1234567",)), Beside(document_numbers=("an1234567",))
    match = duplicate_score(MALIKA, other, *papers)
    assert next(p for p in match.parts if p.name == "paper").words == "same number"
    assert match.score > duplicate_score(MALIKA, other).score


def test_phones_are_one_with_and_without_the_country() -> None:
    assert parts.paper_part(["+996 555 123456"], ["0555-12-34-56"]).verdict == parts.SAME
    assert parts.paper_part(["+996 555 123456"], ["0555 999999"]).words == "other numbers"
    assert parts.paper_part([""], [""]).verdict == parts.NOT_KNOWN


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (MALIKA, "the same record"),
        (replace(MALIKA, id="b", sex="M"), "the sex differs"),
        (person("b", "Малика", "Эргашева", "12.3.1970", sex="F"), "their ages are too far apart"),
    ],
)
def test_impossible(other: Person, why: str) -> None:
    assert duplicate_score(MALIKA, other).impossible == why


def test_a_row_that_is_being_typed_has_no_id() -> None:
    assert duplicate_score(replace(MALIKA, id=""), replace(MALIKA, id="")).band == STRONG


names = st.sampled_from(["", "Азиз", "Aziza", "Karimov", "Каримова", "Саша", "O'ktam", "х", "😀"])
people = st.builds(
    lambda i, g, f, p, s, b, phone: person(i, g, f, b, patronymic=p, sex=s, phone=phone),
    st.sampled_from(["", "a", "b"]), names, names, names, st.sampled_from(["", "F", "M"]),
    st.sampled_from(["", "1972", "12.3.1998", "about 4"]), st.sampled_from(["", "0555123456"]),
)  # fmt: skip


@given(people, people, st.lists(people, max_size=2), st.lists(people, max_size=2))
def test_the_order_does_not_matter(a: Person, b: Person, home_a: list[Person], home_b: list[Person]) -> None:
    beside_a, beside_b = Beside(household=tuple(home_a)), Beside(household=tuple(home_b))
    assert duplicate_score(a, b, beside_a, beside_b) == duplicate_score(b, a, beside_b, beside_a)
