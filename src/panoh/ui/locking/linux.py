"""Linux: systemd-logind and UPower on the system's bus, the screen saver on the user's own.

D-Bus is a socket on this computer, no network. Nothing is waited for: every question is answered later or never, and
where there is no bus, or nobody on it, nothing is known.

Before it sleeps, logind waits for whoever asked it to ('delay'): for the vault to be locked, a few seconds at most.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from panoh.ui.locking.reasons import LID, SCREEN, SLEEP, SWITCHED, SYSTEM_IDLE
from panoh.ui.locking.system import SystemWatch

_LOGIN, _LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_MANAGER, _SESSION, _USER = f"{_LOGIN}.Manager", f"{_LOGIN}.Session", f"{_LOGIN}.User"
_POWER, _POWER_PATH = "org.freedesktop.UPower", "/org/freedesktop/UPower"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_SAVERS = tuple(f"org.{desk}.ScreenSaver" for desk in ("freedesktop", "gnome", "cinnamon", "mate"))
_OnAnswer = Callable[[Any], object]


def _slot(name: str) -> Any:
    return SLOT(f"{name}(QDBusMessage)")  # a str, which PySide takes; its stubs say bytes, which it does not


class LinuxWatch(SystemWatch):
    """`system` and `session` are the two buses, `session_id` what logind calls this session ('' when it is not told)."""

    def __init__(
        self,
        parent: QObject,
        system: QDBusConnection | None = None,
        session: QDBusConnection | None = None,
        session_id: str | None = None,
    ) -> None:
        super().__init__(parent)
        self._system = system or QDBusConnection.systemBus()
        self._delay = -1  # the file that makes logind wait; -1 when it need not
        self._wanted = False
        self._path = ""  # of the session
        if self._system.isConnected():
            self._hear_system(os.environ.get("XDG_SESSION_ID", "") if session_id is None else session_id)
        self._hear_user(session or QDBusConnection.sessionBus())

    def unlocked(self) -> None:
        """Ask logind to wait with sleep until `locked`."""
        self._wanted = True
        if self._delay < 0 and self._system.isConnected():
            what = ["sleep", "Panoh", "The vault is locked before the computer sleeps", "delay"]
            self._call(_LOGIN, _LOGIN_PATH, _MANAGER, "Inhibit", what, self._take_delay)

    def locked(self) -> None:
        """Sleep need not wait any longer."""
        self._wanted = False
        self._let_go()

    # --- what is heard ----------------------------------------------------------------------------------------------

    @Slot(QDBusMessage)
    def sleeping(self, message: QDBusMessage) -> None:
        """PrepareForSleep: true before, false after."""
        if message.arguments()[:1] == [True]:
            self.told.emit(SLEEP)
        elif self._wanted:
            self.unlocked()

    @Slot(QDBusMessage)
    def session_locks(self, _message: QDBusMessage) -> None:
        """Lock: the desktop is asked to lock this session."""
        self.told.emit(SCREEN)

    @Slot(QDBusMessage)
    def session_changed(self, _message: QDBusMessage) -> None:
        """Something about the session is different: ask whether it still has the screen, and whether it is idle."""
        self._ask(_LOGIN, self._path, _SESSION, "Active", lambda active: self._tell(SWITCHED, active is False))
        self._ask(_LOGIN, self._path, _SESSION, "IdleHint", lambda idle: self._tell(SYSTEM_IDLE, idle is True))

    @Slot(QDBusMessage)
    def power_changed(self, _message: QDBusMessage) -> None:
        """Something about the power is different: ask for the lid."""
        self._ask(_POWER, _POWER_PATH, _POWER, "LidIsClosed", lambda closed: self._tell(LID, closed is True))

    @Slot(QDBusMessage)
    def saver_changed(self, message: QDBusMessage) -> None:
        """ActiveChanged: the screen saver came or went."""
        if message.arguments()[:1] == [True]:
            self.told.emit(SCREEN)

    def _tell(self, why: str, holds: bool) -> None:
        if holds:
            self.told.emit(why)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _hear_system(self, session_id: str) -> None:
        connect = self._system.connect
        connect(_LOGIN, _LOGIN_PATH, _MANAGER, "PrepareForSleep", self, _slot("sleeping"))
        connect(_POWER, _POWER_PATH, _PROPERTIES, "PropertiesChanged", self, _slot("power_changed"))
        self._ask(
            _POWER, _POWER_PATH, _POWER, "LidIsPresent", lambda lid: self.known.update({LID} if lid is True else ())
        )
        self._ask(_LOGIN, _LOGIN_PATH, _MANAGER, "IdleHint", lambda _idle: self.known.add(SLEEP))
        if session_id:
            self._call(_LOGIN, _LOGIN_PATH, _MANAGER, "GetSession", [session_id], self._hear_session)
        else:  # the session on the screen of whoever we are
            pid = [os.getpid()]
            self._call(_LOGIN, _LOGIN_PATH, _MANAGER, "GetSessionByPID", pid, self._hear_session)

    def _hear_session(self, found: Any) -> None:
        if not isinstance(found, QDBusObjectPath):
            return
        self._path = found.path()
        connect = self._system.connect
        connect(_LOGIN, self._path, _SESSION, "Lock", self, _slot("session_locks"))
        connect(_LOGIN, self._path, _PROPERTIES, "PropertiesChanged", self, _slot("session_changed"))
        self.known |= {SCREEN, SWITCHED}

    def _hear_user(self, bus: QDBusConnection) -> None:
        if not bus.isConnected():
            return
        for name in _SAVERS:
            bus.connect("", "", name, "ActiveChanged", self, _slot("saver_changed"))
        names = bus.interface()
        if any(names.isServiceRegistered(name).value() for name in _SAVERS):
            self.known.add(SCREEN)

    def _take_delay(self, given: Any) -> None:
        if not isinstance(given, QDBusUnixFileDescriptor) or not given.isValid():
            return
        if self._wanted and self._delay < 0:
            self._delay = os.dup(given.fileDescriptor())

    def _let_go(self) -> None:
        if self._delay >= 0:
            os.close(self._delay)
            self._delay = -1

    def _ask(self, service: str, path: str, of: str, name: str, answered: _OnAnswer) -> None:
        def told(value: Any) -> None:
            answered(value.variant() if isinstance(value, QDBusVariant) else value)

        self._call(service, path, _PROPERTIES, "Get", [of, name], told)

    def _call(
        self, service: str, path: str, interface: str, member: str, arguments: Sequence[Any], answered: _OnAnswer
    ) -> None:
        message = QDBusMessage.createMethodCall(service, path, interface, member)
        message.setArguments(list(arguments))
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(message), self)

        def done() -> None:
            reply = watcher.reply()
            if reply.type() == QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                answered(reply.arguments()[0])
            watcher.deleteLater()

        watcher.finished.connect(done)
