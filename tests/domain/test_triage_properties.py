"""What must hold for every person: needs never lower a level, edits never extend a due time, order does not matter."""

from __future__ import annotations

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
    judged,
    need,
    rulebook,
    someone,
)

from panoh.domain.household import Site
from panoh.domain.triage import codes
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
    lambda birth, sex, care, urgent, border, presence, gone, ahead: someone(
        sex=sex, care=care, urgent=urgent, border_status=border, presence=presence, disappeared_on=gone,
        intends_to_go=ahead, **birth,
    ),
    births,
    st.sampled_from(["F", "M", ""]),
    st.sampled_from(["", "none", "parents", "kinship", "unrelated_adult"]),
    st.sampled_from(["", "none", "yes"]),
    st.sampled_from(["", "waiting", "admitted", "turned_back"]),
    st.sampled_from(["here", "here", "stopped", "missing", "detained", "left_behind", "elsewhere"]),
    st.sampled_from([None, None, TODAY]),
    st.sampled_from(["", "UZ", "KG"]),
)  # fmt: skip
assessments = st.builds(
    lambda feared, hiding, wanted, by: fears(
        feared_country=feared, hiding_from=hiding, extradition=wanted, recognised_by=by
    ),
    st.sampled_from(["", "none", "KG", "UZ", "CN"]),
    st.sampled_from(["", "none", "state", "other"]),
    st.sampled_from(["", "yes", "no"]),
    st.sampled_from(["", "UNHCR"]),
)
homes = st.fixed_dictionaries(
    {
        "shelter": st.sampled_from(["", "adequate", "inadequate", "open_air"]),
        "house_burnt": st.sampled_from(["", "yes"]),
    }
)
lives = st.tuples(people, st.lists(needs, max_size=4), assessments, homes)


def made_of(life, *more, today: date = TODAY):
    me, mine, told, home = life
    return facts(me, *mine, *more, others=[child(), someone("he")], assessments=[told], home=home, today=today)


def held(result, at):
    return {(reason.rule, reason.variant): at for reason in result.reasons}


@given(lives, needs)
def test_one_more_need_never_lowers_a_level(life, more):
    before, after = judged(made_of(life)), judged(made_of(life, more))
    assert RANK[after.level] <= RANK[before.level]


@given(lives)
def test_what_is_not_tried_for_someone_without_needs_could_not_have_fired(life):
    me, _needs, told, home = life
    about = facts(
        me, others=[child(), someone("he")], assessments=[told], home=home, site=Site(id="s", closing_on=TODAY)
    )
    assert [p.rule for p in PREDICATES if p not in WITHOUT_NEEDS and p.test(about) is not None] == []


@given(lives)
def test_the_same_facts_give_the_same_answer(life):
    assert judged(made_of(life)) == judged(made_of(life))


@given(lives, st.randoms(use_true_random=False))
def test_the_order_in_which_needs_were_recorded_does_not_matter(life, random):
    me, mine, told, home = life
    shuffled = list(mine)
    random.shuffle(shuffled)
    one, other = judged(made_of(life)), judged(made_of((me, shuffled, told, home)))
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
    _me, mine, told, home = life
    far = [need("SV-VF", event_on=day), need("PX-PR", due_on=day), need("PX-BI", event_on=day)]
    someone_else = someone(birth_earliest=day, birth_latest=day)
    judged(facts(someone_else, *mine, *far, assessments=[told], home=home, site=Site(id="site", closing_on=day)))
