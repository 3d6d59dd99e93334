"""What someone reads who may not see restricted reasons: one like the other, and nobody waits longer for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_triage_properties import lives, made_of
from triage_cases import NOW, RULES_TEXT, TODAY, exile, facts, fears, judged, need, rulebook, someone

from panoh.base.paths import resource
from panoh.domain.cases import LevelOverride
from panoh.domain.triage.assess import with_override
from panoh.domain.triage.facts import ASSESSED
from panoh.domain.triage.levels import DEFAULT_CLOCK, LEVELS
from panoh.domain.triage.predicates import PREDICATES
from panoh.domain.triage.rulebook import load_rulebook
from panoh.domain.triage.withheld import EVERYTHING, OPEN_ONLY, Sight, told, told_due
from panoh.domain.triage.wording import advice, question_texts, reason_text, why_text
from panoh.domain.vocabulary import parse_vocabulary

NEEDS = parse_vocabulary(resource("vocab/specific_needs.toml").read_text("utf-8"), "specific_needs.toml")
# Restricted codes alone can raise this one; it says only that a child alone needs care, for body or mind, today.
SAYS_NO_MORE = {("T07", "frail")}


def alike(level: str) -> list[tuple[str, object]]:
    """People whose restricted reasons all have this level, beside the same open facts."""
    critical = [
        ("T01", facts(assessments=[fears(return_threatened_on=TODAY)])),
        ("T02 here", facts(assessments=[exile()])),
        ("T02 asked for", facts(assessments=[fears(extradition="yes")])),
        ("T02 in hiding", facts(assessments=[fears(hiding_from="state")])),
        ("T10", facts(None, need("SV-VF"))),
        ("T10 declined", facts(None, need("SV-VF", care_refused=True))),
        ("T10 and more", facts(None, need("SV-VF"), need("TR-PI"), need("PX-TS"))),
    ]
    high = [
        ("T02x", facts(assessments=[fears(feared_country="CN")])),
        ("T02x code", facts(None, need("LP-RR"))),
        ("T02x hiding", facts(None, need("LP-IH"))),
        ("T02b", facts(others=[someone("he")], assessments=[fears(), exile("he")])),
        ("T04", facts(None, need("TR-PI"), need("PX-DT"))),
        ("T05", facts(assessments=[fears(hiding_from="other")])),
        ("T08", facts(None, need("PX-TS"))),
        ("T11", facts(None, need("SV-GM"))),
        ("T11 declined", facts(None, need("SV-GM", care_refused=True))),
    ]
    medium = [("T04", facts(None, need("TR-PI"))), ("T17", facts(None, need("PX-TH")))]
    return {"critical": critical, "high": high, "medium": medium}[level]


@pytest.mark.parametrize("level", ["critical", "high", "medium"])
def test_restricted_reasons_of_one_level_look_alike(level: str):
    seen = set()
    for name, made in alike(level):
        result = judged(made)
        assert result.level == level, name
        left = told(result, rulebook(), OPEN_ONLY)
        seen.add((left.reasons, left.questions, told_due(result, rulebook(), {}), advice_of(left)))
    assert len(seen) == 1


def advice_of(left):
    return advice(left.reasons, rulebook(), may_see_restricted=True)


def test_they_look_alike_where_a_site_closes_soon():
    """A survivor who must leave has a reason more (T21), but no other due time than anyone else of that level."""
    tomorrow = TODAY + timedelta(days=1)
    results = [judged(replace(made, site_closing_on=tomorrow)) for _name, made in alike("high")]
    assert {result.level for result in results} == {"high"}
    assert len({result.due for result in results}) > 1
    assert len({told_due(result, rulebook(), {}, tomorrow) for result in results}) == 1


@given(lives)
def test_what_is_left_tells_nothing_restricted(life):
    result = judged(made_of(life))
    left = told(result, rulebook(), OPEN_ONLY)
    assert left.level == result.level
    hidden = [reason for reason in left.reasons if not reason.rule]
    assert len(hidden) == any(reason.sensitive for reason in result.reasons)
    assert not left.shielded
    for reason in left.reasons:
        assert not (reason.rule and rulebook().entry(reason.rule, reason.variant).sensitive)
        assert not {fact.name for fact in reason.facts} & (ASSESSED | {"legal_status"})
    for reason in hidden:
        assert (reason.variant, reason.facts, reason.due) == ("", (), None)
        assert reason_text(reason, rulebook(), may_see_restricted=True) == rulebook().restricted.reason
        assert why_text(reason, rulebook(), may_see_restricted=True) == rulebook().restricted.reason
    if hidden:
        asked = question_texts(left, rulebook(), may_see_restricted=True)
        assert rulebook().questions["feared"].text not in asked
        assert not any(rulebook().questions[name].sensitive for name in left.questions)


@given(lives)
def test_its_place_follows_from_the_open_reasons_alone(life):
    left = told(judged(made_of(life)), rulebook(), OPEN_ONLY)
    at = next((n for n, reason in enumerate(left.reasons) if not reason.rule), None)
    if at is not None:
        assert [reason.level == left.computed_level for reason in left.reasons] == [
            n <= at for n in range(len(left.reasons))
        ]


@given(lives)
def test_open_reasons_stay_all_but_what_was_never_asked(life):
    result = judged(made_of(life))
    left = told(result, rulebook(), OPEN_ONLY).reasons
    for reason in result.reasons:
        if not reason.sensitive and (reason.rule, reason.variant) != ("T18", "feared"):
            assert reason in left


@given(lives, st.sampled_from([None, 0, 1, 5]))
def test_nobody_is_given_more_time_because_a_reason_is_withheld(life, closes_in):
    departure = None if closes_in is None else TODAY + timedelta(days=closes_in)
    result = judged(replace(made_of(life), site_closing_on=departure))
    due = told_due(result, rulebook(), {}, departure)
    if not any(reason.sensitive for reason in result.reasons):
        assert due == result.due
    elif result.due is not None:
        assert due is not None
        assert due <= result.due


@given(lives, st.sampled_from(LEVELS), st.integers(1, 60))
def test_a_level_set_by_hand_gives_nobody_more_time_either(life, level, hours):
    earlier = NOW - timedelta(hours=hours)
    override = LevelOverride(
        id="o", person_id="me", level=level, reason="", set_by="u", set_at=earlier, review_on=TODAY + timedelta(days=9)
    )
    result = with_override(judged(made_of(life)), override, NOW)
    due = told_due(result, rulebook(), {})
    if result.due is not None:
        assert due is not None
        assert due <= result.due


def test_a_lowered_level_hides_no_time_behind_the_reasons_that_it_covers():
    override = LevelOverride(
        id="o", person_id="me", level="medium", reason="", set_by="u", set_at=NOW, review_on=TODAY + timedelta(days=9)
    )
    result = with_override(judged(facts(assessments=[exile()])), override, NOW)
    assert told_due(result, rulebook(), {}) == NOW + DEFAULT_CLOCK["medium"]


def test_the_time_runs_from_when_the_fact_was_first_held_in_whatever_variant():
    since = NOW - timedelta(hours=9)
    result = judged(facts(assessments=[fears(extradition="yes")]), {("T02", "agents"): since})
    assert told_due(result, rulebook(), {("T02", "agents"): since}) == since


def test_someone_who_bleeds_is_treated_first_whatever_else_is_withheld():
    left = told(judged(facts(None, need("PX-WL"), need("SV-VF"), assessments=[exile()])), rulebook(), OPEN_ONLY)
    assert [reason.rule for reason in left.reasons] == ["T12", ""]
    said = advice_of(left)
    assert said.first_action == rulebook().entry("T12", "wound").first_action
    assert set(rulebook().restricted.dont) <= set(said.dont)


def test_what_must_not_be_done_with_anyone_restricted_is_never_cut_off():
    urgent = ("PX-WL", "PX-PG", "PX-HU", "PX-LB")
    made = facts(None, *map(need, urgent), need("SV-VF"), assessments=[exile()])
    said = advice_of(told(judged(made), rulebook(), OPEN_ONLY))
    assert len(said.dont) <= 4
    assert set(rulebook().restricted.dont) <= set(said.dont)


@pytest.mark.parametrize("gone", ["exile", "survivor"])
def test_that_somebody_has_disappeared_is_open_to_all(gone: str):
    me = someone(presence="missing", disappeared_on=TODAY)
    made = facts(me, assessments=[exile()]) if gone == "exile" else facts(me, need("SV-VF"))
    left = told(judged(made), rulebook(), OPEN_ONLY)
    assert [(reason.rule, reason.variant) for reason in left.reasons] == [("T17", "gone"), ("", "")]


def test_who_sees_a_relative_alone_learns_nothing_of_the_one_behind_it():
    result = judged(facts(None, need("TR-PI"), others=[someone("he")], assessments=[fears(), exile("he")]))
    assert [reason.rule for reason in told(result, rulebook(), EVERYTHING).reasons] == ["T02b", "T04"]
    mine = told(result, rulebook(), Sight(own=True, kin=False))
    assert [reason.rule for reason in mine.reasons] == ["", "T04"]
    assert not mine.shielded
    words = " ".join(reason_text(r, rulebook(), may_see_restricted=True) for r in mine.reasons)
    assert "return" not in words
    assert "Lives with" not in words


def test_the_clock_of_what_is_withheld_is_the_shortest_of_its_level():
    clocks = rulebook().restricted_clocks
    assert [clocks[level] for level in ("critical", "high", "medium")] == [timedelta(), timedelta(1), timedelta(3)]
    sooner = RULES_TEXT.replace(
        '[T11.earlier]\nlevel = "high"\nclock = "24 h"', '[T11.earlier]\nlevel = "high"\nclock = "6 h"'
    )
    assert sooner != RULES_TEXT
    assert load_rulebook(sooner, "rules.toml").restricted_clocks["high"] == timedelta(hours=6)
    assert [clocks[level] for level in LEVELS] == sorted(clocks.values())


def test_what_a_restricted_code_alone_can_raise_is_restricted():
    """The flag in the code list is the one source: no rule says aloud what a code of it keeps back."""
    for code in [term.code for term in NEEDS if term.restricted]:
        for reason in judged(facts(None, need(code))).reasons:
            assert reason.sensitive, (code, reason.rule, reason.variant)
    for predicate in PREDICATES:
        if predicate.codes and all(NEEDS.restricted(code) for code in predicate.codes):
            assert all(rulebook().entry(predicate.rule, variant).sensitive for variant in predicate.variants)


def test_open_rules_that_read_restricted_codes_beside_others_are_known():
    mixed = {
        (predicate.rule, variant)
        for predicate in PREDICATES
        for variant in predicate.variants
        if any(NEEDS.restricted(code) for code in predicate.codes)
        and not rulebook().entry(predicate.rule, variant).sensitive
    }
    assert mixed - SAYS_NO_MORE <= {("T07", "under_5")}, "does its sentence tell a restricted code?"
