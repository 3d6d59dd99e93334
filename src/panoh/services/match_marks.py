"""What a write leaves to be compared anew: marked in the same write, so that nothing is lost when the laptop dies.

A person whose facts were touched, and everyone who stays with them, since each is kin of the others; a request that was
touched, or of whose inquirer something was, or whose sought person said Yes or No; all of it after a list was brought in.
"""

from __future__ import annotations

import json

from panoh.domain.consent import Consent
from panoh.domain.description import Description
from panoh.domain.family import KinLink
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone
from panoh.domain.shield import Shield
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.store import candidates as store
from panoh.store.units import Unit

MANY = 400  # people or requests of one write, from which on a full run is quicker
_OF_PEOPLE = (Consent, PersonName, PersonPhone, IdentityDocument, Description, KinLink, Shield)


def mark(unit: Unit) -> None:
    """Mark what this write left to be compared."""
    if unit.chained:  # a list, whose rows went in at once
        store.mark(unit, store.ALL, ())
        return
    people = set(unit.touched[Person]).union(*(unit.people_of[kind] for kind in _OF_PEOPLE))
    people |= _kin_of_masked(unit)
    requests = set(unit.touched[TracingRequest]) | _decided(unit)
    if not people and not requests and not unit.homes:
        return
    members = {one.id for one in unit.where_in(Person, "household_id", unit.homes)}
    asking = people | members | unit.people_of[TracingRequest]
    people |= members | unit.people_of[TracingRequest]
    requests |= {one.id for one in unit.where_in(TracingRequest, "inquirer_id", asking)}
    requests |= {one.id for one in unit.where_in(TracingRequest, "sought_person_id", unit.people_of[Consent])}
    people.discard("")
    if len(people) + len(requests) > MANY:
        store.mark(unit, store.ALL, ())
        return
    if people:
        store.mark(unit, store.PERSON, people)
    if requests:
        store.mark(unit, store.REQUEST, requests)


def _kin_of_masked(unit: Unit) -> set[str]:
    """Kin of whom a shield went up or down over, and of those who live with them: a masked name speaks for nobody."""
    shielded = unit.people_of[Shield]
    if not shielded:
        return set()
    homes = {person.household_id for person in unit.where_in(Person, "id", shielded)}
    behind = shielded | {person.id for person in unit.where_in(Person, "household_id", homes)}
    ends = ("from_person_id", "to_person_id")
    links = [link for end in ends for link in unit.where_in(KinLink, end, behind)]
    return {getattr(link, end) for link in links for end in ends}


def _decided(unit: Unit) -> set[str]:
    """Requests of which a decision was made, changed or taken back."""
    if not unit.touched[MatchDecision]:
        return set()
    gone = {str(e.old) for e in unit.entries if e.record_class == "MatchDecision" and e.change == "removed" and e.old}
    found = {json.loads(old).get("request_id", "") for old in gone}
    return found | {one.request_id for one in unit.where_in(MatchDecision, "id", unit.touched[MatchDecision])}
