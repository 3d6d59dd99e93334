"""A box in which one finds a registered person by name or number: the people found stand under it, Down goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain.lines import PersonLine
from panoh.services import search
from panoh.services.desk import Desk
from panoh.services.search import Found
from panoh.ui.accessibility import announce
from panoh.ui.icons import icon
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import IconMark
from panoh.ui.widgets.panels import Panel
from panoh.ui.widgets.table import Column, PagedModel, PagedTable
from panoh.ui.words import name_words, who_words

SEARCH_AFTER = 250  # milliseconds without a key
_MOST_SHOWN = 5
_LEAST_TYPED = 2


class _Results(PagedTable):
    """The people found; Enter takes one, Up from the first goes back to the line, Escape closes."""

    left = Signal()
    closed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class _Line(QLineEdit):
    """Down and Enter go on into what was found."""

    down = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class PersonPicker(QWidget):
    """`picked` tells the id of the person taken, `edited` that something was typed and nobody is taken any more.

    With `number_only` a person stands in the line by number alone, without a name. `instead` says what else one can do
    when nobody is found, such as going on with the name as typed.
    """

    picked = Signal(str)
    edited = Signal()

    def __init__(
        self, desk: Desk, runner: TaskRunner, privacy: Privacy, *, number_only: bool = False, instead: str = ""
    ) -> None:
        super().__init__()
        self._desk, self._runner, self._privacy = desk, runner, privacy
        self._number_only = number_only
        self._found: Sequence[Found] = ()
        self._found_for = ""  # the words that found them
        self._line_of: PersonLine | None = None
        self.person_id = ""
        self._enter_when_found = False  # Enter came before the answer, as from a scanner
        self.line = _Line()
        self.line.setPlaceholderText(_("name or number"))
        self._icon = QAction(self)  # our own: of one that the line makes, PySide may lose sight
        self.line.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self._model = self._made_model()
        self.results = _Results(self._model, name=_("People found"), row="row.two_lines")
        self.results.horizontalHeader().hide()
        self._box = Panel()
        self._box.body.addWidget(self.results)
        advice = _("Names are compared in every spelling and script: try one part of the name, or the number.")
        self._advice = " ".join(part for part in (advice, instead) if part)
        self._words = self._made_words()
        self._box.body.addWidget(self._words)
        self._box.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._box)
        self.setFocusProxy(self.line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_AFTER)
        self._connect()
        self._take_look()

    def text(self) -> str:
        """What stands in the line: what was typed, or the person taken."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Show a free name, nobody taken."""
        self._line_of, self.person_id = None, ""
        self.line.setText(text)
        self._close()

    def show_person(self, line: PersonLine) -> None:
        """Show a person as taken."""
        self._line_of, self.person_id = line, line.id
        self._show_taken()
        self._close()

    def set_label(self, label: str) -> None:
        """Name the line after its label."""
        self.line.setAccessibleName(label)

    def search_now(self) -> None:
        """Look for what was typed; called a moment after the last key."""
        self._pause.stop()
        text = self.text()
        if self.person_id or len(text) < _LEAST_TYPED:
            self._close()
            return
        self._runner.start(
            lambda _progress: search.people(self._desk, text, _MOST_SHOWN),
            lambda found: self._show_found(text, found),
            self._failed,
            owner=self,
        )

    # --- inside -----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.line.textEdited.connect(self._typed)
        self.line.down.connect(self._go_down)
        self.line.entered.connect(self._enter)
        self.results.opened.connect(self._take)
        self.results.clicked.connect(lambda _index: self._take(self.results.current()))
        self.results.left.connect(self.line.setFocus)
        self.results.closed.connect(self._leave)
        self._pause.timeout.connect(self.search_now)
        self._privacy.changed.connect(self._show_taken)
        look().changed.connect(self._take_look)

    def _typed(self, _text: str) -> None:
        self._line_of, self.person_id = None, ""
        self._enter_when_found = False
        self._pause.start()
        self.edited.emit()

    def _show_found(self, text: str, found: Sequence[Found]) -> None:
        if text != self.text() or self.person_id:
            return
        self._found, self._found_for = found, text
        self._model.show_rows([one.line for one in found])
        if found:
            rows = self.results.verticalHeader().defaultSectionSize()
            self.results.setFixedHeight(len(found) * rows + 2)
            announce(self.line, ngettext("{n} person found", "{n} people found", len(found)).format(n=len(found)))
            self._show_box(self.results)
        else:
            self._say(_("Nobody found for “{text}”").format(text=text), self._advice)
        if self._enter_when_found:
            self._enter_when_found = False
            self._enter()

    def _say(self, title: str, advice: str = "", *, urgent: bool = False) -> None:
        """Show words in the place of the list, and have them read out."""
        self._title.setText(title)
        self._further.setText(advice)
        self._further.setVisible(bool(advice))
        self._show_box(self._words)
        announce(self.line, ". ".join(part.rstrip(".") for part in (title, advice) if part), urgent=urgent)

    def _show_box(self, shown: QWidget) -> None:
        for part in (self.results, self._words):
            part.setVisible(part is shown)
        self._box.show()

    def _made_words(self) -> QWidget:
        """What stands in the place of the list when nobody is found."""
        self._title = plain_label("", "bold", wrap=True)
        self._further = plain_label("", "secondary", wrap=True)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(IconMark("action.find", "secondary"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._further)
        row.addLayout(words, 1)
        return whole

    def _made_model(self) -> PagedModel:
        today = self._desk.clock.today

        def name(line: PersonLine) -> Cell:
            told = name_words(line, today(), self._privacy)
            if self._number_only:
                return Cell(line.number, below=told)
            return Cell(told, below=", ".join((who_words(line.sex, line.birth, today()), line.number)))

        def spoken(line: PersonLine) -> str:
            parts = (name_words(line, today(), self._privacy), who_words(line.sex, line.birth, today()), line.number)
            return ", ".join(part for part in parts if part)

        columns = (Column("name", _("Name"), 0, name),)
        return PagedModel(columns, self._runner, row_words=spoken, key=lambda line: line.id)

    def _show_taken(self) -> None:
        if self._line_of is not None:
            number = self._line_of.number
            name = name_words(self._line_of, self._desk.clock.today(), self._privacy)
            self.line.setText(number if self._number_only else _("{name}, {number}").format(name=name, number=number))

    def _go_down(self) -> None:
        if self._found:
            self.results.selectRow(0)
            self.results.setFocus()

    def _enter(self) -> None:
        """Enter searches at once; the only one found is taken, among several one goes on choosing."""
        if self._found_for != self.text():
            self._enter_when_found = True
            self.search_now()
        if self.person_id or self._found_for != self.text():
            return
        if len(self._found) == 1:
            self._take(self._found[0].line)
        else:
            self._go_down()

    def _take(self, line: PersonLine | None) -> None:
        if line is None:
            return
        self.show_person(line)
        self.line.setFocus()
        announce(self.line, _("{number} taken").format(number=line.number))
        self.picked.emit(line.id)

    def _leave(self) -> None:
        self._close()
        self.line.setFocus()

    def _close(self) -> None:
        self._pause.stop()
        self._found, self._found_for = (), ""
        self._box.hide()

    def _failed(self, error: AppError) -> None:
        self._close()
        self._say(error.sentence(), urgent=True)

    def _take_look(self) -> None:
        self._icon.setIcon(icon("action.find", "secondary"))
