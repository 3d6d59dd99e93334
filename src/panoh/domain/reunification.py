"""Reunification: who was handed over to whom, when, how and before which witness, and how it went on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

MAY_WAIT = timedelta(days=30)  # a visit that cannot be made on its day waits no longer than this, each time


@dataclass(frozen=True, slots=True, kw_only=True)
class Reunification:
    """One handing over. It is not the end of the work: visits follow."""

    id: str
    person_id: str  # who was handed over, or came back to the family
    request_id: str = ""
    verification_id: str = ""
    reunified_on: date | None = None
    place: str = ""
    transport: str = ""
    handed_to_id: str = ""  # person, where registered
    handed_to: str = ""  # as said
    relation: str = ""  # vocab relation: of that adult to the person
    identity_shown: str = ""  # paper and number, as shown
    witness: str = ""
    kind: str = ""  # vocab reunification_kind
    verified_adult: str = ""  # yes, no: handed to the adult who was verified
    other_adult_why: str = ""  # vocab other_adult_why
    # Without a signed verification: said so for ever.
    emergency_why: str = ""
    emergency_by: str = ""  # user
    emergency_at: datetime | None = None
    outcome: str = ""  # vocab reunification_outcome; '' not known yet
    outcome_on: date | None = None
    outcome_words: str = ""
    noted_by: str = ""  # user
    noted_at: datetime | None = None

    @property
    def emergency(self) -> bool:
        """Whether somebody was handed over without a signed verification."""
        return bool(self.emergency_why)
