"""People: finding them in any spelling, and everything that one record shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from panoh.base.errors import AppError
from panoh.base.ids import parse_number, possible_numbers
from panoh.domain.border import BorderEvent
from panoh.domain.cases import Case, CaseAction, CaseOption, Note, Task
from panoh.domain.consent import Consent
from panoh.domain.household import Household, Site
from panoh.domain.lines import PersonLine
from panoh.domain.name_keys import search_keys
from panoh.domain.name_search import Query, parse_query, rank, shortlist
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.services import levels
from panoh.services.border import events_of_person
from panoh.services.cases import case_of, without_words
from panoh.services.desk import Desk
from panoh.services.levels import LevelView
from panoh.services.need_to_know import (
    open_ones,
    told_history,
    told_line,
    told_person,
    told_unanswered,
)
from panoh.services.records import is_withheld
from panoh.store import finding, history, lines
from panoh.store.history import Happened
from panoh.store.tables import table
from panoh.store.units import Reading

ENOUGH = 20  # people with every word of a search; with fewer, those with some words are looked at too
LOOKED_AT = 150  # people whose names are held beside what was typed; more when a longer list is asked for
COMPARED = 25  # of these, the likeliest, whose names are compared sound by sound
__all__ = [
    "Found",
    "Happened",
    "LevelView",
    "PersonView",
    "by_number",
    "count",
    "line",
    "page",
    "person",
    "search",
    "what_happened",
]


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything that the record of one person shows to this user.

    Needs, papers and the legal status are those that the user may see; whether others are recorded is not told.
    """

    person: Person
    names: tuple[PersonName, ...]
    documents: tuple[IdentityDocument, ...]
    phones: tuple[PersonPhone, ...]
    border_events: tuple[BorderEvent, ...]  # the newest day first
    unanswered: tuple[Unanswered, ...]
    needs: tuple[SpecificNeed, ...]
    assessment: RefoulementAssessment | None
    household: Household | None
    site: Site | None
    members: tuple[PersonLine, ...]  # of the household, this person included
    consents: tuple[Consent, ...]
    case: Case | None  # without its words when they are withheld
    case_withheld: bool  # the case may tell restricted facts that this user may not see
    owner_name: str
    options: tuple[CaseOption, ...]
    actions: tuple[CaseAction, ...]
    notes: tuple[Note, ...]
    tasks: tuple[Task, ...]
    asked: tuple[TracingRequest, ...]  # requests that this person made
    sought: tuple[TracingRequest, ...]  # requests in which this person is the one sought
    level: LevelView
    may_see_restricted: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A person whom a search may mean; the score is 0 to 100."""

    line: PersonLine
    score: float


def search(desk: Desk, text: str, limit: int = 20) -> list[Found]:
    """People by name in any spelling, best first; a year, a sex or a place beside the name ranks. No text: the last registered.

    A number, Panoh's or the sender's, finds its person, and a household's number its members; Panoh's also without its
    check character, because it is read off paper and told by phone.
    """
    query = parse_query(text)
    with desk.reading() as reading:
        if not text.strip():
            return [Found(told_line(desk, line), 100.0) for line in lines.people_page(reading, 0, limit)]
        exact = _exactly(reading, text)[:limit]
        best = dict.fromkeys(exact, 100.0) if exact else _best(reading, query, limit)
        found = lines.people_by_id(reading, best)
    return [Found(told_line(desk, found[person_id]), round(score, 1)) for person_id, score in best.items()]


def _best(reading: Reading, query: Query, limit: int) -> dict[str, float]:
    """The people whom the query may mean with their scores, best first."""
    people = finding.named(reading, _candidates(reading, query.text, max(LOOKED_AT, 4 * limit)))
    others, place = attrgetter("other_names"), attrgetter("site_name")
    likely = shortlist(query, people, max(COMPARED, limit + limit // 4), other_names=others, place=place)
    ranked = rank(query, likely, other_names=others, place=place)
    return {one.id: score for one, score in ranked[:limit]}


def _candidates(reading: Reading, text: str, most: int) -> list[str]:
    """Those who share a key with every word; if they are few, those who share most keys with some word too."""
    holders = [finding.key_holders(reading, keys) for keys in search_keys(text)]
    holders.sort(key=len)
    every = set(holders[0]).intersection(*holders[1:]) if holders else set()
    found = _sharing_most(every, holders, most)
    if len(found) < ENOUGH:
        found += _sharing_most(set().union(*holders) - every, holders, most - len(found))
    return found


def _sharing_most(people: set[str], holders: list[list[str]], most: int) -> list[str]:
    """Those of these people who share most keys with the query, the keys of the rarest word first."""
    if len(people) <= most:
        return sorted(people)
    shared = Counter(filter(people.__contains__, chain.from_iterable(holders)))
    return [one for one, _keys in shared.most_common(most)]


def _exactly(reading: Reading, text: str) -> list[str]:
    numbers = possible_numbers(text)
    found = finding.numbered_any(reading, numbers) if numbers else []
    return found or [one for one in [finding.numbered(reading, "", text.strip())] if one]


def _by_number(reading: Reading, text: str) -> str:
    return finding.numbered(reading, parse_number(text) or "", text.strip())


def page(desk: Desk, offset: int, limit: int) -> list[PersonLine]:
    """A page of everyone, last registered first."""
    with desk.reading() as reading:
        return [told_line(desk, line) for line in lines.people_page(reading, offset, limit)]


def line(desk: Desk, person_id: str) -> PersonLine | None:
    """One person as a list shows them; None when the record is gone."""
    with desk.reading() as reading:
        found = lines.people_by_id(reading, [person_id]).get(person_id)
    return told_line(desk, found) if found else None


def count(desk: Desk) -> int:
    """How many people are registered."""
    with desk.reading() as reading:
        return lines.people_count(reading)[0]


def by_number(desk: Desk, text: str) -> str:
    """The id of the person with this number, or with this id of the sender; AppError('person.not_found') if there is none."""
    with desk.reading() as reading:
        found = _by_number(reading, text)
    if not found:
        raise AppError("person.not_found", number=text.strip()[:20])
    return found


def person(desk: Desk, person_id: str) -> PersonView:
    """One person's record, without what this user may not see. Reading restricted facts is written in the journal."""
    with desk.reading() as reading:
        view = _view(desk, reading, person_id)
    if view.assessment is not None:
        with desk.writing() as unit:
            unit.tell("read", "RefoulementAssessment", view.assessment.id)
    return view


def _view(desk: Desk, reading: Reading, person_id: str) -> PersonView:
    who = reading.get(Person, person_id)
    case = case_of(reading, person_id)
    me = levels.line_of(reading, person_id)
    members = lines.household_members(reading, who.household_id) or [me]
    may_see = desk.may_see_restricted(case.owner_id if case else "")
    assessment = reading.first(RefoulementAssessment, table(RefoulementAssessment).c.person_id == person_id)
    needs = reading.all(SpecificNeed, table(SpecificNeed).c.person_id == person_id)
    papers = reading.all(IdentityDocument, table(IdentityDocument).c.person_id == person_id)
    withheld = is_withheld(desk, reading, person_id)
    case = without_words(case) if withheld and case is not None else case
    told = "" if withheld or case is None else case.id  # the case whose rows this user may read
    request = table(TracingRequest).c
    return PersonView(
        person=told_person(desk, who, may_see),
        names=tuple(reading.all(PersonName, table(PersonName).c.person_id == person_id)),
        documents=open_ones(desk, papers, may_see),
        phones=tuple(reading.all(PersonPhone, table(PersonPhone).c.person_id == person_id)),
        border_events=tuple(events_of_person(reading, person_id)),
        unanswered=told_unanswered(reading.all(Unanswered, table(Unanswered).c.record_id == person_id), may_see),
        needs=open_ones(desk, needs, may_see),
        assessment=assessment if may_see else None,
        household=reading.get(Household, who.household_id) if who.household_id else None,
        site=reading.get(Site, who.site_id) if who.site_id else None,
        members=tuple(told_line(desk, line) for line in members),
        consents=tuple(reading.all(Consent, table(Consent).c.person_id == person_id)),
        case=case,
        case_withheld=withheld,
        owner_name=me.owner_name,
        options=tuple(reading.all(CaseOption, table(CaseOption).c.case_id == told)),
        actions=tuple(reading.all(CaseAction, table(CaseAction).c.case_id == told)),
        notes=tuple(reading.all(Note, table(Note).c.case_id == told)),
        tasks=tuple(_tasks(desk, reading, person_id, withheld)),
        asked=tuple(reading.all(TracingRequest, request.inquirer_id == person_id)),
        sought=tuple(reading.all(TracingRequest, request.sought_person_id == person_id)),
        level=levels.view(desk, reading, me, words_withheld=withheld),
        may_see_restricted=may_see,
    )


def _tasks(desk: Desk, reading: Reading, person_id: str, withheld: bool) -> list[Task]:
    """This user's own tasks for the person; others' unless they are private or could tell what is withheld."""
    t = table(Task).c
    tasks = reading.all(Task, t.person_id == person_id, order=t.due_at)
    return [task for task in tasks if task.owner_id == desk.user.id or not (task.private or withheld)]


def what_happened(desk: Desk, view: PersonView) -> list[Happened]:
    """The journal of one record, its parts and its household, the newest first, as this user may read it now.

    What may be seen is asked again: since the record was read its case may have gone to another.
    """
    with desk.reading() as reading:
        now = _view(desk, reading, view.person.id)
        own = (now.names, now.documents, now.phones, now.border_events, now.needs, now.consents)
        parts = (*own, now.options, now.actions, now.tasks, now.notes)
        ids = [now.person.id, *(part.id for each in parts for part in each)]
        ids += [part.id for part in (now.assessment, now.case) if part is not None and not now.case_withheld]
        ids += [now.household.id] if now.household else []
        return told_history(desk, history.of_records(reading, ids), now.may_see_restricted)
