"""A user's row and their way in agree, whenever the program is killed; whoever belongs to nobody gets no desk."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import CHEAP, PASSPHRASE
from tests.store.killed_at_every_step import NEW
from tests.store.small_vault import add, files, outcome

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FieldProblem
from panoh.base.ids import new_id
from panoh.domain.cases import User
from panoh.services import users, vault
from panoh.services.vault import OpenVault
from panoh.store import keyfile, keys, slots
from panoh.store.engine import connect
from panoh.store.folder import VaultFolder

NURLAN = "nurlan"


def everyone(opened: OpenVault) -> list[User]:
    with opened.desk.reading() as reading:
        return reading.all(User)


def row_of(place: Path, name: str = NURLAN) -> str:
    """The id of this user's row, read past the door that tidies up; nothing without one."""
    folder = VaultFolder(place)
    with closing(connect(folder.db, keys.unlock(folder, "feruza", PASSPHRASE).key)) as store:
        row = store.execute("SELECT id FROM vault_user WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def way_in(place: Path, passphrase: str = NEW) -> bool:
    """Whether the key file yields the vault's key to this user."""
    return not outcome(keys.unlock, VaultFolder(place), NURLAN, passphrase)


def slot_count(place: Path) -> int:
    state = keyfile.read(VaultFolder(place))[0]
    assert state is not None
    return len(state.slots)


def killed_at_every_step(what: str, template: Path, place: Path, paper: str = "", every: int = 1) -> list[Path]:
    """The vault as a kill at each step (or every fourth) left it; the last is that of the run that came through."""
    place.mkdir()
    command = [sys.executable, "-m", "tests.store.killed_at_every_step", what, str(template), str(place), str(every)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run(command, input=paper, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return sorted(place.iterdir(), key=lambda path: int(path.name))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are of POSIX")
def test_a_kill_at_any_step_of_adding_a_user(opened: OpenVault, clock: FixedClock, tmp_path: Path) -> None:
    opened.close()
    seen = set()
    for place in killed_at_every_step("add_user", opened.desk.folder, tmp_path / "killed"):
        before, let_in = row_of(place), way_in(place)
        seen.add((bool(before), let_in))
        assert before or not let_in, "the slot of a user who is not there"
        with vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as again:
            assert again.check().problems == ()
            if let_in:
                assert outcome(users.add, again, NURLAN, NEW, "caseworker") == "vault.user_exists"
            else:
                made = users.add(again, "Nurlan", NEW + " yana", "supervisor")
                assert made.id == before or not before
            assert len(everyone(again)) == 2
        with vault.unlock(place, NURLAN, NEW if let_in else NEW + " yana", clock=clock) as theirs:
            assert theirs.desk.is_supervisor is not let_in
        assert slot_count(place) == 3  # two users and the paper
        assert not VaultFolder(place).leftovers()
    assert seen == {(False, False), (True, False), (True, True)}


def test_a_slot_of_nobody_opens_no_desk_and_is_taken_away(opened: OpenVault, clock: FixedClock) -> None:
    place, folder = opened.desk.folder, VaultFolder(opened.desk.folder)
    opened.close()
    add(folder, keys.unlock(folder, "feruza", PASSPHRASE), NURLAN, NEW, new_id())
    before = files(place)
    assert outcome(lambda: vault.unlock(place, NURLAN, NEW, clock=clock)) == "vault.no_such_user"
    assert {name: content for name, content in files(place).items() if name != "lock"} == {
        name: content for name, content in before.items() if name != "lock"
    }
    assert way_in(place)
    with vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as again:
        assert not again.repaired  # nothing was damaged
    assert not way_in(place)
    assert slot_count(place) == 2
    assert keys.genuine(folder, keys.unlock(folder, "feruza", PASSPHRASE).key).generation == 4


def test_a_slot_of_nobody_stays_while_the_disk_takes_no_writes(
    opened: OpenVault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, folder = opened.desk.folder, VaultFolder(opened.desk.folder)
    opened.close()
    add(folder, keys.unlock(folder, "feruza", PASSPHRASE), NURLAN, NEW, new_id())

    def refused(*_arguments: object) -> Path:
        raise OSError(28, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(keyfile, "stage", refused)
        vault.unlock(place, "feruza", PASSPHRASE, clock=clock).close()
        assert way_in(place)
    vault.unlock(place, "feruza", PASSPHRASE, clock=clock).close()
    assert not way_in(place)


def test_a_commit_that_fails_leaves_neither_row_nor_slot(opened: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise AppError("disk.full")

    place, before = opened.desk.folder, slot_count(opened.desk.folder)
    with monkeypatch.context() as patch:
        patch.setattr(opened.desk.store, "_derive", full)
        assert outcome(users.add, opened, NURLAN, NEW, "caseworker") == "disk.full"
    assert [user.name for user in everyone(opened)] == ["feruza"]
    assert (slot_count(place), way_in(place), VaultFolder(place).leftovers()) == (before, False, [])


def test_a_slot_that_cannot_be_put_in_place_is_given_at_the_next_try(
    opened: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = opened.desk.folder

    def in_use(_from: Path, _to: Path) -> Path:
        raise PermissionError(13, "held by another program")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", in_use)
        assert outcome(users.add, opened, NURLAN, NEW, "caseworker") == "vault.not_readable"
    assert (way_in(place), VaultFolder(place).leftovers()) == (False, [])
    made = users.add(opened, NURLAN, NEW, "supervisor")
    assert [(user.id, user.role) for user in everyone(opened) if user.name == NURLAN] == [(made.id, "supervisor")]
    assert way_in(place)
    assert opened.desk.store.verify_journal()[1] is None


def test_what_is_refused_adds_neither_row_nor_slot(opened: OpenVault) -> None:
    place = opened.desk.folder
    users.add(opened, "Сергей Мамытов", NEW, "caseworker")
    before, key_file = everyone(opened), VaultFolder(place).key.read_bytes()
    assert outcome(users.add, opened, NURLAN, "short", "caseworker") == "vault.weak_passphrase"
    assert outcome(users.add, opened, NURLAN, NEW, "chief") == "vault.no_such_role"
    with pytest.raises(FieldProblem):
        users.add(opened, "  ", NEW, "caseworker")
    for same in ("сергей  мамытов", unicodedata.normalize("NFD", "Сергей Мамытов"), " FERUZA "):
        assert outcome(users.add, opened, same, NEW + " yana", "caseworker") == "vault.user_exists"
    assert (everyone(opened), VaultFolder(place).key.read_bytes()) == (before, key_file)


# --- recovery ----------------------------------------------------------------------------------------------------


@pytest.fixture
def paper(tmp_path: Path, clock: FixedClock) -> str:
    """The recovery text of a locked vault at tmp_path / vault."""
    made = vault.create(tmp_path / "vault", "feruza", PASSPHRASE, clock=clock, kdf=CHEAP)
    made.open.close()
    return made.recovery


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are of POSIX")
def test_a_kill_at_any_step_of_the_recovery(tmp_path: Path, clock: FixedClock, paper: str) -> None:
    seen = set()
    for place in killed_at_every_step("recover", tmp_path / "vault", tmp_path / "killed", paper):
        folder = VaultFolder(place)
        old = not outcome(keys.unlock, folder, "feruza", PASSPHRASE)
        assert (not outcome(keys.unlock, folder, "feruza", NEW)) is not old
        assert (not outcome(keys.unlock_recovery, folder, paper)) is old
        with vault.unlock(place, "feruza", PASSPHRASE if old else NEW, clock=clock) as again:
            assert again.check().problems == ()
        seen.add(old)
    assert seen == {True, False}


def refused(place: Path, text: str, clock: FixedClock, user: str = "feruza", passphrase: str = NEW) -> str:
    """The code of the refusal, after which key files and store are byte for byte what they were."""
    before = {name: content for name, content in files(place).items() if name != "lock"}
    told = outcome(lambda: vault.recover(place, text, user, passphrase, clock=clock))
    assert {name: content for name, content in files(place).items() if name != "lock"} == before
    return told


def set_schema(place: Path, schema: str) -> str:
    """Make the vault one of another schema; returns the one that it had."""
    folder = VaultFolder(place)
    with closing(connect(folder.db, keys.unlock(folder, "feruza", PASSPHRASE).key)) as store:
        (before,) = store.execute("SELECT version_num FROM alembic_version").fetchone()
        store.execute("UPDATE alembic_version SET version_num = ?", (schema,))
    return str(before)


def test_a_recovery_that_is_refused_changes_nothing_and_the_paper_still_works(
    tmp_path: Path, clock: FixedClock, paper: str
) -> None:
    place = tmp_path / "vault"
    today = set_schema(place, "9999")
    assert refused(place, paper, clock) == "vault.newer"
    set_schema(place, today)
    assert refused(place, paper, clock, user="nobody") == "vault.no_such_user"
    assert refused(place, paper, clock, user="") == "vault.no_such_user"
    assert refused(place, paper, clock, passphrase="short") == "vault.weak_passphrase"
    assert refused(place, "0000-" + paper[5:], clock) == "vault.wrong_recovery"
    db = (place / "vault.db").read_bytes()
    (place / "vault.db").write_bytes(db[: len(db) // 2])
    assert refused(place, paper, clock) == "vault.damaged"
    (place / "vault.db").write_bytes(db)
    with vault.unlock(place, "feruza", PASSPHRASE, clock=clock):
        assert outcome(lambda: vault.recover(place, paper, "feruza", NEW, clock=clock)) == "vault.in_use"
    again = vault.recover(place, paper, "Feruza", NEW, clock=clock)
    again.open.close()
    assert outcome(keys.unlock, VaultFolder(place), "feruza", PASSPHRASE) == "vault.wrong_passphrase"
    assert refused(place, paper, clock) == "vault.wrong_recovery"
    vault.recover(place, again.recovery, "feruza", PASSPHRASE, clock=clock).open.close()


@pytest.mark.parametrize("broken_at", [1, 2])
def test_a_recovery_onto_a_full_disk_changes_nothing_and_the_paper_still_works(
    tmp_path: Path, clock: FixedClock, paper: str, broken_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no room for the first copy of the new key file, or none for the second."""
    place, calls, stage = tmp_path / "vault", iter(range(1, 9)), keyfile.stage

    def full(path: Path, content: bytes) -> Path:
        if next(calls) == broken_at:
            raise OSError(28, "no space")
        return stage(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(keyfile, "stage", full)
        assert refused(place, paper, clock) == "disk.full"
    vault.unlock(place, "feruza", PASSPHRASE, clock=clock).close()
    vault.recover(place, paper, "feruza", NEW, clock=clock).open.close()


def test_a_recovery_leaves_other_users_as_they_are(tmp_path: Path, clock: FixedClock, paper: str) -> None:
    place = tmp_path / "vault"
    with vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as opened:
        users.add(opened, NURLAN, NEW, "caseworker")
    again = vault.recover(place, paper, "feruza", NEW + " yana", clock=clock)
    with again.open as opened:
        users.add(opened, "aziza", NEW, "caseworker")  # who came in by the paper is a user like any other
        assert slots.has_slot(VaultFolder(place), opened.keyring.unlocked, opened.desk.user.id)
    assert again.recovery not in repr(again)
    for name in (NURLAN, "aziza"):
        vault.unlock(place, name, NEW, clock=clock).close()
    assert slot_count(place) == 4
