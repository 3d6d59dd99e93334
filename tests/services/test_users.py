"""Users, roles and passphrases: who may change them, and that each change is whole wherever it is cut off."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import CHEAP, PASSPHRASE
from tests.services.test_vault_users import killed_at_every_step, outcome
from tests.store.killed_at_every_step import NEW

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.domain.cases import User
from panoh.services import cases, users, vault
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.vault import OpenVault
from panoh.store.folder import VaultFolder

OWN = "tog' shamol kitob anor"


def roles(opened: OpenVault) -> dict[str, str]:
    return {line.user.name: line.user.role for line in users.listed(opened) if line.user.left_on is None}


def opens(place: Path, user: str, phrase: str, clock: FixedClock) -> bool:
    return not outcome(lambda: vault.unlock(place, user, phrase, clock=clock).close())


def test_the_first_user_is_head_and_there_always_is_one(opened: OpenVault) -> None:
    assert roles(opened) == {"feruza": "head"}
    me = opened.desk.user.id
    assert outcome(users.change_role, opened, me, "supervisor") == "vault.last_head"
    assert outcome(users.remove, opened, me) == "vault.yourself"
    nurlan = users.add(opened, "nurlan", NEW, "supervisor")
    assert outcome(users.change_role, opened, nurlan.id, "boss") == "vault.no_such_role"
    users.change_role(opened, nurlan.id, "head")
    users.change_role(opened, me, "supervisor")
    assert roles(opened) == {"feruza": "supervisor", "nurlan": "head"}


@pytest.mark.parametrize("role", ["caseworker", "supervisor"])
def test_nobody_else_lets_anyone_in(opened: OpenVault, clock: FixedClock, role: str) -> None:
    users.add(opened, "nurlan", NEW, role, one_time=False)
    place = opened.desk.folder
    opened.close()
    with vault.unlock(place, "nurlan", NEW, clock=clock) as theirs:
        head = users.named(theirs, "FERUZA")
        for refused in (
            lambda: users.add(theirs, "aziza", NEW, "caseworker"),
            lambda: users.change_role(theirs, head.id, "caseworker"),
            lambda: users.remove(theirs, head.id),
            lambda: users.change_key(theirs),
            lambda: users.new_paper(theirs),
        ):
            assert outcome(refused) == "access.head"
        users.change_passphrase(theirs, NEW, OWN)
    assert not opens(place, "nurlan", NEW, clock)
    with vault.unlock(place, "nurlan", OWN, clock=clock) as theirs:
        assert roles(theirs) == {"feruza": "head", "nurlan": role}


def test_a_removed_user_is_out_their_cases_are_nobodys_and_the_key_is_another(
    opened: OpenVault, clock: FixedClock
) -> None:
    nurlan = users.add(opened, "nurlan", NEW, "caseworker", one_time=False)
    mother = save_family(
        opened.desk, FamilyForm(rows=(FamilyRow(name="Namunayeva Lola", sex="F", birth="30"),))
    ).people[0]
    cases.assign(opened.desk, mother.id, nurlan.id)
    place, before = opened.desk.folder, opened.keyring.unlocked.key
    shutil.copy(place / "vault.key", place.parent / "kept")
    entries = opened.desk.store.journal_head().count
    assert users.remove(opened, nurlan.id) == []
    assert outcome(opened.check) == "vault.locked"
    assert not opens(place, "nurlan", NEW, clock)
    with vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as again:
        assert again.keyring.unlocked.key != before
        assert roles(again) == {"feruza": "head"}
        assert again.check().problems == ()
        assert again.desk.store.journal_head().count > entries
        with again.desk.reading() as reading:
            assert reading.holder_of(mother.id) == ""
        assert outcome(users.add, again, "Nurlan", NEW, "caseworker") == "vault.user_exists"
    for name in ("vault.key", "vault.key.mirror"):  # what they kept does not help them
        shutil.copy(place.parent / "kept", place / name)
    assert not opens(place, "nurlan", NEW, clock)


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.soak)])
def test_a_removal_survives_a_kill_at_any_step(
    opened: OpenVault, clock: FixedClock, tmp_path: Path, every: int
) -> None:
    users.add(opened, "nurlan", NEW, "caseworker", one_time=False)
    before, place = opened.keyring.unlocked.key, opened.desk.folder
    opened.close()
    ends = killed_at_every_step("remove_user", place, tmp_path / "killed", every=every)
    out = 0
    for end in ends:
        theirs = opens(end, "nurlan", NEW, clock)
        with vault.unlock(end, "feruza", PASSPHRASE, clock=clock) as again:
            left = "nurlan" not in roles(again)
            assert left == (again.keyring.unlocked.key != before), "out, and another key; or neither"
            assert not (left and theirs)
            assert again.check().problems == ()
        out += left
        assert sorted(path.name for path in end.glob("*.migrating*")) == []
    assert len(ends) * every > 20
    assert 0 < out < len(ends)


def test_a_passphrase_that_was_handed_over_is_changed_at_once(opened: OpenVault, clock: FixedClock) -> None:
    users.add(opened, "nurlan", NEW, "caseworker")
    place = opened.desk.folder
    opened.close()
    with vault.unlock(place, "nurlan", NEW, clock=clock) as theirs:
        assert theirs.desk.user.one_time
        assert outcome(users.begin, theirs, NEW, NEW) == "vault.same_passphrase"
        assert outcome(users.begin, theirs, "something else here", OWN) == "vault.wrong_passphrase"
        assert users.begin(theirs, NEW, OWN) == ""
        assert not theirs.desk.user.one_time
    assert not opens(place, "nurlan", NEW, clock)
    with vault.unlock(place, "nurlan", OWN, clock=clock) as theirs:
        assert not theirs.desk.user.one_time


def test_who_prepared_the_laptop_has_nothing_once_it_is_used(tmp_path: Path, clock: FixedClock) -> None:
    made = vault.create(tmp_path / "vault", "feruza", PASSPHRASE, clock=clock, device="KX7", one_time=True, kdf=CHEAP)
    prepared, old_paper = made.open.keyring.unlocked.key, made.recovery
    made.open.close()
    shutil.copytree(tmp_path / "vault", tmp_path / "kept")
    opened = vault.unlock(tmp_path / "vault", "feruza", PASSPHRASE, clock=clock)
    paper = users.begin(opened, PASSPHRASE, OWN)
    assert outcome(opened.check) == "vault.locked"
    with vault.unlock(tmp_path / "vault", "feruza", OWN, clock=clock) as again:
        assert again.keyring.unlocked.key != prepared
        assert users.paper_opens(again, paper.lower())
        assert not users.paper_opens(again, old_paper)
    for name in ("vault.key", "vault.key.mirror"):
        shutil.copy(tmp_path / "kept" / name, tmp_path / "vault" / name)
    assert outcome(partial(vault.unlock, clock=clock), tmp_path / "vault", "feruza", PASSPHRASE) == "vault.damaged"


def test_a_passphrase_stays_when_the_journal_cannot_tell_of_the_change(
    opened: OpenVault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told that the change was not saved, its user goes on with the old one: it opens, and the new one does not."""

    def full(*_arguments: object) -> None:
        raise AppError("disk.full")

    with monkeypatch.context() as patch:
        patch.setattr(opened.desk.store, "_derive", full)
        assert outcome(users.change_passphrase, opened, PASSPHRASE, OWN) == "disk.full"
    place = opened.desk.folder
    opened.close()
    assert not opens(place, "feruza", OWN, clock)
    assert opens(place, "feruza", PASSPHRASE, clock)
    assert not VaultFolder(place).leftovers()


def test_the_journal_tells_of_users_and_keys(opened: OpenVault) -> None:
    users.change_passphrase(opened, PASSPHRASE, OWN)
    users.new_paper(opened)
    with opened.desk.reading() as reading:
        told = reading.connection.exec_driver_sql(
            "SELECT new FROM journal JOIN journal_value USING (seq) WHERE record_class = 'User' AND change = 'changed'"
        ).scalars()
        assert {'"passphrase"', '"recovery paper"'} <= set(told)


def test_an_unknown_user(opened: OpenVault) -> None:
    with pytest.raises(AppError, match="no user of this name"):
        users.named(opened, "nobody")
    assert isinstance(users.named(opened, " Feruza "), User)
