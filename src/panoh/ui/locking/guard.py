"""Everything that asks for the lock, and the keys, while a vault is open: made once, after Unlock, for the program's life."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QInputEvent, QKeyEvent, QMouseEvent, QTabletEvent, QTouchEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from panoh.base.clock import Clock
from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import announce
from panoh.ui.locking.capture import CaptureGuard
from panoh.ui.locking.clipboard import clipboard
from panoh.ui.locking.idle import WARNED_FOR, IdleWatch
from panoh.ui.locking.quick_hide import ThreeShifts
from panoh.ui.locking.reasons import HIDDEN
from panoh.ui.locking.system import SystemWatch, watch_system
from panoh.ui.shell.statusbar import StatusBar
from panoh.ui.shell.window import MainWindow
from panoh.ui.shortcuts import shortcuts
from panoh.ui.tasks import Runner
from panoh.ui.theme import application

LONG_WORK = 15  # minutes that work which shows its steps is let run without anybody there
_STATE = "locks"
_SPOKEN_AT = (WARNED_FOR, 10)  # seconds before


class Guard(QObject):
    """`start` when a vault is open, `rest` when it is to be locked, `locked` when it is."""

    lock_asked = Signal(str)  # why

    def __init__(self, window: MainWindow, clock: Clock, runner: Runner, system: SystemWatch | None = None) -> None:
        super().__init__(window)
        self._window, self._clock = window, clock
        self._status: StatusBar | None = None
        self._shifts = ThreeShifts()
        self._mouse = QPointF()
        self._runner = runner
        self.idle = IdleWatch(self._minutes, clock, self)
        self.idle.left.connect(self._tell_left)
        self.idle.over.connect(self._ask)
        self.system = system or watch_system(window, self)
        self.system.told.connect(self._ask)
        self.capture = CaptureGuard(application(), self)
        window.remembered.connect(self._take_settings)
        self._clipboard = clipboard()

    def start(self, status: StatusBar, *, by_itself: bool) -> None:
        """Watch; `by_itself` tells whether time and the system may lock, as they may not in a demo: nobody could unlock it."""
        self._status, self._by_itself = status, by_itself
        self._take_settings()
        shortcuts().watch(self._saw, self)
        if by_itself:
            self.idle.start()
            self.system.unlocked()

    def rest(self) -> None:
        """Watch nothing: it is being locked."""
        self._status = None
        self.idle.stop()
        shortcuts().unwatch(self)

    def locked(self) -> None:
        """The store is closed: the computer may sleep."""
        self.system.locked()

    def _ask(self, why: str) -> None:
        if self._status is not None and self._by_itself:
            self.lock_asked.emit(why)

    def _minutes(self) -> int:
        """As the settings say, but a list that is being brought in is not lost because somebody only watches it."""
        chosen = self._window.settings.lock_after
        return max(chosen, LONG_WORK) if self._runner.has_long_work() else chosen

    def _take_settings(self) -> None:
        self.capture.set_on(self._window.settings.capture_guard)

    def _tell_left(self, seconds: int) -> None:
        if self._status is None:
            return
        words = _("Locks in {n} s").format(n=seconds)  # short: whole at 200 % text as well
        self._status.set_state(_STATE, "action.lock", words if seconds else "", first=True)
        if seconds in _SPOKEN_AT:
            announce(self._window, _("{words}. Any key goes on.").format(words=words), urgent=True)

    def _saw(self, _target: QObject, event: QInputEvent) -> bool:
        """Somebody is there. Three Shifts hide everything; copying is done by the clipboard's keeper."""
        if isinstance(event, QKeyEvent):
            return self._saw_key(event)
        if isinstance(event, QMouseEvent):
            at = event.globalPosition()
            if event.type() == QEvent.Type.MouseMove and at == self._mouse:
                return False  # Qt makes one up when something moves below the mouse
            self._mouse = at
            if event.type() != QEvent.Type.MouseMove:
                self._shifts.disturbed()
            self.idle.touch()
        elif isinstance(event, QWheelEvent | QTouchEvent | QTabletEvent):
            self._shifts.disturbed()
            self.idle.touch()
        return False

    def _saw_key(self, event: QKeyEvent) -> bool:
        kind, now = event.type(), self._clock.ticks()[1]
        if kind == QEvent.Type.KeyPress:
            self.idle.touch()
            self._shifts.pressed(event.key(), event.modifiers(), now, repeated=event.isAutoRepeat())
            return self._clipboard.take_keys(event, QApplication.focusWidget())
        if kind == QEvent.Type.KeyRelease and not event.isAutoRepeat() and self._shifts.released(event.key(), now):
            self.lock_asked.emit(HIDDEN)
            return True
        return False
