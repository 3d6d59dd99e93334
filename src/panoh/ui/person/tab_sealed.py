"""The tab 'Sealed': what only supervisors and whoever holds the case can open, one at a time and for a reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment
from panoh.domain.vocabulary import Vocabularies
from panoh.services.seal import SealedLine
from panoh.ui.accessibility import announce
from panoh.ui.person.fields import PAGE_MARGINS, line_of
from panoh.ui.person.sealed_words import field_words
from panoh.ui.person.shield import ShieldPanel
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid, Panel, scrolled
from panoh.ui.widgets.table import Column, PagedModel, PagedTable


class SealedTab(QWidget):
    """What is sealed about one person. Decides nothing: it says what is wanted; nothing read outlasts its being shown."""

    seal_asked = Signal()
    read_asked = Signal(object)  # SealedLine
    change_asked = Signal(object)
    remove_asked = Signal(object)
    left = Signal()  # the tab does not show any more

    def __init__(self, words: Vocabularies, runner: TaskRunner) -> None:
        super().__init__()
        self._words = words
        columns = (
            Column("kind", _("Kind"), 0, lambda one: Cell(words.label("sealed_kind", one.kind))),
            Column("by", _("Sealed by"), 160, lambda one: Cell(one.made_by or "—")),
            Column("at", _("When"), 150, lambda one: Cell(moment(one.made_at) if one.made_at else "")),
        )
        self.model = PagedModel(columns, runner, row_words=self._told, key=lambda one: str(one.id))
        self.table = PagedTable(self.model, name=_("What is sealed about this person"))
        self.table.current_changed.connect(self._choose)
        self.seal = KeyButton(_("Seal something…"), self.seal_asked.emit, icon="state.sealed", size="small", bold=True)
        self.read = KeyButton(_("Read it…"), lambda: self._ask(self.read_asked), icon="action.open_seal")
        self.change = KeyButton(_("Change it…"), lambda: self._ask(self.change_asked))
        self.remove = KeyButton(_("Remove it…"), lambda: self._ask(self.remove_asked), icon="action.close")
        self.kept = NoteBar(tone="info", icon="state.saved", closable=True)
        self.shield = ShieldPanel()
        self._told_who = plain_label("", "secondary", wrap=True)
        self.shown = FactGrid(label_width=150)
        self._nothing = plain_label("", "secondary", wrap=True)
        self._lay_out()
        self.forget()

    def show_sealed(self, lines: list[SealedLine], *, may_read: bool) -> None:
        """Show what is there; whoever may not read is told so, and nothing else, whether there is something or not."""
        self.model.show_rows(lines)
        self.shield.setVisible(may_read)
        self.list.setVisible(may_read)
        self._buttons.setVisible(may_read)
        self._beside.setVisible(may_read)
        self._told_who.setText(
            _("Each reading asks for a reason, which stands in the history with your name.")
            if may_read
            else _(
                "You may seal what this person or others told you: where they are, how to reach them, what they testify. "
                "Supervisors and whoever holds the case can read it; you will not see it here again, and it is not said "
                "whether anything is sealed already."
            )
        )
        self._choose(self.table.current())

    def show_words(self, line: SealedLine, told: dict[str, str]) -> None:
        """Show what was opened."""
        self._beside.set_title(self._words.label("sealed_kind", line.kind))
        words = field_words(line.kind)
        self.shown.set_facts(*((words[name], told[name]) for name in words if told.get(name)))
        self.shown.show()
        self._nothing.hide()
        announce(self.shown, ", ".join(told.values()))

    def say_kept(self) -> None:
        """Tell whoever may not read it that it was sealed: no list shows it to them."""
        if not self.list.isVisibleTo(self):
            self.kept.say(_("It is sealed. Supervisors and whoever holds the case can read it."))

    def forget(self) -> None:
        """Drop what was opened."""
        self.shown.set_facts()
        self.shown.hide()
        self._beside.set_title(_("What was opened"))
        self._nothing.setText(
            _("Choose one and read it. It is shown here for two minutes, and only while this tab is in front.")
        )
        self._nothing.show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another tab, another record, another screen: nothing stays open."""
        super().hideEvent(event)
        self.forget()
        self.kept.hide()
        self.left.emit()

    def _choose(self, one: SealedLine | None) -> None:
        self._one = one
        for button in (self.read, self.change, self.remove):
            button.setEnabled(one is not None)
        self.forget()

    def _ask(self, signal: object) -> None:
        if self._one is not None:
            signal.emit(self._one)  # type: ignore[attr-defined]

    def _told(self, one: SealedLine) -> str:
        return ", ".join(
            part
            for part in (
                self._words.label("sealed_kind", one.kind),
                one.made_by,
                moment(one.made_at) if one.made_at else "",
            )
            if part
        )

    def _lay_out(self) -> None:
        empty = EmptyPage(
            _("Nothing is sealed about this person"),
            [
                _("Where somebody in hiding is, how they are reached safely, what they testify: seal it here."),
                _("A caseworker without this case cannot open it, with no program and no copy of this vault."),
            ],
        )
        self.list = ListOrEmpty(self.table, empty)
        self.model.counted.connect(self.list.show_count)
        panel = Panel(_("Sealed"), sub=_("for supervisors and whoever holds the case"), right=self.seal)
        panel.body.addWidget(self.list, 1)
        below = QVBoxLayout()
        below.setContentsMargins(16, 12, 16, 12)
        below.setSpacing(12)
        below.addWidget(self.kept)
        below.addWidget(self._told_who)
        self._buttons = line_of(self.read, self.change, self.remove)
        below.addWidget(self._buttons)
        below.addStretch()  # without the list the words stand at the top
        panel.body.addLayout(below)
        self._beside = Panel(_("What was opened"), padded=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self._nothing, self.shown):
            column.addWidget(part)
        column.addStretch()
        self._beside.body.addWidget(scrolled(inside), 1)
        self._lay_side_by_side(panel)

    def _lay_side_by_side(self, panel: Panel) -> None:
        page = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(page))  # shield and list together are higher than a small window
        grid = QGridLayout(page)
        grid.setContentsMargins(*PAGE_MARGINS)
        grid.setSpacing(16)
        grid.addWidget(self.shield, 0, 0, 1, 2)
        grid.addWidget(panel, 1, 0)
        grid.addWidget(self._beside, 1, 1)
        grid.setRowStretch(1, 1)
        self._grid = grid
        look().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """What was opened stands beside the list; at large text under it."""
        large = look().large
        self._grid.removeWidget(self._beside)
        self._grid.addWidget(self._beside, 2 if large else 1, 0 if large else 1)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 0 if large else 2)
