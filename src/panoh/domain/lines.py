"""Lines of lists: what a queue or a table shows of one record, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from panoh.domain.dates import PartialDate
from panoh.domain.household import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person in a list, with the level and who holds the case."""

    id: str
    number: str
    external_id: str
    given_name: str
    family_name: str
    patronymic: str
    sex: str
    birth: PartialDate
    relation: str
    household_id: str
    presence: str
    site_name: str
    level: str
    due_at: datetime | None
    waiting_since: datetime | None
    restricted: bool  # the level rests on restricted facts
    reasons: str  # as stored; services/levels.py reads it, and gives no line on that still holds it
    owner_id: str
    owner_name: str
    told_due: datetime | None = None  # the due time for whoever may not see the restricted reasons
    masked: bool = False  # a shield covers the person or somebody who lives with them

    @property
    def full_name(self) -> str:
        """Family, given name and patronymic, as far as they are recorded."""
        return " ".join(part for part in (self.family_name, self.given_name, self.patronymic) if part)


RESTRICTED = "restricted"  # a QueueFilter.reason
UNDER_5, CHILD, ADULT, OVER_60, AGE_UNKNOWN = "under_5", "child", "adult", "over_60", "unknown"
AGE_BANDS = (UNDER_5, CHILD, ADULT, OVER_60, AGE_UNKNOWN)  # a span of ages counts in each that it touches


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """Which part of the triage queue is wanted."""

    levels: tuple[str, ...] = ()  # none: all
    overdue: bool = False
    nobody: bool = False
    owner_id: str = ""
    children_alone: bool = False
    site_id: str = ""
    reason: str = ""  # T06.alone; RESTRICTED is whatever this reader may not see, or may see as restricted
    sex: str = ""  # vocab sex
    age: str = ""  # one of AGE_BANDS
    lapsed: bool = False  # a level set by hand has lapsed, and nobody has looked since
    escalated: bool = False  # advice was asked for, and nobody has answered


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """Which part of everyone is wanted: those whom one bar of a chart counts."""

    registered_on: date | None = None  # a local day
    sex: str = ""  # vocab sex; with `ages` people who are here
    ages: tuple[int, int] | None = None  # years, both counted, as the pyramid counts them
    site_id: str = ""
    overdue: str = ""  # a kind of what is due (services/due.py): who waits for something of it
    sector: str = ""  # vocab sector: who lacks it


EVERYONE = PeopleFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLine:
    """One household in the list of families."""

    id: str
    number: str
    head_id: str
    head_name: str
    people: int
    here: int
    told: int  # how many there are, as told when it was registered as a group
    site_name: str
    depth: str
    masked: bool = False  # a shield covers somebody of it
    head_owner_id: str = ""  # who holds the case of the head


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One tracing request in a list."""

    id: str
    number: str
    external_id: str
    sought_name: str
    sex: str
    birth: PartialDate
    relation: str
    inquirer_name: str
    inquirer_id: str
    consent_to_trace: str
    status: str
    opened_at: datetime | None
    held: bool = False  # back: the one who asks may be the danger
    masked: bool = False  # a shield covers the inquirer or the one sought
    owner_id: str = ""  # who holds the case of the one who is covered


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFilter:
    """Which part of the tracing requests is wanted. Those without consent to trace stand in a part of their own alone."""

    status: str = ""  # vocab tracing_status; '' all
    no_consent: bool = False
    held: bool = False  # those alone that are held back: the one who asks may be the danger
    text: str = ""  # a number, or parts of a name of either side


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLine:
    """One site in a list, with how many people are there now. Levels are told by no number of a site."""

    site: Site
    people: int

    @property
    def over(self) -> int:
        """How many people more there are than it has room for; nought when the room is not known."""
        return max(0, self.people - self.site.capacity) if self.site.capacity is not None else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdLine:
    """One household at a site, by its number alone: where somebody in hiding stays must not be read from a list."""

    id: str
    number: str
    people: int  # of it who are at this site now
    shelter: str
    first_person_id: str  # the head, or else whoever was registered first
