"""What the window does by itself for an open vault, and what it says of it in the bar at the bottom."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.services import backups, health
from panoh.services.health import DAMAGE, Finding, Health
from panoh.services.vault import OpenVault
from panoh.store.folder import listed
from panoh.ui.caretaker import Caretaker
from panoh.ui.tasks import InlineRunner


class Told:
    """A caretaker and what it told."""

    def __init__(self, opened: OpenVault, second: str = "") -> None:
        self.parent = QObject()
        self.care = Caretaker(opened, InlineRunner(), lambda: second, self.parent)
        self.failures: list[AppError] = []
        self.damaged = 0
        self.care.failed.connect(self.failures.append)
        self.care.damaged.connect(self._count)

    def _count(self) -> None:
        self.damaged += 1


def test_the_backup_of_the_day_its_copy_and_the_look(opened: OpenVault, clock: FixedClock, tmp_path: Path) -> None:
    backups.choose_second(tmp_path / "stick")
    told = Told(opened, str(tmp_path / "stick"))
    told.care.start()
    assert len(listed(opened.desk.folder / "backups")) == len(listed(tmp_path / "stick")) == 1
    assert told.care.health is not None
    assert told.care.vault_words().startswith("Vault healthy")
    assert told.care.backup_words(clock.now()).startswith("Last backup 14 Jun")
    assert not health.is_due(opened.desk)
    told.care.start()
    assert len(listed(opened.desk.folder / "backups")) == 1
    assert told.failures == []


def test_a_stick_that_was_long_not_there_is_reminded_of(opened: OpenVault, clock: FixedClock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    backups.choose_second(stick)
    first = Told(opened, str(stick))
    first.care.start()
    stick.rename(tmp_path / "elsewhere")
    clock.at += timedelta(days=8)
    told = Told(opened, str(stick))
    told.care.start()
    assert told.failures == []
    assert "second place 14 Jun" in told.care.backup_words(clock.now())
    assert "copy it again" in told.care.backup_words(clock.now())


def test_a_backup_that_cannot_be_made_is_told_and_the_vault_is_looked_at_all_the_same(opened: OpenVault) -> None:
    (opened.desk.folder / "backups").write_text("in the way")
    told = Told(opened)
    told.care.start()
    assert [error.code for error in told.failures] == ["vault.not_readable"]
    assert told.care.health is not None


def test_damage_is_told_once_and_stands_in_the_bar(opened: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(at: OpenVault, *_more: object, **_named: object) -> Health:
        at.desk.store.read_only = True
        return Health(at.desk.clock.now(), (Finding("pages", DAMAGE, "1 page is damaged.", "Lock."),))

    monkeypatch.setattr(health, "look", damaged)
    told = Told(opened)
    told.care.start()
    assert told.damaged == 1
    assert told.care.vault_words() == "Vault damaged: read only"
    told.care.start()
    assert told.damaged == 1
