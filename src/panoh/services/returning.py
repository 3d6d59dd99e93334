"""People of a list who stand in the vault already: what a row says replaces what was there, what it leaves out stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from panoh.base.ids import new_id
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.refoulement import RefoulementAssessment
from panoh.exchange.people_rows import PersonRow
from panoh.services.newcomers import asked_urgent, need_of
from panoh.services.registration import birth_fields
from panoh.store.units import Unit

_SAID = (
    "given_name",
    "family_name",
    "patronymic",
    "sex",
    "origin",
    "arrival_on",
    "phone",
    "nationalities",
    "legal_status",
    "fled_from",
    "country_now",
    "intends_to_go",
    "border_status",
)
_ASSESSED = ("feared_country", "hiding_from", "extradition", "recognised_by")


def update(unit: Unit, rows: Sequence[PersonRow]) -> int:
    """Change the people whose ids these rows have; returns how many rows found theirs."""
    found = _people(unit, [row.external_id for row in rows])
    people = {person.id: person for person in found.values()}  # two ids may lead to one person, who was joined
    codes: dict[str, set[str]] = defaultdict(set)
    for need in unit.where_in(SpecificNeed, "person_id", people):
        codes[need.person_id].add(need.code)
    assessments = {each.person_id: each for each in unit.where_in(RefoulementAssessment, "person_id", people)}
    for row in rows:
        person = people[found[row.external_id].id]
        people[person.id] = told = replace(person, **_said(row, person))
        unit.save(told, person)
        unit.add(*(need_of(person.id, code, unit.at, unit.actor) for code in row.needs if code not in codes[person.id]))
        codes[person.id].update(row.needs)
        assessment = _assess(unit, row, person.id, assessments.get(person.id))
        if assessment:
            assessments[person.id] = assessment
    return len(rows)


def _people(unit: Unit, theirs: Sequence[str]) -> dict[str, Person]:
    """The people by the sender's ids; of a record that was joined to another one, the record that goes on."""
    found = {
        person.external_id: person for person in unit.where_in(Person, "external_id", theirs) if not person.set_aside
    }
    while joined := {key: p.merged_into_id for key, p in found.items() if p.merged_into_id and not p.set_aside}:
        kept = {person.id: person for person in unit.where_in(Person, "id", joined.values())}
        found |= {key: kept[person_id] for key, person_id in joined.items()}
    return found


def _said(row: PersonRow, before: Person) -> dict[str, Any]:
    told: dict[str, Any] = {name: value for name in _SAID if (value := getattr(row, name)) not in ("", None, ())}
    if not before.urgent:  # what someone found to be urgent is not undone by a list
        told["urgent"] = asked_urgent(row)
    return told | (birth_fields(row.birth) if row.birth.precision else {})


def _assess(
    unit: Unit, row: PersonRow, person_id: str, known: RefoulementAssessment | None
) -> RefoulementAssessment | None:
    """Keep what the row tells of the danger of being returned; what is known of it now."""
    told = {name: getattr(row, name) for name in _ASSESSED if getattr(row, name)}
    if not told:
        return known
    if known:
        unit.save(changed := replace(known, **told), known)
        return changed
    unit.add(made := RefoulementAssessment(id=new_id(), person_id=person_id, asked_at=unit.at, **told))
    return made
