"""The list of exposed people on paper: whatever people are called, everyone stands on it, on a page and in order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.base.errors import AppError
from panoh.base.progress import Reporting
from panoh.domain.exposed import GROUPS, PLANS, Access, Entry, ExposedPaper, Guard
from panoh.domain.triage.levels import LEVELS
from panoh.reports.exposed_list import render

AT = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)
WORDS = st.text(max_size=60) | st.sampled_from(
    ["", "<b>&amp;", "א" * 30, "\u202eXYZ", "Ў" * 200, "a b " * 40, "😀\x00\n\t"]
)


def paper(groups: dict[str, tuple[Entry, ...]], **fields: object) -> ExposedPaper:
    whole = {group: groups.get(group, ()) for group in GROUPS}
    made = ExposedPaper(
        export_no="A4K7-T29", made_at=AT, destroy_by=date(2010, 6, 26), backup_at=AT, last_entry=AT, device="KX7",
        journal_code="12-ab12cd34", levels={"critical": 1}, groups=whole, access=(Access("Feruza", "Supervisor", False, False),),
        guard=Guard(3, 128, 3, None), only_sought=0, rules_changed=False, language="en", demo=False,
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def entry(number: str, **fields: object) -> Entry:
    usual = Entry(
        number, "Каримов Акмал", "Man 32", "School 14", "KX7-00001-A", "high", ("Is alone.",), "phone", "", ""
    )
    return usual._replace(**fields)  # type: ignore[arg-type]


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


ENTRIES = st.builds(
    Entry, st.just(""), WORDS, WORDS, WORDS, WORDS, st.sampled_from([*LEVELS]), st.lists(WORDS, max_size=3).map(tuple), WORDS,
    WORDS, WORDS,
)  # fmt: skip


@given(told=st.lists(st.tuples(st.sampled_from(GROUPS), ENTRIES), max_size=8))
def test_whatever_was_typed_everyone_stands_on_it_once(told: list[tuple[str, Entry]]) -> None:
    groups: dict[str, tuple[Entry, ...]] = {}
    for at, (group, one) in enumerate(told):
        groups[group] = (*groups.get(group, ()), one._replace(number=f"KX7-{at:05}-1"))
    found = re.findall(r"KX7-\d{5}-1", " ".join(pages_of(render(paper(groups)))))
    assert found == [one.number for group in GROUPS for one in groups.get(group, ())]


@pytest.mark.parametrize("group", GROUPS)
def test_no_row_runs_over_the_foot_of_a_page_and_each_page_has_its_heads(group: str) -> None:
    long = entry("", name="Бекзат уулу Шаршенбек " * 3, site="District hospital annex, north mahalla", holder="Feruza")
    entries = tuple(long._replace(number=f"KX7-{at:05}-1") for at in range(120))
    document = pypdfium2.PdfDocument(render(paper({group: entries})))
    assert len(document) > 3
    for at in range(1, len(document)):
        text = document[at].get_textpage()
        assert "what it tells, case" in text.get_text_range()
        assert f"Page {at + 1} of {len(document)}" in text.get_text_range()
        boxes = [text.get_charbox(place) for place in range(text.count_chars())]
        foot = 12 * 72 / 25.4 - 20
        assert min(bottom for _left, bottom, _right, _top in boxes) > foot
        assert max(right for _left, _bottom, right, _top in boxes) < 595 - 15 * 72 / 25.4 + 2


def test_the_first_page_tells_what_to_do_for_each_group_that_has_somebody() -> None:
    head = re.sub(r"\s+", " ", pages_of(render(paper({group: (entry("KX7-00001-1"),) for group in GROUPS})))[0])
    for group in GROUPS:
        assert PLANS[group].title in head
        for step in PLANS[group].steps:
            assert step in head
    assert "Decided on, at" in head
    none = re.sub(r"\s+", " ", pages_of(render(paper({})))[0])
    assert "0 people were on it." in none
    assert PLANS["return"].title not in none


def test_what_is_known_of_the_vault_is_told() -> None:
    told = paper(
        {}, only_sought=3, rules_changed=True, backup_at=None, last_entry=None, demo=True,
        access=(Access("Anna", "Head of office", False, True), Access("Bakyt", "Caseworker", True, False)),
        guard=Guard(4, 256, 5, AT),
    )  # fmt: skip
    head = re.sub(r"\s+", " ", pages_of(render(told))[0])
    for words in (
        "DEMO", "3 tracing requests name people", "rules of another Panoh", "256 MiB and 4 passes", "behind 5 passphrases",
        "Key last changed", "Had left before: Bakyt", "somebody else made: Anna", "Anna (Head of office); and the recovery paper",
    ):  # fmt: skip
        assert words in head, words


def test_it_stops_when_it_is_called_off() -> None:
    with pytest.raises(AppError) as stopped:
        render(paper({"low": (entry("KX7-00001-1"),)}), Reporting(lambda *_told: None, lambda: True))
    assert stopped.value.code == "cancelled"
