"""A case: what is asked of a supervisor, what was tried, what is still to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One protection case of one person, with the decision that is asked for."""

    id: str
    person_id: str
    owner_id: str = ""  # user; '' is nobody's
    status: str = "open"  # open, closed
    opened_at: datetime | None = None
    question: str = ""  # the decision asked, at most 160 characters, a question that 'approve' answers
    answer_by: datetime | None = None
    without_answer: str = ""  # what happens without an answer
    recommendation: str = ""
    recommended_option: str = ""  # letter
    wish: str = ""  # the person's own wish
    child_view: str = ""
    review_on: date | None = None
    closed_on: date | None = None  # from this day runs the time after which it is erased
    closing_why: str = ""  # vocab closing_why
    reopened_on: date | None = None
    assess_by: date | None = None
    assessed_on: date | None = None
    plan_by: date | None = None
    planned_on: date | None = None  # the plan was agreed with the person


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOption:
    """A way out, with what follows from it."""

    id: str
    case_id: str
    letter: str
    what: str
    consequence: str = ""
    ready: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAction:
    """Something that was done for the person, and what came of it."""

    id: str
    case_id: str
    done_on: date
    what: str
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on a case."""

    id: str
    case_id: str
    written_at: datetime
    author_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do for a person, with a due time. A private task is its owner's alone and states no reason."""

    id: str
    person_id: str = ""
    what: str = ""
    due_at: datetime | None = None
    owner_id: str = ""
    private: bool = False
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelOverride:
    """A risk level set by hand, beside the computed one. Lowering needs a supervisor; it lapses on its review date."""

    id: str
    person_id: str
    level: str
    reason: str
    set_by: str
    set_at: datetime
    review_on: date
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A paper or file that left the vault."""

    id: str
    export_no: str  # A4K7-T29; at level carry a one-off reference of the same look
    check_code: str
    kind: str  # case_summary, case_summary_on_paper, referral_slip, verification_sheet, verification_sheet_on_paper
    level: str  # supervisor, carry, named
    person_id: str
    recipient: str = ""
    reason: str = ""  # why it was needed like this, and why words that give somebody away were kept
    plain: bool = False  # not encrypted, or printed
    language: str = "en"
    sha256: str = ""
    made_at: datetime | None = None
    made_by: str = ""
    destroy_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Someone with a key slot. The name is known only inside the vault."""

    id: str
    name: str
    role: str  # caseworker, supervisor, head
    left_on: date | None = None
    one_time: bool = False  # their passphrase was handed to them: they choose their own before anything else
