"""Drafts: what was typed and not yet saved, kept inside the vault within two seconds."""

from __future__ import annotations

from typing import Any

from panoh.services.desk import Desk
from panoh.services.need_to_know import told_draft
from panoh.services.records import owner_of
from panoh.store import drafts
from panoh.store.drafts import Draft
from panoh.store.units import Reading

__all__ = ["Draft", "count", "drop", "keep", "mine"]


def keep(desk: Desk, draft_id: str, kind: str, payload: dict[str, Any]) -> None:
    """Keep the state of a form under this draft id."""
    with desk.writing() as unit:
        drafts.keep(unit, draft_id, kind, payload)


def drop(desk: Desk, draft_id: str) -> None:
    """Forget a draft."""
    with desk.writing() as unit:
        drafts.drop(unit, draft_id)


def mine(desk: Desk, kind: str = "") -> list[Draft]:
    """This user's drafts, the newest first; of one kind of form if a kind is named.

    A draft of a record whose restricted facts its writer may not see any more comes without them.
    """
    with desk.reading() as reading:
        found = [d for d in drafts.of_user(reading, desk.user.id) if kind in ("", d.kind)]
        return [_told(desk, reading, draft) for draft in found]


def _told(desk: Desk, reading: Reading, draft: Draft) -> Draft:
    person_id = draft.payload.get("person_id", "")
    if not person_id or desk.may_see_restricted(owner_of(reading, str(person_id))):
        return draft
    return told_draft(desk, draft)


def count(desk: Desk) -> int:
    """How many drafts this user has."""
    with desk.reading() as reading:
        return drafts.count(reading, desk.user.id)
