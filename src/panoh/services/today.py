"""What one sees first: what is due and who waits for an owner. What is drawn beneath is in `dashboards`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from panoh.domain.lines import PersonLine, QueueFilter
from panoh.services import approvals, tracing_work
from panoh.services.desk import Desk
from panoh.services.due import Counts, count_in
from panoh.services.need_to_know import told_line
from panoh.store import drafts, lines


@dataclass(frozen=True, slots=True)
class Today:
    """Everything on the first screen but its charts."""

    people: int
    households: int
    due: Counts  # of what this user is to do; its lines are read page by page (services/due.py)
    nobody: tuple[PersonLine, ...]
    nobody_count: int
    drafts: int
    oldest_draft: datetime | None
    to_decide: int = 0  # what waits for this user's decision, of supervisors
    late_tracing: int = 0  # requests for which nothing was done for a week, visits whose day has come


def today(desk: Desk) -> Today:
    """The first screen's facts, as of now."""
    now = desk.believed.now()
    to_decide, late_tracing = approvals.to_decide_count(desk), tracing_work.overdue(desk)
    with desk.reading() as reading:
        people, households = lines.people_count(reading)
        wanted = QueueFilter(levels=("critical", "high"), nobody=True)
        mine = drafts.of_user(reading, desk.user.id)
        return Today(
            people=people,
            households=households,
            due=count_in(desk, reading),
            nobody=tuple(
                told_line(desk, line) for line in lines.queue(reading, wanted, now, 0, 4, desk.limited_reader)
            ),
            nobody_count=lines.queue_count(reading, wanted, now, desk.limited_reader),
            drafts=len(mine),
            oldest_draft=min((draft.saved_at for draft in mine), default=None),
            to_decide=to_decide,
            late_tracing=late_tracing,
        )
