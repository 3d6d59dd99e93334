"""One person registered twice: what was decided about a pair, and merges that can be undone whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateDecision:
    """What was decided about two records, for ever: `person_a_id` is the smaller id of the two."""

    id: str
    person_a_id: str
    person_b_id: str
    state: str  # vocab duplicate_state: same, relatives, different, later
    reason: str = ""
    facts: str = ""  # digest of the facts that were compared: the pair comes back when they have changed
    decided_by: str = ""  # user
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two records made one. `steps` hold every change that it made, so that it can be undone whole."""

    id: str
    kept_id: str
    gone_id: str
    steps: tuple[str, ...] = ()  # JSON texts: record class, id, field, old, new
    merged_by: str = ""  # user
    merged_at: datetime | None = None
    undone_at: datetime | None = None
