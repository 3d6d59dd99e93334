"""A whole register against itself: distances of many names, keys, and what a sweep finds and leaves out."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.test_duplicates import TODAY
from tests.examples import examples

from panoh.base.errors import AppError
from panoh.domain.duplicates import blocking, sounds
from panoh.domain.duplicates import weights as w
from panoh.domain.duplicates.between import days
from panoh.domain.duplicates.evidence import BIRTH_LEVELS, FATHER_LEVELS, NAME_LEVELS, NUMBER_LEVELS, PLACE_LEVELS
from panoh.domain.duplicates.households import HOME_LEVELS
from panoh.domain.duplicates.nearness import Nearness
from panoh.domain.duplicates.reasons import sentences
from panoh.domain.duplicates.register import Gathering, Register, Row
from panoh.domain.duplicates.scoring import total
from panoh.domain.duplicates.sweep import Scored, sweep

NOW = days(TODAY)


def row(given_name: str, family: str, born: str = "", sex: str = "M", home: str = "", **more: str) -> Row:
    told = {"precision": "day", "earliest": born, "latest": born} if len(born) == 10 else {}
    if len(born) == 4:
        told = {"precision": "year", "earliest": f"{born}-01-01", "latest": f"{born}-12-31"}
    return Row(given_name, family, sex=sex, household=home, **told, **more)  # type: ignore[arg-type]


def register(*rows: Row) -> Register:
    gathering = Gathering()
    gathering.add(rows)
    return gathering.register()


def pairs(found: Scored) -> list[tuple[int, int]]:
    return list(zip(found.a.tolist(), found.b.tolist(), strict=True))


# --- distances -------------------------------------------------------------------------------------------------------


def by_hand(a: str, b: str) -> float:
    """The same distance worked out for one pair, letter by letter."""
    code = {letter: at for at, letter in enumerate(sounds.LETTERS, 1)}
    x, y = [code[c] for c in a], [code[c] for c in b]
    turn, drop = sounds._TURN, sounds._DROP
    table = [[0.0] * (len(y) + 1) for _ in range(len(x) + 1)]
    for i in range(len(x) + 1):
        for j in range(len(y) + 1):
            ways = [0.0] if not i and not j else []
            if i:
                ways.append(table[i - 1][j] + drop[x[i - 1]])
            if j:
                ways.append(table[i][j - 1] + drop[y[j - 1]])
            if i and j:
                ways.append(table[i - 1][j - 1] + turn[x[i - 1], y[j - 1]])
            if i > 1 and j > 1 and x[i - 1] == y[j - 2] and x[i - 2] == y[j - 1]:
                ways.append(table[i - 2][j - 2] + sounds._SWAPPED)
            table[i][j] = min(ways)
    return table[-1][-1]


words = st.text(alphabet="aoeiklmnrsJCxyz", min_size=1, max_size=sounds.LONGEST)


@examples(150)
@given(st.lists(st.tuples(words, words), min_size=1, max_size=12))
def test_many_distances_are_those_of_single_pairs(names: list[tuple[str, str]]) -> None:
    every = [word for pair in names for word in pair]
    codes = sounds.as_codes(every)
    at = np.arange(0, len(every), 2)
    found, back = sounds.distances(codes, at, at + 1), sounds.distances(codes, at + 1, at)
    assert found.tolist() == back.tolist()
    for (a, b), distance in zip(names, found.tolist(), strict=True):
        assert (distance == 0) >= (a == b)
        if abs(len(a) - len(b)) < sounds._BAND:  # beyond, names that have nothing in common are not worked out
            longer = max(len(a), len(b), sounds._SHORTEST)
            least = by_hand(a, b) * 100 / sounds._UNIT / longer
            assert distance >= min(int(least), 100)


def test_the_alphabet_of_the_distances_is_that_of_the_sounds() -> None:
    codes = sounds.as_codes(["gulbaxor", "", "J" * 40])
    assert (codes != 0).sum(1).tolist() == [8, 0, sounds.LONGEST]


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Гулбаҳор", "Gulbakhor", 0, 5),
        ("Михаил", "Michail", 0, 5),
        ("Саша", "Александр", 8, 8),
        ("Ҳасан", "Hasan", 0, 3),
        ("Ҳасан", "Husan", 100, 100),
        ("Нодир", "Носир", 100, 100),
        ("Малика", "Мадина", 100, 100),
        ("А", "Азиз", 18, 18),
        ("Бакыт", "", 100, 100),
    ],
)
def test_how_far_given_names_are_apart(one: str, other: str, least: int, most: int) -> None:
    r = register(row(one, "x"), row(other, "y"))
    distance = Nearness(r.sounds).apart((r.given[:1], r.given[1:], 8))[0][0]
    assert least <= distance <= most


# --- tables ----------------------------------------------------------------------------------------------------------


def test_every_level_has_its_weight_and_nearer_never_weighs_less() -> None:
    assert tuple(w.NAMES) == NAME_LEVELS
    assert tuple(w.FATHER) == FATHER_LEVELS
    assert tuple(w.BIRTH) == BIRTH_LEVELS
    assert tuple(w.PLACE) == PLACE_LEVELS
    assert tuple(w.PHONE) == tuple(w.PAPER) == NUMBER_LEVELS
    assert tuple(w.HOUSEHOLD) == HOME_LEVELS
    for at in (0, 1):
        told = [weights[at] for weights in w.NAMES.values()][1:]
        assert told == sorted(told, reverse=True)


# --- keys ------------------------------------------------------------------------------------------------------------


def test_a_block_that_is_too_large_is_cut_and_never_grows_without_bound() -> None:
    many = [row("Азиз", "Каримов", "1980") for _ in range(blocking.LARGEST_BLOCK + 50)]
    a, b = blocking.candidates(register(*many))
    assert len(a) == len(b) == 0
    few = register(*many[:30])
    a, b = blocking.candidates(few)
    assert len(a) == 30 * 29 // 2
    assert (a < b).all()


@pytest.mark.parametrize(
    "other",
    [
        row("Aziz", "Karimov", "1980-03-12"),
        row("Каримов", "Азиз", "1980-03-12"),
        row("Азизз", "Карримов", "1980-03-12"),
        row("Азиз", "Каримво", "1980-03-13"),
        row("Азиз", "Каримов", "1980-12-03"),
        row("Азиз", "Каримов", "1981"),
        row("Азиз", "Каримов"),
        row("Азиз", "Каримов", "1980-03-12", sex=""),
        row("Азиз Каримов", "", "1980-03-12"),
        row("", "Karimov Aziz", "1980-03-12"),
    ],
)
def test_one_person_in_another_spelling_stands_in_one_block(other: Row) -> None:
    assert pairs(sweep(register(row("Азиз", "Каримов", "1980-03-12"), other), NOW, 0)) == [(0, 1)]


def test_other_names_papers_and_phones_bring_people_together() -> None:
    gathering = Gathering()
    gathering.add([row("Малика", "Эргашева", "1998", "F"), row("Зулфия", "Каримова", "1998", "F", phone="0555 123456")])
    assert len(sweep(gathering.register(), NOW, 0)) == 0
    gathering.add_names([(1, "Эргашева Малика")])
    found = sweep(gathering.register(), NOW, 0)
    assert pairs(found) == [(0, 1)]
    before = found.scores[0]
    gathering.add_papers([(0, "AN 1234567"), (1, "an1234567"), (1, "ID 5")])
    gathering.add_phones([(0, "+996 555 123 456")])
    found = sweep(gathering.register(), NOW, 0)
    assert pairs(found) == [(0, 1)]
    assert found.scores[0] > before
    assert "Phone, paper: same paper; same phone" in sentences(next(found.reasons()))


# --- sweeps ----------------------------------------------------------------------------------------------------------


def test_an_empty_register_and_one_person_have_no_pairs() -> None:
    assert len(sweep(Gathering().register(), NOW, -1000)) == 0
    assert list(sweep(register(row("Азиз", "Каримов", "1980")), NOW, -1000).reasons()) == []


def test_a_family_registered_twice_gives_its_own_pairs_and_no_others() -> None:
    family = [
        row("Лола", "Каримова", "1975-05-05", "F", "{}", relation="head", origin="Ош"),
        row("Анвар", "Каримов", "2001-01-02", "M", "{}", relation="child", origin="Ош", patronymic="Бекович"),
        row("Малика", "Каримова", "2003-04-05", "F", "{}", relation="child", origin="Ош", patronymic="Бековна"),
        row("Мадина", "Каримова", "2003-04-05", "F", "{}", relation="child", origin="Ош", patronymic="Бековна"),
    ]
    twice = [each._replace(household=home) for home in ("1", "2") for each in family]
    found = sweep(register(*twice), NOW, 40)
    assert sorted(pairs(found)) == [(0, 4), (1, 5), (2, 6), (3, 7)]
    assert all("others in common" in " ".join(sentences(reasons)) for reasons in found.reasons())


def test_it_does_not_matter_where_in_a_list_those_of_one_name_stand() -> None:
    """A boy and his girl cousin of one name beside a namesake: three of one key in a household."""
    here = [row("Азиз", "Каримов", sex=sex, home="1") for sex in "MMF"]
    there = [row("Азиз", "Каримов", home="2") for _ in range(2)]
    for rows in (here + there, (here + there)[::-1], there + here[::-1]):
        found = sweep(register(*rows), NOW, -1000)
        across = [
            " ".join(sentences(reasons))
            for (a, b), reasons in zip(pairs(found), found.reasons(), strict=True)
            if rows[a].household != rows[b].household
        ]
        assert len(across) == 4
        assert all("Household: 1 other in common" in words for words in across)


def test_it_can_be_stopped_at_every_step() -> None:
    people = register(*(row("Азиз", "Каримов", str(1980 + n)) for n in range(9)))
    shares: list[float] = []
    sweep(people, NOW, 0, shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 5
    for stop in range(len(shares)):
        left = iter(range(stop))

        def step(_share: float, left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise AppError("cancelled")

        with pytest.raises(AppError, match="Stopped"):
            sweep(people, NOW, 0, step)


some = st.builds(
    row,
    st.sampled_from(["Азиз", "Aziz", "Азза", "Анвар", "", "Ҳасан", "Husan"]),
    st.sampled_from(["Каримов", "Karimova", "Karimzoda", "Бакыт уулу", ""]),
    st.sampled_from(["", "1980", "1980-03-12", "1980-12-03", "1995-03-12", "1980-01-01"]),
    st.sampled_from(["M", "F", "", "X"]),
    st.sampled_from(["", "1", "2"]),
    relation=st.sampled_from(["", "head", "child"]),
    origin=st.sampled_from(["", "Ош", "Osh, Navoi 1", "Андижон"]),
    phone=st.sampled_from(["", "0555 123456"]),
)


@examples(120)
@given(st.lists(some, max_size=9))
def test_pairs_are_of_two_people_once_and_add_up(rows: list[Row]) -> None:
    found = sweep(register(*rows), NOW, -1000)
    every = pairs(found)
    assert all(a < b for a, b in every)
    assert len(set(every)) == len(every)
    assert found.scores.tolist() == sorted(found.scores.tolist(), reverse=True)
    for (a, b), score, reasons in zip(every, found.scores.tolist(), found.reasons(), strict=True):
        assert {rows[a].sex, rows[b].sex} != {"F", "M"}
        assert round(sum(reason.points for reason in reasons), 1) == pytest.approx(score, abs=0.05)
        if rows[a].household and rows[a].household == rows[b].household:
            assert {rows[a].relation, rows[b].relation} != {"head", "child"}
    turned = sweep(register(*reversed(rows)), NOW, -1000)
    last = len(rows) - 1
    assert sorted((last - b, last - a) for a, b in pairs(turned)) == sorted(every)
    assert sorted(turned.scores.tolist()) == sorted(found.scores.tolist())


def test_scores_are_the_sum_of_the_columns() -> None:
    assert total(np.array([[1.1, -0.3, 2.2]], np.float32)).tolist() == pytest.approx([3.0])
    assert {f.name for f in fields(Register)} >= {"given", "birth", "phones", "papers", "household"}
