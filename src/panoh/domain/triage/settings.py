"""What supervisors set about the rules of triage: a clock of their own for a variant, or a higher level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetting:
    """One variant of a rule with another clock or a higher level, for the whole vault or for one site. The newest counts."""

    id: str
    rule: str  # T14
    variant: str
    clock: str = ""  # as in the rule file: now, 4 h, 7 d; '' keeps the rule's own
    level: str = ""  # never lower than the rule's own; '' keeps it
    site_id: str = ""  # '' is the whole vault
    why: str = ""
    set_by: str = ""  # user
    set_at: datetime | None = None
    ended_at: datetime | None = None
