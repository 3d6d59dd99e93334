"""Leads: what public records of missing people (PFIF) say, and what of ours was made public. Nothing in a lead is trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from panoh.domain.dates import PartialDate

FOLLOWED, SET_ASIDE = "followed", "set_aside"  # vocab lead_state
_NEWER = "newer="  # in `told` of a lead that was followed: the day on which news of it came


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One person record of a PFIF file, kept apart from the people of the vault until it expires."""

    id: str
    public_no: str  # person_record_id: domain/local
    source_name: str = ""
    source_at: datetime | None = None  # source_date
    entered_at: datetime | None = None  # entry_date
    expires_at: datetime | None = None  # expiry_date: emptied within a day after it
    author_name: str = ""
    full_name: str = ""
    given_name: str = ""
    family_name: str = ""
    other_names: tuple[str, ...] = ()
    sex: str = ""
    birth_precision: str = ""
    birth_earliest: date | None = None
    birth_latest: date | None = None
    birth_said: str = ""
    birth_as_of: date | None = None
    home: str = ""  # neighbourhood, city, state, country: as said
    words: str = ""  # description
    status: str = ""  # vocab pfif_status, of the newest note
    last_place: str = ""  # last_known_location of the newest note that tells one
    told: tuple[
        str, ...
    ] = ()  # the other fields of the format, 'field=value', so that nothing kept is lost; and `newer`
    brought_in_at: datetime | None = None
    brought_in_by: str = ""  # user
    state: str = ""  # vocab lead_state: '' new, looked_at, followed, set_aside
    state_words: str = ""
    emptied_at: datetime | None = None  # expired: only ids and dates are left

    @property
    def birth(self) -> PartialDate:
        """The birth date with its precision."""
        return PartialDate(
            self.birth_precision, self.birth_earliest, self.birth_latest, self.birth_said, self.birth_as_of
        )

    @property
    def has_news(self) -> bool:
        """Whether the public has said something newer since it was followed, which nobody has looked at: it is in the notes."""
        return any(one.startswith(_NEWER) for one in self.told)

    def with_news(self, on: date | None) -> Lead:
        """The lead, beside which there is news since this day; None when it was looked at."""
        said = tuple(one for one in self.told if not one.startswith(_NEWER))
        return replace(self, told=(*said, f"{_NEWER}{on.isoformat()}") if on else said)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadNote:
    """A note about the person of a lead; or, under the number of the lead itself, its newer record."""

    id: str
    lead_id: str
    note_no: str  # note_record_id
    author_name: str = ""
    source_at: datetime | None = None
    status: str = ""  # vocab pfif_status
    last_place: str = ""
    words: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What somebody allowed to be made public, until when; it outlives the record, so that it can be called back."""

    id: str
    public_no: str  # person_record_id under which it is public
    person_id: str = ""
    request_id: str = ""
    consent_by: str = ""  # vocab consent_by
    consent_how: str = ""  # vocab consent_how
    consented_on: date | None = None
    expires_on: date | None = None
    made_by: str = ""  # user
    made_at: datetime | None = None
    out_at: datetime | None = None  # when it last left in a file
    withdrawn_on: date | None = None
    emptied_at: datetime | None = None  # when the emptied record left
