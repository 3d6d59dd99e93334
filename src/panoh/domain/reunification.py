"""Reunification: who was handed over to whom, when, how and before which witness, and how it went on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Reunification:
    """One handing over. It is not the end of the work: visits follow."""

    id: str
    person_id: str  # who was handed over, or came back to the family
    request_id: str = ""
    verification_id: str = ""
    reunified_on: date | None = None
    place: str = ""
    transport: str = ""
    handed_to_id: str = ""  # person, where registered
    handed_to: str = ""  # as said
    relation: str = ""  # vocab relation: of that adult to the person
    identity_shown: str = ""  # paper and number, as shown
    witness: str = ""
    kind: str = ""  # vocab reunification_kind
    verified_adult: str = ""  # yes, no: handed to the adult who was verified
    other_adult_why: str = ""  # vocab other_adult_why
    # Without a signed verification: said so for ever.
    emergency_why: str = ""
    emergency_by: str = ""  # user
    emergency_at: datetime | None = None
    outcome: str = ""  # vocab reunification_outcome; '' not known yet
    outcome_on: date | None = None
    outcome_words: str = ""
    noted_by: str = ""  # user
    noted_at: datetime | None = None

    @property
    def emergency(self) -> bool:
        """Whether somebody was handed over without a signed verification."""
        return bool(self.emergency_why)


RECORD, VISIT, OUTCOME = "record", "visit", "outcome"  # what comes next
APART = frozenset({"breakdown", "separated_again"})  # vocab reunification_outcome: the search goes on
OVER = "done"  # vocab reunification_outcome: no visit is made any more
MAY_WAIT = timedelta(days=30)  # a visit that cannot be made on its day waits no longer than this, each time


def next_step(last: Reunification | None, *, visits_left: bool, signed: bool) -> str:
    """What comes next: the visits, then how it goes on; another handing over where one is signed, or these are at their end."""
    if last is None or signed or last.outcome == OVER or last.outcome in APART:
        return RECORD
    return VISIT if visits_left else OUTCOME


def visits_in_words(days: Sequence[int]) -> str:
    """When somebody looks how it goes, of days after it: 'after a week, a month and three months'."""
    told = [_span(n) for n in days]
    if len(told) == 1:
        return _("after {span}").format(span=told[0])
    return _("after {spans} and {last}").format(spans=", ".join(told[:-1]), last=told[-1])


def _span(days: int) -> str:
    usual = {
        7: _("a week"), 14: _("two weeks"), 30: _("a month"), 60: _("two months"), 90: _("three months"),
        91: _("three months"),
    }  # fmt: skip
    return usual.get(days) or ngettext("{n} day", "{n} days", days).format(n=days)
