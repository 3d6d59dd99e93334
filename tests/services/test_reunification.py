"""A handing over rests on signatures or says for ever that it did not; what follows from it by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.services.access_people import Office, at_of_module, words_of
from tests.services.verification_people import Pair, another, both_asked, compared, granted, signed

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.casework import CareArrangement, FollowUp
from panoh.domain.person import Person
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import TracingRequest
from panoh.domain.tracing_papers import REUNION, REUNION_FAMILY, Asked
from panoh.services import (
    after_reunification,
    approvals,
    casework,
    closing,
    decisions,
    due,
    match_sides,
    people,
    reunification,
    shield,
    tracing,
    tracing_actions,
    tracing_consent,
    tracing_paper_people,
    tracing_papers,
    undoing,
    verification_asking,
    verification_compared,
)  # fmt: skip
from panoh.services.decisions import Verdict
from panoh.services.records import keep
from panoh.services.resources import case_times
from panoh.services.reunification import HandingOver
from panoh.services.summaries import Wanted
from panoh.services.verification_asking import hand_over_granted
from panoh.store.tables import table

WHY = "Her grandmother leaves with the last bus today"
at = at_of_module


def handing(two: Pair, **more: Any) -> HandingOver:
    usual: dict[str, Any] = {
        "person_id": two.girl.id, "request_id": two.request.id, "reunified_on": two.at.clock.today(),
        "place": "School 7", "transport": "our car", "handed_to_id": two.woman.id, "relation": "parent",
        "identity_shown": "passport", "witness": "the teacher", "kind": "case_by_case", "care": "parents",
    }  # fmt: skip
    return HandingOver(**{**usual, **more})


def stored(two: Pair, cls: type[Any], *where: Any) -> list[Any]:
    with two.at.supervisor.reading() as reading:
        return reading.all(cls, *where)


def visits(two: Pair) -> list[FollowUp]:
    found = casework.of_person(two.at.holder, two.girl.id).follow_ups
    return sorted((one for one in found if one.kind == "after_reunification"), key=lambda one: str(one.due_on))


def status(two: Pair) -> str:
    return str(stored(two, TracingRequest, table(TracingRequest).c.id == two.request.id)[0].status)


def test_a_signed_hand_over_makes_the_visits_and_the_care_by_itself(two: Pair) -> None:
    one, today = granted(two), two.at.clock.today()
    made, changes = reunification.record(two.at.holder, handing(two, lives_with=True))
    assert (made.verification_id, made.verified_adult, made.emergency) == (one.id, "yes", False)
    assert {"Reunification", "FollowUp", "TracingRequest", "CareArrangement", "Person"} <= changes.kinds
    assert [each.due_on for each in visits(two)] == [today + timedelta(days=n) for n in (7, 30, 91)]
    assert {each.reunification_id for each in visits(two)} == {made.id}
    assert status(two) == "reunified"
    [care] = stored(two, CareArrangement, table(CareArrangement).c.person_id == two.girl.id)
    assert (care.kind, care.carer_id, care.since) == ("parents", two.woman.id, today)
    homes = {p.household_id for p in stored(two, Person, table(Person).c.id.in_([two.girl.id, two.woman.id]))}
    assert len(homes) == 1
    assert "" not in homes
    told = [line.what for line in due.of_person(two.at.holder, two.girl.id)]
    assert told.count("Follow-up: after a reunification") == 3


def test_whoever_was_confirmed_stands_with_the_request_to_its_end(two: Pair) -> None:
    def shown() -> list[tuple[str, str]]:
        found = tracing.candidates(two.at.holder, two.request.id)
        return [(each.person.id, each.decision.state if each.decision else "") for each in found]

    granted(two)
    assert status(two) == "verified"  # nobody is looked for any more
    assert shown() == [(two.girl.id, "confirmed")]
    reunification.record(two.at.holder, handing(two, lives_with=True))
    assert status(two) == "reunified"
    assert shown() == [(two.girl.id, "confirmed")]
    tracing_actions.close(two.at.holder, two.request.id, "reunified", "")
    assert shown() == [(two.girl.id, "confirmed")]
    tracing_consent.withdraw(two.at.holder, two.request.id)
    assert shown() == []


def test_where_the_one_sought_stays_is_closed_until_a_supervisor_agrees_to_the_hand_over(two: Pair) -> None:
    def closed() -> bool:
        return match_sides.sides(two.at.other, two.request.id, two.girl.id).of("place").sealed

    one = signed(two)
    assert closed()  # that they may speak is not where they are
    asked, _changes = verification_asking.ask_hand_over(two.at.holder, one.id, "On Monday, at the school")
    assert closed()
    decisions.decide(two.second, asked.id, Verdict(decision="approve", words=""))
    assert not closed()
    third = another(two.at, two)
    assert match_sides.sides(two.at.other, third.request.id, two.girl.id).of("place").sealed  # for that request alone


def test_nobody_is_handed_over_while_an_answer_differs_that_nobody_has_cleared(two: Pair) -> None:
    one = compared(two)
    found = verification_compared.compared(two.at.holder, one.id)
    verification_compared.judge(two.at.holder, one.id, {q.id: ("differ", "") for q in found.questions[:2]})
    asked, _changes = verification_asking.ask_contact(two.at.holder, one.id)
    decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve", words="voice first"))
    first, second = (q.id for q in found.questions[:2])
    for cleared, left in (({}, [first, second]), ({first: " ", second: "two houses"}, [first])):
        with pytest.raises(FormProblems) as told:
            verification_asking.ask_hand_over(two.at.holder, one.id, "On Monday", cleared)
        assert [problem.field for problem in told.value.problems] == [f"cleared.{each}" for each in left]
    said = {first: "she has two names", second: "two houses", found.questions[3].id: "not kept: it does not differ"}
    approval, _changes = verification_asking.ask_hand_over(two.at.holder, one.id, "On Monday", said)
    kept = {q.id: q.remark for q in verification_compared.compared(two.at.holder, one.id).questions}
    assert (kept[first], kept[second], kept[found.questions[3].id]) == ("she has two names", "two houses", "")
    decisions.decide(two.at.supervisor, approval.id, Verdict(decision="approve", words=""))
    assert reunification.record(two.at.holder, handing(two))


def test_the_days_that_are_set_are_those_of_the_visits_the_paper_and_the_closing(
    two: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to = replace(case_times(), after_reunification=(5, 45))
    for module in (reunification, tracing_paper_people, closing):
        monkeypatch.setattr(module, "case_times", lambda: set_to)
    granted(two)
    made, _changes = reunification.record(two.at.holder, handing(two))
    on = two.at.clock.today()
    assert [each.due_on for each in visits(two)] == [on + timedelta(days=n) for n in (5, 45)]
    for kind in (REUNION, REUNION_FAMILY):
        pdf = tracing_papers.preview(two.at.supervisor, Asked(kind=kind, about=made.person_id), Wanted()).pdf
        assert "we visit: after 5 days and 45 days." in " ".join(" ".join(words_of(pdf)).split())
    assert closing.first("reunified").startswith("Follow up after 5 days and 45 days first:")


def test_the_child_s_own_search_for_that_adult_ends_and_goes_on_with_it(two: Pair) -> None:
    own = TracingRequest(
        id=new_id(),
        number=f"O-{two.girl.number}",
        inquirer_id=two.girl.id,
        sought_person_id=two.woman.id,
        given_name="Она",
    )
    other = replace(own, id=new_id(), number=f"P-{two.girl.number}", sought_person_id="", given_name="Ака")
    keep(two.at.supervisor, own, other)

    def told() -> list[str]:
        found = {
            one.id: one.status
            for one in stored(two, TracingRequest, table(TracingRequest).c.inquirer_id == two.girl.id)
        }
        return [found[own.id], found[other.id]]

    granted(two)
    made, _changes = reunification.record(two.at.holder, handing(two))
    assert told() == ["reunified", "open"]
    on = two.at.clock.today()
    after_reunification.outcome(two.at.holder, made.id, "separated_again", on, "She was sent away", "kinship")
    assert told() == ["in_progress", "open"]


@pytest.mark.parametrize("far", [lambda two: two.begin(), both_asked, compared, signed])
def test_short_of_both_signatures_nobody_is_handed_over(two: Pair, far: Any) -> None:
    far(two)
    for desk in (two.at.holder, two.at.supervisor):
        with pytest.raises(AppError) as raised:
            reunification.record(desk, handing(two))
        assert raised.value.code == "reunification.not_signed"


def test_an_approval_that_was_used_carries_no_second_hand_over(two: Pair) -> None:
    granted(two)
    reunification.record(two.at.holder, handing(two))
    with pytest.raises(AppError) as raised:
        reunification.record(two.at.holder, handing(two))
    assert raised.value.code == "reunification.not_signed"


def test_to_another_adult_only_a_supervisor_or_an_emergency(two: Pair) -> None:
    granted(two)
    aunt = handing(two, handed_to_id="", handed_to="Her aunt Салия", verified_adult="no", other_adult_why="other_carer")
    with pytest.raises(AppError):
        reunification.record(two.at.holder, aunt)
    with pytest.raises(FormProblems):
        reunification.record(two.at.supervisor, replace(aunt, other_adult_why=""))
    reunification.record(two.at.supervisor, aunt)


def test_a_typed_name_is_not_the_adult_who_was_verified(two: Pair) -> None:
    granted(two)
    typed = handing(two, handed_to_id="", handed_to="Her mother", verified_adult="yes", other_adult_why="other")
    with pytest.raises(AppError) as raised:
        reunification.record(two.at.holder, typed)
    assert raised.value.code == "reunification.not_signed"


def test_an_emergency_says_so_for_ever_and_a_supervisor_is_told_at_once(two: Pair) -> None:
    at = two.at
    with pytest.raises(FormProblems) as short:
        reunification.record(at.holder, handing(two, emergency_why="bus"))
    assert [p.field for p in short.value.problems] == ["emergency_why"]
    made, _changes = reunification.record(at.holder, handing(two, emergency_why=WHY))
    assert (made.emergency, made.emergency_by, made.emergency_at) == (True, at.holder.user.id, at.clock.now())
    assert made.verified_adult == ""  # nobody was verified
    asked = [one for one in approvals.page(at.supervisor, 0, 99, decided=False) if one.line.id == two.girl.id]
    assert [one.approval.why for one in asked] == [f"Handed over without a signed verification, because: {WHY}"]
    reunification.correct(at.holder, made.id, handing(two, place="Bus station", emergency_why=""))
    [kept] = stored(two, Reunification, table(Reunification).c.id == made.id)
    assert (kept.place, kept.emergency_why, kept.emergency_by) == ("Bus station", WHY, at.holder.user.id)
    with pytest.raises(AppError):
        keep(at.supervisor, replace(kept, emergency_why=""))
    entries = people.what_happened(at.holder, people.person(at.holder, two.girl.id))
    told = [one for one in entries if one.record_class == "Reunification"]
    assert WHY in repr(told)
    assert not any(undoing.can_restore(one) for one in told)


def test_no_caseworker_hands_over_past_a_danger(two: Pair) -> None:
    at = two.at
    keep(at.supervisor, replace(two.request, held_why="she fears this man"))
    with pytest.raises(AppError) as held:
        reunification.record(at.holder, handing(two, emergency_why=WHY))
    assert held.value.code == "verification.supervisor"
    reunification.record(at.supervisor, handing(two, emergency_why=WHY))


def test_a_shielded_side_is_handed_over_by_a_supervisor_alone(two: Pair) -> None:
    at = two.at
    shield.put_up(at.holder, two.woman.id, "Men from the consulate asked for her")
    with pytest.raises(AppError) as unknown:
        reunification.record(at.other, handing(two, emergency_why=WHY))
    assert unknown.value.code == "shield.withheld"
    with pytest.raises(AppError) as mine:
        reunification.record(at.holder, handing(two, emergency_why=WHY))
    assert mine.value.code == "verification.supervisor"


def test_people_who_came_together_by_themselves_are_noted_and_a_supervisor_looks(two: Pair) -> None:
    at = two.at
    alone = HandingOver(
        person_id=two.girl.id,
        reunified_on=at.clock.today(),
        handed_to="Her uncle",
        relation="aunt_uncle",
        kind="case_by_case",
    )
    with pytest.raises(FormProblems):
        reunification.record(at.holder, alone)
    made, _changes = reunification.record(at.holder, replace(alone, kind="spontaneous", emergency_why=WHY))
    assert (made.request_id, made.emergency, made.verified_adult) == ("", False, "")
    assert len(visits(two)) == 3
    assert any(one.line.id == two.girl.id for one in approvals.page(at.supervisor, 0, 99, decided=False))


def test_another_day_moves_the_visits_that_were_not_made(two: Pair) -> None:
    granted(two)
    at, today = two.at, two.at.clock.today()
    made, _changes = reunification.record(at.holder, handing(two))
    first = visits(two)[0]
    casework.followed_up(at.holder, replace(first, seen="yes", done_on=today))
    reunification.correct(at.holder, made.id, handing(two, reunified_on=today - timedelta(days=2)))
    assert [one.due_on for one in visits(two)] == [today + timedelta(days=n) for n in (7, 28, 89)]


@pytest.mark.parametrize("code", ["breakdown", "separated_again"])
def test_apart_again_the_search_goes_on_and_somebody_says_who_cares(two: Pair, code: str) -> None:
    granted(two)
    at, today = two.at, two.at.clock.today()
    made, _changes = reunification.record(at.holder, handing(two))
    with pytest.raises(FormProblems) as missing:
        after_reunification.outcome(at.holder, made.id, code, today, "he drinks")
    assert [p.field for p in missing.value.problems] == ["care"]
    after_reunification.outcome(at.holder, made.id, code, today, "he drinks", "none")
    assert status(two) == "in_progress"
    rows = stored(two, CareArrangement, table(CareArrangement).c.person_id == two.girl.id)
    assert [one.kind for one in rows if one.until is None] == ["none"]
    [one] = after_reunification.of_person(at.holder, two.girl.id)
    assert (one.reunification.outcome, one.request_number, one.by) == (code, two.request.number, "Feruza")


def test_when_the_visits_are_over_those_not_made_go(two: Pair) -> None:
    granted(two)
    made, _changes = reunification.record(two.at.holder, handing(two))
    after_reunification.outcome(two.at.holder, made.id, "done", two.at.clock.today(), "the mother has died")
    assert visits(two) == []


@given(
    steps=st.lists(st.sampled_from(["sign", "grant", "hand", "emergency", "other", "alone", "supervisor"]), max_size=6)
)
@examples(8, share_fixtures=True)
def test_nobody_is_handed_over_without_signatures_but_in_an_emergency(
    at: Office, second: Pair, steps: list[str]
) -> None:
    two = another(at, second)
    for step in steps:
        desk = at.supervisor if step == "supervisor" else at.holder
        more = {
            "emergency": {"emergency_why": WHY},
            "other": {"handed_to_id": "", "handed_to": "Her aunt", "verified_adult": "no", "other_adult_why": "other"},
            "alone": {"request_id": "", "kind": "spontaneous"},
        }.get(step, {})
        try:
            if step == "sign":
                signed(two)
            elif step == "grant":
                granted(two)
            else:
                reunification.record(desk, handing(two, **more))
        except (AppError, FormProblems):
            continue
    with at.supervisor.reading() as reading:
        r = table(Reunification).c
        for one in reading.all(Reunification, r.person_id == two.girl.id):
            alone = not one.request_id and one.kind == "spontaneous"
            signed_for = False
            if one.verification_id:
                verified = reunification.Verification
                found = reading.get(verified, one.verification_id)
                signed_for = found.result == "verified" and hand_over_granted(reading, found) is not None
            assert alone or one.emergency or (signed_for and one.verified_adult == "yes")
