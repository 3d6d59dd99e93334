"""The recovery screen with real damaged vaults: told, put back, opened to be read, looked for elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from tests.conftest import CHEAP, PASSPHRASE
from tests.store.small_vault import flip
from tracing_helpers import rich, said, unnamed, window_of

from panoh.app import Door
from panoh.base.clock import FixedClock
from panoh.base.settings import DeviceSettings
from panoh.services import people, registration, vault
from panoh.services.vault import OpenVault
from panoh.ui.tasks import InlineRunner
from panoh.ui.unlock import damage
from panoh.ui.unlock.presenter import UnlockPresenter
from panoh.ui.unlock.view import UnlockView


class Screen:
    """Unlock over one damaged vault that has a backup."""

    def __init__(self, place: Path) -> None:
        self.place, self.clock = place, FixedClock(datetime(2026, 6, 14, 9, 0, tzinfo=UTC))
        with vault.create(place, "feruza", PASSPHRASE, clock=self.clock, kdf=CHEAP).open as opened:
            self._family(opened)
            opened.backup()
            self._family(opened)
        flip(place / "vault.db", 4)
        self.opened: list[OpenVault] = []
        self.view = UnlockView([("en", "English")], "en")
        door = Door(InlineRunner(), DeviceSettings(last_vault=str(place)), self.clock)  # type: ignore[arg-type]
        self.presenter = UnlockPresenter(self.view, door, lambda opened, _path: self.opened.append(opened))  # type: ignore[arg-type]
        self.presenter.start()

    def _family(self, opened: OpenVault) -> None:
        row = registration.FamilyRow(name="Намунаева Гулнора", sex="F", birth="34", relation="head")
        registration.save_family(opened.desk, registration.FamilyForm(rows=(row,), fled_from="KG"))

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        page = self.view.unlock
        page.user.setText("feruza")
        page.key.set_text(passphrase)
        page.main.click()
        QApplication.processEvents()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    made = Screen(tmp_path / "vault")
    with window_of(made.view):
        yield made
    for each in made.opened:
        each.close()


def test_damage_is_told_with_the_best_way_back_and_what_would_be_lost(screen: Screen) -> None:
    screen.unlock()
    page = screen.view.damage
    assert screen.view.current() is page
    told = said(page)
    assert "The head of the vault file is damaged" in told
    assert "read through just now" in told
    assert "entries of the journal about" in told
    assert (page.read if page.read.isVisible() else page.elsewhere).hasFocus()  # Enter changes nothing
    assert screen.view.unlock.key.text() == ""
    assert unnamed(page) == []
    assert rich(page) == []


def test_a_wrong_passphrase_stays_a_wrong_passphrase(screen: Screen) -> None:
    screen.unlock("olma daryo bulut qalam")
    assert screen.view.current() is screen.view.unlock
    assert "do not open the vault" in screen.view.unlock.form.rows["passphrase"].error


def test_the_backup_is_put_back_and_the_vault_unlocks_again(screen: Screen) -> None:
    screen.unlock()
    screen.view.damage.main.click()
    page = screen.view.unlock
    assert screen.view.current() is page
    assert "vault-damaged-" in page.note.words()
    screen.unlock()
    assert people.count(screen.opened[0].desk) == 1
    assert page.note.words() == ""


def test_it_is_opened_to_be_read(screen: Screen) -> None:
    screen.unlock()
    screen.view.damage.read.click()
    assert people.count(screen.opened[0].desk) == 2
    assert screen.opened[0].desk.store.read_only


def test_without_a_backup_one_is_looked_for_elsewhere(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.move(screen.place / "backups", tmp_path / "stick")
    screen.unlock()
    page = screen.view.damage
    assert "none was found here" in said(page)
    assert not page.main.isVisible()
    assert page.elsewhere.hasFocus()
    monkeypatch.setattr(damage, "choose_folder", lambda *_a: str(tmp_path / "stick"))
    page.elsewhere.click()
    assert page.main.isVisible()
    page.back.click()
    assert screen.view.current() is screen.view.unlock
