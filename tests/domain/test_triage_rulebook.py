"""The rule file: whatever is wrong in it is told with its line, and what ships is complete and prints."""

from __future__ import annotations

import re
import tomllib

import pytest
from triage_cases import RULES_TEXT, rulebook

from panoh.base.errors import AppError
from panoh.base.paths import resource
from panoh.domain.triage.predicates import PREDICATES, codes_of_rules, variants
from panoh.domain.triage.rulebook import load_rulebook

LINES = RULES_TEXT.splitlines()


def line_of(text: str, after: str = "") -> int:
    start = LINES.index(after) if after else 0
    return next(n for n, line in enumerate(LINES, 1) if n > start and line.startswith(text))


def told(text: str) -> str:
    with pytest.raises(AppError) as caught:
        load_rulebook(text, "rules.toml")
    assert caught.value.code == "rules.invalid"
    assert caught.value.params["file"] == "rules.toml"
    return str(caught.value.params["problem"])


def changed(line: int, to: str) -> str:
    return "\n".join([*LINES[: line - 1], to, *LINES[line:]])


T06 = "[T06.alone]"
MISTAKES = [
    ("level", 'level = "severe"', "there is no level severe"),
    ("level", 'level = "unknown"', "unknown is the level of T18"),
    ("level", 'level = "one up"', None),
    ("clock", 'clock = "24 hours"', "there is no clock 24 hours"),
    ("clock", "clock = 24", "there is no clock 24"),
    ("clock", 'clock = "by level"', "'one up' and 'by level' go together"),
    ("first_action", "first_action = 3", "words in quotation marks"),
    ("first_action", 'first_step = "Care"', "Panoh knows no first_step here"),
    ("do =", 'do = ["Keep brothers and sisters together whatever happens there."]', "a line may have 52 characters"),
    ("do =", 'do = ["a", "b", "c", "d", "e"]', "at most 4 lines"),
    ("do =", 'do = "Keep them together."', "a list of lines"),
    ("reason", 'reason = "Child of {age}"', "reason may not use {age}"),
    ("reason", 'reason = "Child {"', "reason:"),
    ("paper", 'paper = ""', "only a sensitive reason"),
    ("weight", "weight = 0", "from 1 to 100"),
    ("weight", "weight = true", "from 1 to 100"),
]


@pytest.mark.parametrize(("key", "written", "problem"), MISTAKES, ids=[m[1] for m in MISTAKES])
def test_a_mistake_is_told_with_its_line(key: str, written: str, problem: str | None):
    line = line_of(key, T06)
    expected = line if problem else line_of("clock", T06)
    message = told(changed(line, written))
    assert message.startswith(f"line {expected}: ")
    assert (problem or "go together") in message


def test_a_mistake_in_what_the_rule_says_for_its_variants_is_told_there():
    line = line_of("sensitive", "[T06]")
    assert told(changed(line, 'sensitive = "no"')).startswith(f"line {line}: sensitive: this must be true or false")


def test_a_line_that_is_too_long_is_told_itself_in_a_list_over_several_lines():
    line = line_of("  ", "dont = [")
    assert told(changed(line, f'  "{"long " * 20}",')).startswith(f"line {line}: dont")


def test_a_rule_that_panoh_does_not_know_is_an_error():
    assert told(RULES_TEXT + "\n[T99]\ncodes = []\n") == f"line {len(LINES) + 2}: Panoh knows no T99 here"


def test_a_variant_that_no_predicate_has_is_an_error():
    assert told(RULES_TEXT + "\n[T06.later]\n") == f"line {len(LINES) + 2}: Panoh knows no later here"


def test_a_variant_without_an_entry_is_an_error():
    line = line_of(T06)
    assert told(changed(line, "[T06.other]")).startswith(f"line {line}: Panoh knows no other here")
    end = line_of("weight", T06)
    without = "\n".join([*LINES[: line - 1], *LINES[end:]])
    assert told(without) == f"line {line_of('[T06]')}: [T06.alone] is missing"


def test_a_rule_without_an_entry_is_an_error():
    without = re.sub(r"\[T05\]\n.*?(?=# ----)", "", RULES_TEXT, flags=re.DOTALL)
    assert told(without) == "line 1: [T05] is missing"


def test_a_missing_field_is_told_at_its_variant():
    line = line_of("why", T06)
    assert told(changed(line, "")) == f"line {line_of(T06)}: why is missing"


def test_needs_codes_must_be_those_that_the_rule_reads():
    line = line_of("codes", "[T16]")
    assert told(changed(line, 'codes = ["FU-TR", "FU-XX"]')) == f"line {line}: T16 reads no needs code FU-XX"
    assert told(changed(line, "codes = []")) == f"line {line}: T16 also reads FU-TR"


def test_what_is_no_toml_is_told_with_its_line():
    line = line_of("why", T06)
    assert told(changed(line, 'why = "no end')).startswith(f"line {line}: ")
    assert told("").startswith("line 1: ")


def test_a_missing_or_unknown_question_is_an_error():
    line = line_of("[questions.extradition]")
    assert told(changed(line, "[questions.weather]")) == f"line {line}: Panoh knows no weather here"


def test_every_rule_of_the_guide_stands_in_the_file_and_has_a_predicate():
    guide = {f"T{n:02}" for n in range(1, 23)} | {"T02x", "T02b"}
    assert {predicate.rule for predicate in PREDICATES} == guide
    assert set(rulebook().entries) == set(variants())


def test_predicates_are_named_after_their_rules():
    for predicate in PREDICATES:
        assert predicate.test.__name__.startswith(f"{predicate.rule.lower()}_")


def test_whatever_tells_of_return_torture_sexual_violence_or_hiding_is_sensitive():
    for rule in ("T01", "T02", "T02x", "T02b", "T03", "T04", "T05", "T10", "T11"):
        assert all(entry.sensitive for (owner, _), entry in rulebook().entries.items() if owner == rule), rule


def test_torture_sexual_violence_and_hiding_have_no_words_on_paper():
    for rule in ("T04", "T05", "T10", "T11"):
        assert all(not entry.paper for (owner, _), entry in rulebook().entries.items() if owner == rule), rule


def test_words_fit_where_they_stand():
    for key, entry in rulebook().entries.items():
        assert len(entry.why) <= 60, key
        assert len(entry.paper) <= 110, key
        assert len(entry.first_action) <= 160, key


def test_texts_on_paper_name_no_state_authority_or_year():
    names = re.compile(r"Uzbek|Kyrgyz|Tajik|China|Russia|UNHCR|ICRC|police|consul|\d{4}|\{", re.IGNORECASE)
    for key, entry in rulebook().entries.items():
        assert not names.search(entry.paper), key


def test_every_needs_code_that_a_rule_reads_is_in_the_code_list():
    with resource("vocab/specific_needs.toml").open("rb") as file:
        known = {term["code"] for term in tomllib.load(file)["term"]}
    for rule, codes in codes_of_rules().items():
        assert codes <= known, rule


@pytest.mark.parametrize(
    ("list_name", "codes"),
    [
        (
            "care",
            {"none", "independent", "child_headed", "kinship", "adult_sibling", "foster", "kafala", "customary_carer"},
        ),
        ("care", {"unrelated_adult"}),
        ("separation_cause", {"arrest", "abduction", "recruitment"}),
        ("tracing_status", {"reunified", "closed"}),
        ("presence", {"here", "stopped", "left_behind", "missing", "detained", "dead"}),
        ("shelter", {"inadequate", "open_air"}),
        ("hiding", {"state", "other", "none"}),
        ("legal_status", {"asylum_seeker", "claim_rejected", "mandate_refugee", "stateless"}),
        ("legal_status", {"refugee_recognised_by_state", "previously_recognised_refugee"}),
        ("claim_stage", {"pending", "rejected", "appeal"}),
        ("document_state", {"seen", "lost", "destroyed", "confiscated"}),
        ("border_status", {"waiting", "turned_back"}),
        ("relation", {"head", "spouse"}),
    ],
)
def test_the_other_codes_that_rules_read_are_in_their_lists(list_name: str, codes: set[str]):
    with resource(f"vocab/{list_name}.toml").open("rb") as file:
        known = {term["code"] for term in tomllib.load(file)["term"]}
    assert codes <= known
