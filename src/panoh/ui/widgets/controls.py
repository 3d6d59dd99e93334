"""Controls and layouts of the record's forms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.theme import look
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.unknown import AnswerEdit

DAY_HINT = "14.6.2010"
_GAP = 16


def offered(words: Vocabularies, code_list: str) -> list[Choice]:
    """The codes of a list that may be chosen, with their words."""
    return [(term.code, words.label(code_list, term.code)) for term in words[code_list].offers()]


def kin_offered(words: Vocabularies) -> list[Choice]:
    """The codes of what one person is to another, each with what people say: 'Parent (father, mother)'."""
    kin, made = words["relation"], []
    for code, word in offered(words, "relation"):
        said = {kin.label(code, sex).lower() for sex in ("F", "M")} - {word.lower()}
        made.append((code, f"{word} ({', '.join(sorted(said))})" if said and " or " not in word else word))
    return [choice for choice in made if choice[0] != "head"]


def day_edit(*, unknowns: bool = False) -> QLineEdit:
    """A line for a day, or with `unknowns` for one of the four unknowns (F8)."""
    line = AnswerEdit() if unknowns else QLineEdit()
    line.setPlaceholderText(DAY_HINT)
    return line


def choice_box(
    choices: Sequence[Choice], *, search: bool = False, unknowns: bool = False, empty: str = ""
) -> ChoiceBox:
    """A box as wide as its form gives; without search its first choice says that nothing is recorded, or what `empty` says."""
    first = [] if search else [("", empty or _("not recorded"))]
    return fitted(ChoiceBox([*first, *choices], search=search, unknowns=unknowns))


def asked_box(choices: Sequence[Choice]) -> ChoiceBox:
    """One in which a choice must be made."""
    return choice_box(choices, empty=_("choose"))


def fitted(box: ChoiceBox) -> ChoiceBox:
    """The box, as wide as its form gives and not as its longest choice."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box


def yes_no_box() -> ChoiceBox:
    """Yes, no, one of the unknowns (F8), or not recorded."""
    return choice_box([("yes", _("Yes")), ("no", _("No"))], unknowns=True)


class LongEdit(QPlainTextEdit):
    """Several lines of plain text; Tab leaves it. At least as high as `lines` lines."""

    def __init__(self, lines: int = 3) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._lines = lines
        look().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self._lines * look().line_height() + 16)


class CodesEdit(AnswerEdit):
    """Several words out of a list, with commas between them: 'Uzbek, Russian'. Completes the word one types."""

    def __init__(self, choices: Sequence[Choice] = (), *, unknowns: bool = False) -> None:
        super().__init__(unknowns=unknowns)
        self._words = QStringListModel(self)
        self._finder = QCompleter(self._words, self)
        self._finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._finder.setWidget(self)
        self._finder.activated.connect(self._take)
        self.textEdited.connect(self._offer)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Complete out of these."""
        self._words.setStringList([words for _code, words in choices])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab finishes a word that can be only one: while the list of words is open, no field hears that it was left."""
        self._finish()
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving by the mouse finishes it too."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._finish()

    def _finish(self) -> None:
        begun = self.text().rpartition(",")[2].strip()
        self._finder.setCompletionPrefix(begun)
        word = self._finder.currentCompletion()
        if begun and self._finder.completionCount() == 1 and word != begun:
            self._take(word)

    def _offer(self, text: str) -> None:
        begun = text.rpartition(",")[2].strip()
        self._finder.setCompletionPrefix(begun)
        if begun and self._finder.completionCount():
            self._finder.complete()
        elif popup := self._finder.popup():
            popup.hide()

    def _take(self, word: str) -> None:
        before = self.text().rpartition(",")[0].strip()
        self.setText(f"{before}, {word}" if before else word)
        self.answered.emit()


class Beside(QWidget):
    """Widgets side by side, as many as the width allows, each at least `least` wide at 100 % text.

    Parts that are hidden leave no gap.
    """

    def __init__(self, *parts: QWidget, least: int = 190) -> None:
        super().__init__()
        self._parts, self._least = parts, least
        self._placed: tuple[int, list[QWidget]] = (0, [])
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(_GAP)
        for part in parts:
            part.installEventFilter(self)
        look().changed.connect(self._arrange)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A part was shown or hidden: close the gap."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._arrange()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest part alone: what does not fit beside goes below."""
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer columns, as there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = (self.width() + _GAP) // (look().grown(self._least) + _GAP)
        shown = [part for part in self._parts if not _put_away(part)]
        columns = max(1, min(len(shown), room))
        if (columns, shown) == self._placed:
            return
        for column in range(self._placed[0]):
            self._grid.setColumnStretch(column, 0)
        self._placed = columns, shown
        for at, part in enumerate(shown):
            self._grid.addWidget(part, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self.updateGeometry()


def _put_away(part: QWidget) -> bool:
    """Whether someone hid it, as against not being on the screen yet."""
    return part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
