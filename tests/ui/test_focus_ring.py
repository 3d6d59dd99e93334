"""The ring round the button that has the keys shows wherever the page scrolled to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFocusFrame, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.panels import scrolled


def test_the_ring_shows_round_a_button_that_the_page_scrolls_to(dressed: QApplication, qtbot: QtBot) -> None:
    inside, page = QWidget(), QWidget()
    column = QVBoxLayout(inside)
    column.setSpacing(80)
    buttons = [KeyButton(f"Button {n}") for n in range(8)]
    for button in buttons:
        column.addWidget(button)
    QVBoxLayout(page).addWidget(scrolled(inside))
    page.resize(500, 200)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    buttons[0].setFocus()
    for button in buttons[1:]:
        QTest.keyClick(dressed.focusWidget(), Qt.Key.Key_Tab)
        dressed.processEvents()
        assert dressed.focusWidget() is button
        (ring,) = page.findChildren(QFocusFrame)
        assert not ring.visibleRegion().isEmpty(), button.text()
