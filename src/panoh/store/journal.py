"""The journal: every change of every field, who and when, in a chain that shows tampering.

Two tables. `journal` is append-only: each entry's MAC covers the entry, a salted digest of its values and
the MAC before it. `journal_value` holds the values and the salt: erasing them leaves the chain whole and
makes the digest useless for guessing. Someone who holds the vault's key could rebuild the whole chain;
the head printed on exports and kept in backups shows that (and a cut tail).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, text

from panoh.base.i18n import gettext as _
from panoh.base.ids import Chance
from panoh.base.progress import Progress, Silent

GENESIS = b"\0" * 32
STEP = 5_000  # entries between two looks at whether it is to stop

INSERT_LINES = "INSERT INTO journal VALUES (?,?,?,?,?,?,?,?,?,?)"
INSERT_VALUES = "INSERT INTO journal_value VALUES (?,?,?,?)"

# Made anew after every migration, because a batch migration drops triggers in silence.
TRIGGERS = {
    "journal_grows_by_one": """
        CREATE TRIGGER journal_grows_by_one BEFORE INSERT ON journal
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    "journal_never_changes": """
        CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    "journal_never_shrinks": """
        CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line to be written: what happened to which field of which record."""

    change: str  # made, changed, removed, read, exported
    record_class: str
    record_id: str
    field: str = ""
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stands: how many entries, and the last MAC."""

    count: int
    mac: bytes

    @property
    def code(self) -> str:
        """The head as it is printed: count and the first eight hex digits of the MAC."""
        return f"{self.count}-{self.mac.hex()[:8]}"


def as_text(value: Any) -> str | None:
    """A field's value as the journal keeps it: JSON, dates in ISO 8601."""
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def install(connection: Connection) -> None:
    """Make the triggers that keep the journal append-only."""
    for name, statement in TRIGGERS.items():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        connection.execute(text(statement))


KEY = "journal_key"  # of vault_meta: there once the store's key has changed, so that the chain goes on under its own


def key_of(connection: Connection, derived: bytes) -> bytes:
    """The key of the chain: the one that is kept, or the one derived from the store's first key."""
    row = connection.exec_driver_sql("SELECT value FROM vault_meta WHERE key = ?", (KEY,)).fetchone()
    return bytes.fromhex(row[0]) if row else derived


def head(connection: Connection) -> Head:
    """The end of the chain."""
    row = connection.exec_driver_sql("SELECT seq, mac FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(row[0], row[1]) if row else Head(0, GENESIS)


def _digest(salt: bytes, old: str | None, new: str | None) -> bytes:
    return hashlib.sha256(salt + _values(old, new)).digest()


def _values(old: str | None, new: str | None) -> bytes:
    told = (b"-" if value is None else b"+" + value.encode() for value in (old, new))
    return b"\0".join(told)  # JSON holds no NUL: the two cannot run together


def _mac(key: bytes, before: bytes, fields: tuple[object, ...], digest: bytes) -> bytes:
    return hmac.digest(key, before + digest + _compact(fields).encode(), "sha256")


def _compact(fields: tuple[object, ...]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


class Chain:
    """The growing end of the chain in one write: makes lines, and knows where it stands. It needs no connection."""

    def __init__(self, key: bytes, end: Head, device: str, actor: str, seconds: int) -> None:
        self._key = key
        self._seq, self._before = end.count, end.mac
        self._by = (device, actor, seconds)
        self._chance = Chance()
        self._about: dict[tuple[str, str, str], tuple[str, str]] = {}

    @property
    def head(self) -> Head:
        """Where the chain stands."""
        return Head(self._seq, self._before)

    def add(self, entry: Entry) -> tuple[tuple[object, ...], tuple[object, ...]]:
        """One more entry: its line of either table."""
        about = (entry.change, entry.record_class, entry.record_id, entry.field)
        return self._grow(about, _values(entry.old, entry.new), entry.old, entry.new)

    def made(self, record_class: str, record_id: str, image: str) -> tuple[tuple[object, ...], tuple[object, ...]]:
        """The entry of a record that was made."""
        return self._grow(("made", record_class, record_id, ""), b"-\0+" + image.encode(), None, image)

    def _grow(
        self, about: tuple[str, str, str, str], values: bytes, old: str | None, new: str | None
    ) -> tuple[tuple[object, ...], tuple[object, ...]]:
        self._seq = seq = self._seq + 1
        salt = self._chance.take(16)
        digest = hashlib.sha256(salt + values).digest()
        self._before = before = hmac.digest(self._key, self._before + digest + self._text(*about).encode(), "sha256")
        return (seq, *self._by, *about, digest, before), (seq, salt, old, new)

    def _text(self, change: str, record_class: str, record_id: str, field: str) -> str:
        """What `_mac` signs, of pieces that come again: thousands of entries differ in little but their ids."""
        found = self._about.get((change, record_class, field))
        if found is None:
            start = _compact(self._by)[1:-1] + "," + _compact((change, record_class))[1:-1] + ","
            found = self._about[change, record_class, field] = (start, "," + _compact((field,))[1:])
        return f"[{self._seq},{found[0]}{encode_basestring(record_id)}{found[1]}"


def append(connection: Connection, key: bytes, device: str, actor: str, at: datetime, entries: Iterable[Entry]) -> Head:
    """Write entries at the end of the chain, inside the caller's transaction; returns the new head."""
    chain = Chain(key, head(connection), device, actor, int(at.timestamp()))
    lines = [chain.add(entry) for entry in entries]
    if lines:
        connection.exec_driver_sql(INSERT_LINES, [line for line, _values in lines])
        connection.exec_driver_sql(INSERT_VALUES, [values for _line, values in lines])
    return chain.head


def verify(connection: Connection, key: bytes, progress: Progress | None = None) -> tuple[Head, int | None]:
    """Walk the whole chain; returns its head and the first entry that does not fit, or None when all do.

    An entry whose values were erased is checked by its MAC alone. The progress may stop it: AppError cancelled.
    """
    before, count, watch = GENESIS, 0, progress or Silent()
    total = head(connection).count
    rows = connection.exec_driver_sql(
        "SELECT j.seq, device, actor, at, change, record_class, record_id, field, digest, mac, salt, old, new "
        "FROM journal j LEFT JOIN journal_value v ON v.seq = j.seq ORDER BY j.seq"
    )
    for row in rows:
        fields, digest, mac, salt = tuple(row[:8]), row[8], row[9], row[10]
        erased = salt is None
        fits = row[0] == count + 1 and hmac.compare_digest(mac, _mac(key, before, fields, digest))
        if not fits or not (erased or hmac.compare_digest(digest, _digest(salt, row[11], row[12]))):
            return Head(count, before), row[0]
        before, count = mac, row[0]
        if count % STEP == 0:
            watch.step(count, total, _("Checking the journal"))
    return Head(count, before), None
