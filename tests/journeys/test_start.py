"""From the first window to the first screen: nothing moves after the first paint, and levels follow while one works."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.conftest import CHEAP, PASSPHRASE
from tests.journeys.caseworker import Caseworker

from panoh.app import Program
from panoh.base import paths, settings
from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.base.settings import DeviceSettings
from panoh.domain.person import Person
from panoh.services import levels, records, vault
from panoh.store import derived
from panoh.ui.shortcuts import shortcuts
from panoh.ui.start import dress


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FixedClock, qapp: QApplication) -> Path:
    """A locked vault on a computer of its own, with five who come of age before the clock's next day."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    born = date(1992, 6, 15)
    with vault.create(tmp_path / "vault", "feruza", PASSPHRASE, clock=clock, kdf=CHEAP).open as opened:
        records.keep(
            opened.desk,
            *(
                Person(id=new_id(), number=str(at), birth_precision="day", birth_earliest=born, birth_latest=born)
                for at in range(5)
            ),
        )
    clock.at += timedelta(days=2)
    if not qapp.property("dressed"):
        dress(qapp, DeviceSettings(theme="light"))
        qapp.setProperty("dressed", True)
    shortcuts().listen()
    return tmp_path / "vault"


def test_the_first_paint_is_whole(qapp: QApplication, qtbot: QtBot, place: Path, clock: FixedClock) -> None:
    program = Program(qapp, DeviceSettings(theme="light", last_vault=str(place)), clock)
    program.show_unlock()
    painted: list[QImage] = []
    program.window.painted.connect(lambda: painted.append(program.window.grab().toImage()))
    program.window.show()
    qtbot.waitUntil(lambda: bool(painted))
    qtbot.wait(200)
    assert painted == [program.window.grab().toImage()]
    program.end()
    program.window.close()
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(program.window, QEvent.Type.DeferredDelete.value)


def test_levels_are_worked_out_while_the_window_shows(
    qapp: QApplication, qtbot: QtBot, place: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(levels, "REFRESH_AT_ONCE", 2)
    at = Caseworker(qapp, qtbot, place, clock)
    at.unlock()
    workplace = at.program.workplace
    assert workplace is not None

    def to_do() -> int:
        with workplace.desk.reading() as reading:
            return len(derived.due_for_refresh(reading, clock.now(), 100))

    qtbot.waitUntil(lambda: to_do() == 0)
    qtbot.waitUntil(lambda: not workplace.frame.status.words("levels"))
    at.program.window.remember(language="en")
    qtbot.waitUntil(lambda: settings.load(paths.settings_file()).language == "en")  # written by a worker
    at.end()
