"""What triage knows about one person at one moment: plain values, with where they come from.

`Member` is about the person, `HouseholdFacts` about the people who are here together; it is made once and shared by
all members. Empty text and None mean that nothing was recorded. Nothing here is changed once it was made; the classes
are not frozen because a frozen one takes three times as long to make, and a list of 100,000 people makes 400,000.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from panoh.domain.needs import CONFIRMED, SpecificNeed
from panoh.domain.triage.ages import age_words
from panoh.domain.triage.clocks import local_day

Needs = Mapping[str, tuple[SpecificNeed, ...]]  # standing needs by code
FactValue = str | int | date


@dataclass(frozen=True, slots=True)
class FactRead:
    """A fact that a rule read, with its source, how sure it is (vocabularies source, sure) and the day it was told."""

    name: str
    value: FactValue
    source: str = ""
    sure: str = ""
    on: date | None = None


@dataclass(slots=True, kw_only=True)
class Flight:
    """From where to where a person flees, whom the person fears, and what a State has done about it."""

    fled_from: str = ""
    country_now: str = ""
    intends_to_go: str = ""
    legal_status: str = ""
    feared_country: str = ""
    hiding_from: str = ""
    extradition: str = ""
    named_on_list: str = ""
    approached_by_agents: str = ""
    return_threatened_on: date | None = None
    lawyer_or_access: str = ""
    recognised_by: str = ""
    recognised_year: int | None = None
    claim_stage: str = ""
    extradition_stage: str = ""
    signals: tuple[str, ...] = ()
    held_since: date | None = None
    held: bool = False  # the assessment tells of a detention that goes on
    waits_for: str = ""  # country behind the crossing at which the person waits
    source: str = ""
    sure: str = ""
    assessed_on: date | None = None


# Which fields of a flight were told in the refoulement assessment, and so have its source and day.
ASSESSED = frozenset(
    {
        "feared_country",
        "hiding_from",
        "extradition",
        "named_on_list",
        "approached_by_agents",
        "return_threatened_on",
        "lawyer_or_access",
        "recognised_by",
        "recognised_year",
        "claim_stage",
        "extradition_stage",
        "held_since",
        "leave_by",
        "signals",
    }
)
_OF_FLIGHT = (ASSESSED - {"leave_by", "signals"}) | {
    "fled_from",
    "country_now",
    "intends_to_go",
    "legal_status",
    "waits_for",
}
_OF_HOUSEHOLD = frozenset({"shelter", "house_burnt"})


@dataclass(slots=True, kw_only=True)
class Member:
    """One person as the household sees it: needs, age and flight."""

    person_id: str
    presence: str
    needs: Needs
    flight: Flight
    age_known: bool
    child: bool  # under 18, or possibly so; age unknown: has a code that only children have
    adult: bool  # surely 18 or older
    under_5: bool
    over_60: bool
    pregnant: bool
    wounded: bool
    disabled: bool
    exile_in_danger: bool  # T02 fires for this person
    next_age_change: date | None

    @property
    def frail(self) -> bool:
        """Whether bad shelter is more than hardship: under 5, 60 or older, pregnant, wounded, with a disability."""
        return self.under_5 or self.over_60 or self.pregnant or self.wounded or self.disabled


@dataclass(slots=True, kw_only=True)
class HouseholdFacts:
    """What the people of a household share. Only people who are here count, unless it is said otherwise."""

    today: date
    members: Mapping[str, Member]  # all who are recorded, by person id
    present: int
    shelter: str
    house_burnt: str  # yes, or ''
    frail_here: bool
    adult_in_charge: bool  # an adult head or spouse is here
    exiles_in_danger: frozenset[str]  # ids of those for whom T02 fires, here or not, while they live
    stopped: frozenset[str]  # ids of those who were stopped at a crossing
    frail_stopped: bool  # a child, a wounded or a pregnant person was stopped
    next_age_change: date | None


@dataclass(slots=True, kw_only=True)
class Facts:
    """Everything that the rules read about one person."""

    member: Member
    household: HouseholdFacts
    sex: str
    birth_earliest: date | None
    birth_latest: date | None
    birth_basis: str
    care: str
    urgent: str
    interviewed_alone_on: date | None
    border_status: str
    border_status_on: date | None
    presence_since: date | None
    disappeared_on: date | None
    nationality: str  # 'stateless' or 'undetermined', else ''
    document_state: str  # lost, destroyed or confiscated while no other paper was seen, else ''
    document_on: date | None
    search: str  # an open search for kin: 'child' sought, last seen in 'custody' or violence, else 'open'; '' is none
    search_changes_on: date | None  # when the sought child turns 18
    site_closing_on: date | None
    asked: frozenset[str]  # fields that were asked and got no answer
    departs_on: date | None = None  # a return or another departure is planned, and the person has not gone yet
    leave_by: date | None = None  # the same, told in the refoulement assessment
    not_seen_on: date | None = None  # the newest follow-up that was done found nobody
    threat_on: date | None = None  # the newest threat of an incident since the person was last assessed
    assessed_on: date | None = None  # of the case
    carer_checked: str = (
        ""  # of the care arrangement in force: yes; no, when nobody looked or it is not safe; '' is none
    )

    @property
    def today(self) -> date:
        """The day for which the facts hold."""
        return self.household.today

    @property
    def needs(self) -> Needs:
        """The person's standing needs by code."""
        return self.member.needs

    @property
    def flight(self) -> Flight:
        """The person's flight and fears."""
        return self.member.flight

    @property
    def leaves_on(self) -> date | None:
        """The first day on which the person is to leave, as everyone may know it."""
        return min((on for on in (self.site_closing_on, self.departs_on) if on is not None), default=None)

    @property
    def is_here(self) -> bool:
        """Whether the person is with the household now."""
        return self.member.presence == "here"

    def with_codes(self, codes: Iterable[str]) -> tuple[SpecificNeed, ...]:
        """The person's standing needs that have one of these codes."""
        needs = self.member.needs
        return tuple(need for code in codes if code in needs for need in needs[code]) if needs else ()

    def read(self, name: str) -> FactRead | None:
        """One fact with its source and day; None when it is not recorded."""
        if name == "age":
            value: FactValue | None = age_words(self.birth_earliest, self.birth_latest, self.today)
            return FactRead(name, value, source=self.birth_basis) if value else None
        if name in _OF_FLIGHT:
            flight = self.flight
            value = getattr(flight, name)
            if value and name in ASSESSED:
                return FactRead(name, value, flight.source, flight.sure, flight.assessed_on)
        elif name == "leave_by":
            return self._assessed(name, self.leave_by)
        elif name in _OF_HOUSEHOLD:
            value = getattr(self.household, name)
        else:
            value = self.member.presence if name == "presence" else getattr(self, name)
        return FactRead(name, value, on=self._day_of(name)) if value else None

    def signs(self, wanted: Iterable[str]) -> tuple[FactRead, ...]:
        """Those of these signs that stand in the refoulement assessment, as facts."""
        seen = self.flight.signals
        return (
            tuple(read for sign in wanted if sign in seen and (read := self._assessed("signals", sign))) if seen else ()
        )

    def _assessed(self, name: str, value: FactValue | None) -> FactRead | None:
        flight = self.flight
        return FactRead(name, value, flight.source, flight.sure, flight.assessed_on) if value else None

    def _day_of(self, name: str) -> date | None:
        if name == "border_status":
            return self.border_status_on
        if name == "presence":
            return self.presence_since
        return self.document_on if name == "document_state" else None


def read_need(need: SpecificNeed) -> tuple[FactRead, ...]:
    """A need as facts: its code and, where they are known, the day it happened and the day of the expected birth."""
    sure = "verified" if need.status == CONFIRMED else "stated"
    noticed = None if need.noticed_at is None else local_day(need.noticed_at)
    days = (("event_on", need.event_on), ("due_on", need.due_on))
    dated = tuple(FactRead(name, day, need.source, sure, noticed) for name, day in days if day is not None)
    return (FactRead("need", need.code, need.source, sure, noticed), *dated)
