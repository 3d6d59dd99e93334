"""The page 'Register a family': household above, members below, perhaps registered people beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.registration import GROUP, FamilyForm
from panoh.ui.accessibility import announce
from panoh.ui.draft_timer import DraftTimer
from panoh.ui.registration.cells import COLUMN_OF, Column
from panoh.ui.registration.duplicates_panel import DuplicatesPanel
from panoh.ui.registration.grid_model import GridModel
from panoh.ui.registration.grid_numbers import NextRow
from panoh.ui.registration.grid_view import FamilyGrid, Move
from panoh.ui.registration.group_block import GroupBlock
from panoh.ui.registration.household_block import HouseholdBlock
from panoh.ui.registration.lines import LineList
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.controls import fitted
from panoh.ui.widgets.form import ErrorSummary, order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel, scrolled
from panoh.ui.widgets.panes import FooterBar, SideSplit

SEARCH_AFTER = 350  # milliseconds without a key
_MARGIN = 24  # that stays visible around the cell with the keys
_LEAST_MAIN, _SIDE = 780, 320  # widths at 100 % text


class RegisterFamilyView(QWidget):
    """Builds the page and tells what is wanted; decides nothing.

    `edited` follows each change of a row, `told` says what a key in the grid did, `draft_due` and `search_due` come a
    moment after a change, `save_asked` comes with True when the record shall open.
    """

    edited = Signal()
    told = Signal(str)
    draft_due = Signal()
    search_due = Signal()
    save_asked = Signal(bool)
    leave_asked = Signal()

    def __init__(self, words: Vocabularies, model: GridModel) -> None:
        super().__init__()
        self.model = model
        self.summary = ErrorSummary()
        self.note = NoteBar(tone="info", icon="state.saved", closable=True)
        self.failure = NoteBar(tone="error", icon="state.error", closable=True)
        self.offer = NoteBar(tone="info", icon="state.draft", closable=True)
        self.household = HouseholdBlock(words)
        self.group = GroupBlock(words)
        self.depth_box = fitted(
            ChoiceBox([(term.code, words.label("depth", term.code)) for term in words["depth"].offers()])
        )
        self.depth_box.setMinimumContentsLength(max(len(words.label("depth", t.code)) for t in words["depth"].offers()))
        self.grid = FamilyGrid(model)
        self.lines = LineList()
        self.panel = DuplicatesPanel()
        self._draft_timer = DraftTimer(self, self.draft_due.emit)
        self._search_timer, self._scroll_timer = QTimer(self), QTimer(self)
        self._keys_were: QWidget | None = None
        self._build()
        self._connect()

    def panes(self) -> list[QWidget]:
        """What F6 goes round: household, members, the panel beside or the line it folds into, the actions."""
        return [self.household, self._members, self.panel, self.split.fold, self.footer]

    # --- what it shows ----------------------------------------------------------------------------------------------

    def form(self) -> FamilyForm:
        """Everything that stands on the page, what is being typed included."""
        shared: dict[str, Any] = {**self.household.values(), **self.group.values()}
        return FamilyForm(**shared, depth=self.depth_box.value(), rows=self.model.rows())

    def show_form(self, form: FamilyForm) -> None:
        """Show a family; nothing on the page of the one before stays."""
        self.grid.keep_typing()
        self._draft_timer.stop()
        self.summary.show_problems([])
        self.failure.hide()
        self.household.show_form(form)
        self.group.show_form(form)
        self.depth_box.set_value(form.depth)
        self._take_depth()
        self.model.set_rows(form.rows)
        self.model.set_problems({})
        self.grid.go_to(0, Column.NAME)
        self._page.verticalScrollBar().setValue(0)
        self._search_timer.start()

    def start_typing(self) -> None:
        """Put the keys where a new family begins."""
        self.household.open()

    def set_members(self, words: str) -> None:
        """How many members there are, beside the heading."""
        self._members.set_title(_("Members"), words)

    def set_busy(self, busy: bool) -> None:
        """While a form is being saved nothing is typed into it; the keys come back to where they were."""
        if busy:
            self._keys_were = QApplication.focusWidget()
        self._content.setEnabled(not busy)
        self.footer.setEnabled(not busy)
        if not busy and self._keys_were is not None and self.isAncestorOf(self._keys_were):
            self._keys_were.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problems(self, problems: Sequence[tuple[str, str, str]], kept: str) -> None:
        """Show what keeps the form from being saved: (field, sentence for the summary, sentence at the field)."""
        at_cells = {_cell(field): words for field, _told, words in problems if _cell(field)}
        self.model.set_problems({cell: words for cell, words in at_cells.items() if cell})
        words_of = {field: words for field, _told, words in problems}
        for name, row in {**self.household.rows, **self.group.rows}.items():
            row.set_error(words_of.get(name, ""))
        self.summary.show_problems([(told, self._way_to(field)) for field, told, _words in problems], kept)
        self._page.verticalScrollBar().setValue(0)

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Tell what was done, across the top of the form, and offer to take it back."""
        self.note.say(words, action=_("Undo save") if undo else "", run=undo)

    def announce(self, words: str) -> None:
        """Have a screen reader say this."""
        announce(self, words)

    def go_back_to_grid(self) -> None:
        """Put the keys into the cell that was left."""
        self.grid.go_to(*self.grid.here())

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen comes to the front: what no draft holds yet goes into one at once."""
        super().hideEvent(event)
        self._draft_timer.at_once()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(self._heading())
        for told in (self.offer, self.failure, self.note, self.summary):
            column.addWidget(told)
        for part in (self.household, self.group, self._member_panel(), self.lines):
            column.addWidget(part)
        column.addStretch()
        self._page = scrolled(self._content)
        main = QWidget()
        whole = QVBoxLayout(main)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self._footer())
        self.split = SideSplit(main, self.panel, least_main=_LEAST_MAIN, side_width=_SIDE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        order_tabs(main, self.panel, self.footer)

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(plain_label(_("Register a family"), "title bold"), 1)
        label = plain_label(_("Depth"), "secondary")
        label.setBuddy(self.depth_box)
        self.depth_box.set_label(_("Depth"))
        row.addWidget(label)
        row.addWidget(self.depth_box)
        return row

    def _take_depth(self) -> None:
        """A group is its size and whom to ask for; everyone else is registered later."""
        self.group.setVisible(self.depth_box.value() == GROUP)

    def _change_depth(self) -> None:
        self._take_depth()
        self._typed()
        if self.depth_box.value() == GROUP:
            self.group.rows["people_told"].take_focus()

    def _member_panel(self) -> QWidget:
        keys = _("Tab next cell   Ctrl+D copy from above   F8 not asked, does not know, refused, none   Alt+M")
        self._hints = plain_label(keys, "small secondary")
        self.grid.setAccessibleDescription(keys)
        self._members = Panel(_("Members"), right=self._hints)
        self._members.body.addWidget(self.grid)
        self._next_row = NextRow()
        self._next_row.clicked.connect(self._add_row)
        self._members.body.addWidget(self._next_row)
        self._tell_next()
        return self._members

    def _footer(self) -> FooterBar:
        self.footer = FooterBar()
        save, then_open = partial(self._save, False), partial(self._save, True)
        main = KeyButton(_("Save, start the next"), save, icon="action.save", keys="Ctrl+Enter", kind="main")
        self.footer.row.addWidget(main)
        self.footer.row.addWidget(KeyButton(_("Save and open"), then_open, keys="Ctrl+S"))
        self.footer.row.addWidget(KeyButton(_("Keep as a draft"), self._leave, kind="flat"))
        self.footer.row.addStretch()
        return self.footer

    def _connect(self) -> None:
        for timer, after, then in (
            (self._search_timer, SEARCH_AFTER, self.search_due.emit),
            (self._scroll_timer, 0, self._show_cell),  # once the page has taken its new height
        ):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(then)
        self.household.edited.connect(self._typed)
        self.group.edited.connect(self._typed)
        self.depth_box.answered.connect(self._change_depth)
        self.model.typed.connect(self._typed)
        self.model.edited.connect(self._typed)
        self.model.edited.connect(self.edited)
        self.model.rowsInserted.connect(self._tell_next)
        self.model.rowsRemoved.connect(self._tell_next)
        self.grid.cell_moved.connect(self._scroll_timer.start)
        self.grid.entered.connect(self.household.fold)
        self.grid.told.connect(self.told)
        shortcuts().add("Alt+M", _("Go to the members"), self.go_back_to_grid, self)
        look().changed.connect(self._take_look)
        self._take_look()

    def _take_look(self) -> None:
        self._hints.setVisible(not look().large)

    # --- wishes -----------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        """The path of every key: nothing but two timers."""
        self._draft_timer.plan()
        self._search_timer.start()

    def _save(self, open_after: bool) -> None:
        self.household.keep_typing()
        self.grid.keep_typing()
        self.save_asked.emit(open_after)

    def _leave(self) -> None:
        self.grid.keep_typing()
        self.leave_asked.emit()

    def _tell_next(self) -> None:
        words = _("Enter goes on to the next row. Paste rows from a spreadsheet with Ctrl+V.")
        self._next_row.set_next(self.model.rowCount() + 1, words)

    def _add_row(self) -> None:
        self.grid.keep_typing()
        self.grid.go_to(self.model.rowCount() - 1, Column.NAME)
        self.grid.step(Move.NEXT_ROW)

    def _show_cell(self) -> None:
        place = self.grid.cell_place()
        if place.isEmpty():
            return
        at = self.grid.mapTo(self._content, place.center())
        self._page.ensureVisible(at.x(), at.y(), 0, place.height() // 2 + _MARGIN)

    def _way_to(self, field: str) -> Callable[[], None]:
        cell = _cell(field)
        if cell:
            return lambda: self.grid.go_to(*cell)
        if field in self.group.rows:
            return self.group.rows[field].take_focus
        return lambda: self.household.go_to(field)


def _cell(field: str) -> tuple[int, Column] | None:
    """The cell of a field such as 'rows.3.birth'; None for a field of the household."""
    group, _dot, rest = field.partition(".")
    at, _dot, name = rest.partition(".")
    return (int(at), COLUMN_OF[name]) if group == "rows" else None
