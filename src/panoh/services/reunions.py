"""What is recorded of verifications and reunifications about somebody, read for the record, its history and the lists."""

from __future__ import annotations

from dataclasses import dataclass

from panoh.domain.casework import FollowUp
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import TracingRequest
from panoh.domain.verification import Verification
from panoh.services.desk import Desk
from panoh.services.need_to_know import knows
from panoh.services.records import is_withheld
from panoh.store.tables import table
from panoh.store.units import Reading


@dataclass(frozen=True, slots=True)
class Reunion:
    """One handing over with the visits after it, as this user may read it."""

    reunification: Reunification
    visits: tuple[FollowUp, ...]  # the first due first
    request_number: str = ""
    by: str = ""  # the user who noted it
    emergency_by: str = ""  # the user who did it without a signature


def ids_about(desk: Desk, reading: Reading, person_id: str) -> list[str]:
    """The records of verifications and reunifications whose words this user may read, with this person on either side."""
    v, r = table(Verification).c, table(Reunification).c
    asked = [one.id for one in reading.all(TracingRequest, table(TracingRequest).c.inquirer_id == person_id)]
    found = [*reading.all(Verification, v.person_id == person_id), *reading.where_in(Verification, "request_id", asked)]
    ids = [one.id for one in found if all(_readable(desk, reading, each) for each in sides_of(reading, one))]
    handed = reading.all(Reunification, (r.person_id == person_id) | (r.handed_to_id == person_id))
    return ids + [
        one.id
        for one in handed
        if _readable(desk, reading, one.person_id) and _readable(desk, reading, one.handed_to_id)
    ]


def sides_of(reading: Reading, one: Verification) -> tuple[str, ...]:
    """The registered people of both sides."""
    request = reading.first(TracingRequest, table(TracingRequest).c.id == one.request_id)
    return tuple(each for each in (one.person_id, request.inquirer_id if request else "") if each)


def _readable(desk: Desk, reading: Reading, person_id: str) -> bool:
    return not person_id or (knows(desk, reading, person_id) and not is_withheld(desk, reading, person_id))
