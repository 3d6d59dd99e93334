"""Another key for the store: everyone who stays gets in with what they know, and nothing older leads into it."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import CHEAP
from tests.store.small_vault import NAME, PASSPHRASE, add, mended, outcome

from panoh.base.clock import Clock, FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.services import vault
from panoh.store import keyfile, keys, slots
from panoh.store.engine import connect
from panoh.store.folder import VaultFolder
from panoh.store.keys import Unlocked
from panoh.store.rekey import rekey

OTHER, GUEST = "tog' shamol kitob anor", "Алишер"


@pytest.fixture
def folder(tmp_path: Path, clock: FixedClock) -> VaultFolder:
    vault.create(tmp_path / "vault", NAME, PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP).open.close()
    return VaultFolder(tmp_path / "vault")


@pytest.fixture
def first(folder: VaultFolder) -> Unlocked:
    return keys.unlock(folder, NAME, PASSPHRASE)


def test_everyone_who_stays_gets_in_and_the_paper_too(folder: VaultFolder, first: Unlocked) -> None:
    paper, guest = slots.make_recovery(folder, first), new_id()
    add(folder, first, GUEST, OTHER, guest)
    before = keys.unlock(folder, GUEST, OTHER)
    key, lost = rekey(folder, first.key, [first.user_id, guest])
    assert key != first.key
    assert not lost
    for _time in range(2):  # by the step, and by the slot that was made anew after it
        for opened in (keys.unlock(folder, NAME, PASSPHRASE), keys.unlock(folder, GUEST, OTHER)):
            assert opened.key == key
            mended(folder, opened, first.user_id, guest)
        assert keys.unlock_recovery(folder, paper).key == key
    assert keys.unlock(folder, GUEST, OTHER).secret_key == before.secret_key
    told = json.loads(folder.key.read_bytes())["slots"]
    assert sorted(len(slot["steps"]) for slot in told) == [0, 0, 1]  # the paper was not used yet
    connect(folder.db, key).close()


def test_a_second_change_reaches_who_was_away_for_both(folder: VaultFolder, first: Unlocked) -> None:
    guest = new_id()
    add(folder, first, GUEST, OTHER, guest)
    once, _lost = rekey(folder, first.key, [first.user_id, guest])
    twice, _lost = rekey(folder, once, [first.user_id, guest])
    assert keys.unlock(folder, GUEST, OTHER).key == twice


def test_who_was_left_out_and_what_was_kept_lead_nowhere(tmp_path: Path, folder: VaultFolder, first: Unlocked) -> None:
    guest = new_id()
    add(folder, first, GUEST, OTHER, guest)
    kept = folder.key.read_bytes()
    key, _lost = rekey(folder, first.key, [first.user_id])
    assert outcome(keys.unlock, folder, GUEST, OTHER) == "vault.wrong_passphrase"
    for path in (folder.key, folder.mirror):
        path.write_bytes(kept)
    for user, phrase in ((GUEST, OTHER), (NAME, PASSPHRASE)):
        assert keys.unlock(folder, user, phrase).key != key
        assert outcome(partial(vault.unlock, clock=Clock()), folder.path, user, phrase) == "vault.damaged"


def test_a_step_of_a_stranger_is_not_walked(folder: VaultFolder, first: Unlocked) -> None:
    """Whoever can write the key file, but never had the key, leads nobody into a vault of their own."""
    slots.mend(folder, first, [first.user_id])
    state = keys.genuine(folder, first.key)
    stranger = keys.StoreKey(b"s" * 32, b"s" * 16)
    slot = state.slots[0]
    forged = keyfile.replace(slot, steps=(keys.step_to(slot, stranger, stranger),))
    other = tuple(forged if one.id == slot.id else one for one in state.slots)
    keyfile.write(folder, state.following(other, keys.mac_key(stranger)))
    users = [outcome(keys.unlock, folder, NAME, PASSPHRASE)]
    assert users in (["vault.wrong_passphrase"], ["vault.key_damaged"])


def test_a_slot_of_the_older_format_opens_is_renewed_and_is_told_when_it_cannot_come_along(
    folder: VaultFolder, first: Unlocked
) -> None:
    guest = new_id()
    add(folder, first, GUEST, OTHER, guest)
    state = keys.genuine(folder, first.key)
    old = keyfile.replace(state, version=1, slots=tuple(keyfile.replace(slot, public=b"") for slot in state.slots))
    keyfile.write(folder, keyfile.replace(old, mac=old.mac_under(keys.mac_key(first.key))))
    assert json.loads(folder.key.read_bytes())["format"] == 1
    again = keys.unlock(folder, NAME, PASSPHRASE)
    assert again.key == first.key
    mended(folder, again, first.user_id, guest)
    assert json.loads(folder.key.read_bytes())["format"] == 2
    key, lost = rekey(folder, first.key, [first.user_id, guest])
    assert keys.unlock(folder, NAME, PASSPHRASE).key == key
    assert guest in lost
    assert outcome(keys.unlock, folder, GUEST, OTHER) == "vault.wrong_passphrase"


def test_no_room_or_a_stop_leaves_everything_as_it_was(
    tmp_path: Path, folder: VaultFolder, first: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder.path, tmp_path / "before")

    def full(*_arguments: object) -> None:
        raise AppError("disk.full")

    monkeypatch.setattr("panoh.store.backup.require_room", full)
    assert outcome(rekey, folder, first.key, [first.user_id]) == "disk.full"
    assert sorted(path.name for path in folder.path.iterdir()) == sorted(
        path.name for path in (tmp_path / "before").iterdir()
    )
    assert folder.key.read_bytes() == (tmp_path / "before" / "vault.key").read_bytes()
    assert keys.unlock(folder, NAME, PASSPHRASE) == first
