"""What the two sides of a pair say of each fact, as this reader may see it: a request beside a registered person.

Where a person stays, lived and can be phoned, and whom they are with, is told to supervisors and to whoever holds the
case; to others it is closed until a supervisor agrees to the hand-over, because who asks may be the danger. Words that somebody typed
about the person are closed where the words of the case are withheld. Nobody who is masked is compared at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from panoh.base.errors import AppError
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain import match_parts as parts
from panoh.domain.description import Description
from panoh.domain.papers import Attachment
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone
from panoh.domain.tracing import TracingRequest
from panoh.domain.tracing_questions import MARKS
from panoh.domain.verification import Verification
from panoh.domain.vocabulary import Vocabularies
from panoh.services.desk import Desk
from panoh.services.need_to_know import require_known
from panoh.services.records import is_withheld
from panoh.services.verification_asking import hand_over_stands
from panoh.store import contents
from panoh.store.masking import is_masked
from panoh.store.tables import table
from panoh.store.units import Reading

MOST_KIN = 6  # of a household that are named
_PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Side:
    """What the request and the person say of one fact; several things each. `names` are people's, to be hidden with them.

    `sealed`: the person's side is closed to this reader, and `told` is empty whether there is something or not.
    """

    asked: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    names: bool = False
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a pair. Sex and birth stand in the lines themselves; here is only what was said beside them."""

    by_part: dict[str, Side]
    open: bool  # whether place and phone may be seen by this reader
    marked: bool = False  # a mark on the person's body is told, and this reader may read it
    photo_brought: bool = False  # with the request
    photo_taken: bool = False  # of the person
    asked_photo: bytes = field(default=b"", repr=False)
    told_photo: bytes = field(default=b"", repr=False)  # empty where the reader may not see it before verification

    def of(self, part: str) -> Side:
        """The two sides of a part; of one that is not known here nothing is told."""
        return self.by_part.get(part, Side(sealed=not self.open))


def sides(desk: Desk, request_id: str, person_id: str) -> Sides:
    """What both sides say; of a request that is held back to supervisors alone.

    Raises AppError match.held_back, shield.withheld, record.not_found.
    """
    with desk.reading() as reading:
        request, person = reading.get(TracingRequest, request_id), reading.get(Person, person_id)
        require_known(desk, reading, request.inquirer_id, request.sought_person_id, person_id)
        if request.held_why and not desk.is_supervisor:
            raise AppError("match.held_back")
        open_ = desk.may_see_restricted(reading.holder_of(person_id)) or _agreed(reading, request_id, person_id)
        said = _Said(desk.vocabularies, reading, request, person, open_, is_withheld(desk, reading, person_id))
        c = table(Attachment).c
        brought = reading.first(Attachment, c.request_id == request_id, c.kind == _PHOTO)
        taken = contents.thumbnails(reading, [person_id]).get(person_id, b"")
        return Sides(
            by_part=said.by_part(),
            open=open_,
            marked=said.marked,
            photo_brought=brought is not None,
            photo_taken=bool(taken),
            asked_photo=contents.content(reading, brought.id) if brought else b"",
            told_photo=taken if open_ else b"",
        )


def _agreed(reading: Reading, request_id: str, person_id: str) -> bool:
    """Whether a supervisor agreed that this person is handed over to whoever made the request, and it still holds."""
    v = table(Verification).c
    pairs = reading.all(Verification, v.request_id == request_id, v.person_id == person_id)
    return any(hand_over_stands(reading, one) for one in pairs)


class _Said:
    """Reads the two sides once and puts them into words part by part."""

    def __init__(
        self,
        words: Vocabularies,
        reading: Reading,
        request: TracingRequest,
        person: Person,
        open_: bool,
        withheld: bool,
    ) -> None:
        self._words, self._reading, self._request, self._person = words, reading, request, person
        self._open, self._withheld = open_, withheld
        self._seen = [] if withheld else reading.all(Description, table(Description).c.person_id == person.id)
        # What they ask for themselves tells of their own kin, when neither they nor whom they seek is masked.
        own = reading.all(TracingRequest, table(TracingRequest).c.inquirer_id == person.id)
        self._own = [one for one in own if not one.sought_person_id or not is_masked(reading, one.sought_person_id)]

    def by_part(self) -> dict[str, Side]:
        """Every part that these records can tell."""
        return {
            parts.NAME: self._name(),
            parts.PARENTS: self._kin(),
            parts.BIRTH: Side(told=_some(self._words.label("birth_basis", self._person.birth_basis).lower())),
            parts.PLACE: self._closed(_some(self._request.origin), _some(self._person.origin)),
            parts.SEPARATION: self._separation(),
            parts.SEX: self._relation(),
            parts.PAPER: self._papers(),
            parts.HOUSEHOLD: Side(sealed=not self._open),
            MARKS: self._marks(),
        }

    @property
    def marked(self) -> bool:
        """Whether this reader is told of a mark on the body by the person's side."""
        return any(one.marks for one in self._seen)

    def _closed(self, asked: tuple[str, ...], told: tuple[str, ...]) -> Side:
        return Side(asked, told if self._open else (), sealed=not self._open)

    def _marks(self) -> Side:
        """Marks on the body, clothes, languages: the three by which somebody is known again."""
        r, p = self._request, self._person
        seen = [text for one in self._seen for text in (one.marks, one.clothes)]
        asked = _some(r.marks, r.clothes, *self._languages(r.languages))
        return Side(asked, _some(*seen, *self._languages(p.languages)))

    def _name(self) -> Side:
        r, p = self._request, self._person
        others = self._reading.all(PersonName, table(PersonName).c.person_id == p.id)
        asked = _some(r.full_name, r.nickname, *r.other_names)
        return Side(asked, _some(p.full_name, *(one.text for one in others)), names=True)

    def _kin(self) -> Side:
        r, p = self._request, self._person
        asker = self._reading.first(Person, table(Person).c.id == r.inquirer_id) if r.inquirer_id else None
        first = (asker.given_name if asker else r.inquirer_name) if r.relation == "child" else ""
        said = [name for one in self._seen for name in one.kin_said]
        sought = [one.given_name or one.family_name for one in self._own]
        home = self._household() if self._open else ()
        told = _some(p.patronymic, p.father_name, p.mother_name, *said, *sought, *home)
        return Side(_some(first, r.patronymic, *r.relatives), told, names=True)

    def _household(self) -> tuple[str, ...]:
        p = self._person
        if not p.household_id:
            return ()
        home = self._reading.all(Person, table(Person).c.household_id == p.household_id)
        beside = [one for one in home if one.id != p.id and not is_masked(self._reading, one.id)]
        return tuple(one.given_name for one in beside[:MOST_KIN])

    def _separation(self) -> Side:
        r, p = self._request, self._person
        cause = self._words.label("separation_cause", r.separation_cause).lower()
        asked = _some(day(r.separated_on) if r.separated_on else "", r.separated_where, cause, r.last_seen)
        found = [_("found {day}").format(day=day(one.found_on)) for one in self._seen if one.found_on]
        came = _("came {day}").format(day=day(p.arrival_on)) if p.arrival_on else ""
        parted = [day(one.separated_on) for one in self._own if one.separated_on]
        where = [one.found_where for one in self._seen] if self._open else []
        return Side(asked, _some(*parted, *found, came, *where))

    def _relation(self) -> Side:
        r = self._request
        relation = self._words["relation"].label(r.relation, r.sex).lower() if r.relation else ""
        seeks = [
            _("asks for {relation}").format(relation=self._words["relation"].label(one.relation, one.sex).lower())
            for one in self._own
            if one.relation
        ]
        return Side(_some(relation), _some(*seeks))

    def _papers(self) -> Side:
        r, p = self._request, self._person
        asked = _some(r.phone, r.document_no)
        if not self._open:
            return Side(asked, sealed=True)
        phones = self._reading.all(PersonPhone, table(PersonPhone).c.person_id == p.id)
        papers = self._reading.all(IdentityDocument, table(IdentityDocument).c.person_id == p.id)
        return Side(asked, _some(p.phone, *(one.phone_no for one in phones), *(one.document_no for one in papers)))

    def _languages(self, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._words.label("languages", code) for code in codes)


def _some(*texts: str) -> tuple[str, ...]:
    """The texts that say something, each once, in order."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text and text.strip()))
