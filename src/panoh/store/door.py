"""Before anyone is let in: a small store is read through, and any store that was damaged or was not closed in order.

Through connections that write nothing: a log that does not belong to this store is not carried over into it.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, cast

from sqlcipher3 import dbapi2 as sqlcipher

from panoh.base.errors import AppError
from panoh.base.progress import Progress, Silent
from panoh.store import journal
from panoh.store.engine import connect, damaged, translating
from panoh.store.files import write_whole
from panoh.store.folder import VaultFolder
from panoh.store.keys import StoreKey
from panoh.store.verify import header_problem, problems

if TYPE_CHECKING:
    from sqlalchemy import Connection

READ_AT_THE_DOOR = 32 * 1024 * 1024  # bytes: about a third of a second; a larger store is read once it is open


def require_whole(folder: VaultFolder, key: StoreKey, progress: Progress | None = None) -> None:
    """Raise AppError vault.damaged for a store that does not fit; nothing of it is changed.

    What lies in a log, after a kill, is read with the store, and more thoroughly: every index against its table.
    Raises AppError vault.missing, vault.plaintext too.
    """
    if not folder.db.is_file():
        raise AppError("vault.missing")
    suspect, log = folder.suspect.exists(), folder.wal.exists() and folder.wal.stat().st_size > 0
    with translating(folder):
        opened = connect(folder.db, key, read_only=True)
        try:
            read_it = suspect or folder.db.stat().st_size <= READ_AT_THE_DOOR
            if header_problem(folder.db, key) or not reaches_mark(folder, key, opened):
                raise damaged(folder)
            if read_it and problems(opened, progress or Silent(), thorough=suspect or log):
                raise damaged(folder)
            if read_it and (suspect or log) and not _journal_fits(opened, key):
                raise damaged(folder)
        finally:
            opened.close()


def leave_mark(folder: VaultFolder, key: StoreKey, head: journal.Head) -> None:
    """Note where the journal stood when the vault was locked, under a MAC. Raises OSError.

    Neither a log nor a store of another day shows by itself that it is one: each is whole. A mark of another key counts
    as none; without one a vault opens as ever.
    """
    line = f"{head.count} {head.mac.hex()}".encode()
    write_whole(folder.mark, line + b" " + _mac(key, line))


def reaches_mark(folder: VaultFolder, key: StoreKey, opened: sqlcipher.Connection) -> bool:
    """Whether the store holds the entry of the journal at which it was last locked; true where no mark tells."""
    try:
        line, _blank, mac = folder.mark.read_bytes().rpartition(b" ")
    except OSError:
        return True
    if not hmac.compare_digest(mac, _mac(key, line)):
        return True
    count, _gap, head = line.decode().partition(" ")
    if count == "0":
        return True
    row = opened.execute("SELECT mac FROM journal WHERE seq = ?", (int(count),)).fetchone()
    return row is not None and bytes(row[0]).hex() == head


def _mac(key: StoreKey, line: bytes) -> bytes:
    return hmac.digest(key.derive("mark"), line, "sha256").hex().encode()


def behind_mark(folder: VaultFolder, key: StoreKey) -> bool:
    """Whether the store can be read and holds less than when it was last locked; nothing is written."""
    try:
        opened = connect(folder.db, key, read_only=True)
        try:
            return not reaches_mark(folder, key, opened)
        finally:
            opened.close()
    except (sqlcipher.DatabaseError, AppError, OSError):
        return False


class _Plain:
    """A bare connection with the one method that reading the journal's chain takes."""

    def __init__(self, opened: sqlcipher.Connection) -> None:
        self.exec_driver_sql = opened.execute


def _journal_fits(opened: sqlcipher.Connection, key: StoreKey) -> bool:
    """Whether the chain of the journal is whole: a log of another day leaves pages of two days side by side."""
    connection = cast("Connection", _Plain(opened))
    return journal.verify(connection, journal.key_of(connection, key.derive("journal")))[1] is None


def whole_without_log(folder: VaultFolder, key: StoreKey, progress: Progress) -> bool:
    """Whether the store is whole when the log beside it is left out: a log of another day lies there."""
    if not (folder.wal.exists() and folder.wal.stat().st_size):
        return False
    try:
        opened = connect(folder.db, key, without_log=True)
        try:
            fits = not header_problem(folder.db, key) and reaches_mark(folder, key, opened)
            return fits and not problems(opened, progress)
        finally:
            opened.close()
    except (sqlcipher.DatabaseError, AppError):
        return False
