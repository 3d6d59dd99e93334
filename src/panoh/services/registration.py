"""Registering people: a whole family from one grid, or one person."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.cases import Task
from panoh.domain.dates import PartialDate, parse_date
from panoh.domain.household import Household, Site
from panoh.domain.merging import DuplicateDecision
from panoh.domain.names import split_full_name
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person, Unanswered
from panoh.domain.records import Record
from panoh.domain.tracing import TracingRequest
from panoh.services import caseload
from panoh.services.desk import Changes, Desk
from panoh.store import drafts
from panoh.store.tables import table
from panoh.store.units import Unit

PRIVATE_TALK_WITHIN = timedelta(hours=24)
SOUGHT = frozenset({"stopped", "left_behind", "missing"})  # presence that drafts a tracing request
MOST_NAME, MOST_TEXT = 200, 500  # characters
GROUP = "group"
_FIELDS = {"name": "given_name"}  # of a row, and the person's own that the full form and completeness ask about
COUNTS = ("people_told", "women_told", "men_told", "girls_told", "boys_told")
MOST_DIGITS = 5  # of a count


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRow:
    """One row of the grid, as typed. Codes where the grid offers codes, text elsewhere."""

    name: str = ""
    sex: str = ""
    birth: str = ""
    relation: str = ""
    needs: tuple[str, ...] = ()
    presence: str = "here"
    talk_alone: bool = False
    unanswered: tuple[tuple[str, str], ...] = ()  # (field, not_asked | does_not_know | refused | none)

    @property
    def empty(self) -> bool:
        """Whether nothing was typed in this row."""
        return not (self.name or self.sex or self.birth or self.needs or self.unanswered)


@dataclass(frozen=True, slots=True)
class Alike:
    """What was said of a row (counted from 0) and a registered person who looks like it: relatives, different, later."""

    row: int
    person_id: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyForm:
    """The whole form: the block that everyone shares, and the members."""

    address_before: str = ""
    site_id: str = ""
    phone: str = ""
    language: str = ""
    shelter: str = ""
    notice_read: str = ""
    fled_from: str = ""
    country_now: str = ""
    intends_to_go: str = ""
    border_status: str = ""
    depth: str = "emergency"
    # Of a group, registered before its people are: counts as typed, and needs by code.
    people_told: str = ""
    women_told: str = ""
    men_told: str = ""
    girls_told: str = ""
    boys_told: str = ""
    needs_told: tuple[str, ...] = ()
    alike: tuple[Alike, ...] = ()
    draft_id: str = ""
    rows: tuple[FamilyRow, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class SavedFamily:
    """What was made of a form."""

    household: Household
    people: tuple[Person, ...]
    requests: tuple[TracingRequest, ...]
    changes: Changes


def sites(desk: Desk) -> list[Site]:
    """Every site, by name, for the choice of where somebody stays."""
    with desk.reading() as reading:
        return sorted(reading.all(Site), key=lambda site: site.name.casefold())


def check_family(desk: Desk, form: FamilyForm) -> list[FieldProblem]:
    """Every reason why this form cannot be saved, in the order of the form; saving incomplete is no problem."""
    problems = [
        FieldProblem(name, _("This is longer than {most} characters. Shorten it.").format(most=MOST_TEXT))
        for name in ("address_before", "phone")
        if len(getattr(form, name)) > MOST_TEXT
    ]
    problems += _site_problems(desk, form)
    problems += _count_problems(form)
    rows = [(index, row) for index, row in enumerate(form.rows) if not row.empty]
    if not rows:
        problems.append(FieldProblem("rows.0.name", _("Nobody stands in the list yet: type a name.")))
    for index, row in rows:
        problems += [FieldProblem(f"rows.{index}.{p.field}", p.text) for p in _row_problems(desk, row)]
    return problems


def _site_problems(desk: Desk, form: FamilyForm) -> list[FieldProblem]:
    with desk.reading() as reading:
        own = caseload.only_site(reading)
    if own is None or form.site_id in ("", own.id):
        return []
    return [FieldProblem("site_id", caseload.refusal(own))]


def _count_problems(form: FamilyForm) -> list[FieldProblem]:
    """Counts of a group that are none, and parts that make more people than the whole."""
    if form.depth != GROUP:
        return []
    problems = [
        FieldProblem(name, _("Write how many, in digits."))
        for name in COUNTS
        if getattr(form, name).strip() and _count(getattr(form, name)) is None
    ]
    if problems:
        return problems
    whole, parts = _count(form.people_told), sum(_count(getattr(form, name)) or 0 for name in COUNTS[1:])
    if whole is None and not parts:
        return [FieldProblem("people_told", _("A group has a size: write how many people there are."))]
    if whole is not None and parts > whole:
        text = _("Women, men, girls and boys make {parts}, and {whole} people stand here. Correct one of them.")
        return [FieldProblem("people_told", text.format(parts=parts, whole=whole))]
    return []


def _count(text: str) -> int | None:
    """The number that was typed, in any digits; None for anything else."""
    plain = text.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= MOST_DIGITS else None


def _row_problems(desk: Desk, row: FamilyRow) -> list[FieldProblem]:
    problems: list[FieldProblem] = []
    if not row.name.strip() and "name" not in dict(row.unanswered):
        problems.append(FieldProblem("name", _("This row has no name. One part of a name is enough.")))
    if len(row.name) > MOST_NAME:
        problems.append(
            FieldProblem("name", _("This name is longer than {most} characters. Shorten it.").format(most=MOST_NAME))
        )
    try:
        parse_date(row.birth, desk.clock.today())
    except FieldProblem as problem:
        problems.append(FieldProblem("birth", problem.text))
    return problems


def save_family(desk: Desk, form: FamilyForm) -> SavedFamily:
    """Register a household and its members in one write; raises FormProblems when a row cannot be kept.

    Whoever was stopped, left behind or is missing gets a tracing request; 'talk alone' makes a private task. A vault that
    holds one site's caseload registers at that site.
    """
    problems = check_family(desk, form)
    if problems:
        raise FormProblems(problems)
    rows = [row for row in form.rows if not row.empty]
    with desk.writing() as unit:
        own = caseload.only_site(unit)
        if own is not None:
            form = replace(form, site_id=own.id)
        household = _household(unit, form)
        people = _people(desk, unit, form, rows, household)
        requests = _requests(desk, unit, people)
        extra: list[Record] = []
        for person, row in zip(people, rows, strict=True):
            extra += _row_records(desk, person, row)
        extra += _decisions(desk, unit, form, people)
        unit.add(household, *people, *requests, *extra)
        if form.draft_id:
            drafts.drop(unit, form.draft_id)
        changes = Changes.of(unit)
    return SavedFamily(household, tuple(people), tuple(requests), changes)


def _decisions(desk: Desk, unit: Unit, form: FamilyForm, people: list[Person]) -> list[Record]:
    """What was said about look-alikes while the family was typed, remembered for ever."""
    rows = [at for at, row in enumerate(form.rows) if not row.empty]
    made: list[Record] = []
    for said in form.alike:
        if said.row in rows and unit.first(Person, table(Person).c.id == said.person_id) is not None:
            one, other = sorted((people[rows.index(said.row)].id, said.person_id))
            made.append(
                DuplicateDecision(
                    id=new_id(),
                    person_a_id=one,
                    person_b_id=other,
                    state=said.state,
                    decided_by=desk.user.id,
                    decided_at=unit.at,
                )
            )
    return made


def _household(unit: Unit, form: FamilyForm) -> Household:
    counts: dict[str, Any] = {name: _count(getattr(form, name)) for name in COUNTS} if form.depth == GROUP else {}
    if counts and counts["people_told"] is None:
        counts["people_told"] = sum(count or 0 for count in counts.values())
    return Household(
        id=new_id(),
        number=unit.next_numbers()[0],
        address_before=form.address_before.strip(),
        site_id=form.site_id,
        shelter=form.shelter,
        phone=form.phone.strip(),
        language=form.language,
        notice_read=form.notice_read,
        depth=form.depth,
        needs_told=form.needs_told if form.depth == GROUP else (),
        **counts,
    )


def _people(desk: Desk, unit: Unit, form: FamilyForm, rows: list[FamilyRow], household: Household) -> list[Person]:
    numbers = unit.next_numbers(len(rows))
    return [_person(desk, form, row, household, number) for row, number in zip(rows, numbers, strict=True)]


def birth_fields(birth: PartialDate) -> dict[str, object]:
    """A partial date as the fields of a person or a tracing request."""
    return {
        "birth_precision": birth.precision,
        "birth_earliest": birth.earliest,
        "birth_latest": birth.latest,
        "birth_said": birth.said,
        "birth_as_of": birth.as_of,
    }


def _person(desk: Desk, form: FamilyForm, row: FamilyRow, household: Household, number: str) -> Person:
    name = split_full_name(row.name)
    today = desk.clock.today()
    here = row.presence in ("here", "")
    person = Person(
        id=new_id(),
        number=number,
        household_id=household.id,
        relation=row.relation,
        given_name=name.given,
        family_name=name.family,
        patronymic=name.patronymic,
        sex=row.sex,
        birth_basis="stated" if row.birth.strip() else "",
        origin=form.address_before.strip(),
        arrival_on=today if here else None,
        languages=(form.language,) if form.language else (),
        fled_from=form.fled_from,
        country_now=form.country_now if here else "",
        intends_to_go=form.intends_to_go if here else "",
        border_status=form.border_status if here else "",
        border_status_on=today if here and form.border_status else None,
        presence=row.presence or "here",
        presence_since=today,
        urgent="none" if here and _asked_about_needs(row) else "",  # what was found stands as a need
        site_id=form.site_id if here else "",
        depth=form.depth,
        registered_at=desk.clock.now(),
    )
    return replace(person, **birth_fields(parse_date(row.birth, today)))  # type: ignore[arg-type]


def _asked_about_needs(row: FamilyRow) -> bool:
    """Whether somebody looked: a need was noticed, or it was said that there is none. A blank cell was not asked."""
    return bool(row.needs) or ("needs", "none") in row.unanswered


def _row_records(desk: Desk, person: Person, row: FamilyRow) -> list[Record]:
    now = desk.clock.now()
    made: list[Record] = [
        SpecificNeed(
            id=new_id(), person_id=person.id, code=code, source="observed", noticed_at=now, noticed_by=desk.user.id
        )
        for code in row.needs
    ]
    made += [
        Unanswered(id=new_id(), record_id=person.id, field=_FIELDS.get(name, name), answer=answer)
        for name, answer in row.unanswered
    ]
    if row.talk_alone:
        due = now + PRIVATE_TALK_WITHIN
        made.append(
            Task(
                id=new_id(), person_id=person.id, what=_("Talk alone"), due_at=due, owner_id=desk.user.id, private=True
            )
        )
    return made


def _requests(desk: Desk, unit: Unit, people: list[Person]) -> list[TracingRequest]:
    """A tracing request for each member who is sought, asked for together by the first member who is here."""
    sought = [person for person in people if person.presence in SOUGHT]
    asker = next((person for person in people if person.presence == "here"), None)
    if not sought or asker is None:
        return []
    numbers, first = unit.next_numbers(len(sought)), new_id()
    return [
        TracingRequest(
            id=new_id() if at else first,
            inquiry=first if at else "",
            number=number,
            inquirer_id=asker.id,
            relation=person.relation,
            given_name=person.given_name,
            family_name=person.family_name,
            patronymic=person.patronymic,
            sex=person.sex,
            origin=person.origin,
            relatives=tuple(other.given_name for other in people if other is not person and other.given_name),
            opened_at=desk.clock.now(),
            sought_person_id=person.id,
            **birth_fields(person.birth),  # type: ignore[arg-type]
        )
        for at, (person, number) in enumerate(zip(sought, numbers, strict=True))
    ]
