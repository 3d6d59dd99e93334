"""Drafts of half-typed forms, inside the encrypted vault: a crash loses two seconds, not a family."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from panoh.base.errors import AppError
from panoh.store.tables import draft
from panoh.store.units import Reading, Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was left: which one, when, and what was typed."""

    id: str
    user_id: str
    kind: str
    saved_at: datetime
    payload: dict[str, Any]


def keep(unit: Unit, draft_id: str, kind: str, payload: dict[str, Any]) -> None:
    """Write a draft over its older state. Drafts are not journalled: they are not yet records.

    A draft is its writer's alone: under an id that is another user's nothing is written (AppError('access.denied')).
    """
    if unit.connection.execute(select(draft.c.id).where(draft.c.id == draft_id, draft.c.user_id != unit.actor)).first():
        raise AppError("access.denied")
    values = {
        "id": draft_id,
        "user_id": unit.actor,
        "kind": kind,
        "saved_at": unit.at,
        "payload": json.dumps(payload, ensure_ascii=False),
    }
    unit.connection.execute(draft.insert().prefix_with("OR REPLACE").values(values))


def drop(unit: Unit, draft_id: str) -> None:
    """Forget a draft of this user, because its form was saved or given up."""
    unit.connection.execute(delete(draft).where(draft.c.id == draft_id, draft.c.user_id == unit.actor))


def of_user(reading: Reading, user_id: str) -> list[Draft]:
    """A user's drafts, the newest first."""
    rows = reading.connection.execute(select(draft).where(draft.c.user_id == user_id).order_by(draft.c.saved_at.desc()))
    return [Draft(row.id, row.user_id, row.kind, row.saved_at, json.loads(row.payload)) for row in rows]


def count(reading: Reading, user_id: str) -> int:
    """How many drafts a user has."""
    return int(
        reading.connection.execute(
            select(func.count()).select_from(draft).where(draft.c.user_id == user_id)
        ).scalar_one()
    )
