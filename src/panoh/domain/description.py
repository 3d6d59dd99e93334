"""How a person can be known again: what was written down when they were found, for tracing and verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """Marks, clothes and what a person tells of their family. Of a small child often all that there is.

    A person may have several: each is what was seen and said on one day.
    """

    id: str
    person_id: str
    marks: str = ""  # on the body
    clothes: str = ""
    belongings: str = ""
    found_on: date | None = None
    found_where: str = ""
    found_by: str = ""
    kin_said: tuple[str, ...] = ()  # names of kin, as the person says them
    says: str = ""  # what they tell of their home, in their own words
    noted_by: str = ""  # user
    noted_at: datetime | None = None
