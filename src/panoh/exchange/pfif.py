"""PFIF, the format in which missing people are published (zesty.ca/pfif): its records, and writing them as 1.4.

Reading is in pfif_values.py: whatever such a file says comes from anybody, and is text until somebody has looked at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape

from panoh.exchange.pfif_fields import FIELDS, KEPT_WHEN_EMPTIED, MANDATORY, NAMESPACE, NOTE, PERSON

SEXES = frozenset({"female", "male", "other"})
STATUSES = frozenset({"information_sought", "is_note_author", "believed_alive", "believed_missing", "believed_dead"})
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # www.w3.org/TR/REC-xml, production 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PfifNote:
    """What somebody wrote about a person, at `source_date`. Times are UTC in whole seconds."""

    note_record_id: str = ""
    person_record_id: str = ""
    linked_person_record_id: str = ""  # says that the two records are about one person
    entry_date: datetime | None = None
    author_name: str = ""
    author_email: str = ""
    author_phone: str = ""
    source_date: datetime | None = None
    author_made_contact: str = ""  # true, false
    status: str = ""  # one of STATUSES
    email_of_found_person: str = ""
    phone_of_found_person: str = ""
    last_known_location: str = ""
    text: str = ""
    photo_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PfifPerson:
    """A person as published. The site before the slash of `person_record_id` owns the record, all others hold copies.

    `full_name`, `alternate_names` and `profile_urls` may hold several, a line each.
    """

    person_record_id: str = ""
    entry_date: datetime | None = None
    expiry_date: datetime | None = None
    author_name: str = ""
    author_email: str = ""
    author_phone: str = ""
    source_name: str = ""
    source_date: datetime | None = None
    source_url: str = ""
    full_name: str = ""
    given_name: str = ""
    family_name: str = ""
    alternate_names: str = ""
    description: str = ""
    sex: str = ""  # one of SEXES
    date_of_birth: str = ""  # YYYY, YYYY-MM or YYYY-MM-DD
    age: str = ""  # n or n-m, at source_date
    home_street: str = ""
    home_neighborhood: str = ""
    home_city: str = ""
    home_state: str = ""
    home_postal_code: str = ""
    home_country: str = ""
    photo_url: str = ""
    profile_urls: str = ""
    notes: tuple[PfifNote, ...] = ()

    @property
    def is_emptied(self) -> bool:
        """Whether only that is left of the record which stays when it has expired."""
        return not any(getattr(self, name) for name in FIELDS[PERSON] if name not in KEPT_WHEN_EMPTIED)


def emptied(person: PfifPerson, at: datetime) -> PfifPerson:
    """What is published in the place of a record that expired or was withdrawn: nothing of the person, and from when.

    The format wants this within one day after `expiry_date`. No date goes back: an entry_date never decreases.
    """
    since = max(filter(None, (at, person.entry_date)))
    return PfifPerson(
        person_record_id=person.person_record_id,
        source_date=since,
        entry_date=since,
        expiry_date=person.expiry_date,
    )


def write_pfif(people: Iterable[PfifPerson], notes: Iterable[PfifNote] = ()) -> bytes:
    """The records as a PFIF 1.4 file in UTF-8, fields in the order of the format; `notes` are about people elsewhere."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<pfif:pfif xmlns:pfif="{NAMESPACE}">']
    for person in people:
        lines.append("  <pfif:person>")
        lines += _fields(PERSON, person, "    ")
        for note in person.notes:
            lines += _note(replace(note, person_record_id=person.person_record_id), "    ")
        lines.append("  </pfif:person>")
    for note in notes:
        lines += _note(note, "  ")
    return "\n".join([*lines, "</pfif:pfif>", ""]).encode()


def _note(note: PfifNote, indent: str) -> list[str]:
    return [f"{indent}<pfif:note>", *_fields(NOTE, note, indent + "  "), f"{indent}</pfif:note>"]


def _fields(kind: str, record: PfifPerson | PfifNote, indent: str) -> list[str]:
    texts = ((name, _text(getattr(record, name))) for name in FIELDS[kind])
    return [
        f"{indent}<pfif:{name}>{text}</pfif:{name}>" for name, text in texts if text or name in MANDATORY[kind]
    ]  # fmt: skip


def _text(value: str | datetime | None) -> str:
    if isinstance(value, datetime):
        return written_time(value)
    return escape(_NOT_IN_XML.sub("", (value or "").replace("\r\n", "\n").replace("\r", "\n")), quote=False)


def written_time(at: datetime) -> str:
    """A time as the format has it: YYYY-MM-DDThh:mm:ssZ."""
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
