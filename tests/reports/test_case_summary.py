"""What each level of the case summary shows, block by block, and that it always fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.reports.example_summary import BARE, EXAMPLE, REASONS, on

from panoh.base.i18n import speaking
from panoh.domain.redaction import CARRY, LEVELS, NAMED, SUPERVISOR, redact
from panoh.domain.summary import Advice, CaseSummary, ConsentLine, Done, FamilyMember, Option, Unknown
from panoh.reports import carry, case_summary
from panoh.reports.case_summary import render
from panoh.reports.fitting import BUDGETS, Overflow
from panoh.reports.layout import BOTTOM, DECISION_HEIGHT
from panoh.reports.page import BODY_TOP

Words = Callable[..., str]
KIN = ("wife", "daughter", "brother", "mother", "husband", "sister", "father")


def test_supervisor_shows_the_level_and_every_reason_in_order(words_in: Words) -> None:
    pdf = render(EXAMPLE, SUPERVISOR)
    first = words_in(pdf, 1)
    order = [
        "SUPERVISOR ONLY", "A4K7-T29", "Sat 26 June 2010", "Decision asked", "Move this household",
        "Sat 19 June 2010, 18:00",
        "Without an answer", "CRITICAL", "OVERDUE by 55 min", "Man, 35–39", "With: wife (30–34)", "Why: the three",
        "Fears the State", "own account, twice, alone", "Not known", "Do not", "Do not phone", "Done so far", "Options",
        "Evacuation", "Recommended", "own wish", "Consent by recipient", "children’s view", "Family", "MISSING",
        "Your decision", "Approve", "Amend", "Refuse", "Discuss", "Review on", "Your role code", "Check code",
        "K7M4-E2",
    ]  # fmt: skip
    places = [first.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    second = words_in(pdf, 2)
    for reason in REASONS:
        assert reason.restricted or reason.paper_text in second
    assert "Restricted reason. Ask by voice." in second


def test_supervisor_shows_page_two(words_in: Words) -> None:
    second = words_in(render(EXAMPLE, SUPERVISOR), 2)
    for task in EXAMPLE.tasks:
        assert task.what in second
    for event in EXAMPLE.events:
        assert event.what in second
    for words in ("missing since 13 June", "contact through safe channel", "Birth certificates, children", "destroyed"):
        assert words in second
    assert "Not in it: names, photographs" in second
    assert "Page 2 of 2" in second


def test_supervisor_shows_no_name_no_state_no_year(words_in: Words) -> None:
    text = words_in(render(EXAMPLE, SUPERVISOR))
    for secret in (
        "Karimov",
        "Aziz",
        "Dilfuza",
        "Jasur",
        "Uzbekistan",
        "Kazakhstan",
        "2005",
        "2007",
        "torture",
        "doctor",
    ):
        assert secret not in text


def test_carry_shows_no_number_no_words_and_no_kin(words_in: Words) -> None:
    text = words_in(render(EXAMPLE, CARRY))
    assert "Page 1 of 1" in text
    for shown in (
        "WORKING PAPER",
        "CRITICAL",
        "OVERDUE",
        "Option A for reference A4K7-T29?",
        "1 K42",
        "2 M95",
        "3 A27",
        "T93 A95",
        "M38 open",
        "A A64 E78 M66",
        "Option A · K56",
        "T27",
        "T55",
    ):
        assert shown in text
    assert "With: 1 adult, 2 children" in text
    for hidden in (EXAMPLE.number, "SUPERVISOR", "Do not", "T02", "What changes", "Karimov", "E66", "Export"):
        assert hidden not in text
    for reason in REASONS:
        assert reason.text not in text
        assert reason.paper_text not in text
    lower = text.lower()
    assert not [kin for kin in KIN if kin in lower]


def test_named_shows_names_and_full_reasons(words_in: Words) -> None:
    pdf = render(EXAMPLE, NAMED)
    text = words_in(pdf)
    assert "NAMED: NEVER CARRY" in text
    assert "Karimov Aziz Rustamovich" in words_in(pdf, 1)
    assert "Fears Uzbekistan" in text
    assert "Karimova Dilfuza (wife)" in text
    assert "torture" not in text
    assert "torture" in words_in(render(replace(EXAMPLE, reader_sees_restricted=True), NAMED))


@pytest.mark.parametrize("level", LEVELS)
def test_no_name_stands_in_header_or_footer(level: str, words_in: Words) -> None:
    pdf = render(EXAMPLE, level)
    body = words_in(pdf, 1)
    assert "Karimov" not in body[: body.index("Decision asked")]
    assert body.rstrip().endswith("1 of 1" if level == CARRY else "1 of 2")
    assert "DEMO: invented people" in body


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_summary_gives_the_same_bytes(level: str) -> None:
    assert render(EXAMPLE, level) == render(replace(EXAMPLE), level)


def test_a_case_in_which_nothing_is_asked_yet(words_in: Words) -> None:
    text = words_in(render(BARE, SUPERVISOR))
    for words in (
        "No decision is asked yet. Read the level and the reasons.", "UNKNOWN", "No time is set",
        "Person, age not known",
        "Alone", "No rule has fired.", "Nothing is noted as not known.", "Nothing is noted.", "Nothing is noted yet.",
        "None is written down yet.", "No recommendation is written down yet.", "Not asked yet, or not written down.",
        "Not asked for any recipient yet: treat it as NO.", "this person", "go on like this", "None are noted.",
    ):  # fmt: skip
        assert words in text
    assert "DEMO" not in text
    carried = words_in(render(BARE, CARRY))
    assert "No decision is asked yet for reference T29M-4EK." in carried


def test_in_time_is_told_with_what_is_left(words_in: Words) -> None:
    for left, told in ((timedelta(minutes=90), "90 min"), (timedelta(hours=9), "9 h"), (timedelta(days=3), "3 days")):
        summary = replace(EXAMPLE, due_at=EXAMPLE.printed_at + left)
        assert f"Not overdue: {told} left" in words_in(render(summary, SUPERVISOR), 1)


def test_a_child_and_its_view(words_in: Words) -> None:
    girl = replace(EXAMPLE.person, sex="F", age_band="10–14", is_child=True)
    summary = replace(EXAMPLE, person=girl, family=(), child_view="", child_heard=False, care="Unaccompanied")
    first = words_in(render(summary, SUPERVISOR), 1)
    for words in ("Girl, 10–14", "Unaccompanied · Alone", "The child’s view", "Not heard yet.", "this girl"):
        assert words in first
    assert "Children heard not yet" in words_in(render(summary, CARRY))


def test_many_consents_are_gathered_by_answer(words_in: Words) -> None:
    answers = ("yes", "no", "", "partly")
    consents = tuple(
        ConsentLine(label=f"recipient {n}", answer=answers[n % 4], neutral_code=f"A2{n % 8 + 2}") for n in range(12)
    )
    first = words_in(render(replace(EXAMPLE, consents=consents), SUPERVISOR), 1)
    for number in range(12):
        assert f"recipient {number}" in first
    assert "partly" in first


def test_whatever_page_one_cuts_stands_in_full_on_page_two(words_in: Words) -> None:
    long = " ".join(f"word{number}" for number in range(120))
    done = tuple(Done(on=on(10 + number), what=f"step {number}", result="tried") for number in range(9))
    summary = replace(EXAMPLE, wish=long + " wish", recommendation=long + " advice", done=done)
    pdf = render(summary, SUPERVISOR)
    first, second = words_in(pdf, 1), words_in(pdf, 2)
    assert "… p. 2" in first
    assert "step 0" not in first
    assert "Continued from page 1" in second
    for words in (long + " wish", long + " advice", "step 0", "step 8"):
        assert words in second


def test_a_large_family_is_drawn_in_rows_and_listed_in_full(words_in: Words) -> None:
    children = tuple(
        FamilyMember(relation="child", kin=f"child{number}", age_band="5–9", is_child=True) for number in range(20)
    )
    lost = FamilyMember(relation="sibling", kin="sister", state="missing")
    pdf = render(replace(EXAMPLE, family=(*children, lost)), SUPERVISOR)
    first, second = words_in(pdf, 1), words_in(pdf)
    assert "MISSING" in first
    assert "more … p. 2" in first
    assert all(f"child{number} 5–9" in second for number in range(20))


LONG = "Очень длинный рассказ о том, что случилось в ту ночь. " * 190


def everything_long(text: str) -> CaseSummary:
    """A summary in which every field holds this text, and there is more of everything than a page takes."""
    cousin = FamilyMember(
        relation="parent",
        kin="двоюродная бабушка",
        age_band="60–64",
        state="missing",
        where="в другом месте",
        name=text,
    )
    return replace(
        EXAMPLE,
        question=text, without_answer=text, recommendation=text, wish=text, child_view=text, care=text[:80],
        person=replace(EXAMPLE.person, name=text),
        family=(cousin,) * 12,
        reasons=tuple(replace(reason, text=text, paper_text=text, source=text) for reason in REASONS),
        not_known=(Unknown(text=text),) * 3,
        do=(Advice(text=text),) * 6,
        do_not=(Advice(text=text),) * 6,
        done=(Done(on=on(18), what=text, result=text),) * 8,
        options=tuple(Option(letter=letter, what=text, consequence=text, ready=text) for letter in "АБВГДЕЖ"),
        consents=tuple(ConsentLine(label="Органы власти страны исхода", answer=one) for one in ("yes", "no", "") * 4),
        names=(),
    )  # fmt: skip


def room_left(summary: CaseSummary, level: str) -> float:
    """What the tightest budget leaves free on page 1, in points."""
    view = redact(summary, level)
    with speaking(view.language):
        body = case_summary._body(view, Overflow(), BUDGETS[-1])
    return BOTTOM - DECISION_HEIGHT - BODY_TOP - sum(block.height for block in body)


@pytest.mark.parametrize("level", [SUPERVISOR, NAMED])
@pytest.mark.parametrize(
    "text", [LONG, "щ" * 10_000, "W" * 10_000, "i " * 5000], ids=["words", "one word", "wide", "short"]
)
def test_the_longest_texts_in_the_longest_language_fit(level: str, text: str, long_words: str) -> None:
    assert room_left(replace(everything_long(text), language=long_words), level) >= 0


@pytest.mark.parametrize("level", LEVELS)
def test_ten_thousand_signs_in_every_field_make_a_pdf(level: str, long_words: str, words_in: Words) -> None:
    summary = replace(EXAMPLE, language=long_words, question=LONG, wish=LONG, do=(Advice(text=LONG),) * 3)
    pdf = render(summary, level)
    if level != CARRY:
        assert words_in(pdf).count("Очень длинный рассказ") >= 2 * 190


@examples(25, share_fixtures=True)
@given(st.text(max_size=200), st.sampled_from(LEVELS))
def test_any_text_at_all_makes_a_pdf(text: str, level: str) -> None:
    summary = replace(
        EXAMPLE, question=text, wish=text, person=replace(EXAMPLE.person, name=text), care=text, names=(text,)
    )
    assert render(summary, level).startswith(b"%PDF")


def test_the_example_fits_in_the_long_language_without_the_last_resort(long_words: str) -> None:
    view = redact(replace(EXAMPLE, language=long_words), SUPERVISOR)
    with speaking(view.language):
        body = case_summary._body(view, Overflow(), BUDGETS[-3])
    assert BODY_TOP + sum(block.height for block in body) <= BOTTOM - DECISION_HEIGHT


def test_do_and_do_not_are_never_cut(words_in: Words, long_words: str) -> None:
    lines = [f"Do not {number} " + "щит " * 10 + "щит" for number in range(4)]  # as long as the rule file allows
    assert {len(line) for line in lines} == {52}
    advice = tuple(Advice(text=line) for line in lines)
    for language in ("en", long_words):
        summary = replace(everything_long(LONG), do=advice, do_not=advice, language=language)
        assert room_left(summary, SUPERVISOR) >= 0
        first = words_in(render(summary, SUPERVISOR), 1).replace(" ", "")
        assert all(first.count(line.replace(" ", "")) == 2 for line in lines)


def test_a_large_household_is_counted_where_there_is_no_room_to_name_it(words_in: Words) -> None:
    grown = tuple(FamilyMember(relation="other_relative", kin="other relative", age_band="30–34") for _n in range(9))
    small = tuple(FamilyMember(relation="child", kin="daughter", age_band="5–9", is_child=True) for _n in range(9))
    pdf = render(replace(EXAMPLE, family=(*grown, *small)), SUPERVISOR)
    assert "With: 9 adults, 9 children" in words_in(pdf, 1)
    assert words_in(pdf, 2).count("daughter (5–9)") == 9


def test_the_head_of_a_table_is_never_alone_at_the_foot_of_a_page(words_in: Words) -> None:
    for lines in range(30, 60):
        summary = replace(EXAMPLE, wish="One line of a wish that page 1 has no room for, told in full. " * lines)
        pdf = render(summary, SUPERVISOR)
        second = words_in(pdf, 2)
        head = second.rfind("what fired it")
        assert head == -1 or "Fears the State" in second[head:]


def test_a_carried_page_holds_the_most_that_it_can_be_given(long_words: str, words_in: Words) -> None:
    done = tuple(replace(EXAMPLE.done[0], on=on(1 + number)) for number in range(20))
    options = tuple(replace(EXAMPLE.options[0], letter=letter) for letter in "ABCDEF")
    consents = tuple(replace(EXAMPLE.consents[0], answer=answer) for answer in ("yes", "no", "", "partly") * 3)
    family = tuple(FamilyMember(relation="child", is_child=True, state=state) for state in ("here", "missing") * 12)
    unknown = EXAMPLE.not_known * 4
    full = replace(EXAMPLE, done=done, options=options, consents=consents, family=family, not_known=unknown)
    for language in ("en", long_words):
        view = redact(replace(full, language=language), CARRY)
        with speaking(language):
            height = sum(block.height for block in carry.blocks(view))
        assert height <= BOTTOM - DECISION_HEIGHT - BODY_TOP
    text = words_in(render(full, CARRY))
    assert "Page 1 of 1" in text
    assert "12 earlier" in text
