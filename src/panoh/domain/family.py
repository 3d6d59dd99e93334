"""Family links: kin and carers, wherever they are. A household is another thing: who is here together now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class KinLink:
    """What one person is to another: `from_person_id` is the parent, grandparent or carer where the kind has a direction."""

    id: str
    from_person_id: str
    to_person_id: str
    kind: (
        str  # vocab kin_kind: birth_parent, adoptive_parent, step_parent, foster_parent, customary_parent, partner ...
    )
    sure: str = "stated"  # vocab kin_sure: stated, papers_seen, verified
    since: date | None = None
    until: date | None = None  # a marriage that ended
