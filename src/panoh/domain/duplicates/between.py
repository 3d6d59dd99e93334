"""Two records, or one newcomer and some who are registered: the comparison of a whole register, for a few people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from panoh.base.i18n import gettext as _
from panoh.domain import births
from panoh.domain.duplicates.evidence import USUAL_NAME, Commonness, impossible_sexes
from panoh.domain.duplicates.reasons import match_of
from panoh.domain.duplicates.register import Gathering, Row
from panoh.domain.duplicates.sweep import compare
from panoh.domain.match_parts import Match, ruled_out
from panoh.domain.person import Person

_EPOCH = date(1970, 1, 1).toordinal()
_ANY = -1e9  # below any score
A_TOWN = 100_000  # people among whom two records alone are compared


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a person's record: other names, document numbers, the others of the household."""

    other_names: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    household: tuple[Person, ...] = ()


NOTHING_BESIDE = Beside()


def days(day: date) -> int:
    """A day as days since 1970."""
    return day.toordinal() - _EPOCH


def row_of(person: Person) -> Row:
    """What is compared of a person's record."""
    first, last = person.birth_earliest, person.birth_latest
    return Row(
        person.given_name,
        person.family_name,
        person.patronymic,
        person.sex,
        person.birth_precision,
        first.isoformat() if first else None,
        last.isoformat() if last else None,
        person.origin,
        person.phone,
        person.household_id,
        person.relation,
    )


def duplicate_score(
    a: Person, b: Person, today: date, a_has: Beside = NOTHING_BESIDE, b_has: Beside = NOTHING_BESIDE
) -> Match:
    """How well two registrations fit one person; the order of the two does not matter. `today` tells who is a child.

    How common their names are is not known here: the usual is held of them. Impossible: the same record, the other
    sex, births too far apart, two given names and no paper in common, two of one household's list that it tells apart.
    """
    if a.id and a.id == b.id:
        return ruled_out(_("the same record"))
    gathering = Gathering()
    kin = () if a.household_id == b.household_id else (*_others(a, a_has), *_others(b, b_has))
    gathering.add([row_of(person) for person in (a, b, *kin)])
    for number, beside in ((0, a_has), (1, b_has)):
        gathering.add_names((number, name) for name in beside.other_names)
        gathering.add_papers((number, paper) for paper in beside.document_numbers)
    register = gathering.register()
    mine, yours = (np.flatnonzero(register.owner == number).astype(np.int32) for number in (0, 1))
    x, y = np.repeat(mine, len(yours)), np.tile(yours, len(mine))
    usual = Commonness.of_few(register, A_TOWN, (A_TOWN // USUAL_NAME,) * 3)
    found = compare(register, x, y, usual, days(today), _ANY)
    for reasons in found.reasons():
        return match_of(reasons)
    return ruled_out(_("the sex differs") if impossible_sexes(register, x, y).any() else _why_two(a, b))


def _others(person: Person, beside: Beside) -> Iterable[Person]:
    return (other for other in beside.household if other.id != person.id) if person.household_id else ()


def _why_two(a: Person, b: Person) -> str:
    if births.compare(a.birth, b.birth).kind == births.CONTRADICTION:
        return _("their ages are too far apart")
    if a.household_id and a.household_id == b.household_id:
        return _("their household's list tells them apart")
    return _("their given names differ")
