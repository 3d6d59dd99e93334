"""From asking for the lock until the window shows nothing of anyone, with a record and lists of everyone open."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from panoh.base.clock import Clock
from panoh.services import imports, people, vault
from panoh.store.keyfile import Kdf
from tests.bench.measure import Line, quantile, raced
from tests.bench.vaults import PASSPHRASE, USER

PEOPLE = 20_000
MOST_MS = 200
_ROUNDS = 7
_WAIT = 60  # seconds, at most, for anything


def run(count: int, source: Path) -> Line:
    """Until the neutral page is painted over everything, against a bare window that puts one empty page in another's place.

    Told besides: until the call comes back (what is half typed is read by then), and until the store is closed.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from panoh.base.settings import DeviceSettings
    from panoh.ui.start import dress

    app = QApplication.instance() or QApplication([])
    if not app.property("dressed"):
        dress(app, DeviceSettings(theme="light"))
        app.setProperty("dressed", True)
    blank, back, closed = list[float](), list[float](), list[float]()
    with (
        tempfile.TemporaryDirectory(prefix="panoh-bench-") as home,
        patch.dict(os.environ, {"HOME": home, "XDG_DATA_HOME": home, "XDG_STATE_HOME": home}),
    ):
        place = Path(home) / "vault"
        with vault.create(place, USER, PASSPHRASE, clock=Clock(), kdf=Kdf.cheap()).open as opened:
            imports.import_people(opened.desk, source, imports.Options())
            number = people.page(opened.desk, 0, 1)[0].id
        with _panoh(app, place) as program:

            def ours() -> float:
                _work(app, program, place, number)
                start = time.perf_counter()
                since = lambda: (time.perf_counter() - start) * 1000  # noqa: E731
                painted = _when_covered(program.window, since)
                program.lock("asked")
                back.append(since())
                _until(app, lambda: program._locked is not None and not program.runner._running)
                closed.append(since())
                blank.append(painted[0])
                return painted[0]

            mine, peer, noise = raced(ours, lambda: _swap(app), _ROUNDS)
    more = {
        "longest_ms": round(max(blank), 1),
        "back_ms": round(quantile(back, 0.5), 1),
        "closed_ms": round(quantile(closed, 0.5), 1),
        "most_ms": MOST_MS,
        "within": max(blank) <= MOST_MS,
    }
    return Line("lock_to_blank", count, mine, "an empty page in another's place", peer, mine / peer, 30.0, noise, more)


@contextmanager
def _panoh(app: Any, place: Path) -> Iterator[Any]:
    from panoh.app import Program
    from panoh.base.settings import DeviceSettings

    program = Program(app, DeviceSettings(theme="light", last_vault=str(place)), Clock())
    program.show_unlock()
    program.window.show()
    yield program
    program.end()
    program.window.close()
    program.window.deleteLater()


def _work(app: Any, program: Any, place: Path, person_id: str) -> None:
    """Unlock, open the queue, the list of everyone, a half typed family and a record."""
    program.enter(vault.unlock(place, USER, PASSPHRASE, clock=Clock()), place)
    _until(app, lambda: program.workplace is not None and program.workplace.frame.isVisible())
    for screen in ("triage", "people", "registration"):
        program.workplace.frame.show_screen(screen)
        _until(app, lambda: not program.runner._running)
    program.workplace.open_person(person_id)
    _until(app, lambda: not program.runner._running)


def _when_covered(window: Any, since: Callable[[], float]) -> list[float]:
    """Notes when the page that hides everything has been painted."""
    painted: list[float] = []
    cover = type(window).cover

    def covered(*page: Any) -> None:
        cover(window, *page)
        painted.append(since())

    window.cover = covered
    return painted


def _swap(app: Any) -> float:
    """A bare window with an empty page puts another one in its place, and paints it."""
    from PySide6.QtWidgets import QMainWindow, QWidget

    window = QMainWindow()
    window.resize(1366, 768)
    window.setCentralWidget(QWidget())
    window.show()
    _until(app, window.isVisible)
    app.processEvents()
    start = time.perf_counter()
    page = QWidget()
    page.setAutoFillBackground(True)
    window.setCentralWidget(page)
    page.setGeometry(window.rect())
    page.show()
    page.repaint()
    took = (time.perf_counter() - start) * 1000
    window.close()
    window.deleteLater()
    return took


def _until(app: Any, holds: Callable[[], bool]) -> None:
    end = time.perf_counter() + _WAIT
    while not holds():
        if time.perf_counter() > end:
            raise TimeoutError("the window did not come so far")
        app.processEvents()
        app.sendPostedEvents(None, 52)  # QEvent.Type.DeferredDelete: there is no loop that would send it
        time.sleep(0.001)
