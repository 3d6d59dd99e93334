"""Who may be the one sought: scores with their parts, and what rules a person out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.domain import match_parts as parts
from panoh.domain.dates import parse_date
from panoh.domain.match_parts import POSSIBLE_MATCH, PROBABLE_MATCH, STRONG, Match, band_of
from panoh.domain.matching import request_keys, score
from panoh.domain.name_keys import name_keys
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest

TODAY = date(2010, 6, 14)
REGISTERED = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)


def birth(said: str) -> dict[str, object]:
    """A birth as the fields of a record."""
    told = parse_date(said, TODAY)
    return {
        "birth_precision": told.precision,
        "birth_earliest": told.earliest,
        "birth_latest": told.latest,
        "birth_said": told.said,
        "birth_as_of": told.as_of,
    }


def person(given_name: str = "Азизбек", family: str = "Тўрабоев", said: str = "about 4", **more: object) -> Person:
    known = {"sex": "M", "origin": "Ош", "registered_at": REGISTERED, **birth(said), **more}
    return Person(id="p", given_name=given_name, family_name=family, **known)  # type: ignore[arg-type]


def request(
    given_name: str = "Azizbek", family: str = "Turaboev", said: str = "about 4", **more: object
) -> TracingRequest:
    known = {"sex": "M", "origin": "Osh", **birth(said), **more}
    return TracingRequest(id="r", given_name=given_name, family_name=family, **known)  # type: ignore[arg-type]


def part(match: Match, name: str) -> parts.Part:
    return next(part for part in match.parts if part.name == name)


def test_name_sex_age_and_origin_alone_can_be_strong() -> None:
    match = score(request(), person())
    assert match.band == STRONG
    assert [p.name for p in match.parts if p.known] == ["name", "birth", "place", "sex"]
    assert part(match, "name").words == "same, other script"
    assert part(match, "parents").verdict == parts.NOT_KNOWN


def test_a_name_alone_is_never_more_than_possible() -> None:
    match = score(request(said="", sex="", origin=""), person(said="", sex="", origin=""))
    assert (match.band, match.shown) == (POSSIBLE_MATCH, 50)


def test_one_part_of_the_name_with_the_rest_is_not_strong() -> None:
    match = score(request(family=""), person())
    assert match.band == PROBABLE_MATCH
    assert part(match, "name").words == "only one part of the name was told"


def test_nothing_is_sought_without_a_name() -> None:
    nameless = request(given_name="", family="")
    assert request_keys(nameless) == frozenset()
    assert score(nameless, person()).band == parts.NONE


@pytest.mark.parametrize(
    ("sought", "found", "why"),
    [
        (request(), person(sex="F"), "the sex differs"),
        (request(said="12.3.1970"), person(said="1.5.1998"), "their ages are too far apart"),
        (request(said="about 4"), person(said="about 40"), "their ages are too far apart"),
    ],
)
def test_impossible(sought: TracingRequest, found: Person, why: str) -> None:
    match = score(sought, found)
    assert (match.score, match.band, match.impossible) == (0.0, parts.NONE, why)


def test_a_rejected_person_scores_nothing_but_can_be_compared_again() -> None:
    match = score(request(), person(), rejected=True)
    assert (match.score, match.impossible) == (0.0, "rejected before")
    assert part(match, "name").points == parts.NAME_POINTS


def test_a_twin_or_a_brother_is_not_the_one_sought() -> None:
    sought = request("Hasan", "Karimov", "12.3.1998", patronymic="Rahimovich")
    twin = person("Ҳусан", "Каримов", "12.3.1998", patronymic="Раҳимович")
    assert part(score(sought, twin), "name").words == "given name differs"
    assert score(sought, twin).score < 40
    assert score(sought, replace(twin, given_name="Ҳасан")).band == STRONG


def test_kin_named_are_looked_for_in_the_household() -> None:
    sought = request(relatives=("Gulbahor", "Равшан"))
    home = [Person(id="m", given_name="Гулбаҳор", family_name="Йўлчиева", sex="F")]
    with_mother = part(score(sought, person(), home), "parents")
    assert (with_mother.points, with_mother.verdict, with_mother.words) == (
        7.5,
        parts.NEAR,
        "kin named and there: 1 of 2",
    )
    with_father = score(sought, person(patronymic="Равшанович"), home)
    assert part(with_father, "parents").points == parts.PARENTS_POINTS
    strangers = [Person(id="x", given_name="Нодира", family_name="Тўрабоева", sex="F")]
    assert part(score(sought, person(), strangers), "parents").verdict == parts.DIFFERS
    assert part(score(sought, person()), "parents").verdict == parts.NOT_KNOWN


def test_the_family_name_of_kin_does_not_count() -> None:
    sought = request(relatives=("Мафтуна Тўрабоева",))
    home = [Person(id="x", given_name="Нодира", family_name="Тўрабоева", sex="F")]
    assert part(score(sought, person(), home), "parents").points == 0


def test_fathers_are_compared_with_fathers() -> None:
    sought = request(patronymic="Rahim o'g'li")
    assert part(score(sought, person(patronymic="Рахимович")), "parents").words == "father same"
    assert part(score(sought, person(patronymic="Каримович")), "parents").words == "father differs"
    father_at_home = [Person(id="f", given_name="Раҳимжон", sex="M"), Person(id="g", given_name="Рахим", sex="M")]
    assert part(score(sought, person(), father_at_home), "parents").verdict == parts.SAME


def test_a_woman_who_married_is_still_found() -> None:
    sought = request("Malika", "Ergasheva", "12.3.1985", sex="F", relatives=("Dilnoza",))
    married = person("Малика", "Каримова", "12.3.1985", sex="F")
    assert part(score(sought, married), "name").words == "given name near, family name differs"
    assert score(sought, married).band in (PROBABLE_MATCH, STRONG)
    assert part(score(sought, married, other_names=["Эргашева Малика"]), "name").verdict == parts.SAME


@pytest.mark.parametrize(
    ("said", "points", "verdict", "words"),
    [
        ("12.3.1998", 15, parts.SAME, "same day"),
        ("3.12.1998", 13, parts.NEAR, "day and month swapped"),
        ("1998", 14, parts.SAME, "fits"),
        ("13.3.1998", 14, parts.NEAR, "a little off"),
        ("12.3.2002", 2.8, parts.DIFFERS, "4 years apart"),
        ("", 0, parts.NOT_KNOWN, "not known"),
    ],
)
def test_births(said: str, points: float, verdict: str, words: str) -> None:
    compared = parts.birth_part(parse_date("12.3.1998", TODAY), parse_date(said, TODAY))
    assert (compared.points, compared.verdict, compared.words) == (points, verdict, words)


@pytest.mark.parametrize(
    ("a", "b", "points"),
    [
        ("Ош, Черёмушки", "Osh, Cheremushki", 12),
        ("Ош, Черёмушки", "Osh, street with a mosque", 6),
        ("Ошская область", "Andijon viloyati", 0),
        ("город Ош", "Osh shahri", 12),
    ],
)
def test_places(a: str, b: str, points: int) -> None:
    assert parts.place_part(a, b).points == points


@pytest.mark.parametrize(
    ("arrival", "points", "verdict"),
    [(11, 8, parts.SAME), (14, 8, parts.SAME), (20, 5, parts.NEAR), (1, 0, parts.NOT_KNOWN)],
)
def test_separation(arrival: int, points: int, verdict: str) -> None:
    found = person(arrival_on=date(2010, 6, arrival))
    compared = part(score(request(separated_on=date(2010, 6, 11)), found), "separation")
    assert (compared.points, compared.verdict) == (points, verdict)


def test_a_relation_must_be_possible_at_that_age() -> None:
    assert part(score(request(relation="spouse"), person()), "sex").words == "same in part"
    assert part(score(request(said="", relation="spouse"), person(said="about 30")), "sex").points == 10
    assert part(score(request(relation="child"), person()), "sex").out_of == 5


def test_bands_are_fixed() -> None:
    assert [band_of(score) for score in (100, 80, 79.9, 60, 59.9, 40, 39.9, 0)] == [
        STRONG, STRONG, PROBABLE_MATCH, PROBABLE_MATCH, POSSIBLE_MATCH, POSSIBLE_MATCH, parts.NONE, parts.NONE,
    ]  # fmt: skip
    assert Match(79.9, PROBABLE_MATCH).shown == 79


def test_a_request_shares_keys_with_the_person_sought() -> None:
    assert request_keys(request()) & name_keys("Азизбек", "Тўрабоев", "")
    assert request_keys(request("Sasha", "")) & name_keys("Александр", "Иванов", "")


names = st.sampled_from(["", "Азиз", "Aziza", "Karimov", "Каримова", "Саша", "O'ktam", "Асан уулу", "х", "<b>", "😀"])
births_told = st.sampled_from(["", "1972", "12.3.1998", "about 4", "30s", "6 months"])
people = st.builds(
    lambda g, f, p, s, b, o: person(g, f, b, patronymic=p, sex=s, origin=o),
    names, names, names, st.sampled_from(["", "F", "M", "X"]), births_told, st.sampled_from(["", "Ош", "Osh, Navoi 14"]),
)  # fmt: skip
requests = st.builds(
    lambda g, f, p, s, b, o, kin: request(g, f, b, patronymic=p, sex=s, origin=o, relatives=tuple(kin)),
    names, names, names, st.sampled_from(["", "F", "M", "X"]), births_told, st.sampled_from(["", "Ош", "Osh, Navoi 14"]),
    st.lists(names, max_size=3),
)  # fmt: skip


@given(requests, people, st.lists(people, max_size=2), st.lists(names, max_size=2))
def test_every_score_is_the_sum_of_its_parts_and_has_its_band(
    sought: TracingRequest, found: Person, home: list[Person], other_names: list[str]
) -> None:
    match = score(sought, found, home, other_names)
    assert 0 <= match.score <= 100
    assert match.band == band_of(match.score)
    for each in match.parts:
        assert 0 <= each.points <= each.out_of
        assert each.known or not each.points
        assert each.words
    if match.impossible:
        assert match.score == 0


@given(requests.filter(lambda r: "уулу" not in r.full_name), people.filter(lambda p: "уулу" not in p.full_name))
def test_a_fact_that_agrees_never_lowers_the_score(sought: TracingRequest, found: Person) -> None:
    for fields in ({"origin": "Osh"}, {"patronymic": "Каримович"}, birth("12.3.1998")):
        without = dict.fromkeys(fields, "") if "birth_said" not in fields else birth("")
        less = score(replace(sought, **without), replace(found, **without))  # type: ignore[arg-type]
        more = score(replace(sought, **fields), replace(found, **fields))  # type: ignore[arg-type]
        assert more.score >= less.score
