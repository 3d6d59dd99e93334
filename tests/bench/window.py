"""Work on the window's runner, while a timer looks how long the window could not answer."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from panoh.base.progress import Progress

MOST_MS = 50  # the window never stalls for longer


class Window:
    """An application without a visible window; `run` measures work, the gaps between two ticks are kept."""

    def __init__(self) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from panoh.ui.tasks import Runner

        self.gaps: list[float] = []
        self.steps = 0
        self._app = QApplication.instance() or QApplication([])
        self._runner = Runner(self._app, lambda error: sys.excepthook(type(error), error, None))
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)

    def run(self, work: Callable[[Progress], object]) -> float:
        """Do the work as the window does it; milliseconds."""
        start = self._last = time.perf_counter()
        self._timer.start()
        self._runner.start(work, lambda _result: self._app.quit(), on_progress=self._step)
        self._app.exec()
        self._timer.stop()
        return (time.perf_counter() - start) * 1000

    def told(self) -> dict[str, object]:
        """The longest gap and how many were too long."""
        return {
            "longest_gap_ms": round(max(self.gaps)),
            "gaps_over_50_ms": sum(gap > MOST_MS for gap in self.gaps),
            "steps": self.steps,
        }

    def end(self) -> None:
        """Stop the runner."""
        self._runner.shutdown()

    def _tick(self) -> None:
        self.gaps.append((time.perf_counter() - self._last) * 1000)
        self._last = time.perf_counter()

    def _step(self, _done: int, _total: int, _what: str) -> None:
        self.steps += 1
