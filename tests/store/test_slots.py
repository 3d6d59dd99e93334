"""Each change of the slots happens whole or not at all, and leaves a way in at every moment."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from tests.store.small_vault import CHEAP, NAME, PASSPHRASE, add, files, mended, outcome

from panoh.base.errors import FieldProblem
from panoh.base.ids import new_id
from panoh.store import keys, slots
from panoh.store.folder import VaultFolder
from panoh.store.keys import Unlocked

OTHER = "tog' shamol kitob anor"


@pytest.fixture
def folder(tmp_path: Path) -> VaultFolder:
    return VaultFolder.make(tmp_path / "vault")


@pytest.fixture
def first(folder: VaultFolder) -> Unlocked:
    return keys.create(folder, NAME, PASSPHRASE, CHEAP)


def opens(folder: VaultFolder, passphrase: str, name: str = NAME) -> bool:
    return not outcome(keys.unlock, folder, name, passphrase)


def test_each_user_has_a_slot_of_their_own(folder: VaultFolder, first: Unlocked) -> None:
    user_id = new_id()
    add(folder, first, "Алишер", OTHER, user_id)
    guest = keys.unlock(folder, "алишер", OTHER)
    assert (guest.key, guest.user_id, guest.vault_id) == (first.key, user_id, first.vault_id)
    assert guest.secret_key != first.secret_key
    assert outcome(add, folder, first, "Алишер", "boshqa gap yana uzun", user_id) == "vault.user_exists"
    assert outcome(keys.unlock, folder, "Алишер", PASSPHRASE) == "vault.wrong_passphrase"
    assert outcome(add, folder, first, "Алишер", OTHER, new_id()) == "vault.user_exists"
    with pytest.raises(FieldProblem):
        add(folder, first, "  ", OTHER, new_id())


def test_a_forgotten_passphrase_is_replaced_together_with_the_paper(folder: VaultFolder, first: Unlocked) -> None:
    paper = slots.make_recovery(folder, first)
    by_paper = keys.unlock_recovery(folder, paper)
    before = files(folder.path)
    assert outcome(slots.renew, folder, by_paper, NAME, "short", first.user_id) == "vault.weak_passphrase"
    assert files(folder.path) == before
    user, text = slots.renew(folder, by_paper, NAME, OTHER, first.user_id)
    assert keys.unlock(folder, NAME, OTHER) == user
    assert (user.key, user.user_id) == (first.key, first.user_id)
    assert user.secret_key != first.secret_key
    assert not opens(folder, PASSPHRASE)
    assert outcome(keys.unlock_recovery, folder, paper) == "vault.wrong_recovery"
    assert keys.unlock_recovery(folder, text).key == first.key
    assert len(json.loads(folder.key.read_bytes())["slots"]) == 2


def test_a_dropped_slot_does_not_come_back_from_the_mirror(folder: VaultFolder, first: Unlocked) -> None:
    user_id = new_id()
    add(folder, first, "Алишер", OTHER, user_id)
    older = folder.key.read_bytes()
    slots.drop_slot(folder, first, user_id)
    for stale in (folder.mirror, folder.key):
        newer = stale.read_bytes()
        stale.write_bytes(older)
        assert outcome(keys.unlock, folder, "Алишер", OTHER) == "vault.wrong_passphrase"
        stale.write_bytes(older)
        assert mended(folder, keys.unlock(folder, NAME, PASSPHRASE), user_id)
        assert stale.read_bytes() == newer
    with pytest.raises(ValueError, match="own slot"):
        slots.drop_slot(folder, first, first.user_id)


def test_the_recovery_text(folder: VaultFolder, first: Unlocked) -> None:
    text = slots.make_recovery(folder, first)
    assert len(text.split("-")) == 8
    for typed in (text, text.lower(), text.replace("-", " "), text.replace("0", "o").replace("1", "l")):
        opened = keys.unlock_recovery(folder, typed)
        assert (opened.key, opened.by_recovery) == (first.key, True)
    newer = slots.make_recovery(folder, first)
    assert outcome(keys.unlock_recovery, folder, text) == "vault.wrong_recovery"
    assert keys.unlock_recovery(folder, newer).key == first.key
    assert len(json.loads(folder.key.read_bytes())["slots"]) == 2


def test_of_two_states_that_are_equally_new_the_key_files_counts(folder: VaultFolder, first: Unlocked) -> None:
    """As after a key file was put back from a copy of the vault in which other users were added."""
    before, guests = folder.key.read_bytes(), [new_id() for _ in range(6)]
    for guest in guests:
        for path in (folder.key, folder.mirror):
            path.write_bytes(before)
        add(folder, first, "Алишер", OTHER, guest)
        forked = folder.key.read_bytes()
        for path in (folder.key, folder.mirror):
            path.write_bytes(before)
        add(folder, first, "Нодира", OTHER, guest)
        folder.key.write_bytes(forked)
        assert opens(folder, OTHER, "Алишер")
        assert outcome(keys.unlock, folder, "Нодира", OTHER) == "vault.wrong_passphrase"


def test_mending_takes_away_the_slots_of_nobody_and_no_others(folder: VaultFolder, first: Unlocked) -> None:
    ids = {name: new_id() for name in ("Алишер", "Нодира", "Олим")}
    paper = slots.make_recovery(folder, first)
    for name, user_id in ids.items():
        add(folder, first, name, OTHER, user_id)
    assert not slots.mend(folder, first, [first.user_id, *ids.values()])
    before = files(folder.path)
    assert not slots.mend(folder, first, [first.user_id, *ids.values()])
    assert files(folder.path) == before
    assert not slots.mend(folder, first, [first.user_id, ids["Олим"]])
    assert {name for name in ids if opens(folder, OTHER, name)} == {"Олим"}
    assert {name for name, user_id in ids.items() if slots.has_slot(folder, first, user_id)} == {"Олим"}
    assert opens(folder, PASSPHRASE)
    assert keys.unlock_recovery(folder, paper).key == first.key


def test_a_slot_that_is_not_let_in_opens_nothing(folder: VaultFolder, first: Unlocked) -> None:
    before = files(folder.path)
    with slots.adding_slot(folder, first, "Алишер", OTHER, new_id()):
        assert len(folder.leftovers()) == 2
        assert not opens(folder, OTHER, "Алишер")
    assert files(folder.path) == before


def test_a_new_passphrase_takes_the_place_of_the_old(folder: VaultFolder, first: Unlocked) -> None:
    slots.change_passphrase(folder, NAME, PASSPHRASE, OTHER)
    opened = keys.unlock(folder, NAME, OTHER)
    assert (opened.key, opened.user_id, opened.secret_key) == (first.key, first.user_id, first.secret_key)
    assert outcome(keys.unlock, folder, NAME, PASSPHRASE) == "vault.wrong_passphrase"
    assert slots.change_passphrase(folder, NAME, OTHER, OTHER).key == first.key
    assert outcome(slots.change_passphrase, folder, NAME, OTHER, "short") == "vault.weak_passphrase"
    assert outcome(slots.change_passphrase, folder, NAME, PASSPHRASE, OTHER + " yana") == "vault.wrong_passphrase"
    assert keys.unlock(folder, NAME, OTHER).generation == 2


def test_a_change_that_breaks_off_anywhere_leaves_a_way_in(
    folder: VaultFolder, first: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up at the first flush, then at the second, and so on until the change goes through."""
    flush = os.fsync
    for broken_at in range(1, 30):
        calls = iter(range(1, 100))

        def fsync(handle: int, at: int = broken_at, calls: object = calls) -> None:
            if next(calls) == at:  # type: ignore[call-overload]
                raise OSError(errno.ENOSPC, "no space")
            flush(handle)

        old, new = (PASSPHRASE, OTHER) if broken_at % 2 else (OTHER, PASSPHRASE)
        monkeypatch.setattr(os, "fsync", fsync)
        told = outcome(slots.change_passphrase, folder, NAME, old, new)
        monkeypatch.setattr(os, "fsync", flush)
        assert told in {"", "disk.full"}
        assert not folder.leftovers()
        if not told:
            break
        assert any(opens(folder, passphrase) for passphrase in (old, new))
        # bring the vault back to one slot before the next round
        if opens(folder, new):
            slots.change_passphrase(folder, NAME, new, new + " yana")
            slots.change_passphrase(folder, NAME, new + " yana", new)
        else:
            slots.change_passphrase(folder, NAME, old, new)
    assert not told
    assert broken_at > 2
    assert outcome(keys.unlock, folder, NAME, old) == "vault.wrong_passphrase"
