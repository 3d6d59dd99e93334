"""Somebody at the keyboard of the whole window: presses keys where the focus is, waits for what the screen shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.conftest import PASSPHRASE

from panoh.app import Program
from panoh.base.clock import Clock
from panoh.base.settings import DeviceSettings
from panoh.ui.errors import BugDialog
from panoh.ui.widgets.labels import SpanLabel
from panoh.ui.widgets.table import PagedTable

WAIT = 10_000  # milliseconds, at most, for anything that shows on the screen
_MOST_TABS = 80
_NAMED = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return, " ": Qt.Key.Key_Space}


class Caseworker:
    """Opens Panoh on this computer and works with it by keyboard alone."""

    def __init__(self, app: QApplication, qtbot: QtBot, vault: Path, clock: Clock) -> None:
        self._qtbot = qtbot
        self.program = Program(app, DeviceSettings(theme="light", last_vault=str(vault)), clock)
        self.program.show_unlock()
        self.window = self.program.window
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def unlock(self) -> None:
        """Type user and passphrase on the Unlock screen, and wait for Today."""
        self.type("feruza")
        self.tab_to("Passphrase")
        self.type(f"{PASSPHRASE}\n")
        self.sees("Register a family", "Vault healthy")

    def end(self) -> None:
        """Close the program as its own end does, if it still runs."""
        if shiboken6.isValid(self.window):
            bugs = [dialog.report for dialog in self.window.findChildren(BugDialog)]
            self.program.end()
            self._destroy()
            assert not bugs

    def die(self) -> None:
        """End as a kill ends it: no form is asked what it holds."""
        workplace, self.program.workplace = self.program.workplace, None
        self.program.runner.shutdown()
        if workplace is not None:
            workplace.close()
        self._destroy()

    # --- keys -------------------------------------------------------------------------------------------------------

    def press(self, keys: str, *, sign: str = "") -> None:
        """Press keys written as 'Ctrl+S'; `sign` is the letter that another layout gives for the last of them."""
        combination = QKeySequence(keys)[0]
        key = Qt.Key(ord(sign.upper())) if sign else combination.key()
        QTest.sendKeyEvent(QTest.KeyAction.Click, self._target(), key, sign, combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type signs of any script; a tab, a line end and a blank are the keys of that name."""
        for sign in text:
            key = _NAMED.get(sign, Qt.Key(ord(sign.upper()[0])))
            QTest.sendKeyEvent(
                QTest.KeyAction.Click,
                self._target(),
                key,
                "" if sign in "\t\n" else sign,
                Qt.KeyboardModifier.NoModifier,
            )

    def tab_to(self, label: str) -> None:
        """Press Tab until the keys are in the field or on the button of this name."""
        for _press in range(_MOST_TABS):
            if self._target().accessibleName().startswith(label):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {label!r}")

    def find(self, number: str) -> None:
        """Open the record of this number through the find box."""
        self.press("Ctrl+K", sign="k")
        self.type(number)
        box = self.window.centralWidget().top.find_box
        self.until(lambda: any(number in (found.title + found.detail) for found in box.results()))
        self.type("\n")

    def settle(self) -> None:
        """Wait until all work that was asked of the store has been done."""
        done: list[object] = []
        self.program.runner.start(lambda _step: None, done.append)
        self.until(lambda: bool(done))

    # --- eyes -------------------------------------------------------------------------------------------------------

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until this holds."""
        self._qtbot.waitUntil(holds, timeout=WAIT)

    def sees(self, *words: str) -> None:
        """Wait until all these words stand on the screen."""

        def shown() -> None:
            screen = self.screen()
            missing = [each for each in words if each not in screen]
            assert not missing, f"{missing} not among\n{screen}"

        self._qtbot.waitUntil(shown, timeout=WAIT)

    def screen(self) -> str:
        """Every word that shows: labels, buttons, fields, names for screen readers."""
        shown = [widget for widget in self.window.findChildren(QWidget) if widget.isVisible()]
        said = [widget.accessibleName() for widget in shown]
        said += [
            widget.text() for widget in shown if isinstance(widget, QLabel | QAbstractButton | QLineEdit | SpanLabel)
        ]
        return "\n".join(said)

    def rows(self, name: str) -> list[str]:
        """The rows of the table of this name, as they are read out; none while it does not show."""
        for table in self.window.findChildren(PagedTable):
            if table.isVisible() and table.accessibleName() == name:
                model = table.model()
                role = Qt.ItemDataRole.AccessibleTextRole
                return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]
        return []

    def offers(self, words: str) -> bool:
        """Whether the box that has the keys has this among its choices."""
        box = self._target()
        return isinstance(box, QComboBox) and box.findText(words) >= 0

    @property
    def focus(self) -> str:
        """The name of what has the keys."""
        return self._target().accessibleName()

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is None and QApplication.activeModalWidget() is None and not self.window.isActiveWindow():
            self.window.activateWindow()  # as a window manager does after a list of suggestions has closed
            self.until(self.window.isActiveWindow)
        target = popup or QApplication.focusWidget()
        assert target is not None, "nothing has the keys"
        return target

    def _destroy(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
