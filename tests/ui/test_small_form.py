"""Where a small form begins: in its first field, and one that only asks whether it is to be done on Cancel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from panoh.base.errors import FieldProblem
from panoh.ui.level_dialog import LevelDialog
from panoh.ui.theme import look
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

Opened = Callable[[bool], SmallForm]


@pytest.fixture
def opened(dressed: QApplication, qtbot: QtBot) -> Opened:
    """Opens a form, with a field or without."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 700)
    parent.show()

    def do(field: bool) -> SmallForm:
        form = SmallForm(parent, "Erase for good", "Everything goes.", "Erase for good")
        if field:
            form.form.add("why", FieldRow("Why", QLineEdit()))
        form.form.finish()
        form.open()
        form.activateWindow()
        QTest.qWaitForWindowActive(form)
        dressed.processEvents()
        return form

    return do


def test_a_question_begins_on_the_button_that_does_nothing(opened: Opened) -> None:
    form = opened(False)
    assert form.leave.hasFocus()


def test_a_form_begins_in_its_first_field(opened: Opened) -> None:
    form = opened(True)
    assert form.form.rows["why"].control.hasFocus()


def test_wrapped_words_make_it_neither_scroll_nor_stand_in_half_a_window_of_nothing(opened: Opened) -> None:
    form = opened(True)
    form.form.rows["why"].set_hint(
        "Who reads the record next year learns from these words why nothing else is left. " * 3
    )
    form.hide()
    form.show()
    QApplication.processEvents()
    area = form.findChildren(QScrollArea)[0]
    assert area.verticalScrollBar().maximum() == 0
    assert form.act.mapTo(form, QPoint()).y() - form.form.geometry().bottom() < 40


def test_it_grows_when_something_is_told_in_it(opened: Opened) -> None:
    form = opened(True)
    form.show_problems(
        [
            FieldProblem("why", "Say why."),
            FieldProblem("", "A name cannot be kept here, and none of its words either, since everyone reads it. "),
        ]
    )
    for _turn in range(4):
        QApplication.processEvents()
    assert form.findChildren(QScrollArea)[0].verticalScrollBar().maximum() == 0


def test_the_level_dialog_keeps_its_button_in_the_window_at_large_text(dressed: QApplication, qtbot: QtBot) -> None:
    look().set_text_size(200)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1366, 720)
    parent.show()
    dialog = LevelDialog("KX7-00036-0", "critical", date(2010, 6, 14), parent)
    dialog.open()
    dialog.show_problems([FieldProblem("reason", "Say why: the reason stands in the record.")])
    for _turn in range(4):
        dressed.processEvents()
    assert dialog.height() <= parent.height()
    assert dialog.act.mapTo(dialog, dialog.act.rect().bottomLeft()).y() < dialog.height()
    dialog.close()
    look().set_text_size(100)
