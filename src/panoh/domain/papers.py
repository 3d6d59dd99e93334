"""Lost papers: what is held in their place, and which steps were taken to get them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEvidence:
    """Something that shows who a person is while the paper is gone."""

    id: str
    person_id: str
    document_id: str = ""
    kind: str = ""  # vocab paper_evidence: copy, photo, witness, school_record, medical_record, work_record ...
    what: str = ""
    noted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStep:
    """One step towards a replacement: where one applied, when, and what came of it."""

    id: str
    person_id: str
    document_id: str = ""
    kind: str = ""  # vocab paper_step: reported, applied, letter, appointment, collected, refused
    office: str = ""
    taken_on: date | None = None
    next_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A photo or file of a person, or of one who is sought. Its bytes lie beside it in the vault, never anywhere else."""

    id: str
    person_id: str = ""
    document_id: str = ""
    kind: str = "photo"  # vocab attachment: photo, document_copy, other
    title: str = ""
    media_type: str = ""  # image/jpeg, application/pdf
    size: int = 0  # bytes
    sha256: str = ""
    added_on: date | None = None
    request_id: str = ""  # of the sought person of this request, who may stand nowhere else in the vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A registration card. Its number is of a series of its own; a new card ends the one before."""

    id: str
    card_no: str  # 4T7-88K-2
    household_id: str = ""
    person_id: str = ""  # for someone without a household
    heads: int = 0
    issued_on: date | None = None
    valid_until: date | None = None
    ended_on: date | None = None
