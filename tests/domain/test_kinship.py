"""Family links: what a household implies, what cannot be, and how the family is drawn."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.domain.family import KinLink
from panoh.domain.family_tree import MOST, family_tree
from panoh.domain.kinship import PARENT_KINDS, doubts, implied_links, with_implied
from panoh.domain.person import Person

TODAY = date(2010, 6, 14)
KINDS = (
    *sorted(PARENT_KINDS),
    "grandparent",
    "aunt_uncle",
    "partner",
    "sibling",
    "other_kin",
    "carer",
    "travelled_together",
)


def person(name: str, relation: str = "", born: int | None = None, sex: str = "") -> Person:
    days = {} if born is None else {"birth_earliest": date(born, 1, 1), "birth_latest": date(born, 12, 31)}
    return Person(id=name, relation=relation, sex=sex, **days)


def link(one: str, kind: str, other: str) -> KinLink:
    return KinLink(id="", from_person_id=one, to_person_id=other, kind=kind)


def kinds(people: list[Person], *links: KinLink) -> list[str]:
    return [doubt.kind for doubt in doubts({one.id: one for one in people}, links, TODAY)]


class TestImplied:
    @pytest.mark.parametrize(
        ("relation", "expected"),
        [
            ("spouse", ("h", "partner", "m")),
            ("child", ("h", "birth_parent", "m")),
            ("step_child", ("h", "step_parent", "m")),
            ("parent", ("m", "birth_parent", "h")),
            ("grandchild", ("h", "grandparent", "m")),
            ("aunt_uncle", ("m", "aunt_uncle", "h")),
            ("cousin", ("h", "other_kin", "m")),
            ("not_related", ("h", "travelled_together", "m")),
        ],
    )
    def test_a_relation_to_the_head_is_a_link(self, relation: str, expected: tuple[str, str, str]) -> None:
        found = implied_links([person("h", "head"), person("m", relation)])
        assert [(one.from_person_id, one.kind, one.to_person_id) for one in found] == [expected]

    def test_a_mother_in_law_is_the_mother_of_the_spouse(self) -> None:
        found = implied_links([person("h", "head"), person("w", "spouse"), person("m", "parent_in_law")])
        assert ("m", "birth_parent", "w") in [(one.from_person_id, one.kind, one.to_person_id) for one in found]

    def test_what_is_stated_wins_over_what_is_implied(self) -> None:
        home = [person("h", "head"), person("c", "child")]
        assert [one.kind for one in with_implied([link("h", "foster_parent", "c")], home)] == ["foster_parent"]

    def test_without_a_head_nothing_is_implied(self) -> None:
        assert implied_links([person("a", "child"), person("b", "spouse")]) == []


class TestDoubts:
    @pytest.mark.parametrize(("born", "doubted"), [(1960, True), (1985, True), (1993, True), (2005, False)])
    def test_a_child_as_old_as_its_mother(self, born: int, doubted: bool) -> None:
        assert (
            "parent_age" in kinds([person("m", born=1983), person("c", born=born)], link("m", "birth_parent", "c"))
        ) is doubted

    def test_a_stepmother_may_be_younger(self) -> None:
        assert kinds([person("m", born=1990), person("c", born=1985)], link("m", "step_parent", "c")) == []

    def test_a_partner_who_is_a_child(self) -> None:
        assert kinds([person("a", born=1980), person("b", born=1995)], link("a", "partner", "b")) == ["child_spouse"]
        assert kinds([person("a", born=1980), person("b")], link("a", "partner", "b")) == []

    def test_two_partners_two_mothers_and_parents_who_are_siblings(self) -> None:
        everyone = [person("a", sex="F"), person("b", sex="F"), person("c")]
        assert kinds(everyone, link("c", "partner", "a"), link("b", "partner", "c")) == ["two_partners"]
        assert kinds(everyone, link("a", "birth_parent", "c"), link("b", "birth_parent", "c")) == ["birth_parents"]
        assert kinds(everyone, link("a", "foster_parent", "c"), link("c", "sibling", "a")) == ["parent_and_sibling"]

    def test_nobody_is_their_own_ancestor(self) -> None:
        everyone = [person("a"), person("b"), person("c")]
        circle = (link("a", "birth_parent", "b"), link("b", "birth_parent", "c"), link("c", "grandparent", "a"))
        assert kinds(everyone, *circle) == ["own_ancestor"]


class TestTree:
    def test_generations_stand_in_rows_and_partners_side_by_side(self) -> None:
        links = [
            link("gran", "birth_parent", "mother"),
            link("mother", "partner", "father"),
            *(
                link(parent, "birth_parent", child)
                for parent in ("mother", "father")
                for child in ("son", "girl", "baby")
            ),
        ]
        tree = family_tree("son", links, ["gran", "mother", "father", "son", "girl", "baby"])
        rows = {place.person_id: place.row for place in tree.places}
        assert rows == {"gran": 0, "mother": 1, "father": 1, "son": 2, "girl": 2, "baby": 2}
        column = {place.person_id: place.column for place in tree.places}
        assert abs(column["mother"] - column["father"]) == 1
        assert column["son"] < column["girl"] < column["baby"]
        descents = [line for line in tree.lines if line.kind == "descent"]
        assert ("father", "mother") in [line.from_ids for line in descents]

    def test_whoever_is_linked_to_nobody_stands_alone(self) -> None:
        tree = family_tree("a", [link("b", "sibling", "c")])
        assert [place.person_id for place in tree.places] == ["a"]

    @given(st.lists(st.tuples(st.integers(0, 80), st.sampled_from(KINDS), st.integers(0, 80)), max_size=160))
    def test_nobody_stands_on_anybody_and_everyone_stands_once(self, drawn: list[tuple[int, str, int]]) -> None:
        links = [link(str(a), kind, str(b)) for a, kind, b in drawn if a != b]
        tree = family_tree("0", links)
        places = [(place.row, place.column) for place in tree.places]
        assert len({place.person_id for place in tree.places}) == len(places) <= MOST
        for row in {row for row, _ in places}:
            columns = sorted(column for r, column in places if r == row)
            assert all(b - a >= 0.99 for a, b in pairwise(columns))
        assert all(0 <= row < tree.rows and 0 <= column < tree.columns for row, column in places)
        shown = {place.person_id for place in tree.places}
        assert all(set(line.from_ids) | set(line.to_ids) <= shown for line in tree.lines)
