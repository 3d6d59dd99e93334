"""What the system says: the screen is locked, the lid is closed, the computer goes to sleep, another user comes.

    watch = watch_system(window, parent)
    watch.told.connect(lock)

A system that tells nothing is quiet here; `known` says what this one is able to tell, for the settings.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from panoh.ui.locking.reasons import LID, SCREEN, SLEEP, SWITCHED

TOLD = (SCREEN, LID, SLEEP, SWITCHED)  # what a system may be able to tell, in the order of the settings


class SystemWatch(QObject):
    """Listens as long as it lives; this one hears nothing."""

    told = Signal(str)  # why the vault is to be locked

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.known: set[str] = set()  # those of TOLD that this system tells

    def locked(self) -> None:
        """The vault is locked: what waited for that, such as sleep, need not wait any longer."""

    def unlocked(self) -> None:
        """A vault is open: from now on sleep is to wait until it is locked."""


def watch_system(window: QWidget, parent: QObject) -> SystemWatch:
    """The watch for this system; on Windows it needs the window, to which the system sends its messages."""
    if sys.platform == "win32":
        from panoh.ui.locking.windows import WindowsWatch

        return WindowsWatch(int(window.winId()), parent)
    if sys.platform == "darwin":
        from panoh.ui.locking.mac import MacWatch

        return MacWatch(parent)
    from panoh.ui.locking.linux import LinuxWatch

    return LinuxWatch(parent)
