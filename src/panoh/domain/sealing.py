"""Facts that are sealed: only supervisors and whoever holds the case can read them, and each reading says why.

Where somebody in hiding is, how they are reached, what they testify, notes that name a danger. The store holds a box
under a key of that record's own, and that key wrapped to each reader's public key: a caseworker's unlocked key, and an
SQL console with it, read nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

KINDS = ("whereabouts", "safe_contact", "testimony", "note")  # vocab sealed_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One sealed text about a person. `box` is base64: nonce and XChaCha20-Poly1305 ciphertext of a JSON object."""

    id: str
    person_id: str
    kind: str
    box: str
    made_by: str = ""  # user
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealKey:
    """The key of one sealed record for one reader: base64 of a PyNaCl SealedBox to their public key."""

    id: str
    sealed_id: str
    holder_id: str  # a user, or the recovery paper
    wrapped: str
