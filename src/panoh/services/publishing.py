"""Making somebody public (PFIF): off unless a supervisor turns it on, one by one, with their consent and until a day.

What is public can be read by whoever persecutes. So nobody is ever published who is masked, at risk of refoulement, or of
whom anything restricted is recorded, and nobody of their household; all get the same answer, so that it does not tell
which. What is in the file, and how it leaves, is in public_file.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id, parse_number
from panoh.domain.check_codes import new_check_code, new_export_no
from panoh.domain.consent import AUTHORITIES, Consent
from panoh.domain.leads import Publication
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.services.desk import Changes, Desk
from panoh.services.leads import LOOKED_FOR
from panoh.services.need_to_know import holds_restricted
from panoh.services.search import numbered
from panoh.services.tracing_consent import tracing_refused
from panoh.services.tracing_hold import of_held
from panoh.store import derived
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

MOST_DAYS = 360  # for which somebody may be public without being asked again
PURPOSE, RECIPIENT = "tracing", "public"  # of the consent that it takes
RECORD = "Publishing"  # record class of its entries in the journal
_META = "publishing"  # of vault_meta
_LEAST_REASON = 3  # letters
_MOST_NAME = 120  # characters
_DOMAIN = re.compile(r"(?=.{4,100}$)[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")


@dataclass(frozen=True, slots=True)
class Publisher:
    """In whose name records are public: the organisation, and the site that owns them (the first part of their ids)."""

    organisation: str
    domain: str


class State(Enum):
    """What becomes of a publication when a file is made."""

    STANDS = "stands"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # also: the consent does not hold any more, or the record is gone
    NOT_POSSIBLE = "not_possible"  # they are in danger meanwhile


@dataclass(frozen=True, slots=True)
class Published:
    """What was agreed to be public and where that stands; `number` is of the person or request, '' of one who is erased."""

    publication: Publication
    number: str
    state: State


def publisher(desk: Desk) -> Publisher | None:
    """In whose name this vault makes anything public; None while that is turned off."""
    with desk.reading() as reading:
        return publisher_of(reading)


def publisher_of(reading: Reading) -> Publisher | None:
    """The same within a reading."""
    told = reading.meta(_META)
    return Publisher(**json.loads(told)) if told else None


def turn_on(desk: Desk, organisation: str, domain: str, why: str) -> Changes:
    """Let records be made public from this vault, in the name of this organisation; for supervisors.

    Raises AppError access.denied; FormProblems.
    """
    desk.require_supervisor()
    name, site = " ".join(organisation.split()), domain.strip().lower()
    problems = []
    if not 2 <= len(name) <= _MOST_NAME:
        problems.append(FieldProblem("organisation", _("Give the name of the organisation.")))
    if not _DOMAIN.fullmatch(site):
        problems.append(FieldProblem("domain", _("Give the website of the organisation, such as example.org.")))
    _turn(desk, json.dumps({"organisation": name, "domain": site}, ensure_ascii=False), why, problems)
    return Changes(frozenset({Publication.__name__}))


def turn_off(desk: Desk, why: str) -> Changes:
    """Let nothing more be made public; what is public is called back by the next file. For supervisors.

    Raises AppError access.denied; FormProblems without a reason.
    """
    desk.require_supervisor()
    _turn(desk, "", why, [])
    return Changes(frozenset({Publication.__name__}))


def _turn(desk: Desk, told: str, why: str, problems: list[FieldProblem]) -> None:
    if len(why.strip()) < _LEAST_REASON:
        problems.append(FieldProblem("why", _("Say why, in a few words.")))
    if problems:
        raise FormProblems(problems)
    with desk.writing() as unit:
        unit.set_meta(_META, told)
        words = json.loads(told) if told else {}
        state = _("on: {organisation} ({domain})").format(**words) if told else _("off")
        unit.tell("changed", RECORD, "", f"{state} · {why.strip()}")


def publish(desk: Desk, expires_on: date, *, person_id: str = "", request_id: str = "") -> Changes:
    """Agree that a person, or the one sought by a request, is made public until this day; for supervisors.

    The consent is the one that is recorded: of a person for tracing and the public, of a request its own. Raises
    AppError access.denied, publishing.off, publishing.not_possible, publishing.consent, publishing.already,
    record.not_found; FormProblems for a day that is past or more than MOST_DAYS ahead.
    """
    desk.require_supervisor()
    today = desk.clock.today()
    if not today < expires_on <= today + timedelta(days=MOST_DAYS):
        problem = _("Choose a day after today, at most {days} days ahead.").format(days=MOST_DAYS)
        raise FormProblems([FieldProblem("expires_on", problem)])
    with desk.writing() as unit:
        by = publisher_of(unit)
        if by is None:
            raise AppError("publishing.off")
        made = Publication(
            id=new_id(), public_no=_free_number(unit, by.domain), person_id=person_id, request_id=request_id,
            expires_on=expires_on, made_by=desk.user.id, made_at=desk.clock.now(),
        )  # fmt: skip
        for one in standing_of(unit, person_id, request_id):
            if state_of(desk, unit, one) is State.STANDS:
                raise AppError("publishing.already")
        unit.add(_agreed(desk, unit, made))
        return Changes.of(unit)


def _agreed(desk: Desk, unit: Unit, made: Publication) -> Publication:
    """With the consent on which it stands."""
    subject = subject_of(unit, made)
    if subject is None:
        raise AppError("record.not_found")
    if is_impossible(desk, unit, subject):
        raise AppError("publishing.not_possible")
    consent = _consent(unit, subject, desk.clock.today())
    if consent is None:
        raise AppError("publishing.consent")
    by, how, on = consent
    return replace(made, consent_by=by, consent_how=how, consented_on=on)


def whom(desk: Desk, text: str) -> dict[str, str]:
    """The person or request with this number, Panoh's or the sender's, as `publish` is told it; for supervisors.

    Raises AppError access.denied, person.not_found.
    """
    desk.require_supervisor()
    c = table(TracingRequest).c
    with desk.reading() as reading:
        number = parse_number(text)
        asked = reading.first(TracingRequest, c.number == number) if number else None
        asked = asked or reading.first(TracingRequest, c.external_id == (text.strip() or "-"))
        person_id = "" if asked else numbered(reading, text)
    if asked is None and not person_id:
        raise AppError("person.not_found", number=text.strip()[:20])
    return {"request_id": asked.id} if asked else {"person_id": person_id}


def withdraw(desk: Desk, publication_id: str) -> Changes:
    """Take a publication back: the next file calls back what is public. Raises AppError access.denied, publishing.over."""
    desk.require_supervisor()
    with desk.writing() as unit:
        found = unit.get(Publication, publication_id)
        if found.withdrawn_on is not None:
            raise AppError("publishing.over")
        unit.save(replace(found, withdrawn_on=desk.clock.today()), found)
        return Changes.of(unit)


def listed(desk: Desk) -> list[Published]:
    """Everything that was agreed to be public, the last first; for supervisors. Raises AppError access.denied."""
    desk.require_supervisor()
    with desk.reading() as reading:
        found = reading.all(Publication, order=table(Publication).c.id.desc())
        return [Published(one, _number(reading, one), state_of(desk, reading, one)) for one in found]


def standing(desk: Desk, *, person_id: str = "", request_id: str = "") -> list[Publication]:
    """What was agreed for this person or request and not taken back; for supervisors. Raises AppError access.denied."""
    desk.require_supervisor()
    with desk.reading() as reading:
        return standing_of(reading, person_id, request_id)


def standing_of(reading: Reading, person_id: str, request_id: str) -> list[Publication]:
    """The same within a reading."""
    c = table(Publication).c
    whose = c.person_id == person_id if person_id else c.request_id == request_id
    return reading.all(Publication, whose, c.withdrawn_on.is_(None))


def state_of(desk: Desk, reading: Reading, publication: Publication) -> State:
    """Where a publication stands today: everything that had to be so when it was agreed has to be so still."""
    today = desk.clock.today()
    subject = subject_of(reading, publication)
    if publication.withdrawn_on is not None or subject is None:
        return State.WITHDRAWN
    if publication.expires_on is None or publication.expires_on <= today:
        return State.EXPIRED
    if is_impossible(desk, reading, subject):
        return State.NOT_POSSIBLE
    return State.STANDS if _consent(reading, subject, today) is not None else State.WITHDRAWN


def subject_of(reading: Reading, publication: Publication) -> Person | TracingRequest | None:
    """Who is meant; None for who is erased, set aside, or joined to another record."""
    if publication.person_id:
        person = reading.first(Person, table(Person).c.id == publication.person_id)
        return None if person is None or person.merged_into_id else person
    c = table(TracingRequest).c
    return reading.first(TracingRequest, c.id == publication.request_id) if publication.request_id else None


def is_impossible(desk: Desk, reading: Reading, subject: Person | TracingRequest) -> bool:
    """Whether nothing about them can be public: somebody of them is in danger by it, or a request is held back or over."""
    if isinstance(subject, Person):
        ids = {subject.id}
    else:
        if subject.held_why or subject.status not in LOOKED_FOR:
            return True
        ids = {subject.inquirer_id, subject.sought_person_id} - {""}
    every = _with_household(reading, ids)
    # Who may be the danger reads public lists too.
    return bool(every & of_held(reading)) or any(_in_danger(desk, reading, one) for one in every)


def _in_danger(desk: Desk, reading: Reading, person_id: str) -> bool:
    level = derived.level_of(reading, person_id)
    return bool(level and level.restricted) or holds_restricted(desk, reading, person_id)


def _with_household(reading: Reading, ids: Iterable[str]) -> set[str]:
    people = reading.where_in(Person, "id", ids)
    homes = reading.where_in(Person, "household_id", (person.household_id for person in people))
    return {person.id for person in (*people, *homes)}


def _consent(reading: Reading, subject: Person | TracingRequest, today: date) -> tuple[str, str, date | None] | None:
    """By whom, how and when the yes was given that holds today; None without one."""
    if isinstance(subject, TracingRequest):
        said = subject.consent_to_publish == "yes" and subject.consent_to_trace != "no"
        holds = (
            said and subject.consent_withdrawn_on is None and not tracing_refused(reading, [subject.sought_person_id])
        )
        return (subject.consent_by, subject.consent_how, subject.consent_on) if holds else None
    asked = [one for one in reading.where_in(Consent, "person_id", [subject.id]) if one.purpose == PURPOSE]
    if any(one.state_on(today) in ("no", "withdrawn") for one in asked if one.recipient not in AUTHORITIES):
        return None
    given = next((one for one in asked if one.recipient == RECIPIENT and one.holds_on(today)), None)
    return (given.given_by, given.how, given.given_on) if given else None


def _number(reading: Reading, publication: Publication) -> str:
    subject = subject_of(reading, publication)
    return subject.number if subject else ""


def _free_number(reading: Reading, domain: str) -> str:
    """A public number by chance: it tells nothing of the number that the person has here."""
    for _attempt in range(100):
        number = f"{domain}/{new_export_no()}-{new_check_code()}"
        if reading.first(Publication, table(Publication).c.public_no == number) is None:
            return number
    raise AppError("bug")
