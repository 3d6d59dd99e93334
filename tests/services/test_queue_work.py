"""Work with the queue: filters and those that are kept, lapsed levels, what is asked of supervisors, who holds how many."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.services.access_people import Kind, Office, bring_in, need, told
from tests.services.test_triage_settings import level, sites, someone

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import LevelOverride
from panoh.domain.casework import Approval, QueueView
from panoh.domain.lines import RESTRICTED, QueueFilter
from panoh.domain.person import Person
from panoh.services import caseloads, cases, levels, queue_filters, triage
from panoh.services.desk import Desk
from panoh.services.records import keep


def found(desk: Desk, **wanted: object) -> set[str]:
    asked = QueueFilter(**wanted)  # type: ignore[arg-type]
    items = triage.queue(desk, asked, 0, 99)
    assert triage.count(desk, asked) == len(items)
    return {item.line.id for item in items}


def of_age(desk: Desk, years: int, **fields: object) -> Person:
    day = desk.clock.today().replace(year=desk.clock.today().year - years)
    made = replace(someone(desk), birth_earliest=day, birth_latest=day, care="parents", **fields)  # type: ignore[arg-type]
    keep(desk, made)
    return made


# --- filters ----------------------------------------------------------------------------------------------------------


def test_by_site_sex_and_age(desk: Desk) -> None:
    here, there = sites(desk, "School 5", "Tents")
    baby, boy, man, old = (of_age(desk, years, site_id=here, sex="M") for years in (2, 12, 40, 70))
    woman = of_age(desk, 30, site_id=there)
    span = replace(someone(desk), birth_earliest=man.birth_earliest, birth_latest=boy.birth_latest)
    unknown = replace(someone(desk), birth_earliest=None, birth_latest=None, birth_precision="")
    keep(desk, span, unknown)
    assert found(desk, site_id=here) == {baby.id, boy.id, man.id, old.id}
    assert found(desk, site_id=there, sex="F") == {woman.id}
    assert found(desk, age="under_5") == {baby.id}
    assert found(desk, age="child") == {baby.id, boy.id, span.id}
    assert found(desk, age="adult") == {man.id, woman.id, span.id}
    assert found(desk, age="over_60") == {old.id}
    assert found(desk, age="unknown") == {unknown.id}
    assert found(desk, age="child", sex="M", site_id=here) == {baby.id, boy.id}


def test_by_reason(desk: Desk) -> None:
    burnt, wounded = someone(desk, "PX-HB"), someone(desk, "PX-WO")
    assert found(desk, reason="T14.shelter") == {burnt.id}
    assert found(desk, reason="T19.injury") == {wounded.id}
    assert found(desk, reason="T99.none") == {burnt.id, wounded.id}  # what this Panoh does not know filters nothing


def test_restricted_reasons_are_one_filter_for_whoever_may_not_see_them(at: Office) -> None:
    exile = bring_in(at, Kind("exile", {}, (told(feared_country="KG"),)))
    survivor = bring_in(at, Kind("survivor", {}, (need("SV-VF"),)))
    plain = bring_in(at, Kind("plain", {}, (told(feared_country="none"), need("PX-WO"))))
    assert found(at.supervisor, reason="T02.here") == {exile.id}
    for reason in ("T02.here", "T10.recent", RESTRICTED):
        assert found(at.other, reason=reason) == {exile.id, survivor.id}
        assert found(at.holder, reason=reason) == {exile.id, survivor.id}
    assert plain.id in found(at.other, reason="T19.injury")
    offered = {code for code, _words in queue_filters.offers(at.other).reasons}
    assert not [code for code in offered if code.startswith(("T01", "T02", "T03", "T04", "T05", "T10", "T11"))]
    assert "T02.here" in {code for code, _words in queue_filters.offers(at.supervisor).reasons}


def test_no_filter_tells_a_restricted_reason_by_what_it_leaves_out(at: Office) -> None:
    gone = {"presence": "missing"}
    exile = bring_in(at, Kind("exile", gone, (told(extradition="yes"),)))
    survivor = bring_in(at, Kind("survivor", gone, (need("SV-VF"),)))
    asked = bring_in(at, Kind("asked", {}, (told(feared_country="KG"),)))
    hurt = bring_in(at, Kind("hurt", {}, (need("SV-VF"),)))  # of whom no feared country was asked
    assert found(at.other, reason="T17.gone") == {exile.id, survivor.id}
    assert {asked.id, hurt.id} & found(at.other, reason="T18.feared") == set()
    assert hurt.id in found(at.supervisor, reason="T18.feared")
    for code, _words in queue_filters.offers(at.other).reasons:
        seen = found(at.other, reason=code)
        assert (exile.id in seen) == (survivor.id in seen), code
        assert (asked.id in seen) == (hurt.id in seen), code


def test_every_reason_that_shows_in_the_queue_is_found_by_its_filter(at: Office) -> None:
    for kind in ("LP-ND", "PX-WO", "SC-UC", "PX-HB"):
        bring_in(at, Kind(kind, {}, (need(kind),)))
    for item in triage.whole_queue(at.other, 99):
        shown = {reason.rule for reason in item.reasons if reason.rule}
        by_filter = {
            code.partition(".")[0]
            for code, _words in queue_filters.offers(at.other).reasons
            if code != RESTRICTED and item.line.id in found(at.other, reason=code)
        }
        assert by_filter == shown


# --- kept filters -----------------------------------------------------------------------------------------------------


def test_a_filter_is_kept_under_a_name_for_its_user_alone(at: Office) -> None:
    wanted = QueueFilter(levels=("critical", "high"), nobody=True, age="child", reason="T06.alone")
    queue_filters.keep(at.holder, "  Children   nobody holds ", wanted)
    mine = queue_filters.kept(at.holder)
    assert [(each.name, each.wanted) for each in mine] == [("Children nobody holds", wanted)]
    assert queue_filters.kept(at.other) == queue_filters.kept(at.supervisor) == []
    with pytest.raises(AppError, match="not in the vault any more"):
        queue_filters.forget(at.other, mine[0].id)
    queue_filters.keep(at.holder, "children NOBODY holds", QueueFilter(overdue=True))
    assert [each.wanted for each in queue_filters.kept(at.holder)] == [QueueFilter(overdue=True)]
    queue_filters.forget(at.holder, queue_filters.kept(at.holder)[0].id)
    assert queue_filters.kept(at.holder) == []


def test_a_filter_needs_a_name(desk: Desk) -> None:
    with pytest.raises(FormProblems):
        queue_filters.keep(desk, "  ", QueueFilter())


@pytest.mark.parametrize("text", ["", "[]", "{", '{"levels": 3, "age": "giant", "weather": "rain", "overdue": "yes"}'])
def test_what_another_panoh_wrote_into_a_filter_breaks_nothing(desk: Desk, text: str) -> None:
    keep(desk, QueueView(id=new_id(), owner_id=desk.user.id, name="Old", filter=text))
    assert [each.wanted for each in queue_filters.kept(desk)] == [QueueFilter()]


def test_a_kept_filter_of_a_restricted_reason_is_all_of_them_once_its_user_is_no_supervisor(at: Office) -> None:
    text = json.dumps({"reason": "T02.here", "escalated": True})
    keep(at.supervisor, QueueView(id=new_id(), owner_id=at.other.user.id, name="Exiles", filter=text))
    assert [each.wanted for each in queue_filters.kept(at.other)] == [QueueFilter(reason=RESTRICTED)]


# --- levels set by hand -----------------------------------------------------------------------------------------------


def test_a_level_that_lapsed_waits_until_somebody_looked(desk: Desk, clock: FixedClock) -> None:
    raised, plain = someone(desk), someone(desk)
    triage.set_level(desk, raised.id, "high", "Seen crying", desk.clock.today() + timedelta(days=3))
    assert (level(desk, raised), found(desk, lapsed=True)) == ("high", set())
    clock.at += timedelta(days=3)
    levels.refresh_due(desk)
    assert (level(desk, raised), level(desk, plain)) == ("unknown", "low")  # not low: somebody thought otherwise
    assert found(desk, lapsed=True) == {raised.id}
    item = triage.queue(desk, QueueFilter(lapsed=True), 0, 9)[0]
    assert item.why == "Set level lapsed, review"
    triage.looked_at(desk, raised.id)
    assert (level(desk, raised), found(desk, lapsed=True)) == ("low", set())


def test_a_lowered_level_that_lapsed_is_the_computed_one_at_once_and_still_waits(desk: Desk, clock: FixedClock) -> None:
    one = someone(desk, "PX-WO")
    triage.set_level(desk, one.id, "low", "Healed", desk.clock.today() + timedelta(days=1))
    assert level(desk, one) == "low"
    clock.at += timedelta(days=1)
    levels.refresh_due(desk)
    assert level(desk, one) == "high"
    assert triage.queue(desk, QueueFilter(), 0, 1)[0].why == "Set level lapsed, review; Injured in violence"


def test_a_new_level_takes_the_place_of_the_one_before(desk: Desk, clock: FixedClock) -> None:
    one = someone(desk)
    for wanted in ("high", "critical"):
        triage.set_level(desk, one.id, wanted, "Seen", desk.clock.today() + timedelta(days=2))
    with desk.reading() as reading:
        assert [each.level for each in reading.all(LevelOverride) if each.ended_at is None] == ["critical"]
    assert level(desk, one) == "critical"
    clock.at += timedelta(days=1)
    triage.looked_at(desk, one.id)  # it has not lapsed yet: looking ends nothing
    assert level(desk, one) == "critical"


# --- asked of supervisors ---------------------------------------------------------------------------------------------


def test_a_caseworker_asks_for_a_lowering_and_nothing_is_lowered(at: Office) -> None:
    hurt = bring_in(at, Kind("hurt", {}, (told(feared_country="none"), need("PX-WO"))))
    until = at.clock.today() + timedelta(days=3)
    with pytest.raises(AppError, match="role"):
        triage.set_level(at.holder, hurt.id, "low", "Healed", until)
    triage.ask_lowering(at.holder, hurt.id, "low", " Healed ")
    triage.ask_lowering(at.holder, hurt.id, "medium", "Nearly healed")
    with at.supervisor.reading() as reading:
        asked = [each for each in reading.all(Approval) if each.kind == "lowering"]
    told_of = [(each.proposed, each.why, each.decision) for each in asked]
    assert told_of == [("low", "Healed", "withdrawn"), ("medium", "Nearly healed", "")]
    assert level(at.supervisor, hurt) == "high"
    with pytest.raises(FormProblems):
        triage.ask_lowering(at.holder, hurt.id, "high", "The same")
    with pytest.raises(FormProblems):
        triage.ask_lowering(at.holder, hurt.id, "low", " ")


def test_advice_shows_in_the_row_of_supervisors_with_its_reason(at: Office) -> None:
    hurt = bring_in(at, Kind("hurt", {}, (told(feared_country="none"), need("PX-WO"))))
    triage.escalate(at.holder, hurt.id, "She asks to be moved")
    assert triage.queue(at.supervisor, QueueFilter(), 0, 1)[0].why.startswith("Advice asked: She asks to be moved; ")
    assert triage.queue(at.holder, QueueFilter(), 0, 1)[0].why.startswith("Advice asked; ")
    assert "Advice" not in triage.queue(at.other, QueueFilter(), 0, 1)[0].why
    assert found(at.supervisor, escalated=True) == {hurt.id}
    assert triage.count(at.other, QueueFilter(escalated=True)) == triage.count(at.other, QueueFilter())
    with pytest.raises(FormProblems):
        triage.escalate(at.holder, hurt.id, "")


# --- load -------------------------------------------------------------------------------------------------------------


def test_who_holds_how_many_at_which_level(at: Office, clock: FixedClock) -> None:
    for code in ("PX-WO", "PX-WO", "PX-HB"):
        bring_in(at, Kind(code, {}, (told(feared_country="none"), need(code))))
    free = bring_in(at, Kind("free", {}, (told(feared_country="none"), need("PX-WL"))), held=False)
    clock.at += timedelta(hours=25)
    told_loads = {load.name: load for load in caseloads.loads(at.supervisor)}
    mine = told_loads[at.holder.user.name]
    assert (mine.at["high"], mine.at["medium"], mine.people, mine.overdue) == (2, 1, 3, 2)
    assert (told_loads[""].at["critical"], told_loads[""].overdue) == (1, 1)
    assert told_loads[at.other.user.name].people == 0
    cases.assign(at.supervisor, free.id, at.other.user.id)
    assert caseloads.loads(at.supervisor)[0].name == at.other.user.name
    with pytest.raises(AppError, match="role"):
        caseloads.loads(at.holder)


def test_how_many_in_danger_are_at_a_site_can_be_read_from_no_count(at: Office) -> None:
    wanted = QueueFilter(site_id="anywhere", reason=RESTRICTED)
    assert queue_filters.allowed(at.other, wanted) == QueueFilter(reason=RESTRICTED)
    assert queue_filters.allowed(at.other, replace(wanted, reason="T02.here")) == QueueFilter(reason=RESTRICTED)
    assert triage.count(at.other, wanted) == triage.count(at.other, QueueFilter(reason=RESTRICTED))
    assert queue_filters.allowed(at.supervisor, wanted) == wanted
    assert queue_filters.allowed(at.other, QueueFilter(site_id="anywhere")) == QueueFilter(site_id="anywhere")
