"""How near two places are: by the tree of places, in any script, and by words where no list knows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.domain import places as tree
from panoh.domain.places import NOWHERE, Places
from panoh.services.resources import vocabularies

PLACES = Places(vocabularies()["locations"])


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("Ош", "Osh", tree.SAME),
        ("Джалал-Абад", "Manas", tree.SAME),
        ("Ош, Черёмушки", "Osh, street with a mosque", tree.WITHIN),
        ("Өзгөн", "Osh oblast", tree.WITHIN),
        ("Uzgen town", "Ноокат", tree.REGION),
        ("Ош", "Баткен", tree.COUNTRY),
        ("Uzgen", "Андижан", tree.OTHER),
        ("Черёмушки", "Cheremushki", tree.SAME),
        ("Черёмушки", "Ак-Тилек", tree.UNLIKE),
        ("", "Osh", tree.NOT_TOLD),
        ("город", "Osh", tree.NOT_TOLD),
    ],
)
def test_levels(a: str, b: str, level: int) -> None:
    assert PLACES.level(a, b) == PLACES.level(b, a) == level


def test_without_a_list_words_are_compared() -> None:
    assert NOWHERE.level("Ош", "Osh") == tree.SAME
    assert NOWHERE.level("Ош", "Баткен") == tree.UNLIKE


names = st.sampled_from([name for term in vocabularies()["locations"] for name in (term.label, *term.aliases)])


@examples(60)
@given(names | st.text(max_size=12), names)
def test_no_text_fails_and_the_order_does_not_matter(a: str, b: str) -> None:
    assert PLACES.level(a, b) == PLACES.level(b, a)
    assert PLACES.level(b, b) in (tree.SAME, tree.NOT_TOLD)
