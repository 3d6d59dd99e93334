"""What a backup holds, written into it when it was read back: rows and a keyed digest of every table, and why it was made.

Sealed under a key derived from the store's (XChaCha20-Poly1305): counts of people and of their facts stand on no stick
in clear, and who changes a word of it is noticed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt, crypto_aead_xchacha20poly1305_ietf_encrypt
from nacl.exceptions import CryptoError
from sqlcipher3 import dbapi2 as sqlcipher

from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.store.files import write_whole
from panoh.store.folder import VaultFolder
from panoh.store.keys import StoreKey
from panoh.store.verify import tables_of

ASKED, DUE, MIGRATION, MERGE, IMPORT, RECOVERY = "asked", "due", "migration", "merge", "import", "recovery"
_BOUND_TO = b"panoh backup manifest 1"
_ROWS_AT_ONCE = 128
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `entries` and `head` are the end of the journal in it."""

    made_at: str  # ISO 8601, UTC
    reason: str
    entries: int
    head: str
    counts: dict[str, int]
    digests: dict[str, str]  # of each table, under a key of the store's own


def describe(opened: sqlcipher.Connection, key: StoreKey, progress: Progress, made_at: str, reason: str) -> Manifest:
    """Read every row of a store. Raises sqlcipher's errors for what cannot be read; AppError cancelled."""
    counts, digests = {}, {}
    names = tables_of(opened)
    for done, name in enumerate(names):

        def step(done: int = done) -> None:
            progress.step(done, len(names), _("Reading every table"))

        counts[name], digests[name] = _digest(opened, name, key.derive("table digest"), step)
    entries, head = 0, ""
    if "journal" in counts:
        row = opened.execute("SELECT seq, mac FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        entries, head = (row[0], bytes(row[1]).hex()) if row else (0, "")
    return Manifest(made_at, reason, entries, head, counts, digests)


def _digest(opened: sqlcipher.Connection, name: str, key: bytes, step: Callable[[], None]) -> tuple[int, str]:
    """Rows of a table in their stored order: how many, and the digest of all their values with the columns' names."""
    columns = [row[1] for row in opened.execute(f'PRAGMA table_info("{name}")')]
    quoted = "||','||".join(f'quote("{column}")' for column in columns)
    digest, count = hashlib.blake2b(json.dumps(columns).encode(), key=key, digest_size=32), 0
    # Names come from the schema itself. SQLite puts the values into words: it does so without Python's lock.
    rows = opened.execute(f'SELECT {quoted} FROM "{name}" NOT INDEXED')  # noqa: S608
    step()
    while some := rows.fetchmany(_ROWS_AT_ONCE):
        digest.update("\n".join(row[0] for row in some).encode() + b"\n")
        count += len(some)
        step()
    return count, digest.hexdigest()


def write(folder: VaultFolder, manifest: Manifest, key: StoreKey) -> None:
    """Put the manifest into a backup; raises OSError."""
    nonce = os.urandom(24)
    text = json.dumps(asdict(manifest), ensure_ascii=False).encode()
    box = crypto_aead_xchacha20poly1305_ietf_encrypt(text, _BOUND_TO, nonce, key.derive("backup manifest"))
    write_whole(folder.manifest, nonce + box)


def read(folder: VaultFolder, key: StoreKey) -> Manifest | None:
    """The manifest of a backup; None when it has none, or none that a holder of this key wrote."""
    try:
        with folder.manifest.open("rb") as file:
            raw = file.read(_LARGEST)
        text = crypto_aead_xchacha20poly1305_ietf_decrypt(raw[24:], _BOUND_TO, raw[:24], key.derive("backup manifest"))
        return Manifest(**json.loads(text))
    except (OSError, CryptoError, ValueError, TypeError):
        return None


def differences(claimed: Manifest, found: Manifest) -> Iterator[str]:
    """In words, where a store differs from what its backup claimed; tables and counts are named, never values."""
    for name in sorted(claimed.counts.keys() | found.counts.keys()):
        before, now = claimed.counts.get(name, 0), found.counts.get(name, 0)
        if before != now:
            yield _("{table}: {n} rows when it was made, {m} now.").format(table=name, n=before, m=now)
        elif claimed.digests.get(name) != found.digests.get(name):
            yield _("{table}: what its rows hold differs from when it was made.").format(table=name)
