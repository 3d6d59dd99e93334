"""Tracing requests: who asks, who is sought, and what is known of the parting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from panoh.domain.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingRequest:
    """One sought person. The inquirer is registered (`inquirer_id`) or only named."""

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
    consent_to_trace: str = ""  # yes, no; '' not asked yet: matched inside the vault only
    status: str = "open"  # vocab tracing_status
    opened_at: datetime | None = None
    sought_person_id: str = ""  # when the sought person stands in the vault as not here

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


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchDecision:
    """What was decided about one candidate for one request; a No is remembered."""

    id: str
    request_id: str
    person_id: str
    state: str  # under_review, rejected
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
