"""Key sheets: carried papers hold codes alone, and only a supervisor's sheet reads them back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from tests.conftest import PASSPHRASE

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Case, CaseAction, CaseOption
from panoh.domain.key_sheet import KeySheetPaper, is_code
from panoh.services import cases, journal, key_sheets, people, summaries, users, vault
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.summaries import CARRY, Wanted
from panoh.services.vault import OpenVault

OTHER = "olma daryo bulut qalam"


def text_of(pdf: bytes, password: str = "") -> str:
    with pypdfium2.PdfDocument(pdf, password=password or None) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"[\s\u00a0]+", " ", text.replace("\ufffe", ""))


@pytest.fixture
def person_id(desk: Desk) -> str:
    """Someone with a whole case."""
    person = save_family(
        desk, FamilyForm(rows=(FamilyRow(name="Каримов Азиз", sex="M", birth="38", relation="head"),))
    ).people[0]
    case = Case(
        id=new_id(), person_id=person.id, owner_id=desk.user.id, question="May he move?", without_answer="He walks.",
        recommendation="A now.", recommended_option="A", wish="To go.",
    )  # fmt: skip
    keep(
        desk,
        case,
        CaseOption(
            id=new_id(), case_id=case.id, letter="A", what="Move with Азиз", consequence="Out of reach", ready="tonight"
        ),
        CaseOption(id=new_id(), case_id=case.id, letter="B", what="Stay", consequence="Told to UNHCR"),
        CaseAction(id=new_id(), case_id=case.id, done_on=desk.clock.today(), what="Asked a host", result="Refused"),
    )
    return person.id


def carried(desk: Desk, person_id: str) -> summaries.Made:
    return summaries.export_case(desk, person_id, Wanted(level=CARRY, printed=True, reason="a test"))


def meanings(paper: KeySheetPaper, reference: str) -> dict[str, str]:
    (one,) = [one for one in paper.papers if one.reference == reference]
    return {line.code: line.words for line in one.lines}


def test_a_carried_paper_is_read_back_by_its_key_sheet(desk: Desk, person_id: str) -> None:
    made = carried(desk, person_id)
    sheet = key_sheets.current(desk)
    assert made.export.export_no[-1] == sheet.sign
    text = text_of(made.pdf).replace(made.export.export_no, "").replace(made.export.check_code, "")
    paper = key_sheets.in_words(desk, sheet)
    own = meanings(paper, made.export.export_no)
    for words in (
        "He walks.",
        "A now.",
        "Move with [name]",
        "Out of reach",
        "tonight",
        "Stay",
        "Asked a host",
        "Refused",
        "Told to […]",
    ):
        (code,) = [code for code, meaning in own.items() if meaning == words]
        assert code in text
        assert words not in text
    general = {line.code: line.words for line in (*paper.reasons, *paper.questions, *paper.recipients)}
    codes = set(filter(is_code, re.findall(r"[A-Z]\d+", text)))
    assert codes <= general.keys() | own.keys()
    assert not general.keys() & own.keys()
    assert {general[code] for code in codes & general.keys()} >= {"UNHCR", "ICRC"}
    for public in ("T02", "LP-RR", "To go", "Азиз"):
        assert public not in text


def test_codes_stay_until_words_change_or_another_sheet_is_begun(desk: Desk, person_id: str) -> None:
    first = carried(desk, person_id)
    seen = text_of(summaries.preview(desk, person_id, Wanted(level=CARRY)).pdf)
    sheet = key_sheets.current(desk)
    own = meanings(key_sheets.in_words(desk, sheet), first.export.export_no)
    assert all(code in seen for code in own)
    case = cases.case_or_new(desk, person_id)
    keep(desk, replace(case, recommendation="B now."))
    second = carried(desk, person_id)
    (old,) = [code for code, words in own.items() if words == "A now."]
    later = meanings(key_sheets.in_words(desk, sheet), first.export.export_no)
    assert old not in text_of(second.pdf)
    assert later[old].startswith("these words were changed since")
    assert sum(later[code] == words for code, words in own.items()) == len(own) - 1
    other = key_sheets.begin(desk)
    assert other.sign != sheet.sign
    assert other.codes != sheet.codes
    third = carried(desk, person_id)
    assert third.export.export_no[-1] == other.sign
    assert [one.sign for one in key_sheets.sheets(desk)] == [other.sign, sheet.sign]
    assert {one.reference for one in key_sheets.in_words(desk, sheet).papers} == {
        first.export.export_no,
        second.export.export_no,
    }


def test_a_reference_of_another_sheet_is_not_printed_again(desk: Desk, person_id: str) -> None:
    shown = summaries.preview(desk, person_id, Wanted(level=CARRY)).summary
    numbers = shown.export_no, shown.check_code
    assert summaries.preview(desk, person_id, Wanted(level=CARRY), numbers).summary.export_no == numbers[0]
    other = key_sheets.begin(desk)
    again = summaries.preview(desk, person_id, Wanted(level=CARRY), numbers).summary
    assert again.export_no[-1] == other.sign


def test_papers_that_are_to_be_destroyed_leave_the_sheet(desk: Desk, person_id: str, clock: FixedClock) -> None:
    carried(desk, person_id)
    clock.at += timedelta(days=8)
    assert key_sheets.in_words(desk, key_sheets.current(desk)).papers == ()


def test_the_sheet_is_for_supervisors_protected_and_in_the_journal(
    opened: OpenVault, person_id: str, clock: FixedClock
) -> None:
    desk = opened.desk
    reference = carried(desk, person_id).export.export_no
    code = journal.head(desk).code
    made = key_sheets.export_sheet(desk)
    text = text_of(made.pdf, made.password)
    assert f"Journal {code}" in text
    assert "KEY SHEET: OFFICE ONLY" in text
    assert f"Reference {reference} · case {people.person(desk, person_id).person.number}" in text
    assert "Move with [name]" in text
    assert "Азиз" not in text
    printed = key_sheets.export_sheet(desk, printed=True, reason="For the safe")
    assert "Out of reach" in text_of(printed.pdf)
    with pytest.raises(AppError) as error:
        key_sheets.export_sheet(desk, printed=True)
    assert error.value.code == "report.reason_needed"
    with pytest.raises(AppError) as error:
        key_sheets.export_sheet(desk, "?")
    assert error.value.code == "report.no_such_sheet"
    with desk.reading() as reading:
        told = reading.connection.exec_driver_sql(
            "SELECT change, new FROM journal JOIN journal_value USING (seq) WHERE record_class = 'KeySheet' ORDER BY seq"
        ).all()
    assert [change for change, _new in told] == ["made", "exported", "exported"]
    assert "For the safe" in told[2][1]
    users.add(opened, "bahodir", OTHER, "caseworker")
    opened.close()
    with vault.unlock(desk.folder, "bahodir", OTHER, clock=clock) as other:
        for ask in (key_sheets.begin, key_sheets.sheets, key_sheets.export_sheet):
            refused: Callable[[Desk], object] = ask  # type: ignore[assignment]
            with pytest.raises(AppError) as error:
                refused(other.desk)
            assert error.value.code == "access.denied"
        assert key_sheets.current(other.desk).sign == reference[-1]
    with vault.unlock(desk.folder, "feruza", PASSPHRASE, clock=clock) as again:
        assert again.check().problems == ()


def test_new_rules_begin_a_new_sheet(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = key_sheets.current(desk)
    assert key_sheets.current(desk) == first
    monkeypatch.setattr(key_sheets, "_keys", lambda _desk: {*first.codes, "reason T99.new"})
    assert key_sheets.current(desk).number == first.number + 1
