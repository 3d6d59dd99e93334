"""The triage queue: who comes first and why, who holds the case, and levels set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.base.ids import new_id
from panoh.domain.cases import LevelOverride
from panoh.domain.lines import PersonLine, QueueFilter
from panoh.domain.triage.levels import LEVELS, RANK
from panoh.services import case_times, levels
from panoh.services.cases import assign, take
from panoh.services.desk import Changes, Desk
from panoh.services.levels import FactView, LevelView, ReasonView
from panoh.services.need_to_know import told_line
from panoh.services.records import is_withheld
from panoh.services.stored_reasons import load
from panoh.store import derived, lines
from panoh.store.units import Reading

__all__ = ["FactView", "LevelView", "QueueFilter", "QueueItem", "ReasonView", "assign", "take"]

ALL_BUT_LOW = QueueFilter(levels=tuple(level for level in LEVELS if level != "low"))
PAGE = 500


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One person in the queue, with the reasons that this user may see."""

    line: PersonLine
    reasons: tuple[ReasonView, ...]
    restricted: bool  # there is a reason that this user may not see: the lock

    @property
    def why(self) -> str:
        """The weightiest reason, short, and how many more there are."""
        if not self.reasons:
            return ""
        if self.restricted or len(self.reasons) == 1:  # no count of reasons beside a restricted one
            return self.reasons[0].why
        more = len(self.reasons) - 1
        words = ngettext("{why}; {n} more reason", "{why}; {n} more reasons", more)
        return words.format(why=self.reasons[0].why, n=more)


def queue(desk: Desk, wanted: QueueFilter, offset: int, limit: int) -> list[QueueItem]:
    """A page of the queue, by level and then by due time, both as this user may know them."""
    with desk.reading() as reading:
        found = lines.queue(reading, wanted, desk.clock.now(), offset, limit, desk.limited_reader)
        return [_item(desk, reading, line) for line in found]


def count(desk: Desk, wanted: QueueFilter) -> int:
    """How many people this part of the queue holds."""
    with desk.reading() as reading:
        return lines.queue_count(reading, wanted, desk.clock.now(), desk.limited_reader)


def whole_queue(desk: Desk, limit: int) -> list[QueueItem]:
    """The first `limit` people of the whole queue."""
    return queue(desk, QueueFilter(), 0, limit)


def _item(desk: Desk, reading: Reading, line: PersonLine) -> QueueItem:
    assessment, sight = levels.told(desk, reading, line)
    reasons = levels.reasons_in_words(desk, assessment.reasons, sight)
    return QueueItem(told_line(desk, line), reasons, any(reason.withheld for reason in reasons))


def why(desk: Desk, person_id: str) -> LevelView:
    """A person's level with everything behind it that this user may see. Raises AppError('record.not_found')."""
    with desk.reading() as reading:
        line = levels.line_of(reading, person_id)
        return levels.view(desk, reading, line, words_withheld=is_withheld(desk, reading, person_id))


def set_level(desk: Desk, person_id: str, level: str, reason: str, review_on: date) -> Changes:
    """Set a level by hand beside the computed one, until its review date. Lowering needs a supervisor.

    Raises FormProblems for a missing reason or a review date that is not ahead, AppError('access.denied').
    """
    problems = []
    if not reason.strip():
        problems.append(FieldProblem("reason", _("Say why: the reason stands in the record.")))
    if review_on <= desk.clock.today():
        problems.append(FieldProblem("review_on", _("The review date must be ahead: the level lapses on it.")))
    if problems:
        raise FormProblems(problems)
    with desk.reading() as reading:
        found = derived.level_of(reading, person_id)
    standing = (found.level, load(found).computed_level) if found else ("unknown",)
    if level not in RANK:
        raise AppError("record.not_found")
    if RANK[level] > min(RANK[each] for each in standing):  # nor is what someone raised lowered again
        desk.require_supervisor()
    now = desk.clock.now()
    made = LevelOverride(
        id=new_id(),
        person_id=person_id,
        level=level,
        reason=reason.strip(),
        set_by=desk.user.id,
        set_at=now,
        review_on=review_on,
    )
    with desk.writing() as unit:
        unit.add(made)
        case_times.bring_forward(unit, person_id, level, desk.clock.today())
        return Changes.of(unit)
