"""The workbench for lost papers: whose are gone, what is held instead, which steps were taken, the supporting letter."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta

from panoh.base.errors import AppError
from panoh.base.i18n import day, speaking
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.cases import Export
from panoh.domain.check_codes import new_check_code, new_export_no
from panoh.domain.consent import AUTHORITIES, Consent
from panoh.domain.dates import words as birth_words
from panoh.domain.lines import PersonLine
from panoh.domain.papers import PaperEvidence, PaperStep
from panoh.domain.person import IdentityDocument, Person
from panoh.domain.refoulement import RefoulementAssessment
from panoh.reports.protect import protect, scrub
from panoh.reports.supporting_letter import LostPaperLine, SupportingLetter, render_letter
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import knows, open_ones, require_known, told_line
from panoh.services.passphrases import new_passphrase
from panoh.services.records import keep, owner_of
from panoh.services.shield import require_recipient
from panoh.services.summaries import Made
from panoh.store import lines, lost_papers
from panoh.store.tables import table
from panoh.store.units import Reading

GONE = lost_papers.GONE
LETTER_DAYS = 60


@dataclass(frozen=True, slots=True)
class LostPaper:
    """One paper that is gone, with what was done about it."""

    line: PersonLine
    document: IdentityDocument
    evidence: tuple[PaperEvidence, ...]
    steps: tuple[PaperStep, ...]  # the newest first

    @property
    def next_on(self) -> date | None:
        """When something is to be done next; None when nothing is planned."""
        return self.steps[0].next_on if self.steps else None


def page(desk: Desk, offset: int, limit: int) -> list[LostPaper]:
    """A page of all papers that are gone: nothing done yet first, then by the day of the next step."""
    with desk.reading() as reading:
        documents = lost_papers.page(reading, offset, limit, _hidden(desk), desk.user.id)
        return _with_work(desk, reading, documents)


def count(desk: Desk) -> int:
    """How many papers are gone."""
    with desk.reading() as reading:
        return lost_papers.count(reading, _hidden(desk), desk.user.id)


def of_person(desk: Desk, person_id: str) -> list[LostPaper]:
    """The papers of one person that are gone; none of somebody masked for this user."""
    with desk.reading() as reading:
        if not knows(desk, reading, person_id):
            return []
        return _with_work(desk, reading, _gone(desk, reading, person_id))


def add_evidence(desk: Desk, evidence: PaperEvidence) -> Changes:
    """Note what shows who the person is."""
    return keep(desk, replace(evidence, id=evidence.id or new_id(), noted_on=evidence.noted_on or desk.clock.today()))


def add_step(desk: Desk, step: PaperStep) -> Changes:
    """Note a step towards a replacement. What was collected or applied for changes the state of the paper."""
    made = replace(step, id=step.id or new_id(), taken_on=step.taken_on or desk.clock.today())
    state = {"collected": "seen", "applied": "replacement_asked"}.get(step.kind)
    with desk.reading() as reading:
        paper = reading.get(IdentityDocument, step.document_id) if step.document_id and state else None
    if paper is None or state is None:
        return keep(desk, made)
    return keep(desk, made, replace(paper, state=state, noted_on=made.taken_on))


def letter(
    desk: Desk,
    person_id: str,
    recipient: str,
    *,
    office: str = "",
    language: str = "en",
    plain: bool = False,
    reason: str = "",
) -> Made:
    """Make the supporting letter for all papers of a person that are gone, and record it.

    It goes to a recipient to whom sharing was consented to, never to a State that the person fears.
    Raises AppError: paper.none_gone, paper.not_to_them, report.reason_needed, record.not_found.
    """
    if plain and not reason.strip():
        raise AppError("report.reason_needed")
    with desk.reading() as reading:
        require_recipient(desk, reading, person_id, recipient)
        require_recipient(desk, reading, person_id, office)
        require_known(desk, reading, person_id)
        person, documents = reading.get(Person, person_id), _gone(desk, reading, person_id)
        if not documents:
            raise AppError("paper.none_gone")
        if not _may_go_to(desk, reading, person, recipient):
            raise AppError("paper.not_to_them")
        with speaking(language):
            written = _written(desk, reading, person, documents, office or desk.name_of("recipient", recipient))
    page = render_letter(written, language)
    password = "" if plain else new_passphrase()
    pdf = scrub(page) if plain else protect(page, password)
    export = Export(
        id=new_id(), export_no=written.export_no, check_code=new_check_code(), kind="supporting_letter", level="named",
        person_id=person_id, recipient=recipient, reason=reason.strip(), plain=plain, language=language,
        sha256=hashlib.sha256(pdf).hexdigest(), made_at=desk.clock.now(), made_by=desk.user.id,
        destroy_by=desk.clock.today() + timedelta(days=LETTER_DAYS),
    )  # fmt: skip
    return Made(export, pdf, password, _kept(desk, export, documents[0].id, office))


def _kept(desk: Desk, export: Export, document_id: str, office: str) -> Changes:
    """Record that the letter was given: an export, and a step towards the paper."""
    step = PaperStep(
        id=new_id(),
        person_id=export.person_id,
        document_id=document_id,
        kind="letter",
        office=office,
        taken_on=desk.clock.today(),
    )
    with desk.writing() as unit:
        unit.add(export, step)
        unit.tell("exported", "Person", export.person_id, f"supporting_letter {export.export_no}")
        return Changes.of(unit)


def _hidden(desk: Desk) -> list[str]:
    """Kinds of paper that this user sees only of cases that are the user's own."""
    return [] if desk.is_supervisor else [term.code for term in desk.vocabularies["document_kind"] if term.restricted]


def _gone(desk: Desk, reading: Reading, person_id: str) -> list[IdentityDocument]:
    c = table(IdentityDocument).c
    found = reading.all(IdentityDocument, c.person_id == person_id, c.state.in_(GONE))
    return list(open_ones(desk, found, desk.may_see_restricted(owner_of(reading, person_id))))


def _with_work(desk: Desk, reading: Reading, documents: list[IdentityDocument]) -> list[LostPaper]:
    ids = [document.id for document in documents]
    people = lines.people_by_id(reading, (document.person_id for document in documents))
    evidence = reading.where_in(PaperEvidence, "person_id", people)
    steps = sorted(
        reading.where_in(PaperStep, "document_id", ids), key=lambda s: (s.taken_on or date.min, s.id), reverse=True
    )
    return [
        LostPaper(
            told_line(desk, people[d.person_id]),
            d,
            tuple(e for e in evidence if e.document_id == d.id or (e.person_id == d.person_id and not e.document_id)),
            tuple(s for s in steps if s.document_id == d.id),
        )
        for d in documents
    ]


def _may_go_to(desk: Desk, reading: Reading, person: Person, recipient: str) -> bool:
    """Whether the person agreed to sharing with this recipient, and no State that the person fears would read it.

    What goes to authorities is for those who may know whom the person fears.
    """
    consents = reading.all(Consent, table(Consent).c.person_id == person.id)
    today = desk.clock.today()
    mine = [c for c in consents if c.purpose == "sharing" and c.recipient == recipient]
    if not any(c.holds_on(today) for c in mine) or any(c.answer == "no" and c.withdrawn_on is None for c in mine):
        return False
    if recipient not in AUTHORITIES:
        return True
    if not desk.may_see_restricted(owner_of(reading, person.id)):  # a refusal for some alone would tell whom they fear
        return False
    c = table(RefoulementAssessment).c
    assessment = reading.first(RefoulementAssessment, c.person_id == person.id)
    feared = assessment.feared_country if assessment else ""
    states = {person.country_now} if recipient == "authorities_asylum" else {person.fled_from, *person.nationalities}
    return not feared or feared == "none" or feared not in states


def _written(
    desk: Desk, reading: Reading, person: Person, documents: list[IdentityDocument], recipient: str
) -> SupportingLetter:
    shown = {"", *(document.id for document in documents)}
    evidence = [e for e in reading.where_in(PaperEvidence, "person_id", [person.id]) if e.document_id in shown]
    return SupportingLetter(
        export_no=new_export_no(),
        written_on=desk.clock.today(),
        recipient=recipient,
        name=person.full_name,
        names_as_written=tuple(dict.fromkeys(d.name_as_written for d in documents if d.name_as_written)),
        sex=desk.name_of("sex", person.sex) if person.sex else "",
        birth=birth_words(person.birth),
        nationality=", ".join(desk.name_of("country", code) for code in person.nationalities),
        number=person.number,
        registered_on=person.registered_at.date() if person.registered_at else None,
        papers=tuple(
            LostPaperLine(
                desk.name_of("document_kind", d.kind) if d.kind else _("Paper"),
                d.document_no,
                desk.name_of("country", d.issuer) if d.issuer else "",
                _fate(desk, d),
            )
            for d in documents
        ),
        evidence=tuple(_shown(desk, e) for e in evidence),
        demo=desk.demo,
    )


def _fate(desk: Desk, document: IdentityDocument) -> str:
    state = desk.name_of("document_state", document.state)
    if document.noted_on is None:
        return state
    return _("{state}, noted {day}").format(state=state, day=day(document.noted_on))


def _shown(desk: Desk, evidence: PaperEvidence) -> str:
    kind = desk.name_of("paper_evidence", evidence.kind) if evidence.kind else ""
    return ": ".join(part for part in (kind, evidence.what) if part)
