"""The refoulement assessment: whom a person fears, and what is known about being sent back.

Every field is restricted: shown to supervisors and to the caseworker who holds the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _

OVER = frozenset({"resettled", "returned_forced", "extradited", "no_longer"})  # outcomes after which no such day counts
REASSESS = "reassess_on"
DAYS = {  # fields with a day by which something is to be done, and what
    "return_threatened_on": N_("Return is threatened for this day"),
    "leave_by": N_("Must have left the place by this day"),
    "claim_deadline": N_("Last day to appeal the asylum decision"),
    "extradition_hearing_on": N_("Hearing on the extradition"),
    REASSESS: N_("Go through the refoulement assessment again"),
}


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
    asked_by: str = ""  # user
    harm_agents: tuple[str, ...] = ()  # vocab harm_agent: who would do the harm
    fear_basis: tuple[str, ...] = ()  # vocab fear_basis
    fear_words: str = ""  # the fear in the person's own words
    recognised_on: date | None = None
    claim_authority: str = ""  # with whom the claim was made
    claim_on: date | None = None
    claim_deadline: date | None = None  # last day to appeal
    extradition_state: str = ""  # the State that asks
    extradition_on: date | None = None
    extradition_charge: str = ""
    extradition_stage: str = ""  # vocab extradition_stage
    extradition_hearing_on: date | None = None
    lawyer: str = ""  # who represents the person
    detained_at: str = ""  # place, as said
    detained_by: str = ""  # authority, as said
    detained_since: date | None = None
    detention_basis: str = ""  # on what ground, as told
    detention_access: tuple[str, ...] = ()  # vocab detention_access: who was let in
    detention_seen_on: date | None = None  # last seen
    hiding_since: date | None = None
    signals: tuple[str, ...] = ()  # vocab refoulement_signal, field guide section 4
    authorities_wish: str = ""  # vocab authorities_wish: contact with authorities
    unhcr_told_on: date | None = None
    unhcr_told_by: str = ""  # as said
    leave_by: date | None = None  # must leave where they are by this day; kept here because the site may be sealed
    outcome: str = ""  # vocab refoulement_outcome
    outcome_on: date | None = None
    reassess_on: date | None = None


def deadlines(assessment: RefoulementAssessment) -> tuple[tuple[date, str], ...]:
    """The days of an assessment by which something is to be done, with what, the first day first; past ones too.

    They are as restricted as the assessment. After an outcome that ends the danger only the day to ask again is left.
    """
    found = [
        (on, _(words))
        for name, words in DAYS.items()
        if (on := getattr(assessment, name)) is not None and (assessment.outcome not in OVER or name == REASSESS)
    ]
    return tuple(sorted(found, key=lambda line: line[0]))
