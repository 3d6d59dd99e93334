"""The border of a flight: crossing points with their state by date, and where each person stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PRESENT = ("here", "stopped")  # vocab presence: those who can stand at the border now
SOUTH = frozenset({"KG-B", "KG-GO", "KG-J", "KG-O"})  # vocab locations: Batken, Osh city, Jalal-Abad, Osh
NORTH = frozenset({"KG-C", "KG-GB", "KG-N", "KG-T", "KG-Y"})  # Chuy, Bishkek city, Naryn, Talas, Issyk-Kul
SOUTH_TO_NORTH, NORTH_TO_SOUTH = "south_to_north", "north_to_south"


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderPoint:
    """A place where people cross or wait."""

    id: str
    name: str
    location: str = ""  # vocab locations, category border; '' for a point that is not in it
    from_country: str = ""  # ISO alpha-2
    to_country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderPointState:
    """What a crossing point was like from one day on, until the next state."""

    id: str
    border_point_id: str
    since: date
    state: str  # vocab border_state: open, closed, some_let_through
    let_through: str = ""  # who, as told: women and children
    source: str = ""  # vocab source


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderEvent:
    """One person and the border on one day. The newest is the person's border status."""

    id: str
    person_id: str
    status: str  # vocab border_status
    happened_on: date | None = None
    border_point_id: str = ""
    source: str = ""  # vocab source


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """People who moved together from one place to another, known or told by others."""

    id: str
    moved_on: date | None = None
    from_site_id: str = ""
    to_site_id: str = ""
    from_place: str = ""  # where no site is known
    to_place: str = ""
    people: int | None = None
    remarks: str = ""


def way_between(from_region: str, to_region: str) -> str:
    """SOUTH_TO_NORTH or NORTH_TO_SOUTH where the regions lie in the two parts of Kyrgyzstan, else ''."""
    if from_region in SOUTH and to_region in NORTH:
        return SOUTH_TO_NORTH
    return NORTH_TO_SOUTH if from_region in NORTH and to_region in SOUTH else ""
