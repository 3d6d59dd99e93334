"""Casework: the plan, services, referrals, follow-ups, care of children, best interests, and what supervisors decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One goal of a case plan: what is done for it, who does it, by when, and what came of it."""

    id: str
    case_id: str
    need_id: str = ""  # the specific need that it answers
    goal: str = ""
    action: str = ""
    who: str = ""  # as said: the person, kin, a colleague, an organisation
    by_when: date | None = None
    result: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Something that is provided to the person, with its time frame."""

    id: str
    case_id: str
    need_id: str = ""
    kind: str = ""  # vocab service_kind
    frame: str = ""  # vocab time_frame; with `asked_at` it gives the due time
    asked_at: datetime | None = None
    appointment_on: date | None = None  # counts in place of the time frame
    provider: str = ""
    place: str = ""
    note: str = ""
    done_on: date | None = None
    provider_note: str = ""  # what the provider told back


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A person sent to somebody else for help: what was told, on what consent, and what came back."""

    id: str
    case_id: str
    reference: str  # stands on the slip in place of a name, for everybody
    need_id: str = ""
    service_kind: str = ""  # vocab service_kind: what is asked for
    recipient: str = ""  # vocab recipient: the kind, to which consent belongs
    organisation: str = ""
    why: str = ""  # what is asked for, in the words of the slip
    known: str = ""  # what the recipient must know beside the facts that were picked
    told: tuple[str, ...] = ()  # the facts that were picked, by name
    consent: str = ""  # what the consent was worth on that day: yes, or why it went out without
    without_consent_why: str = ""  # the supervisor's reason
    urgent: bool = False
    made_at: datetime | None = None
    made_by: str = ""  # user
    answer_by: datetime | None = None  # without an answer it is an overdue task
    answer: str = ""  # vocab referral_answer: accepted, refused, no_answer, revoked
    answered_on: date | None = None
    answer_words: str = ""
    done_on: date | None = None  # what was asked for was done
    export_no: str = ""  # of the slip


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A visit, a talk or a call to see how somebody is."""

    id: str
    case_id: str
    kind: str = ""  # vocab follow_up_kind
    due_on: date | None = None
    done_on: date | None = None
    seen: str = ""  # yes, no; no makes T17 fire until the next one that is yes
    not_seen_why: str = ""
    same_carer: str = ""  # of a child: yes, no
    found: str = ""
    reunification_id: str = ""  # made by itself after one


@dataclass(frozen=True, slots=True, kw_only=True)
class CareArrangement:
    """Who cares for a child, since when; the newest that has no end is in force."""

    id: str
    person_id: str
    kind: str  # vocab care
    carer_id: str = ""  # person, where the carer is registered
    carer: str = ""  # as said
    relation: str = ""  # as said
    since: date | None = None
    until: date | None = None
    ended_why: str = ""
    assessed_on: date | None = None
    safe: str = ""  # yes, no: the carer was looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class BestInterests:
    """A best-interests assessment, or a determination by a panel (UNHCR, 2021 best interests procedure)."""

    id: str
    person_id: str
    kind: str  # vocab best_interests: assessment, determination
    why: str = ""  # vocab best_interests_why
    started_on: date | None = None
    child_view: str = ""
    family_view: str = ""
    options: str = ""
    recommendation: str = ""
    panel: tuple[str, ...] = ()  # functions, not names
    decided_on: date | None = None
    decision: str = ""
    review_on: date | None = None
    made_by: str = ""  # user


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A case on its way from one holder to another: the holder stays until the other accepts."""

    id: str
    case_id: str
    from_user: str
    to_user: str
    asked_at: datetime
    why: str = ""
    answer: str = ""  # accepted, refused, withdrawn
    answered_at: datetime | None = None
    answer_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A decision that is asked of a supervisor, and the decision: on screen, or on paper and keyed back."""

    id: str
    person_id: str
    kind: str  # vocab approval_kind: assessment, plan, closure, shield, lowering, verification, reunification, advice
    asked_by: str = ""  # user
    asked_at: datetime | None = None
    why: str = ""
    proposed: str = ""  # what is asked for: the level of a lowering, the reason of a closure
    decision: str = ""  # vocab approval_decision: approve, amend, refuse, withdrawn; '' waits
    decided_by: str = ""  # user
    decided_at: datetime | None = None
    words: str = ""
    export_no: str = ""  # of the paper on which it was decided
    decided_name: str = ""  # who signed that paper, as written


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """A filter of a list that a user keeps under a name of their own."""

    id: str
    owner_id: str
    name: str
    filter: str  # JSON of the filter's fields
