"""What everyone needs, and what was given: of a person, of a household, or of a whole site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MET, PARTLY, OPEN = "met", "partly", "open"  # vocab need_state


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicNeed:
    """How one sector stands for exactly one of a person, a household or a site, on one day. The newest day counts."""

    id: str
    sector: str  # vocab sector
    state: str  # vocab need_state
    person_id: str = ""
    household_id: str = ""
    site_id: str = ""
    people: int | None = None  # how many lack it, of a site
    noted_on: date | None = None
    noted_by: str = ""  # user
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance:
    """Something that was given to exactly one of a person, a household or a site."""

    id: str
    sector: str  # vocab sector
    what: str
    person_id: str = ""
    household_id: str = ""
    site_id: str = ""
    quantity: int | None = None
    unit: str = ""  # as said: kg, tents, days
    given_by: str = ""  # organisation
    given_on: date | None = None
    noted_by: str = ""  # user
