"""Hands that type a word of its own into every field that shows, save what can be saved, and press every button once."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTextEdit,
    QWidget,
)
from tests.journeys.caseworker import Caseworker

from panoh.ui.tasks import FILES
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.table import PagedTable

STEM = "Канарейка"
# What a field that takes no name is given instead, one after another, until it can be saved.
INSTEAD = ("12.3.2009", "40", "16:00", f"{datetime.now(UTC) + timedelta(days=20):%d.%m.%Y}", "")
# Buttons that put no words anywhere and lead away, end something, or wait for a printer.
LEAVE = (
    "Lock", "Print", "Change the vault's key", "Remove access", "Previous", "Next", "Page", "Back", "Remove", "Undo",
    "Throw away", "Stop using it", "Help", "Close", "Show everyone", "Clear the search", "Register a", "Open the",
    "Do not erase", "Names ", "Set aside", "Put ",
)  # fmt: skip
Field = QLineEdit | QPlainTextEdit | QTextEdit


class MarkingHands(Caseworker):
    """Types markers. `typed` says of each where it stands, `titles` what windows were called, `pressed` which buttons."""

    def begin(self) -> None:
        """Nothing was typed yet."""
        self._count = itertools.count()
        self.typed: dict[str, str] = {}
        self.titles: set[str] = set()
        self.pressed: set[tuple[str, str]] = set()
        self._done: set[tuple[str, str]] = set()

    def mark(self, where: str) -> str:
        """Another marker, typed where the keys are; counted once it stands there."""
        word = f"{STEM}{next(self._count):04d}zz"
        self.type(word)
        self.typed[word] = where
        return word

    # --- one place --------------------------------------------------------------------------------------------------

    def work(self, where: str, go: Callable[[], object], skip: tuple[str, ...] = ()) -> None:
        """Go there, fill and save what shows, then press each of its buttons, and do the same with what that opens."""
        go()
        self.rest()
        self.fill(self._screen(), where)
        self.save(self._screen())
        for name in self._buttons(self._screen(), skip):
            if (where, name) in self.pressed:
                continue
            self.pressed.add((where, name))
            go()
            self.rest()
            self.choose_first_rows()
            self._press(self._screen(), name, where)

    def fill(self, root: QWidget, where: str) -> None:
        """Type a marker into every field of a page that shows and takes words."""
        for field, name in list(_fields(root)):
            if (where, name) in self._done or not field.isVisible() or not field.isEnabled():
                continue
            self._done.add((where, name))
            field.setFocus(Qt.FocusReason.TabFocusReason)
            if not field.hasFocus():
                continue
            self.press("Ctrl+A")
            word = self.mark(f"{where}: {name}")
            if word not in _text(field):
                del self.typed[word]
            self.watch_titles()
            self.press("Escape") if QApplication.activePopupWidget() else None

    def save(self, root: QWidget) -> None:
        """Press the button that keeps it; what is refused is mended field by field."""
        main = next(iter(_mains(root)), None)
        if main is None:
            return
        for instead in (None, *INSTEAD):
            if not shiboken6.isValid(root) or not shiboken6.isValid(main):
                return
            if instead is not None:
                wrong = [row for row in root.findChildren(FieldRow) if row.isVisible() and row.error]
                if not wrong:
                    return
                for row in wrong:
                    self._mend(row, instead)
            if not main.isVisible() or not main.isEnabled():
                return
            main.setFocus(Qt.FocusReason.TabFocusReason)
            main.click()
            self.rest()

    def answer(self) -> None:
        """Choose the first of each box that nobody answered yet."""
        for box in _shown(self._screen(), ChoiceBox):
            if box.isEnabled() and not box.isEditable() and not box.value():
                QTest.keyClick(box, Qt.Key.Key_Down)

    def choose_first_rows(self) -> None:
        """Choose the first row of each table that shows."""
        for table in self._screen().findChildren(PagedTable):
            if table.isVisible() and table.model().rowCount():
                table.selectRow(0)
        self.rest()

    def rest(self) -> None:
        """Let all that was asked for be done."""
        for _again in range(2):
            self.settle()
            done: list[object] = []
            self.program.runner.start(lambda _step: None, done.append, lane=FILES)
            self.until(lambda done=done: bool(done))  # type: ignore[misc]
        if QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None:
            self.window.activateWindow()  # as a window manager does
            self.until(self.window.isActiveWindow)
        self.watch_titles()

    def watch_titles(self) -> None:
        """Keep what the windows are called now."""
        for window in QApplication.topLevelWidgets():
            self.titles |= {window.windowTitle(), window.windowFilePath(), window.windowIconText(), window.windowRole()}
            handle = window.windowHandle()
            if handle is not None:
                self.titles |= {handle.title(), handle.filePath()}

    # --- what a button opens ----------------------------------------------------------------------------------------

    def _press(self, root: QWidget, name: str, where: str) -> None:
        button = next((one for one in _shown(root, QAbstractButton) if one.accessibleName() == name), None)
        if button is None or not button.isEnabled():
            return
        button.click()
        self.rest()
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            self._menu(popup, button, where)
        self._dialogs(f"{where} / {name}")
        if isinstance(popup, QMenu):
            return
        if root is not self._screen():
            root, where = self._screen(), f"{where} / {name}"
        self.fill(root, where)
        self.save(root)
        self._dialogs(where)

    def _menu(self, menu: QMenu, button: QAbstractButton, where: str) -> None:
        names = [each.text() for each in menu.actions()]
        self.press("Escape")
        for name in names:
            if name.startswith(LEAVE) or not name or not button.isVisible():
                continue
            button.click()
            self.rest()
            again = QApplication.activePopupWidget()
            assert isinstance(again, QMenu)
            action = next((each for each in again.actions() if each.text() == name and each.isEnabled()), None)
            again.close()
            if action is not None:
                action.trigger()
                self.rest()
                self._dialogs(f"{where} / {name}")

    def _dialogs(self, where: str) -> None:
        """Fill and do what stands over the screen, then leave it."""
        for _again in range(12):  # one that works is cancelled first, one may open another
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog):
                return
            dialog.activateWindow()  # as a window manager does
            inside = f"{where} / {dialog.accessibleName()}"
            self.fill(dialog, inside)
            for box in _shown(dialog, QCheckBox):
                if not box.isChecked():
                    box.click()
            self.save(dialog)
            for name in self._buttons(dialog, ()) if _stands(dialog) else ():
                if (inside, name) in self.pressed or not _stands(dialog):
                    continue
                self.pressed.add((inside, name))
                button = next((one for one in _shown(dialog, KeyButton) if one.accessibleName() == name), None)
                if button is not None and button.isEnabled():
                    button.click()
                    self.rest()
                if _stands(dialog):
                    self.fill(dialog, inside)
            if _stands(dialog):
                dialog.reject()
                self.rest()
        raise AssertionError(f"{where} does not close")

    def _mend(self, row: FieldRow, instead: str) -> None:
        for popup in QApplication.topLevelWidgets():  # lists of suggestions, which keep the keys off screen
            if popup.isVisible() and popup.windowType() == Qt.WindowType.Popup:
                popup.close()
        row.window().activateWindow()
        target = row.control
        line = target.lineEdit() if isinstance(target, QComboBox) else None
        if isinstance(target, QComboBox):
            target.setFocus()
            if line is not None:
                line.clear()
            QTest.keyClick(target, Qt.Key.Key_Down)
            return
        buttons = [one for one in target.findChildren(QRadioButton) if one.isVisible()]
        if buttons:
            buttons[0].click()
            return
        row.take_focus()
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            self.press("Ctrl+A")
            self.press("Delete")
            self.type(instead)

    def _buttons(self, root: QWidget, skip: tuple[str, ...]) -> list[str]:
        shown = [one.accessibleName() for one in _shown(root, QPushButton) if one.isEnabled()]
        return [name for name in dict.fromkeys(shown) if name and not name.startswith((*LEAVE, *skip))]

    def _screen(self) -> QWidget:
        workplace = self.program.workplace
        assert workplace is not None
        assert workplace.frame.current is not None
        return workplace.frame.current.widget


def _stands(dialog: QDialog) -> bool:
    return shiboken6.isValid(dialog) and QApplication.activeModalWidget() is dialog


def _shown(root: QWidget, kind: type) -> list:  # type: ignore[type-arg]
    return [one for one in root.findChildren(kind) if one.isVisible()]


def _mains(root: QWidget) -> Iterator[KeyButton]:
    for button in _shown(root, KeyButton):
        if button.property("kind") == "main" and button.isEnabled() and not button.accessibleName().startswith(LEAVE):
            yield button


def _fields(root: QWidget) -> Iterator[tuple[Field, str]]:
    """Fields that show and take words, with a name that tells them apart on their page."""
    met: dict[str, int] = {}
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
        for field in root.findChildren(kind):
            if not field.isVisible() or not field.isEnabled() or field.isReadOnly():
                continue
            name = field.accessibleName() or type(field).__name__
            met[name] = met.get(name, 0) + 1
            yield field, f"{name} {met[name]}"


def _text(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
