"""The one door to the encrypted store: every connection is keyed, and none ever makes a plain file.

SQLCipher behind SQLAlchemy's sqlite dialect. The key file has already told a wrong passphrase, so whatever the store
itself says against the key means damage.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.store.files import in_words, make_private, telling
from panoh.store.folder import VaultFolder, newest
from panoh.store.keys import StoreKey

PLAIN_MAGIC = b"SQLite format 3\0"
_BUSY_SECONDS = 5
_PRAGMAS = (
    "journal_mode = wal",
    "synchronous = full",
    "fullfsync = on",  # on macOS, past the drive's own cache
    "checkpoint_fullfsync = on",
    "temp_store = memory",
    "secure_delete = on",
    "trusted_schema = off",
    "cell_size_check = on",
    "cache_size = -65536",
)
_FULL, _FAILED, _READ_ONLY, _CANNOT_OPEN, _MALFORMED, _NOT_A_STORE = 13, 10, 8, 14, 11, 26  # sqlite.org/rescode.html
_BUSY = 5
_IN_WORDS = {  # errors of the backup call bear no code, only SQLite's own words
    "database or disk is full": _FULL,
    "disk I/O error": _FAILED,
    "attempt to write a readonly database": _READ_ONLY,
    "unable to open database file": _CANNOT_OPEN,
    "database disk image is malformed": _MALFORMED,
    "file is not a database": _NOT_A_STORE,
}
_PROBE_MILLISECONDS = 500
_NEARLY_FULL = 1024 * 1024


def connect(
    db: Path, key: StoreKey, *, create: bool = False, read_only: bool = False, without_log: bool = False
) -> sqlcipher.Connection:
    """A bare keyed connection, which commits each statement by itself; the key is proven before it is returned.

    `read_only` writes nothing, and does not carry a log that lies there over into the store when it closes;
    `without_log` reads the one file as if there were no log.
    Raises AppError vault.missing, vault.exists (with `create`), vault.plaintext, vault.damaged for an emptied file;
    sqlcipher's own errors otherwise: use it inside `translating`.
    """
    if create:
        _make_store(db)
    elif not db.is_file():
        raise AppError("vault.missing")
    elif db.stat().st_size == 0:  # SQLite would take it for a new store
        raise damaged(VaultFolder(db.parent))
    refuse_plaintext(db)
    # mode=rw: a store that has gone is never made anew
    opened = sqlcipher.connect(
        db.absolute().as_uri() + _how(db, read_only, without_log),
        uri=True,
        timeout=_BUSY_SECONDS,
        check_same_thread=False,
        isolation_level=None,
    )
    try:
        opened.execute("PRAGMA cipher_log_level = NONE")
        opened.execute(f"PRAGMA key = \"x'{key.hex96()}'\"")  # a PRAGMA takes no bound parameters; hex digits only
        opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        opened.close()
        raise
    return opened


def _how(db: Path, read_only: bool, without_log: bool) -> str:
    """SQLite's words for a way to open; reading without a log leaves not even an empty one behind."""
    if without_log or (read_only and not db.with_name(db.name + "-wal").exists()):
        return "?immutable=1"
    return "?mode=ro" if read_only else "?mode=rw"


def _make_store(db: Path) -> None:
    with telling():
        try:
            make_private(db)
        except FileExistsError:
            raise AppError("vault.exists") from None


def refuse_plaintext(db: Path) -> None:
    """Raise AppError vault.plaintext when this file begins like an unencrypted SQLite file."""
    with db.open("rb") as file:
        if file.read(len(PLAIN_MAGIC)) == PLAIN_MAGIC:
            raise AppError("vault.plaintext")


def open_engine(
    db: Path, key: StoreKey, *, foreign_keys: bool = True, create: bool = False, read_only: bool = False
) -> Engine:
    """The store's engine: WAL, every commit flushed to the disk, own BEGIN, no parameters in error texts.

    `read_only` is for a damaged store: nothing of its files is written, not even its log carried over.
    Raises AppError vault.missing, vault.exists (with `create`), vault.damaged, vault.plaintext, disk.full.
    """

    def keyed(*, make: bool = False) -> sqlcipher.Connection:
        opened = connect(db, key, create=make, read_only=read_only)
        try:
            kept = _PRAGMAS[1:] if read_only else _PRAGMAS  # setting the journal's mode may write
            for pragma in (*kept, f"foreign_keys = {'on' if foreign_keys else 'off'}"):
                opened.execute(f"PRAGMA {pragma}")
        except BaseException:
            opened.close()
            raise
        return opened

    with translating(VaultFolder(db.parent)):
        keyed(make=create).close()
        refuse_plaintext(db)
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(db)),  # tells where the store is; `keyed` opens it
        module=sqlcipher,
        creator=keyed,
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A deferred BEGIN that reads and then writes is refused at once when another has written in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")


def require_alone(folder: VaultFolder, key: StoreKey) -> None:
    """Raise AppError vault.in_use when the store is open, here or in another program: also when its lock file was deleted.

    Raises AppError vault.missing, vault.damaged, vault.plaintext too.
    """
    with translating(folder):
        opened = connect(folder.db, key)
        try:
            opened.execute(f"PRAGMA busy_timeout = {_PROBE_MILLISECONDS}")
            opened.execute("PRAGMA locking_mode = exclusive")
            opened.execute("BEGIN EXCLUSIVE")
            opened.execute("ROLLBACK")
        except sqlcipher.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != _BUSY:
                raise
            raise AppError("vault.in_use", since=_("some time ago")) from None
        finally:
            opened.close()


def writer(engine: Engine) -> Engine:
    """The same engine, for transactions that write: they wait for their turn at BEGIN."""
    return engine.execution_options(write=True)


def damaged(folder: VaultFolder) -> AppError:
    """AppError vault.damaged, naming the newest backup that was read back."""
    backup = None
    with suppress(OSError):  # on a disk that fails, the backups may be as unreadable as the vault
        backup = newest(folder)
    none = _("none lies in the vault's folder, so look on the stick or disk that backups were made to")
    return AppError("vault.damaged", backup=backup.path.name if backup else none)


def translate(error: BaseException, folder: VaultFolder, disk: Path | None = None) -> AppError | None:
    """The sentence for what the store, or the disk under it, said; None for what is a bug.

    `disk` is a folder on the disk that was written to, when that is not the vault's own.
    """
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        return in_words(cause)
    kind = _kind(cause) if isinstance(cause, sqlcipher.Error) else None
    if kind == _FULL:
        return AppError("disk.full")
    if kind == _FAILED:  # a full disk is sometimes told so
        nearly_full = shutil.disk_usage(disk or folder.path).free < _NEARLY_FULL
        return AppError("disk.full" if nearly_full else "disk.failed")
    if kind in {_MALFORMED, _NOT_A_STORE}:
        return damaged(folder)
    if kind in {_READ_ONLY, _CANNOT_OPEN}:
        return AppError("vault.not_readable" if folder.db.exists() else "vault.missing")
    return None


def _kind(error: sqlcipher.Error) -> int | None:
    """SQLite's primary code of this error."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else _IN_WORDS.get(str(error))


@contextmanager
def translating(place: Engine | VaultFolder, disk: Path | None = None) -> Iterator[None]:
    """Inside, errors of the store become sentences; the original, with whatever text it holds, is cut off."""
    folder = place if isinstance(place, VaultFolder) else VaultFolder(Path(str(place.url.database)).parent)
    try:
        yield
    except (DBAPIError, sqlcipher.Error, OSError) as error:
        told = translate(error, folder, disk)
        if told is None:
            raise
        raise told from None
