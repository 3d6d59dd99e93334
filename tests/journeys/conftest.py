"""A locked vault on a computer of its own, for everyone who works in the whole window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.conftest import CHEAP, PASSPHRASE
from tests.journeys.caseworker import Caseworker

from panoh.base.clock import Clock, FixedClock
from panoh.base.settings import DeviceSettings
from panoh.services import users, vault
from panoh.services.desk import CASEWORKER
from panoh.ui.shortcuts import shortcuts
from panoh.ui.start import dress


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer on which nothing of Panoh lies yet."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "TMPDIR"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    return tmp_path


@pytest.fixture
def vault_at(computer: Path, clock: FixedClock) -> Path:
    """A vault with a head of office and a caseworker, locked."""
    place = computer / "vault"
    with vault.create(place, "dilbar", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP).open as opened:
        users.add(opened, "feruza", PASSPHRASE, CASEWORKER, one_time=False)
    return place


@pytest.fixture
def qapp(qapp: QApplication) -> QApplication:
    """The application, dressed once."""
    if not qapp.property("dressed"):
        dress(qapp, DeviceSettings(theme="light"))
        qapp.setProperty("dressed", True)
    shortcuts().listen()
    return qapp


@pytest.fixture
def panoh_at(qapp: QApplication, qtbot: QtBot, computer: Path) -> Iterator[Callable[[Path, Clock], Caseworker]]:
    """Starts Panoh on a vault; what still runs at the end of the test is ended."""
    running: list[Caseworker] = []

    def start(vault_at: Path, clock: Clock) -> Caseworker:
        running.append(Caseworker(qapp, qtbot, vault_at, clock))
        return running[-1]

    yield start
    for each in running:
        each.end()


@pytest.fixture
def start(panoh_at: Callable[[Path, Clock], Caseworker], vault_at: Path, clock: FixedClock) -> Callable[[], Caseworker]:
    """Starts Panoh on the vault with one user, on the clock that stands still."""
    return lambda: panoh_at(vault_at, clock)
