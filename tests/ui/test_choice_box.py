"""Typing in a box of choices: it goes to the word that was meant, or nowhere."""

from __future__ import annotations

from PySide6.QtTest import QTest
from tracing_helpers import window_of

from panoh.ui.widgets.choices import ChoiceBox

KIN = [("", "not recorded"), ("parent", "Parent (father, mother)"), ("other", "Other relative"), ("spouse", "Spouse")]


def test_what_is_typed_goes_to_a_word_that_begins_so_or_nowhere() -> None:
    box = ChoiceBox(KIN)
    answered: list[str] = []
    box.answered.connect(lambda: answered.append(box.value()))
    with window_of(box):
        QTest.keyClicks(box, "moth")
        assert box.value() == "parent"
        QTest.keyClicks(box, "x")  # "mothx": nothing begins so, and what stands there stays
        assert box.value() == "parent"
    assert answered == ["parent"]


def test_letters_that_no_word_begins_with_choose_nothing() -> None:
    box = ChoiceBox(KIN)
    with window_of(box):
        QTest.keyClicks(box, "hus")  # Qt would end at Spouse, by the last letter
        assert box.value() == ""
