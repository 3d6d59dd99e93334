"""Who holds how many people at which level, and how many of them are overdue: for supervisors."""

from __future__ import annotations

from dataclasses import dataclass

from panoh.domain.cases import User
from panoh.domain.triage.levels import LEVELS
from panoh.services.desk import Desk
from panoh.store import caseloads as counts


@dataclass(frozen=True, slots=True)
class Load:
    """One user's people, or those whom nobody holds (`user_id` is '')."""

    user_id: str
    name: str
    at: dict[str, int]  # level -> how many people
    overdue: int

    @property
    def people(self) -> int:
        """How many people there are."""
        return sum(self.at.values())


def loads(desk: Desk) -> list[Load]:
    """The load of each user who can hold a case, the heaviest first, and of nobody at the end. Raises AppError access.denied.

    Whoever holds none stands there too: to them the next case can be given.
    """
    desk.require_supervisor()
    with desk.reading() as reading:
        users = reading.all(User)
        found = counts.by_owner(reading, desk.believed.now())
    made = [
        _load(user.id, user.name, found)
        for user in users
        if user.left_on is None or any(owner == user.id for owner, _level in found)
    ]
    made.sort(key=lambda load: ([-load.at[level] for level in LEVELS], load.name.casefold()))
    return [*made, _load("", "", found)]


def _load(user_id: str, name: str, found: dict[tuple[str, str], tuple[int, int]]) -> Load:
    mine = {level: found.get((user_id, level), (0, 0)) for level in LEVELS}
    return Load(
        user_id,
        name,
        {level: people for level, (people, _late) in mine.items()},
        sum(late for _n, late in mine.values()),
    )
