"""A family is kin anywhere; a household is who is here together now."""

from __future__ import annotations

from dataclasses import replace

from panoh.domain.family import KinLink
from panoh.domain.person import Person
from panoh.services import families
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family

ROWS = (
    FamilyRow(name="Йўлчиева Гулбаҳор", sex="F", birth="29", relation="head"),
    FamilyRow(name="Тўрабоев Равшан", sex="M", birth="33", relation="spouse", presence="stopped"),
    FamilyRow(name="Тўрабоев Азизбек", sex="M", birth="4", relation="child", presence="missing"),
    FamilyRow(name="Йўлчиева Саодат", sex="F", birth="63", relation="parent"),
)


def _family(desk: Desk) -> list[Person]:
    return list(save_family(desk, FamilyForm(rows=ROWS)).people)


def _link(one: Person, kind: str, other: Person) -> KinLink:
    return KinLink(id="", from_person_id=one.id, to_person_id=other.id, kind=kind)


def test_a_registered_household_is_drawn_without_anything_being_linked(desk: Desk) -> None:
    mother, father, son, gran = _family(desk)
    family = families.family_of(desk, mother.id)
    rows = {place.person_id: place.row for place in family.tree.places}
    assert rows == {gran.id: 0, mother.id: 1, father.id: 1, son.id: 2}
    sought = {one.line.id for one in family.relatives if one.sought}
    assert sought == {father.id, son.id}
    assert family.doubts == ()


def test_kin_elsewhere_belong_to_the_family_from_either_side(desk: Desk) -> None:
    mother = _family(desk)[0]
    brother = save_family(
        desk, FamilyForm(rows=(FamilyRow(name="Йўлчиев Баҳром", sex="M", birth="40", relation="head"),))
    ).people[0]
    families.link(desk, _link(brother, "sibling", mother))
    assert brother.id in [one.line.id for one in families.family_of(desk, mother.id).relatives]
    assert len(families.family_of(desk, brother.id).relatives) == 5


def test_a_stated_link_replaces_the_implied_one_and_can_be_taken_away(desk: Desk) -> None:
    mother, _father, son, _gran = _family(desk)
    families.link(desk, _link(mother, "foster_parent", son))
    family = families.family_of(desk, mother.id)
    between = [link for link in family.links if {link.from_person_id, link.to_person_id} == {mother.id, son.id}]
    assert [link.kind for link in between] == ["foster_parent"]
    families.unlink(desk, between[0])
    kinds = {link.kind for link in families.family_of(desk, mother.id).links}
    assert "birth_parent" in kinds
    assert "foster_parent" not in kinds


def test_relations_that_cannot_be_are_told_before_they_are_kept(desk: Desk) -> None:
    mother, _father, son, gran = _family(desk)
    backwards = families.doubts_with(desk, _link(son, "birth_parent", gran))
    assert {doubt.kind for doubt in backwards} == {"parent_age", "own_ancestor"}
    assert families.doubts_with(desk, _link(gran, "carer", son)) == []
    families.link(desk, _link(mother, "partner", son))
    assert "child_spouse" in [doubt.kind for doubt in families.family_of(desk, mother.id).doubts]


def test_a_joined_record_is_in_no_family(desk: Desk) -> None:
    mother, father, *_rest = _family(desk)
    keep(desk, replace(father, merged_into_id=mother.id, household_id="", presence=""))
    assert father.id not in [one.line.id for one in families.family_of(desk, mother.id).relatives]
