"""More situations of the field, beside the nearest in which a rule stays silent. The one table of all rules: test_triage_table.py."""

from __future__ import annotations

from datetime import timedelta

import pytest
from triage_cases import (
    NOW,
    TODAY,
    UNKNOWN_AGE,
    born,
    born_between,
    child,
    exile,
    facts,
    fears,
    fired,
    judged,
    need,
    rulebook,
    someone,
)

from panoh.domain.household import Site
from panoh.domain.person import IdentityDocument, Unanswered
from panoh.domain.tracing import TracingRequest
from panoh.domain.triage.facts import Facts

OLD_MAN = someone(sex="M", **born(70))
BURNT, OPEN_AIR, INADEQUATE = {"house_burnt": "yes"}, {"shelter": "open_air"}, {"shelter": "inadequate"}


def days(count: int):
    return TODAY + timedelta(days=count)


def closing(in_days: int) -> Site:
    return Site(id="site", closing_on=days(in_days))


def request(**fields) -> TracingRequest:
    return TracingRequest(id="t", **{"inquirer_id": "me", **fields})


def paper(state: str) -> IdentityDocument:
    return IdentityDocument(id=f"d-{state}", person_id="me", state=state)


def unanswered(field: str, answer: str) -> Unanswered:
    return Unanswered(id=field, record_id="me", field=field, answer=answer)


def alone_child(age: int, *needs, **fields) -> Facts:
    return facts(someone(relation="", **{**born(age), **fields}), need("SC-UC"), *needs)


# (what fires, the facts), in the order of the guide
FIRES: list[tuple[str, Facts]] = [
    ("T01.threatened", facts(assessments=[fears(return_threatened_on=TODAY)])),
    ("T02.here", facts(assessments=[exile()])),
    ("T02.here", facts(someone(fled_from=""), assessments=[exile()])),
    ("T02.ahead", facts(someone(country_now="KG", intends_to_go="UZ"), assessments=[exile()])),
    ("T02.ahead", facts(someone(country_now="KG", intends_to_go="UZ", border_status="waiting"), assessments=[exile()])),
    ("T02.extradition", facts(assessments=[fears(extradition="yes")])),
    ("T02.listed", facts(assessments=[fears(named_on_list="yes")])),
    ("T02.agents", facts(assessments=[fears(approached_by_agents="yes")])),
    ("T02.hiding", facts(assessments=[fears(hiding_from="state")])),
    ("T02.recognised", facts(assessments=[exile(recognised_by="UNHCR", recognised_year=2006)])),
    ("T02x.stated", facts(someone(country_now="KG"), assessments=[exile()])),
    ("T02x.stated", facts(someone(fled_from="", country_now=""), assessments=[fears()])),
    ("T02x.recognised", facts(someone(legal_status="previously_recognised_refugee"), assessments=[])),
    ("T02x.recognised", facts(assessments=[fears(feared_country="", recognised_by="KG")])),
    ("T02x.claim", facts(someone(legal_status="asylum_seeker"), assessments=[])),
    ("T02x.claim", facts(assessments=[fears(feared_country="", claim_stage="rejected")])),
    ("T02x.code", facts(None, need("LP-RR"))),
    ("T02x.hiding", facts(None, need("LP-IH"), assessments=[])),
    ("T02x.hiding", facts(None, need("LP-IH"), assessments=[fears(hiding_from="none")])),
    ("T02b.household", facts(others=[someone("he", sex="M")], assessments=[fears(), exile("he")])),
    ("T03.exile", facts(someone(presence="detained"), assessments=[exile(lawyer_or_access="yes")])),
    ("T03.no_access", facts(someone(presence="detained"))),
    ("T03.no_access", facts(None, need("LP-DA"))),
    ("T04.survivor", facts(None, need("TR-PI"))),
    ("T04.distress", facts(someone(sex="M"), need("TR-WV"), need("PX-DT"))),
    ("T04.distress", facts(None, need("TR-HO"), assessments=[fears(approached_by_agents="yes")])),
    ("T05.hiding", facts(None, need("LP-IH"), assessments=[fears(hiding_from="other")])),
    (
        "T06.alone",
        facts(someone(**born(40)), need("SC-UC")),
    ),  # the code stands against the age: nothing contradictory lowers
    ("T06.alone", alone_child(16)),
    ("T06.alone", facts(someone(care="none", **born(12)))),
    ("T06.alone", facts(someone(care="child_headed", **born(9)), others=[child("small", 7)])),
    ("T06.alone", alone_child(9, **UNKNOWN_AGE)),
    ("T06.alone", facts(someone(**born_between(16, 20)), need("SC-UC"))),
    ("T07.under_5", alone_child(4)),
    ("T07.under_5", alone_child(4, **born_between(3, 6))),
    ("T07.frail", alone_child(12, need("SM-CI"))),
    ("T07.frail", alone_child(12, need("DS-BD"), sex="M")),
    ("T07.frail", alone_child(12, need("PX-WO"))),
    ("T08.missing", facts(child("me", presence="missing", disappeared_on=TODAY), others=[someone("mother")])),
    ("T08.unrelated_adult", facts(child("me", care="unrelated_adult"))),
    ("T08.trafficking", facts(child("me"), need("PX-TS"), others=[someone("mother")])),
    ("T08.trafficking", facts(None, need("PX-TS"))),
    ("T09.separated", facts(child("me"), need("SC-SC"), others=[someone("aunt")])),
    ("T09.separated", facts(child("me", care="kinship"))),
    ("T09.urgent", facts(child("me", age=3, care="foster"))),
    ("T09.urgent", facts(child("me", care="customary_carer", intends_to_go="KG"))),
    ("T09.urgent", facts(child("me", care="kinship"), site=closing(10))),
    ("T10.recent", facts(None, need("SV-VF", event_on=days(-5)))),
    ("T10.recent", facts(someone(sex="M"), need("SV-VO"))),
    ("T10.recent", facts(someone(sex=""), need("SV-SS", event_on=TODAY))),
    ("T11.earlier", facts(someone(sex="M"), need("SV-VA", event_on=days(-6)))),
    ("T11.earlier", facts(None, need("SV-FM"))),
    ("T12.wound", facts(None, need("PX-WL"))),
    ("T12.pregnancy", facts(None, need("PX-PG"))),
    ("T12.condition", facts(None, need("SM-CC", status="confirmed"))),
    ("T12.urgent", facts(someone(urgent="yes"))),
    ("T13.alone", facts(OLD_MAN, need("ER-FR"), others=[someone("wife")])),
    ("T13.alone", facts(OLD_MAN, need("ER-NF"))),
    ("T13.alone", facts(None, need("DS-PS"), others=[someone("son", presence="missing")])),
    ("T13.left_behind", facts(None, need("PX-LB"))),
    ("T13.left_behind", facts(someone(presence="left_behind", **born(80)))),
    ("T14.shelter", facts(home=INADEQUATE)),
    ("T14.shelter", facts(home={"shelter": "adequate", **BURNT})),
    ("T14.shelter", facts(None, need("PX-HB"))),
    ("T14.exposed", facts(home=OPEN_AIR)),
    ("T14.exposed", facts(others=[child(age=4)], home=INADEQUATE)),
    ("T14.exposed", facts(None, need("PX-PR", "wife"), others=[someone("wife")], home=BURNT)),
    ("T14.exposed", facts(None, need("PX-WO", "son"), others=[someone("son")], home=BURNT)),
    ("T14.exposed", facts(others=[someone("old", **born(60))], home=INADEQUATE)),
    ("T14.exposed", facts(None, need("DS-V", "son"), others=[someone("son")], home=INADEQUATE)),
    ("T15.papers", facts(someone(nationalities=("KG", "stateless")))),
    ("T15.papers", facts(someone(legal_status="stateless"))),
    ("T15.papers", facts(None, need("LP-ND"))),
    ("T15.papers", facts(documents=[paper("lost"), paper("stated")])),
    ("T15.crossing", facts(someone(nationalities=("undetermined",), border_status="waiting"))),
    ("T15.crossing", facts(someone(intends_to_go="UZ"), documents=[paper("confiscated")])),
    ("T16.search", facts(requests=[request()])),
    ("T16.search", facts(None, need("FU-TR"))),
    ("T16.at_risk", facts(requests=[request(), request(**born(9))])),
    ("T16.at_risk", facts(requests=[request(separation_cause="arrest")])),
    ("T16.at_risk", facts(child("me", presence="missing"), requests=[request(sought_person_id="me", **born(8))])),
    ("T17.threat", facts(None, need("PX-TH"))),
    ("T17.gone", facts(someone(presence="missing", disappeared_on=TODAY))),
    ("T17.child_gone", facts(child("me", presence="missing", disappeared_on=TODAY))),
    ("T17.exile_gone", facts(someone(presence="missing", disappeared_on=TODAY), assessments=[exile()])),
    ("T18.age", facts(someone(**UNKNOWN_AGE))),
    ("T18.sex", facts(someone(sex=""))),
    ("T18.adult", facts(child("me", relation=""))),
    ("T18.adult", facts(child("me"), others=[child("sister", age=17, relation="head")])),
    ("T18.adult", facts(child("me"), others=[someone("mother", presence="stopped")])),
    ("T18.feared", facts(assessments=[])),
    ("T18.urgent", facts(someone(urgent=""))),
    ("T18.urgent", facts(someone(urgent=""), unanswered=[unanswered("urgent", "not_asked")])),
    ("T19.injury", facts(None, need("PX-WO"))),
    ("T19.hospital", facts(None, need("PX-HU"))),
    ("T19.condition", facts(None, need("SM-CC", status="noticed"))),
    ("T19.condition", facts(None, need("SM-DP"))),
    ("T20.late", facts(None, need("PX-PR", due_on=days(28)))),
    ("T20.birth", facts(None, need("PX-BI", event_on=days(-42)))),
    ("T20.birth", facts(None, need("PX-BI"))),
    ("T20.unsheltered", facts(None, need("PX-PR"), home=INADEQUATE)),
    ("T20.unsheltered", facts(None, need("PX-PR", due_on=days(60)), home=OPEN_AIR)),
    ("T21.exile", facts(assessments=[exile()], site=closing(14))),
    ("T21.survivor", facts(None, need("SV-VO", event_on=days(-60)), site=closing(3))),
    ("T21.survivor", facts(None, need("TR-PI"), site=closing(3))),
    ("T21.exposed", facts(None, need("PX-PP"), site=closing(3))),
    ("T21.exposed", facts(None, need("PX-WO"), site=closing(-1))),
    ("T21.exposed", facts(documents=[paper("lost")], site=closing(3))),
    ("T21.exposed", facts(home=BURNT, site=closing(3))),
    ("T21.exposed", facts(child("me", care="none"), site=closing(3))),
    ("T22.turned_back", facts(someone(border_status="turned_back"))),
    ("T22.turned_back_frail", facts(child("me", border_status="turned_back"))),
    ("T22.turned_back_frail", facts(someone(border_status="turned_back"), need("PX-PR"))),
    ("T22.parted", facts(others=[someone("he", presence="stopped")])),
    ("T22.parted", facts(someone(presence="stopped"), others=[someone("wife")])),
    ("T22.parted_frail", facts(others=[child(presence="stopped")])),
]

SILENT: list[tuple[str, Facts]] = [
    ("T01", facts()),
    ("T02", facts()),
    ("T02", facts(someone(country_now="KG", border_status="turned_back"))),
    ("T02", facts(someone(country_now="KG", border_status="waiting"), assessments=[exile()])),
    ("T02", facts(assessments=[exile(feared_country="CN")])),
    (
        "T02",
        facts(assessments=[fears(feared_country="none", extradition="no", named_on_list="no", hiding_from="none")]),
    ),
    ("T02x", facts()),
    ("T02x", facts(assessments=[exile()])),
    ("T02x", facts(assessments=[fears(feared_country="none", recognised_by="UNHCR")])),
    ("T02x", facts(someone(legal_status="asylum_seeker"))),
    ("T02x", facts(None, need("LP-IH"), assessments=[fears(hiding_from="other")])),
    ("T02x", facts(None, need("LP-RR", status="met"))),
    ("T02b", facts(others=[someone("he")])),
    ("T02b", facts(others=[someone("he")], assessments=[exile(), fears("he")])),
    ("T02b", facts(others=[someone("he", country_now="KG")], assessments=[fears(), exile("he")])),
    ("T02b", facts(others=[someone("he", presence="dead")], assessments=[fears(), exile("he")])),
    ("T02b", facts(someone(presence="elsewhere"), others=[someone("he")], assessments=[fears(), exile("he")])),
    ("T03", facts(someone(presence="detained"), assessments=[fears(lawyer_or_access="yes")])),
    ("T04", facts(None, need("TR-PI", status="not_applicable"))),
    ("T05", facts(assessments=[fears(hiding_from="state")])),
    ("T06", alone_child(4)),
    ("T06", facts(someone(care="none", **born(18)))),
    ("T07", alone_child(5)),
    ("T08", facts(someone(presence="missing", disappeared_on=TODAY))),
    ("T09", facts(someone(care="kinship"))),
    ("T10", facts(None, need("SV-VF", event_on=days(-6)))),
    ("T10", facts(None, need("SV-GM"))),
    ("T11", facts(None, need("SV-VF", event_on=days(-5)))),
    ("T12", facts(None, need("SM-CC"))),
    ("T13", facts(OLD_MAN, need("ER-NF"), others=[someone("wife")])),
    ("T13", facts(OLD_MAN)),
    ("T13", facts(someone(presence="left_behind"))),
    ("T14", facts(home={"shelter": "adequate", "house_burnt": "no"})),
    ("T14", facts(someone(presence="missing"), home=OPEN_AIR)),
    ("T15", facts(someone(nationalities=()))),
    ("T15", facts(documents=[paper("lost"), paper("seen")])),
    ("T16", facts(requests=[request(status="closed"), request(status="reunified")])),
    ("T17", facts(someone(presence="missing"))),
    ("T18", facts()),
    ("T18", facts(child("me"), others=[someone("mother")])),
    ("T18", facts(someone(presence="missing", sex="", urgent="", **UNKNOWN_AGE), assessments=[])),
    ("T19", facts(None, need("SM-CC", status="confirmed"))),
    ("T20", facts(None, need("PX-PR", due_on=days(29)), home={"shelter": "adequate"})),
    ("T20", facts(None, need("PX-BI", event_on=days(-43)))),
    ("T21", facts(assessments=[exile()], site=closing(15))),
    ("T21", facts(site=closing(3))),
    ("T22", facts(someone(border_status="admitted"))),
]


@pytest.mark.parametrize(("expected", "made"), FIRES, ids=[f"{n}-{name}" for n, (name, _) in enumerate(FIRES)])
def test_a_situation_of_the_field_fires_its_rule(expected: str, made: Facts):
    assert expected in fired(made)


@pytest.mark.parametrize(("rule", "made"), SILENT, ids=[f"{n}-{name}" for n, (name, _) in enumerate(SILENT)])
def test_the_nearest_situation_leaves_the_rule_silent(rule: str, made: Facts):
    assert rule not in {name.split(".")[0] for name in fired(made)}


def test_levels_are_those_of_the_guide():
    expected = {
        "critical": "T01 T02 T03 T07 T10 T12",
        "high": "T02b T02x T05 T06 T11 T21",
        "unknown": "T18",
    }
    for level, rules in expected.items():
        for (rule, variant), entry in rulebook().entries.items():
            if rule in rules.split() and (rule, variant) != ("T02", "recognised"):
                assert entry.level == level, (rule, variant)


def test_nobody_who_was_asked_everything_and_is_well_is_more_than_low():
    assert (judged(facts()).level, judged(facts()).due, judged(facts()).reasons) == ("low", None, ())


def test_only_missing_answers_make_a_person_unknown_and_each_has_its_question():
    result = judged(facts(someone(sex="", urgent="", **UNKNOWN_AGE), assessments=[]))
    assert result.level == "unknown"
    assert set(result.questions) == {"age", "sex", "feared", "urgent"}
    assert result.due is None


@pytest.mark.parametrize("answer", ["does_not_know", "refused", "none"])
def test_whoever_was_asked_and_did_not_answer_is_not_unknown(answer: str):
    asked = [unanswered(field, answer) for field in ("birth", "sex", "feared_country", "urgent")]
    made = facts(someone(sex="", urgent="", **UNKNOWN_AGE), assessments=[], unanswered=asked)
    assert judged(made).level == "low"


def test_what_is_not_asked_stays_among_the_reasons_when_a_higher_level_wins():
    result = judged(facts(someone(sex="", urgent=""), need("PX-WO")))
    assert result.level == "high"
    assert {"T18.sex", "T18.urgent"} < fired(facts(someone(sex="", urgent=""), need("PX-WO")))
    assert set(result.questions) == {"sex", "urgent"}


def test_unknown_is_above_low():
    result = judged(facts(someone(sex=""), requests=[request()]))
    assert (result.level, [r.rule for r in result.reasons]) == ("unknown", ["T18", "T16"])


@pytest.mark.parametrize(
    ("other", "level"),
    [((), "medium"), (("LP-ND",), "high"), (("PX-WO",), "critical"), (("PX-WL",), "critical")],
)
def test_a_new_threat_is_one_level_above_what_the_other_rules_say(other: tuple[str, ...], level: str):
    assert judged(facts(None, need("PX-TH"), *(need(code) for code in other))).level == level


def test_a_new_threat_to_someone_unknown_makes_medium():
    assert judged(facts(someone(sex=""), need("PX-TH"))).level == "medium"


def test_the_dead_are_in_no_queue():
    assert judged(facts(someone(presence="dead"), need("PX-WL"), assessments=[exile()])).reasons == ()


def test_reasons_stand_in_order_of_level_and_weight():
    made = facts(someone(sex=""), need("PX-WL"), need("SV-VF"), need("LP-ND"), assessments=[exile()], home=OPEN_AIR)
    assert [r.rule for r in judged(made).reasons] == ["T12", "T02", "T10", "T14", "T15", "T18"]


def test_facts_carry_their_source_their_certainty_and_their_day():
    reason = judged(facts(assessments=[exile(sure="verified")])).reasons[0]
    feared = next(fact for fact in reason.facts if fact.name == "feared_country")
    assert (feared.value, feared.source, feared.sure, feared.on) == ("UZ", "own_account", "verified", TODAY)


def test_a_need_is_a_fact_with_the_day_it_happened():
    reason = judged(facts(None, need("SV-VF", event_on=days(-2), status="confirmed", source="paper"))).reasons[0]
    assert [(f.name, f.value, f.source, f.sure) for f in reason.facts] == [
        ("need", "SV-VF", "paper", "verified"),
        ("event_on", days(-2), "paper", "verified"),
    ]
    assert reason.since == NOW
