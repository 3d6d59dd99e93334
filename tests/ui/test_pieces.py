from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from panoh.ui.pieces import in_pieces, qt_kinds


def test_the_window_lives_between_two_pieces(qtbot: QtBot) -> None:
    happened: list[str] = []

    def work() -> Iterator[None]:
        for piece in ("one", "two", "three"):
            QTimer.singleShot(0, lambda: happened.append("event"))
            time.sleep(0.005)
            happened.append(piece)
            yield

    parent = QObject()
    in_pieces(parent, work(), lambda: happened.append("end"))
    qtbot.waitUntil(lambda: happened[-1:] == ["end"])
    assert [each for each in happened if each != "event"] == ["one", "two", "three", "end"]
    assert "event" in happened[happened.index("one") : happened.index("three")]


def test_small_pieces_go_together(qtbot: QtBot) -> None:
    turns: list[int] = []
    parent = QObject()
    beat = QTimer(parent)
    beat.timeout.connect(lambda: turns.append(0))
    beat.start(0)
    ended: list[int] = []
    in_pieces(parent, iter(range(1000)), lambda: ended.append(len(turns)))
    qtbot.waitUntil(lambda: bool(ended))
    assert ended[0] < 100


def test_work_ends_with_its_parent(qtbot: QtBot) -> None:
    done: list[int] = []

    def work() -> Iterator[None]:
        while True:
            done.append(0)
            time.sleep(0.005)
            yield

    parent = QObject()
    in_pieces(parent, work())
    qtbot.waitUntil(lambda: len(done) > 2)
    parent.deleteLater()
    qtbot.wait(20)
    count = len(done)
    qtbot.wait(30)
    assert len(done) == count


def test_every_kind_of_qt_can_be_known() -> None:
    assert len(list(qt_kinds())) > 400
