"""Widgets that know each other in circles are deleted on the window's own thread, whatever other threads make meanwhile."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from panoh.base.garbage import no_pauses
from panoh.ui import garbage


class _Dialog(QWidget):
    """Knows itself by way of a function, as dialogs and what they call do."""

    def __init__(self) -> None:
        super().__init__()
        self.act = partial(_Dialog.close, self)


@pytest.fixture
def collected(dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QObject]:
    """Python looks as in the program, quickly; after the test as before."""
    monkeypatch.setattr(garbage, "_EVERY", 10)
    was = gc.isenabled()
    gc.disable()
    timers = QObject()
    garbage.collect_here(timers)
    yield timers
    timers.deleteLater()
    gc.unfreeze()
    if was:
        gc.enable()


def _left_in_a_circle(deleted_on: list[str]) -> None:
    dialog = _Dialog()
    weakref.finalize(dialog, lambda: deleted_on.append(threading.current_thread().name))


def _make_much() -> None:
    def work() -> None:
        for _each in range(20_000):
            circle: list[object] = []
            circle.append(circle)

    worker = threading.Thread(target=work, name="worker")
    worker.start()
    worker.join()


def test_what_other_threads_make_deletes_no_widget_there(collected: QObject, qtbot: QtBot) -> None:
    deleted_on: list[str] = []
    _left_in_a_circle(deleted_on)
    _make_much()
    assert deleted_on == []
    qtbot.waitUntil(lambda: bool(deleted_on))
    assert deleted_on == [threading.main_thread().name]


def test_nothing_is_looked_for_while_a_list_is_brought_in(collected: QObject, qtbot: QtBot) -> None:
    deleted_on: list[str] = []
    with no_pauses(), no_pauses():
        _left_in_a_circle(deleted_on)
        _make_much()
        qtbot.wait(60)
        assert deleted_on == []
    _make_much()
    qtbot.waitUntil(lambda: bool(deleted_on))
