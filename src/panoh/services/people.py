"""People: everything that one record shows; finding them is in `search`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from panoh.base.errors import AppError
from panoh.domain.assistance import Assistance, BasicNeed
from panoh.domain.border import BorderEvent
from panoh.domain.cases import Case, CaseAction, CaseOption, Note, Task
from panoh.domain.casework import BestInterests, CareArrangement, FollowUp, PlanRow, Referral, Service, Transfer
from panoh.domain.consent import Consent
from panoh.domain.description import Description
from panoh.domain.household import Household, Site
from panoh.domain.incidents import IncidentPerson
from panoh.domain.lines import EVERYONE, PeopleFilter, PersonLine
from panoh.domain.needs import SpecificNeed
from panoh.domain.papers import Attachment
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.sealing import Sealed
from panoh.domain.shield import Shield
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services import hidden_answers, levels, people_filters, reunions, tracing
from panoh.services.border import events_of_person
from panoh.services.cases import case_of, without_words
from panoh.services.desk import Desk
from panoh.services.levels import LevelView
from panoh.services.need_to_know import (
    may_know,
    open_ones,
    told_history,
    told_line,
    told_needs,
    told_person,
    told_unanswered,
)
from panoh.services.records import is_withheld
from panoh.services.search import numbered
from panoh.services.shield import holding
from panoh.store import history, lines
from panoh.store.history import Happened
from panoh.store.tables import table
from panoh.store.units import Reading

__all__ = ["Happened", "LevelView", "PersonView", "by_number", "count", "line", "page", "person", "what_happened"]


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
    masked: bool = False  # a shield hides from this user who this is
    shield: Shield | None = None  # the one that is up, for those who may know of it


def page(desk: Desk, offset: int, limit: int, wanted: PeopleFilter = EVERYONE) -> list[PersonLine]:
    """A page of everyone, or of a part of them, last registered first."""
    with desk.reading() as reading:
        found = lines.people_page(reading, offset, limit, people_filters.conditions(desk, wanted))
        return [told_line(desk, line) for line in found]


def line(desk: Desk, person_id: str) -> PersonLine | None:
    """One person as a list shows them; None when the record is gone."""
    with desk.reading() as reading:
        found = lines.people_by_id(reading, [person_id]).get(person_id)
    return told_line(desk, found) if found else None


def count(desk: Desk, wanted: PeopleFilter = EVERYONE) -> int:
    """How many people are registered, or stand in a part of everyone."""
    with desk.reading() as reading:
        return lines.people_count(reading, people_filters.conditions(desk, wanted))[0]


def by_number(desk: Desk, text: str) -> str:
    """The id of the person with this number, or with this id of the sender; AppError('person.not_found') if there is none."""
    with desk.reading() as reading:
        found = numbered(reading, text)
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
    case = without_words(case, known=may_know(desk, me)) if withheld and case is not None else case
    told = "" if withheld or case is None else case.id  # the case whose rows this user may read
    request = table(TracingRequest).c
    view = PersonView(
        person=told_person(desk, who, may_see, masked=me.masked),
        names=tuple(reading.all(PersonName, table(PersonName).c.person_id == person_id)),
        documents=open_ones(desk, papers, may_see),
        phones=tuple(reading.all(PersonPhone, table(PersonPhone).c.person_id == person_id)),
        border_events=tuple(events_of_person(reading, person_id)),
        unanswered=told_unanswered(reading.all(Unanswered, table(Unanswered).c.record_id == person_id), may_see),
        needs=told_needs(open_ones(desk, needs, may_see), withheld),
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
        asked=_requests(desk, reading, request.inquirer_id == person_id),
        sought=_requests(desk, reading, request.sought_person_id == person_id),
        level=levels.view(desk, reading, me, words_withheld=withheld),
        may_see_restricted=may_see,
        shield=holding(reading, person_id) if may_see else None,
    )
    return view if may_know(desk, me) else _nameless(view)


def _requests(desk: Desk, reading: Reading, whose: Any) -> tuple[TracingRequest, ...]:
    return tuple(tracing.told(desk, reading, one) for one in reading.all(TracingRequest, whose))


def _nameless(view: PersonView) -> PersonView:
    """The record of somebody masked: the number, the level and what not to do."""
    return replace(
        view,
        names=(),
        documents=(),
        phones=(),
        border_events=(),
        consents=(),
        asked=(),
        sought=(),
        site=None,
        masked=True,
    )


def _tasks(desk: Desk, reading: Reading, person_id: str, withheld: bool) -> list[Task]:
    """This user's own tasks for the person; others' unless they are private or could tell what is withheld."""
    t = table(Task).c
    tasks = reading.all(Task, t.person_id == person_id, order=t.due_at)
    return [task for task in tasks if task.owner_id == desk.user.id or not (task.private or withheld)]


def _casework_ids(reading: Reading, view: PersonView) -> list[str]:
    """The rows of the case, care and best interests, whose words this reader may read."""
    if view.case_withheld:
        return []
    ids = [row.id for kind in _OF_CHILD for row in reading.all(kind, table(kind).c.person_id == view.person.id)]
    if view.case is None:
        return ids
    kinds: tuple[type[Any], ...] = (PlanRow, Service, Referral, FollowUp, Transfer)
    return ids + [row.id for kind in kinds for row in reading.all(kind, table(kind).c.case_id == view.case.id)]


_OF_CHILD: tuple[type[Any], ...] = (CareArrangement, BestInterests)
_PARTS = (PersonName, IdentityDocument, PersonPhone, BorderEvent, SpecificNeed, Consent)


def what_happened(desk: Desk, view: PersonView) -> list[Happened]:
    """The journal of one record, its parts and its household, the newest first, as this user may read it now.

    What may be seen is asked again: since the record was read its case may have gone to another.
    """
    with desk.reading() as reading:
        now = _view(desk, reading, view.person.id)
        if now.masked:
            return []
        own = (now.names, now.documents, now.phones, now.border_events, now.needs, now.consents)
        parts = (*own, now.options, now.actions, now.tasks, now.notes)
        ids = [now.person.id, *(part.id for each in parts for part in each)]
        ids += [part.id for part in (now.assessment, now.case) if part is not None and not now.case_withheld]
        ids += _casework_ids(reading, now)
        ids += [now.household.id] if now.household else []
        ids += history.taken_away(reading, now.person.id, _PARTS)
        ids += [one.id for one in reading.all(Sealed, table(Sealed).c.person_id == now.person.id)]
        ids += [one.id for one in reading.all(IncidentPerson, table(IncidentPerson).c.person_id == now.person.id)]
        ids += history.taken_away(reading, now.person.id, (Sealed, IncidentPerson))
        if not now.case_withheld:  # what was noted, given and decided, and why a copy was given out, is told in words
            told: tuple[type[Any], ...] = (Attachment, BasicNeed, Assistance, Description, MatchDecision)
            ids += [one.id for kind in told for one in reading.all(kind, table(kind).c.person_id == now.person.id)]
            ids += history.taken_away(reading, now.person.id, (*told, *_OF_CHILD))
            ids += reunions.ids_about(desk, reading, now.person.id)
        found = hidden_answers.told(reading, history.of_records(reading, ids))
        return told_history(desk, found, now.may_see_restricted)
