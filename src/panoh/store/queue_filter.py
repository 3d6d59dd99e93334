"""What a filter of the queue asks of the rows, beyond level, due time and owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from panoh.domain.cases import LevelOverride
from panoh.domain.casework import Approval
from panoh.domain.lines import ADULT, AGE_UNKNOWN, CHILD, OVER_60, RESTRICTED, UNDER_5, QueueFilter
from panoh.domain.person import Person
from panoh.domain.triage.ages import Cutoffs, cutoffs
from panoh.store.tables import person_level, table

_p, _l, _o, _a = table(Person).c, person_level.c, table(LevelOverride).c, table(Approval).c
Where = ColumnElement[bool]
_FEARED_NOT_ASKED = "T18.feared"


def more_conditions(wanted: QueueFilter, today: date, *, told: bool) -> list[Where]:
    """The conditions; `told` for people of whom the reader may not see the restricted reasons."""
    where: list[Where] = []
    person = _of_person(wanted, cutoffs(today))
    if person:
        where.append(_l.person_id.in_(select(_p.id).where(*person)))
    if wanted.reason:
        where.append(_reason(wanted.reason, told=told))
    if wanted.lapsed:
        where.append(_l.person_id.in_(select(_o.person_id).where(lapsed_on(today))))
    if wanted.escalated:
        where.append(_l.person_id.in_(select(_a.person_id).where(_a.kind == "advice", _a.decision == "")))
    return where


def lapsed_on(today: date) -> Where:
    """Levels set by hand that have lapsed without anyone looking."""
    return and_(_o.ended_at.is_(None), _o.review_on <= today)


def _of_person(wanted: QueueFilter, marks: Cutoffs) -> list[Where]:
    where: list[Where] = []
    if wanted.site_id:
        where.append(_p.site_id == wanted.site_id)
    if wanted.sex:
        where.append(_p.sex == wanted.sex)
    if wanted.age:
        where.append(_AGES[wanted.age](marks))
    return where


# A birth that is a span counts in each band that it touches: in doubt a person is not left out.
_AGES: dict[str, Callable[[Cutoffs], Where]] = {
    UNDER_5: lambda marks: _p.birth_latest > marks.five,
    CHILD: lambda marks: _p.birth_latest > marks.eighteen,
    ADULT: lambda marks: and_(_p.birth_earliest <= marks.eighteen, _p.birth_latest > marks.sixty),
    OVER_60: lambda marks: _p.birth_earliest <= marks.sixty,
    AGE_UNKNOWN: lambda marks: and_(_p.birth_earliest.is_(None), _p.birth_latest.is_(None)),
}


def _reason(wanted: str, *, told: bool) -> Where:
    """Whose level rests on a reason, as it is told: what a restricted one takes the place of counts, what it hides does not."""
    if wanted == RESTRICTED:
        return _l.restricted
    rule, _dot, variant = wanted.partition(".")
    has = _has(rule, variant)
    if not told:
        return has
    if wanted == _FEARED_NOT_ASKED:
        return and_(has, ~_l.restricted)
    if wanted == "T17.gone":
        return or_(has, and_(_has("T17", "exile_gone"), ~_has("T08", "missing")))
    return or_(has, and_(_has("T17", "exile_gone"), _has("T08", "missing"))) if wanted == "T17.child_gone" else has


def _has(rule: str, variant: str) -> Where:
    return func.instr(_l.reasons, f'["{rule}","{variant}",') > 0
