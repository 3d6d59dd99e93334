"""Code lists: nothing is lost, nothing changes its meaning, and what is typed at the grid gives nobody away."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.base.errors import AppError
from panoh.base.i18n import speaking
from panoh.base.paths import resource
from panoh.domain.triage import codes as triage_codes
from panoh.domain.vocabulary import LISTS, Vocabularies, fold, parse_vocabulary

GOLDEN = Path(__file__).parents[1] / "golden" / "vocab_codes.txt"
FILES = sorted(resource("vocab").glob("*.toml"))
VOCAB = Vocabularies({file.stem: parse_vocabulary(file.read_text("utf-8"), file.name) for file in FILES})
NEEDS = VOCAB["specific_needs"]
CATEGORIES = {"CR": 10, "SC": 5, "WR": 3, "ER": 3, "SP": 3, "DS": 7, "SM": 7, "FU": 2, "LP": 20, "TR": 3, "SV": 8}
NEVER_AT_THE_GRID = ("TR", "SV", "LP")


def test_every_list_is_a_file_and_every_file_a_list() -> None:
    assert tuple(file.stem for file in FILES) == LISTS


def test_no_code_is_ever_taken_out() -> None:
    shipped = {f"{name} {term.code}" for name, terms in VOCAB.items() for term in terms}
    golden = GOLDEN.read_text("utf-8").splitlines()
    assert golden == sorted(golden)
    assert set(golden) <= shipped, "a code was taken out: retire it instead"
    assert shipped <= set(golden), f"add the new codes to {GOLDEN.name}"


def test_the_eleven_headings_and_71_codes() -> None:
    shared = [term for term in NEEDS if term.source == "UNHCR codes of 2009"]
    assert {term.code for term in shared if term.heading} == set(CATEGORIES)
    counts = {code: sum(term.category == code for term in shared) for code in CATEGORIES}
    assert counts == CATEGORIES
    assert sum(counts.values()) == 71


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("LP-RR", "At risk of refoulement"),
        ("LP-BN", "Unmet basic needs"),
        ("LP-MS", "Marginalised from society or community"),
        ("LP-MD", "Multiple displacements"),
        ("LP-AN", "Violence, abuse or neglect"),
        ("SC-UC", "Unaccompanied child"),
        ("SC-SC", "Separated child"),
    ],
)
def test_codes_that_others_have_mixed_up(code: str, label: str) -> None:
    assert NEEDS.label(code) == label
    assert NEEDS.match(label) == code


def test_refoulement_reads_as_refoulement() -> None:
    term = NEEDS.get("LP-RR")
    assert term is not None
    assert "returned to a place where life or freedom is threatened" in term.definition


def test_everyone_knows_what_a_need_means() -> None:
    assert all(term.definition and term.source for term in NEEDS)
    assert all(NEEDS.get(term.category) for term in NEEDS if term.category)


def test_torture_sexual_violence_and_legal_protection_never_at_the_grid() -> None:
    for term in NEEDS:
        if term.code.startswith(NEVER_AT_THE_GRID):
            assert not term.at_grid, term.code
            assert NEEDS.match(term.code, at_grid=True) is None
    assert not [
        term for term in NEEDS.offers(at_grid=True) if term.code.startswith(NEVER_AT_THE_GRID) or term.restricted
    ]


@given(st.text(max_size=12))
def test_nothing_typed_at_the_grid_finds_a_restricted_code(typed: str) -> None:
    found = [term.code for term in NEEDS.complete(typed, at_grid=True, limit=99)]
    matched = NEEDS.match(typed, at_grid=True)
    for code in [*found, *([matched] if matched else [])]:
        assert not NEEDS.restricted(code)
        assert not code.startswith(NEVER_AT_THE_GRID)


# The settled list: field guide §1 "Restricted by default", without the illnesses on which somebody's life may hang
# today, and with the profile, the threat and the distress that would tell a restricted reason.
BY_ROLE = {
    *("LP-RR", "LP-RD", "LP-RP", "LP-IH", "LP-DA", "LP-DO", "LP-DT", "LP-AP", "LP-CR", "LP-ST", "LP-AF", "CR-AF"),
    *("SM-MI", "SM-AD", "PX-TH", "PX-DT", "PX-TS"),
}
READ_BY_ALL = {"SM-CC", "SM-DP", "SM-MN", "SM-CI", "SM-OT", "PX-WL", "PX-WO", "PX-PG", "PX-PR", "PX-HU"}


def test_who_may_read_which_need() -> None:
    offered = {term.code for term in NEEDS.offers() if term.restricted}
    assert offered == BY_ROLE | {term.code for term in NEEDS.offers() if term.code[:2] in ("TR", "SV")}
    assert not [code for code in READ_BY_ALL if NEEDS.restricted(code)]
    for term in NEEDS:
        if term.restricted:
            assert term.sensitive, term.code
        if term.replaced_by:
            assert term.restricted == NEEDS.restricted(term.replaced_by), "an old code tells no more than the new one"
        if term.code[:2] in ("TR", "SV"):
            assert term.restricted, term.code
    assert NEEDS.restricted("XX-99"), "a code nobody knows is not shown to everybody"
    assert not NEEDS.restricted(""), "nothing recorded is no code"


def test_what_stands_for_a_restricted_code() -> None:
    presence = VOCAB["presence"]
    assert (presence.shown("detained"), presence.shown("missing"), presence.shown("")) == ("elsewhere", "missing", "")
    assert (VOCAB["legal_status"].shown("mandate_refugee"), VOCAB["legal_status"].shown("idp")) == ("", "idp")
    assert VOCAB["document_kind"].shown("refugee_certificate") == ""
    for terms in VOCAB.values():
        for term in terms:
            assert not terms.restricted(terms.shown(term.code)), "what stands for it is open to all"


def test_old_codes_are_read_as_the_new_ones() -> None:
    assert NEEDS.current("SC-UM") == "SC-UC"
    assert NEEDS.current("LP-TR") == "LP-RR"
    assert NEEDS.current("LP-TO") == "LP-TO", "no new code says the same"
    assert NEEDS.match("ds- eb") == "DS-EB"
    assert not [term for term in NEEDS.offers() if term.retired or term.heading]


def test_triage_knows_only_codes_of_the_list() -> None:
    named: set[str] = set()
    for value in vars(triage_codes).values():
        named |= set(value) if isinstance(value, frozenset) else {value} if isinstance(value, str) else set()
    codes = {code for code in named if len(code) >= 5 and code[2:3] == "-" and code.isupper()}
    assert codes
    assert not [code for code in codes if code not in NEEDS]


@pytest.mark.parametrize("name", [name for name in LISTS if name != "locations"])
def test_a_word_means_one_offered_code(name: str) -> None:
    meanings: dict[str, str] = {}
    for term in VOCAB[name].offers():
        for word in {fold(word) for word in term.spoken()}:
            assert word, (term.code, "an alias without a letter")
            assert meanings.setdefault(word, term.code) == term.code, (name, word)


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("sex", "ж", "F"),
        ("sex", "Erkak", "M"),
        ("relation", "O‘g‘li", "child"),
        ("relation", "husband", "spouse"),
        ("specific_needs", "Nursing", "WR-LC"),
        ("specific_needs", "яра", "PX-WO"),
        ("countries", "Ўзбекистон", "UZ"),
        ("presence", "Stopped at border", "stopped"),
        ("site_kind", "мактаб", "school"),
    ],
)
def test_what_people_type(name: str, typed: str, code: str) -> None:
    assert VOCAB[name].match(typed) == code


def test_places_are_completed_in_either_script() -> None:
    places = VOCAB["locations"]
    assert "Osh city" in [term.label for term in places.complete("ош")]
    assert "Andijon shahri" in [term.label for term in places.complete("андиж")]
    assert places.complete("  ") == []


def test_labels_follow_sex_and_language_and_never_fail() -> None:
    relation = VOCAB["relation"]
    assert (relation.label("child", "F"), relation.label("child", "M"), relation.label("child")) == (
        "Daughter",
        "Son",
        "Child",
    )
    assert relation.label("from another world") == "from another world"
    assert VOCAB.label("no such list", "code") == "code"
    with speaking("xx"):
        assert relation.match("Wife") == "spouse"


def test_the_two_authorities_are_two_recipients() -> None:
    assert {"authorities_asylum", "authorities_origin"} <= {term.code for term in VOCAB["recipient"]}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("term = [", "value"),
        ("", "terms and nothing else"),
        ("term = []", "terms and nothing else"),
        ("term = [1]", "not a table"),
        ('term = [{ code = "A", label = "a" }]\nother = 1', "terms and nothing else"),
        ('term = [{ code = "A", label = "a", colour = "red" }]', "unknown field colour"),
        ('term = [{ code = "A", label = 1 }]', "wrong value in label"),
        ('term = [{ code = "A", label = "a", aliases = [1] }]', "wrong value in aliases"),
        ('term = [{ code = "A" }]', "lacks label"),
        ('term = [{ code = " A", label = "a" }]', "lacks code"),
        ('term = [{ code = "A", label = "a" }, { code = "A", label = "b" }]', "A stands twice"),
        ('term = [{ code = "A", label = "a", retired = true, replaced_by = "B" }]', "replacement of A"),
        ('term = [{ code = "A", label = "a", restricted = true, shown_as = "B" }]', "open to all"),
        ('term = [{ code = "A", label = "a", shown_as = "B" }, { code = "B", label = "b" }]', "open to all"),
    ],
)
def test_a_wrong_list_is_refused_in_words(text: str, problem: str) -> None:
    with pytest.raises(AppError) as caught:
        parse_vocabulary(text, "sex.toml")
    assert caught.value.code == "vocab.invalid"
    assert "sex.toml" in caught.value.sentence()
    assert problem in caught.value.sentence()


def test_a_missing_list_is_told() -> None:
    with pytest.raises(AppError, match=rf"{LISTS[0]}\.toml"):
        Vocabularies({})


@given(st.text(max_size=40))
def test_typing_never_fails(typed: str) -> None:
    for vocabulary in VOCAB.values():
        vocabulary.match(typed)
        vocabulary.label(typed)
    VOCAB["locations"].complete(typed)
