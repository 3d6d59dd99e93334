"""How a list was read, remembered for the next list with the same columns.

Profiles stand among the facts about the vault itself: the names of columns are no person's data. A list whose first row
may be a person instead of names is therefore never remembered.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from panoh.domain.vocabulary import fold
from panoh.exchange.columns import OUR_MARK
from panoh.exchange.date_forms import DateForm
from panoh.exchange.spreadsheets import Layout
from panoh.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Our column for each of theirs ('' for one that is left out), the forms of our date columns, and when it was used."""

    mapping: Mapping[str, str]
    dates: Mapping[str, DateForm]
    saved_at: datetime


def find(desk: Desk, kind: str, columns: Iterable[str]) -> Profile | None:
    """How a list of this kind with these columns was last brought in."""
    columns = list(columns)
    with desk.reading() as reading:
        kept = reading.meta(_key(kind, columns))
    if not kept:
        return None
    told = json.loads(kept)
    theirs = {fold(name): name for name in columns}
    return Profile(
        mapping={theirs[folded]: ours for folded, ours in told["mapping"].items() if folded in theirs},
        dates={column: DateForm(*form) for column, form in told["dates"].items()},
        saved_at=datetime.fromtimestamp(told["at"], UTC),
    )


def save(
    desk: Desk,
    kind: str,
    columns: Iterable[str],
    mapping: Mapping[str, str],
    dates: Mapping[str, DateForm],
    layout: Layout,
) -> None:
    """Remember how a list was read; without names of columns there is nothing to know it by."""
    if not layout.named:
        return
    told = {
        "mapping": {fold(theirs): ours for theirs, ours in mapping.items()},
        "dates": {column: [form.order, form.calendar] for column, form in dates.items()},
        "at": int(desk.clock.now().timestamp()),
    }
    with desk.writing() as unit:
        unit.set_meta(_key(kind, columns), json.dumps(told, ensure_ascii=False, sort_keys=True))


def _key(kind: str, columns: Iterable[str]) -> str:
    """The same for the same columns in any order; columns that Panoh adds to a file to be corrected do not count."""
    names = sorted(fold(name) for name in columns if not name.startswith(OUR_MARK))
    return f"list {kind} {hashlib.sha256(chr(0).join(names).encode()).hexdigest()[:24]}"
