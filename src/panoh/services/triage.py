"""The triage queue: who comes first and why, who holds the case, levels set by hand, and what is asked of supervisors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain.lines import PersonLine, QueueFilter
from panoh.domain.triage.levels import LEVELS, RANK
from panoh.services import levels, overrides
from panoh.services.approvals import ask_in
from panoh.services.cases import assign, take
from panoh.services.desk import Changes, Desk
from panoh.services.levels import FactView, LevelView, ReasonView
from panoh.services.need_to_know import require_known, told_line
from panoh.services.queue_filters import allowed
from panoh.services.queue_marks import NO_MARKS, Marks, marks_of
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
    marks: Marks = NO_MARKS

    @property
    def why(self) -> str:
        """What waits for somebody, the weightiest reason, short, and how many more there are."""
        told = [*self.marks.words(), self._reasons]
        return "; ".join(words for words in told if words)

    @property
    def _reasons(self) -> str:
        if not self.reasons:
            return ""
        if self.restricted or len(self.reasons) == 1:  # no count of reasons beside a restricted one
            return self.reasons[0].why
        more = len(self.reasons) - 1
        words = ngettext("{why}; {n} more reason", "{why}; {n} more reasons", more)
        return words.format(why=self.reasons[0].why, n=more)


def queue(desk: Desk, wanted: QueueFilter, offset: int, limit: int) -> list[QueueItem]:
    """A page of the queue, by level and then by due time, both as this user may know them."""
    wanted = allowed(desk, wanted)
    with desk.reading() as reading:
        found = lines.queue(reading, wanted, desk.believed.now(), offset, limit, desk.limited_reader)
        marks = marks_of(desk, reading, [line.id for line in found])
        return [_item(desk, reading, line, marks.get(line.id, NO_MARKS)) for line in found]


def count(desk: Desk, wanted: QueueFilter) -> int:
    """How many people this part of the queue holds."""
    wanted = allowed(desk, wanted)
    with desk.reading() as reading:
        return lines.queue_count(reading, wanted, desk.believed.now(), desk.limited_reader)


def whole_queue(desk: Desk, limit: int) -> list[QueueItem]:
    """The first `limit` people of the whole queue."""
    return queue(desk, QueueFilter(), 0, limit)


def _item(desk: Desk, reading: Reading, line: PersonLine, marks: Marks) -> QueueItem:
    assessment, sight = levels.told(desk, reading, line)
    reasons = levels.reasons_in_words(desk, assessment.reasons, sight)
    return QueueItem(told_line(desk, line), reasons, any(reason.withheld for reason in reasons), marks)


def why(desk: Desk, person_id: str) -> LevelView:
    """A person's level with everything behind it that this user may see. Raises AppError('record.not_found')."""
    with desk.reading() as reading:
        line = levels.line_of(reading, person_id)
        return levels.view(desk, reading, line, words_withheld=is_withheld(desk, reading, person_id))


def set_level(desk: Desk, person_id: str, level: str, reason: str, review_on: date) -> Changes:
    """Set a level by hand beside the computed one, until its review date. Lowering needs a supervisor.

    It takes the place of the one set before. Raises FormProblems for a missing reason or a review date that is not
    ahead, AppError('access.denied').
    """
    problems = _without_reason(reason) + overrides.wrong_review(desk, review_on)
    if problems:
        raise FormProblems(problems)
    if lowers(desk, person_id, level):
        desk.require_supervisor()
    with desk.writing() as unit:
        overrides.set_in(desk, unit, person_id, level, reason, review_on)
        return Changes.of(unit)


def lowers(desk: Desk, person_id: str, level: str) -> bool:
    """Whether this level is lower than the one in force or the computed one, and so a supervisor's to set.

    Nor is what someone raised lowered again. Raises AppError('record.not_found') for no such level, and
    AppError('shield.withheld') for somebody masked, whose level an answer would tell.
    """
    if level not in RANK:
        raise AppError("record.not_found")
    with desk.reading() as reading:
        require_known(desk, reading, person_id)
        found = derived.level_of(reading, person_id)
    standing = (found.level, load(found).computed_level) if found else ("unknown",)
    return RANK[level] > min(RANK[each] for each in standing)


def looked_at(desk: Desk, person_id: str) -> Changes:
    """Somebody has looked at a person whose set level lapsed: from now on the computed level counts alone."""
    with desk.writing() as unit:
        today = desk.believed.today()
        lapsed = [each for each in overrides.standing(unit, person_id) if each.review_on <= today]
        overrides.end(unit, lapsed, desk.believed.now())
        return Changes.of(unit)


def ask_lowering(desk: Desk, person_id: str, level: str, why: str) -> Changes:
    """Ask a supervisor to lower a level: for whoever may not do it. Nothing is lowered before one agrees.

    Raises FormProblems without a reason, or for a level that is not lower.
    """
    problems = _without_reason(why)
    if not lowers(desk, person_id, level):
        problems.append(FieldProblem("level", _("This level is not lower: it can be set at once.")))
    return _ask(desk, person_id, "lowering", why, problems, proposed=level)


def escalate(desk: Desk, person_id: str, why: str) -> Changes:
    """Ask a supervisor for advice about a person; it shows in their queue until it is answered. Raises FormProblems."""
    return _ask(desk, person_id, "advice", why, _without_reason(why))


def _ask(
    desk: Desk, person_id: str, kind: str, why: str, problems: list[FieldProblem], *, proposed: str = ""
) -> Changes:
    if problems:
        raise FormProblems(problems)
    with desk.writing() as unit:
        ask_in(desk, unit, person_id, kind, why, proposed)
        return Changes.of(unit)


def _without_reason(reason: str) -> list[FieldProblem]:
    return [] if reason.strip() else [FieldProblem("reason", _("Say why: the reason stands in the record."))]
