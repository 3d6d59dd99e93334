"""The page Triage: filters and the queue, beside them the reasons of the person chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.cases import User
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look
from panoh.ui.triage.model import CHIPS, chip_words
from panoh.ui.triage.reasons_panel import ReasonsPanel
from panoh.ui.widgets.buttons import FilterChip, KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.empty import EmptyPage
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import ElidedLabel, plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel
from panoh.ui.widgets.panes import SideSplit
from panoh.ui.widgets.table import PagedModel, PagedTable

_LEAST_MAIN = 820  # width of the queue at 100 % text below which the panel folds
_LEAST_WHY = 150  # width of the reasons at 100 % text, below which other columns give way
_MOST_SAVED = (
    260  # width of the box of saved filters at 100 % text: a filter of many parts is cut, its form tells it whole
)
_GIVE_WAY = ("owner", "waiting")  # in this order; both stand in the panel or can be brought back by right click


class QueueTable(PagedTable):
    """The queue; where the room is short some columns give way to the reasons."""

    def __init__(self, model: PagedModel, name: str = "") -> None:
        super().__init__(model, row="row.two_lines", name=name or _("Triage queue"))
        self._columns = model.columns
        self._gone: list[str] = []
        look().changed.connect(self._fit_columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the room."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        room = self.viewport().width() - look().grown(_LEAST_WHY + sum(column.width for column in self._columns))
        gone: list[str] = []
        for column in (each for key in _GIVE_WAY for each in self._columns if each.key == key):
            if room < 0:
                room += look().grown(column.width)
                gone.append(column.key)
        if gone != self._gone:
            self._gone = gone
            for at, column in enumerate(self._columns):
                if column.key in _GIVE_WAY:
                    self.setColumnHidden(at, column.key in gone)


class TriageView(QWidget):
    """Builds the page and tells what is wanted; decides nothing.

    `panel` tells what is wanted for the person chosen, `table` who is chosen and opened.
    """

    chip_chosen = Signal(str)  # a key of CHIPS
    saved_chosen = Signal(str)  # a code of saved_filters
    filter_asked = Signal()
    loads_asked = Signal()
    user_chosen = Signal(str)  # id of the user who shall hold the case
    clear_asked = Signal()
    register_asked = Signal()

    def __init__(self, model: PagedModel, *, supervisor: bool = False) -> None:
        super().__init__()
        self.model = model
        self._users: Sequence[User] = ()
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.said = NoteBar(tone="info", icon="state.saved", closable=True)
        self.table = QueueTable(model)
        self.panel = ReasonsPanel()
        self.chips = {key: FilterChip(chip_words(key, None)) for key in CHIPS}
        self.saved = ChoiceBox()
        self.saved.set_label(_("Saved filter"))
        self.saved.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)  # names come after it shows
        self.filter = KeyButton(_("Filter…"), self.filter_asked.emit, icon="action.filter", size="filter_chip")
        self.loads = KeyButton(_("Who holds how many…"), self.loads_asked.emit, kind="flat")
        self.loads.setVisible(supervisor)
        self._count = ElidedLabel("", "secondary")
        self._read_at = plain_label("", "small secondary")
        self._make_empty_pages()
        self.filters = QWidget()
        self._lay_out()
        self._connect()

    # --- what it shows ----------------------------------------------------------------------------------------------

    def show_filter(self, chip: str, choices: Sequence[Choice], code: str) -> None:
        """Mark the filter in force, among those that can be chosen."""
        for key, button in self.chips.items():
            button.setChecked(key == chip)
        self.saved.set_choices(choices)
        self.saved.set_value(code)
        self.saved.setMaximumWidth(look().grown(_MOST_SAVED))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Tell on each chip how many people it leaves."""
        for key, count in counts.items():
            self.chips[key].set_words(chip_words(key, count))

    def show_heading(self, words: str, read_at: str) -> None:
        """How many people stand in the queue, and when it was read."""
        self._count.setText(words)
        self._read_at.setText(read_at)

    def show_queue(self) -> None:
        """The filter leaves someone: show the queue."""
        self._show(self.table)

    def show_nobody_registered(self) -> None:
        """Nobody is in the vault yet: say what will be here."""
        self._show(self._nobody)

    def show_no_hit(self, filter_words: str) -> None:
        """The filter leaves nobody: name it and offer to clear it."""
        title = _("Nobody under “{filter}”").format(filter=filter_words)
        self._no_hit.set_words(title, _("Nobody in the queue fits this filter now."))
        self._show(self._no_hit)

    def show_users(self, users: Sequence[User]) -> None:
        """Who can hold a case."""
        self._users = users

    def redraw(self) -> None:
        """Times went on, or names were hidden: paint the rows again."""
        self.table.viewport().update()

    # --- menus ------------------------------------------------------------------------------------------------------

    def offer_users(self, place: QPoint | None = None) -> None:
        """Offer everyone who can hold the case, under the button or at this place."""
        button = self.panel.assign
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_users(menu)
        menu.popup(place or button.mapToGlobal(button.rect().bottomLeft()))

    def _add_users(self, menu: QMenu) -> None:
        menu.setAccessibleName(_("Assign to"))
        for user in self._users:
            action = menu.addAction(user.name.replace("&", "&&"))
            action.triggered.connect(partial(self._choose_user, user.id))

    def _choose_user(self, user_id: str, _checked: bool = False) -> None:
        self.user_chosen.emit(user_id)

    def _offer_all(self, record: object, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Open the record"), partial(self.table.opened.emit, record))
        menu.addAction(_("Take"), self.panel.take_asked.emit)
        self._add_users(menu.addMenu(_("Assign")))
        menu.addAction(_("Set another level…"), self.panel.level_asked.emit)
        menu.addAction(_("Ask for advice…"), self.panel.advice_asked.emit)
        menu.popup(place)

    # --- how it is laid out -----------------------------------------------------------------------------------------

    def _show(self, page: QWidget) -> None:
        if page is self.list.currentWidget():
            return
        focus = self.focusWidget()
        inside = focus is not None and self.list.isAncestorOf(focus)
        self.list.setCurrentWidget(page)
        self.list.setFocusProxy(self._first_of[page])
        if inside:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_empty_pages(self) -> None:
        register = KeyButton(_("Register a family"), self.register_asked.emit, icon="action.register_family")
        clear = KeyButton(_("Show everyone"), self.clear_asked.emit, icon="action.close")
        words = [
            _("Everyone who is registered will stand here, the most urgent first, each with the reason why."),
            _("Levels are worked out from what is recorded, while one types. Nobody has to set them."),
        ]
        self._nobody = EmptyPage(_("Nobody is registered yet"), words, [(register, "")])
        self._no_hit = EmptyPage("", [""], [(clear, "")])
        self._first_of: dict[QWidget, QWidget] = {self.table: self.table, self._nobody: register, self._no_hit: clear}
        self.list = QStackedWidget()
        for page in self._first_of:
            self.list.addWidget(page)
        self.list.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(plain_label(_("Triage"), "title bold"))
        head.addWidget(self._count, 1)
        label = plain_label(_("Saved filter"), "secondary")
        label.setBuddy(self.saved)
        head.addWidget(self.loads)
        head.addWidget(label)
        head.addWidget(self.saved)
        chips = QHBoxLayout()
        chips.setContentsMargins(0, 0, 0, 0)
        chips.setSpacing(8)
        for chip in self.chips.values():
            chips.addWidget(chip)
        chips.addWidget(self.filter)
        chips.addStretch()
        chips.addWidget(self._read_at)
        filters = QVBoxLayout(self.filters)
        filters.setContentsMargins(0, 0, 0, 0)
        filters.setSpacing(16)
        filters.addLayout(head)
        filters.addLayout(chips)
        panel = Panel()
        panel.body.addWidget(self.list)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.note)
        column.addWidget(self.said)
        column.addWidget(self.filters)
        column.addWidget(panel, 1)
        self.split = SideSplit(main, self.panel, least_main=_LEAST_MAIN)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        order_tabs(main, self.panel)

    def _connect(self) -> None:
        for key, chip in self.chips.items():
            chip.clicked.connect(partial(self._choose_chip, key))
        self.saved.answered.connect(lambda: self.saved_chosen.emit(self.saved.value()))
        self.panel.assign_asked.connect(self.offer_users)
        self.table.menu_asked.connect(self._offer_all)
        shortcuts().add("Ctrl+T", _("Take"), self.panel.take_asked.emit, self)

    def _choose_chip(self, key: str, _checked: bool = False) -> None:
        self.chip_chosen.emit(key)
