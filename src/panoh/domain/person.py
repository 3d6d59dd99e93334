"""A person: who they are, where their flight has brought them, which papers they have left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from panoh.domain.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One registered human being. Empty text means that nothing was recorded, not that there is nothing."""

    id: str
    number: str = ""
    external_id: str = ""
    household_id: str = ""
    relation: str = ""  # vocab relation: head, spouse, child ...
    given_name: str = ""
    family_name: str = ""
    patronymic: str = ""
    sex: str = ""  # vocab sex: F, M, X
    sex_basis: str = ""  # vocab birth_basis: how the sex was known
    birth_precision: str = ""
    birth_earliest: date | None = None
    birth_latest: date | None = None
    birth_said: str = ""
    birth_as_of: date | None = None
    birth_basis: str = ""  # vocab birth_basis: stated, document, observed
    birth_country: str = ""  # ISO alpha-2
    birth_place: str = ""
    father_name: str = ""
    mother_name: str = ""
    marital_status: str = ""  # vocab marital_status
    education: str = ""  # vocab education
    occupation: str = ""
    ethnicity: str = ""  # as said, optional; off in every export, because it can kill
    religion: str = ""  # as said, optional; off in every export
    origin: str = ""  # place lived before the flight, as said
    fled_on: date | None = None
    arrival_on: date | None = None
    phone: str = ""  # the number to try first; others are PersonPhone rows
    nationalities: tuple[str, ...] = ()  # ISO 3166-1 alpha-2, or 'stateless', 'undetermined'
    languages: tuple[str, ...] = ()  # ISO 639-1, the one to speak first
    interpreter: str = ""  # vocab interpreter: not needed, any, a woman, a man
    legal_status: str = ""  # vocab legal_status
    legal_status_by: str = ""  # the authority, as said: UNHCR, a State's office
    legal_status_on: date | None = None
    legal_status_evidence: str = ""  # vocab document_state: seen, copy, stated
    fled_from: str = ""  # country that this flight left, ISO alpha-2
    country_now: str = ""
    intends_to_go: str = ""  # country
    border_status: str = ""  # vocab border_status, as of the newest BorderEvent
    border_status_on: date | None = None
    presence: str = (
        "here"  # vocab presence: here, stopped, left_behind, missing, detained, crossed, elsewhere, dead ...
    )
    presence_since: date | None = None
    disappeared_on: date | None = None  # set when someone who was here is missing
    care: str = ""  # vocab care: who cares for a child
    urgent: str = ""  # urgent health or safety: '' not asked, 'none', 'yes'
    interviewed_alone_on: date | None = None
    site_id: str = ""
    depth: str = "emergency"  # vocab depth: group, emergency, full
    registered_at: datetime | None = None
    # The record of the same person that goes on, while this one is kept for undoing. Its own id: set aside (erasing.py).
    merged_into_id: str = ""
    departs_on: date | None = None  # a return, or another departure, is planned for this day

    @property
    def set_aside(self) -> bool:
        """Whether the record was set aside: hidden everywhere until it is brought back or erased."""
        return bool(self.merged_into_id) and self.merged_into_id == self.id

    @property
    def birth(self) -> PartialDate:
        """The birth date with its precision."""
        return PartialDate(
            self.birth_precision, self.birth_earliest, self.birth_latest, self.birth_said, self.birth_as_of
        )

    @property
    def full_name(self) -> str:
        """Family, given name and patronymic, as far as they are recorded."""
        return " ".join(part for part in (self.family_name, self.given_name, self.patronymic) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """Another name of the same person: in another script, a maiden name, a nickname, as in a document."""

    id: str
    person_id: str
    kind: str  # vocab name_kind: as_said, other_script, maiden, nickname, document, other_record
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPhone:
    """A further phone, and whose it is."""

    id: str
    person_id: str
    phone_no: str
    whose: str = ""  # vocab phone_whose: own, relative, neighbour, shared


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDocument:
    """An identity paper and what became of it."""

    id: str
    person_id: str
    kind: str = ""  # vocab document_kind
    document_no: str = ""
    issuer: str = ""  # country
    state: str = (
        ""  # vocab document_state: seen, copy, stated, lost, destroyed, confiscated, expired, replacement_asked
    )
    noted_on: date | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    name_as_written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question without an answer: which record, which field, and which of the four unknowns."""

    id: str
    record_id: str
    field: str
    answer: str  # not_asked, does_not_know, refused, none
