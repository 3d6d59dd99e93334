from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.example_summary import BARE, EXAMPLE, on

from panoh.domain.key_sheet import is_code
from panoh.domain.redaction import CARRY, LEVELS, NAMED, SUPERVISOR, name_mask, redact
from panoh.domain.summary import CaseSummary, ConsentLine, Event, OpenTask, Option, Unknown

NAMES = ("Каримов Азиз Рустамович", "Karimov Aziz Rustamovich", "Yoʻldosheva Oʻgʻiloy", "Ли Ян", "Алёна", "Зухра")
ENDINGS = ("", "у", "а", "ым", "ова", "ga", "dan", "ning", "нинг", "s")


def words_of(record: object) -> Iterator[str]:
    """Every text in a record, wherever it stands."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, tuple):
        for one in record:
            yield from words_of(one)
    elif is_dataclass(record):
        for field in fields(record):
            yield from words_of(getattr(record, field.name))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Сказать Каримову и Азизом.", "Сказать [name] и [name]."),
        ("КАРИМОВ; karimovning uyi, Karimovga", "[name]; [name] uyi, [name]"),
        ("Yo'ldosheva, Yoldoshevaga, Yo‘ldoshevaning, O`g`iloy", "[name], [name], [name], [name]"),
        ("Зухры, Зухре, Зухрой, Алену, Алёны", "[name], [name], [name], [name], [name]"),
        ("Ka\u200brimov, Каримо\u00adв", "[name], [name]"),
        ("karimov1985, Karimov-Aziz", "[name], [name]-[name]"),
        ("Ли сказал Лию; лист и лиса остались", "[name] сказал [name]; лист и лиса остались"),
        ("<b>Karimov</b>", "<b>[name]</b>"),
        ("Carim, Rust, Зух", "Carim, Rust, Зух"),
    ],
)
def test_names_are_masked_in_any_form(text: str, masked: str) -> None:
    assert name_mask(NAMES)(text) == masked


def test_without_names_the_text_stays() -> None:
    assert name_mask(())("Qizi va o'g'li") == "Qizi va o'g'li"
    assert name_mask(("Karimov Aziz o'g'li", "Асанова Айгуль кызы"))("qizi, o'g'li, кызы") == "qizi, o'g'li, кызы"


@given(
    st.sampled_from([part for name in NAMES for part in name.split() if len(part) > 3]),
    st.sampled_from(ENDINGS),
    st.sampled_from([str.lower, str.upper, str.title, str]),
    st.text(" .,;:()«»\n", min_size=1),
)
def test_no_form_of_a_name_gets_through(part: str, ending: str, case: type[str], around: str) -> None:
    typed = f"a{around}{case(part + ending)}{around}b"
    assert name_mask(NAMES)(typed) == f"a{around}[name]{around}b"


@given(st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    once = name_mask(NAMES)(text)
    assert name_mask(NAMES)(once) == once


def test_supervisor_has_paper_words_and_no_name() -> None:
    view = redact(EXAMPLE, SUPERVISOR)
    assert [reason.text for reason in view.reasons if not reason.restricted] == [
        reason.paper_text for reason in EXAMPLE.reasons if not reason.restricted
    ]
    text = " ".join(word for word in words_of(view) if word)
    for secret in ("Karimov", "Aziz", "Jasur", "Uzbekistan", "Kazakhstan", "2005", "2007"):
        assert secret not in text
    assert view.number == EXAMPLE.number
    assert "[name] knows" in view.recommendation
    assert view.names == ()


def test_every_typed_field_is_masked_at_supervisor() -> None:
    said = "Aziz"
    summary = replace(
        EXAMPLE,
        question=said,
        without_answer=said,
        recommendation=said,
        wish=said,
        child_view=said,
        options=(Option(letter="A", what=said, consequence=said, ready=said),),
        tasks=(OpenTask(what=said, role=said),),
        events=(Event(at=EXAMPLE.printed_at, what=said),),
        done=(replace(EXAMPLE.done[0], what=said, result=said),),
        left_out=(said,),
    )
    assert not any("Aziz" in word for word in words_of(redact(summary, SUPERVISOR)))


def test_restricted_reasons_are_told_only_to_readers_who_may_know() -> None:
    for level in (SUPERVISOR, NAMED):
        hidden = redact(EXAMPLE, level)
        assert sum(reason.hidden for reason in hidden.reasons) == 1
        assert "doctor" not in " ".join(words_of(hidden))
        shown = redact(replace(EXAMPLE, reader_sees_restricted=True), level)
        assert not any(reason.hidden for reason in shown.reasons)
        assert "doctor" in " ".join(words_of(shown))


def test_named_keeps_names_and_full_words() -> None:
    view = redact(EXAMPLE, NAMED)
    assert view.person.name == "Karimov Aziz Rustamovich"
    assert "Uzbekistan" in view.reasons[0].text
    assert "Jasur" in view.wish


def test_carry_keeps_codes_dates_and_heads_alone() -> None:
    view = redact(EXAMPLE, CARRY)
    allowed = {"A4K7-T29", "K7M4-E2", "en", "critical", "self", "here", "missing", "M", "yes", "no", "A", "B", "C"}
    allowed |= {"verified", "consistent", "stated"}
    codes = {word for word in words_of(EXAMPLE) if is_code(word)} - {EXAMPLE.reasons[3].neutral_code, "T22"}
    assert len(codes) == 31
    assert {word for word in words_of(view) if word} <= allowed | codes
    assert len(view.reasons) == len(EXAMPLE.reasons) - 1
    assert [member.here for member in view.family] == [member.here for member in EXAMPLE.family]
    assert view.answer_by == EXAMPLE.answer_by
    assert view.number == ""


@given(st.text(min_size=3).filter(lambda text: text.strip() and not text.isascii()))
def test_nothing_typed_reaches_a_carried_paper(typed: str) -> None:
    summary = replace(
        EXAMPLE,
        question=typed,
        without_answer=typed,
        recommendation=typed,
        wish=typed,
        child_view=typed,
        care=typed,
        options=(Option(letter="A", what=typed, consequence=typed, ready=typed, neutral_code=typed, ready_code=typed),),
        done=(replace(EXAMPLE.done[0], on=on(18), what=typed, result=typed, neutral_code=typed, result_code=typed),),
        reasons=(replace(EXAMPLE.reasons[0], neutral_code=typed),),
        not_known=(Unknown(typed, typed),),
        consents=(ConsentLine(typed, "yes", typed),),
        without_answer_code=typed,
        recommendation_code=typed,
    )
    assert typed not in set(words_of(redact(summary, CARRY)))


def test_a_bare_summary_passes_at_every_level() -> None:
    for level in LEVELS:
        assert isinstance(redact(BARE, level), CaseSummary)


def test_an_unknown_level_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no such level"):
        redact(EXAMPLE, "anonymous")
