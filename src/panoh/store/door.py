"""Before anyone is let in: a small store is read through, and any store that was damaged or was not closed in order.

Through connections that write nothing: a log that does not belong to this store is not carried over into it.
"""

from __future__ import annotations

from sqlcipher3 import dbapi2 as sqlcipher

from panoh.base.errors import AppError
from panoh.base.progress import Progress, Silent
from panoh.store.engine import connect, damaged, translating
from panoh.store.folder import VaultFolder
from panoh.store.keys import StoreKey
from panoh.store.verify import header_problem, problems

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
            if header_problem(folder.db, key):
                raise damaged(folder)
            if suspect or folder.db.stat().st_size <= READ_AT_THE_DOOR:
                if problems(opened, progress or Silent(), thorough=suspect or log):
                    raise damaged(folder)
        finally:
            opened.close()


def whole_without_log(folder: VaultFolder, key: StoreKey, progress: Progress) -> bool:
    """Whether the store is whole when the log beside it is left out: a log of another day lies there."""
    if not folder.wal.exists():
        return False
    try:
        opened = connect(folder.db, key, without_log=True)
        try:
            return not (header_problem(folder.db, key) or problems(opened, progress))
        finally:
            opened.close()
    except (sqlcipher.DatabaseError, AppError):
        return False
