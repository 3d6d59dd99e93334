"""People who are perhaps registered already, looked for while their names are typed. Nothing is joined by itself."""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.errors import FieldProblem
from panoh.domain.dates import PartialDate, parse_date
from panoh.domain.duplicates import NOTHING_BESIDE, Beside, duplicate_score
from panoh.domain.lines import PersonLine
from panoh.domain.match_parts import Match
from panoh.domain.name_keys import search_keys
from panoh.domain.names import split_full_name
from panoh.domain.person import Person, PersonName
from panoh.services.desk import Desk
from panoh.services.need_to_know import told_line
from panoh.services.registration import birth_fields
from panoh.store import derived, lines
from panoh.store.units import Reading

LEAST = 40  # below a possible hit nothing is shown
MOST_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Someone registered who may be the person being typed; `other_name` is the name in another script, if any."""

    line: PersonLine
    other_name: str
    match: Match


def probable(
    desk: Desk, row_name: str, sex: str, birth_text: str, address_before: str, limit: int = 5
) -> list[Duplicate]:
    """Who may be the person of a half-typed row, best first. A date that cannot be read yet counts as not known."""
    typed = split_full_name(row_name)
    today = desk.clock.today()
    try:
        birth = parse_date(birth_text, today)
    except FieldProblem:
        birth = PartialDate()
    newcomer = Person(
        id="",
        given_name=typed.given,
        family_name=typed.family,
        patronymic=typed.patronymic,
        sex=sex,
        origin=address_before.strip(),
        **birth_fields(birth),  # type: ignore[arg-type]
    )
    with desk.reading() as reading:
        people = reading.where_in(
            Person, "id", derived.people_with_keys(reading, search_keys(row_name), MOST_LOOKED_AT)
        )
        beside = _beside(reading, people)
        scored = []
        for person in people:
            match = duplicate_score(newcomer, person, NOTHING_BESIDE, beside[person.id])
            if match.score >= LEAST and not match.impossible:
                scored.append((match, person.id))
        scored.sort(key=lambda each: (-each[0].score, each[1]))
        best = scored[:limit]
        shown = lines.people_by_id(reading, [person_id for _match, person_id in best])
    return [
        Duplicate(told_line(desk, shown[one]), next(iter(beside[one].other_names), ""), match) for match, one in best
    ]


def _beside(reading: Reading, people: list[Person]) -> dict[str, Beside]:
    """Other names and the others of the household, of each of these people."""
    names: dict[str, list[str]] = {}
    for name in reading.where_in(PersonName, "person_id", (person.id for person in people)):
        names.setdefault(name.person_id, []).append(name.text)
    homes: dict[str, list[Person]] = {}
    for kin in reading.where_in(Person, "household_id", (person.household_id for person in people)):
        homes.setdefault(kin.household_id, []).append(kin)
    return {
        person.id: Beside(
            other_names=tuple(names.get(person.id, ())),
            household=tuple(kin for kin in homes.get(person.household_id, ()) if kin.id != person.id),
        )
        for person in people
    }
