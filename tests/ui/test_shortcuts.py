from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from panoh.ui.shortcuts import latin, shortcuts

Press = Callable[..., None]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Page(QWidget):
    """A page with a line, and a list of what was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.line = QLineEdit()
        self.line.setAccessibleName("line")
        QVBoxLayout(self).addWidget(self.line)

    def add(self, keys: str, scope: QWidget | None = None) -> None:
        shortcuts().add(keys, f"do {keys}", lambda: self.done.append(keys), scope or self)


@pytest.fixture
def page(dressed: QApplication) -> Iterator[Page]:
    made = Page()
    made.show()
    made.activateWindow()
    made.line.setFocus()
    dressed.processEvents()
    yield made
    made.close()
    made.deleteLater()


@pytest.mark.parametrize(
    ("keys", "letter", "modifiers"),
    [
        ("Ctrl+K", "k", CTRL),
        ("Ctrl+K", "л", CTRL),  # Russian
        ("Ctrl+Shift+N", "т", CTRL | SHIFT),
        ("Ctrl+T", "е", CTRL),
        ("Alt+S", "ы", ALT),
        ("Alt+S", "і", ALT),  # Kazakh and Ukrainian layouts
        ("Ctrl+Shift+P", "з", CTRL | SHIFT),
        ("Ctrl+D", "в", CTRL),
    ],
)
def test_a_shortcut_is_found_on_a_cyrillic_layout(
    page: Page, press: Press, keys: str, letter: str, modifiers: Qt.KeyboardModifier
) -> None:
    page.add(keys)
    press(letter, modifiers)
    assert page.done == [keys]
    assert page.line.text() == ""


def event(letter: str, scan: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), CTRL, scan, 0, 0, "")


def test_the_scan_code_tells_the_key_where_the_system_gives_one() -> None:
    assert latin(event("л", 37 + 8), "xcb") == "k"
    assert latin(event("л", 37), "windows") == "k"
    assert latin(event(".", 53 + 8), "xcb") == "/"  # the key of / on a Russian layout
    assert latin(event("&", 2 + 8), "xcb") == "1"  # French digits need Shift
    assert latin(event("a", 16 + 8), "xcb") == ""  # A on a French keyboard stays A
    assert latin(event("ж"), "offscreen") == ";"
    assert latin(event("δ"), "offscreen") == ""


def test_every_letter_of_the_russian_layout_has_its_key() -> None:
    typed = [latin(event(letter), "offscreen") for letter in "йцукенгшщзфывапролдячсмить"]
    assert "".join(typed) == "qwertyuiopasdfghjklzxcvbnm"


def test_copy_and_paste_work_in_a_field_on_a_cyrillic_layout(page: Page, press: Press) -> None:
    page.line.setText("Ош")
    press("ф", CTRL)  # select all
    press("с", CTRL)  # copy
    assert QGuiApplication.clipboard().text() == "Ош"
    press("м", CTRL)  # paste over the selection
    press("м", CTRL)
    assert page.line.text() == "ОшОш"


def test_letters_alone_are_typed(page: Page, press: Press) -> None:
    page.add("Ctrl+K")
    for letter in "кл":
        press(letter)
    assert page.line.text() == "кл"
    assert page.done == []


def test_the_two_enter_keys_are_one(page: Page, press: Press) -> None:
    page.add("Ctrl+Enter")
    press(Qt.Key.Key_Return, CTRL)
    press(Qt.Key.Key_Enter, CTRL | Qt.KeyboardModifier.KeypadModifier)
    assert page.done == ["Ctrl+Enter"] * 2


def test_plus_is_found_with_and_without_shift(page: Page, press: Press) -> None:
    page.add("Ctrl++")
    press("+", CTRL | SHIFT)
    press("+", CTRL)
    assert page.done == ["Ctrl++"] * 2


def test_a_shortcut_holds_only_while_its_scope_is_seen(page: Page, press: Press) -> None:
    button = QPushButton("b", page)
    button.show()
    page.add("Ctrl+G", button)
    press("g", CTRL)
    button.hide()
    press("g", CTRL)
    button.show()
    button.setEnabled(False)
    press("g", CTRL)
    assert page.done == ["Ctrl+G"]


def test_nothing_behind_a_modal_dialog_answers(page: Page, press: Press, dressed: QApplication) -> None:
    page.add("Ctrl+G")
    dialog = QDialog(page)
    inside = QLineEdit(dialog)
    dialog.open()
    dressed.processEvents()
    press("g", CTRL, on=inside)
    assert page.done == []
    assert all(one.scope is not page for one in shortcuts().holding())
    dialog.close()
    press("g", CTRL, on=page.line)
    assert page.done == ["Ctrl+G"]


def test_where_the_focus_is_goes_first_and_then_what_came_last(page: Page, press: Press) -> None:
    other = QPlainTextEdit(page)
    other.show()
    shortcuts().add("Ctrl+J", "a", lambda: page.done.append("inside"), page.line)
    shortcuts().add("Ctrl+J", "b", lambda: page.done.append("page"), page)
    shortcuts().add("Ctrl+J", "c", lambda: page.done.append("other"), other)
    page.line.setFocus()
    press("j", CTRL)
    assert page.done == ["page"]  # both hold the focus; the page's came last
    other.setFocus()
    press("j", CTRL)
    assert page.done == ["page", "other"]


def test_the_list_names_each_keys_once(page: Page) -> None:
    page.add("Ctrl+J")
    page.add("Ctrl+J")
    shortcuts().add("F8", "unknown", None, page)
    listed = [one.keys for one in shortcuts().holding() if one.scope is page]
    assert listed == ["Ctrl+J", "F8"]


def test_shortcuts_of_a_dropped_page_are_forgotten(press: Press, page: Page, dressed: QApplication) -> None:
    gone = QWidget(page)
    gone.show()
    page.add("Ctrl+B", gone)
    gone.deleteLater()
    dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    press("b", CTRL)
    assert page.done == []


def test_what_always_holds_is_found_behind_a_dialog(page: Page, press: Press, dressed: QApplication) -> None:
    shortcuts().add("Ctrl+L", "lock", lambda: page.done.append("lock"), page, always=True)
    dialog = QDialog(page)
    inside = QLineEdit(dialog)
    dialog.open()
    dressed.processEvents()
    press("д", CTRL, on=inside)
    dialog.close()
    assert page.done == ["lock"]


def test_a_watcher_sees_keys_first_and_may_keep_them(page: Page, press: Press) -> None:
    seen: list[int] = []

    def watch(_target: object, event: QEvent) -> bool:
        seen.append(event.key() if isinstance(event, QKeyEvent) else 0)
        return event.type() == QEvent.Type.KeyPress and seen[-1] == Qt.Key.Key_B

    page.add("Ctrl+B")
    scope = QWidget(page)
    shortcuts().watch(watch, scope)
    press("a")
    press("b", CTRL)
    assert page.line.text() == "a"
    assert page.done == []
    shortcuts().unwatch(scope)
    press("b", CTRL)
    assert page.done == ["Ctrl+B"]
    assert {Qt.Key.Key_A, Qt.Key.Key_B} == set(seen)
