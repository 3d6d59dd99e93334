"""Whether two records are one person: the score, its parts, and what can never be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.domain import match_parts as parts
from panoh.domain.dates import parse_date
from panoh.domain.duplicates.between import Beside, duplicate_score
from panoh.domain.duplicates.decisions import DIFFERENT, LATER, RELATIVES, SAME, comes_back, facts_of, in_order
from panoh.domain.duplicates.reasons import Reason, dump, load, match_of, sentences
from panoh.domain.match_parts import POSSIBLE_MATCH, STRONG, Match
from panoh.domain.merging import DuplicateDecision
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


def score(a: Person, b: Person, a_has: Beside | None = None, b_has: Beside | None = None) -> Match:
    return duplicate_score(a, b, TODAY, a_has or Beside(), b_has or Beside())


def told(match: Match) -> dict[str, str]:
    return {part.name: part.words for part in match.parts if part.known}


MALIKA = person("a", "Малика", "Эргашева", "12.3.1998", sex="F", origin="Ош, Черёмушки", household_id="1")


def test_one_girl_registered_twice_in_two_scripts_with_her_family() -> None:
    again = person("b", "Malika", "Irgasheva", "12 Mar 1998", sex="F", origin="Osh, Cheremushki", household_id="2")
    home = (person("m", "Дилноза", "Эргашева", "1970", household_id="1"),)
    other_home = (
        person("n", "Dilnoza", "Ergasheva", "1970", household_id="2"),
        person("o", "Murod", "Ergashev", "1999", household_id="2"),
    )
    match = score(MALIKA, again, Beside(household=home), Beside(household=other_home))
    assert match.band == STRONG
    assert told(match) == {
        "name": "near, other script",
        "birth": "same day",
        "place": "same",
        "household": "1 other in common",
    }


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("3.12.1998", "day and month swapped"),
        ("13.3.1998", "1 day apart"),
        ("22.3.1998", "10 days apart"),
        ("12.3.1999", "1 year apart"),
        ("1998", "fits"),
        ("1.1.1998", "fits"),  # the first of January stands for some day of that year
        ("about 12", "age and date fit"),
        ("", ""),
    ],
)
def test_a_slip_in_a_birth_costs_little_and_is_told(said: str, words: str) -> None:
    again = replace(person("b", "Malika", "Ergasheva", said, sex="F", origin="Ош, Черёмушки"), household_id="2")
    match = score(MALIKA, again)
    assert told(match).get("birth", "") == words
    assert score(MALIKA, replace(again, **_birth("25.7.1994"))).score < match.score


def _birth(said: str) -> dict[str, object]:
    one = person("", "", "", said)
    return {name: getattr(one, name) for name in ("birth_precision", "birth_earliest", "birth_latest", "birth_as_of")}


def test_a_name_and_a_place_alone_are_never_strong() -> None:
    nameless_birth = replace(MALIKA, **_birth(""))
    assert score(nameless_birth, replace(nameless_birth, id="b", household_id="2")).band != STRONG


def test_a_namesake_years_apart_is_not_even_possible() -> None:
    namesake = replace(MALIKA, id="b", household_id="2", **_birth("12.9.1993"))
    assert score(MALIKA, namesake).score < 40


def test_a_sister_is_nobody_registered_twice() -> None:
    assert score(MALIKA, replace(MALIKA, id="b", given_name="Мадина")).impossible
    assert score(MALIKA, replace(MALIKA, id="b", given_name="Мадина", household_id="2")).score < 60


def test_names_in_each_other_s_place_are_seen() -> None:
    again = replace(MALIKA, id="b", given_name="Ergasheva", family_name="Malika", household_id="2")
    match = score(MALIKA, again)
    assert match.band == STRONG
    assert "in each other's place" in told(match)["name"]
    # Эркул Нурназаров and Нурназар Эркулов bear their names where they belong: two men.
    one = person("a", "Эркул", "Нурназаров", "1980", sex="M")
    assert score(one, person("b", "Нурназар", "Эркулов", "1980", sex="M")).score < 40


def test_a_woman_who_married_is_found_by_the_rest() -> None:
    before = replace(MALIKA, patronymic="Каримовна")
    after = replace(before, id="b", family_name="Юлдашева", household_id="2")
    match = score(before, after)
    assert match.score >= 60
    assert "family name differs" in told(match)["name"]


def test_papers_and_phones_speak_for_and_against() -> None:
    again = replace(MALIKA, id="b", household_id="2", **_birth("1998"))
    base = score(MALIKA, again).score
    same = score(MALIKA, again, Beside(document_numbers=("AN 1234567",)), Beside(document_numbers=("an1234567",)))
    other = score(MALIKA, again, Beside(document_numbers=("AN 1234567",)), Beside(document_numbers=("ID 7654321",)))
    assert told(same)["paper"] == "same paper"
    assert told(other)["paper"] == "other paper"
    assert other.score < base <= same.score
    phoned = score(replace(MALIKA, phone="+996 555 123456"), replace(again, phone="0555-12-34-56"))
    assert told(phoned)["paper"] == "same phone"
    digits = score(replace(MALIKA, phone="1234567"), again, Beside(), Beside(document_numbers=("1234567",)))
    assert "paper" not in told(digits)  # a phone is no paper


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (MALIKA, "the same record"),
        (replace(MALIKA, id="b", sex="M"), "the sex differs"),
        (person("b", "Малика", "Эргашева", "12.3.1970", sex="F"), "their ages are too far apart"),
        (replace(MALIKA, id="b", given_name="Малина"), "their household's list tells them apart"),
        (replace(MALIKA, id="b", given_name="Зулфия", household_id="2"), "their given names differ"),
    ],
)
def test_impossible(other: Person, why: str) -> None:
    assert score(MALIKA, other).impossible == why


@pytest.mark.parametrize(("one", "other"), [("Ҳасан", "Ҳусан"), ("Hasan", "Husan"), ("Фотима", "Зуҳра")])
def test_twins_of_one_household_are_two_people(one: str, other: str) -> None:
    twin = person("a", one, "Каримов", "1.3.2005", household_id="1", relation="child", patronymic="Алишерович")
    assert score(twin, replace(twin, id="b", given_name=other)).impossible
    # In two households too they are two: both names are known as two names.
    assert score(twin, replace(twin, id="b", given_name=other, household_id="2")).band != STRONG


def test_father_and_son_of_one_name_in_one_household_are_two_people() -> None:
    father = person("a", "Алишер", "Каримов", sex="M", household_id="1", relation="head")
    son = replace(father, id="b", relation="child")
    assert score(father, son).impossible == "their household's list tells them apart"
    assert not score(father, replace(son, household_id="2")).impossible


def test_a_line_that_stands_twice_in_one_household_is_found() -> None:
    match = score(MALIKA, replace(MALIKA, id="b"))
    assert match.score >= 60
    assert told(match)["household"] == "both stand in one household"


def test_a_row_that_is_being_typed_has_no_id() -> None:
    assert score(replace(MALIKA, id="", household_id=""), replace(MALIKA, id="", household_id="")).band == STRONG


def test_a_child_of_somebody_without_a_family_name_is_read_both_ways() -> None:
    one = person("a", "Асел", "Токтогелди кызы", "23.1.2003", sex="F", patronymic="Турдукуловна")
    typed = person("b", "Асел", "", "23.1.2003", sex="F", patronymic="Токтогелди кызы Турдукуловна")
    assert score(one, typed).band == STRONG
    assert told(score(one, typed))["name"] == "same"


names = st.sampled_from(
    ["", "Азиз", "Aziza", "Karimov", "Каримова", "Саша", "O'ktam", "х", "😀", "Бакыт уулу", "Jakow"]
)
people = st.builds(
    lambda i, g, f, p, s, b, phone, home, relation: person(
        i, g, f, b, patronymic=p, sex=s, phone=phone, household_id=home, relation=relation, origin="Ош"
    ),
    st.sampled_from(["", "a", "b", "c"]), names, names, names, st.sampled_from(["", "F", "M", "X"]),
    st.sampled_from(["", "1972", "12.3.1998", "about 4", "3.12.1998", "1.1.1998"]), st.sampled_from(["", "0555123456"]),
    st.sampled_from(["", "1", "2"]), st.sampled_from(["", "head", "child"]),
)  # fmt: skip
besides = st.builds(
    Beside,
    st.lists(names, max_size=2).map(tuple),
    st.lists(st.sampled_from(["", "AN 1", "AN 2"]), max_size=2).map(tuple),
    st.lists(people, max_size=2).map(tuple),
)


@examples(150)
@given(people, people, besides, besides)
def test_the_order_does_not_matter_and_the_parts_add_up(a: Person, b: Person, a_has: Beside, b_has: Beside) -> None:
    match = score(a, b, a_has, b_has)
    assert match == score(b, a, b_has, a_has)
    assert match.score == min(100.0, max(0.0, round(sum(part.points for part in match.parts), 1)))
    assert bool(match.parts) != bool(match.impossible)
    assert all(part.words for part in match.parts)


def test_reasons_are_kept_as_text_without_a_word_of_the_person() -> None:
    reasons = (
        Reason("name", 44.5, parts.NEAR, (("name_near_other_script", 0), ("namesakes", 12))),
        Reason("birth", 43.3, parts.NEAR, (("swapped", 0),)),
        Reason("place", 0.0, parts.NOT_KNOWN, (("not_told", 0),)),
    )
    assert load(dump(reasons)) == reasons
    assert match_of(reasons).score == 87.8
    assert sentences(reasons) == ["Name: near, other script; 12 others bear this name", "Birth: day and month swapped"]
    assert match_of(reasons, "the sex differs").score == 0


@pytest.mark.parametrize("state", [SAME, RELATIVES, DIFFERENT, LATER])
def test_which_answered_pairs_may_come_back(state: str) -> None:
    answer = DuplicateDecision(id="d", person_a_id="a", person_b_id="b", state=state, facts=facts_of(61.4))
    assert not comes_back(answer, 80)
    assert comes_back(answer, 81) == (state in (RELATIVES, DIFFERENT))
    assert not comes_back(replace(answer, facts=""), 79)
    assert comes_back(replace(answer, facts="some digest"), 80) == (state in (RELATIVES, DIFFERENT))


def test_a_pair_is_written_in_one_order() -> None:
    assert in_order("b", "a") == in_order("a", "b") == ("a", "b")
    assert score(MALIKA, replace(MALIKA, id="b", household_id="2", **_birth("1995"))).band != POSSIBLE_MATCH
