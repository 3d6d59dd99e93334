"""The guard of papers: typed words that give somebody away are left out or kept for a reason, or no paper is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Case, CaseOption, Export
from panoh.domain.household import Site
from panoh.domain.leaks import LEFT_OUT, PAPERS, PHONES, PLACES, STAFF, STATES, YEARS, Kept
from panoh.domain.person import IdentityDocument
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import cases, summaries, users
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.summaries import CARRY, NAMED, SUPERVISOR, Wanted
from panoh.services.vault import OpenVault

FAMILY = FamilyForm(
    rows=(
        FamilyRow(name="Каримов Азиз", sex="M", birth="38", relation="head"),
        FamilyRow(name="Каримова Дилфуза", sex="F", birth="33", relation="spouse"),
    ),
    address_before="Тепақўрғон кўчаси",
    phone="+996 555 010203",
)


@pytest.fixture
def person_id(desk: Desk) -> str:
    """A man whose wife was recognised in 2003, with a case that tells all sorts of things."""
    man, wife = save_family(desk, FAMILY).people
    keep(desk, Site(id=new_id(), name="Sewing hall, Dastarkhan", kind="public_building", country="KG"))
    keep(
        desk,
        RefoulementAssessment(
            id=new_id(), person_id=wife.id, feared_country="UZ", recognised_year=2003, recognition_no="UZB-55/17"
        ),
        IdentityDocument(id=new_id(), person_id=man.id, kind="passport", document_no="AN 123456", state="lost"),
    )
    case = Case(id=new_id(), person_id=man.id, owner_id=desk.user.id)
    keep(desk, case)
    return man.id


def write(desk: Desk, person_id: str, **texts: str) -> None:
    """Put words into the case."""
    keep(desk, replace(cases.case_or_new(desk, person_id), **texts))  # type: ignore[arg-type]


def found(desk: Desk, person_id: str, level: str = SUPERVISOR) -> set[tuple[str, str]]:
    return {(leak.kind, leak.words) for leak in summaries.preview(desk, person_id, Wanted(level=level)).leaks}


def text_of(pdf: bytes, password: str) -> str:
    with pypdfium2.PdfDocument(pdf, password=password) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def exports(desk: Desk) -> list[Export]:
    with desk.reading() as reading:
        return reading.all(Export)


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("Not back to Ўзбекистонга", (STATES, "Ўзбекистонга")),
        ("She came in 2003", (YEARS, "2003")),
        ("Paper UZB 55 17 is with her", (PAPERS, "UZB 55 17")),
        ("Passport an123456", (PAPERS, "an123456")),
        ("Call 0555 010 203", (PHONES, "0555 010 203")),
        ("From Tepaqoʻrgʻon", (PLACES, "Tepaqoʻrgʻon")),
        ("Sleeps at Dastarkhan", (PLACES, "Dastarkhan")),
        ("Sleeps in Дастарханда", (PLACES, "Дастарханда")),
    ],
)
def test_what_the_vault_holds_is_found(desk: Desk, person_id: str, text: str, leak: tuple[str, str]) -> None:
    write(desk, person_id, wish=text)
    assert found(desk, person_id) == {leak}


def test_names_of_household_and_staff_are_masked_or_found(opened: OpenVault, person_id: str) -> None:
    users.add(opened, "Bahodir", "olma daryo bulut qalam", "caseworker")
    write(opened.desk, person_id, wish="Азизга Баҳодир ёрдам берсин, Dilfuza айтди")
    assert found(opened.desk, person_id) == set()
    assert summaries.preview(opened.desk, person_id, Wanted()).pdf
    assert found(opened.desk, person_id, NAMED) == {(STAFF, "Баҳодир")}
    assert found(opened.desk, person_id, CARRY) == set()


def test_a_paper_with_open_leaks_is_not_made_and_not_recorded(desk: Desk, person_id: str) -> None:
    write(desk, person_id, question="May he go to Казахстан?")
    with pytest.raises(AppError) as error:
        summaries.export_case(desk, person_id, Wanted())
    assert error.value.code == "report.leaks"
    assert "1 found" in error.value.sentence()
    assert "Казахстан" not in error.value.sentence()
    assert exports(desk) == []


def test_kept_words_stand_on_the_paper_and_their_reason_is_recorded(desk: Desk, person_id: str) -> None:
    write(desk, person_id, question="May he go to Казахстан?")
    kept = (Kept(STATES, "казахстан", "The flight is booked"), Kept(STATES, "Chad", "not on this paper"))
    made = summaries.export_case(desk, person_id, Wanted(kept=kept))
    assert "Казахстан" in text_of(made.pdf, made.password)
    assert exports(desk)[0].reason == "A State kept (decision asked): The flight is booked"


def test_left_out_words_are_masked_on_this_paper_only(desk: Desk, person_id: str) -> None:
    case = cases.case_or_new(desk, person_id)
    keep(
        desk,
        CaseOption(id=new_id(), case_id=case.id, letter="A", what="Flight to Казахстан", consequence="UNHCR waits"),
    )
    write(desk, person_id, question="May he go to Казахстан?")
    made = summaries.export_case(desk, person_id, Wanted(leave_out=("казахстан", "UNHCR")))
    text = text_of(made.pdf, made.password)
    assert "Казахстан" not in text
    assert f"May he go to {LEFT_OUT}?" in text
    assert f"words marked {LEFT_OUT}" in text.replace("\r\n", " ")
    assert cases.case_or_new(desk, person_id).question == "May he go to Казахстан?"
    assert len(summaries.preview(desk, person_id, Wanted()).leaks) == 2


def test_every_leak_can_be_answered_at_once(desk: Desk, person_id: str) -> None:
    write(desk, person_id, wish="UNHCR, Казахстан, 2003")
    wanted, still = summaries.answer_all(desk, person_id, Wanted())
    assert [leak.words for leak in still] == ["Казахстан", "UNHCR", "2003"]
    assert wanted == Wanted()
    wanted, still = summaries.answer_all(desk, person_id, Wanted(), omit=True)
    assert still == ()
    assert summaries.export_case(desk, person_id, wanted).pdf
    wanted, still = summaries.answer_all(desk, person_id, Wanted(), because="Read in this room")
    assert still == ()
    assert summaries.export_case(desk, person_id, wanted).export.reason.count("Read in this room") == 3


def test_a_printed_paper_is_recorded_as_such_and_needs_a_reason(desk: Desk, person_id: str) -> None:
    with pytest.raises(AppError):
        summaries.export_case(desk, person_id, Wanted(printed=True))
    made = summaries.export_case(desk, person_id, Wanted(printed=True, reason="No computer there"))
    assert made.password == ""
    assert (made.export.kind, made.export.plain) == ("case_summary_on_paper", True)
    assert made.pdf.startswith(b"%PDF")
    assert made.export.destroy_by == date(2010, 6, 26)
