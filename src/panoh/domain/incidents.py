"""Incidents: what happened, where and when, apart from the people whom it touched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from panoh.domain.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One event. Nobody's name stands in it: who was touched is told by IncidentPerson."""

    id: str
    number: str = ""
    kind: str = ""  # vocab incident_kind
    happened_precision: str = ""
    happened_earliest: date | None = None
    happened_latest: date | None = None
    happened_said: str = ""
    happened_as_of: date | None = None
    at_hour: str = ""  # as said: at night, about 4
    place: str = ""  # vocab locations, or as said
    site_id: str = ""
    border_point_id: str = ""
    source: str = ""  # vocab source
    reliability: str = ""  # vocab reliability
    by_whom: tuple[str, ...] = ()  # vocab harm_agent
    people_told: int | None = None  # how many were touched, as told, named here or not
    what: str = ""
    outcome: str = ""  # vocab incident_outcome
    noted_by: str = ""  # user
    noted_at: datetime | None = None

    @property
    def happened(self) -> PartialDate:
        """When it happened, with its precision."""
        return PartialDate(
            self.happened_precision,
            self.happened_earliest,
            self.happened_latest,
            self.happened_said,
            self.happened_as_of,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPerson:
    """Somebody whom an incident touched, and how. Shown by role where the kind of the incident is restricted."""

    id: str
    incident_id: str
    person_id: str
    role: str  # vocab incident_role


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReport:
    """What was told onwards about an incident."""

    id: str
    incident_id: str
    told_to: str = ""  # as said: an organisation, an office
    told_on: date | None = None
    told_by: str = ""  # user
    what: str = ""
    reference: str = ""  # theirs
