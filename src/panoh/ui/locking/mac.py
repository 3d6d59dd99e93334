"""macOS: the notice that the screen was locked, and windows that stay out of pictures of the screen, through ctypes.

The lid and sleep are not told here: the clock that jumped locks when the computer wakes (idle.py), and macOS locks its
own screen before. Fast user switching locks the screen as well.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from panoh.ui.locking.reasons import SCREEN, SWITCHED
from panoh.ui.locking.system import SystemWatch

_LOCKED = b"com.apple.screenIsLocked"
_UTF8, _AT_ONCE = 0x08000100, 4  # kCFStringEncodingUTF8, CFNotificationSuspensionBehaviorDeliverImmediately
_NOBODY, _READ_ONLY = 0, 1  # NSWindowSharingNone, NSWindowSharingReadOnly
_HEARD = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p
)  # CFNotificationCallback
_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_OBJC = "/usr/lib/libobjc.A.dylib"


class MacWatch(SystemWatch):
    """Hears the distributed notice on the main thread, whose loop Qt runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heard = _HEARD(lambda *_told: self.told.emit(SCREEN))  # kept: macOS holds a bare pointer to it
        if sys.platform == "darwin":
            foundation = ctypes.CDLL(_FOUNDATION)
            centre = _function(foundation.CFNotificationCenterGetDistributedCenter, ctypes.c_void_p)()
            made = _function(
                foundation.CFStringCreateWithCString, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32
            )
            observe = _function(
                foundation.CFNotificationCenterAddObserver,
                None,
                *(ctypes.c_void_p, ctypes.c_void_p, _HEARD, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long),
            )
            observe(centre, None, self._heard, made(None, _LOCKED, _UTF8), None, _AT_ONCE)
            self.known |= {SCREEN, SWITCHED}


def _function(found: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    found.restype, found.argtypes = result, arguments
    called: Callable[..., Any] = found
    return called


def _send(target: int | None, message: bytes, *arguments: Any) -> int | None:
    """Send an Objective-C message that gives an object or a number."""
    objc = ctypes.CDLL(_OBJC)
    name = _function(objc.sel_registerName, ctypes.c_void_p, ctypes.c_char_p)(message)
    kinds = [ctypes.c_long if isinstance(each, int) else ctypes.c_char_p for each in arguments]
    address = ctypes.cast(objc.objc_msgSend, ctypes.c_void_p).value or 0
    call = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, *kinds)(address)
    answer: int | None = call(target, name, *arguments)
    return answer


def leave_out_of_pictures(view_id: int, on: bool) -> bool:
    """Leave the window of a view out of pictures of the screen, or let it be seen again; whether macOS was told."""
    if sys.platform == "darwin":
        window = _send(view_id, b"window")
        if window:
            _send(window, b"setSharingType:", _NOBODY if on else _READ_ONLY)
            return True
    return False


def mark_clipboard(mark: str) -> None:
    """Add a type without content to what lies on the general pasteboard; managers of its history heed it."""
    if sys.platform == "darwin":
        objc = ctypes.CDLL(_OBJC)
        kind_of = _function(objc.objc_getClass, ctypes.c_void_p, ctypes.c_char_p)
        board = _send(kind_of(b"NSPasteboard"), b"generalPasteboard")
        name = _send(kind_of(b"NSString"), b"stringWithUTF8String:", mark.encode())
        empty = _send(kind_of(b"NSString"), b"string")
        types = _send(kind_of(b"NSArray"), b"arrayWithObject:", name)
        _send(board, b"addTypes:owner:", types, 0)
        _send(board, b"setString:forType:", empty, name)
