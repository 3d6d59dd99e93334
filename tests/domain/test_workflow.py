"""Where a case stands, by when what is to be done, and the next follow-up: tables, and what holds for every case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.base.errors import AppError
from panoh.domain.cases import Case
from panoh.domain.casework import FollowUp, PlanRow, Referral, Service
from panoh.domain.triage.levels import LEVELS, RANK
from panoh.domain.workflow import (
    end_of,
    load_times,
    next_follow_up,
    service_due,
    stage_of,
    stand_of,
    with_times,
)
from panoh.services.resources import case_times

DAY = date(2010, 6, 14)
NOW = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)
TIMES = case_times()
DAYS = st.none() | st.dates(date(2010, 6, 1), date(2010, 8, 1))


def case(**values: object) -> Case:
    return Case(id="c", person_id="p", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (None, "new"),
        ({}, "new"),
        ({"assess_by": DAY}, "new"),
        ({"owner_id": "u"}, "assessment"),
        ({"owner_id": "u", "assess_by": DAY}, "assessment"),
        ({"owner_id": "u", "assessed_on": DAY}, "plan"),
        ({"assessed_on": DAY}, "plan"),  # nobody holds it any more: what was done stays done
        ({"owner_id": "u", "assessed_on": DAY, "plan_by": DAY}, "plan"),
        ({"owner_id": "u", "assessed_on": DAY, "planned_on": DAY}, "services"),
        ({"owner_id": "u", "planned_on": DAY}, "assessment"),  # a plan that nothing stands behind
        ({"owner_id": "u", "assessed_on": DAY, "planned_on": DAY, "status": "closed", "closed_on": DAY}, "closed"),
        ({"owner_id": "u", "status": "closed"}, "closed"),
        ({"owner_id": "u", "assessed_on": DAY, "planned_on": DAY, "reopened_on": DAY + timedelta(1)}, "reopened"),
        ({"owner_id": "u", "reopened_on": DAY}, "reopened"),
        ({"owner_id": "u", "assessed_on": DAY, "reopened_on": DAY}, "plan"),
    ],
)
def test_the_stage_follows_from_what_is_recorded(facts: dict[str, object] | None, stage: str) -> None:
    found = case(**facts) if facts is not None else None
    assert stage_of(found) == stage
    assert stand_of(found).stage == stage
    assert stand_of(found).next


RUNNING = {"owner_id": "u", "assessed_on": DAY, "planned_on": DAY}
ROW = PlanRow(id="1", case_id="c", goal="g", action="a", by_when=DAY + timedelta(9))
SERVICE = Service(id="2", case_id="c", kind="health", frame="3_days", asked_at=NOW)
REFERRAL = Referral(id="3", case_id="c", reference="r", answer_by=NOW + timedelta(days=1))
FOLLOW_UP = FollowUp(id="4", case_id="c", kind="visit", due_on=DAY + timedelta(5))


def test_what_is_due_first_comes_next() -> None:
    stand = stand_of(case(**RUNNING), [ROW], [SERVICE], [REFERRAL], [FOLLOW_UP])
    assert (stand.next, stand.by) == ("Ask for the answer.", DAY + timedelta(1))
    stand = stand_of(case(**RUNNING), [ROW], [SERVICE], (), [FOLLOW_UP])
    assert (stand.next, stand.by) == ("See that the service is given.", DAY + timedelta(3))
    assert stand_of(case(**RUNNING), [ROW], (), (), [FOLLOW_UP]).next == "Follow up."
    assert stand_of(case(**RUNNING), [ROW]).next == "Do what is planned."
    assert "follow up, then review" in stand_of(case(**RUNNING)).next


def test_the_words_of_the_plan_depend_on_whether_anything_is_planned() -> None:
    assessed = case(owner_id="u", assessed_on=DAY)
    assert stand_of(assessed).next == "Write the plan together with the person."
    assert stand_of(assessed, [ROW]).next == "Agree the plan with the person."


def test_an_appointment_counts_in_place_of_the_time_frame() -> None:
    assert service_due(SERVICE) == NOW + timedelta(hours=72)
    with_appointment = Service(id="2", case_id="c", frame="now", asked_at=NOW, appointment_on=DAY)
    assert service_due(with_appointment) == end_of(DAY)
    assert service_due(Service(id="2", case_id="c")) is None


@pytest.mark.parametrize(
    ("level", "assess", "plan"),
    [("critical", 1, 4), ("high", 1, 4), ("medium", 3, 10), ("unknown", 3, 10), ("low", 7, 21)],
)
def test_days_by_level(level: str, assess: int, plan: int) -> None:
    made = with_times(case(), level, TIMES, DAY)
    assert (made.assess_by, made.plan_by) == (DAY + timedelta(assess), DAY + timedelta(plan))


def test_the_plan_runs_from_the_assessment_and_is_never_put_off() -> None:
    made = with_times(case(), "low", TIMES, DAY)
    assessed = with_times(case(assessed_on=DAY, assess_by=made.assess_by, plan_by=made.plan_by), "low", TIMES, DAY)
    assert assessed.plan_by == DAY + timedelta(14)
    assert assessed.assess_by == made.assess_by


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS), DAYS, DAYS, DAYS)
def test_another_level_never_gives_more_time(
    level: str, other: str, assess_by: date | None, plan_by: date | None, assessed_on: date | None
) -> None:
    before = case(assess_by=assess_by, plan_by=plan_by, assessed_on=assessed_on)
    first = with_times(before, level, TIMES, DAY)
    then = with_times(first, other, TIMES, DAY + timedelta(1))
    for old, new in ((before, first), (first, then)):
        assert old.assess_by is None or (new.assess_by is not None and new.assess_by <= old.assess_by)
        assert old.plan_by is None or (new.plan_by is not None and new.plan_by <= old.plan_by)


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_more_danger_never_has_more_time(one: str, other: str) -> None:
    lower, higher = sorted((one, other), key=RANK.__getitem__, reverse=True)
    less, more = (with_times(case(), level, TIMES, DAY) for level in (lower, higher))
    assert (more.assess_by or DAY) <= (less.assess_by or DAY)
    assert (more.plan_by or DAY) <= (less.plan_by or DAY)


def test_a_closed_case_has_no_days() -> None:
    closed = case(status="closed")
    assert with_times(closed, "critical", TIMES, DAY) == closed


def follow_up(at: int, **values: object) -> FollowUp:
    return FollowUp(id=str(at), case_id="c", **{"kind": "visit", "done_on": DAY, "seen": "yes", **values})  # type: ignore[arg-type]


def test_the_next_follow_up() -> None:
    assert next_follow_up(follow_up(1), "high", TIMES) == DAY + timedelta(7)
    assert next_follow_up(follow_up(1, seen="no"), "high", TIMES) == DAY + timedelta(3)
    assert next_follow_up(follow_up(1, seen="no"), "critical", TIMES) == DAY + timedelta(1)


def test_after_a_reunification_and_a_return_on_the_days_that_are_set() -> None:
    for kind in ("after_reunification", "after_return"):
        for days in (TIMES.after_reunification, (3, 10, 50, 200)):
            times, done, on = replace(TIMES, after_reunification=days), list[FollowUp](), DAY + timedelta(days[0])
            for at, later in enumerate(days[1:]):
                visit = follow_up(at, kind=kind, done_on=on)
                on = next_follow_up(visit, "low", times, done)
                assert on == DAY + timedelta(later)
                done.append(visit)
            last = follow_up(len(days), kind=kind, done_on=on)
            assert next_follow_up(last, "low", times, done) == on + timedelta(days[-1])


@pytest.mark.parametrize("text", ["", "assess = 3", "[assess]\nhigh = 1", "not toml ["])
def test_times_that_are_not_whole_are_refused(text: str) -> None:
    with pytest.raises(AppError) as refused:
        load_times(text, "casework.toml")
    assert refused.value.code == "casework.invalid"


@pytest.mark.parametrize("value", ["0", "366", "true", '"3"', "1.5"])
def test_days_are_whole_numbers_of_a_year_at_most(value: str) -> None:
    part = "\n".join(f"{level} = 1" for level in LEVELS)
    text = f"[assess]\n{part}\n[plan]\n{part}\n[follow_up]\n{part}\n[after_reunification]\ndays = [7, 30]"
    load_times(text, "casework.toml")
    with pytest.raises(AppError):
        load_times(text.replace("high = 1", f"high = {value}", 1), "casework.toml")
    with pytest.raises(AppError):
        load_times(text.replace("[7,", f"[{value},", 1), "casework.toml")


@pytest.mark.parametrize("days", ["after_reunification = 7", "[after_reunification]\ndays = [7, 30, 7]"])
def test_the_days_after_a_reunification_are_each_another(days: str) -> None:
    part = "\n".join(f"{level} = 1" for level in LEVELS)
    text = f"[assess]\n{part}\n[plan]\n{part}\n[follow_up]\n{part}\n"
    with pytest.raises(AppError) as refused:
        load_times(f"{days}\n{text}" if "[" not in days else f"{text}{days}", "casework.toml")
    assert refused.value.code == "casework.invalid"
