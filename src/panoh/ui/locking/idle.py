"""Nobody there: no key and no mouse for as long as the settings say, or a computer that slept meanwhile.

What is typed or clicked is told by `touch`. A clock that jumped, or a second that took much longer, means that the
computer slept: that locks even where the system tells nothing, and before anyone can read the screen that comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QObject, QTimer, Signal

from panoh.base.clock import Clock
from panoh.ui.locking.reasons import IDLE, SLEEP

WARNED_FOR = 30  # seconds in which it is told that it will lock
JUMP = 10  # seconds by which two clocks, or two ticks, may differ without sleep
_TICK = 1  # second


class IdleWatch(QObject):
    """Counts from `start` to `stop`. `minutes` is asked at each tick: a changed setting holds at once."""

    left = Signal(int)  # seconds until it locks, in the last half minute; 0 when somebody is there again
    over = Signal(str)  # why it is to be locked: IDLE or SLEEP

    def __init__(self, minutes: Callable[[], int], clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._minutes, self._clock = minutes, clock
        self._wall = self._steady = self._touched = 0.0
        self._warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK * 1000)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Somebody unlocked just now."""
        self._wall, self._steady = self._clock.ticks()
        self._touched, self._warned = self._steady, False
        self._timer.start()

    def stop(self) -> None:
        """There is nothing to lock."""
        self._timer.stop()

    def touch(self) -> None:
        """A key or the mouse."""
        self._touched = self._clock.ticks()[1]
        if self._warned:
            self._warned = False
            self.left.emit(0)

    def tick(self) -> None:
        """Look at both clocks."""
        wall, steady = self._clock.ticks()
        by_wall, by_steady = wall - self._wall, steady - self._steady
        self._wall, self._steady = wall, steady
        if abs(by_wall - by_steady) > JUMP or by_steady > _TICK + JUMP:
            self.over.emit(SLEEP)
            return
        rest = self._minutes() * 60 - (steady - self._touched)
        if rest <= 0:
            self.over.emit(IDLE)
        elif rest <= WARNED_FOR:
            self._warned = True
            self.left.emit(ceil(rest))
