"""Reading a store through: is every page authentic, is the structure whole, does every reference lead somewhere."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.base.progress import Progress
from panoh.store.engine import PLAIN_MAGIC
from panoh.store.keys import StoreKey

_LOG_HEAD, _FRAME_HEAD = 32, 24  # bytes of SQLite's log before its first page, and before each


def tables_of(opened: sqlcipher.Connection) -> list[str]:
    """The names of the store's tables, in order."""
    rows = opened.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
    )
    return [name for (name,) in rows]


def count_rows(opened: sqlcipher.Connection) -> dict[str, int]:
    """How many rows each table of the store has, by table name."""
    query = 'SELECT count(*) FROM "{}"'  # names of tables cannot be bound; these come from the schema itself
    return {name: opened.execute(query.format(name)).fetchone()[0] for name in tables_of(opened)}


def header_problem(db: Path, key: StoreKey) -> str | None:
    """What is wrong with the first 16 bytes, which hold the salt and which no page's MAC covers; None when right."""
    with db.open("rb") as file:
        head = file.read(16)
    if head == PLAIN_MAGIC:
        return _("The vault file says of itself that it is not encrypted.")
    return None if head == key.salt else _("The head of the vault file is damaged.")


def problems(opened: sqlcipher.Connection, progress: Progress, *, thorough: bool = True) -> list[str]:
    """What is wrong with a store, in words; empty when all is well. Tables and counts are named, never values.

    `thorough` also compares every index with its table. Steps 0 to 3 of 3 are told to `progress`.
    """
    found: list[str] = []
    progress.step(0, 3, _("Checking every page"))
    found += _pages(opened)
    progress.step(1, 3, _("Checking the structure"))
    found += _structure(opened, "integrity_check" if thorough else "quick_check")
    progress.step(2, 3, _("Checking the references"))
    found += _references(opened)
    progress.step(3, 3)
    return found


def bad_pages(opened: sqlcipher.Connection) -> int:
    """How many pages of the file fail their MAC; the connection is in no transaction.

    What looks bad is looked at again while nobody can write, because a page may be rewritten as it is read.
    """
    if not _bad_in_file(opened):
        return 0
    try:
        opened.execute("BEGIN IMMEDIATE")
    except sqlcipher.OperationalError:  # a long write is under way: no page of the file is rewritten before it ends
        return _bad_in_file(opened)
    try:
        return _bad_in_file(opened)
    finally:
        opened.execute("ROLLBACK")


def _bad_in_file(opened: sqlcipher.Connection) -> int:
    """Pages that fail their MAC, but for those that the log holds: a kill while it was carried over leaves such a page half.

    Nobody reads these from the file, and the log writes them anew. Were the log's own page no good, reading the
    structure would come upon the one in the file.
    """
    told = [text for (text,) in opened.execute("PRAGMA cipher_integrity_check")]
    if not told:
        return 0
    in_log, numbers = _pages_in_log(opened), (re.search(r"page (\d+)", text) for text in told)
    return sum(not number or int(number[1]) not in in_log for number in numbers)


def _pages_in_log(opened: sqlcipher.Connection) -> set[int]:
    """The numbers of the pages that lie in the store's log since it was last begun anew (sqlite.org/walformat.html)."""
    db = Path(opened.execute("PRAGMA database_list").fetchone()[2])
    found = set()
    try:
        with db.with_name(db.name + "-wal").open("rb") as log:
            head = log.read(_LOG_HEAD)
            size = int.from_bytes(head[8:12], "big")
            while len(frame := log.read(_FRAME_HEAD)) == _FRAME_HEAD and frame[8:16] == head[16:24]:
                found.add(int.from_bytes(frame[:4], "big"))
                log.seek(size, 1)
    except OSError:  # no log
        pass
    return found


def _pages(opened: sqlcipher.Connection) -> list[str]:
    bad = bad_pages(opened)
    if not bad:
        return []
    return [
        ngettext("{n} page of the vault file is damaged.", "{n} pages of the vault file are damaged.", bad).format(
            n=bad
        )
    ]


def _structure(opened: sqlcipher.Connection, pragma: str) -> list[str]:
    try:
        rows = [text for (text,) in opened.execute(f"PRAGMA {pragma}")]
    except sqlcipher.DatabaseError:
        rows = [""]
    return [] if rows == ["ok"] else [_("The structure of the vault file is damaged.")]


def _references(opened: sqlcipher.Connection) -> list[str]:
    try:
        rows = opened.execute("PRAGMA foreign_key_check").fetchall()
    except sqlcipher.DatabaseError:
        return [_("The references between records could not be read.")]
    broken = Counter((table, parent) for table, _rowid, parent, _which in rows)
    return [
        ngettext(
            "{n} row of {table} points to a row of {parent} that is not there.",
            "{n} rows of {table} point to rows of {parent} that are not there.",
            n,
        ).format(n=n, table=table, parent=parent)
        for (table, parent), n in sorted(broken.items())
    ]
