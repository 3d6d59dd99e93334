"""Windows: what the system's messages to the window tell, and windows that stay out of pictures of the screen."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject

from panoh.ui.locking.reasons import LID, SCREEN, SLEEP, SWITCHED
from panoh.ui.locking.system import SystemWatch

_SESSION_CHANGE, _POWER_BROADCAST = 0x02B1, 0x0218  # WM_WTSSESSION_CHANGE, WM_POWERBROADCAST
_SESSION = {2: SWITCHED, 4: SWITCHED, 7: SCREEN}  # WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOCK
_SUSPEND, _SETTING_CHANGE = 4, 0x8013  # PBT_APMSUSPEND, PBT_POWERSETTINGCHANGE
_LID = (0xBA3E0F4D, 0xB817, 0x4094, (0xA2, 0xD1, 0xD5, 0x63, 0x79, 0xE6, 0xA0, 0xF3))  # GUID_LIDSWITCH_STATE_CHANGE
_SEEN_BY_ALL, _BLACK, _LEFT_OUT = 0, 1, 0x11  # WDA_NONE, WDA_MONITOR, WDA_EXCLUDEFROMCAPTURE


class Guid(ctypes.Structure):
    """A GUID as Windows lays it out."""

    _fields_ = (("a", ctypes.c_uint32), ("b", ctypes.c_uint16), ("c", ctypes.c_uint16), ("d", ctypes.c_uint8 * 8))


class PowerSetting(ctypes.Structure):
    """POWERBROADCAST_SETTING with a value of one number."""

    _fields_ = (("setting", Guid), ("length", ctypes.c_uint32), ("value", ctypes.c_uint32))


def lid_guid() -> Guid:
    """The setting that tells of the lid."""
    a, b, c, d = _LID
    return Guid(a, b, c, (ctypes.c_uint8 * 8)(*d))


def why_of(message: int, word: int, power: PowerSetting | None = None) -> str:
    """Why a message asks for locking; '' when it does not. `power` is what it points to, for a changed setting."""
    if message == _SESSION_CHANGE:
        return _SESSION.get(word, "")
    if message == _POWER_BROADCAST and word == _SUSPEND:
        return SLEEP
    if message == _POWER_BROADCAST and word == _SETTING_CHANGE and power is not None:
        return LID if bytes(power.setting) == bytes(lid_guid()) and power.value == 0 else ""
    return ""


class _Messages(QAbstractNativeEventFilter):
    """Sees every message; PySide wants a class of its own for that."""

    def __init__(self, watch: WindowsWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(self, _kind: Any, message: Any) -> tuple[bool, int]:  # noqa: N802
        """Tell of those that ask for locking, and let all pass."""
        told = wintypes.MSG.from_address(int(message))
        if told.message in (_SESSION_CHANGE, _POWER_BROADCAST):
            points = told.message == _POWER_BROADCAST and told.wParam == _SETTING_CHANGE and told.lParam
            power = PowerSetting.from_address(told.lParam) if points else None
            why = why_of(told.message, told.wParam, power)
            if why:
                self._watch.told.emit(why)
        return False, 0


class WindowsWatch(SystemWatch):
    """Asks Windows to send the messages to this window."""

    def __init__(self, window_id: int, parent: QObject) -> None:
        super().__init__(parent)
        if sys.platform == "win32":
            if ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(window_id), 0):
                self.known |= {SCREEN, SWITCHED}
            register = ctypes.windll.user32.RegisterPowerSettingNotification
            register.restype = ctypes.c_void_p
            if register(wintypes.HWND(window_id), ctypes.byref(lid_guid()), 0):
                self.known.add(LID)
            self.known.add(SLEEP)
        self._messages = _Messages(self)
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._messages)


def leave_out_of_pictures(window_id: int, on: bool) -> bool:
    """Leave a window out of pictures of the screen, or let it be seen again; whether Windows did it.

    Before Windows 10 2004 it can only be black in them.
    """
    if sys.platform == "win32":
        affinity = ctypes.windll.user32.SetWindowDisplayAffinity
        window = wintypes.HWND(window_id)
        if not on:
            return bool(affinity(window, _SEEN_BY_ALL))
        return bool(affinity(window, _LEFT_OUT) or affinity(window, _BLACK))
    return False
