"""A process that is Panoh with somebody who types a marker into every field that the window has, then locks.

`python -m tests.journeys.marking_process VAULT CHOSEN ROUNDS` tells one line of JSON at its end: what was typed and where, what the
windows were called, what the clipboard held, which files were opened to write. CHOSEN is the folder that file dialogs give.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, cast

from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot
from tests import watching
from tests.conftest import PASSPHRASE
from tests.journeys.marking_hands import MarkingHands

from panoh.base import logs, paths
from panoh.base.clock import Clock
from panoh.base.settings import DeviceSettings
from panoh.services import people
from panoh.ui.shortcuts import shortcuts
from panoh.ui.start import dress
from panoh.ui.widgets.tabs import Tabs

USER = "dilbar"
MOST_ROUNDS = 2  # the second one meets what the first one made
AREAS = ("Today", "Triage", "People", "Families", "Tracing", "Sites", "Reports", "Settings")


def main() -> None:
    """Unlock, type everywhere, lock."""
    place, chosen, rounds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    written = watching.begin()
    app = QApplication([sys.argv[0]])
    dress(app, DeviceSettings(theme="light"))
    shortcuts().listen()
    qt_api.set_qt_api("pyside6")
    logs.start(paths.logs_folder())
    _answer_file_dialogs(chosen)
    at = MarkingHands(app, QtBot(cast("Any", None)), place, Clock())
    at.begin()
    at.program.load_the_rest()
    at.type(USER)
    at.tab_to("Passphrase")
    at.type(f"{PASSPHRASE}\n")
    at.sees("Register a family", "Vault healthy")
    _register(at)
    for round_, number in enumerate(_numbers(at)[:rounds], start=1):
        _record(at, number, round_)
        _areas(at, round_)
    clipboard = _lock(at)
    print(
        json.dumps({
            "typed": at.typed, "titles": sorted(at.titles), "clipboard": clipboard,
            "pressed": sorted(" / ".join(each) for each in at.pressed), "written": sorted(set(written)),
        }),
        flush=True,
    )  # fmt: skip
    at.end()


def _answer_file_dialogs(chosen: Path) -> None:
    """The dialogs of the system are not Panoh's: each gives a file or folder of the chosen one."""
    names = iter(range(1000))

    def save(_parent: object, _title: str, offered: str, *_rest: object) -> tuple[str, str]:
        return str(chosen / f"{next(names)}-{Path(offered).name}"), ""

    def read(_parent: object, _title: str, _folder: str, kinds: str = "", *_rest: object) -> tuple[str, str]:
        return str(chosen / ("list.csv" if "csv" in kinds else "photo.png")), ""

    def folder(*_told: object) -> str:
        (new := chosen / f"folder-{next(names)}").mkdir()
        return str(new)

    QFileDialog.getSaveFileName = save  # type: ignore[assignment,method-assign]
    QFileDialog.getOpenFileName = read  # type: ignore[assignment,method-assign]
    QFileDialog.getExistingDirectory = folder  # type: ignore[assignment,method-assign]


def _register(at: MarkingHands) -> None:
    """A family that is saved, one that stays a draft with a marker in each cell, and one person."""
    at.press("Ctrl+Shift+N")
    at.sees("Members of the family")
    at.rest()
    at.fill(at.window, "family")
    at.press("Alt+M")
    for _row in range(2):
        at.mark("grid, name")
        at.type("\tж34\n")
    at.press("Ctrl+Return")
    at.rest()
    for _again in range(3):
        at.save(at.window)
    at.press("Ctrl+Shift+N")
    at.rest()
    at.fill(at.window, "another family")
    at.press("Alt+M")
    for column in range(8):
        at.mark(f"grid, column {column}")
        at.type("\t")
    at.rest()
    at.press("Ctrl+1")
    at.rest()
    at.program.workplace.register_person()
    at.rest()
    at.fill(at.window, "one person")
    at.save(at.window)


def _numbers(at: MarkingHands) -> list[str]:
    desk = at.program.workplace.desk
    return [line.number for line in people.page(desk, 0, MOST_ROUNDS)]


def _record(at: MarkingHands, number: str, round_: int) -> None:
    work = at.program.workplace
    person_id = next(line.id for line in people.page(work.desk, 0, 10) if line.number == number)

    def go(tab: int) -> None:
        if work.frame.current_key != "person":
            work.open_person(person_id)
            at.rest()
        tabs = next(one for one in work.frame.current.widget.findChildren(Tabs))
        tabs.setCurrentIndex(tab)

    work.open_person(person_id)
    at.rest()
    tabs = next(one for one in work.frame.current.widget.findChildren(Tabs))
    for tab in [*range(tabs.count()), *(range(6, 8) if round_ == 1 else ())]:  # files and sealed words are there now
        if tabs.tabText(tab) == "Consent":
            go(tab)
            at.answer()
        at.work(f"{round_}. record, {tabs.tabText(tab)}", lambda tab=tab: go(tab), ("This record",) if tab else ())


def _areas(at: MarkingHands, round_: int) -> None:
    frame = at.program.workplace.frame
    for place, area in enumerate(AREAS, start=1):
        at.press(f"Ctrl+{place}", sign=str(place))
        at.rest()
        tabs = next((one for one in frame.current.widget.findChildren(Tabs) if one.isVisible()), None)
        for tab in range(tabs.count() if tabs else 1):

            def go(place: int = place, tabs: Tabs | None = tabs, tab: int = tab) -> None:
                at.press(f"Ctrl+{place}", sign=str(place))
                if tabs is not None:
                    tabs.setCurrentIndex(tab)

            at.work(f"{round_}. {area}, {tabs.tabText(tab) if tabs else 'whole'}", go)


def _lock(at: MarkingHands) -> list[str]:
    """Copy a marker, lock, and tell what the clipboard still offers."""
    at.press("Ctrl+1", sign="1")
    at.press("Ctrl+K", sign="k")
    at.mark("find box, copied")
    at.press("Ctrl+A", sign="a")
    at.press("Ctrl+C", sign="c")
    at.press("Escape")
    at.press("Ctrl+L", sign="l")
    at.sees("Unlock the vault")
    at.settle()
    at.watch_titles()
    board = QApplication.clipboard()
    return [board.text(mode) for mode in QClipboard.Mode]


if __name__ == "__main__":
    main()
