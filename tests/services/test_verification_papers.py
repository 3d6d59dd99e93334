"""The verification sheet: what it tells and does not, the real PDF, and its answer keyed back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from tests.services.access_people import at_of_module
from tests.services.verification_people import NOTED, Pair, ask_side, both_asked, compared

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.tracing import TracingRequest
from panoh.domain.verification import Verification
from panoh.services import paper_decisions, shield, verification, verification_compared, verification_papers
from panoh.services.paper_decisions import Answer, find, key_in
from panoh.services.records import keep
from panoh.services.summaries import Made
from panoh.services.verification_papers import Wanted

PLAIN = Wanted(plain=True, reason="For the night shift")
at = at_of_module


def sheet(two: Pair, one: Verification) -> Made:
    made = verification_papers.make(two.at.holder, one.id, PLAIN)
    two.at.clock.at += timedelta(minutes=5)
    return made


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return re.sub(r"\s+", " ", text)


def answer(made: Made, digit: str, **more: Any) -> Answer:
    code = f"{made.export.export_no} {made.export.check_code} {digit}"
    return Answer(**{"code": code, "signed_by": "D. Saidova", **more})


def stored(two: Pair, cls: type[Any], record_id: str) -> Any:
    with two.at.supervisor.reading() as reading:
        return reading.get(cls, record_id)


def test_the_sheet_tells_how_they_agree_and_no_name_or_mark(two: Pair) -> None:
    one = compared(two, referee="Neighbour Гульнара Юсупова, phone 0555 77 88 99, in Ош")
    found = verification_compared.compared(two.at.holder, one.id)
    yard = next(q for q in found.questions if q.question == "yard")
    verification_compared.judge(two.at.holder, one.id, {yard.id: ("agree", "Мадина said it first")})
    made = sheet(two, one)
    text = words_of(made.pdf)
    assert "Let this girl and this woman speak, as mother and child?" in text
    assert "5 of 9 agree, 3 partly, 1 differs" in text
    assert "apricot 4" in text
    assert "apricot 0" not in text
    assert text.count("not shown") >= 6
    for secret in ("Мадина", "Гульнара", "Юсупова", "0555", "Ош", "Feruza"):
        assert secret not in text
    assert (made.export.kind, made.export.level, made.export.check_code in text) == (
        "verification_sheet",
        "supervisor",
        True,
    )
    assert (
        "Asked by caseworker 1 (side A) and caseworker 2 (side B). Apart; the answers were hidden until both had ended."
        in text
    )


def test_the_sheet_says_that_one_asked_both_sides(two: Pair) -> None:
    one = two.begin()
    for side, word in (("a", "apricot"), ("b", "walnut")):
        ask_side(two.at.holder, one, side, word)
    found = verification_compared.compared(two.at.holder, one.id)
    verification_compared.judge(two.at.holder, one.id, {each.id: ("agree", "") for each in found.questions})
    verification_compared.note(two.at.holder, one.id, NOTED)
    text = words_of(sheet(two, one).pdf)
    assert (
        "Asked by caseworker 1 (side A) and caseworker 1 (side B). Both sides were heard by caseworker 1, one after the other."
        in text
    )
    assert "Feruza" not in text


def test_long_answers_go_on_to_another_page_and_never_into_the_decision(two: Pair) -> None:
    one = both_asked(two)
    found = verification_compared.compared(two.at.holder, one.id)
    judged = {q.id: ("partly", "a remark that somebody wrote at length " * 12) for q in found.questions}
    verification_compared.judge(two.at.holder, one.id, judged)
    verification_compared.note(two.at.holder, one.id, NOTED)
    document = pypdfium2.PdfDocument(BytesIO(verification_papers.preview(two.at.holder, one.id, PLAIN).pdf))
    texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) > 1
    assert ["Your decision on contact" in text for text in texts] == [True] + [False] * (len(texts) - 1)
    lowest = min(box[1] for box in _boxes(document[0], "a remark that somebody wrote"))
    assert lowest > 12 * 72 / 25.4 + 44.5 * 72 / 25.4


def _boxes(page: pypdfium2.PdfPage, words: str) -> list[tuple[float, float, float, float]]:
    text = page.get_textpage()
    search, found = text.search(words), []
    while (hit := search.get_next()) is not None:
        found.append(text.get_charbox(hit[0]))
    return found


def test_without_everything_there_is_no_sheet(two: Pair) -> None:
    one = both_asked(two)
    with pytest.raises(FormProblems):
        verification_papers.preview(two.at.holder, one.id, PLAIN)
    with pytest.raises(AppError) as raised:
        verification_papers.make(two.at.holder, one.id, Wanted(plain=True))
    assert raised.value.code == "report.reason_needed"


def test_past_a_danger_a_supervisor_prints_and_of_a_shielded_side_nobody(two: Pair) -> None:
    one = compared(two, danger_violence="signs", danger_words="bruises")
    with pytest.raises(AppError) as raised:
        verification_papers.make(two.at.holder, one.id, PLAIN)
    assert raised.value.code == "verification.supervisor"
    made = verification_papers.make(two.at.supervisor, one.id, PLAIN)
    assert "There are signs of violence at home." in words_of(made.pdf)
    two.at.clock.at += timedelta(minutes=5)
    with pytest.raises(AppError) as keyed:
        key_in(two.at.holder, answer(made, "1", words="so"))
    assert keyed.value.code == "verification.supervisor"
    shield.put_up(two.at.holder, two.woman.id, "Men from the consulate asked for her")
    with pytest.raises(AppError) as shielded:
        verification_papers.make(two.at.supervisor, one.id, PLAIN)
    assert shielded.value.code == "verification.no_paper"


def test_contact_is_keyed_back_and_corrected(two: Pair) -> None:
    at, one = two.at, compared(two)
    made = sheet(two, one)
    found = find(at.other, answer(made, "1").code)
    assert (found.sheet, found.question) == (True, "Let the two speak with each other, after their verification?")
    key_in(at.other, answer(made, "1"))
    assert stored(two, Verification, one.id).result == "verified"
    assert stored(two, TracingRequest, two.request.id).status == "verified"
    with pytest.raises(FormProblems):
        key_in(at.supervisor, answer(made, "3"))
    key_in(at.supervisor, answer(made, "3", words="The mark is another one", because="I read 1 for 3"))
    assert stored(two, Verification, one.id).result == "not_verified"
    key_in(at.supervisor, answer(made, "2", words="Ask the work again", because="It was a 2"))
    assert stored(two, Verification, one.id).result == ""
    verification_compared.judge(at.holder, one.id, {})


def test_the_digits_of_the_sheet(two: Pair) -> None:
    at, one = two.at, compared(two)
    made = sheet(two, one)
    key_in(at.holder, answer(made, "4", words="Call me"))
    assert stored(two, Verification, one.id).result == ""
    with pytest.raises(FormProblems):
        key_in(at.holder, answer(made, "2"))
    key_in(at.holder, answer(made, "2", words="Ask the pet again"))
    again = sheet(two, one)
    with pytest.raises(FormProblems) as why:
        key_in(at.holder, answer(again, "3"))
    assert [p.field for p in why.value.problems] == ["words"]
    with pytest.raises(AppError) as own:
        key_in(at.holder, answer(again, "1", signed_by="feruza"))
    assert own.value.code == "approval.own"
    key_in(at.holder, answer(again, "1"))
    assert stored(two, Verification, one.id).result == "verified"


def test_a_sheet_of_another_verification_decides_nothing_here(two: Pair, second: Pair) -> None:
    """The same girl is asked for by two families: each sheet answers its own question."""
    one = compared(two)
    first = sheet(two, one)
    request = replace(
        two.request, id=new_id(), number=f"S{two.girl.number[4:]}", inquirer_id=second.woman.id, status="open"
    )
    keep(two.at.supervisor, request)
    other = Pair(two.at, two.girl, second.woman, request, second.second)
    theirs = compared(other)
    sheet(other, theirs)
    key_in(two.at.holder, answer(first, "1"))
    assert stored(two, Verification, one.id).result == "verified"
    assert stored(two, Verification, theirs.id).result == ""


def test_what_was_decided_on_the_screen_is_not_keyed_in_again(two: Pair) -> None:
    one = compared(two)
    made = sheet(two, one)
    from panoh.services import decisions

    approval = stored(two, Verification, one.id).approval_id
    decisions.decide(two.at.supervisor, approval, decisions.Verdict(decision="approve"))
    with pytest.raises(AppError) as raised:
        paper_decisions.find(two.at.holder, answer(made, "1").code)
    assert raised.value.code == "approval.decided"
    assert verification.of_pair(two.at.holder, two.request.id, two.girl.id) is not None
