"""What people are to one person, worked out from a few links."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.domain.family import KinLink
from panoh.domain.kinship import kin_of

_KINDS = (
    "birth_parent",
    "adoptive_parent",
    "step_parent",
    "foster_parent",
    "partner",
    "sibling",
    "grandparent",
    "aunt_uncle",
    "other_kin",
)
_LINKS = st.lists(
    st.builds(
        lambda one, other, kind: KinLink(id="", from_person_id=one, to_person_id=other, kind=kind),
        st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from(_KINDS),
    ),
    max_size=12,
)  # fmt: skip


def links(*told: str) -> list[KinLink]:
    """'a birth_parent b': a is a parent of b."""
    split = [one.split() for one in told]
    return [KinLink(id="", from_person_id=a, to_person_id=b, kind=kind) for a, kind, b in split]


def test_two_generations_up_and_to_the_side() -> None:
    family = links(
        "grandma birth_parent mother", "grandma birth_parent uncle", "mother birth_parent me", "mother birth_parent sister",
        "father partner mother", "father birth_parent me", "uncle birth_parent cousin", "sister birth_parent niece",
        "me birth_parent child", "child birth_parent grandchild", "me partner husband", "stranger travelled_together me",
    )  # fmt: skip
    assert kin_of("me", family) == {
        "grandma": "grandparent", "mother": "parent", "father": "parent", "uncle": "aunt_uncle", "sister": "sibling", "cousin": "cousin",
        "niece": "niece_nephew", "child": "child", "grandchild": "grandchild", "husband": "spouse",
    }  # fmt: skip


def test_children_of_a_step_or_foster_parent_are_not_called_brothers() -> None:
    for kind, code in (("step_parent", "step_parent"), ("foster_parent", "")):
        found = kin_of("me", links(f"her {kind} me", "her birth_parent boy"))
        assert found.get("her", "") == code
        assert "boy" not in found


def test_a_link_of_the_two_counts_before_what_others_tell() -> None:
    assert kin_of("me", links("mother birth_parent me", "mother birth_parent she", "she partner me"))["she"] == "spouse"


@given(_LINKS)
@examples(100)
def test_nobody_is_their_own_kin_and_siblings_are_each_other_s(found: list[KinLink]) -> None:
    kin = {one: kin_of(one, found) for one in "abcdef"}
    assert all(one not in told for one, told in kin.items())
    own = {frozenset((link.from_person_id, link.to_person_id)) for link in found}
    for one, told in kin.items():
        for other, code in told.items():
            if frozenset((one, other)) not in own:
                mirrored = {
                    "sibling": "sibling",
                    "cousin": "cousin",
                    "grandparent": "grandchild",
                    "aunt_uncle": "niece_nephew",
                }
                assert code in {*mirrored, "grandchild", "niece_nephew"}
