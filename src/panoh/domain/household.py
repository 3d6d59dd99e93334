"""Households (who is here together now) and the sites where they stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People who stay together now. Kin elsewhere are no part of it."""

    id: str
    number: str = ""
    external_id: str = ""
    address_before: str = ""
    site_id: str = ""
    shelter: str = ""  # vocab shelter: adequate, inadequate, open_air
    house_burnt: str = ""  # yes, no
    phone: str = ""
    language: str = ""
    notice_read: str = ""  # information notice read aloud: yes, no
    depth: str = "emergency"
    # Registered as a group, before its people are: counts and needs as told.
    people_told: int | None = None
    women_told: int | None = None
    men_told: int | None = None
    girls_told: int | None = None
    boys_told: int | None = None
    needs_told: tuple[str, ...] = ()  # codes of specific needs that may be typed with the family looking on


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdMove:
    """A person who left one household, joined another, or both. Who is there now stands in the person."""

    id: str
    person_id: str
    from_household_id: str = ""
    to_household_id: str = ""
    moved_on: date | None = None
    why: str = ""  # vocab household_move: joined, born, married, split, left, died, mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place where displaced people stay or wait."""

    id: str
    number: str = ""
    name: str = ""
    kind: str = ""  # vocab site_kind: tents, school, public_building, host_family, collective_centre, border
    country: str = ""
    capacity: int | None = None
    closing_on: date | None = None
    place: str = ""  # vocab locations, or as said
    access: str = ""  # vocab site_access: open, escorted, refused; of humanitarian organisations
    access_by: str = ""  # who refuses, escorts or allows
    visited_on: date | None = None
    security: str = ""  # vocab site_security: calm, tense, unsafe
    expected_people: int | None = None
    expected_on: date | None = None
    lacks: tuple[str, ...] = ()  # vocab site_lack: water, food, latrines ...
    remarks: str = ""
