"""Both sides asked apart, compared, and signed: what nobody reads too early, what is missing, what a decision does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.services.access_people import Office, at_of_module, bring_in, kind, need, told
from tests.services.verification_people import (
    NOTED,
    PHOTO,
    Pair,
    ask_side,
    both_asked,
    compared,
    person,
    signed,
)

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.casework import Approval
from panoh.domain.consent import Consent
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.verification import Verification, VerificationQuestion, headline, tally
from panoh.services import (
    approvals,
    decisions,
    journal,
    matches,
    mentions,
    people,
    shield,
    undoing,
    verification,
    verification_asking,
    verification_compared,
)
from panoh.services.decisions import Verdict
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.store import erasing
from panoh.store.tables import table

at = at_of_module


def code_of(raised: pytest.ExceptionInfo[AppError]) -> str:
    return raised.value.code


def stored(at: Office, cls: type[Any], record_id: str) -> Any:
    with at.supervisor.reading() as reading:
        return reading.get(cls, record_id)


def everything_told(desk: Desk, two: Pair, one: Verification) -> str:
    """Whatever a user can read of a verification but its side."""
    said = [
        repr(verification_compared.compared(desk, one.id)),
        repr(verification.of_pair(desk, two.request.id, two.girl.id)),
    ]
    said += [repr(people.what_happened(desk, people.person(desk, each.id))) for each in (two.girl, two.woman)]
    said.append(repr(approvals.page(desk, 0, 99, decided=False)))
    if desk.is_supervisor:
        with desk.reading() as reading:
            q = table(VerificationQuestion).c
            ours = {one.id, *(each.id for each in reading.all(VerificationQuestion, q.verification_id == one.id))}
        said.append(repr([e for e in journal.page(desk, journal.Filter(), 0, 400) if e.record_id in ours]))
        with desk.reading() as reading:
            found = mentions.find(reading, erasing.about(reading, [two.girl.id]))
            said.append(repr([(place.words, place.text) for place in (*found.places, *found.takes_along)]))
    return "\n".join(said)


def test_a_session_reads_one_side_and_nobody_reads_the_other(two: Pair) -> None:
    one, at = two.begin(), two.at
    mine = verification.side_view(at.holder, one.id, "a")
    assert (mine.whom.id if mine.whom else "", mine.send_out, mine.photo_open) == (two.girl.id, two.woman.number, False)
    verification.answer(at.holder, one.id, "a", {mine.questions[4].id: "apricot Гульнара Юсупова"})
    for desk in (at.other, at.supervisor):
        with pytest.raises(AppError) as taken:
            verification.side_view(desk, one.id, "a")
        assert code_of(taken) == "verification.side_taken"
    with pytest.raises(AppError) as other_side:
        verification.side_view(at.holder, one.id, "b")
    assert code_of(other_side) == "verification.one_side"
    for desk in (at.holder, at.other, at.supervisor, two.second):
        assert "apricot" not in everything_told(desk, two, one)
    theirs = verification.side_view(at.other, one.id, "b")
    assert not theirs.heard_other
    assert "apricot" not in repr(theirs)
    assert verification.side_view(at.holder, one.id, "a").questions[4].answer == "apricot Гульнара Юсупова"


def test_the_search_for_a_name_shows_no_answer_too_early(two: Pair) -> None:
    """Whoever is to be erased may be named in an answer: that it is named is told, and not what else was answered."""
    at, aunt = two.at, person(two.at, "Айсулуу", "F", 30)
    one = two.begin()
    mine = verification.side_view(at.holder, one.id, "a")
    verification.answer(at.holder, one.id, "a", {mine.questions[3].id: "apricot, with Айсулуу Юсупова"})

    def found() -> list[mentions.Place]:
        with at.supervisor.reading() as reading:
            places = mentions.find(reading, erasing.about(reading, [aunt.id])).places
        return [place for place in places if place.record_id == mine.questions[3].id]

    [hidden] = found()
    assert "apricot" not in repr((hidden.words, hidden.text))
    verification.complete(at.holder, one.id, "a")
    ask_side(at.other, one, "b", "walnut")
    [shown] = found()
    assert "apricot" in shown.text


def test_who_asks_both_sides_alone_never_sees_the_first_beside_the_second(two: Pair) -> None:
    one, at = two.begin(), two.at
    ask_side(at.holder, one, "a", "apricot")
    with pytest.raises(AppError) as closed:
        verification.side_view(at.holder, one.id, "a")
    assert code_of(closed) == "verification.side_done"
    assert "apricot" not in repr(verification.side_view(at.holder, one.id, "b"))
    assert "apricot" not in everything_told(at.holder, two, one)
    assert verification.side_view(at.holder, one.id, "b").heard_other
    ask_side(at.holder, one, "b", "walnut")
    found = verification_compared.compared(at.supervisor, one.id)
    assert (
        found.asked_by
        == "Asked by Feruza (side A) and Feruza (side B). Both sides were heard by Feruza, one after the other."
    )
    assert (found.questions[0].answer_a, found.questions[0].answer_b) == ("apricot 0", "walnut 0")
    assert "apricot 0" in repr(journal.page(at.supervisor, journal.Filter(record_class="VerificationQuestion"), 0, 400))


def test_a_side_that_is_begun_again_loses_its_answers(two: Pair) -> None:
    one, at = two.begin(), two.at
    mine = verification.side_view(at.holder, one.id, "a")
    verification.answer(at.holder, one.id, "a", {mine.questions[3].id: "apricot"})
    with pytest.raises(AppError):
        verification.ask_anew(at.other, one.id, "a")
    verification.ask_anew(at.supervisor, one.id, "a")
    assert "apricot" not in repr(verification.side_view(at.supervisor, one.id, "a"))
    assert "apricot" not in everything_told(two.second, two, one)
    ask_side(at.supervisor, one, "a", "apricot")
    assert verification.side_view(at.holder, one.id, "b").heard_other  # they heard what was taken off the sheet
    ask_side(at.holder, one, "b", "walnut")
    found = verification_compared.compared(at.supervisor, one.id)
    name = at.supervisor.user.name
    assert (
        found.asked_by
        == f"Asked by Feruza and {name} (side A) and Feruza (side B). Both sides were heard by Feruza, one after the other."
    )


def test_photos_come_after_the_names(two: Pair) -> None:
    one, at = two.begin(), two.at
    asked = verification.side_view(at.holder, one.id, "a").questions
    with pytest.raises(AppError) as early:
        verification.answer(at.holder, one.id, "a", {asked[0].id: "Мадина"}, PHOTO)
    assert code_of(early) == "verification.names_first"
    names = {each.id: "x" for each in asked if each.first}
    verification.answer(at.holder, one.id, "a", names, PHOTO)
    assert verification.side_view(at.holder, one.id, "a").photo == PHOTO
    assert PHOTO not in everything_told(two.second, two, one)


def test_a_side_is_not_closed_before_the_photos_are_answered_which_nobody_could_add(two: Pair) -> None:
    one, at = two.begin(), two.at
    for side in ("a", "b"):
        with pytest.raises(FormProblems) as empty:
            verification.complete(at.holder, one.id, side)
        assert [p.field for p in empty.value.problems] == ["side"]
        asked = verification.side_view(at.holder, one.id, side).questions
        told = {each.id: "x" for each in asked if each.first or side == "a"}
        verification.answer(at.holder, one.id, side, told)
        with pytest.raises(FormProblems) as unsaid:
            verification.complete(at.holder, one.id, side)
        assert [p.field for p in unsaid.value.problems] == ["photo"]
        verification.answer(at.holder, one.id, side, {}, "nobody")
        verification.complete(at.holder, one.id, side)
    found = stored(at, Verification, one.id)
    assert (found.photo_choice_a, found.photo_choice_b) == ("nobody", "nobody")


def test_who_told_no_names_was_shown_no_photos(two: Pair) -> None:
    one, at = two.begin(), two.at
    asked = verification.side_view(at.holder, one.id, "a").questions
    verification.answer(at.holder, one.id, "a", {asked[-1].id: "x"})
    verification.complete(at.holder, one.id, "a")
    assert stored(at, Verification, one.id).photo_choice_a == "not_done"


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["view", "answer", "complete", "anew", "judge", "note", "begin", "give_up", "ask", "undo"]),
        st.sampled_from(["a", "b"]), st.integers(0, 3),
    ),
    min_size=3, max_size=14,
)  # fmt: skip


@given(steps=_STEPS)
@examples(6, share_fixtures=True)
def test_no_way_of_verbs_shows_both_sides_before_both_are_complete(
    at: Office, second: Pair, steps: list[tuple[str, str, int]]
) -> None:
    girl, woman = person(at, "Мадина", "F", 9), person(at, "Гульнара", "F", 38)
    request = replace(second.request, id=new_id(), number=f"R-{girl.number}", inquirer_id=woman.id, status="open")
    keep(at.supervisor, request)
    two = Pair(at, girl, woman, request, second.second)
    one, desks = two.begin(), (at.holder, at.other, at.supervisor, second.second)
    words = {"a": "apricot", "b": "walnut"}
    for verb, side, who in steps:
        desk, shown = desks[who], ""
        try:
            shown = repr(_do(desk, two, one, verb, side, words[side]))
        except (AppError, FormProblems) as refused:
            shown = repr(getattr(refused, "problems", ""))
        now: Verification = stored(at, Verification, one.id)
        if now.a_done_at and now.b_done_at:
            continue
        assert not (words["a"] in shown and words["b"] in shown)
        assert verb in ("view", "answer") or not any(word in shown for word in words.values())
        if verb == "view" and shown.startswith("SideView"):
            assert words["b" if side == "a" else "a"] not in shown
        assert not any(word in everything_told(desk, two, one) for word in words.values())
        assert now.a_asked_by != now.b_asked_by or not now.a_asked_by or now.a_done_at or now.b_done_at
    v = table(Verification).c
    with at.supervisor.reading() as reading:
        found = reading.all(Verification, v.request_id == request.id, v.person_id == girl.id, v.result == "")
    assert len(found) <= 1


def _do(desk: Desk, two: Pair, one: Verification, verb: str, side: str, word: str) -> object:
    questions = verification_compared.compared(desk, one.id).questions
    match verb:
        case "view":
            return verification.side_view(desk, one.id, side)
        case "answer":
            return verification.answer(desk, one.id, side, {questions[4].id: word}, "not_done")
        case "complete":
            return verification.complete(desk, one.id, side)
        case "anew":
            return verification.ask_anew(desk, one.id, side)
        case "judge":
            return verification_compared.judge(desk, one.id, {questions[4].id: ("agree", "so")})
        case "note":
            return verification_compared.note(desk, one.id, {"referee": "one neighbour"})
        case "begin":
            return verification.begin(desk, two.request.id, two.girl.id)
        case "give_up":
            return verification.give_up(desk, one.id, "went away")
        case "ask":
            return verification_asking.ask_contact(desk, one.id)
    entries = journal.page(two.at.supervisor, journal.Filter(record_class="VerificationQuestion"), 0, 5)
    return [undoing.restore(desk, entry) for entry in entries[:1]]


def test_what_is_missing_is_told_in_words_and_the_child_is_always_heard(two: Pair) -> None:
    one, at = two.begin(), two.at
    assert [m.field for m in verification_compared.ready(at.holder, one.id)] == ["side_a", "side_b"]
    ask_side(at.holder, one, "a", "apricot")
    ask_side(at.other, one, "b", "walnut")
    missing = {m.field.split(".")[0] for m in verification_compared.ready(at.holder, one.id)}
    assert {"agreement", "child_view", "child_told", "danger_state", "recommendation"} <= missing
    found = verification_compared.compared(at.holder, one.id)
    verification_compared.judge(at.holder, one.id, {q.id: ("agree", "") for q in found.questions})
    verification_compared.note(at.holder, one.id, {**NOTED, "child_view": " "})
    with pytest.raises(FormProblems) as raised:
        verification_asking.ask_contact(at.holder, one.id)
    assert [p.field for p in raised.value.problems] == ["child_view"]


def test_answers_are_frozen_and_a_remark_is_never_overwritten(two: Pair) -> None:
    one, at = both_asked(two), two.at
    question = verification_compared.compared(at.holder, one.id).questions[0]
    with pytest.raises(AppError):
        verification.answer(at.holder, one.id, "a", {question.id: "other"})
    with pytest.raises(AppError) as refused:
        keep(at.supervisor, replace(stored(at, VerificationQuestion, question.id), answer_a="other"))
    assert code_of(refused) == "access.denied"
    verification_compared.judge(at.holder, one.id, {question.id: ("partly", "spelled two ways")})
    verification_compared.judge(at.holder, one.id, {question.id: ("agree", "asked again, the same")})
    now = verification_compared.compared(at.holder, one.id).questions[0]
    assert now.agreement == "agree"
    assert now.remark == "spelled two ways\n14 Jun 2010, Feruza: asked again, the same"


def test_the_headline_counts_what_was_compared() -> None:
    said = ["agree"] * 5 + ["partly"] * 3 + ["differ", "open", ""]
    questions = [VerificationQuestion(id=str(at), verification_id="v", agreement=one) for at, one in enumerate(said)]
    assert headline(tally(questions)) == "5 of 9 agree, 3 partly, 1 differs"


@given(said=st.lists(st.sampled_from(["agree", "partly", "differ", "open", ""]), max_size=20))
@examples(50)
def test_the_headline_loses_no_answer(said: list[str]) -> None:
    questions = [VerificationQuestion(id=str(at), verification_id="v", agreement=one) for at, one in enumerate(said)]
    counted = tally(questions)
    assert counted.judged + counted.open == len(said)
    assert (f"of {counted.judged} agree" in headline(counted)) == bool(counted.judged)


# --- who may begin, and who goes on ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"consent_to_trace": "no"}, "verification.consent"),
        ({"consent_to_trace": ""}, "verification.consent"),
        ({"status": "closed"}, "verification.closed"),
        ({"held_why": "she fears him"}, "verification.held"),
    ],
)
def test_nothing_begins_without_consent_or_past_a_hold(two: Pair, change: dict[str, Any], code: str) -> None:
    keep(two.at.supervisor, replace(two.request, **change))
    with pytest.raises(AppError) as raised:
        two.begin()
    assert code_of(raised) == code


def test_whoever_does_not_want_to_be_found_is_not_verified(two: Pair) -> None:
    keep(
        two.at.supervisor,
        Consent(
            id=new_id(), person_id=two.girl.id, purpose="tracing", recipient="this_organisation", answer="no",
            given_on=two.at.clock.today(), given_by="self", how="spoken",
        ),
    )  # fmt: skip
    with pytest.raises(AppError) as raised:
        two.begin()
    assert code_of(raised) == "verification.refused"


def test_consent_taken_back_stops_what_is_asked(two: Pair) -> None:
    one = compared(two)
    with two.at.supervisor.reading() as reading:
        request = reading.get(TracingRequest, two.request.id)
    keep(two.at.supervisor, replace(request, consent_to_trace="no"))
    with pytest.raises(AppError) as raised:
        verification_asking.ask_contact(two.at.holder, one.id)
    assert code_of(raised) == "verification.consent"


def test_one_verification_of_a_pair_at_a_time_and_none_of_whom_was_ruled_out(two: Pair) -> None:
    one = two.begin()
    assert stored(two.at, TracingRequest, two.request.id).status == "in_progress"
    with pytest.raises(AppError) as twice:
        two.begin()
    assert code_of(twice) == "verification.twice"
    verification.give_up(two.at.holder, one.id, "she went to Jalal-Abad")
    matches.reject(two.at.supervisor, two.request.id, two.girl.id, "the mark is another one")
    with pytest.raises(AppError) as rejected:
        two.begin()
    assert code_of(rejected) == "verification.rejected"


def test_the_dead_are_verified_no_more(two: Pair) -> None:
    keep(two.at.supervisor, replace(two.woman, presence="dead"))
    with pytest.raises(AppError) as raised:
        two.begin()
    assert code_of(raised) == "verification.died"


def test_a_shielded_side_is_a_supervisors_and_unknown_to_others(two: Pair) -> None:
    at = two.at
    shield.put_up(at.holder, two.woman.id, "Men from the consulate asked for her")
    with pytest.raises(AppError) as masked:
        verification.begin(at.other, two.request.id, two.girl.id)
    assert code_of(masked) == "shield.withheld"
    with pytest.raises(AppError) as mine:
        two.begin()
    assert code_of(mine) == "verification.supervisor"
    one, _changes = verification.begin(at.supervisor, two.request.id, two.girl.id)
    assert "shielded" in " ".join(verification_compared.compared(at.supervisor, one.id).warnings)
    with pytest.raises(AppError):
        verification_compared.compared(at.other, one.id)


@pytest.mark.parametrize(
    "facts", [kind("T02", told(extradition="yes")), kind("T10", need("SV-VF"))], ids=lambda k: k.name
)
def test_who_may_not_read_the_facts_of_a_side_reads_no_word_of_it(at: Office, second: Pair, facts: Any) -> None:
    girl = bring_in(at, facts)
    request = replace(second.request, id=new_id(), number=f"W-{girl.number}", status="open")
    keep(at.supervisor, request)
    two = Pair(at, girl, second.woman, request, second.second)
    one, _changes = verification.begin(at.other, request.id, girl.id)
    ask_side(at.other, one, "a", "apricot")
    ask_side(at.supervisor, one, "b", "walnut")
    found = verification_compared.compared(at.other, one.id)
    assert found.withheld
    assert not any(word in repr(found) for word in ("apricot", "walnut"))
    assert found.warnings == (
        "Facts of one side are shown by role: whoever holds the case, or a supervisor, goes on with it.",
    )
    for verb in (verification_compared.judge, verification_compared.note):
        with pytest.raises(AppError) as raised:
            verb(at.other, one.id, {})
        assert code_of(raised) == "access.denied"
    assert "apricot" in repr(verification_compared.compared(at.supervisor, one.id))
    del two


# --- what the decision does -----------------------------------------------------------------------------------------------


def test_a_supervisor_who_did_not_ask_signs_and_the_pair_is_verified(two: Pair) -> None:
    at, one = two.at, compared(two)
    asked, _changes = verification_asking.ask_contact(at.holder, one.id, "May she hear her voice?")
    assert "4 of" not in asked.why
    assert (
        "Asked by Feruza (side A) and Bakyt (side B). Apart; the answers were hidden until both had ended." in asked.why
    )
    assert "5 of 9 agree, 3 partly, 1 differs" in asked.why
    for verb in (verification_compared.judge, verification_compared.note):
        with pytest.raises(AppError) as waits:
            verb(at.holder, one.id, {})
        assert code_of(waits) == "verification.waits"
    with pytest.raises(AppError):
        decisions.decide(at.holder, asked.id, Verdict(decision="approve"))
    decisions.decide(at.supervisor, asked.id, Verdict(decision="approve"))
    assert stored(at, Verification, one.id).result == "verified"
    assert stored(at, TracingRequest, two.request.id).status == "verified"
    assert _match(two) == "confirmed"
    with pytest.raises(AppError) as over:
        verification_compared.note(at.holder, one.id, {})
    assert code_of(over) == "verification.over"


def test_a_supervisor_who_asked_does_not_sign(two: Pair) -> None:
    one = compared(two)
    asked, _changes = verification_asking.ask_contact(two.at.supervisor, one.id)
    with pytest.raises(AppError) as own:
        decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve"))
    assert code_of(own) == "approval.own"
    decisions.decide(two.second, asked.id, Verdict(decision="approve"))


def test_ask_again_goes_on_and_not_a_match_rules_out(two: Pair) -> None:
    at, one = two.at, compared(two)
    asked, _changes = verification_asking.ask_contact(at.holder, one.id)
    with pytest.raises(FormProblems):
        decisions.decide(at.supervisor, asked.id, Verdict(decision="amend"))
    decisions.decide(at.supervisor, asked.id, Verdict(decision="amend", words="Ask the work of the father again"))
    assert (stored(at, Verification, one.id).result, _match(two)) == ("", "")
    verification_compared.judge(at.holder, one.id, {})
    again, _changes = verification_asking.ask_contact(at.holder, one.id)
    decisions.decide(at.supervisor, again.id, Verdict(decision="refuse", words="The mark is another one"))
    assert stored(at, Verification, one.id).result == "not_verified"
    assert (_match(two), stored(at, TracingRequest, two.request.id).status) == ("rejected", "in_progress")
    with pytest.raises(AppError) as raised:
        two.begin()
    assert code_of(raised) == "verification.rejected"


def test_a_sign_of_danger_stands_on_top_and_is_granted_with_words_alone(two: Pair) -> None:
    one = compared(two, danger_trafficking="signs", danger_words="another man asked for her")
    asked, _changes = verification_asking.ask_contact(two.at.holder, one.id)
    assert asked.why.startswith("Careful: There are signs of trafficking.")
    with pytest.raises(FormProblems) as raised:
        decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve"))
    assert [p.field for p in raised.value.problems] == ["words"]
    decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve", words="The man was the uncle"))


def test_a_verdict_about_another_pair_is_worth_nothing(two: Pair) -> None:
    one = signed(two)
    with two.at.supervisor.reading() as reading:
        a = table(Approval).c
        assert [x.proposed for x in reading.all(Approval, a.person_id == two.girl.id, a.kind == "verification")] == [
            one.id
        ]
        assert verification_asking.hand_over_granted(reading, one) is None


def _match(two: Pair) -> str:
    d = table(MatchDecision).c
    with two.at.supervisor.reading() as reading:
        found = reading.first(MatchDecision, d.request_id == two.request.id, d.person_id == two.girl.id)
    return found.state if found else ""
