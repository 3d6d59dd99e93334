"""Levels set by hand, within a write: whoever calls has asked whether this user may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.cases import LevelOverride
from panoh.services import case_times
from panoh.services.desk import Desk
from panoh.store.tables import table
from panoh.store.units import Reading, Unit


def wrong_review(desk: Desk, review_on: date | None) -> list[FieldProblem]:
    """What is wrong with the day on which a set level lapses."""
    if review_on is not None and review_on > desk.believed.today():
        return []
    return [FieldProblem("review_on", _("The review date must be ahead: the level lapses on it."))]


def set_in(desk: Desk, unit: Unit, person_id: str, level: str, reason: str, review_on: date) -> None:
    """Set a level beside the computed one until its review date; it takes the place of the one set before."""
    now = desk.believed.now()
    end(unit, standing(unit, person_id), now)
    unit.add(
        LevelOverride(
            id=new_id(),
            person_id=person_id,
            level=level,
            reason=reason.strip(),
            set_by=desk.user.id,
            set_at=now,
            review_on=review_on,
        )
    )
    case_times.bring_forward(unit, person_id, level, desk.clock.today())


def standing(reading: Reading, person_id: str) -> list[LevelOverride]:
    """The levels of a person that were set and did not end."""
    c = table(LevelOverride).c
    return reading.all(LevelOverride, c.person_id == person_id, c.ended_at.is_(None))


def end(unit: Unit, overrides: list[LevelOverride], now: datetime) -> None:
    """From now on these count no more."""
    for each in overrides:
        unit.save(replace(each, ended_at=now))
