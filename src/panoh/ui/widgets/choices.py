"""Choices of codes that show words: radio buttons for a few, a box for many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QComboBox, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import announce
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.unknown import next_unknown, unknown_word

Choice = tuple[str, str]  # code, words
_WORD = re.compile(r"\w+")
_WORDS_AND_CODE = Qt.ItemDataRole.UserRole + 1


class RadioChoice(QWidget):
    """Radio buttons for a few choices, at least 32 px apart; arrow keys move among them.

    Choices are (code, words) or (code, words, hint). `chosen` tells the code that a person chose. With `unknowns` F8 steps
    through the four unknowns, told beside the buttons.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, ...]], *, columns: int = 1, unknowns: bool = False) -> None:
        super().__init__()
        self._unknowns = unknowns
        self._label = self.unknown = ""  # `unknown` is one of the four, or ''
        self._said = plain_label("", "secondary")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for at, (code, words, *hint) in enumerate(choices):
            grid.addWidget(self._cell(code, words, hint[0] if hint else ""), at // columns, at % columns)
        if unknowns:
            grid.addWidget(self._said, 0, columns)
        grid.setColumnStretch(columns, 1)
        self.setFocusProxy(next(iter(self._buttons.values())))
        self._group.buttonClicked.connect(self._choose)

    def value(self) -> str:
        """The code chosen; '' while none is."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, code: str, unknown: str = "") -> None:
        """Choose this code, or say that it is one of the four unknowns; a code that is not offered chooses none."""
        self.unknown = unknown
        self._said.setText(unknown_word(unknown))
        self._group.setExclusive(False)
        for known, button in self._buttons.items():
            button.setChecked(known == code)
        self._group.setExclusive(True)
        self.setFocusProxy(self._buttons.get(code) or next(iter(self._buttons.values())))  # Space keeps what is chosen
        self.set_label(self._label)

    def set_label(self, label: str) -> None:
        """Name the buttons after their question: 'May we look for him? Yes', and with an unknown 'Sex, refused: Male'."""
        self._label = label
        words = unknown_word(self.unknown)
        told = _("{label}, {state}").format(label=label, state=words) if words else label
        for button in self._buttons.values():
            button.setAccessibleName(f"{told}: {button.text()}" if told else button.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 steps through the unknowns."""
        if not self._unknowns or event.key() != Qt.Key.Key_F8:
            super().keyPressEvent(event)
            return
        self.set_value("", next_unknown(self.unknown))
        announce(self, f"{self._label}, {unknown_word(self.unknown) or _('no answer')}")
        self.chosen.emit("")

    def _choose(self) -> None:
        self.set_value(self.value())
        self.chosen.emit(self.value())

    def _cell(self, code: str, words: str, hint: str) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(4, 4, 4, 4)  # room for the ring round a button, which its own cell would cut
        column.setSpacing(0)
        button = QRadioButton(words)
        button.setAccessibleName(words)
        button.setAccessibleDescription(hint)
        self._buttons[code] = button
        self._group.addButton(button)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if hint:
            said = plain_label(hint, "small secondary", wrap=True)
            said.setContentsMargins(24, 0, 0, 0)
            column.addWidget(said)
        return cell


class ChoiceBox(QComboBox):
    """A box of codes and words; with `search` one may type a part of the words or the code.

    With `unknowns` F8 steps through the four unknowns, shown as a value. `answered` tells that a person changed it.
    """

    answered = Signal()

    def __init__(self, choices: Sequence[Choice] = (), *, search: bool = False, unknowns: bool = False) -> None:
        super().__init__()
        self._unknowns = unknowns
        self._unknown = ""
        self.label = ""
        self._typed, self._typing = "", QElapsedTimer()  # without search: what was typed in one go, and since when
        if search:
            self._make_searchable()
        self.set_choices(choices)
        self.activated.connect(self._picked)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these, keeping the code chosen where it is still there."""
        kept, unknown = self.value(), self._unknown
        self.clear()
        for code, words in choices:
            self.addItem(words, code)
            self.setItemData(self.count() - 1, f"{words} {code}", _WORDS_AND_CODE)
        self.set_value(kept, unknown)

    def value(self) -> str:
        """The code chosen; '' while none is, or when what was typed is none of the choices."""
        at = self.currentIndex()
        typed = self.lineEdit()
        if typed and typed.text() != self.itemText(at):
            at = self.findText(typed.text(), Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(at)) if at >= 0 else ""

    def set_value(self, code: str, unknown: str = "") -> None:
        """Choose a code, or show one of the unknowns, or with '' nothing."""
        self._unknown = unknown
        self.setPlaceholderText(unknown_word(unknown))  # first: an empty one makes Qt choose the first item
        self.setCurrentIndex(-1 if unknown else self.findData(code))
        typed = self.lineEdit()
        if typed and self.currentIndex() < 0:
            typed.setText("")
            typed.setPlaceholderText(unknown_word(unknown))
        self.set_label(self.label)

    @property
    def unknown(self) -> str:
        """One of the four unknowns, or ''."""
        return self._unknown

    def set_label(self, label: str) -> None:
        """Name the box for screen readers: 'Language' or 'Language, not asked'."""
        self.label = label
        words = unknown_word(self._unknown)
        self.setAccessibleName(_("{label}, {state}").format(label=label, state=words) if words else label)
        typed = self.lineEdit()
        if typed:
            typed.setAccessibleName(self.accessibleName())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 steps through the unknowns."""
        if self._unknowns and event.key() == Qt.Key.Key_F8:
            self.set_value("", next_unknown(self._unknown))
            announce(self, self.accessibleName())
            self.answered.emit()
        elif self.isEditable() or not self._seek(event.text()):
            super().keyPressEvent(event)

    def _seek(self, typed: str) -> bool:
        """Go to the first choice with a word that begins with what is typed in one go. With none nothing changes: Qt
        would begin anew with the last letter and take something that nobody meant."""
        if not typed.isprintable() or not typed.strip():
            return False
        beyond = self._typing.elapsed() > QApplication.keyboardInputInterval() if self._typing.isValid() else True
        self._typed = typed.casefold() if beyond else self._typed + typed.casefold()
        self._typing.start()
        words = [self.itemText(at).casefold() for at in range(self.count())]
        begins = [at for at, one in enumerate(words) if one.startswith(self._typed)]
        within = [at for at, one in enumerate(words) if any(w.startswith(self._typed) for w in _WORD.findall(one))]
        found = next(iter(begins + within), -1)
        if found >= 0 and found != self.currentIndex():
            self.setCurrentIndex(found)
            self.activated.emit(found)
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page never changes a choice."""
        event.ignore()

    def _picked(self, _at: int) -> None:
        self.set_value(self.value())
        self.answered.emit()

    def _make_searchable(self) -> None:
        from PySide6.QtWidgets import QCompleter  # not needed for the first window

        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        finder = QCompleter(self.model(), self)
        finder.setCompletionRole(_WORDS_AND_CODE)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finder.activated.connect(lambda _text: self._picked(self.currentIndex()))
        self.setCompleter(finder)
