"""Who may be the one sought: scores with their parts, and what rules a person out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.domain import match_parts as parts
from panoh.domain.dates import parse_date
from panoh.domain.match_parts import POSSIBLE_MATCH, PROBABLE_MATCH, STRONG, Match
from panoh.domain.matching.between import all_pairs, compare, score
from panoh.domain.matching.columns import Building
from panoh.domain.matching.commonness import Names
from panoh.domain.matching.keys import kin_keys, own_keys
from panoh.domain.matching.sides import Known, OtherName, Sought
from panoh.domain.matching.telling import band_of
from panoh.domain.matching.weights import BANDS
from panoh.domain.name_keys import name_keys
from panoh.domain.person import Person
from panoh.domain.places import NOWHERE

TODAY = date(2010, 6, 14)
REGISTERED = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)


def birth(said: str) -> dict[str, Any]:
    """A birth as the fields of a record."""
    told = parse_date(said, TODAY)
    return {
        "birth_precision": told.precision,
        "birth_earliest": told.earliest,
        "birth_latest": told.latest,
        "birth_said": told.said,
        "birth_as_of": told.as_of,
    }


def known(given_name: str = "Азизбек", family: str = "Тўрабоев", said: str = "about 4", **more: Any) -> Known:
    beside = {name: more.pop(name) for name in [f.name for f in fields(Known)] if name in more}
    facts = {"sex": "M", "origin": "Ош", "registered_at": REGISTERED, **birth(said), **more}
    return Known(person=Person(id="p", given_name=given_name, family_name=family, **facts), **beside)


def sought(given_name: str = "Azizbek", family: str = "Turaboev", said: str = "about 4", **more: Any) -> Sought:
    facts = {"sex": "M", "origin": "Osh", "birth": parse_date(said, TODAY), **more}
    return Sought(given_name=given_name, family_name=family, **facts)


def met(asked: Sought, person: Known, **how: Any) -> Match:
    return score(asked, person, TODAY, **how)


def part(match: Match, name: str) -> parts.Part:
    return next(part for part in match.parts if part.name == name)


def test_name_sex_age_origin_and_kin_are_strong() -> None:
    match = met(sought(relatives=("Gulbahor",)), known(kin=("Гулбаҳор",)))
    assert match.band == STRONG
    assert [p.name for p in match.parts if p.known] == ["name", "parents", "birth", "place", "sex"]
    assert part(match, "name").words == "same, other script"
    assert part(match, "parents").words == "kin named and there: 1 of 1"


def test_a_name_alone_is_no_more_than_possible() -> None:
    match = met(sought(said="", sex="", origin=""), known(said="", sex="", origin=""))
    assert match.band in (POSSIBLE_MATCH, parts.NONE)


def test_one_part_of_the_name_with_the_rest_is_not_strong() -> None:
    match = met(sought(family=""), known())
    assert match.band in (POSSIBLE_MATCH, PROBABLE_MATCH)
    assert part(match, "name").words == "only one part of the name was told"


def test_a_common_name_weighs_less_and_says_so() -> None:
    register = {"given": {"asisbig": 3000, "asispig": 3000}, "family": {}, "father": {}}
    building = Building()
    building.add_known([known()])
    soft = building.sides().register
    from panoh.domain.duplicates.spellings import soft as softened

    sounds = {softened(each.root): 30_000 for each in soft.sounds.sounds if each.root}
    common = Names(100_000, dict.fromkeys(register, sounds), {"Ош": 30_000})
    match, rare = met(sought(), known(), names=common), met(sought(), known())
    assert part(match, "name").words == "same, other script; a common name"
    assert part(match, "name").points < part(rare, "name").points


def test_nobody_is_found_without_a_name() -> None:
    assert own_keys(sought("", "")) == frozenset()
    assert met(sought("", ""), known()).band == parts.NONE


@pytest.mark.parametrize(
    ("asked", "found", "why"),
    [
        (sought(), known(sex="F", sex_basis="document"), "a woman or girl, sex verified"),
        (sought(said="12.3.1970"), known(said="1.5.1998"), "their ages are too far apart"),
        (sought(said="about 4"), known(said="about 40"), "their ages are too far apart"),
        (
            sought(said="", relation="child", inquirer_birth=parse_date("1980", TODAY)),
            known(said="1985"),
            "the ages do not fit parent and child",
        ),
        (
            sought(said="", relation="parent", inquirer_birth=parse_date("1980", TODAY)),
            known(said="1975"),
            "the ages do not fit parent and child",
        ),
    ],
)
def test_impossible(asked: Sought, found: Known, why: str) -> None:
    match = met(asked, found)
    assert (match.score, match.band, match.impossible) == (0.0, parts.NONE, why)


def test_a_sex_that_was_only_stated_costs_points() -> None:
    match = met(sought(), known(sex="F"))
    assert not match.impossible
    assert part(match, "sex").points < 0


def test_seen_elsewhere_while_the_person_was_here() -> None:
    from panoh.domain.places import Places
    from panoh.services.resources import vocabularies

    places = Places(vocabularies()["locations"])
    here = known(arrival_on=date(2010, 6, 10), site_place="Andijon")
    seen = sought(last_seen="Batken", last_seen_on=date(2010, 6, 12))
    assert met(seen, here, places=places).impossible == "was here when the one sought was seen elsewhere"
    assert not met(replace(seen, last_seen_on=date(2010, 6, 9)), here, places=places).impossible
    assert not met(replace(seen, last_seen="Andijan"), here, places=places).impossible


def test_a_rejected_person_scores_nothing_but_can_be_compared_again() -> None:
    match = met(sought(), known(), rejected=True)
    assert (match.score, match.impossible) == (0.0, "rejected before")
    assert part(match, "name").points > 25


def test_a_twin_or_a_brother_is_not_the_one_sought() -> None:
    asked = sought("Hasan", "Karimov", "12.3.1998", patronymic="Rahimovich")
    twin = known("Ҳусан", "Каримов", "12.3.1998", patronymic="Раҳимович")
    assert part(met(asked, twin), "name").words == "given name differs"
    assert met(asked, twin).band == parts.NONE
    assert met(asked, replace(twin, person=replace(twin.person, given_name="Ҳасан"))).band == STRONG


def test_kin_named_and_not_there_count_little_against() -> None:
    asked = sought(relatives=("Gulbahor", "Равшан"))
    one = part(met(asked, known(kin=("Гулбаҳор",))), "parents")
    assert (one.points, one.verdict, one.words) == (6.0, parts.NEAR, "kin named and there: 1 of 2")
    both = part(met(asked, known(kin=("Гулбаҳор",), patronymic="Равшанович")), "parents")
    assert both.points > one.points
    none = part(met(asked, known(kin=("Нодира",))), "parents")
    assert (none.points, none.verdict) == (-5.0, parts.DIFFERS)
    assert part(met(asked, known()), "parents").verdict == parts.NOT_KNOWN


def test_the_family_name_of_kin_does_not_count() -> None:
    match = met(sought(relatives=("Мафтуна Тўрабоева",)), known(kin=("Нодира Тўрабоева",)))
    assert part(match, "parents").points < 0


def test_fathers_are_compared_with_fathers() -> None:
    asked = sought(patronymic="Rahim o'g'li")
    assert part(met(asked, known(patronymic="Рахимович")), "parents").verdict == parts.SAME
    assert part(met(asked, known(father_name="Рахим")), "parents").verdict == parts.SAME
    assert part(met(asked, known(patronymic="Каримович")), "parents").words == "father differs"
    assert part(met(asked, known(kin=("Раҳим",))), "parents").words == "a man of the father's name is there"
    by_father = sought(father="Рахим", relation="child")
    assert part(met(by_father, known(patronymic="Рахимович")), "parents").points > 0


def test_a_mother_s_request_and_her_child_s_own_support_each_other() -> None:
    asked = sought(kin_beside=("Гулбаҳор",), relation="child")
    supported = part(met(asked, known(kin=("Gulbahor",))), "parents")
    assert supported.points > 0
    assert supported.words == "1 of the inquirer's kin known here"
    assert part(met(asked, known(kin=("Нодира",))), "parents").verdict == parts.NOT_KNOWN


def test_a_woman_who_married_is_still_found() -> None:
    asked = sought("Malika", "Ergasheva", "12.3.1985", sex="F", relatives=("Dilnoza",))
    married = known("Малика", "Каримова", "12.3.1985", sex="F", kin=("Дилноза",))
    assert part(met(asked, married), "name").words == "given name near, family name differs"
    assert met(asked, married).band in (POSSIBLE_MATCH, PROBABLE_MATCH, STRONG)
    by_maiden = replace(married, other_names=(OtherName("Эргашева", "maiden"),))
    assert part(met(asked, by_maiden), "name").verdict == parts.SAME
    assert met(asked, by_maiden).score > met(asked, married).score


def test_a_nickname_and_a_village_are_enough_to_look() -> None:
    asked = Sought(nickname="Гуля", origin="Черёмушки")
    found = known("Гулнора", "Каримова", said="", sex="F", origin="Cheremushki")
    assert met(asked, found).score > 0
    assert own_keys(asked) & name_keys("Гулнора", "", "")
    called = replace(found, other_names=(OtherName("Гуля", "nickname"),))
    assert met(asked, called).score >= met(asked, found).score


@pytest.mark.parametrize(
    ("said", "points", "words"),
    [
        ("12.3.1998", 15, "same day"),
        ("3.12.1998", 12, "day and month swapped"),
        ("1998", 9, "fits"),
        ("13.3.1998", 7, "another day, less than a year apart"),
        ("12.3.2004", -5, "6 years apart"),
        ("", 0, "not known"),
    ],
)
def test_births(said: str, points: float, words: str) -> None:
    compared = part(met(sought(said="12.3.1998"), known(said=said)), "birth")
    assert (compared.points, compared.words) == (points, words)


@pytest.mark.parametrize(("arrival", "points"), [(11, 8), (14, 8), (20, 5), (1, 0)])
def test_separation(arrival: int, points: int) -> None:
    found = known(arrival_on=date(2010, 6, arrival))
    compared = part(met(sought(separated_on=date(2010, 6, 11)), found), "separation")
    assert compared.points == points


def test_a_relation_must_be_possible_at_that_age() -> None:
    assert part(met(sought(relation="spouse"), known()), "sex").words == "same; the age does not fit the relation"
    assert part(met(sought(said="", relation="spouse"), known(said="about 30")), "sex").points == 10


def test_numbers_marks_and_language() -> None:
    asked = sought(phones=("0555 12-34-56",), papers=("AN 1234567",), marks="scar on left knee", languages=("uz",))
    found = known(phone="+996 555 123456", papers=("an1234567",), marks="left knee scar", languages=("uz", "ru"))
    match = met(asked, found)
    assert part(match, "paper").points == 20
    assert part(match, "paper").words == "same paper; same phone"
    assert part(match, "marks").words == "in common: marks, language"


def test_bands_are_fixed() -> None:
    limits = [least for least, _band in BANDS]
    assert limits == sorted(limits, reverse=True)
    assert [band_of(least) for least in limits] == [STRONG, PROBABLE_MATCH, POSSIBLE_MATCH]
    assert band_of(limits[-1] - 0.1) == parts.NONE


def test_a_request_shares_keys_with_the_person_sought() -> None:
    assert own_keys(sought()) & name_keys("Азизбек", "Тўрабоев", "")
    assert own_keys(sought("Sasha", "")) & name_keys("Александр", "Иванов", "")
    assert kin_keys(sought(relatives=("Gulbahor",))) & name_keys("Гулбаҳор", "", "")


NAMES = ["", "Азиз", "Aziza", "Karimov", "Каримова", "Саша", "O'ktam", "Асан уулу", "х", "<b>", "😀", "Hasan", "Ҳусан"]
names = st.sampled_from(NAMES)
told_births = st.sampled_from(["", "1972", "12.3.1998", "about 4", "30s", "6 months"])
origins = st.sampled_from(["", "Ош", "Osh, Navoi 14"])
sexes = st.sampled_from(["", "F", "M", "X"])
people = st.builds(
    lambda g, f, p, s, b, o, kin, paper: known(
        g, f, b, patronymic=p, sex=s, origin=o, kin=tuple(kin), papers=(paper,) if paper else ()
    ),
    names, names, names, sexes, told_births, origins, st.lists(names, max_size=2), st.sampled_from(["", "AN1234567"]),
)  # fmt: skip
requests = st.builds(
    lambda g, f, p, s, b, o, kin, nick: sought(
        g, f, b, patronymic=p, sex=s, origin=o, relatives=tuple(kin), nickname=nick
    ),
    names, names, names, sexes, told_births, origins, st.lists(names, max_size=3), names,
)  # fmt: skip


@examples(60)
@given(requests, people)
def test_every_score_is_the_sum_of_its_parts_and_has_its_band(asked: Sought, found: Known) -> None:
    match = met(asked, found)
    assert match.band == band_of(match.score)
    for each in match.parts:
        assert each.points <= each.out_of
        assert each.known or not each.points
        assert each.words
    total = min(100.0, max(0.0, round(sum(each.points for each in match.parts), 1)))
    assert match.score == (0 if match.impossible else pytest.approx(total))


@examples(40)
@given(st.lists(requests, min_size=1, max_size=3), st.lists(people, min_size=1, max_size=3), st.randoms())
def test_a_pair_scores_the_same_alone_among_others_and_in_any_order(
    asked: list[Sought], found: list[Known], rng: Any
) -> None:
    scores = {(id(asked[a]), id(found[b])): points for a, b, points in _all(asked, found)}
    rng.shuffle(asked)
    rng.shuffle(found)
    for a, b, points in _all(asked, found):
        assert points == pytest.approx(scores[id(asked[a]), id(found[b])])
        assert met(asked[a], found[b]).score == pytest.approx(points)


def _all(asked: Sequence[Sought], found: Sequence[Known]) -> list[tuple[int, int, float]]:
    building = Building()
    building.add_known(found)
    building.add_sought(asked)
    sides = building.sides()
    scored = compare(sides, all_pairs(sides), Names(), TODAY, NOWHERE)
    columns = (scored.asked.tolist(), scored.person.tolist(), scored.scores.round(1).tolist())
    return list(zip(*columns, strict=True))


BETTER: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"origin": "Osh"}, {"origin": "Osh"}),
    ({"patronymic": "Каримович"}, {"patronymic": "Каримович"}),
    ({"birth": parse_date("12.3.1998", TODAY)}, birth("12.3.1998")),
    ({"relatives": ("Гулбаҳор",)}, {"kin": ("Гулбаҳор",)}),
    ({"phones": ("0555123456",)}, {"phone": "0555123456"}),
    ({"papers": ("AN1234567",)}, {"papers": ("AN1234567",)}),
    ({"marks": "scar"}, {"marks": "scar"}),
    ({"separated_on": date(2010, 6, 11)}, {"arrival_on": date(2010, 6, 12)}),
    ({"sex": "F"}, {"sex": "F"}),
    ({"family_name": "Каримов"}, {"family_name": "Каримов"}),
]


@examples(30)
@given(requests, people, st.sampled_from(BETTER))
def test_a_fact_that_agrees_never_lowers_the_score(
    asked: Sought, found: Known, fact: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    mine, yours = fact
    empty = Sought()
    without = replace(asked, **{name: getattr(empty, name) for name in mine})
    more = replace(asked, **mine)
    facts = {name: value for name, value in yours.items() if name in ("kin", "papers", "marks")}
    of_person = {name: value for name, value in yours.items() if name not in facts}
    with_it = replace(found, person=replace(found.person, **of_person), **facts)
    assert met(more, with_it).score >= met(without, with_it).score - 0.05 or met(more, with_it).impossible
