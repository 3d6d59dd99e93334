"""What a PFIF record says, as a lead of ours. Words stay as they are said; only names, sex and birth are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from panoh.base.errors import FieldProblem
from panoh.base.ids import new_id
from panoh.domain.date_spans import YEARS, span_of_age
from panoh.domain.dates import AGE, RANGE, PartialDate, parse_import_birth
from panoh.domain.leads import Lead, LeadNote
from panoh.domain.name_split import split_full_name
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.exchange.pfif import PfifNote, PfifPerson

_SEX = {"female": "F", "male": "M", "other": "X"}
_HOME = ("home_neighborhood", "home_city", "home_state", "home_country")
# What the fields of a lead do not say whole; together with them nothing is lost.
_TOLD = (
    "author_email", "author_phone", "source_url", "date_of_birth", "age", "home_street", "home_postal_code", "photo_url",
    "profile_urls",
)  # fmt: skip
_NEWS_TOLD = ("full_name", "given_name", "family_name", "alternate_names", "sex", *_HOME, *_TOLD)
_NOTE_TOLD = (
    "linked_person_record_id", "entry_date", "author_email", "author_phone", "author_made_contact",
    "email_of_found_person", "phone_of_found_person", "photo_url",
)  # fmt: skip


def filled(lead: Lead, person: PfifPerson, today: date) -> Lead:
    """The lead with what the record says in place of what was said before; what we did about it stays."""
    names = [name for name in person.full_name.splitlines() if name]
    others = [*names[1:], *(name for name in person.alternate_names.splitlines() if name)]
    birth = _birth(person, today)
    return replace(
        lead,
        source_name=person.source_name,
        source_at=person.source_date,
        entered_at=person.entry_date,
        expires_at=person.expiry_date,
        author_name=person.author_name,
        full_name=names[0] if names else "",
        given_name=person.given_name,
        family_name=person.family_name,
        other_names=tuple(dict.fromkeys(others)),
        sex=_SEX.get(person.sex, ""),
        birth_precision=birth.precision,
        birth_earliest=birth.earliest,
        birth_latest=birth.latest,
        birth_said=birth.said,
        birth_as_of=birth.as_of,
        home=", ".join(part for part in (getattr(person, name) for name in _HOME) if part),
        words=person.description,
        told=_told(person, _TOLD),
        emptied_at=None,
    )


def news_of(lead: Lead, person: PfifPerson) -> LeadNote:
    """A newer record of a lead that was followed, as a note beside it: the lead keeps what the decision stood on."""
    return LeadNote(
        id=new_id(),
        lead_id=lead.id,
        note_no=lead.public_no,
        author_name=person.author_name,
        source_at=person.source_date or person.entry_date,
        words=person.description,
        told=_told(person, _NEWS_TOLD),
    )


def note_of(lead: Lead, note: PfifNote, note_id: str = "") -> LeadNote:
    """A note about the person of a lead."""
    return LeadNote(
        id=note_id or new_id(),
        lead_id=lead.id,
        note_no=note.note_record_id,
        author_name=note.author_name,
        source_at=note.source_date,
        status=note.status,
        last_place=note.last_known_location,
        words=note.text,
        told=_told(note, _NOTE_TOLD),
    )


def with_notes(lead: Lead, notes: Sequence[LeadNote]) -> Lead:
    """The lead with what the newest notes say of how and where the person is."""
    newest = sorted(notes, key=lambda note: (note.source_at is not None, note.source_at, note.note_no), reverse=True)
    return replace(
        lead,
        status=next((note.status for note in newest if note.status), ""),
        last_place=next((note.last_place for note in newest if note.last_place), ""),
    )


def _told(record: PfifPerson | PfifNote, names: Sequence[str]) -> tuple[str, ...]:
    values = ((name, getattr(record, name)) for name in names)
    return tuple(
        f"{name}={value.isoformat() if hasattr(value, 'isoformat') else value}" for name, value in values if value
    )


def _birth(person: PfifPerson, today: date) -> PartialDate:
    """The date of birth, else the age at the time of the record; nothing where it is beyond what people reach."""
    told_on = person.source_date.date() if person.source_date else today
    if person.date_of_birth:
        try:
            return parse_import_birth(person.date_of_birth, "", told_on)
        except FieldProblem:
            return PartialDate()
    low, _dash, high = person.age.partition("-")
    span = span_of_age(int(low), int(high or low), YEARS, told_on) if low else None
    if span is None:
        return PartialDate()
    return PartialDate(RANGE if high not in ("", low) else AGE, *span, said=person.age, as_of=told_on)


def as_sought(lead: Lead) -> TracingRequest:
    """The lead as if somebody asked for this person, to compare it with people who are here."""
    given, family, patronymic = _names(lead)
    return TracingRequest(
        id=lead.id, given_name=given, family_name=family, patronymic=patronymic, other_names=lead.other_names, sex=_of_two(lead),
        birth_precision=lead.birth_precision, birth_earliest=lead.birth_earliest, birth_latest=lead.birth_latest,
        birth_said=lead.birth_said, birth_as_of=lead.birth_as_of, origin=lead.home, opened_at=lead.source_at,
    )  # fmt: skip


def as_person(lead: Lead) -> Person:
    """The lead as if the person were here, to compare it with what is asked for."""
    given, family, patronymic = _names(lead)
    return Person(
        id=lead.id, number="", given_name=given, family_name=family, patronymic=patronymic, sex=_of_two(lead),
        birth_precision=lead.birth_precision, birth_earliest=lead.birth_earliest, birth_latest=lead.birth_latest,
        birth_said=lead.birth_said, birth_as_of=lead.birth_as_of, origin=lead.home, registered_at=lead.source_at,
    )  # fmt: skip


def _of_two(lead: Lead) -> str:
    return lead.sex if lead.sex in ("F", "M") else ""


def _names(lead: Lead) -> tuple[str, str, str]:
    """Given, family and father's name, from the fields that say them or from the whole name."""
    parts = split_full_name(lead.full_name)
    if lead.given_name and lead.family_name:
        return lead.given_name, lead.family_name, parts.patronymic
    return parts.given, parts.family, parts.patronymic
