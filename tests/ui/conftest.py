"""Tests of the window run off screen, in Panoh's look, and leave text size and theme as they found them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from panoh.base.settings import DeviceSettings
from panoh.ui.shortcuts import shortcuts
from panoh.ui.start import dress
from panoh.ui.theme import look


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with Panoh's look and keys."""
    if not qapp.property("dressed"):
        dress(qapp, DeviceSettings(theme="light"))
        qapp.setProperty("dressed", True)
    shortcuts().listen()
    return qapp


@pytest.fixture(autouse=True, scope="module")
def no_windows_of_before(dressed: QApplication) -> None:
    """What the tests of another module left would be dressed anew with each change of the look, and takes gigabytes."""
    for window in QApplication.topLevelWidgets():
        belongs = not shiboken6.isValid(window) or window.parent() or window.windowType() == Qt.WindowType.Popup
        if not belongs:  # the others go with what they belong to
            window.deleteLater()
            QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    dressed.processEvents()  # another window may become the active one by it: now, and not in the first test


@pytest.fixture(autouse=True)
def usual_look(dressed: QApplication) -> Iterator[None]:
    """Light theme and usual text before and after each test."""
    yield
    for window in QApplication.topLevelWidgets():  # a dialog left open would take the keys of the next test
        window.close()
    look().set_text_size(100)
    look().choose_theme("light")


@pytest.fixture
def press() -> Callable[..., None]:
    """Press keys where the focus is, with any letter: `press("л", Qt.KeyboardModifier.ControlModifier)`."""

    def do(
        key: str | Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        on: QWidget | None = None,
        scan: int = 0,
    ) -> None:
        target = on or QApplication.focusWidget()
        assert target is not None
        code = key.value if isinstance(key, Qt.Key) else ord(key.upper())
        text = key if isinstance(key, str) and not modifiers else ""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, code, modifiers, scan, 0, 0, text))

    return do
