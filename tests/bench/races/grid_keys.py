"""A key in the grid of a family, from the press until it is painted, while look-alikes are searched and a draft is written."""

from __future__ import annotations

import csv
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from panoh.services.desk import Desk
from tests.bench.measure import Line, quantile, raced
from tests.bench.vaults import vault_of

PEOPLE = 100_000
FRAME = 16  # milliseconds
_MEMBERS = 12
_ROUNDS = 3
_PAUSE = 0.4  # seconds after some names, in which the search for look-alikes begins
_TAB, _ENTER = "\t", "\n"


def run(count: int, source: Path) -> Line:
    """p95 of a key in Panoh's grid, against a bare QTableView with Qt's own line edits."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from panoh.base.settings import DeviceSettings
    from panoh.services.registration import FamilyForm
    from panoh.ui.start import dress

    app = QApplication.instance() or QApplication([])
    if not app.property("dressed"):
        dress(app, DeviceSettings(theme="light"))
        app.setProperty("dressed", True)
    with source.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["given_name"]][:_MEMBERS]
    told: list[float] = []
    with vault_of(source) as desk, _panoh(app, desk) as view, _bare() as table:

        def ours() -> float:
            view.show_form(FamilyForm())
            _bring_up(app, view)
            view.grid.go_to(0, 0)
            took = _typed(app, rows)
            told.extend(took)
            names = [row.name for row in view.model.rows() if row.name]
            assert names == [f"{row['family_name']} {row['given_name']}" for row in rows], "the keys went elsewhere"
            return quantile(took, 0.95)

        def theirs() -> float:
            _bring_up(app, table)
            table.setFocus()
            table.setCurrentIndex(table.model().index(0, 0))
            return quantile(_typed(app, rows, table), 0.95)

        mine, peer, noise = raced(ours, theirs, _ROUNDS)
    more = {
        "keys": len(told),
        "p50_ms": round(quantile(told, 0.5), 2),
        "longest_ms": round(max(told), 1),
        "keys_over_16_ms": sum(took > FRAME for took in told),
    }
    return Line("grid_keys", count, mine, "bare QTableView", peer, mine / peer, 8.0, noise, more)


def _typed(app: Any, rows: Sequence[dict[str, str]], table: Any = None) -> list[float]:
    """Type the family; milliseconds that each key took. In a bare table Enter is told where to go."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    named = {_TAB: Qt.Key.Key_Tab, _ENTER: Qt.Key.Key_Return}
    took = []
    for at, row in enumerate(rows):
        for part in _keys(row):
            for sign in part:
                start = time.perf_counter()
                target = app.focusWidget()
                QTest.sendKeyEvent(
                    QTest.KeyAction.Click,
                    target,
                    named.get(sign, Qt.Key(ord(sign.upper()[0]))),
                    "" if sign in named else sign,
                    Qt.KeyboardModifier.NoModifier,
                )
                app.processEvents()
                took.append((time.perf_counter() - start) * 1000)
            if part == _TAB and at % 3 == 0 and table is None:
                _live(app, _PAUSE)
        if table is not None:
            table.setCurrentIndex(table.model().index(at + 1, 0))
    return took


def _keys(row: dict[str, str]) -> tuple[str, ...]:
    """Name, sex, year of birth, relation."""
    name = f"{row['family_name']} {row['given_name']}"
    sex = "f" if row["sex"].upper().startswith("F") else "m"
    return (name, _TAB, sex, row["birth_date"][:4] or "30", _TAB, "oth", _ENTER)


def _bring_up(app: Any, window: Any) -> None:
    window.activateWindow()
    while not window.isActiveWindow():
        app.processEvents()


def _live(app: Any, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.002)


@contextmanager
def _panoh(app: Any, desk: Desk) -> Iterator[Any]:
    """The page 'Register a family' over this vault, with the window's own worker."""
    from panoh.services import duplicates
    from panoh.ui.privacy import Privacy
    from panoh.ui.registration.cells import Cells
    from panoh.ui.registration.grid_model import GridModel
    from panoh.ui.registration.presenter import RegisterFamily, Wishes
    from panoh.ui.registration.services import services_of
    from panoh.ui.registration.view import RegisterFamilyView
    from panoh.ui.tasks import Runner

    words = desk.vocabularies
    view = RegisterFamilyView(words, GridModel(Cells(words, desk.clock.today)))
    runner = Runner(app, lambda error: sys.excepthook(type(error), error, None))
    wishes = Wishes(*[lambda *_told: None] * 3)
    services = services_of(desk, duplicates.probable)
    screen = RegisterFamily(view, services, runner, desk.clock, words, Privacy(), wishes)
    view.resize(1230, 700)
    view.show()
    screen.opened()
    _live(app, 0.5)
    yield view
    view.hide()
    runner.shutdown()
    view.deleteLater()


@contextmanager
def _bare() -> Iterator[Any]:
    from PySide6.QtGui import QStandardItemModel
    from PySide6.QtWidgets import QTableView

    table = QTableView()
    table.setModel(QStandardItemModel(_MEMBERS + 1, 7, table))
    table.resize(1230, 700)
    table.show()
    yield table
    table.hide()
    table.deleteLater()
