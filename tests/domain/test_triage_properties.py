"""What must hold for every person: needs never lower a level, edits never extend a due time, order does not matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from triage_cases import (
    NOW,
    TODAY,
    UNKNOWN_AGE,
    born,
    born_between,
    child,
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
from panoh.domain.triage import codes
from panoh.domain.triage.explain import explain
from panoh.domain.triage.gather import Casework
from panoh.domain.triage.levels import RANK
from panoh.domain.triage.predicates import PREDICATES, WITHOUT_NEEDS, codes_of_rules
from panoh.domain.triage.wording import FACTS, reason_text, why_text

CODES = sorted(frozenset().union(*codes_of_rules().values()))
some_days = st.one_of(st.none(), st.integers(-300, 300).map(lambda n: TODAY + timedelta(days=n)))
needs = st.builds(
    lambda code, status, event, due, refused: need(
        code, status=status, event_on=event, due_on=due, care_refused=refused
    ),
    st.sampled_from(CODES),
    st.sampled_from(["noticed", "pending", "confirmed"]),
    some_days,
    some_days,
    st.booleans(),
)
births = st.one_of(
    st.just(UNKNOWN_AGE),
    st.integers(0, 90).map(born),
    st.integers(0, 80).flatmap(lambda low: st.integers(low, low + 10).map(lambda high: born_between(low, high))),
)
people = st.builds(
    lambda birth, sex, care, urgent, border, presence, gone, ahead, leaves: someone(
        sex=sex, care=care, urgent=urgent, border_status=border, presence=presence, disappeared_on=gone,
        intends_to_go=ahead, departs_on=leaves, **birth,
    ),
    births,
    st.sampled_from(["F", "M", ""]),
    st.sampled_from(["", "none", "parents", "kinship", "unrelated_adult"]),
    st.sampled_from(["", "none", "yes"]),
    st.sampled_from(["", "waiting", "admitted", "turned_back"]),
    st.sampled_from(["here", "here", "stopped", "missing", "detained", "left_behind", "elsewhere"]),
    st.sampled_from([None, None, TODAY]),
    st.sampled_from(["", "UZ", "KG"]),
    st.sampled_from([None, None, TODAY + timedelta(days=2), TODAY + timedelta(days=20)]),
)  # fmt: skip
signs = st.lists(st.sampled_from(["unknown_men", "foreign_warrant", "final_refusal", "police_threats", "profile"]))
assessments = st.builds(
    lambda feared, hiding, wanted, by, seen, leave, stage, told: fears(
        feared_country=feared, hiding_from=hiding, extradition=wanted, recognised_by=by, signals=tuple(seen),
        leave_by=leave, extradition_stage=stage, asked_at=told,
    ),
    st.sampled_from(["", "none", "KG", "UZ", "CN"]),
    st.sampled_from(["", "none", "state", "other"]),
    st.sampled_from(["", "yes", "no"]),
    st.sampled_from(["", "UNHCR"]),
    signs,
    st.sampled_from([None, None, TODAY + timedelta(days=5), TODAY + timedelta(days=30)]),
    st.sampled_from(["", "", "allowed", "refused"]),
    st.sampled_from([None, NOW, NOW - timedelta(days=5)]),
)  # fmt: skip
caseworks = st.builds(
    lambda seen, threat, assessed, care, checked: Casework(
        follow_ups=[FollowUp(id="f", case_id="c", done_on=TODAY, seen=seen)] if seen else (),
        threats=[Incident(id="i", kind="threat", happened_latest=threat)] if threat else (),
        care=[CareArrangement(id="a", person_id="me", kind=care, assessed_on=checked)] if care else (),
        assessed_on=assessed,
    ),
    st.sampled_from(["", "", "yes", "no"]),
    st.sampled_from([None, None, TODAY]),
    st.sampled_from([None, TODAY - timedelta(days=1), TODAY + timedelta(days=1)]),
    st.sampled_from(["", "", "foster", "none", "unrelated_adult"]),
    st.sampled_from([None, TODAY]),
)
homes = st.fixed_dictionaries(
    {
        "shelter": st.sampled_from(["", "adequate", "inadequate", "open_air"]),
        "house_burnt": st.sampled_from(["", "yes"]),
    }
)
lives = st.tuples(people, st.lists(needs, max_size=4), assessments, homes, caseworks)


def made_of(life, *more, today: date = TODAY):
    me, mine, told, home, work = life
    return facts(
        me, *mine, *more, others=[child(), someone("he")], assessments=[told], home=home, casework=work, today=today
    )


def held(result, at):
    return {(reason.rule, reason.variant): at for reason in result.reasons}


@given(lives, needs)
def test_one_more_need_never_lowers_a_level(life, more):
    before, after = judged(made_of(life)), judged(made_of(life, more))
    assert RANK[after.level] <= RANK[before.level]


@given(lives)
def test_what_is_not_tried_for_someone_without_needs_could_not_have_fired(life):
    me, _needs, told, home, work = life
    about = facts(
        me, others=[child(), someone("he")], assessments=[told], home=home, casework=work,
        site=Site(id="s", closing_on=TODAY),
    )  # fmt: skip
    assert [p.rule for p in PREDICATES if p not in WITHOUT_NEEDS and p.test(about) is not None] == []


@given(lives)
def test_watching_what_a_rule_reads_changes_no_answer(life):
    made = made_of(life)
    assert {f"{each.rule}.{each.variant}" for each in explain(made) if each.fired} == fired(made)


@given(lives)
def test_the_same_facts_give_the_same_answer(life):
    assert judged(made_of(life)) == judged(made_of(life))


@given(lives, st.randoms(use_true_random=False))
def test_the_order_in_which_needs_were_recorded_does_not_matter(life, random):
    me, mine, told, home, work = life
    shuffled = list(mine)
    random.shuffle(shuffled)
    told_otherwise = replace(told, signals=tuple(reversed(told.signals)))
    one, other = judged(made_of(life)), judged(made_of((me, shuffled, told_otherwise, home, work)))
    assert (one.level, one.due, one.next_change, one.questions) == (
        other.level,
        other.due,
        other.next_change,
        other.questions,
    )
    assert [(r.rule, r.variant, r.due) for r in one.reasons] == [(r.rule, r.variant, r.due) for r in other.reasons]


@given(lives, needs)
def test_one_more_need_never_extends_a_due_time(life, more):
    earlier = NOW - timedelta(hours=30)
    before = judged(made_of(life), now=earlier)
    after = judged(made_of(life, more), held(before, earlier))
    if before.due is not None and not more.care_refused:
        assert after.due is not None
        assert after.due <= before.due


@given(lives, st.integers(1, 400))
def test_what_was_held_keeps_its_due_time_while_the_same_rules_fire(life, hours):
    before = judged(made_of(life), now=NOW - timedelta(hours=hours))
    after = judged(made_of(life), held(before, NOW - timedelta(hours=hours)))
    assert (after.due, after.level) == (before.due, before.level)


@given(lives)
def test_the_level_is_that_of_the_first_reason_and_the_due_time_the_earliest(life):
    result = judged(made_of(life))
    ranks = [RANK[reason.level] for reason in result.reasons]
    assert ranks == sorted(ranks)
    assert result.level == (result.reasons[0].level if result.reasons else "low")
    assert result.due == min((r.due for r in result.reasons if r.due is not None), default=None)
    assert result.level != "unknown" or all(r.rule in ("T16", "T18") for r in result.reasons)


@given(lives)
def test_time_changes_nothing_before_the_moment_that_was_announced(life):
    result = judged(made_of(life))
    last = TODAY + timedelta(days=3650) if result.next_change is None else result.next_change.astimezone().date()
    eve = min(last - timedelta(days=1), TODAY + timedelta(days=3650))
    then = judged(made_of(life, today=eve))
    assert [(r.rule, r.variant) for r in then.reasons] == [(r.rule, r.variant) for r in result.reasons]


@given(lives)
def test_every_reason_is_worded_with_its_facts_and_a_restricted_one_tells_nothing(life):
    hidden = rulebook().restricted.reason
    for reason in judged(made_of(life)).reasons:
        assert {fact.name for fact in reason.facts} <= FACTS.keys()
        assert "{" not in reason_text(reason, rulebook(), may_see_restricted=True)
        if reason.sensitive:
            assert reason_text(reason, rulebook(), may_see_restricted=False) == hidden
            assert reason_text(reason, rulebook(), may_see_restricted=False, for_paper=True) == hidden
            assert why_text(reason, rulebook(), may_see_restricted=False) == hidden


@given(lives)
def test_survivors_and_people_in_hiding_are_never_worded_on_paper(life):
    restricted = codes.TORTURE | codes.SEXUAL_VIOLENCE | codes.OTHER_GENDER_VIOLENCE | {codes.IN_HIDING}
    for reason in judged(made_of(life)).reasons:
        read = {fact.value for fact in reason.facts if fact.name == "need"}
        if read & restricted:
            assert reason.sensitive, reason


@given(lives, st.sampled_from([date.min, date.max, date(2900, 1, 1), date(1, 12, 31)]))
def test_days_at_the_ends_of_the_calendar_break_nothing(life, day):
    _me, mine, told, home, _work = life
    far = [need("SV-VF", event_on=day), need("PX-PR", due_on=day), need("PX-BI", event_on=day)]
    someone_else = someone(birth_earliest=day, birth_latest=day)
    assessed = replace(told, leave_by=day, return_threatened_on=day)
    followed = Casework(threats=[Incident(id="i", happened_latest=day)], assessed_on=day)
    site = Site(id="site", closing_on=day)
    leaving = replace(someone_else, departs_on=day)
    judged(facts(leaving, *mine, *far, assessments=[assessed], home=home, site=site, casework=followed))


# One more danger of each kind that a rule reads, told of the person or of the assessment.
DANGERS = {
    "extradition": ("told", {"extradition": "yes"}),
    "a list": ("told", {"named_on_list": "yes"}),
    "agents": ("told", {"approached_by_agents": "yes"}),
    "threatened return": ("told", {"return_threatened_on": TODAY}),
    "hiding from a State": ("told", {"hiding_from": "state"}),
    "handing over": ("told", {"extradition_stage": "allowed"}),
    "held": ("told", {"detained_since": TODAY, "outcome": "", "lawyer_or_access": "no"}),
    "leaves": ("told", {"leave_by": TODAY}),
    "planned return": ("me", {"departs_on": TODAY + timedelta(days=1)}),
    "gone": ("me", {"disappeared_on": TODAY}),
    "urgent": ("me", {"urgent": "yes"}),
    "turned back": ("me", {"border_status": "turned_back"}),
    "open air": ("home", {"shelter": "open_air"}),
    "burnt": ("home", {"house_burnt": "yes"}),
    "threat": ("work", {"threats": [Incident(id="i", happened_latest=TODAY + timedelta(days=2))]}),
    "not met": ("work", {"follow_ups": [FollowUp(id="f", case_id="c", done_on=TODAY, seen="no")]}),
}


@given(lives, st.sampled_from(sorted(DANGERS)))
def test_one_more_danger_never_lowers_a_level(life, name):
    me, mine, told, home, work = life
    where, change = DANGERS[name]
    worse = (
        replace(me, **change) if where == "me" else me, mine, replace(told, **change) if where == "told" else told,
        home | change if where == "home" else home, replace(work, **change) if where == "work" else work,
    )  # fmt: skip
    assert RANK[judged(made_of(worse)).level] <= RANK[judged(made_of(life)).level]


@given(lives, st.sampled_from(sorted(codes_of_rules()["T02x"] | {"unknown_men", "foreign_warrant", "final_refusal"})))
def test_one_more_sign_of_return_never_lowers_a_level(life, sign):
    me, mine, told, home, work = life
    if "-" in sign:
        worse = (me, [*mine, need(sign)], told, home, work)
    else:
        worse = (me, mine, replace(told, signals=(*told.signals, sign)), home, work)
    assert RANK[judged(made_of(worse)).level] <= RANK[judged(made_of(life)).level]


@given(lives, st.sampled_from(["birth", "sex", "feared", "urgent"]))
def test_whoever_was_not_asked_is_never_low(life, missing):
    me, mine, told, home, work = life
    if me.presence == "missing":
        return  # nobody can ask them
    changes = {"birth": UNKNOWN_AGE, "sex": {"sex": ""}, "urgent": {"urgent": ""}, "feared": {}}
    if missing == "feared":
        told = replace(told, feared_country="")
    assert judged(made_of((replace(me, **changes[missing]), mine, told, home, work))).level != "low"
