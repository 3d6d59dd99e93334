"""The refoulement assessment: whom a person fears, and what is known about being sent back.

Every field is restricted: shown to supervisors and to the caseworker who holds the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefoulementAssessment:
    """At most one per person. Empty text means not asked; 'none' means asked, and there is none."""

    id: str
    person_id: str
    feared_country: str = ""  # ISO alpha-2, or 'none'
    hiding_from: str = ""  # vocab hiding: none, state, other
    extradition: str = ""  # yes, no
    named_on_list: str = ""  # yes, no
    approached_by_agents: str = ""  # yes, no
    return_threatened_on: date | None = None
    lawyer_or_access: str = ""  # of a detained person: yes, no
    recognised_by: str = ""  # 'UNHCR' or ISO alpha-2 of the State
    recognised_country: str = ""
    recognised_year: int | None = None
    recognition_no: str = ""
    recognition_valid: str = ""  # yes, no
    resettlement_pending: str = ""  # yes, no
    claim_stage: str = ""  # vocab claim_stage: none, pending, rejected, appeal
    source: str = ""  # vocab source
    sure: str = ""  # vocab sure: stated, consistent, verified
    asked_at: datetime | None = None
