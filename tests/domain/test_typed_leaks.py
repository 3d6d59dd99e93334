"""What the leak check of a paper finds in typed words, and that leaving it out leaves nothing of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.example_summary import EXAMPLE, on

from panoh.domain.leaks import (
    AUTHORITIES,
    LEFT_OUT,
    NAMES,
    PAPERS,
    PHONES,
    PLACES,
    STAFF,
    STATES,
    YEARS,
    Kept,
    LeakFinder,
    Secrets,
    leaks_in,
    leave_out,
    open_leaks,
)
from panoh.domain.redaction import CARRY, NAMED, SUPERVISOR, redact
from panoh.domain.summary import CaseSummary, OpenTask, Option
from panoh.domain.summary_words import typed
from panoh.services.resources import telltales

SECRETS = Secrets(
    names=("Каримов Азиз",),
    staff=("Feruza A.", "Nurlan B."),
    phones=("+996 555 010203",),
    papers=("AN 123456", "KG-2007/118"),
    places=("Ош, Черёмушки", "School 7, Aravan road", "Tents, cotton depot", "Улица Фурката"),
    years=(2006,),
)
FINDER = LeakFinder(SECRETS, telltales(), 2010)

STATE_WORDS = (
    "Uzbekistan", "uzbek", "Uzbeks", "Узбекистана", "узбекскими", "Ўзбекистон", "ўзбекистонга", "Oʻzbekistonga", "O'zbekistondan",
    "OZBEKISTON", "Өзбекстанга", "Kyrgyzstan", "киргизов", "Кыргызстандан", "Қирғизистонга", "Tajik", "таджикским", "Тоҷикистон",
    "Казахстане", "Қозоғистон", "Kazakhs", "Россию", "русских", "Russian", "Афғонистон", "Turkey", "Туркия", "Хитойга", "UZ", "РУз", "США",
    "Germany", "немецкий", "Швецию", "Norwegian", "Sri Lanka", "Черногории", "Germaniyaga",
)  # fmt: skip
AUTHORITY_WORDS = (
    "SNB", "snb", "СНБ", "МХХ", "МХХга", "MXX", "ГКНБ", "гкнб", "УКМК", "UNHCR", "unhcr", "УВКБ", "УВКБга", "ООН", "Интерпола", "прокуратуру",
    "prokuraturaga", "посольстве", "embassy", "High Commissioner", "национальной безопасности", "Миллий хавфсизлик", "миграционной службой",
)  # fmt: skip
PLACE_WORDS = (
    "Osh", "osh", "Oshga", "Оше", "Ўшдан", "Жалал-Абадга", "Jalal-Abad", "Карасуу", "Кара-Суу", "Ташкента", "Андижонда", "Andijondan", "Черёмушках",
    "cheryomushki", "Aravanga", "Араване", "school 7", "школе №7", "7-мактабда", "Фурката", "Dostuk", "Дўстликдан", "cotton depot",
)  # fmt: skip
PLAIN = (
    "Move this household of four away from the border tonight, inside this country?",
    "Buses to the border leave Sun 20 June, 06:00, and the household is on the passenger list.",
    "Failed: only the police may do it. Two references, no concern. 21.06.2010, 12:30.",
    "Консультация врача, груз, дать совет; 12 палаток, 5 000 000 сом, 5 KG",
    "Тонг отгунча, болалар мактабда, касалхонага бориш керак",
    "The nurse's family, screened yesterday. An hour away. Ask the school guard; 7 schools asked.",
)


def kinds(text: str) -> set[str]:
    return {kind for kind, _words in FINDER.find(text)}


@pytest.mark.parametrize("word", STATE_WORDS)
def test_a_state_is_found_in_every_language_and_form(word: str) -> None:
    assert FINDER.find(f"not to {word}, tonight") == [(STATES, word)]


@pytest.mark.parametrize("word", AUTHORITY_WORDS)
def test_an_authority_is_found(word: str) -> None:
    assert FINDER.find(f"tell {word} nothing") == [(AUTHORITIES, word)]


@pytest.mark.parametrize("word", PLACE_WORDS)
def test_a_place_is_found(word: str) -> None:
    assert kinds(f"come to {word} now") == {PLACES}


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_of_a_case_are_no_leak(text: str) -> None:
    assert FINDER.find(text) == []


def test_years_of_recognition() -> None:
    assert FINDER.find("came in 2006") == [(YEARS, "2006")]
    assert FINDER.find("came in 2005") == []
    for text in ("recognised in 2003", "признан в 2003 году", "мандат 2003", "2003 yilda qochqin deb tan olingan"):
        assert (YEARS, "2003") in FINDER.find(text)
    assert FINDER.find("certificate asked for on 21 June 2010") == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("call 0555 01 02 03", PHONES, "0555 01 02 03"),
        ("tel(0555)321 654", PHONES, "(0555)321 654"),
        ("+998 (90) 123-45-67 at night", PHONES, "+998 (90) 123-45-67"),
        ("paper an-123456", PAPERS, "an-123456"),
        ("№KG2007 118", PAPERS, "KG2007 118"),
        ("Каримовга айтинг", NAMES, "Каримовга"),
        ("Karimovga ayting", NAMES, "Karimovga"),
        ("Ферузе сказать", STAFF, "Ферузе"),
        ("NURLAN knows", STAFF, "NURLAN"),
    ],
)
def test_the_secrets_of_the_vault(text: str, kind: str, words: str) -> None:
    assert FINDER.find(text) == [(kind, words)]


def test_no_secret_shows_itself() -> None:
    assert "555" not in repr(SECRETS)
    (leak,) = leaks_in(replace(EXAMPLE, wish="Not to Oshga"), FINDER, NAMED)
    assert "Osh" not in repr(leak)
    assert leak.kind_words() == "A place"


def typed_everywhere(text: str) -> CaseSummary:
    return replace(
        EXAMPLE,
        question=text, without_answer=text, recommendation=text, wish=text, child_view=text,
        options=(Option(letter="A", what=text, consequence=text, ready=text),),
        done=(replace(EXAMPLE.done[0], on=on(18), what=text, result=text),),
        tasks=(OpenTask(what=text),),
    )  # fmt: skip


def test_a_leak_tells_every_place_where_it_stands() -> None:
    (leak,) = leaks_in(typed_everywhere("ask UNHCR; unhcr"), FINDER, SUPERVISOR)
    assert leak.where() == (
        "decision asked; without an answer; recommendation; wish; child's view; option A; option A, what follows; "
        "option A, what is ready; step 1; step 1, what came of it; task 1"
    )


def test_each_level_looks_for_its_own() -> None:
    summary = typed_everywhere("Каримов, Uzbekistan, UNHCR, recognised 2003, Feruza, 0555 010203, AN123456, Osh")
    found = {leak.kind for leak in leaks_in(redact(summary, SUPERVISOR), FINDER, SUPERVISOR)}
    assert found == {STATES, AUTHORITIES, YEARS, STAFF, PHONES, PAPERS, PLACES}  # the name is masked already
    assert {leak.kind for leak in leaks_in(redact(summary, NAMED), FINDER, NAMED)} == {STAFF, PHONES, PAPERS, PLACES}
    assert leaks_in(redact(summary, CARRY), FINDER, CARRY) == ()


def test_a_kept_leak_needs_a_reason() -> None:
    leaks = leaks_in(typed_everywhere("ask UNHCR"), FINDER, SUPERVISOR)
    assert open_leaks(leaks, ()) == leaks
    assert open_leaks(leaks, (Kept(AUTHORITIES, "unhcr", " "),)) == leaks
    assert open_leaks(leaks, (Kept(STATES, "unhcr", "because"),)) == leaks
    assert open_leaks(leaks, (Kept(AUTHORITIES, "unhcr", "She asked for it"),)) == ()


def test_left_out_words_are_marked_and_the_paper_says_so() -> None:
    masked = leave_out(typed_everywhere("Ask UNHCR, not unhcrx"), ["unhcr"])
    assert masked.wish == f"Ask {LEFT_OUT}, not unhcrx"
    assert masked.left_out == (f"words marked {LEFT_OUT}",)
    assert leave_out(EXAMPLE, ["Xyz"]) == EXAMPLE
    assert leave_out(EXAMPLE, []) is EXAMPLE


AROUND = st.text(" .,;:()«»\n—", min_size=1, max_size=4)


SMALL_AS_WELL = [word for word in STATE_WORDS + AUTHORITY_WORDS if not (word.isupper() and len(word) < 4)]


@given(st.sampled_from(SMALL_AS_WELL), AROUND, st.sampled_from([str, str.upper, str.title]))
def test_what_is_listed_is_found_whatever_stands_around_it(word: str, around: str, case: type[str]) -> None:
    word = case(word) if word != "РУз" else word
    assert kinds(f"go{around}{word}{around}now") & {STATES, AUTHORITIES}


PIECES = st.sampled_from(
    [
        *STATE_WORDS,
        *AUTHORITY_WORDS,
        *PLACE_WORDS,
        "2006",
        "recognised 1999",
        "0555 010203",
        "AN 123456",
        "Feruza",
        "Азиз",
        "and",
        "7",
        "-",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=8), st.sampled_from([" ", ", ", "; ", "\n", "-"]))
def test_leaving_out_everything_leaves_no_leak(pieces: list[str], between: str) -> None:
    summary = typed_everywhere(between.join(pieces))
    words = [leak.words for leak in leaks_in(redact(summary, SUPERVISOR), FINDER, SUPERVISOR)]
    left = leave_out(summary, words)
    again = [leak.words for leak in leaks_in(redact(left, SUPERVISOR), FINDER, SUPERVISOR)]
    if again:  # words that stood beside a masked one may only now be read together
        left = leave_out(left, again)
    assert leaks_in(redact(left, SUPERVISOR), FINDER, SUPERVISOR) == ()


@given(st.text())
def test_any_text_can_be_looked_through(text: str) -> None:
    found = FINDER.find(text)
    assert all(words.strip() for _kind, words in found)


def test_only_typed_words_are_looked_at() -> None:
    texts = dict(typed(EXAMPLE))
    assert EXAMPLE.question in texts.values()
    assert all(reason.text not in texts.values() for reason in EXAMPLE.reasons)
    assert all(line.label not in texts.values() for line in EXAMPLE.consents)
