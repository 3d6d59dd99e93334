"""The one table of all rules: for each variant a situation in which it fires, the nearest one in which it does not, and
one in which what decides is not known.

Everyone is a woman of 30 who fled Kyrgyzstan, is in Uzbekistan, and of whom everything was asked (triage_cases.py).
More situations of each rule stand in test_triage_rules.py, exiles in test_triage_exile.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from triage_cases import (
    NOW,
    TODAY,
    UNKNOWN_AGE,
    born,
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

from panoh.domain.casework import CareArrangement, FollowUp
from panoh.domain.household import Site
from panoh.domain.incidents import Incident
from panoh.domain.person import IdentityDocument, Unanswered
from panoh.domain.tracing import TracingRequest
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.gather import Casework

INADEQUATE = {"shelter": "inadequate"}
NOT_ASKED = fears(feared_country="")


@dataclass(frozen=True)
class Row:
    """A variant: facts with which it fires, with which it does not, and with which what decides is not known."""

    fires: Facts
    silent: Facts
    unknown: Facts


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def closing(in_days: int) -> Site:
    return Site(id="site", closing_on=days(in_days))


def paper(state: str) -> IdentityDocument:
    return IdentityDocument(id=f"d-{state}", person_id="me", state=state)


def request(**fields) -> TracingRequest:
    return TracingRequest(id="t", inquirer_id="me", **fields)


def refused(field: str) -> Unanswered:
    return Unanswered(id=field, record_id="me", field=field, answer="refused")


def followed(*seen: str) -> Casework:
    """Follow-ups of the last days, the newest last; '' was not done."""
    made = [
        FollowUp(id=str(n), case_id="c", due_on=days(n - 9), done_on=days(n - 9) if answer else None, seen=answer)
        for n, answer in enumerate(seen)
    ]
    return Casework(follow_ups=made)


def threat(on: date | None, assessed_on: date | None = None) -> Casework:
    told = Incident(id="i", kind="threat", happened_latest=on, noted_at=None if on is None else NOW)
    return Casework(threats=[told], assessed_on=assessed_on)


def cared(**fields) -> Casework:
    return Casework(care=[CareArrangement(id="a", person_id="me", **{"kind": "foster", **fields})])


def alone(age: int, *more, **fields) -> Facts:
    return facts(someone(relation="", **{**born(age), **fields}), need("SC-UC"), *more)


HE = someone("he", sex="M")
GONE = {"presence": "missing", "disappeared_on": TODAY}
TABLE: dict[str, Row] = {
    "T01.threatened": Row(
        facts(assessments=[fears(return_threatened_on=TODAY)]), facts(assessments=[fears()]), facts(assessments=[])
    ),
    "T01.order": Row(
        facts(assessments=[fears(extradition_stage="allowed")]),
        facts(assessments=[fears(extradition_stage="suspended")]),
        facts(assessments=[fears(extradition="yes")]),
    ),
    "T02.here": Row(
        facts(assessments=[exile()]), facts(assessments=[exile(feared_country="CN")]), facts(assessments=[NOT_ASKED])
    ),
    "T02.ahead": Row(
        facts(someone(country_now="KG", intends_to_go="UZ"), assessments=[exile()]),
        facts(someone(country_now="KG", intends_to_go="TJ"), assessments=[exile()]),
        facts(someone(country_now="KG", border_status="waiting"), assessments=[exile()]),
    ),
    "T02.crossing": Row(
        facts(someone(country_now="KG", border_status="waiting"), assessments=[exile()], awaited={"me": "UZ"}),
        facts(someone(country_now="KG", border_status="waiting"), assessments=[fears()], awaited={"me": "UZ"}),
        facts(someone(country_now="KG", border_status="waiting"), assessments=[exile()], awaited={"me": ""}),
    ),
    "T02.extradition": Row(
        facts(assessments=[fears(extradition_state="UZ")]),
        facts(assessments=[fears(extradition="no")]),
        facts(assessments=[fears(extradition="")]),
    ),
    "T02.listed": Row(
        facts(assessments=[fears(named_on_list="yes")]),
        facts(assessments=[fears(named_on_list="no")]),
        facts(assessments=[fears(named_on_list="")]),
    ),
    "T02.agents": Row(
        facts(assessments=[fears(signals=("unknown_men",))]),
        facts(assessments=[fears(approached_by_agents="no", signals=("close_governments",))]),
        facts(assessments=[fears(approached_by_agents="")]),
    ),
    "T02.hiding": Row(
        facts(assessments=[fears(hiding_from="state")]),
        facts(assessments=[fears(hiding_from="other")]),
        facts(assessments=[fears(hiding_from="")]),
    ),
    "T02.recognised": Row(
        facts(assessments=[exile(recognised_on=date(2006, 3, 1))]),
        facts(assessments=[fears(recognised_by="UNHCR")]),
        facts(assessments=[exile()]),
    ),
    "T02x.stated": Row(
        facts(someone(country_now="KG"), assessments=[exile()]),
        facts(assessments=[fears()]),
        facts(someone(country_now="KG"), assessments=[NOT_ASKED]),
    ),
    "T02x.recognised": Row(
        facts(assessments=[fears(feared_country="", recognised_country="KG")]),
        facts(assessments=[fears(feared_country="none", recognised_country="KG")]),
        facts(assessments=[NOT_ASKED]),
    ),
    "T02x.claim": Row(
        facts(assessments=[fears(feared_country="", signals=("final_refusal",))]),
        facts(assessments=[fears(feared_country="", claim_stage="none")]),
        facts(assessments=[fears(feared_country="", claim_stage="")]),
    ),
    "T02x.code": Row(facts(None, need("LP-RD")), facts(None, need("LP-RD", status="not_applicable")), facts()),
    "T02x.hiding": Row(
        facts(None, need("LP-IH")),
        facts(None, need("LP-IH"), assessments=[fears(hiding_from="other")]),
        facts(assessments=[]),
    ),
    "T02b.household": Row(
        facts(others=[HE], assessments=[fears(), exile("he")]),
        facts(others=[HE], assessments=[fears(), fears("he")]),
        facts(others=[HE], assessments=[fears()]),
    ),
    "T03.exile": Row(
        facts(assessments=[exile(signals=("foreign_warrant",), lawyer_or_access="yes")]),
        facts(assessments=[exile(detained_at="IVS", outcome="released")]),
        facts(assessments=[exile()]),
    ),
    "T03.no_access": Row(
        facts(assessments=[fears(detained_since=days(-3), detention_access=("family",))]),
        facts(assessments=[fears(detained_since=days(-3), detention_access=("icrc",))]),
        facts(someone(presence="elsewhere")),
    ),
    "T04.survivor": Row(facts(None, need("TR-PI")), facts(None, need("TR-PI", status="not_applicable")), facts()),
    "T04.distress": Row(
        facts(None, need("TR-PI"), assessments=[fears(signals=("police_threats",))]),
        facts(None, need("PX-DT")),
        facts(None, need("TR-PI")),
    ),
    "T05.hiding": Row(
        facts(assessments=[fears(hiding_from="other")]),
        facts(assessments=[fears(hiding_from="none")]),
        facts(assessments=[fears(hiding_from="")]),
    ),
    "T06.alone": Row(
        facts(someone(**born(12)), casework=cared(kind="independent")),
        facts(someone(care="none", **born(18))),
        facts(someone(care="", relation="", **born(12))),
    ),
    "T07.under_5": Row(alone(4), alone(5), alone(4, **UNKNOWN_AGE)),
    "T07.frail": Row(
        alone(12, need("SM-CI")), alone(12, need("SM-CI", status="met")), facts(child("me"), need("SM-CI"))
    ),
    "T08.missing": Row(facts(child("me", **GONE)), facts(someone(**GONE)), facts(child("me", presence="missing"))),
    "T08.unrelated_adult": Row(
        facts(child("me"), casework=cared(kind="unrelated_adult")),
        facts(someone(care="unrelated_adult")),
        facts(child("me", care="")),
    ),
    "T08.trafficking": Row(facts(None, need("PX-TS")), facts(None, need("PX-TS", status="not_applicable")), facts()),
    "T09.separated": Row(
        facts(child("me"), casework=cared(assessed_on=TODAY, safe="yes")),
        facts(child("me"), casework=cared(until=TODAY)),
        facts(child("me", care="")),
    ),
    "T09.urgent": Row(
        facts(child("me"), casework=cared(assessed_on=None)),
        facts(child("me", care="kinship", departs_on=days(15))),
        facts(child("me", care="kinship")),
    ),
    "T10.recent": Row(
        facts(None, need("SV-VF", event_on=None)), facts(None, need("SV-VF", event_on=days(-6))), facts()
    ),
    "T11.earlier": Row(
        facts(None, need("SV-VF", event_on=days(-6))),
        facts(None, need("SV-VF", event_on=days(-5))),
        facts(None, need("SV-VF", event_on=None)),  # a day that is not known is T10
    ),
    "T12.wound": Row(facts(None, need("PX-WL")), facts(None, need("PX-WO")), facts()),
    "T12.pregnancy": Row(facts(None, need("PX-PG")), facts(None, need("PX-PR")), facts()),
    "T12.condition": Row(
        facts(None, need("SM-CC", status="confirmed")), facts(None, need("SM-CC", status="met")), facts(None, need("SM-CC"))
    ),
    "T12.urgent": Row(facts(someone(urgent="yes")), facts(someone(urgent="none")), facts(someone(urgent=""))),
    "T13.alone": Row(
        facts(None, need("DS-V", severity="severe")),
        facts(None, need("DS-V", severity="severe"), others=[HE]),
        facts(None, need("DS-V", severity="")),
    ),
    "T13.left_behind": Row(
        facts(someone(presence="left_behind", **born(80))),
        facts(someone(presence="left_behind")),
        facts(someone(presence="missing", **born(80))),
    ),
    "T14.shelter": Row(facts(home=INADEQUATE), facts(home={"shelter": "adequate"}), facts(home={"shelter": ""})),
    "T14.exposed": Row(
        facts(others=[child(age=4)], home=INADEQUATE),
        facts(others=[child(age=6)], home=INADEQUATE),
        facts(others=[child(age=4)], home={"shelter": ""}),
    ),
    "T15.papers": Row(facts(documents=[paper("lost")]), facts(documents=[paper("lost"), paper("seen")]), facts()),
    "T15.crossing": Row(
        facts(someone(departs_on=days(40)), documents=[paper("lost")]),
        facts(someone(departs_on=days(-1), presence="crossed"), documents=[paper("lost")]),
        facts(documents=[paper("lost")]),
    ),
    "T16.search": Row(facts(requests=[request()]), facts(requests=[request(status="closed")]), facts()),
    "T16.at_risk": Row(
        facts(requests=[request(**born(9))]), facts(requests=[request(**born(19))]), facts(requests=[request()])
    ),
    "T17.threat": Row(facts(None, need("PX-TH")), facts(None, need("PX-TH", status="met")), facts()),
    "T17.incident": Row(
        facts(casework=threat(days(-1), days(-1))),
        facts(casework=threat(days(-2), days(-1))),
        facts(casework=threat(None, days(-1))),
    ),
    "T17.not_seen": Row(
        facts(casework=followed("yes", "no")), facts(casework=followed("no", "yes")), facts(casework=followed("yes", ""))
    ),
    "T17.gone": Row(facts(someone(**GONE)), facts(someone(presence="elsewhere")), facts(someone(presence="missing"))),
    "T17.exile_gone": Row(
        facts(someone(**GONE), assessments=[exile()]),
        facts(someone(**GONE), assessments=[fears()]),
        facts(someone(**GONE), assessments=[]),
    ),
    "T17.child_gone": Row(
        facts(child("me", **GONE)), facts(someone(**GONE)), facts(child("me", **{**GONE, **UNKNOWN_AGE}))
    ),
    "T18.age": Row(
        facts(someone(**UNKNOWN_AGE)), facts(), facts(someone(**UNKNOWN_AGE), unanswered=[refused("birth")])
    ),
    "T18.sex": Row(facts(someone(sex="")), facts(), facts(someone(sex=""), unanswered=[refused("sex")])),
    "T18.adult": Row(
        facts(child("me")), facts(child("me"), casework=cared()), facts(child("me"), unanswered=[refused("care")])
    ),
    "T18.feared": Row(
        facts(assessments=[]), facts(), facts(assessments=[], unanswered=[refused("feared_country")])
    ),
    "T18.urgent": Row(facts(someone(urgent="")), facts(), facts(someone(urgent=""), unanswered=[refused("urgent")])),
    "T19.injury": Row(facts(None, need("PX-WO")), facts(None, need("PX-WO", status="met")), facts()),
    "T19.hospital": Row(facts(None, need("PX-HU")), facts(None, need("PX-HU", status="met")), facts()),
    "T19.condition": Row(facts(None, need("SM-CC")), facts(None, need("SM-CC", status="confirmed")), facts()),
    "T20.late": Row(
        facts(None, need("PX-PR", due_on=days(28))),
        facts(None, need("PX-PR", due_on=days(29))),
        facts(None, need("PX-PR", due_on=None)),
    ),
    "T20.birth": Row(
        facts(None, need("PX-BI", event_on=days(-42))), facts(None, need("PX-BI", event_on=days(-43))), facts()
    ),
    "T20.unsheltered": Row(
        facts(None, need("PX-PR"), home=INADEQUATE),
        facts(None, need("PX-PR"), home={"shelter": "adequate"}),
        facts(None, need("PX-PR"), home={"shelter": ""}),
    ),
    "T21.exile": Row(
        facts(assessments=[exile(leave_by=days(14))]),
        facts(assessments=[exile(leave_by=days(15))]),
        facts(assessments=[exile()]),
    ),
    "T21.survivor": Row(
        facts(someone(departs_on=days(14)), need("TR-PI")),
        facts(someone(departs_on=days(15)), need("TR-PI")),
        facts(None, need("TR-PI")),
    ),
    "T21.exposed": Row(
        facts(someone(departs_on=days(3)), need("PX-PP")),
        facts(someone(departs_on=days(3))),
        facts(None, need("PX-PP"), assessments=[fears(leave_by=days(3))]),  # who may not know that day must not read it
    ),
    "T22.turned_back": Row(
        facts(someone(border_status="turned_back")), facts(someone(border_status="admitted")), facts(someone(border_status=""))
    ),
    "T22.turned_back_frail": Row(
        facts(child("me", border_status="turned_back")),
        facts(someone(border_status="turned_back")),
        facts(someone(border_status="turned_back", **UNKNOWN_AGE)),
    ),
    "T22.parted": Row(
        facts(others=[someone("he", presence="stopped")]),
        facts(others=[someone("he", presence="elsewhere")]),
        facts(others=[someone("he", presence="missing")]),
    ),
    "T22.parted_frail": Row(
        facts(others=[child(presence="stopped")]),
        facts(others=[child(), someone("he", presence="stopped")]),
        facts(others=[someone("he", presence="stopped", **UNKNOWN_AGE)]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_it_fires(name: str):
    assert name in fired(TABLE[name].fires)


@pytest.mark.parametrize("name", TABLE)
def test_it_does_not_fire_in_the_nearest_situation(name: str):
    assert name not in fired(TABLE[name].silent)


@pytest.mark.parametrize("name", TABLE)
def test_what_is_not_known_leaves_it_silent_and_whoever_was_not_asked_is_not_low(name: str):
    made = TABLE[name].unknown
    found = fired(made)
    assert name not in found
    if any(other.startswith("T18") for other in found):
        assert judged(made).level != "low"


def test_the_table_holds_every_variant_of_the_rule_file():
    assert TABLE.keys() == {f"{rule}.{variant}" for rule, variant in rulebook().entries}


@pytest.mark.parametrize(("rule", "level"), [("T01.order", "critical"), ("T02.crossing", "critical")])
def test_what_is_at_hand_is_critical(rule: str, level: str):
    assert judged(TABLE[rule].fires).level == level


@pytest.mark.parametrize(("code", "level"), [("", "medium"), ("LP-ND", "high"), ("PX-WO", "critical")])
@pytest.mark.parametrize("casework", [threat(TODAY), followed("no")], ids=["threatened", "not met"])
def test_a_threat_or_a_failed_follow_up_is_one_level_above_the_other_rules(casework: Casework, code: str, level: str):
    assert judged(facts(None, *([need(code)] if code else []), casework=casework)).level == level


def test_an_assessment_on_the_day_of_the_threat_stops_the_clock_and_not_the_level():
    result = judged(facts(casework=threat(TODAY, TODAY)))
    assert (result.level, result.due) == ("medium", None)
    assert judged(facts(casework=threat(TODAY))).due is not None


def test_counsel_is_due_before_the_day_that_the_assessment_tells():
    made = facts(assessments=[exile(leave_by=days(1))])
    due = next(reason.due for reason in judged(made).reasons if reason.rule == "T21")
    assert due is not None
    assert due <= NOW + timedelta(hours=24)
    assert due.astimezone().date() <= days(1)


def test_a_fear_that_was_denied_long_before_a_departure_hides_no_recognition():
    def told(on: date, leaves: date | None) -> set[str]:
        assessed = fears(feared_country="none", recognised_by="UNHCR", asked_at=NOW - (TODAY - on))
        return fired(facts(someone(departs_on=leaves), assessments=[assessed]))

    assert "T02x.recognised" not in told(days(-3), days(9))
    assert "T02x.recognised" in told(days(-4), days(9))
    assert "T02x.recognised" not in told(days(-4), days(30))
    assert "T02x.recognised" not in told(days(-4), None)


def test_time_tells_when_a_departure_is_near_and_when_its_facts_are_too_old():
    def changes(**person) -> date | None:
        at = judged(facts(someone(**person), assessments=[fears(asked_at=NOW)])).next_change
        return None if at is None else at.astimezone().date()

    assert changes(departs_on=days(20)) == days(6)
    assert changes(departs_on=days(9)) == days(4)
