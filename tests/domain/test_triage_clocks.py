"""Due times, what time alone changes, and levels set by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from triage_cases import NOW, TODAY, born, child, exile, facts, fears, judged, need, someone

from panoh.domain.cases import LevelOverride
from panoh.domain.household import Site
from panoh.domain.triage.ages import age_words, birthday, years_before
from panoh.domain.triage.assess import weightiest, with_override
from panoh.domain.triage.clocks import due_at, parse_clock, start_of


def hours(count: int) -> timedelta:
    return timedelta(hours=count)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("now", NOW),
        ("4 h", NOW + hours(4)),
        ("7 d", NOW + timedelta(days=7)),
        ("next contact", None),
        ("before departure at most 24 h", NOW + hours(24)),
    ],
)
def test_a_clock_says_when_the_first_action_is_due(text: str, due: datetime | None):
    assert due_at(parse_clock(text), NOW) == due


@pytest.mark.parametrize("text", ["", "4", "0 h", "4 hours", "-4 h", "soon", "before departure"])
def test_other_words_are_no_clock(text: str):
    with pytest.raises(ValueError, match="no clock"):
        parse_clock(text)


def test_the_same_day_ends_before_midnight():
    due = due_at(parse_clock("same day"), NOW)
    assert due is not None
    assert due.astimezone().date() == NOW.astimezone().date()
    assert due + timedelta(minutes=1) == start_of(TODAY + timedelta(days=1))


@pytest.mark.parametrize(("leaves_in", "due"), [(0, NOW), (-3, NOW), (5, NOW + hours(24))])
def test_a_departure_that_began_makes_it_due_at_once(leaves_in: int, due: datetime):
    assert due_at(parse_clock("before departure at most 24 h"), NOW, TODAY + timedelta(days=leaves_in)) == due


def test_counselling_is_due_before_a_departure_tomorrow():
    made = facts(
        assessments=[fears()], site=Site(id="s", closing_on=TODAY + timedelta(days=1)), home={"house_burnt": "yes"}
    )
    assert judged(made).due == min(midnight(TODAY + timedelta(days=1)), NOW + hours(24))


def test_a_due_time_runs_from_when_the_fact_was_first_held():
    since = NOW - hours(30)
    reason = judged(facts(assessments=[exile()]), {("T02", "here"): since}).reasons[0]
    assert (reason.since, reason.due) == (since, since + hours(4))


def test_a_clock_that_was_ahead_gives_nobody_more_time():
    assert judged(facts(None, need("PX-WO")), {("T19", "injury"): NOW + timedelta(days=9)}).due == NOW + hours(24)


def test_the_earliest_of_all_fired_rules_counts():
    since = NOW - timedelta(days=8)
    result = judged(facts(None, need("FU-TR"), need("PX-WO")), {("T16", "search"): since})
    assert (result.level, result.due) == ("high", since + timedelta(days=7))


def test_an_escalation_keeps_the_older_due_time_of_the_same_fact():
    since = NOW - hours(30)
    result = judged(facts(assessments=[exile()]), {("T02x", "stated"): since})
    assert (result.level, result.due) == ("critical", since + hours(24))


def test_when_the_window_of_care_has_passed_the_clock_goes_on():
    since = NOW - timedelta(days=4)
    made = facts(None, need("SV-VF", event_on=TODAY - timedelta(days=6)))
    assert judged(made, {("T10", "recent"): since}).due == since


def test_care_declined_stops_the_clock_and_the_reason_stays():
    result = judged(facts(None, need("SV-VF", event_on=TODAY, care_refused=True)))
    assert (result.level, result.due) == ("critical", None)
    later = judged(
        facts(None, need("SV-VF", event_on=TODAY - timedelta(days=9), care_refused=True)), {("T10", "recent"): NOW}
    )
    assert (later.level, later.due) == ("high", None)


def test_one_declined_and_one_open_keep_the_clock():
    made = facts(None, need("SV-VF", event_on=TODAY, care_refused=True), need("SV-VO", event_on=TODAY))
    assert judged(made).due == NOW


@pytest.mark.parametrize(
    ("made", "day"),
    [
        (facts(someone(**born(30)), need("SV-VF", event_on=TODAY)), TODAY + timedelta(days=6)),
        (facts(None, need("PX-PR", due_on=TODAY + timedelta(days=40))), TODAY + timedelta(days=12)),
        (facts(None, need("PX-BI", event_on=TODAY)), TODAY + timedelta(days=43)),
        (facts(site=Site(id="s", closing_on=TODAY + timedelta(days=20))), TODAY + timedelta(days=6)),
        (facts(someone(**born(30)), others=[child("baby", birth_latest=date(2005, 6, 20))]), date(2010, 6, 20)),
    ],
)
def test_time_alone_changes_the_level_next(made, day: date):
    assert judged(made).next_change == midnight(day)


def test_the_fifth_birthday_tomorrow_makes_a_child_alone_less_than_critical_then():
    tomorrow = TODAY + timedelta(days=1)
    boy = someone(sex="M", care="none", birth_earliest=date(2005, 6, 15), birth_latest=date(2005, 6, 15))
    today, then = judged(facts(boy)), judged(facts(boy, today=tomorrow))
    assert (today.level, then.level) == ("critical", "high")
    assert today.next_change == midnight(tomorrow)


@pytest.mark.parametrize(("age_on", "level"), [(17, "high"), (18, "low")])
def test_the_eighteenth_birthday_is_the_first_day_of_an_adult(age_on: int, level: str):
    day = date(2010 - age_on, 6, 14)
    assert judged(facts(someone(care="none", birth_earliest=day, birth_latest=day))).level == level


def test_ages_of_people_born_on_a_leap_day():
    assert birthday(date(2004, 2, 29), 5) == date(2009, 3, 1)
    assert years_before(date(2012, 2, 29), 5) == date(2007, 2, 28)
    assert age_words(date(2004, 2, 29), date(2004, 2, 29), date(2010, 2, 28)) == "5"
    assert age_words(date(1993, 1, 1), date(1993, 12, 31), date(2010, 6, 14)) == "16–17"


def override(level: str, **fields) -> LevelOverride:
    usual = {"set_at": NOW, "review_on": TODAY + timedelta(days=3), **fields}
    return LevelOverride(id="o", person_id="me", level=level, reason="seen at home", set_by="u", **usual)


def test_a_lowered_level_keeps_the_computed_one_and_lapses_on_its_review_date():
    computed = judged(facts(None, need("PX-WO")))
    lowered = with_override(computed, override("medium"), NOW)
    assert (lowered.level, lowered.computed_level, lowered.due) == ("medium", "high", NOW + hours(72))
    assert lowered.reasons == computed.reasons
    assert lowered.next_change == midnight(TODAY + timedelta(days=3))
    assert with_override(computed, override("medium"), NOW + timedelta(days=3)) == computed


def test_a_raised_level_never_has_more_time_than_the_computed_one():
    computed = judged(facts(None, need("FU-TR")), {("T16", "search"): NOW - timedelta(days=9)})
    raised = with_override(computed, override("high"), NOW)
    assert (raised.level, raised.due) == ("high", computed.due)
    assert with_override(judged(facts()), override("high"), NOW).due == NOW + hours(24)


def test_an_override_that_was_ended_is_not_in_force():
    computed = judged(facts())
    assert with_override(computed, override("high", ended_at=NOW), NOW) == computed


def test_a_lowered_level_does_not_hide_what_became_known_later():
    held = {("T19", "injury"): NOW - hours(2)}
    lowered = override("low", set_at=NOW - hours(1))
    assert with_override(judged(facts(None, need("PX-WO")), held), lowered, NOW).level == "low"
    worse = judged(facts(None, need("PX-WO"), need("PX-WL")), held)
    assert (with_override(worse, lowered, NOW).level, with_override(worse, lowered, NOW).due) == ("critical", NOW)


def test_the_three_weightiest_reasons_leave_out_what_was_not_asked():
    made = facts(someone(sex="", urgent=""), need("PX-WO"), need("LP-ND"))
    assert [reason.rule for reason in weightiest(judged(made))] == ["T19", "T15"]
