"""What the vault holds about a household that no paper may tell: gathered for masking names and for the leak check."""

from __future__ import annotations

from collections.abc import Iterable

from panoh.domain.cases import User
from panoh.domain.casework import CareArrangement
from panoh.domain.household import Household, Site
from panoh.domain.leaks import LeakFinder, Secrets
from panoh.domain.name_letters import to_latin
from panoh.domain.person import IdentityDocument, Person, PersonName
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.services.desk import Desk
from panoh.services.need_to_know import is_restricted
from panoh.services.people import PersonView
from panoh.services.resources import telltales
from panoh.store.units import Reading

_YEARS = 40  # back from now: whoever was recognised earlier is rarely asked about it


def leak_finder(desk: Desk, view: PersonView) -> LeakFinder:
    """What looks for leaks in a paper about this person.

    Years and numbers of recognition are looked for where this user may see them. Where they may not, of any member of
    the household, every year of the last decades may be one, alike for everyone: whoever typed one year after another
    would else read from what is found which it is.
    """
    return LeakFinder(_secrets(desk, view), telltales(), desk.clock.today().year)


def all_names(desk: Desk, view: PersonView) -> tuple[str, ...]:
    """Every name of the household, of its tracing requests and of the staff, as typed and in Latin letters, for masking."""
    with desk.reading() as reading:
        typed = [*_names(reading, view, _requests(reading, view)), *(user.name for user in reading.all(User))]
    return _known(name for one in typed if one for name in (one, to_latin(one)))


def _secrets(desk: Desk, view: PersonView) -> Secrets:
    ids = [line.id for line in view.members]
    seen = {line.id for line in view.members if desk.may_see_restricted(line.owner_id)}
    year = desk.clock.today().year
    with desk.reading() as reading:
        home = reading.where_in(Person, "id", ids)
        papers = reading.where_in(IdentityDocument, "person_id", ids)
        papers = [paper for paper in papers if paper.person_id in seen or not is_restricted(desk, paper)]
        asked = reading.where_in(RefoulementAssessment, "person_id", seen)
        any_year = () if seen.issuperset(ids) else range(year - _YEARS, year + 1)
        requests = _requests(reading, view)
        households = reading.where_in(Household, "id", [one.household_id for one in home])
        return Secrets(
            names=_known(_names(reading, view, requests)),
            staff=_known(user.name for user in reading.all(User)),
            phones=_known([*(one.phone for one in home), *(one.phone for one in households)]),
            papers=_known([*(paper.document_no for paper in papers), *(one.recognition_no for one in asked)]),
            places=_known(
                [
                    *(site.name for site in reading.all(Site)),
                    *(one.origin for one in home),
                    *(one.address_before for one in households),
                    *(place for r in requests for place in (r.origin, r.separated_where, r.last_seen)),
                ]
            ),
            years=(*(one.recognised_year for one in asked if one.recognised_year), *any_year),
        )


def _requests(reading: Reading, view: PersonView) -> list[TracingRequest]:
    ids = [line.id for line in view.members]
    asked = reading.where_in(TracingRequest, "inquirer_id", ids)
    return [*asked, *reading.where_in(TracingRequest, "sought_person_id", ids)]


def _names(reading: Reading, view: PersonView, requests: list[TracingRequest]) -> list[str]:
    """Of everyone in the household and in the requests, in every form that is recorded; of who cares, as far as this user
    may read that."""
    members = [line.id for line in view.members]
    told = [] if view.case_withheld else [view.person.id]
    care = reading.where_in(CareArrangement, "person_id", told)
    carers = reading.where_in(Person, "id", [one.carer_id for one in care if one.carer_id])
    known = [*members, *(one.id for one in carers)]
    found = [name.text for name in reading.where_in(PersonName, "person_id", known)]
    found += [one.carer for one in care]
    for one in carers:
        found += [one.given_name, one.family_name, one.patronymic]
    for line in view.members:
        found += [line.given_name, line.family_name, line.patronymic]
    for r in requests:
        found += [r.given_name, r.family_name, r.patronymic, r.inquirer_name, *r.relatives]
    return found


def _known(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text.strip()))
