"""How a person can be known again: marks, clothes, where they were found, and what they tell of their family.

Words about a person: withheld with the words of the case from whoever may not see them, and of somebody masked unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.domain.description import Description
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import knows, require_known
from panoh.services.records import is_withheld, keep
from panoh.store.tables import table

_SAID = ("marks", "clothes", "belongings", "found_on", "found_where", "found_by", "kin_said", "says")


@dataclass(frozen=True, slots=True)
class Described:
    """What was noted of a person, the newest first; where it is withheld, what this user noted alone."""

    rows: Sequence[Description]
    withheld: bool


def of_person(desk: Desk, person_id: str) -> Described:
    """What was noted of one person, as this user may read it."""
    d = table(Description).c
    with desk.reading() as reading:
        if not knows(desk, reading, person_id):
            return Described((), withheld=True)
        withheld = is_withheld(desk, reading, person_id)
        found = reading.all(Description, d.person_id == person_id, order=d.id.desc())
    return Described([one for one in found if not withheld or one.noted_by == desk.user.id], withheld)


def save(desk: Desk, description: Description) -> Changes:
    """Note a description, or change one.

    Raises FormProblems when nothing is said or the day is still to come; AppError: access.denied, shield.withheld.
    """
    if not any(getattr(description, name) for name in _SAID):
        raise FormProblems([FieldProblem("marks", _("Write down at least one thing by which they can be known again"))])
    if description.found_on and description.found_on > desk.clock.today():
        raise FormProblems([FieldProblem("found_on", _("This day is still to come"))])
    with desk.reading() as reading:
        require_known(desk, reading, description.person_id)
    if description.noted_at is None:
        description = replace(description, noted_by=desk.user.id, noted_at=desk.clock.now())
    return keep(desk, description)


def take_away(desk: Desk, description: Description) -> Changes:
    """Take away what was noted by mistake. Raises AppError('access.denied') where it is withheld."""
    return keep(desk, without=(description,))
