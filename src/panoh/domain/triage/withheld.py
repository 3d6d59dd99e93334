"""What is left of an assessment for a reader who may not see all its reasons: nothing tells one restricted reason from another.

All withheld reasons become one, without rule, facts, clock or count. What would betray them by its place, its time or
its absence is put right: their place among the others follows from the level alone, their due time from the level and
from when something restricted was first held, and what a restricted variant took the place of is told again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from panoh.domain.triage.assess import Assessment, Reason
from panoh.domain.triage.clocks import BY_LEVEL, due_at, start_of
from panoh.domain.triage.levels import DEFAULT_CLOCK, RANK, highest
from panoh.domain.triage.rulebook import Key, Rulebook

HOUSEHOLD_OF_EXILE = "T02b"
_FEARED_NOT_ASKED = ("T18", "feared")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader may see: `own` the restricted facts of this person, `kin` those of the household that T02b rests on."""

    own: bool
    kin: bool

    def hides(self, reason: Reason) -> bool:
        """Whether the reader may not see this reason."""
        if reason.rule == HOUSEHOLD_OF_EXILE:
            return not (self.own and self.kin)
        return reason.sensitive and not self.own


EVERYTHING, OPEN_ONLY = Sight(own=True, kin=True), Sight(own=False, kin=False)


def told(assessment: Assessment, rulebook: Rulebook, sight: Sight) -> Assessment:
    """The assessment as this reader may know it, reasons and questions; a withheld reason has no rule.

    It stands after the open reasons that alone account for the level, else first: so the first action of a threat to
    life stays the first, and the place tells nothing that the level does not.
    """
    hidden = [reason for reason in assessment.reasons if sight.hides(reason)]
    if not hidden:
        return assessment
    level = assessment.computed_level
    left = [reason for reason in assessment.reasons if not sight.hides(reason)]
    if not sight.own:  # of an exile it was asked, so that its absence would tell them from a survivor
        left = [reason for reason in left if (reason.rule, reason.variant) != _FEARED_NOT_ASKED]
    left += [other for reason in hidden if (other := _in_place_of(reason, assessment, rulebook)) is not None]
    left.sort(key=lambda r: (RANK[r.level], -rulebook.entry(r.rule, r.variant).weight, r.rule, r.variant))
    at = sum(reason.level == level for reason in left)
    one = Reason("", "", level, None, min(reason.since for reason in hidden), (), sensitive=True)
    return replace(
        assessment,
        reasons=(*left[:at], one, *left[at:]),
        questions=assessment.questions if sight.own else _open_questions(assessment, rulebook),
    )


def _in_place_of(reason: Reason, assessment: Assessment, rulebook: Rulebook) -> Reason | None:
    """The open reason that the same facts give to anyone else, where a restricted variant takes its place.

    That somebody has disappeared is no secret, and everyone is to search.
    """
    if (reason.rule, reason.variant) != ("T17", "exile_gone"):
        return None
    child = any((other.rule, other.variant) == ("T08", "missing") for other in assessment.reasons)
    entry = rulebook.entry("T17", "child_gone" if child else "gone")
    by_level = entry.clock.kind == BY_LEVEL
    due = reason.since + DEFAULT_CLOCK[reason.level] if by_level else due_at(entry.clock, reason.since)
    return replace(reason, variant=entry.variant, due=due, sensitive=False)


def _open_questions(assessment: Assessment, rulebook: Rulebook) -> tuple[str, ...]:
    asked = (name for name in assessment.questions if name != _FEARED_NOT_ASKED[1])
    return tuple(name for name in asked if not rulebook.questions[name].sensitive)


def told_due(
    assessment: Assessment, rulebook: Rulebook, first_held: Mapping[Key, datetime], departure: date | None = None
) -> datetime | None:
    """When something is due, for whoever may not see the restricted reasons; the due time itself when there are none.

    Every restricted reason counts with the shortest clock that any restricted rule has at the person's level, from when
    the vault first held it in whatever variant: alike for all of them, and never later than the rule's own time.
    """
    counted, dues = assessment.reasons, []
    override = assessment.override
    if override is not None:
        if RANK[override.level] > RANK[assessment.computed_level]:  # a lowered level covers what was known then
            counted = tuple(reason for reason in counted if reason.since > override.set_at)
        if (clock := DEFAULT_CLOCK.get(override.level)) is not None:
            dues.append(override.set_at + clock)
    hidden = [reason for reason in counted if reason.sensitive]
    if not hidden:
        return assessment.due
    since = min(_since(reason, rulebook, first_held) for reason in hidden)
    due = since + rulebook.restricted_clocks[highest([reason.level for reason in counted])]
    if departure is not None and (leaves := start_of(departure)) is not None:
        due = min(due, max(since, leaves))
    dues += [due, *(reason.due for reason in counted if reason.due is not None and not reason.sensitive)]
    return min(dues)


def _since(reason: Reason, rulebook: Rulebook, first_held: Mapping[Key, datetime]) -> datetime:
    """Since when the vault holds the fact behind a reason, in whatever restricted variant."""
    kin = (key for key in rulebook.kin[reason.rule, reason.variant] if rulebook.entries[key].sensitive)
    return min([reason.since, *(first_held[key] for key in kin if key in first_held)])
