"""Every field that somebody changes has a word in the journal and in the history; none stands there as the program calls it."""

from __future__ import annotations

from dataclasses import fields

import pytest

from panoh.domain.records import RECORDS
from panoh.services import resources
from panoh.ui.field_words import FIELD_WORDS, RECORD_WORDS, code_list_of

# What points at other records, what the program works out, and what never changes: no journal entry of a field.
FIXED = {
    "export_no", "check_code", "plain", "sha256", "made_at", "made_by", "destroy_by", "decided_by", "decided_at", "media_type",
    "size", "facts", "steps", "merged_by", "merged_at", "wrapped", "location",
}  # fmt: skip
ELSEWHERE = {
    "",
    "yes_no",
    "hidden",
    "user",
    "place",
    "country",
    "need",
    "precision",
}  # lists that are no file of their own


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_each_field_that_changes_has_a_word(kind: type) -> None:
    assert kind.__name__ in RECORD_WORDS
    wordless = {field.name for field in fields(kind)} - FIELD_WORDS.keys() - FIXED - {"id"}
    assert {name for name in wordless if not name.endswith("_id")} == set()


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_each_code_list_exists(kind: type) -> None:
    words = resources.vocabularies()
    for field in fields(kind):
        code_list = code_list_of(kind.__name__, field.name)
        assert code_list in ELSEWHERE or words[code_list], (field.name, code_list)
