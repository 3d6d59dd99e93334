"""A check finds every damage, tells it without a person's data, and stays silent about a whole vault."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest
from tests.store.small_vault import MARKER, NOW, Steps, files, flip, make_vault

from panoh.base.errors import AppError
from panoh.store.backup import backup
from panoh.store.check import VaultInfo, check, info
from panoh.store.engine import connect, open_engine, writer
from panoh.store.folder import VaultFolder
from panoh.store.keys import Unlocked

Vault = tuple[VaultFolder, Unlocked]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return make_vault(tmp_path / "vault", people=100)


def found(vault: Vault) -> tuple[str, ...]:
    problems = check(vault[0], vault[1].key).problems
    assert all(problem and MARKER[:8] not in problem for problem in problems)
    return problems


def test_a_whole_vault(vault: Vault) -> None:
    folder, unlocked = vault
    before = files(folder.path)
    report = check(folder, unlocked.key)
    assert report.whole
    assert report.tables == {"person": 100, "site": 1}
    assert report.size == folder.db.stat().st_size
    assert files(folder.path) == before


def test_a_vault_in_use_is_whole_too(vault: Vault) -> None:
    folder, unlocked = vault
    engine = open_engine(folder.db, unlocked.key)
    with writer(engine).begin() as connection:
        connection.exec_driver_sql("DELETE FROM person WHERE id > 50")
    assert check(folder, unlocked.key).tables["person"] == 51
    assert found(vault) == ()
    engine.dispose()


def test_a_hundred_flipped_bits_are_all_found(vault: Vault) -> None:
    folder, _ = vault
    size = folder.db.stat().st_size
    chance = random.Random(20100610)
    places = [*range(16), 16, 4095, 4096, size - 1, *(chance.randrange(size) for _ in range(100))]
    for at in places:
        bit = chance.randrange(8)
        flip(folder.db, at, bit)
        assert found(vault), at
        flip(folder.db, at, bit)
    assert found(vault) == ()


def test_other_damage_to_the_store(vault: Vault) -> None:
    folder, _ = vault
    good = folder.db.read_bytes()
    pages = [good[at : at + 4096] for at in range(0, len(good), 4096)]
    swapped = b"".join([*pages[:4], pages[5], pages[4], *pages[6:]])
    zeroed = b"".join([*pages[:4], bytes(4096), *pages[5:]])
    header = b"SQLite format 3\0" + good[16:]
    for bad in (
        b"",
        good[:10],
        good[:4096],
        good[: len(good) // 2],
        good[:-1],
        good + b"x",
        good + pages[3],
        swapped,
        zeroed,
        header,
    ):
        folder.db.write_bytes(bad)
        assert found(vault)
    folder.db.write_bytes(good)
    assert found(vault) == ()
    folder.db.unlink()
    with pytest.raises(AppError) as told:
        found(vault)
    assert told.value.code == "vault.missing"


def test_a_store_of_another_vault(vault: Vault, tmp_path: Path) -> None:
    other, _ = make_vault(tmp_path / "other", people=10)
    vault[0].db.write_bytes(other.db.read_bytes())
    assert len(found(vault)) == 2


def test_references_that_lead_nowhere(vault: Vault) -> None:
    folder, unlocked = vault
    with closing(connect(folder.db, unlocked.key)) as opened:
        opened.execute("UPDATE person SET site_id = 7 WHERE id < 3")
    assert found(vault) == ("3 rows of person point to rows of site that are not there.",)


def test_key_files(vault: Vault) -> None:
    folder, _ = vault
    flip(folder.mirror, 50)
    assert "vault.key.mirror" in found(vault)[0]
    folder.key.unlink()
    assert found(vault)[0].startswith("Both key files")


def test_what_surrounds_the_store(vault: Vault) -> None:
    folder, _ = vault
    folder.migrating.touch()
    assert "cut off" in found(vault)[0]
    folder.sweep()
    folder.db.chmod(0o644)
    assert found(vault) == ("Other users of this computer may read files of the vault.",)


def test_a_check_can_be_cancelled(vault: Vault) -> None:
    def cancel(_count: int, _what: str) -> None:
        raise AppError("cancelled")

    with pytest.raises(AppError) as told:
        check(vault[0], vault[1].key, Steps(cancel))
    assert told.value.code == "cancelled"


def test_what_a_locked_vault_tells(vault: Vault, tmp_path: Path) -> None:
    folder, unlocked = vault
    size = folder.db.stat().st_size
    assert info(folder.path) == VaultInfo(True, True, True, size, None)
    backup(folder, unlocked.key, folder.backups, NOW)
    flip(folder.key, 40)
    assert info(folder.path) == VaultInfo(False, True, False, size, NOW)
    folder.mirror.unlink()
    assert info(folder.path) == VaultInfo(False, False, False, size, NOW)
    with pytest.raises(AppError) as told:
        info(tmp_path / "nothing")
    assert told.value.code == "vault.missing"
