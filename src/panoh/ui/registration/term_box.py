"""A box of codes in which one types: the list under it narrows, Tab takes the first line, in any script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidgetItem, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabulary, fold
from panoh.ui.accessibility import announce
from panoh.ui.registration.editors import SuggestionList

MOST_OFFERED = 8
Choice = tuple[str, str]  # code, words
OWN_SITE = "own_site"  # among the choices of a form: the site that stands in it from the beginning


class TermBox(QComboBox):
    """Shows words, holds a code. `answered` follows each change by a person, also while they type.

    With `terms` what is typed is looked for among the aliases of that list as well.
    """

    answered = Signal()

    def __init__(self, choices: Sequence[Choice] = (), terms: Vocabulary | None = None) -> None:
        super().__init__()
        self._terms = terms
        self._offered: list[Choice] = []
        self._waiting = ""  # a code set before the choices came
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        self.setCompleter(None)  # type: ignore[arg-type]
        self._line.textEdited.connect(self._type)
        self._list: SuggestionList | None = None
        self.activated.connect(self.answered)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these, keeping what stands in the box."""
        code, text = self.value(), self._line.text()
        self.clear()
        for known, words in (("", ""), *choices):
            self.addItem(words, known)
        self._waiting = ""
        self.setCurrentIndex(max(0, self.findData(code)))
        if not code:
            self._line.setText(text)

    def value(self) -> str:
        """The code of the words in the box, also when they are typed and not picked; '' when the list has no such."""
        text = self._line.text()
        at = self.currentIndex()
        if at < 0 or self.itemText(at) != text:
            at = self.findText(text.strip(), Qt.MatchFlag.MatchFixedString)
        return (str(self.itemData(at)) if at >= 0 else "") or ("" if text else self._waiting)

    def set_value(self, code: str) -> None:
        """Show the words of this code, as soon as the list that holds it is there."""
        at = self.findData(code)
        self.setCurrentIndex(max(0, at))
        self._waiting = code if at < 0 else ""

    def set_label(self, label: str) -> None:
        """Name the box and the line in it for screen readers."""
        self.setAccessibleName(label)
        self._line.setAccessibleName(label)

    def words(self) -> str:
        """What stands in the box."""
        return self._line.text().strip()

    def problem(self) -> str:
        """What is wrong with what stands in the box; '' when nothing is."""
        if self.words() and not self.value():
            return _("This is not in the list. Choose from the list, or empty the field.")
        return ""

    def take_first(self) -> None:
        """Complete what was typed by the line chosen under it, else by the first one."""
        row = self._list.currentRow() if self._list else -1
        if self.words() and not self.value():
            offered = self._offered or self._suggest(self.words())
            if offered:
                self._set(offered[max(row, 0)][0])
        elif 0 <= row < len(self._offered):
            self._set(self._offered[row][0])
        self._hide_list()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the box takes what it offers."""
        self.take_first()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose in the list under the line, Enter takes, Escape puts the list away."""
        shown = self._list is not None and self._list.isVisible()
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if shown and by and self._list is not None:
            at = max(0, min(self._list.currentRow() + by, len(self._offered) - 1))
            self._list.setCurrentRow(at)
            announce(self, self._offered[at][1])
        elif shown and event.key() == Qt.Key.Key_Escape:
            self._hide_list()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_first()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page never changes a choice."""
        event.ignore()

    def _type(self, text: str) -> None:
        self._waiting = ""
        self._offered = self._suggest(text)
        if self._list is None:
            self._list = SuggestionList(self._line)
            self._list.itemClicked.connect(self._click)
            self.destroyed.connect(self._list.deleteLater)
        self._list.offer([words for _code, words in self._offered])
        self.answered.emit()

    def _suggest(self, text: str) -> list[Choice]:
        """Choices that begin with the text, then those of which another name does, then those that hold it."""
        typed = fold(text)
        if not typed:
            return []
        known = [(str(self.itemData(at)), self.itemText(at)) for at in range(1, self.count())]
        named = [term.code for term in self._terms.complete(text)] if self._terms else []
        found = [choice for choice in known if fold(choice[1]).startswith(typed)]
        found += [choice for code in named for choice in known if choice[0] == code]
        found += [choice for choice in known if typed in fold(choice[1])]
        return list(dict.fromkeys(found))[:MOST_OFFERED]

    def _click(self, item: QListWidgetItem) -> None:
        if self._list is not None:
            self._list.setCurrentItem(item)
            self.take_first()

    def _set(self, code: str) -> None:
        self.set_value(code)
        self.answered.emit()

    def _hide_list(self) -> None:
        self._offered = []
        if self._list is not None:
            self._list.offer([])


def stand_in_own_site(choices: Mapping[str, Sequence[Choice]], box: QWidget) -> str:
    """Put the site of a vault that holds one site's caseload into the empty box of a form; returns its id, '' for none."""
    own = next((code for code, _words in choices.get(OWN_SITE, ())), "")
    if own and isinstance(box, TermBox) and not box.words():
        box.set_value(own)
    return own
