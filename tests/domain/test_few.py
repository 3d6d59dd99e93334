"""No number that is left out can be worked out from what is told, not even by somebody who knows the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.domain.few import FEW, FEWER, MORE, NOTHING, Told, exactly, told, told_table, total

COUNTS = st.lists(st.integers(0, 60), min_size=2, max_size=17)


def _tables(cells: int, whole: int) -> Iterator[tuple[int, ...]]:
    """Every table of that many cells with this sum."""
    for bars in combinations(range(whole + cells - 1), cells - 1):
        ends = (-1, *bars, whole + cells - 1)
        yield tuple(after - before - 1 for before, after in pairwise(ends))


@pytest.mark.parametrize("covers", [True, False])
@pytest.mark.parametrize("cells", [2, 3, 4])
def test_each_cell_that_is_left_out_could_be_two_numbers(cells: int, covers: bool) -> None:
    """Every table of a few cells, as it looks to a reader who knows the whole and the rule."""
    for whole in range(1, 31):
        alike: dict[tuple[Told, ...], list[tuple[int, ...]]] = defaultdict(list)
        for each in _tables(cells if covers else cells + 1, whole):  # the last one is then not in the chart
            alike[tuple(told(each[:cells], whole, covers=covers))].append(each)
        for shown, could_be in alike.items():
            for at, cell in enumerate(shown):
                assert cell.exact or len({counts[at] for counts in could_be}) > 1, (whole, shown, could_be)


@examples(300)
@given(counts=COUNTS, unseen=st.integers(0, 30), covers=st.booleans())
def test_what_is_told_is_true_and_nothing_under_five_is(counts: list[int], unseen: int, covers: bool) -> None:
    whole = sum(counts) + (0 if covers else unseen)
    shown = told(counts, whole, covers=covers)
    for count, cell in zip(counts, shown, strict=True):
        assert cell.least <= count
        assert cell.most is None or count <= cell.most
        assert not cell.exact or count >= FEW or all(one >= FEW for one in counts) or whole == 0


@examples(300)
@given(counts=COUNTS, unseen=st.integers(0, 30), covers=st.booleans())
def test_the_whole_less_what_is_told_leaves_room(counts: list[int], unseen: int, covers: bool) -> None:
    """Each cell under five may be nought or four by itself: with what is left out beside it, the sum still comes out."""
    whole = sum(counts) + (0 if covers else unseen)
    shown = told(counts, whole, covers=covers)
    if FEWER not in shown:
        return
    left = whole - sum(cell.least for cell in shown if cell.exact)
    least = sum(cell.least for cell in shown if not cell.exact)
    assert left - least >= FEW - 1
    assert MORE in shown or not covers  # something takes up what the cell is not


@examples(300)
@given(data=st.data(), sites=st.integers(1, 8), cells=st.integers(1, 16))
def test_in_a_table_no_row_and_no_column_gives_a_cell_away(data: st.DataObject, sites: int, cells: int) -> None:
    row = st.lists(st.integers(0, 40), min_size=cells, max_size=cells)
    rows = data.draw(st.lists(row, min_size=sites, max_size=sites))
    wholes = [sum(each) + data.draw(st.sampled_from((0, 0, 3))) for each in rows]
    sums = [sum(column) + data.draw(st.sampled_from((0, 0, 3))) for column in zip(*rows, strict=True)]
    shown = told_table(rows, wholes, sums)
    lines = [(each, counts, whole) for each, counts, whole in zip(shown, rows, wholes, strict=True) if whole]
    lines += list(zip(zip(*shown, strict=True), zip(*rows, strict=True), sums, strict=True))  # type: ignore[arg-type]
    for line, counts, whole in lines:
        out = [cell for cell in line if not cell.exact]
        left = whole - sum(cell.least for cell in line if cell.exact)
        for cell, count in zip(line, counts, strict=True):
            assert cell.exact is (cell == exactly(count))
            assert cell.least <= count
        if out and NOTHING not in out:
            assert len(out) > 1
            assert left - sum(cell.least for cell in out) >= FEW - 1
    for each, whole in zip(shown, wholes, strict=True):
        assert all(cell.least >= FEW for cell in each if cell.exact) or whole == 0


def test_a_table_leaves_out_as_little_as_a_row_where_the_sites_are_large() -> None:
    rows = [[30, 40, 50], [20, 2, 60], [70, 80, 90]]
    shown = told_table(rows, [120, 82, 240], [120, 122, 200])
    assert [[cell.exact for cell in row] for row in shown] == [[True] * 3, [True, False, False], [True, False, False]]


def test_numbers_of_five_and_more_are_all_told() -> None:
    assert told([5, 9, 200], 214, covers=True) == [exactly(5), exactly(9), exactly(200)]


def test_nobody_at_all_is_no_secret() -> None:
    assert told([0, 0], 0, covers=True) == [exactly(0), exactly(0)]


def test_without_a_whole_only_the_few_are_left_out() -> None:
    assert told([0, 3, 40]) == [FEWER, FEWER, exactly(40)]


def test_of_too_few_people_nothing_is_told() -> None:
    assert told([1, 0, 6], 7, covers=True) == [NOTHING] * 3


def test_the_last_large_cell_is_left_out_beside_a_small_one() -> None:
    shown = told([2, 203, 391, 158, 802], 1556, covers=True)
    assert shown == [FEWER, exactly(203), exactly(391), exactly(158), MORE]
    assert total(shown) is None
    assert total(shown[1:4]) == 752


def test_a_number_that_is_told_exactly_says_so() -> None:
    assert [cell.exact for cell in (exactly(0), Told(7, 7), FEWER, MORE, NOTHING)] == [True, True, False, False, False]
