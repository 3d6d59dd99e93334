"""People who are perhaps registered already, looked for while their names are typed. Nothing is joined by itself."""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.errors import FieldProblem
from panoh.domain.dates import PartialDate, parse_date
from panoh.domain.lines import PersonLine
from panoh.domain.matching import Match, duplicate_score
from panoh.domain.name_keys import search_keys
from panoh.domain.names import split_full_name
from panoh.domain.person import Person, PersonName
from panoh.services.desk import Desk
from panoh.services.registration import birth_fields
from panoh.store import derived, lines
from panoh.store.tables import table

LEAST = 40  # below a possible hit nothing is shown
MOST_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Someone registered who may be the person being typed; `other_name` is the name in another script, if any."""

    line: PersonLine
    other_name: str
    match: Match


def probable(desk: Desk, row_name: str, sex: str, birth_text: str, address_before: str, limit: int = 5) -> list[Duplicate]:
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
        words = search_keys(row_name)
        ids = derived.people_with_keys(reading, words, MOST_LOOKED_AT)
        scored = []
        for person in reading.where_in(Person, "id", ids):
            match = duplicate_score(newcomer, person)
            if match.score >= LEAST and not match.impossible:
                scored.append((match, person))
        scored.sort(key=lambda each: (-each[0].score, each[1].id))
        best = scored[:limit]
        shown = lines.people_by_id(reading, [person.id for _, person in best])
        names = {n.person_id: n.text for n in reading.all(PersonName, table(PersonName).c.person_id.in_([p.id for _, p in best]))}
    return [Duplicate(shown[person.id], names.get(person.id, ""), match) for match, person in best]
