"""The one door: always keyed, never a plain file, and what goes wrong is told in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlcipher3 import dbapi2 as sqlcipher
from tests.store.small_vault import MARKER, files, fill, flip, make_vault, mounted

from panoh.base.errors import AppError
from panoh.store.engine import connect, open_engine, require_alone, translate, translating, writer
from panoh.store.folder import VaultFolder
from panoh.store.keys import StoreKey, Unlocked

KEY = StoreKey(bytes(range(32)), bytes(range(16)))


@pytest.fixture
def vault(tmp_path: Path) -> tuple[VaultFolder, Unlocked]:
    return make_vault(tmp_path / "vault")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    with mounted(tmp_path / "disk", "4m") as place:
        yield place


def refusal(db: Path, key: StoreKey, *, create: bool = False) -> str:
    with pytest.raises(AppError) as told:
        open_engine(db, key, create=create)
    assert told.value.sentence()
    return told.value.code


def test_settings_of_every_connection(vault: tuple[VaultFolder, Unlocked]) -> None:
    folder, unlocked = vault
    expected = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2,
        "trusted_schema": 0, "cell_size_check": 1, "cache_size": -65536, "busy_timeout": 5000,
        "fullfsync": 1, "checkpoint_fullfsync": 1,
    }  # fmt: skip
    engine = open_engine(folder.db, unlocked.key)
    with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected} == expected
    engine.dispose()
    engine = open_engine(folder.db, unlocked.key, foreign_keys=False)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
    engine.dispose()


def test_files_are_for_this_user_alone_and_hold_nothing_readable(vault: tuple[VaultFolder, Unlocked]) -> None:
    folder, unlocked = vault
    engine = open_engine(folder.db, unlocked.key)
    with writer(engine).connect() as connection, connection.begin():
        connection.execute(text("INSERT INTO person VALUES (9000, 1, :note)"), {"note": MARKER * 50})
        connection.commit()
        held = files(folder.path)
    assert {"vault.db", "vault.db-wal", "vault.db-shm", "vault.key", "vault.key.mirror"} <= held.keys()
    for name, content in held.items():
        assert MARKER.encode() not in content, name
        assert MARKER[:8].encode() not in content, name
        assert b"CREATE TABLE" not in content, name
        assert (folder.path / name).stat().st_mode & 0o777 == 0o600, name
    assert folder.path.stat().st_mode & 0o777 == 0o700
    assert unlocked.key.hex96() not in repr(engine) + str(engine.url)
    engine.dispose()


def test_writers_take_turns_and_readers_see_one_picture(vault: tuple[VaultFolder, Unlocked]) -> None:
    folder, unlocked = vault
    engine = open_engine(folder.db, unlocked.key)
    with engine.connect() as reading, reading.begin():
        count = text("SELECT count(*) FROM person")
        before = reading.execute(count).scalar()
        with writer(engine).begin() as writing:
            assert writing.connection.driver_connection.in_transaction  # BEGIN IMMEDIATE before the first statement
            writing.exec_driver_sql("DELETE FROM person")
        assert reading.execute(count).scalar() == before
    with pytest.raises(DBAPIError), writer(engine).begin() as writing:  # noqa: PT012  (the second statement fails)
        writing.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        writing.exec_driver_sql("INSERT INTO nothing VALUES (1)")
    with engine.connect() as reading:
        assert reading.execute(count).scalar() == 0
        assert not reading.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'half'").first()
    engine.dispose()


def test_a_store_that_is_open_is_told_from_one_that_is_not(vault: tuple[VaultFolder, Unlocked]) -> None:
    folder, unlocked = vault
    require_alone(folder, unlocked.key)
    engine = open_engine(folder.db, unlocked.key)
    with engine.connect() as reading:
        reading.exec_driver_sql("SELECT count(*) FROM person").all()
    with pytest.raises(AppError) as told:  # nobody reads or writes now, and still it is open
        require_alone(folder, unlocked.key)
    assert told.value.code == "vault.in_use"
    with writer(engine).begin() as connection:
        connection.exec_driver_sql("INSERT INTO person VALUES (9000, 1, '')")
    engine.dispose()
    require_alone(folder, unlocked.key)
    with closing(connect(folder.db, unlocked.key)) as opened:
        assert opened.execute("SELECT count(*) FROM person").fetchone()[0] == 401
        assert opened.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_errors_hold_no_values(vault: tuple[VaultFolder, Unlocked]) -> None:
    folder, unlocked = vault
    engine = open_engine(folder.db, unlocked.key)
    with pytest.raises(IntegrityError) as told, translating(engine), writer(engine).begin() as connection:
        connection.execute(text("INSERT INTO person VALUES (1, 77, :note)"), {"note": MARKER})
    assert MARKER not in str(told.value)
    engine.dispose()


@pytest.mark.parametrize("content", [b"SQLite format 3\0" + b"\0" * 4080, None])
def test_a_plain_file_is_refused_and_not_touched(tmp_path: Path, content: bytes | None) -> None:
    db = tmp_path / "vault.db"
    if content is None:
        with sqlite3.connect(db) as plain:
            plain.execute("CREATE TABLE person (id)")
        plain.close()
    else:
        db.write_bytes(content)
    before = db.read_bytes()
    assert refusal(db, KEY) == "vault.plaintext"
    assert db.read_bytes() == before


def test_a_store_is_never_made_by_the_way(tmp_path: Path, vault: tuple[VaultFolder, Unlocked]) -> None:
    db = tmp_path / "vault.db"
    assert refusal(db, KEY) == "vault.missing"
    assert not db.exists()
    folder, unlocked = vault
    assert refusal(folder.db, unlocked.key, create=True) == "vault.exists"
    engine = open_engine(folder.db, unlocked.key)
    engine.dispose()
    folder.db.unlink()
    with pytest.raises(AppError) as told, translating(engine):
        engine.connect()
    assert told.value.code == "vault.missing"
    assert not folder.db.exists()


def test_the_right_passphrase_and_a_damaged_store(vault: tuple[VaultFolder, Unlocked]) -> None:
    folder, unlocked = vault
    good = folder.db.read_bytes()
    for bad in (b"", good[:100], good[:4096], good[: len(good) // 2], os.urandom(len(good)), os.urandom(16) * 3):
        folder.db.write_bytes(bad)
        assert refusal(folder.db, unlocked.key) == "vault.damaged"
        assert folder.db.read_bytes() == bad
    folder.db.write_bytes(good)
    flip(folder.db, 1000)
    assert refusal(folder.db, unlocked.key) == "vault.damaged"
    folder.db.write_bytes(good)
    assert refusal(folder.db, KEY) == "vault.damaged"


def test_damage_that_shows_later_names_the_newest_backup(vault: tuple[VaultFolder, Unlocked]) -> None:
    folder, unlocked = vault
    for name in ("panoh-20100613-080000", "panoh-20100614-080000", "panoh-20100615-080000.part"):
        (folder.backups / name).mkdir(parents=True)
        for file in ("vault.db", "vault.key"):
            (folder.backups / name / file).touch()
    for at in range(4096 * 4, folder.db.stat().st_size, 4096):
        flip(folder.db, at + 99)
    engine = open_engine(folder.db, unlocked.key)
    with pytest.raises(AppError) as told, translating(engine), engine.begin() as connection:
        connection.exec_driver_sql("SELECT sum(length(note)) FROM person").all()
    assert told.value.code == "vault.damaged"
    assert "panoh-20100614-080000" in told.value.sentence()
    assert told.value.__suppress_context__
    engine.dispose()


def test_a_full_store_keeps_what_was_saved(vault: tuple[VaultFolder, Unlocked]) -> None:
    folder, unlocked = vault
    engine = open_engine(folder.db, unlocked.key)
    with writer(engine).begin() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {folder.db.stat().st_size // 4096}")
        with pytest.raises(AppError) as told, translating(engine):
            connection.execute(text("INSERT INTO person VALUES (9000, 1, :note)"), {"note": MARKER * 2000})
    assert told.value.code == "disk.full"
    assert "full" in told.value.sentence()
    engine.dispose()
    engine = open_engine(folder.db, unlocked.key)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 400
    engine.dispose()


def test_a_full_disk_keeps_what_was_saved(small_disk: Path) -> None:
    folder, unlocked = make_vault(small_disk / "vault", people=10)
    engine = open_engine(folder.db, unlocked.key)
    saved = 10

    def save_for_ever() -> None:
        nonlocal saved
        while True:
            with translating(engine), writer(engine).begin() as connection:
                connection.exec_driver_sql("INSERT INTO person VALUES (?, 1, ?)", (saved, "x" * 5000))
            saved += 1

    with pytest.raises(AppError) as told:
        save_for_ever()
    assert told.value.code == "disk.full"
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == saved
    engine.dispose()
    with closing(connect(folder.db, unlocked.key)) as opened:
        assert opened.execute("SELECT count(*) FROM person").fetchone()[0] == saved
        assert opened.execute("PRAGMA cipher_integrity_check").fetchall() == []


@pytest.mark.parametrize(
    ("code", "free", "expected"),
    [
        (13, False, "disk.full"),
        (10, True, "disk.failed"),
        (10 | 3 << 8, False, "disk.full"),
        (11, True, "vault.damaged"),
        (11 | 1 << 8, True, "vault.damaged"),
        (26, True, "vault.damaged"),
        (8, True, "vault.missing"),
        (14, True, "vault.missing"),
        (1, True, None),
        (19, True, None),
        (9, True, None),
    ],
)
def test_what_the_store_says_becomes_a_sentence(
    tmp_path: Path, request: pytest.FixtureRequest, code: int, free: bool, expected: str | None
) -> None:
    place = tmp_path
    if not free:
        place = request.getfixturevalue("small_disk")
        fill(place)
    error = sqlcipher.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    for shape in (error, DBAPIError("SELECT", {"note": MARKER}, error, hide_parameters=True)):
        told = translate(shape, VaultFolder(place))
        assert (told.code if told else None) == expected
    assert translate(ValueError(MARKER), VaultFolder(place)) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [("database or disk is full", "disk.full"), ("disk I/O error", "disk.failed"), ("something else", None)],
)
def test_an_error_without_a_code_is_known_by_its_words(
    vault: tuple[VaultFolder, Unlocked], words: str, code: str | None
) -> None:
    """SQLite's backup call gives such errors."""
    told = translate(sqlcipher.OperationalError(words), vault[0])
    assert (told and told.code) == code
