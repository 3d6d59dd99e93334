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

__all__ = ["Registered", "duplicate_score"]


@dataclass(frozen=True, slots=True)
class Registered:
    """A person with what stands beside the record: other names, document numbers, the others of the household."""

    person: Person
    other_names: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    household: tuple[Person, ...] = ()

    @property
    def name(self) -> Name:
        """The name as it was read from its fields."""
        return name_of(self.person.given_name, self.person.family_name, self.person.patronymic)

    @property
    def papers(self) -> tuple[str, ...]:
        """Phone and document numbers."""
        return (self.person.phone, *self.document_numbers)


def duplicate_score(a: Registered, b: Registered) -> Match:
    """How well two registrations fit one person; the order of the two does not matter.

    Impossible: the same record, the other sex, births too far apart. Two members of one household are not
    compared by their kin, since they share them.
    """
    impossible = _impossible(a.person, b.person)
    if impossible:
        return parts.matched((), impossible)
    woman = "F" in (a.person.sex, b.person.sex)
    mine, yours = [(side.name, *map(read_name, side.other_names)) for side in (a, b)]
    name = parts.name_part(a.person.full_name, b.person.full_name, mine, yours, woman=woman)
    papers = parts.paper_part(a.papers, b.papers)
    if not name.points and not papers.points:
        return parts.matched([name, papers])
    return parts.matched(
        [
            name,
            parts.birth_part(a.person.birth, b.person.birth),
            _parents_part(a, b),
            parts.place_part(a.person.origin, b.person.origin),
            parts.sex_part(a.person.sex, b.person.sex),
            papers,
        ]
    )


def _impossible(a: Person, b: Person) -> str:
    if a.id == b.id:
        return _("the same record")
    if parts.sexes_clash(a.sex, b.sex):
        return _("the sex differs")
    if births.compare(a.birth, b.birth).kind == births.CONTRADICTION:
        return _("their ages are too far apart")
    return ""


def _parents_part(a: Registered, b: Registered) -> Part:
    """The father's name, and the kin of the smaller household who are in the other one too."""
    father = parts.father_alike(a.name, b.name)
    if a.person.household_id == b.person.household_id or not a.household or not b.household:
        return parts.parents_part(father, 0, 0)
    fewer, more = sorted((a.household, b.household), key=len)
    named = [kin.given_name for kin in fewer]
    found, told = parts.kin_found(named, [name_of(kin.given_name) for kin in more])
    return parts.parents_part(father, found, told if found else 0)
