"""Answers of a verification that nobody may read yet, in whatever tells of records: the journal, the search for a name.

Before both sides are complete only whoever asks a side reads its answers, on its own page. Every list that tells what
stands or stood in records comes through here, for supervisors as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from panoh.domain.verification import HIDDEN, Verification, VerificationQuestion, both_done
from panoh.store.history import Happened
from panoh.store.units import Reading

_CLASSES = (Verification.__name__, VerificationQuestion.__name__)


def told(reading: Reading, entries: Iterable[Happened]) -> list[Happened]:
    """Entries of the journal without answers that are hidden still; that something was answered stays."""
    entries = list(entries)
    ours = [one for one in entries if one.record_class in _CLASSES]
    if not ours:
        return entries
    hidden = {one.record_id for one in ours} - _open(reading, ours)
    return [_without(one) if one.record_id in hidden and one.record_class in _CLASSES else one for one in entries]


def is_hidden(reading: Reading, record: Any, field: str) -> bool:
    """Whether this field of a record is an answer that nobody may read yet."""
    if field not in HIDDEN or not isinstance(record, Verification | VerificationQuestion):
        return False
    return record.id not in _open_ids(reading, [record.id])


def _open(reading: Reading, entries: Iterable[Happened]) -> set[str]:
    return _open_ids(reading, [one.record_id for one in entries])


def _open_ids(reading: Reading, record_ids: Iterable[str]) -> set[str]:
    """Those of these records whose answers may be read: both sides are complete. One that is gone never opens."""
    ids = set(record_ids)
    questions = reading.where_in(VerificationQuestion, "id", ids)
    whole = reading.where_in(Verification, "id", ids | {one.verification_id for one in questions})
    done = {one.id for one in whole if both_done(one)}
    return done | {one.id for one in questions if one.verification_id in done}


def _without(entry: Happened) -> Happened:
    if entry.field in HIDDEN:
        return replace(entry, old=None, new=None)
    return replace(entry, old=_image(entry.old), new=_image(entry.new)) if not entry.field else entry


def _image(image: Any) -> Any:
    return {name: value for name, value in image.items() if name not in HIDDEN} if isinstance(image, dict) else image
