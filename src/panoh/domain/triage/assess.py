"""The assessment of one person: facts and rules in, level, reasons and due time out. Pure, and the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from panoh.domain.cases import LevelOverride
from panoh.domain.triage.changes import next_change
from panoh.domain.triage.clocks import BY_LEVEL, Clock, due_at, local_day, start_of
from panoh.domain.triage.facts import FactRead, Facts
from panoh.domain.triage.levels import DEFAULT_CLOCK, LOW, RANK, UNKNOWN, highest, one_up
from panoh.domain.triage.predicates import PREDICATES, WITHOUT_NEEDS
from panoh.domain.triage.predicates_exile import open_exile_questions
from panoh.domain.triage.registry import Fired
from panoh.domain.triage.rulebook import Key, Rulebook, RuleEntry
from panoh.domain.triage.rulebook_checks import ONE_UP

_ABOUT_RETURN = frozenset({"T01", "T02", "T02x", "T02b"})
_ABOUT_CHILDREN_ALONE = frozenset({"T06", "T07"})
_NOT_ASKED = "T18"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person has a level: the variant that fired, since when and by when, and the facts that it read."""

    rule: str
    variant: str
    level: str
    due: datetime | None  # None: at the next contact, or the person declined
    since: datetime
    facts: tuple[FactRead, ...]
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """The level in force, with its reasons in order of weight and what is still to be asked.

    `computed_level` is what the rules say; `level` differs from it while an override is in force.
    """

    level: str
    due: datetime | None
    reasons: tuple[Reason, ...]
    next_change: datetime | None
    questions: tuple[str, ...]
    computed_level: str
    override: LevelOverride | None = None

    @property
    def rank(self) -> int:
        """The place of the level in the queue, 0 first."""
        return RANK[self.level]

    @property
    def restricted(self) -> bool:
        """Whether any of the reasons is one that not everyone may read."""
        return any(reason.sensitive for reason in self.reasons)

    @property
    def shielded(self) -> bool:
        """Whether the person is at risk of being returned, or lives with someone who is."""
        return any(reason.rule in _ABOUT_RETURN for reason in self.reasons)

    @property
    def child_alone(self) -> bool:
        """Whether this is an unaccompanied child."""
        return any(reason.rule in _ABOUT_CHILDREN_ALONE for reason in self.reasons)


def assess(facts: Facts, rulebook: Rulebook, now: datetime, first_held: Mapping[Key, datetime]) -> Assessment:
    """Level, reasons and due time of a person.

    `first_held` tells for each rule and variant when the vault first held it; what is not there is held since now.
    The highest level that fires wins, the earliest due time counts. The dead are low: nobody waits for them here.
    """
    if facts.member.presence == "dead":
        return Assessment(LOW, None, (), None, (), LOW)
    tests = PREDICATES if facts.needs else WITHOUT_NEEDS
    hits = [(rulebook.entries[p.rule, hit.variant], hit) for p in tests if (hit := p.test(facts)) is not None]
    if not hits:
        return Assessment(LOW, None, (), next_change(facts), _questions(facts, ()), LOW)
    base = highest([entry.level for entry, _hit in hits if entry.level != ONE_UP])
    firing = {(entry.rule, entry.variant) for entry, _hit in hits}
    clocks = _Clocks(rulebook, first_held, now, firing)
    reasons = [clocks.reason(entry, hit, one_up(base) if entry.level == ONE_UP else entry.level) for entry, hit in hits]
    if len(reasons) > 1:
        weight = {(entry.rule, entry.variant): entry.weight for entry, _hit in hits}
        reasons.sort(key=lambda r: (RANK[r.level], -weight[r.rule, r.variant], r.rule, r.variant))
    level = highest([reason.level for reason in reasons])
    due = _first(reason.due for reason in reasons)
    return Assessment(level, due, tuple(reasons), next_change(facts), _questions(facts, reasons), level)


@dataclass(frozen=True, slots=True)
class _Clocks:
    """Since when each fact is held, and when its first action is due."""

    rulebook: Rulebook
    first_held: Mapping[Key, datetime]
    now: datetime
    firing: set[Key]

    def reason(self, entry: RuleEntry, hit: Fired, level: str) -> Reason:
        key = (entry.rule, entry.variant)
        since = self._since(key)
        met = hit.met_on is not None and hit.met_on >= local_day(since)
        due = (
            None
            if hit.stopped or met
            else self._earliest(key, self._due(entry.clock, since, level, hit.leaves_on), level)
        )
        return Reason(entry.rule, entry.variant, level, due, since, hit.facts, entry.sensitive)

    def _since(self, key: Key) -> datetime:
        return min(self.first_held.get(key, self.now), self.now)  # a clock that was once ahead gives nobody more time

    def _due(self, clock: Clock, since: datetime, level: str, leaves_on: date | None = None) -> datetime | None:
        return since + DEFAULT_CLOCK[level] if clock.kind == BY_LEVEL else due_at(clock, since, leaves_on)

    def _earliest(self, key: Key, due: datetime | None, level: str) -> datetime | None:
        """The due time, or an earlier one that the same fact had under a variant it has left: edits never extend."""
        if not self.first_held or due is None:
            return due
        for other in self.rulebook.kin[key]:
            if other in self.first_held and other not in self.firing:
                earlier = self._due(self.rulebook.entries[other].clock, self._since(other), level)
                due = due if earlier is None else min(due, earlier)
        return due


def _questions(facts: Facts, reasons: Sequence[Reason]) -> tuple[str, ...]:
    """What to ask: whatever T18 misses, what is urgent when only that was said, what is open about an exile."""
    asked = [reason.variant for reason in reasons if reason.rule == _NOT_ASKED]
    if facts.urgent == "yes":
        asked.append("what_is_urgent")
    return (*asked, *open_exile_questions(facts))


def weightiest(assessment: Assessment, count: int = 3) -> tuple[Reason, ...]:
    """The reasons to print first. What is merely not known (T18) has a place of its own and is left out."""
    return tuple(reason for reason in assessment.reasons if reason.rule != _NOT_ASKED)[:count]


def with_override(assessment: Assessment, override: LevelOverride, now: datetime) -> Assessment:
    """The assessment with a level set by hand: both are kept. It lapses at the start of its review date.

    A raised level never has more time than the computed one. A lowered one, which only a supervisor can set, has the
    time of its level, counted from when it was set; it covers what was known then, so reasons that the vault first
    held later still count in full.

    One that has lapsed and that nobody has looked at since leaves the computed level; whoever would be low is unknown,
    because somebody thought otherwise and the question is open.
    """
    if override.ended_at is not None:
        return assessment
    if local_day(now) >= override.review_on:
        return replace(assessment, level=UNKNOWN) if assessment.level == LOW else assessment
    lowered = RANK[override.level] > RANK[assessment.computed_level]
    later = [reason for reason in assessment.reasons if reason.since > override.set_at]
    level = highest([override.level, *(reason.level for reason in later)])
    clock = DEFAULT_CLOCK.get(override.level)
    dues = [None if clock is None else override.set_at + clock, *(reason.due for reason in later)]
    if not lowered:
        dues.append(assessment.due)
    changes = (assessment.next_change, start_of(override.review_on))
    return replace(assessment, level=level, due=_first(dues), override=override, next_change=_first(changes))


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)
