"""Several words out of a list: leaving the field finishes a word that can be only one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from panoh.ui.widgets.controls import CodesEdit

NEEDS = [("SC-UC", "Unaccompanied child"), ("SC-SC", "Separated child"), ("ER", "Elderly"), ("ER-UN", "Elderly, alone")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("unac", "Unaccompanied child"),
        ("Elderly, sep", "Elderly, Separated child"),
        ("eld", "eld"),  # two words begin so: nobody guesses
        ("nothing such", "nothing such"),
        ("Separated child, ", "Separated child, "),
        ("", ""),
    ],
)
def test_leaving_finishes_the_only_word(qtbot: QtBot, typed: str, kept: str) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    rows = QVBoxLayout(page)
    field, after = CodesEdit(NEEDS), QLineEdit()
    rows.addWidget(field)
    rows.addWidget(after)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    field.setFocus()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert field.text() == kept
