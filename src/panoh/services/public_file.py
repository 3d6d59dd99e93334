"""The PFIF file that leaves: what is public of each person, and of whoever is not public any more that nothing is left.

A name, the sex, an age in a band of five years, the region of origin, and the organisation. Never a street, a phone, an
address, a photo, a day of birth, anything typed, or a name of staff; the finished file is read once more for that.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, time

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.cases import Export, User
from panoh.domain.check_codes import new_check_code, new_export_no
from panoh.domain.dates import age_band
from panoh.domain.household import Household, Site
from panoh.domain.leads import Publication
from panoh.domain.leaks import PAPERS, PHONES, STAFF, LeakFinder, Secrets
from panoh.domain.person import IdentityDocument, Person, PersonPhone
from panoh.domain.tracing import TracingRequest
from panoh.exchange.pfif import PfifNote, PfifPerson, emptied, write_pfif
from panoh.exchange.pfif_reader import records
from panoh.exchange.pfif_values import records_of
from panoh.services.desk import Changes, Desk
from panoh.services.publishing import Publisher, State, publisher_of, state_of, subject_of
from panoh.services.resources import telltales
from panoh.store.units import Reading, Unit

PublicRecord = PfifPerson  # all that leaves of one
KIND = "public_pfif"  # of the export
_NO_NAME = re.compile(r"[\d@(),;:/\[\]]")  # signs that stand in what somebody noted beside a name
_LEAST_PLACE = 4  # letters
_SEX = {"F": "female", "M": "male", "X": "other"}
# What may be filled in a record that leaves; all else would be more than anybody agreed to.
_OPEN = {
    PfifPerson: frozenset(
        {
            "person_record_id", "entry_date", "expiry_date", "author_name", "source_name", "source_date", "full_name", "given_name",
            "family_name", "sex", "age", "home_state", "home_country", "notes",
        }
    ),
    PfifNote: frozenset(
        {"note_record_id", "person_record_id", "entry_date", "author_name", "source_date", "status", "text"}
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file that was made and recorded: its bytes, how many are public in it, and how many it calls back."""

    content: bytes = field(repr=False)
    sha256: str
    public: int
    called_back: int
    changes: Changes


def export_pfif(desk: Desk, recipient: str, purpose: str) -> PublicFile:
    """Make the file of everyone who is public, and record each as an export; for supervisors.

    Whoever was public and expired, took it back, is in danger meanwhile or is erased stands in it as an emptied record, in
    this file and every later one: each recipient has to hear of it. While publishing is turned off, nothing else does.
    Raises AppError access.denied, publishing.whom, publishing.off, publishing.nothing, publishing.leaks.
    """
    desk.require_supervisor()
    if not (recipient.strip() and purpose.strip()):
        raise AppError("publishing.whom")
    now = desk.clock.now()
    with desk.writing() as unit:
        by = publisher_of(unit)
        every = [(one, state_of(desk, unit, one)) for one in unit.all(Publication)]
        standing = [one for one, state in every if by is not None and state is State.STANDS]
        over = [one for one, state in every if one.out_at is not None and (by is None or state is not State.STANDS)]
        if not standing and not over:
            raise AppError("publishing.nothing" if by else "publishing.off")
        people = [public_record(desk, unit, one, by) for one in standing if by is not None]
        left = [_called_back(one, now) for one in over]
        content = write_pfif([*people, *left])
        _require_closed(desk, unit, content, standing, by)
        digest = hashlib.sha256(content).hexdigest()
        _record(desk, unit, standing, (recipient.strip(), purpose.strip(), digest))
        for one in standing:
            unit.save(replace(one, out_at=max(now, one.out_at or now), emptied_at=None), one)
        for one in over:
            unit.save(replace(one, emptied_at=one.emptied_at or _since(one, now)), one)
        unit.tell("exported", Publication.__name__, "", f"{recipient.strip()} · {purpose.strip()} · {digest}")
        return PublicFile(content, digest, len(people), len(left), Changes.of(unit))


def preview(desk: Desk, publication_id: str) -> PublicRecord:
    """What would leave of one publication, as it stands now; for supervisors. Raises AppError access.denied,
    publishing.off, publishing.over."""
    desk.require_supervisor()
    with desk.reading() as reading:
        by = publisher_of(reading)
        if by is None:
            raise AppError("publishing.off")
        found = reading.get(Publication, publication_id)
        if state_of(desk, reading, found) is not State.STANDS:
            raise AppError("publishing.over")
        return public_record(desk, reading, found, by)


def public_record(desk: Desk, reading: Reading, publication: Publication, by: Publisher) -> PfifPerson:
    """All that becomes public of one who agreed."""
    subject = subject_of(reading, publication)
    assert subject is not None  # noqa: S101 - it stands
    at = max(
        filter(None, (desk.clock.now(), publication.out_at, publication.emptied_at))
    )  # an entry_date never decreases
    country, region = _region(desk, subject.origin)
    asked = isinstance(subject, TracingRequest)
    note = PfifNote(
        note_record_id=f"{publication.public_no}-1",
        person_record_id=publication.public_no,
        entry_date=at,
        author_name=by.organisation,
        source_date=at,
        status="information_sought" if asked else "believed_alive",
        text=(
            _("Somebody looks for this person. {organisation} passes messages on.")
            if asked
            else _("This person wishes to hear from relatives. {organisation} passes messages on.")
        ).format(organisation=by.organisation),
    )
    return PfifPerson(
        person_record_id=publication.public_no,
        entry_date=at,
        expiry_date=_expiry(publication),
        author_name=by.organisation,
        source_name=by.organisation,
        source_date=at,
        full_name=subject.full_name,
        given_name=subject.given_name,
        family_name=subject.family_name,
        sex=_SEX.get(subject.sex, ""),
        age=age_band(subject.birth, desk.clock.today()).replace("–", "-"),
        home_state=region,
        home_country=country,
        notes=(note,),
    )


def _called_back(publication: Publication, now: datetime) -> PfifPerson:
    return emptied(
        PfifPerson(
            person_record_id=publication.public_no, entry_date=publication.out_at, expiry_date=_expiry(publication)
        ),
        publication.emptied_at or now,
    )


def _since(publication: Publication, now: datetime) -> datetime:
    return max(now, publication.out_at or now)


def _expiry(publication: Publication) -> datetime | None:
    """The beginning of the day on which it expires, so that nobody keeps it for longer than was agreed."""
    return datetime.combine(publication.expires_on, time(), UTC) if publication.expires_on else None


def _region(desk: Desk, place: str) -> tuple[str, str]:
    """Country and region of a place by the list of locations; nothing of a place that is not in it."""
    locations = desk.vocabularies["locations"]
    term = locations.get(locations.match(place) or "") if place.strip() else None
    while term is not None and term.category != "region":
        term = locations.get(term.parent)
    return (term.country, term.code.partition("-")[2]) if term else ("", "")


def _record(desk: Desk, unit: Unit, standing: Iterable[Publication], told: tuple[str, str, str]) -> None:
    """An export of each person whom the file is about, with the same recipient, purpose and hash."""
    recipient, purpose, digest = told
    for one in standing:
        subject = subject_of(unit, one)
        person_id = one.person_id
        if isinstance(subject, TracingRequest):
            person_id = subject.inquirer_id or subject.sought_person_id
        if not person_id:  # whoever asks is registered nowhere: the journal tells of the file
            continue
        export = Export(
            id=new_id(), export_no=new_export_no(), check_code=new_check_code(), kind=KIND, level="public",
            person_id=person_id, recipient=recipient, reason=purpose, plain=True, sha256=digest,
            made_at=desk.clock.now(), made_by=desk.user.id, destroy_by=one.expires_on,
        )  # fmt: skip
        unit.add(export)
        unit.tell("exported", "Person", person_id, f"{KIND} {export.export_no}")


# --- one more look at the whole file -----------------------------------------------------------------------------------


def _require_closed(
    desk: Desk, reading: Reading, content: bytes, standing: Sequence[Publication], by: Publisher | None
) -> None:
    """Read the finished file and raise AppError publishing.leaks when a record of it tells more than may be public."""
    read = records_of(records(io.BytesIO(content)), desk.clock.now())
    whose = {one.public_no: one for one in standing}
    wrong = [
        person.person_record_id
        for person in read.people
        if _more_than_open(person)
        or (not person.is_emptied and _tells(desk, reading, person, whose.get(person.person_record_id), by))
    ]
    if wrong or read.refused or read.notes or read.warnings:
        numbers = [subject.number for no in wrong if no in whose and (subject := subject_of(reading, whose[no]))]
        raise AppError("publishing.leaks", count=max(1, len(wrong)), numbers=", ".join(numbers) or "–")


def _more_than_open(person: PfifPerson) -> bool:
    every: tuple[PfifPerson | PfifNote, ...] = (person, *person.notes)
    return any(
        getattr(record, each.name)
        for record in every
        for each in fields(record)
        if each.name not in _OPEN[type(record)]
    )


def _tells(
    desk: Desk, reading: Reading, person: PfifPerson, publication: Publication | None, by: Publisher | None
) -> bool:
    """Whether the words of a record hold what must not be public; `by` stands in each and is no secret."""
    if publication is None or by is None:
        return True
    names = [person.full_name, person.given_name, person.family_name]
    said = "\n".join([*names, *(note.text for note in person.notes)]).replace(by.organisation, "")
    secrets = _secrets(desk, reading, publication)
    finder = LeakFinder(secrets, telltales(), desk.clock.today().year)
    words, own = said.casefold(), {word.casefold() for name in names for word in name.split()}
    return (
        any(_NO_NAME.search(name) for name in names)
        or bool(finder.find(said, (STAFF, PAPERS, PHONES)))
        or any(place in words and place not in own for place in map(str.casefold, secrets.places))
    )


def _secrets(desk: Desk, reading: Reading, publication: Publication) -> Secrets:
    """What the vault holds about whom a publication is about and must not be in it."""
    subject = subject_of(reading, publication)
    asked = subject if isinstance(subject, TracingRequest) else None
    ids = {asked.inquirer_id, asked.sought_person_id} - {""} if asked else {publication.person_id}
    people = reading.where_in(Person, "id", ids)
    homes = reading.where_in(Household, "id", (person.household_id for person in people))
    names = [
        part
        for one in (*people, *([asked] if asked else ()))
        for part in (one.given_name, one.family_name, one.patronymic)
    ]
    phones = [
        *(one.phone for one in people),
        *(home.phone for home in homes),
        *(asked.phone for asked in [asked] if asked),
    ]
    phones += [one.phone_no for one in reading.where_in(PersonPhone, "person_id", ids)]
    papers = [one.document_no for one in reading.where_in(IdentityDocument, "person_id", ids)]
    places = [home.address_before for home in homes] + [site.name for site in reading.all(Site)]
    if asked:
        papers.append(asked.document_no)
        places += [asked.separated_where, asked.last_seen, asked.contact]
    return Secrets(
        names=_filled(names),
        staff=_filled(user.name for user in reading.all(User)),
        phones=_filled(phones),
        papers=_filled(papers),
        places=tuple(place for place in _filled(places) if len(place) >= _LEAST_PLACE),
    )


def _filled(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
