"""Where else a name stands: in the records of the same household, of kin, of requests, and in words typed of anybody.

Whoever is to be erased may be named in what was written about others. Those places stay with the others' records; they
are found and shown before anybody agrees, and for each somebody decides whether the name goes or why it stays. In the
records of linked people any one of the names is looked for, elsewhere two of them in one text. What is sealed cannot be
looked through.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as untold
from typing import Any

from panoh.base.i18n import gettext as _
from panoh.domain import cases as c
from panoh.domain.assistance import Assistance, BasicNeed
from panoh.domain.border import BorderPointState, Movement
from panoh.domain.casework import Approval, FollowUp, PlanRow, Referral, Service
from panoh.domain.consent import Consent
from panoh.domain.description import Description
from panoh.domain.erasing import Erasure, Removal
from panoh.domain.family import KinLink
from panoh.domain.household import Household, Site
from panoh.domain.incidents import Incident, IncidentReport
from panoh.domain.merging import DuplicateDecision, Merge
from panoh.domain.needs import SpecificNeed
from panoh.domain.papers import PaperEvidence, PaperStep
from panoh.domain.person import Person, PersonName
from panoh.domain.redaction import WORD, composed, name_finder
from panoh.domain.reunification import Reunification
from panoh.domain.sealing import Sealed, SealKey
from panoh.domain.tracing import MatchDecision, TracingAction, TracingRequest
from panoh.domain.verification import Verification, VerificationQuestion
from panoh.services import hidden_answers
from panoh.store import erasing
from panoh.store.erasing import Going
from panoh.store.units import Reading

GONE = "[…]"  # what stands in place of a name that went
DRAFT = "draft"
# What is typed in whole sentences, in the records of whomever.
_TYPED = (
    c.Case, c.CaseOption, c.CaseAction, c.Note, c.Task, c.LevelOverride, c.Export, TracingRequest, MatchDecision, Consent,
    SpecificNeed, PaperEvidence, PaperStep, DuplicateDecision, Household, Site, Movement, BorderPointState,
    PlanRow, Service, Referral, FollowUp, Approval,
    Incident, IncidentReport, BasicNeed, Assistance,
    Description, TracingAction, Verification, VerificationQuestion, Reunification,
)  # fmt: skip
_NO_WORDS = frozenset({Erasure, Removal, Merge, Sealed, SealKey, c.User})
_OWN_NAMES = frozenset(
    {("Person", name) for name in ("given_name", "family_name", "patronymic")}
    | {("PersonName", "text"), ("IdentityDocument", "name_as_written")}
)
_AT_LEAST = 2  # names in one text of somebody who is not linked


@dataclass(frozen=True, slots=True)
class Place:
    """A text of somebody else in which the name stands."""

    record_class: str  # or DRAFT
    record_id: str
    field: str
    person_id: str  # whose record it is; '' for a household, a site, a draft
    number: str  # the number that people say for it, or who typed the draft
    words: str = untold(repr=False)  # the words of the name, as they stand there
    text: str = untold(repr=False)

    @property
    def key(self) -> str:
        """What tells this place from the others."""
        return f"{self.record_class} {self.record_id} {self.field}"


class Names:
    """The names of some people, looked for in texts in every form of the field."""

    def __init__(self, reading: Reading, person_ids: Collection[str], but: Names | None = None) -> None:
        """`but` are the names of others, which are not looked for: a family shares one."""
        told = [
            name
            for person in reading.where_in(Person, "id", person_ids)
            for name in (person.given_name, person.family_name, person.patronymic)
        ]
        told += [name.text for name in reading.where_in(PersonName, "person_id", person_ids)]
        is_name = name_finder(told)
        self._is_name: Callable[[str], bool] = is_name
        if but is not None:
            self._is_name = lambda word: is_name(word) and not but.stand_in(word)

    def in_text(self, text: str) -> list[str]:
        """The words of the text that are of these names."""
        return [found.group() for found in WORD.finditer(composed(text)) if self._is_name(found.group())]

    def stand_in(self, text: str) -> bool:
        """Whether any of them stands there."""
        return bool(self.in_text(text))

    def without(self, text: str) -> str:
        """The text without them; '' where nothing else stands in it."""
        shown = composed(text)
        left = WORD.sub(lambda found: GONE if self._is_name(found.group()) else found.group(), shown)
        return "" if not WORD.search(left) else left


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What else holds the name, and what of others goes with the record."""

    places: tuple[Place, ...]
    takes_along: tuple[Place, ...]  # texts of the record itself in which people linked to it are named
    sealed: int  # sealed records of linked people, which nobody can look through


def find(reading: Reading, going: Going) -> Mentioned:
    """Look for the names of whoever goes in what stays, and for the names of linked people in what goes."""
    linked = linked_people(reading, going)
    names, closely = Names(reading, going.rows[Person]), near_names(reading, going)
    theirs = erasing.about(reading, linked)
    near = near_ids(reading, going)
    holders = _Holders(reading)
    places = []
    for record in _looked_through(reading, theirs):
        if record.id not in going.rows[type(record)]:
            found = _named(closely, record, 1) if record.id in near else _named(names, record, _AT_LEAST)
            places += [_place(holders, record, name, text, words) for name, text, words in found]
    known = {user.id: user.name for user in reading.all(c.User)}
    for draft_id, user_id, kind in erasing.drafts_with(
        reading, lambda text: len(set(names.in_text(text))) >= _AT_LEAST
    ):
        places.append(Place(DRAFT, draft_id, "", "", known.get(user_id, ""), "", kind))
    foreign = Names(reading, linked, but=names)
    along = []
    for written in _TYPED:
        for record in reading.where_in(written, "id", going.rows.get(written, ())):
            along += [_place(holders, record, name, text, words) for name, text, words in _named(foreign, record, 1)]
    return Mentioned(tuple(places), tuple(along), len(theirs.rows.get(Sealed, ())))


def near_ids(reading: Reading, going: Going) -> set[str]:
    """The records of linked people, of the household, and the requests of others: there one name is enough."""
    linked = linked_people(reading, going)
    homes = erasing.homes_of(reading, going.rows[Person] | linked)
    near = erasing.about(reading, linked).ids | homes | {one.id for one in _requests(reading, going)}
    return near - going.ids


def near_names(reading: Reading, going: Going) -> Names:
    """The names that are looked for there: those that nobody linked bears as well."""
    return Names(reading, going.rows[Person], but=Names(reading, linked_people(reading, going)))


def _looked_through(reading: Reading, theirs: Going) -> Iterator[Any]:
    yield from erasing.everything(reading, _TYPED)
    for kind, ids in theirs.rows.items():
        if kind not in _TYPED and kind not in _NO_WORDS:
            yield from reading.where_in(kind, "id", ids)


def linked_people(reading: Reading, going: Going) -> set[str]:
    """Who stands in the same household, is kin, asks for one of these people or is asked for by them."""
    people = going.rows[Person]
    found = {one.id for one in reading.where_in(Person, "household_id", erasing.homes_of(reading, people))}
    for link in reading.where_in(KinLink, "id", going.rows.get(KinLink, ())):
        found |= {link.from_person_id, link.to_person_id}
    for request in (
        *_requests(reading, going),
        *reading.where_in(TracingRequest, "id", going.rows.get(TracingRequest, ())),
    ):
        found |= {request.inquirer_id, request.sought_person_id}
    return found - people - {""}


def _requests(reading: Reading, going: Going) -> list[TracingRequest]:
    """Requests of others for one of these people."""
    return reading.where_in(TracingRequest, "sought_person_id", going.rows[Person])


def _named(names: Names, record: Any, least: int) -> Iterator[tuple[str, str, list[str]]]:
    """The fields of a record in which names stand, apart from those of its own name."""
    for name, texts in erasing.text_fields(record).items():
        if (type(record).__name__, name) not in _OWN_NAMES:
            for text in texts:
                found = names.in_text(text)
                if len({word.casefold() for word in found}) >= least:
                    yield name, text, found


class _Holders:
    """Whose record something is, and the number that people say for it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def of(self, record: Any) -> tuple[str, str]:
        person_id = getattr(record, "person_id", "") or getattr(record, "inquirer_id", "") or ""
        case_id = getattr(record, "case_id", "")
        if case_id:
            person_id = self.reading.get(c.Case, case_id).person_id
        if isinstance(record, Person):
            return record.id, record.number
        number = getattr(record, "number", "") or getattr(record, "name", "")
        if person_id and not number:
            number = self.reading.get(Person, person_id).number
        return person_id, number


def _place(holders: _Holders, record: Any, name: str, text: str, found: Iterable[str]) -> Place:
    person_id, number = holders.of(record)
    if hidden_answers.is_hidden(holders.reading, record, name):
        text, found = _("an answer that is hidden until both sides are complete"), ()
    return Place(type(record).__name__, record.id, name, person_id, number, ", ".join(dict.fromkeys(found)), text)


def said(place: Place) -> str:
    """The place with the words around the name, short enough for a line: '… with Aziza to Osh …'."""
    first = place.words.split(", ")[0] if place.words else ""
    at = max(0, composed(place.text).find(first) - _AROUND)
    piece = composed(place.text)[at : at + 2 * _AROUND + len(first)]
    if place.record_class == DRAFT:
        return _("a draft")
    return f"{'… ' if at else ''}{piece.strip()}{' …' if at + len(piece) < len(place.text) else ''}"


_AROUND = 40  # letters before and after the name
