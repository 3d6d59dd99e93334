"""Drafts: what was typed and not yet saved, kept inside the vault within two seconds."""

from __future__ import annotations

from typing import Any

from panoh.services.desk import Desk
from panoh.store import drafts
from panoh.store.drafts import Draft

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
    """This user's drafts, the newest first; of one kind of form if a kind is named."""
    with desk.reading() as reading:
        return [d for d in drafts.of_user(reading, desk.user.id) if kind in ("", d.kind)]


def count(desk: Desk) -> int:
    """How many drafts this user has."""
    with desk.reading() as reading:
        return drafts.count(reading, desk.user.id)
