"""The fields of PFIF 1.4 in their order, the names that they had before, and how much a file may hold.

PFIF is the format in which missing people are published (zesty.ca/pfif/1.4, 29 May 2012). The process that reads such a
file imports this, so nothing else stands here.
"""

from __future__ import annotations

NAMESPACE = "http://zesty.ca/pfif/1.4"
NAMESPACES = frozenset({NAMESPACE, *(f"http://zesty.ca/pfif/1.{old}" for old in (1, 2, 3))})

PERSON, NOTE = "person", "note"
PERSON_FIELDS = (
    "person_record_id", "entry_date", "expiry_date", "author_name", "author_email", "author_phone", "source_name",
    "source_date", "source_url", "full_name", "given_name", "family_name", "alternate_names", "description", "sex",
    "date_of_birth", "age", "home_street", "home_neighborhood", "home_city", "home_state", "home_postal_code",
    "home_country", "photo_url", "profile_urls",
)  # fmt: skip
NOTE_FIELDS = (
    "note_record_id", "person_record_id", "linked_person_record_id", "entry_date", "author_name", "author_email",
    "author_phone", "source_date", "author_made_contact", "status", "email_of_found_person", "phone_of_found_person",
    "last_known_location", "text", "photo_url",
)  # fmt: skip
FIELDS = {PERSON: PERSON_FIELDS, NOTE: NOTE_FIELDS}
MANDATORY = {
    PERSON: frozenset({"person_record_id", "source_date", "full_name"}),
    NOTE: frozenset({"note_record_id", "author_name", "source_date", "text"}),
}
# What 1.1 to 1.3 called them; files that say 1.4 use these too.
OLD_NAMES = {
    PERSON: {
        "home_zip": "home_postal_code",
        "first_name": "given_name",
        "last_name": "family_name",
        "other": "description",
    },
    NOTE: {"found": "author_made_contact"},
}
# What of an expired record stays, so that others who have a copy learn that it expired.
KEPT_WHEN_EMPTIED = frozenset({"person_record_id", "entry_date", "source_date", "expiry_date"})

# One row of either kind: what it is, then every field.
COLUMNS = ("record", *PERSON_FIELDS, *(name for name in NOTE_FIELDS if name not in PERSON_FIELDS))

MOST_RECORDS = 200_000  # persons and notes of a file
MOST_NOTES = 200  # of one person
MOST_DEPTH = 32  # of elements; the format has four

CUT, TWICE, UNKNOWN, MANY_NOTES = "cut", "twice", "unknown", "many_notes"  # what may be wrong with the form of a record
