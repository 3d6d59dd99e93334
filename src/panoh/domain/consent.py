"""Consent: one answer for one purpose and one recipient. Silence is never a yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

AUTHORITIES = frozenset({"authorities_asylum", "authorities_origin"})  # apart, and No unless said otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person allowed: purpose × recipient, by whom it was given and how."""

    id: str
    person_id: str
    purpose: str  # vocab purpose: services, storage, tracing, sharing
    recipient: (
        str  # vocab recipient: unhcr, icrc, health, other_organisations, authorities_asylum, authorities_origin ...
    )
    answer: str = ""  # yes, no; '' is not asked
    given_by: str = ""  # vocab consent_by: self, carer
    how: str = ""  # vocab consent_how: spoken, signed, thumbprint
    given_on: date | None = None
    withdrawn_on: date | None = None
    expires_on: date | None = None
    language: str = ""  # ISO 639-1, in which it was explained
    interpreter: str = ""  # as said: who interpreted
    witness: str = ""
    notice_read: str = ""  # information notice read aloud: yes, no
    assent: str = ""  # of a child whose carer consents: yes, no

    def state_on(self, day: date) -> str:
        """What the answer is worth on this day: '', 'yes', 'no', 'withdrawn', 'expired'.

        A carer's yes is a no while the child says no.
        """
        if self.answer != "yes":
            return self.answer
        if self.withdrawn_on is not None:
            return "withdrawn"
        if self.expires_on is not None and day > self.expires_on:
            return "expired"
        return "no" if self.assent == "no" else "yes"

    def holds_on(self, day: date) -> bool:
        """Whether the yes holds on this day: neither withdrawn nor expired, and no child that said no."""
        return self.state_on(day) == "yes"
