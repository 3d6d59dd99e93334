"""Changing a person's record: what a form may offer, what was typed turned into codes, one verb that saves a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pycountry

from panoh.base.i18n import country_name, language
from panoh.domain.border import BorderPoint
from panoh.domain.cases import User
from panoh.domain.household import Site
from panoh.domain.person import Person, Unanswered
from panoh.domain.records import Record
from panoh.services import approvals, best_interests, care, closing, needs, people, transfers
from panoh.services.approvals import AskedLine
from panoh.services.best_interests import Procedures
from panoh.services.care import Care
from panoh.services.casework import Casework, of_case
from panoh.services.desk import Changes, Desk
from panoh.services.due import DueLine
from panoh.services.due import of_person as due_for
from panoh.services.needs import AboutNeeds
from panoh.services.people import PersonView
from panoh.services.records import keep
from panoh.services.transfers import Transfers
from panoh.store import contents

Choice = tuple[str, str]  # code, words


@dataclass(frozen=True, slots=True)
class Offers:
    """Long lists that forms offer, in the language in force."""

    countries: tuple[Choice, ...]  # the region first, then every country of ISO 3166-1
    languages: tuple[Choice, ...]  # the region first, then every language of ISO 639-1
    sites: tuple[Choice, ...]  # every site, by name
    border_points: tuple[Choice, ...]  # every one, by name
    users: tuple[User, ...]  # those who can hold a case, by name
    user_names: dict[str, str]  # of all users there ever were, by id


@dataclass(frozen=True, slots=True)
class Opened:
    """A record with everything that its screen needs to show and to edit it."""

    view: PersonView
    unanswered: tuple[Unanswered, ...]  # of the person, the household, and the assessment when this user may see it
    offers: Offers
    casework: Casework
    due: tuple[DueLine, ...]  # for this person, the first due first
    about_needs: AboutNeeds
    decisions: tuple[AskedLine, ...]  # what was asked of supervisors about this person, the newest first
    closing: tuple[closing.Asked, ...]  # asked for, and waiting
    transfers: Transfers
    care: Care
    best_interests: Procedures
    photo: bytes = b""  # a small one, JPEG; empty when none was taken


def opened(desk: Desk, person_id: str) -> Opened:
    """One person's record for its screen. Reading restricted facts is written in the journal."""
    view = people.person(desk, person_id)
    ids = [part.id for part in (view.household, view.assessment) if part is not None]
    with desk.reading() as reading:
        more = reading.where_in(Unanswered, "record_id", ids)
        photo = b"" if view.masked else contents.thumbnails(reading, [person_id]).get(person_id, b"")
        worked, asked = of_case(desk, reading, person_id), closing.asked(desk, reading, person_id)
        handed = transfers.of_person(desk, reading, person_id)
        cared, best = care.of_person(desk, reading, person_id), best_interests.of_person(desk, reading, person_id)
    due = tuple(due_for(desk, person_id))
    about = needs.about(desk, person_id)
    decided = approvals.of_person(desk, person_id)
    told = (decided, asked, handed, cared, best)
    return Opened(view, (*view.unanswered, *more), offers(desk), worked, due, about, *told, photo)


def moved(before: Person, after: Person) -> Person:
    """The changed person, with the day of disappearance of someone who was here and now is missing."""
    if after.presence == "missing" and before.presence == "here":
        return replace(after, disappeared_on=after.presence_since)
    if after.presence == "here" and before.presence != "here":
        return replace(after, disappeared_on=None)
    return after


def interviewed_alone(desk: Desk, person_id: str) -> Changes:
    """Record that this person was interviewed alone today."""
    with desk.writing() as unit:
        unit.save(replace(unit.get(Person, person_id), interviewed_alone_on=desk.clock.today()))
        return Changes.of(unit)


def offers(desk: Desk) -> Offers:
    """What the forms of a record offer."""
    with desk.reading() as reading:
        users, sites, points = reading.all(User), reading.all(Site), reading.all(BorderPoint)
    staying = sorted((user for user in users if user.left_on is None), key=lambda user: user.name.casefold())
    return Offers(
        countries=_with_first(desk, "countries", _countries()),
        languages=languages(desk),
        sites=tuple((site.id, site.name) for site in sorted(sites, key=lambda site: site.name.casefold())),
        border_points=tuple((one.id, one.name) for one in sorted(points, key=lambda point: point.name.casefold())),
        users=tuple(staying),
        user_names={user.id: user.name for user in users},
    )


def languages(desk: Desk) -> tuple[Choice, ...]:
    """Languages that forms offer: the region first, then every language of ISO 639-1."""
    return _with_first(desk, "languages", _languages())


def _with_first(desk: Desk, code_list: str, others: dict[str, str]) -> tuple[Choice, ...]:
    first = {term.code: desk.vocabularies.label(code_list, term.code) for term in desk.vocabularies[code_list].offers()}
    rest = sorted((pair for pair in others.items() if pair[0] not in first), key=lambda pair: pair[1].casefold())
    return (*first.items(), *rest)


def _countries() -> dict[str, str]:
    return {country.alpha_2: country_name(country.alpha_2) or country.name for country in pycountry.countries}


def _languages() -> dict[str, str]:
    from babel import Locale

    names = Locale.parse(language()).languages
    return {code: str(name) for code, name in names.items() if len(code) == 2}


def code_of(desk: Desk, code_list: str, text: str, choices: Sequence[Choice]) -> str | None:
    """The code for what was typed: a code, a label or an alias in any script; None when the list does not know it."""
    found = desk.vocabularies[code_list].match(text)
    typed = text.strip().casefold()
    return found or next((code for code, words in choices if typed in (code.casefold(), words.casefold())), None)


def save(desk: Desk, kept: Sequence[Record], removed: Sequence[Record] = ()) -> Changes:
    """Make or change the records of a form, and take away the rows that were struck out.

    Raises AppError('access.denied') for restricted facts of a case that this user does not hold.
    """
    return keep(desk, *kept, without=removed)
