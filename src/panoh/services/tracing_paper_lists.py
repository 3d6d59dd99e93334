"""Who stands on the photo board and on the list to read aloud: the same people, and the same are left out.

*Sought*: of an open request with consent to trace and consent to show. *Seeking*: somebody registered and here who said yes
to tracing by boards, media and radio (consent for the purpose `tracing` to the recipient `public`), and no to neither.
Left out, whoever asks: masked, at risk of being sent back, any restricted reason, on either side of a request, also of
somebody who may be the one sought; whatever is held back; who died; what is closed. No place stands on them, no consent covers one.

How many are left out is told to whoever makes the paper and not on it. To supervisors by reason; to all others one number:
a count of those who are left out for their safety would tell that there are some.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from panoh.base.i18n import N_, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.consent import Consent
from panoh.domain.dates import PartialDate, child_possible
from panoh.domain.leaks import AUTHORITIES, PHONES, PLACES, STATES, LeakFinder
from panoh.domain.name_letters import fold, to_latin
from panoh.domain.papers import Attachment
from panoh.domain.person import Person, PersonName
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.tracing_papers import PUBLIC, Asked, masked
from panoh.exchange.pictures import for_paper
from panoh.reports.tracing_aloud import ReadName, render_list
from panoh.reports.tracing_board import BoardPerson, render_board
from panoh.services.desk import Desk
from panoh.services.summaries import Wanted
from panoh.services.tracing_hold import of_held
from panoh.services.tracing_paper_draft import (
    DEAD,
    Around,
    Drawn,
    band_words,
    endangered,
    open_finder,
    who_words,
)  # fmt: skip
from panoh.store import contents, lines
from panoh.store.tables import table
from panoh.store.units import Reading

_NO = frozenset({"no", "withdrawn"})
_OPEN = frozenset({"open", "in_progress"})
CONSENT, SAFETY, CLOSED, DIED, NAMELESS = "consent", "safety", "closed", "died", "nameless"
_WHY = {
    CONSENT: N_("{n} without a yes to being shown"),
    SAFETY: N_("{n} for their safety, or held back"),
    CLOSED: N_("{n} closed, found or not here"),
    DIED: N_("{n} who died"),
    NAMELESS: N_("{n} of whom neither a name nor a photo is there"),
}
_TELLS = (STATES, AUTHORITIES, PHONES, PLACES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Somebody who may be shown."""

    number: str
    given: str
    family: str
    father: str  # as patronymic or as said
    patronymic: str
    by_names: tuple[str, ...]
    sex: str
    birth: PartialDate
    photo_id: str = ""  # attachment


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everyone who may be shown, and how many are not, by reason."""

    people: tuple[Shown, ...]
    left_out: Counter[str]


def board(desk: Desk, _asked: Asked, wanted: Wanted, around: Around) -> Drawn:
    """The photo board: faces, numbers, bands of ages; of a child with a photo no name, of nobody a family name."""
    today = desk.clock.today()
    with desk.reading() as reading:
        found = gathered(desk, reading)
        order = sorted(found.people, key=lambda one: (one.birth.latest is None, _youngest_first(one), one.number))
        people = tuple(_faced(reading, one, today) for one in order)
    shown = tuple(one for one in people if one.photo or one.called)
    found.left_out[NAMELESS] += len(people) - len(shown)
    sheet = around.sheet(_("FOR THE BOARD"), public=True)
    return Drawn(
        pdf=render_board(shown, sheet, wanted.language), level=PUBLIC, told=left_out_words(desk, found.left_out)
    )


def read_aloud(desk: Desk, _asked: Asked, wanted: Wanted, around: Around) -> Drawn:
    """The list to read aloud, sorted by name in whatever alphabet."""
    today = desk.clock.today()
    with desk.reading() as reading:
        found = gathered(desk, reading)
    names = tuple(_read(one, today) for one in sorted(found.people, key=_by_name))
    shown = tuple(one for one in names if one.name or one.called)
    found.left_out[NAMELESS] += len(names) - len(shown)
    sheet = around.sheet(_("TO READ ALOUD"), public=True)
    return Drawn(
        pdf=render_list(shown, sheet, wanted.language), level=PUBLIC, told=left_out_words(desk, found.left_out)
    )


def left_out_words(desk: Desk, left_out: Counter[str]) -> tuple[str, ...]:
    """How many are not on the paper: by reason for supervisors, one number for all others."""
    if desk.is_supervisor:
        return tuple(_(why).format(n=left_out[key]) for key, why in _WHY.items() if left_out[key])
    count = sum(left_out.values())
    told = ngettext(
        "{n} is left out: no yes to being shown, closed, or not to be shown",
        "{n} are left out: no yes to being shown, closed, or not to be shown",
        count,
    )
    return (told.format(n=count),) if count else ()


def _faced(reading: Reading, one: Shown, today: date) -> BoardPerson:
    photo = for_paper(contents.content(reading, one.photo_id)) if one.photo_id else b""
    called = () if photo and child_possible(one.birth, today) else (one.given, *one.by_names)
    return BoardPerson(
        number=one.number, who=who_words(one.sex, one.birth, today), age_band=band_words(one.birth, today),
        called=", ".join(name for name in called if name), photo=photo,
    )  # fmt: skip


def _read(one: Shown, today: date) -> ReadName:
    name = " ".join(part for part in (one.family, one.given, one.patronymic) if part)
    return ReadName(
        number=one.number, name=name, called=one.by_names, father=one.father, who=who_words(one.sex, one.birth, today),
        age_band=band_words(one.birth, today),
    )  # fmt: skip


def _youngest_first(one: Shown) -> int:
    return -one.birth.latest.toordinal() if one.birth.latest else 0


def _by_name(one: Shown) -> tuple[str, str]:
    words = (one.family, one.given, one.patronymic, *one.by_names)
    return fold(to_latin(" ".join(word for word in words if word))), one.number


# --- who may be shown ------------------------------------------------------------------------------------------------------


def gathered(desk: Desk, reading: Reading) -> Gathered:
    """Everyone who may be shown to anybody, as the vault says it, whoever asks."""
    left_out: Counter[str] = Counter()
    requests = reading.all(TracingRequest)
    decisions = [each for each in reading.all(MatchDecision) if each.state not in ("", "rejected")]
    meant: dict[str, set[str]] = {}
    for decision in decisions:
        meant.setdefault(decision.request_id, set()).add(decision.person_id)
    consents = _public_consents(reading)
    ids = {
        *consents, *(r.inquirer_id for r in requests), *(r.sought_person_id for r in requests), *(d.person_id for d in decisions),
    } - {""}  # fmt: skip
    shown = lines.people_by_id(reading, ids)
    people_by_id = {one.id: one for one in reading.where_in(Person, "id", ids)}
    facts = _Facts(endangered(shown) | of_held(reading), people_by_id, meant, _refusing(desk, reading, ids))
    sought = []
    for request in requests:
        why = facts.why_not(request)
        if why:
            left_out[why] += 1
        else:
            sought.append(request)
    with_person: dict[str, list[TracingRequest]] = {}
    for request in requests:
        for one in facts.sides(request):
            with_person.setdefault(one, []).append(request)
    seeking = []
    for person_id, answers in consents.items():
        why = _why_not_person(desk, facts, with_person.get(person_id, ()), person_id, answers)
        if why:
            left_out[why] += 1
        else:
            seeking.append(facts.people[person_id])
    finder = open_finder(desk, reading)
    people = (*_of_requests(reading, sought), *_of_people(reading, seeking, requests))
    return Gathered(tuple(_without_telling(one, finder) for one in people), left_out)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is asked of everyone who is named in a request."""

    danger: set[str]
    people: dict[str, Person]
    meant: dict[str, set[str]]  # by request: who may be the one sought, and was not ruled out
    refusing: set[str]  # who said no to being traced, or took a yes back

    def sides(self, request: TracingRequest) -> set[str]:
        """Who asks, who is sought, and who may be the one sought."""
        return {request.inquirer_id, request.sought_person_id, *self.meant.get(request.id, ())} - {""}

    def why_not(self, request: TracingRequest) -> str:
        """Why this request is not shown; '' when it may be. Safety counts before everything else."""
        sides = self.sides(request)
        if request.held_why or sides & self.danger:
            return SAFETY
        if request.status not in _OPEN or request.closed_on or any(self.gone(one) for one in sides):
            return CLOSED
        if request.sought_person_id and self.people[request.sought_person_id].presence in DEAD:
            return DIED
        if request.sought_person_id and self.people[request.sought_person_id].presence == "here":
            return CLOSED
        traced = request.consent_to_trace == "yes" and request.consent_withdrawn_on is None
        refused = (sides - {request.inquirer_id}) & self.refusing
        return "" if traced and request.consent_to_show == "yes" and not refused else CONSENT

    def gone(self, person_id: str) -> bool:
        """Whether a record was erased, set aside or joined to another."""
        person = self.people.get(person_id)
        return person is None or bool(person.merged_into_id)


def _refusing(desk: Desk, reading: Reading, ids: Iterable[str]) -> set[str]:
    """Who of these said no to being traced, by whomever, or took a yes back."""
    today = desk.clock.today()
    found = reading.where_in(Consent, "person_id", ids)
    return {one.person_id for one in found if one.purpose == "tracing" and one.state_on(today) in _NO}


def _public_consents(reading: Reading) -> dict[str, list[Consent]]:
    """Every consent of those who ever answered on tracing by boards, media and radio, by person."""
    c = table(Consent).c
    asked = {one.person_id for one in reading.all(Consent, c.purpose == "tracing", c.recipient == PUBLIC)}
    found: dict[str, list[Consent]] = {}
    for one in reading.where_in(Consent, "person_id", asked):
        found.setdefault(one.person_id, []).append(one)
    return found


def _why_not_person(
    desk: Desk, facts: _Facts, mine: Sequence[TracingRequest], person_id: str, answers: Iterable[Consent]
) -> str:
    """The same for somebody registered who seeks their family; `mine` are all requests that they have to do with."""
    if person_id in facts.danger:
        return SAFETY
    if facts.gone(person_id):
        return CLOSED
    person = facts.people[person_id]
    if person.presence in DEAD:
        return DIED
    asks = [r for r in mine if r.inquirer_id == person_id]
    if person.presence != "here" or (asks and all(r.status not in _OPEN for r in asks)):
        return CLOSED
    today = desk.clock.today()
    media = [one for one in answers if one.recipient == PUBLIC]
    refused = any(one.purpose == "sharing" and one.state_on(today) in _NO for one in media)
    agreed = any(one.purpose == "tracing" and one.holds_on(today) for one in media)
    return "" if agreed and not refused and person_id not in facts.refusing else CONSENT


# --- what stands there of them ---------------------------------------------------------------------------------------------


def _of_requests(reading: Reading, requests: list[TracingRequest]) -> list[Shown]:
    photos = _photos(reading, "request_id", [one.id for one in requests])
    of_person = _photos(reading, "person_id", [one.sought_person_id for one in requests if one.sought_person_id])
    return [
        Shown(
            number=one.number, given=one.given_name, family=one.family_name, patronymic=one.patronymic, father="",
            by_names=tuple(dict.fromkeys(name for name in (one.nickname, *one.other_names) if name)), sex=one.sex,
            birth=one.birth, photo_id=photos.get(one.id) or of_person.get(one.sought_person_id, ""),
        )
        for one in requests
    ]  # fmt: skip


def _of_people(reading: Reading, people: list[Person], requests: list[TracingRequest]) -> list[Shown]:
    """By the number of their own request where there is one: it leads to no case."""
    photos = _photos(reading, "person_id", [one.id for one in people])
    names: dict[str, list[str]] = {}
    for name in reading.where_in(PersonName, "person_id", [one.id for one in people]):
        if name.kind in ("nickname", "other_script", "maiden"):
            names.setdefault(name.person_id, []).append(name.text)
    asks = {one.inquirer_id: one.number for one in requests if one.status in _OPEN}
    return [
        Shown(
            number=asks.get(one.id) or one.number, given=one.given_name, family=one.family_name, patronymic=one.patronymic,
            father=one.father_name, by_names=tuple(dict.fromkeys(names.get(one.id, ()))), sex=one.sex, birth=one.birth,
            photo_id=photos.get(one.id, ""),
        )
        for one in people
    ]  # fmt: skip


def _photos(reading: Reading, name: str, ids: list[str]) -> dict[str, str]:
    """The newest photo of each."""
    found = sorted(reading.where_in(Attachment, name, ids), key=lambda one: one.id)
    return {getattr(one, name): one.id for one in found if one.kind == "photo"}


def _without_telling(one: Shown, finder: LeakFinder) -> Shown:
    """By-names that tell a place, a phone, an authority or a State go. In a name a phone and an authority are left out; many a name
    holds that of a people."""

    def clean(text: str) -> str:
        return masked(text, [words for _kind, words in finder.find(text, (AUTHORITIES, PHONES))]) if text else ""

    kept = tuple(name for name in one.by_names if not finder.find(name, _TELLS))
    return replace(
        one, by_names=kept, given=clean(one.given), family=clean(one.family), patronymic=clean(one.patronymic),
        father=clean(one.father),
    )  # fmt: skip
