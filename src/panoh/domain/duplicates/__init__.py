"""Whether two records are perhaps one person registered twice. Nothing is ever joined by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from panoh.base.i18n import gettext as _
from panoh.domain import births
from panoh.domain import match_parts as parts
from panoh.domain.match_parts import Match, Part
from panoh.domain.names import Name, name_of, read_name
from panoh.domain.person import Person

__all__ = ["Beside", "duplicate_score"]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a person's record: other names, document numbers, the others of the household."""

    other_names: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    household: tuple[Person, ...] = ()


NOTHING_BESIDE = Beside()


def duplicate_score(a: Person, b: Person, a_has: Beside = NOTHING_BESIDE, b_has: Beside = NOTHING_BESIDE) -> Match:
    """How well two registrations fit one person; the order of the two does not matter.

    Impossible: the same record, the other sex, births too far apart. Two members of one household are not
    compared by their kin, since they share them.
    """
    impossible = _impossible(a, b)
    if impossible:
        return parts.matched((), impossible)
    mine, yours = (_name(a), *map(read_name, a_has.other_names)), (_name(b), *map(read_name, b_has.other_names))
    name = parts.name_part(a.full_name, b.full_name, mine, yours, woman="F" in (a.sex, b.sex))
    papers = parts.paper_part((a.phone, *a_has.document_numbers), (b.phone, *b_has.document_numbers))
    if not name.points and not papers.points:
        return parts.matched([name, papers])
    return parts.matched(
        [
            name,
            parts.birth_part(a.birth, b.birth),
            _parents_part(a, b, a_has.household, b_has.household),
            parts.place_part(a.origin, b.origin),
            parts.sex_part(a.sex, b.sex),
            papers,
        ]
    )


def _name(person: Person) -> Name:
    return name_of(person.given_name, person.family_name, person.patronymic)


def _impossible(a: Person, b: Person) -> str:
    if a.id and a.id == b.id:
        return _("the same record")
    if parts.sexes_clash(a.sex, b.sex):
        return _("the sex differs")
    if births.compare(a.birth, b.birth).kind == births.CONTRADICTION:
        return _("their ages are too far apart")
    return ""


def _parents_part(a: Person, b: Person, a_home: Sequence[Person], b_home: Sequence[Person]) -> Part:
    """The father's name, and the kin of the smaller household who are in the other one too."""
    father = parts.father_alike(_name(a), _name(b))
    if a.household_id == b.household_id or not a_home or not b_home:
        return parts.parents_part(father, 0, 0)
    fewer, more = sorted((a_home, b_home), key=len)
    found, named = parts.kin_found([kin.given_name for kin in fewer], [name_of(kin.given_name) for kin in more])
    return parts.parents_part(father, found, named if found else 0)
