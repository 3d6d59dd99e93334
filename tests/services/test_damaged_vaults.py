"""A damaged vault is told apart from a wrong passphrase, whatever was damaged; the best backup is offered; nothing opens half."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import CHEAP, PASSPHRASE
from tests.store.small_vault import files, flip, outcome

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.domain.household import Household
from panoh.services import people, recovery, registration, vault
from panoh.services.recovery import Outlook
from panoh.services.vault import OpenVault

PAGE = 4096
WRONG = "olma daryo bulut qalam"


@dataclass
class Story:
    """A locked vault with a backup and something written after it, and copies of it as it was on another day."""

    place: Path
    clock: FixedClock
    backup: Path
    other: Path  # another vault, of somebody of the same name and passphrase
    log: bytes  # the log of an earlier day

    def copied(self, to: Path) -> Path:
        shutil.copytree(self.place, to)
        return to


def family(opened: OpenVault, name: str) -> None:
    row = registration.FamilyRow(name=name, sex="F", birth="34", relation="head")
    registration.save_family(opened.desk, registration.FamilyForm(rows=(row,), fled_from="KG", country_now="UZ"))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    from datetime import UTC, datetime

    base, clock = tmp_path_factory.mktemp("story"), FixedClock(datetime(2026, 6, 14, 9, 0, tzinfo=UTC))
    place = base / "vault"
    with vault.create(place, "feruza", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP).open as opened:
        for n in range(12):
            family(opened, f"Намунаева Гулнора{'а' * n}")
        log = (place / "vault.db-wal").read_bytes()
        backup = opened.backup()
        clock.at += timedelta(hours=3)
        for n in range(3):
            family(opened, f"Алиева Зулфия{'а' * n}")
    with vault.create(base / "other", "feruza", PASSPHRASE, clock=clock, kdf=CHEAP).open as theirs:
        family(theirs, "Каримова Нигора")
    return Story(place, clock, backup, base / "other", log)


def unlocking(place: Path, clock: FixedClock, passphrase: str = PASSPHRASE) -> str:
    return outcome(lambda: vault.unlock(place, "feruza", passphrase, clock=clock).close())


def looking(place: Path, clock: FixedClock) -> Outlook:
    return recovery.look(place, "feruza", PASSPHRASE, clock=clock)


def bit(db: Path, chance: random.Random) -> None:
    flip(db, chance.randrange(db.stat().st_size), chance.randrange(8))


def page(db: Path, chance: random.Random) -> None:
    with db.open("r+b") as file:
        file.seek(chance.randrange(db.stat().st_size // PAGE) * PAGE)
        file.write(bytes(PAGE))


def cut(db: Path, chance: random.Random) -> None:
    with db.open("r+b") as file:
        file.truncate(chance.randrange(db.stat().st_size))


def swapped(db: Path, chance: random.Random) -> None:
    data = bytearray(db.read_bytes())
    one, other = (n * PAGE for n in chance.sample(range(1, len(data) // PAGE), 2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]
    db.write_bytes(data)


DAMAGES: dict[str, Callable[[Path, random.Random], None]] = {"bit": bit, "page": page, "cut": cut, "swapped": swapped}


def damage_and_look(story: Story, place: Path, kind: str, chance: random.Random) -> None:
    """One damage: told as such with the right passphrase, as a wrong passphrase with a wrong one, changed by neither."""
    before = (place / "vault.db").read_bytes()
    DAMAGES[kind](place / "vault.db", chance)
    hurt = (place / "vault.db").read_bytes()
    assert hurt != before
    assert unlocking(place, story.clock) == "vault.damaged"
    assert (place / "vault.db").read_bytes() == hurt
    log = place / "vault.db-wal"
    assert not log.exists() or not log.stat().st_size
    (place / "vault.db").write_bytes(before)


def many(story: Story, place: Path, count: int) -> None:
    chance = random.Random(20100614)
    story.copied(place)
    for n in range(count):
        damage_and_look(story, place, sorted(DAMAGES)[n % len(DAMAGES)], chance)
    assert unlocking(place, story.clock) == ""


def test_every_damage_is_told_and_nothing_is_changed(story: Story, tmp_path: Path) -> None:
    many(story, tmp_path / "vault", 60)


@pytest.mark.soak
def test_ten_thousand_damages_are_told(story: Story, tmp_path: Path) -> None:
    many(story, tmp_path / "vault", 10_000)


@pytest.mark.parametrize("kind", sorted(DAMAGES))
def test_a_wrong_passphrase_is_a_wrong_passphrase_also_for_a_damaged_vault(
    story: Story, tmp_path: Path, kind: str
) -> None:
    place = story.copied(tmp_path / "vault")
    DAMAGES[kind](place / "vault.db", random.Random(7))
    assert unlocking(place, story.clock, WRONG) == "vault.wrong_passphrase"
    assert outcome(lambda: recovery.look(place, "feruza", WRONG, clock=story.clock)) == "vault.wrong_passphrase"


@pytest.mark.parametrize("kind", sorted(DAMAGES))
def test_the_best_backup_is_put_back_and_the_damaged_files_are_kept(story: Story, tmp_path: Path, kind: str) -> None:
    place = story.copied(tmp_path / "vault")
    DAMAGES[kind](place / "vault.db", random.Random(3))
    hurt = (place / "vault.db").read_bytes()
    found = looking(place, story.clock)
    assert found.problems
    assert found.best is not None
    assert found.best.path is not None
    assert found.best.path.name == story.backup.name
    assert found.lost
    aside = recovery.put_back(place, found.best, "feruza", PASSPHRASE, clock=story.clock)
    assert aside.parent == place.parent
    assert (aside / "vault.db").read_bytes() == hurt
    with vault.unlock(place, "feruza", PASSPHRASE, clock=story.clock) as opened:
        assert people.count(opened.desk) == 12
        assert opened.check().problems == ()
        assert opened.desk.store.device != "KX7"
    assert (place / "backups" / story.backup.name).is_dir()
    assert not list(place.glob("put-back*"))


def test_what_would_be_lost_is_counted_while_the_journal_can_be_read(story: Story, tmp_path: Path) -> None:
    place = story.copied(tmp_path / "vault")
    flip(place / "vault.db", 4)  # the salt: every page is whole
    found = looking(place, story.clock)
    assert "entries of the journal about" in found.lost
    assert found.readable


def test_a_log_of_another_day_is_set_aside_and_nothing_is_lost(story: Story, tmp_path: Path) -> None:
    place = story.copied(tmp_path / "vault")
    (place / "vault.db-wal").write_bytes(story.log)
    before = files(place)
    assert unlocking(place, story.clock) == "vault.damaged"
    after = files(place)
    assert {name: after[name] for name in ("vault.db", "vault.db-wal")} == {
        name: before[name] for name in ("vault.db", "vault.db-wal")
    }
    found = looking(place, story.clock)
    assert found.best is not None
    assert found.best.what == recovery.LOG
    aside = recovery.put_back(place, found.best, "feruza", PASSPHRASE, clock=story.clock)
    assert (aside / "vault.db-wal").read_bytes() == story.log
    with vault.unlock(place, "feruza", PASSPHRASE, clock=story.clock) as opened:
        assert people.count(opened.desk) == 15


def test_the_store_of_another_vault_is_no_wrong_passphrase(story: Story, tmp_path: Path) -> None:
    place = story.copied(tmp_path / "vault")
    shutil.copy(story.other / "vault.db", place / "vault.db")
    assert unlocking(place, story.clock) == "vault.damaged"
    found = looking(place, story.clock)
    assert found.best is not None


def test_key_files_of_a_backup_lose_nothing(story: Story, tmp_path: Path) -> None:
    place = story.copied(tmp_path / "vault")
    for name in ("vault.key", "vault.key.mirror"):
        (place / name).write_bytes(b"nonsense")
    assert unlocking(place, story.clock) == "vault.key_damaged"
    found = looking(place, story.clock)
    assert found.best is not None
    assert found.best.what == recovery.KEYS
    recovery.put_back(place, found.best, "feruza", PASSPHRASE, clock=story.clock)
    with vault.unlock(place, "feruza", PASSPHRASE, clock=story.clock) as opened:
        assert people.count(opened.desk) == 15
        assert opened.desk.store.device == "KX7"


def test_a_damaged_backup_is_not_offered_but_an_older_one_is(story: Story, tmp_path: Path) -> None:
    place = story.copied(tmp_path / "vault")
    newer = place / "backups" / "panoh-20260615-090000"
    shutil.copytree(place / "backups" / story.backup.name, newer)
    flip(newer / "vault.db", (newer / "vault.db").stat().st_size - 9)
    flip(place / "vault.db", 5000)
    found = looking(place, story.clock)
    assert found.best is not None
    assert found.best.path is not None
    assert (found.best.path.name, found.bad) == (story.backup.name, (newer.name,))


def test_without_any_backup_nothing_is_offered_and_another_place_can_be_looked_at(story: Story, tmp_path: Path) -> None:
    place = story.copied(tmp_path / "vault")
    shutil.move(place / "backups", tmp_path / "stick")
    flip(place / "vault.db", 5000)
    assert looking(place, story.clock).best is None
    for elsewhere in (tmp_path / "stick", tmp_path, tmp_path / "stick" / story.backup.name):
        found = recovery.look(place, "feruza", PASSPHRASE, clock=story.clock, elsewhere=elsewhere)
        assert found.best is not None


def test_a_damaged_vault_opens_to_be_read_and_takes_nothing(story: Story, tmp_path: Path) -> None:
    place = story.copied(tmp_path / "vault")
    flip(place / "vault.db", (place / "vault.db").stat().st_size - 9)
    before = files(place)
    with recovery.open_read_only(place, "feruza", PASSPHRASE, clock=story.clock) as opened:
        assert opened.desk.store.read_only
        assert opened.desk.reading
        with pytest.raises(AppError) as told, opened.desk.writing() as unit:
            unit.add(Household(id="0" * 32))
        assert told.value.code == "vault.read_only"
    after = files(place)
    assert {name: after[name] for name in before} == before
