"""The shield: what Panoh does for a person at risk of being returned (design.md section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shield:
    """A shield over one person. It holds until a second person, a supervisor, agreed that it goes.

    Shown to supervisors and to whoever holds the case: to all others it does not exist.
    """

    id: str
    person_id: str
    on_at: datetime
    on_by: str  # user
    why: str = ""
    off_asked_by: str = ""  # user
    off_asked_at: datetime | None = None
    off_why: str = ""
    off_by: str = ""  # user, another one
    off_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it is in force."""
        return self.off_at is None
