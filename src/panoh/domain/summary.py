"""The case summary as it goes into a paper: words, codes and dates, no ids, nothing to look up.

Whoever fills it writes every free word in the language of the paper. Codes stand only where a shape,
a rule of redaction or a word of the paper itself depends on them. Empty text means that nothing was
recorded, and the paper says so. `domain/redaction.py` decides which of it each level of paper shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

SELF = "self"  # the relation of the person whom the paper is about
HERE, MISSING = "here", "missing"  # codes of the vocabulary `presence`; every other code is drawn as elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyMember:
    """The person, someone of the household, or kin elsewhere: one circle in the drawing, one row of page 2."""

    relation: (
        str  # SELF, or a code of the vocabulary `relation`, seen from the person; it decides the place in the drawing
    )
    kin: str = ""  # the same in words, lower case: wife, daughter
    sex: str = ""  # F, M, X
    age_band: str = ""  # five years: 30–34
    is_child: bool | None = None  # under 18; None when the age is unknown
    state: str = HERE  # code of the vocabulary `presence`
    where: str = ""  # the same in words: elsewhere, known. Never a place
    since: date | None = None  # since when missing or elsewhere
    level: str = ""  # own level, as far as others may read it
    interviewed_on: date | None = None  # alone
    needs: str = ""  # care and needs that every reader of the paper may see
    name: str = ""  # printed at level named only

    @property
    def here(self) -> bool:
        """Whether this one is with the household now."""
        return self.state == HERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason behind the level: the fact, and how well it is known."""

    rule: str  # T02
    text: str  # the fact for those who may know everything, one sentence
    paper_text: str  # the same without State, authority, year, name or place
    neutral_code: str = ""  # of the key sheet (domain/key_sheet.py), on a carried paper; never the rule's own id
    level: str = ""
    clock: str = ""  # the rule's time in words: 4 h
    sure: str = ""  # verified, consistent, stated
    source: str = ""  # in words: own account, twice
    on: date | None = None
    restricted: bool = False  # torture, sexual violence, hiding: shown by role

    @property
    def hidden(self) -> bool:
        """Whether redaction has taken the words away: only that there is a restricted reason may be told."""
        return self.restricted and not self.text


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that nobody knows yet, as a short sentence."""

    text: str
    neutral_code: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do or not to do, one printed line, from the rule file."""

    text: str
    restricted: bool = False  # it would give a restricted reason away


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Something that was tried, and what came of it."""

    on: date
    what: str
    result: str = ""
    neutral_code: str = ""
    result_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A way out, what follows from it, and when it is ready."""

    letter: str
    what: str
    consequence: str = ""
    ready: str = ""
    neutral_code: str = ""
    consequence_code: str = ""
    ready_code: str = ""


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """What one recipient may be told."""

    label: str  # the recipient in words
    answer: str = ""  # yes, no, partly; '' is not asked
    neutral_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """Something still to do, and whose role it is."""

    what: str
    due: datetime | None = None
    role: str = ""  # in words; never a name


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in the case."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An identity paper and what became of it; never its number."""

    kind: str  # in words: identity card, wife
    state: str  # in words: lost


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """Everything that a case summary can say, at any level, in the order of its first page."""

    export_no: str  # at level carry a one-off reference of the same look
    check_code: str
    printed_at: datetime
    destroy_by: date
    number: str = ""  # of the case
    journal_code: str = ""  # count and beginning of the journal's code when it was made; never on a carried paper
    language: str = "en"
    demo: bool = False  # invented people
    reader_sees_restricted: bool = False  # the reader's role may know torture, sexual violence, hiding

    question: str = ""  # the decision asked, a question that "approve" answers; '' when nothing is asked
    answer_by: datetime | None = None
    without_answer: str = ""
    without_answer_code: str = ""

    level: str = "unknown"  # critical, high, medium, low, unknown
    due_at: datetime | None = None  # of the first action
    person: FamilyMember  # relation SELF
    care: str = ""  # who cares for a child, in words: Unaccompanied
    family: tuple[FamilyMember, ...] = ()  # household and kin, without the person

    reasons: tuple[Reason, ...] = ()  # the weightiest first
    not_known: tuple[Unknown, ...] = ()
    do: tuple[Advice, ...] = ()
    do_not: tuple[Advice, ...] = ()

    done: tuple[Done, ...] = ()  # the newest last
    options: tuple[Option, ...] = ()
    recommended_letter: str = ""
    recommendation: str = ""
    recommendation_code: str = ""

    wish: str = ""
    wish_letter: str = ""  # the option that the person agrees with
    consents: tuple[ConsentLine, ...] = ()
    child_view: str = ""
    child_heard: bool | None = None  # None when no child is concerned

    tasks: tuple[OpenTask, ...] = ()
    events: tuple[Event, ...] = ()  # the newest first, at most five
    papers: tuple[Paper, ...] = ()
    left_out: tuple[str, ...] = ()  # what this paper leaves out beyond what its level always does, in words

    names: tuple[str, ...] = ()  # every form of every name in the household, for masking; printed nowhere

    @property
    def members(self) -> tuple[FamilyMember, ...]:
        """The person first, then household and kin."""
        return (self.person, *self.family)

    @property
    def overdue(self) -> bool:
        """Whether the first action was due before the paper was printed."""
        return self.due_at is not None and self.printed_at > self.due_at
