"""The same two are asked again: it is said plainly who saw which answers, and only questions that were not asked count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.services.access_people import Office, office, words_of
from tests.services.verification_people import NOTED, PHOTO, Pair, another, ask_side, both_asked, pair

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.verification import Verification
from panoh.services import verification, verification_asking, verification_compared, verification_papers
from panoh.services.records import keep
from panoh.services.verification_papers import Wanted

START = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)
FRESH = ("What did he carry on the last day?", "Who cut her hair?", "What was broken on the stairs?")


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = office(tmp_path_factory.mktemp("again") / "vault", FixedClock(START))
    with made.opened:
        yield made


@pytest.fixture(scope="module")
def second(at: Office) -> Pair:
    return pair(at)


@pytest.fixture
def two(at: Office, second: Pair) -> Pair:
    at.clock.at = START
    return another(at, second)


def given_up(two: Pair) -> None:
    """Both sides were asked, one by the holder and one by another, and it was given up two days later."""
    one = both_asked(two)
    two.at.clock.at += timedelta(days=2)
    verification.give_up(two.at.holder, one.id, "she went away")


def asked_anew(two: Pair) -> Verification:
    """And the two are asked again, with questions of one's own."""
    given_up(two)
    two.at.clock.at += timedelta(days=3)
    one = two.begin()
    for words in FRESH:
        verification.add_question(two.at.holder, one.id, words)
    return one


def refused(two: Pair, one: Verification, words: str) -> bool:
    try:
        verification.add_question(two.at.holder, one.id, words)
    except FormProblems as raised:
        return [each.field for each in raised.problems] == ["words"]
    return False


def test_a_first_verification_was_not_asked_before(two: Pair) -> None:
    found = verification_compared.compared(two.at.holder, both_asked(two).id)
    assert (found.before, found.lacking) == ((), 0)


def test_it_is_said_when_they_were_asked_and_who_saw_which_answers(two: Pair) -> None:
    one = asked_anew(two)
    for desk in (two.at.holder, two.at.other, two.at.supervisor):
        [said] = verification_compared.compared(desk, one.id).before
        assert said == (
            "Asked before: begun 14 Jun 2010, given up 16 Jun 2010. Answers were seen by Feruza (side A) and "
            "Bakyt (side B). Both sides were complete, so whoever may read the case could read both."
        )


def test_where_one_side_alone_was_asked_its_answers_alone_were_seen_also_by_whom_it_was_taken_from(two: Pair) -> None:
    one = two.begin()
    mine = verification.side_view(two.at.holder, one.id, "a")
    verification.answer(two.at.holder, one.id, "a", {mine.questions[4].id: "apricot"})
    verification.ask_anew(two.at.holder, one.id, "a")
    verification.give_up(two.at.holder, one.id, "she went away")
    [said] = verification_compared.compared(two.at.holder, two.begin().id).before
    assert "seen by Feruza (side A) and nobody (side B)." in said
    assert "could read both" not in said


def test_what_was_asked_is_not_asked_again_and_a_side_waits_for_fresh_questions(two: Pair) -> None:
    given_up(two)
    one, desk = two.begin(), two.at.holder
    assert verification_compared.compared(desk, one.id).questions == ()
    assert verification_compared.compared(desk, one.id).lacking == 3
    assert refused(two, one, "  pet OR animal? ")
    for words in FRESH[:2]:
        verification.add_question(desk, one.id, words)
    assert refused(two, one, "Who cut her hair")
    with pytest.raises(AppError) as early:
        verification.side_view(desk, one.id, "a")
    assert early.value.code == "verification.fresh"
    verification.add_question(desk, one.id, FRESH[2])
    assert verification_compared.compared(desk, one.id).lacking == 0
    shown = verification.side_view(desk, one.id, "a")
    assert [each.words for each in shown.questions] == list(FRESH)
    assert not shown.photo_open
    with pytest.raises(AppError) as photos:
        verification.answer(desk, one.id, "a", {shown.questions[0].id: "a sack"}, PHOTO)
    assert photos.value.code == "verification.names_first"
    ask_side(desk, one, "a", "apricot")
    verification.give_up(desk, one.id, "she went away again")
    third = two.begin()
    assert refused(two, third, FRESH[0])
    assert len(verification_compared.compared(desk, third.id).before) == 2


def test_questions_that_nobody_answered_are_fresh(two: Pair) -> None:
    one = two.begin()
    verification.give_up(two.at.holder, one.id, "begun for the wrong one")
    found = verification_compared.compared(two.at.holder, two.begin().id)
    assert (found.before, found.lacking) == ((), 0)
    assert "names" in {each.question for each in found.questions}


def test_another_request_of_the_same_two_is_no_way_round(two: Pair) -> None:
    given_up(two)
    number = f"N{two.girl.number[1:]}"
    other = replace(two, request=replace(two.request, id=new_id(), number=number, status="open"))
    back = replace(two.request, id=new_id(), number=f"B{number[1:]}", inquirer_id=two.girl.id, status="open")
    keep(two.at.supervisor, other.request, back)
    assert verification_compared.compared(two.at.holder, other.begin().id).lacking == 3
    turned, _changes = verification.begin(two.at.holder, back.id, two.woman.id)
    [said] = verification_compared.compared(two.at.holder, turned.id).before
    assert "seen by Bakyt (side A) and Feruza (side B)." in said  # the sides are turned
    assert verification_compared.compared(two.at.holder, turned.id).lacking == 3


@pytest.mark.parametrize(
    ("asker", "lacking"), [("Юсупова Гульнара", 3), ("Yusupova Gulnora", 3), ("Гульнара", 3), ("Акбар Назаров", 0)]
)
def test_who_asks_anew_under_a_name_alone_is_no_way_round(two: Pair, asker: str, lacking: int) -> None:
    given_up(two)
    number = f"M{two.girl.number[1:]}"
    named = replace(two.request, id=new_id(), number=number, status="open", inquirer_id="", inquirer_name=asker)
    keep(two.at.supervisor, named)
    assert verification_compared.compared(two.at.holder, replace(two, request=named).begin().id).lacking == lacking


def test_the_sheet_says_it_without_a_name_and_who_decides_on_the_screen_reads_the_names(two: Pair) -> None:
    one = asked_anew(two)
    ask_side(two.at.other, one, "a", "apricot")
    ask_side(two.at.supervisor, one, "b", "walnut")
    found = verification_compared.compared(two.at.holder, one.id)
    verification_compared.judge(two.at.holder, one.id, {each.id: ("agree", "") for each in found.questions})
    verification_compared.note(two.at.holder, one.id, NOTED)
    pdf = verification_papers.preview(two.at.holder, one.id, Wanted(plain=True, reason="For the night shift")).pdf
    text = " ".join(" ".join(words_of(pdf)).split())
    assert "Asked before: begun 14 Jun 2010, given up 16 Jun 2010." in text
    assert "Answers were seen by caseworker 2 (side A) and caseworker 1 (side B)." in text
    assert "Feruza" not in text
    asked, _changes = verification_asking.ask_contact(two.at.holder, one.id, "May they speak?")
    assert "Answers were seen by Feruza (side A) and Bakyt (side B)." in asked.why
    assert "Bakyt" not in text
