"""Tracing requests: who asks, who is sought, what is known of the parting, and what is done to find them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from panoh.domain.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingRequest:
    """One sought person. The inquirer is registered (`inquirer_id`) or only named.

    Whoever asks for several people has one request for each, held together by `inquiry`.
    """

    id: str
    number: str = ""
    external_id: str = ""
    inquirer_id: str = ""
    inquirer_name: str = ""
    relation: str = ""  # of the sought person to the inquirer, vocab relation
    given_name: str = ""
    family_name: str = ""
    patronymic: str = ""
    sex: str = ""
    birth_precision: str = ""
    birth_earliest: date | None = None
    birth_latest: date | None = None
    birth_said: str = ""
    birth_as_of: date | None = None
    origin: str = ""
    relatives: tuple[str, ...] = ()  # names of kin who may be with the sought person
    separated_on: date | None = None
    separated_where: str = ""
    separation_cause: str = ""  # vocab separation_cause
    last_seen: str = ""
    consent_to_trace: str = ""  # yes, no (also withdrawn); '' not asked yet: matched inside the vault only
    status: str = "open"  # vocab tracing_status
    opened_at: datetime | None = None
    sought_person_id: str = ""  # when the sought person stands in the vault as not here
    inquiry: str = ""  # the first request of those that were asked together; '' is a request of its own
    nickname: str = ""
    other_names: tuple[str, ...] = ()  # maiden, married, in another script
    phone: str = ""  # the last one that is known of the sought person
    document_no: str = ""
    languages: tuple[str, ...] = ()  # ISO 639-1
    marks: str = ""  # on the body
    clothes: str = ""  # when last seen
    last_seen_on: date | None = None
    last_seen_with: str = ""
    contact: str = ""  # where and how the inquirer can be reached safely
    consent_by: str = ""  # vocab consent_by: who consented to the tracing
    consent_how: str = ""  # vocab consent_how
    consent_on: date | None = None
    consent_withdrawn_on: date | None = None
    consent_to_show: str = ""  # yes, no: name and photo on boards and lists, read aloud
    consent_to_publish: str = ""  # yes, no: PFIF, which is public
    # What a child wishes who asks, of each person that it names.
    wish_order: int | None = None  # whom to find first
    in_contact: str = ""  # yes, no
    wishes_contact: str = ""  # yes, no
    wishes_reunion: str = ""  # vocab reunion_wish: yes, later, no
    wish_why: str = ""
    # Held back: the inquirer may be the danger. Nothing is told to them, nor printed, until a supervisor has lifted it.
    held_why: str = ""
    held_by: str = ""  # user
    held_on: date | None = None
    closed_on: date | None = None
    closed_why: str = ""  # vocab tracing_closing
    closed_words: str = ""

    @property
    def birth(self) -> PartialDate:
        """The birth date of the sought person with its precision."""
        return PartialDate(
            self.birth_precision, self.birth_earliest, self.birth_latest, self.birth_said, self.birth_as_of
        )

    @property
    def full_name(self) -> str:
        """Family, given name and patronymic of the sought person, as far as they were said."""
        return " ".join(part for part in (self.family_name, self.given_name, self.patronymic) if part)

    @property
    def called(self) -> str:
        """The name of the sought person, or the by-name where that is all that is known."""
        return self.full_name or self.nickname


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchDecision:
    """What was decided about one candidate for one request; a No is remembered."""

    id: str
    request_id: str
    person_id: str
    state: (
        str  # vocab match_state: under_review, rejected, confirmed, waiting (another one was confirmed), '' none again
    )
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    was: str = ""  # the state to which a waiting one goes back


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingAction:
    """One thing that was done to find somebody, and what came of it."""

    id: str
    request_id: str
    kind: str  # vocab tracing_action: case by case, individual, mass, photo, referral to an NGO, to the ICRC
    done_on: date | None = None
    place: str = ""
    remarks: str = ""
    outcome: str = ""  # vocab tracing_outcome: pending, successful, unsuccessful
    reference: str = ""  # of the organisation to which it was referred
    noted_by: str = ""  # user
    noted_at: datetime | None = None
