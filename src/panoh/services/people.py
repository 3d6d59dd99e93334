"""People: everything that one record shows; finding them is in `search`."""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.errors import AppError
from panoh.domain.cases import Case, CaseAction, CaseOption, Note, Task
from panoh.domain.consent import Consent
from panoh.domain.household import Household, Site
from panoh.domain.lines import PersonLine
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, PersonName, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.services import levels
from panoh.services.cases import case_of, without_words
from panoh.services.desk import Desk
from panoh.services.levels import LevelView
from panoh.services.records import is_restricted, is_withheld
from panoh.services.search import Found, numbered, search
from panoh.store import history, lines
from panoh.store.history import Happened
from panoh.store.tables import table
from panoh.store.units import Reading

__all__ = [
    "Found",
    "Happened",
    "LevelView",
    "PersonView",
    "by_number",
    "count",
    "page",
    "person",
    "search",
    "what_happened",
]


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything that the record of one person shows to this user."""

    person: Person
    names: tuple[PersonName, ...]
    documents: tuple[IdentityDocument, ...]
    unanswered: tuple[Unanswered, ...]
    needs: tuple[SpecificNeed, ...]
    needs_withheld: bool  # there are restricted facts that this user may not see
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


def page(desk: Desk, offset: int, limit: int) -> list[PersonLine]:
    """A page of everyone, last registered first."""
    with desk.reading() as reading:
        return lines.people_page(reading, offset, limit)


def count(desk: Desk) -> int:
    """How many people are registered."""
    with desk.reading() as reading:
        return lines.people_count(reading)[0]


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
    members = lines.household_members(reading, who.household_id) or [*lines.people_by_id(reading, [person_id]).values()]
    may_see = desk.may_see_restricted(case.owner_id if case else "")
    assessment = reading.first(RefoulementAssessment, table(RefoulementAssessment).c.person_id == person_id)
    needs, shown = _needs(desk, reading, person_id, may_see)
    withheld = is_withheld(desk, reading, person_id)
    case = without_words(case) if withheld and case is not None else case
    told = "" if withheld or case is None else case.id  # the case whose rows this user may read
    request = table(TracingRequest).c
    return PersonView(
        person=who,
        names=tuple(reading.all(PersonName, table(PersonName).c.person_id == person_id)),
        documents=tuple(reading.all(IdentityDocument, table(IdentityDocument).c.person_id == person_id)),
        unanswered=tuple(reading.all(Unanswered, table(Unanswered).c.record_id == person_id)),
        needs=shown,
        needs_withheld=len(shown) < len(needs),
        assessment=assessment if may_see else None,
        household=reading.get(Household, who.household_id) if who.household_id else None,
        site=reading.get(Site, who.site_id) if who.site_id else None,
        members=tuple(members),
        consents=tuple(reading.all(Consent, table(Consent).c.person_id == person_id)),
        case=case,
        case_withheld=withheld,
        owner_name=next((m.owner_name for m in members if m.id == person_id), ""),
        options=tuple(reading.all(CaseOption, table(CaseOption).c.case_id == told)),
        actions=tuple(reading.all(CaseAction, table(CaseAction).c.case_id == told)),
        notes=tuple(reading.all(Note, table(Note).c.case_id == told)),
        tasks=tuple(_tasks(desk, reading, person_id, withheld)),
        asked=tuple(reading.all(TracingRequest, request.inquirer_id == person_id)),
        sought=tuple(reading.all(TracingRequest, request.sought_person_id == person_id)),
        level=levels.view(desk, reading, person_id, may_see),
        may_see_restricted=may_see,
    )


def _needs(
    desk: Desk, reading: Reading, person_id: str, may_see: bool
) -> tuple[list[SpecificNeed], tuple[SpecificNeed, ...]]:
    """All needs of a person, and those that this user may see."""
    needs = reading.all(SpecificNeed, table(SpecificNeed).c.person_id == person_id)
    return needs, tuple(need for need in needs if may_see or not is_restricted(desk, need))


def _tasks(desk: Desk, reading: Reading, person_id: str, withheld: bool) -> list[Task]:
    """This user's own tasks for the person; others' unless they are private or could tell what is withheld."""
    t = table(Task).c
    tasks = reading.all(Task, t.person_id == person_id, order=t.due_at)
    return [task for task in tasks if task.owner_id == desk.user.id or not (task.private or withheld)]


def what_happened(desk: Desk, view: PersonView) -> list[Happened]:
    """The journal of one record and its parts, the newest first; restricted parts only for those who may see them."""
    lists = (view.names, view.documents, view.needs, view.consents, view.options, view.actions, view.tasks, view.notes)
    ids = [view.person.id, *(part.id for parts in lists for part in parts)]
    ids += [part.id for part in (view.assessment, view.case) if part is not None and not view.case_withheld]
    with desk.reading() as reading:
        return history.of_records(reading, ids)
