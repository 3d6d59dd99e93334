"""Records set aside, which come back within thirty days, and records erased, which never do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

RETURN_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A person's record that was set aside, why, and when it came back."""

    id: str
    person_id: str
    why: str  # vocab removal_why: mistake, request, test, other
    removed_by: str = ""  # user
    removed_at: datetime | None = None
    returned_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What is left of a person who was erased: that it was, why, and the two people who decided. Nothing about whom."""

    id: str
    subject_id: str  # the id that the record had; it points at nothing once it is done
    why: str  # vocab erasure_why: request, retention, elsewhere, mistake
    asked_by: str = ""  # user
    asked_at: datetime | None = None
    agreed_by: str = ""  # user
    agreed_at: datetime | None = None
    done_at: datetime | None = None
