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
