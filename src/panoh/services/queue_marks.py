"""What waits for somebody beside the level of a person: a set level that lapsed, a decision that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from panoh.base.i18n import gettext as _
from panoh.domain.cases import LevelOverride, User
from panoh.domain.casework import Approval
from panoh.services.desk import Desk
from panoh.store.units import Reading

ADVICE, LOWERING = "advice", "lowering"


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision that a supervisor is asked for. `why` is told to supervisors alone: it may tell a restricted reason."""

    kind: str
    by: str
    at: datetime | None
    why: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Since when a set level has lapsed without anyone looking, and what is asked."""

    lapsed_on: date | None = None
    asked: tuple[Asked, ...] = ()

    def words(self) -> list[str]:
        """What stands before the reasons in the queue."""
        told = [_("Set level lapsed, review")] if self.lapsed_on else []
        for each in self.asked:
            words = _("Advice asked") if each.kind == ADVICE else _("Lowering asked")
            told.append(_("{what}: {why}").format(what=words, why=each.why) if each.why else words)
        return told


NO_MARKS = Marks()


def marks_of(desk: Desk, reading: Reading, ids: Sequence[str]) -> dict[str, Marks]:
    """The marks of those of these people who have any. Others than supervisors read what they asked for themselves."""
    today = desk.believed.today()
    lapsed = {
        each.person_id: each.review_on
        for each in reading.where_in(LevelOverride, "person_id", ids)
        if each.ended_at is None and each.review_on <= today
    }
    asked = _asked(desk, reading, ids)
    return {
        person_id: Marks(lapsed.get(person_id), tuple(asked.get(person_id, ())))
        for person_id in lapsed.keys() | asked.keys()
    }


def _asked(desk: Desk, reading: Reading, ids: Iterable[str]) -> dict[str, list[Asked]]:
    waiting = [
        each
        for each in reading.where_in(Approval, "person_id", ids)
        if not each.decision and each.kind in (ADVICE, LOWERING)
    ]
    if not desk.is_supervisor:
        waiting = [each for each in waiting if each.asked_by == desk.user.id]
    names = {user.id: user.name for user in reading.where_in(User, "id", (each.asked_by for each in waiting))}
    found: dict[str, list[Asked]] = {}
    for each in sorted(waiting, key=lambda one: one.id):
        why = each.why if desk.is_supervisor else ""
        made = Asked(each.kind, names.get(each.asked_by, ""), each.asked_at, why, each.proposed)
        found.setdefault(each.person_id, []).append(made)
    return found
