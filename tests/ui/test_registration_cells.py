from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.services import resources
from panoh.services.registration import FamilyForm, FamilyRow
from panoh.ui.registration import cells, drafts
from panoh.ui.registration.cells import Cells, Column

TODAY = date(2010, 6, 14)


@pytest.fixture(scope="module")
def rules() -> Cells:
    return Cells(resources.vocabularies(), lambda: TODAY)


@pytest.mark.parametrize(
    ("key", "sex"),
    [
        ("f", "F"),
        ("F", "F"),
        ("ж", "F"),
        ("Ж", "F"),
        ("a", "F"),
        ("а", "F"),
        ("m", "M"),
        ("м", "M"),
        ("e", "M"),
        ("э", "M"),
        ("x", "X"),
    ],
)
def test_one_key_is_enough_for_sex_in_either_alphabet(rules: Cells, key: str, sex: str) -> None:
    assert rules.sex_of_key(key) == sex


@pytest.mark.parametrize("key", ["o", "1", "-", "я"])
def test_a_key_that_begins_several_words_or_none_is_no_sex(rules: Cells, key: str) -> None:
    assert rules.sex_of_key(key) == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("12.3.98", "12 Mar 1998"),
        ("3.1998", "Mar 1998"),
        ("1972", "1972"),
        ("34", "34"),
        ("about 6", "about 6"),
        ("30.2.1998", "30.2.1998"),
        ("", ""),
    ],
)
def test_a_birth_cell_shows_its_reading(rules: Cells, typed: str, shown: str) -> None:
    row = rules.put(FamilyRow(), Column.BIRTH, typed)
    assert rules.shown(row, Column.BIRTH) == shown
    assert rules.editable(row, Column.BIRTH) == typed


def test_a_date_that_does_not_exist_is_told_and_kept_as_typed(rules: Cells) -> None:
    row = rules.put(FamilyRow(), Column.BIRTH, "30.2.1998")
    assert "30 Feb 1998" in rules.problem(row, Column.BIRTH)
    assert row.birth == "30.2.1998"
    assert not rules.suggestions(row, Column.BIRTH, row.birth)


def test_a_date_with_two_readings_asks_and_either_can_be_chosen(rules: Cells) -> None:
    row = rules.put(FamilyRow(), Column.BIRTH, "3/4/1998")
    assert rules.problem(row, Column.BIRTH)
    offered = rules.suggestions(row, Column.BIRTH, "3/4/1998")
    assert {line.words for line in offered} == {"3 Apr 1998", "4 Mar 1998"}
    for line in offered:
        chosen = rules.put(row, Column.BIRTH, line.text)
        assert rules.shown(chosen, Column.BIRTH) == line.words
        assert not rules.problem(chosen, Column.BIRTH)


@pytest.mark.parametrize(
    ("sex", "typed", "code", "shown"),
    [
        ("F", "дочь", "child", "Daughter"),
        ("M", "Son", "child", "Son"),
        ("", "child", "child", "Child"),
        ("M", "эри", "spouse", "Husband"),
        ("F", "neighbour", "not_related", "Not related"),
    ],
)
def test_relations_are_taken_in_any_script_and_shown_by_sex(
    rules: Cells, sex: str, typed: str, code: str, shown: str
) -> None:
    row = rules.put(FamilyRow(sex=sex), Column.RELATION, typed)
    assert row.relation == code
    assert rules.shown(row, Column.RELATION) == shown


def test_words_for_this_sex_are_offered_first(rules: Cells) -> None:
    offered = rules.suggestions(FamilyRow(sex="M"), Column.RELATION, "s")
    assert offered[0].words == "Son"
    assert "Husband" in [line.words for line in offered]


def test_a_word_that_no_list_knows_stays_and_is_told(rules: Cells) -> None:
    row = rules.put(FamilyRow(), Column.RELATION, "кум")
    assert rules.shown(row, Column.RELATION) == "кум"
    assert "not in the list" in rules.problem(row, Column.RELATION)


def test_several_needs_even_where_a_label_has_a_comma(rules: Cells) -> None:
    row = rules.put(FamilyRow(), Column.NEEDS, "pregnant; Left behind, unable to flee, ожог")
    assert row.needs == ("PX-PR", "PX-LB", "PX-WO")
    one = rules.put(FamilyRow(), Column.NEEDS, "Left behind, unable to flee")
    assert one.needs == ("PX-LB",)
    two = rules.put(FamilyRow(), Column.NEEDS, "беременна, ожог")
    assert two.needs == ("PX-PR", "PX-WO")


@pytest.mark.parametrize("typed", ["TR-PI", "SV-VF", "LP-IH", "torture", "rape"])
def test_what_must_not_be_typed_before_the_family_is_neither_offered_nor_taken(rules: Cells, typed: str) -> None:
    row = rules.put(FamilyRow(), Column.NEEDS, typed)
    assert rules.problem(row, Column.NEEDS)
    offered = [line.text for text in (typed, typed[:2]) for line in rules.suggestions(FamilyRow(), Column.NEEDS, text)]
    codes = rules.put(FamilyRow(), Column.NEEDS, "; ".join(offered)).needs
    assert not any(code.startswith(("TR-", "SV-", "LP-")) for code in codes)


def test_needs_that_stand_there_are_not_offered_again(rules: Cells) -> None:
    row = rules.put(FamilyRow(), Column.NEEDS, "pregnant")
    assert "Pregnant" not in [line.words for line in rules.suggestions(row, Column.NEEDS, "Pregnant; preg")]


def test_f8_steps_the_four_unknowns_and_typing_replaces_them(rules: Cells) -> None:
    row = rules.put(FamilyRow(name="Малика"), Column.BIRTH, "12")
    seen = []
    for _press in range(5):
        row = cells.step_unknown(row, Column.BIRTH)
        seen.append(rules.shown(row, Column.BIRTH))
    assert seen == ["not asked", "does not know", "refused", "none", ""]
    row = cells.step_unknown(row, Column.BIRTH)
    assert row.unanswered == (("birth", "not_asked"),)
    row = rules.put(row, Column.BIRTH, "12")
    assert (row.birth, row.unanswered) == ("12", ())


def test_copying_a_cell_copies_its_unknown() -> None:
    above = cells.step_unknown(FamilyRow(name="A"), Column.NEEDS)
    below = cells.copy(above, Column.NEEDS, FamilyRow(name="B", needs=("PX-PR",)))
    assert (below.name, below.needs, below.unanswered) == ("B", (), (("needs", "not_asked"),))


def test_an_empty_row_shows_nothing_of_where_people_are(rules: Cells) -> None:
    assert rules.shown(FamilyRow(), Column.PRESENCE) == ""
    assert rules.shown(FamilyRow(name="A"), Column.PRESENCE) == "Here"


@given(st.text(max_size=60), st.sampled_from(list(cells.FIELDS)))
def test_no_text_breaks_a_cell_and_none_is_lost(rules: Cells, text: str, column: Column) -> None:
    row = rules.put(FamilyRow(), column, text)
    for answer in (rules.shown(row, column), rules.spoken(row, column), rules.problem(row, column)):
        assert isinstance(answer, str)
    rules.suggestions(row, column, text)
    if column == Column.NAME:
        assert row.name == cells.tidy(text)
        assert not any(sign in row.name for sign in "\t\r\n\x00")


_texts = st.text(max_size=12)
_rows = st.builds(
    FamilyRow,
    name=_texts,
    sex=st.sampled_from(["", "F", "M"]),
    birth=_texts,
    relation=_texts,
    needs=st.lists(_texts, max_size=3).map(tuple),
    talk_alone=st.booleans(),
    unanswered=st.lists(st.tuples(_texts, _texts), max_size=2).map(tuple),
)


@given(st.builds(FamilyForm, address_before=_texts, phone=_texts, rows=st.lists(_rows, max_size=3).map(tuple)))
def test_a_draft_comes_back_as_it_was(form: FamilyForm) -> None:
    kept = json.loads(json.dumps(drafts.to_payload(form)))
    assert drafts.from_payload(kept, "d1") == replace(form, draft_id="d1")


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"form": None},
        {"form": {"rows": "x", "phone": 3}},
        {"form": {"rows": [1, {"name": None, "needs": 4, "unanswered": [["a"], 7]}]}},
    ],
)
def test_a_draft_of_another_shape_loses_only_what_does_not_fit(payload: dict[str, object]) -> None:
    form = drafts.from_payload(payload, "d1")
    assert form.draft_id == "d1"
    assert form.phone == ""


def test_only_what_was_typed_for_this_family_is_worth_a_draft() -> None:
    assert not drafts.worth_keeping(FamilyForm(site_id="s", fled_from="KG", rows=(FamilyRow(relation="head"),)))
    assert drafts.worth_keeping(FamilyForm(rows=(FamilyRow(unanswered=(("birth", "refused"),)),)))
    assert drafts.title(FamilyForm(address_before="Ош", rows=(FamilyRow(), FamilyRow(name="Малика")))) == "Малика"
