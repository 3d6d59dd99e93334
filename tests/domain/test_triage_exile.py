"""Exiles are found whether or not anyone set a code, and nobody else is taken for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from triage_cases import TODAY, born, child, exile, facts, fears, fired, judged, need, someone

from panoh.domain.person import Unanswered
from panoh.domain.triage.codes import REFOULEMENT
from panoh.domain.triage.exile import exile_basis
from panoh.domain.triage.facts import Flight

COUNTRIES = ["KG", "UZ", "CN", "TJ"]
OTHER_CODES = ["SC-UC", "SM-CC", "TR-PI", "SV-VO", "LP-ND", "PX-WO", "WR-WR", "LP-RP"]

people = st.builds(
    lambda fled, now, ahead, border, status: someone(
        fled_from=fled, country_now=now, intends_to_go=ahead, border_status=border, legal_status=status
    ),
    st.sampled_from(COUNTRIES),
    st.sampled_from(COUNTRIES),
    st.sampled_from(["", *COUNTRIES]),
    st.sampled_from(["", "waiting", "admitted", "turned_back"]),
    st.sampled_from(["", "idp", "asylum_seeker", "previously_recognised_refugee"]),
)


def rules(*args, **more) -> set[str]:
    return {name.split(".")[0] for name in fired(facts(*args, **more))}


@given(
    people,
    st.sampled_from(COUNTRIES),
    st.sets(st.sampled_from([*OTHER_CODES, "LP-RR", "LP-IH"])),
    st.sampled_from(["", "UNHCR"]),
)
def test_whoever_fears_another_state_is_found_with_any_codes_or_none(me, feared, codes, recognised_by):
    made = facts(me, *map(need, codes), assessments=[fears(feared_country=feared, recognised_by=recognised_by)])
    found = {name.split(".")[0] for name in fired(made)}
    if feared == me.fled_from:
        assert "T02" not in found
        assert ("T02x" in found) == bool(codes & {"LP-RR", "LP-IH"})
    else:
        in_reach = feared in (me.country_now, me.intends_to_go)
        assert ("T02" in found, "T02x" in found) == (in_reach, not in_reach)
        assert judged(made).level in (("critical",) if in_reach else ("critical", "high"))


@given(people, st.sets(st.sampled_from(OTHER_CODES)))
def test_in_a_population_that_fears_what_it_fled_nobody_is_an_exile(me, codes):
    made = facts(me, *map(need, codes), others=[someone("he"), child()], assessments=[
        fears(feared_country=me.fled_from), fears("he"), fears("child")
    ])  # fmt: skip
    assert not {"T02", "T02x", "T02b"} & {name.split(".")[0] for name in fired(made)}


@pytest.mark.parametrize("field", ["extradition", "named_on_list", "approached_by_agents"])
def test_a_state_that_is_after_someone_is_t02_whatever_was_said(field: str):
    assert "T02" in rules(assessments=[fears(**{field: "yes"})])
    assert "T02" in rules(assessments=[fears(feared_country="none", **{field: "yes"})])
    assert "T02" not in rules(assessments=[fears(**{field: "no"})])


def test_a_statement_outweighs_recognition_and_claim_but_not_a_code():
    flight = Flight(fled_from="KG", feared_country="KG", recognised_by="UNHCR", claim_stage="pending")
    assert exile_basis(flight, ()) == ""
    for code in REFOULEMENT:
        assert exile_basis(flight, {code}) == "code"
    assert exile_basis(Flight(fled_from="KG", feared_country="none", recognised_by="UNHCR"), ()) == ""


@pytest.mark.parametrize("status", ["mandate_refugee", "refugee_recognised_by_state", "previously_recognised_refugee"])
def test_recognition_alone_implies_a_feared_state_and_asks_which(status: str):
    made = facts(someone(legal_status=status), assessments=[])
    assert "T02x.recognised" in fired(made)
    assert {"feared", "extradition"} <= set(judged(made).questions)


def test_an_exile_who_would_not_say_is_asked_again_with_care():
    refused = [Unanswered(id="u", record_id="r-me", field="feared_country", answer="refused")]
    made = facts(someone(legal_status="asylum_seeker"), assessments=[], unanswered=refused)
    assert "feared_state" in judged(made).questions
    assert "feared" not in judged(made).questions


def test_nobody_else_is_asked_the_questions_of_exiles():
    assert judged(facts()).questions == ()


def test_only_those_here_in_the_household_of_an_exile_are_t02b():
    home = [someone("he", sex="M"), child(), someone("gone", presence="missing"), someone("held", presence="detained")]
    told = [exile(), fears("he"), fears("child"), fears("gone"), fears("held")]
    for person in home:
        others = [someone(), *(other for other in home if other is not person)]
        made = facts(person, others=others, assessments=told)
        assert ("T02b.household" in fired(made)) == (person.presence == "here"), person.id


def test_an_interview_alone_stops_the_clock_of_the_household_and_lowers_nobody():
    before, after = TODAY - timedelta(days=3), TODAY + timedelta(days=1)
    for day, met in ((None, False), (before, False), (TODAY, True), (after, True)):
        made = facts(someone(interviewed_alone_on=day), others=[someone("he")], assessments=[exile("he"), fears()])
        result = judged(made)
        reason = next(reason for reason in result.reasons if reason.rule == "T02b")
        assert (reason.due is None, result.level) == (met, "high"), day


def test_an_exile_in_the_household_of_one_in_danger_is_both():
    made = facts(someone(country_now="KG"), others=[someone("he")], assessments=[exile(), exile("he")])
    assert {"T02x.stated", "T02b.household"} <= fired(made)


def test_a_household_of_two_exiles_in_danger_has_no_t02b():
    made = facts(others=[someone("he")], assessments=[exile(), exile("he")])
    assert "T02b.household" not in fired(made)


def test_recognition_is_told_beside_the_danger_and_does_not_lower_it():
    result = judged(facts(assessments=[exile(recognised_by="UNHCR", recognised_year=2006)]))
    assert [(r.variant, r.level) for r in result.reasons] == [("here", "critical"), ("recognised", "high")]


def test_the_shield_covers_exiles_and_their_household_only():
    assert judged(facts(assessments=[exile()])).shielded
    assert judged(facts(others=[someone("he")], assessments=[fears(), exile("he")])).shielded
    assert not judged(facts(None, need("SV-VO"))).shielded
    assert judged(facts(someone(**born(8)), need("SC-UC"))).child_alone
