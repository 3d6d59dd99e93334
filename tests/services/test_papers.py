"""Lost papers: the workbench and the letter, which goes only where the person agreed and where it is safe."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.consent import Consent
from panoh.domain.papers import PaperEvidence, PaperStep
from panoh.domain.person import IdentityDocument, Person
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import papers
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family


def _person(desk: Desk, name: str = "Каримова <b>Зулфия</b>") -> Person:
    row = FamilyRow(name=name, sex="F", birth="12.3.1972", relation="head")
    return save_family(desk, FamilyForm(rows=(row,), fled_from="KG", country_now="UZ")).people[0]


def _paper(desk: Desk, person: Person, state: str = "lost", **more: str) -> IdentityDocument:
    told = {"kind": "passport", "document_no": "AN0042", "issuer": "KG", "state": state, **more}
    made = IdentityDocument(id=new_id(), person_id=person.id, **told)  # type: ignore[arg-type]
    keep(desk, made)
    return made


def _agree(desk: Desk, person: Person, recipient: str, answer: str = "yes") -> None:
    keep(desk, Consent(id=new_id(), person_id=person.id, purpose="sharing", recipient=recipient, answer=answer))


def _text(pdf: bytes, password: str = "") -> str:
    document = pypdfium2.PdfDocument(pdf, password=password or None)
    return " ".join(page.get_textpage().get_text_range() for page in document)


class TestWorkbench:
    def test_papers_that_are_gone_come_with_what_was_done(self, desk: Desk) -> None:
        first, second, third = (_person(desk, name) for name in ("А Б", "В Г", "Д Е"))
        seen, lost, burnt = _paper(desk, first, "seen"), _paper(desk, second), _paper(desk, third, "destroyed")
        papers.add_step(
            desk,
            PaperStep(
                id="",
                person_id=second.id,
                document_id=lost.id,
                kind="reported",
                office="Police",
                next_on=date(2010, 6, 20),
            ),
        )
        papers.add_evidence(desk, PaperEvidence(id="", person_id=second.id, kind="witness", what="The teacher"))
        found = papers.page(desk, 0, 10)
        assert [one.document.id for one in found] == [burnt.id, lost.id]
        assert seen.id not in [one.document.id for one in found]
        assert papers.count(desk) == 2
        assert found[1].next_on == date(2010, 6, 20)
        assert [e.what for e in found[1].evidence] == ["The teacher"]

    @pytest.mark.parametrize(
        ("kind", "state"), [("applied", "replacement_asked"), ("collected", "seen"), ("reported", "lost")]
    )
    def test_a_step_changes_the_state_of_the_paper(self, desk: Desk, kind: str, state: str) -> None:
        person = _person(desk)
        paper = _paper(desk, person)
        papers.add_step(desk, PaperStep(id="", person_id=person.id, document_id=paper.id, kind=kind))
        with desk.reading() as reading:
            assert reading.get(IdentityDocument, paper.id).state == state


class TestLetter:
    def test_it_names_the_person_and_what_is_gone_and_is_recorded(self, desk: Desk) -> None:
        person = _person(desk)
        _paper(desk, person, name_as_written="KARIMOVA ZULFIYA")
        papers.add_evidence(
            desk, PaperEvidence(id="", person_id=person.id, kind="witness", what="<img src='/etc/hostname'>")
        )
        _agree(desk, person, "unhcr")
        made = papers.letter(desk, person.id, "unhcr", office="UNHCR field office")
        text = _text(made.pdf, made.password)
        for words in (
            "<b>Зулфия</b>",
            "AN0042",
            "KARIMOVA ZULFIYA",
            "<img src='/etc/hostname'>",
            "UNHCR field office",
            "12 Mar 1972",
        ):
            assert words in text
        with pikepdf.open(BytesIO(made.pdf), password=made.password) as document:
            assert document.encryption.R == 6
            assert not document.docinfo
        assert made.export.recipient == "unhcr"
        assert person.given_name not in made.file_name
        assert papers.of_person(desk, person.id)[0].steps[0].kind == "letter"

    @pytest.mark.parametrize("answer", ["", "no"])
    def test_without_consent_for_the_recipient_there_is_none(self, desk: Desk, answer: str) -> None:
        person = _person(desk)
        _paper(desk, person)
        _agree(desk, person, "unhcr")
        if answer:
            _agree(desk, person, "authorities_asylum", answer)
        with pytest.raises(AppError, match="Nothing was made"):
            papers.letter(desk, person.id, "authorities_asylum")

    def test_it_never_goes_to_a_state_that_the_person_fears_and_says_nothing_of_it(self, desk: Desk) -> None:
        person = _person(desk)
        _paper(desk, person)
        _agree(desk, person, "authorities_asylum")
        papers.letter(desk, person.id, "authorities_asylum")
        keep(desk, RefoulementAssessment(id=new_id(), person_id=person.id, feared_country="UZ"))
        with pytest.raises(AppError) as unsafe:
            papers.letter(desk, person.id, "authorities_asylum")
        other = _person(desk)
        _paper(desk, other)
        with pytest.raises(AppError) as no_consent:
            papers.letter(desk, other.id, "authorities_asylum")
        assert unsafe.value.sentence() == no_consent.value.sentence()

    def test_a_withdrawn_or_expired_yes_is_none(self, desk: Desk) -> None:
        person = _person(desk)
        _paper(desk, person)
        for change in ({"withdrawn_on": desk.clock.today()}, {"expires_on": date(2010, 6, 1)}):
            yes = Consent(id=new_id(), person_id=person.id, purpose="sharing", recipient="icrc", answer="yes")
            keep(desk, replace(yes, **change))
        with pytest.raises(AppError):
            papers.letter(desk, person.id, "icrc")

    def test_nothing_gone_no_letter_and_plain_needs_a_reason(self, desk: Desk) -> None:
        person = _person(desk)
        _agree(desk, person, "unhcr")
        with pytest.raises(AppError, match="Nothing was made"):
            papers.letter(desk, person.id, "unhcr")
        _paper(desk, person)
        with pytest.raises(AppError, match="reason"):
            papers.letter(desk, person.id, "unhcr", plain=True)
        assert papers.letter(desk, person.id, "unhcr", plain=True, reason="No reader there").password == ""

    def test_many_papers_run_over_pages(self, desk: Desk) -> None:
        person = _person(desk)
        for number in range(60):
            _paper(desk, person, document_no=f"N{number:04d}")
        _agree(desk, person, "unhcr")
        made = papers.letter(desk, person.id, "unhcr")
        text = _text(made.pdf, made.password)
        assert all(f"N{number:04d}" in text for number in range(60))
        assert len(pypdfium2.PdfDocument(made.pdf, password=made.password)) > 1
