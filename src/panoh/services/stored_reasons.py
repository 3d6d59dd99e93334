"""An assessment as the vault keeps it beside the level: small JSON, no words, so that it can be told in any language."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from panoh.domain.triage.assess import Assessment, Reason
from panoh.domain.triage.facts import FactRead
from panoh.store.derived import StoredLevel

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump(result: Assessment) -> str:
    """The assessment as JSON."""
    reasons = [
        [
            r.rule,
            r.variant,
            r.level,
            _seconds(r.due),
            _seconds(r.since),
            int(r.sensitive),
            [_fact(fact) for fact in r.facts],
        ]
        for r in result.reasons
    ]
    return _encode([reasons, result.questions, result.computed_level])


def load(stored: StoredLevel) -> Assessment:
    """The assessment that `dump` wrote, with the level in force beside the one that the rules set."""
    return load_reasons(stored.level, stored.due_at, stored.reasons)


def load_reasons(level: str, due_at: datetime | None, text: str) -> Assessment:
    """The same from the columns of a list; a person who was never assessed has no reasons."""
    reasons, questions, computed = json.loads(text) if text != "[]" else ([], [], level)
    return Assessment(level, due_at, tuple(_reason(each) for each in reasons), None, tuple(questions), computed)


def _reason(stored: list[Any]) -> Reason:
    rule, variant, level, due, since, sensitive, facts = stored
    at = _moment(since)
    assert at is not None  # noqa: S101 - every reason has its beginning
    return Reason(rule, variant, level, _moment(due), at, tuple(_read(fact) for fact in facts), bool(sensitive))


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _fact(fact: FactRead) -> list[Any]:
    value: Any = {"day": fact.value.isoformat()} if isinstance(fact.value, date) else fact.value
    return [fact.name, value, fact.source, fact.sure, fact.on.isoformat() if fact.on else None]


def _read(stored: list[Any]) -> FactRead:
    name, value, source, sure, on = stored
    plain = date.fromisoformat(value["day"]) if isinstance(value, dict) else value
    return FactRead(name, plain, source, sure, date.fromisoformat(on) if on else None)
