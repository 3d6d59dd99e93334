"""What is to be done in tracing: the lists with their counts, and the rows of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.services import tracing_work
from panoh.services.desk import Desk
from panoh.services.tracing_work import WorkLine
from panoh.ui import errors
from panoh.ui.navigator import Navigator
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.tracing.worklists.model import CHILDREN, IDLE, LISTS, VISITS, Worklist
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.list_page import fill
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Page, Panel, scrolled
from panoh.ui.widgets.table import PagedModel, PagedTable

_LISTS_WIDE = 340  # at 100 % text
_LISTS_LEAST = 310  # the longest name and its number
_LEAST_ROWS = 4  # that one sees at large text before the page scrolls
_NO_LIMIT = 16_777_215  # Qt's own greatest width


class WorkView(QWidget):
    """Builds the page; `lists.current_changed` gives a Worklist, `table.opened` a WorkLine."""

    begin_asked = Signal()

    def __init__(self, lists: PagedModel, rows: PagedModel) -> None:
        super().__init__()
        self.lists_model, self.model = lists, rows
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.lists = PagedTable(lists, name=_("What is to be done"))
        self.table = PagedTable(rows, name=_("What waits"), row="row.two_lines")
        self.begin = KeyButton(
            _("Begin a request for this child"), self.begin_asked.emit, icon="action.add", keys="Ctrl+N", size="small"
        )
        self._panel = Panel(" ", right=self.begin)
        self._empty = EmptyPage(" ", [" "])
        self.list = ListOrEmpty(self.table, self._empty)
        rows.counted.connect(self._show_count)
        self._lay_out()
        look().changed.connect(self._measure)
        self._measure()

    def show_list(self, kind: str) -> None:
        """Name the list that shows."""
        name, empty = LISTS[kind]
        self._panel.set_title(_(name))
        self._empty.set_words(_("Nothing to do here"), _(empty))
        self._of_children = kind == CHILDREN
        self.table.setColumnHidden(0, self._of_children)  # who has no request
        self.table.setColumnHidden(1, kind == IDLE)  # what is about no one person
        self.begin.setVisible(self._of_children and self.model.rowCount() > 0)

    def _show_count(self, count: int) -> None:
        self.list.show_count(count)
        self.begin.setVisible(self._of_children and count > 0)

    def _measure(self) -> None:
        large = look().large
        side = QBoxLayout.Direction.LeftToRight
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if large else side)
        self._side.setMinimumWidth(0 if large else look().grown(_LISTS_LEAST))
        self._side.setMaximumWidth(_NO_LIMIT if large else look().grown(_LISTS_WIDE))
        rows = len(LISTS) * self.lists.verticalHeader().defaultSectionSize()
        high = self.table.verticalHeader().defaultSectionSize() * _LEAST_ROWS
        self.list.setMinimumHeight(high + self.table.horizontalHeader().sizeHint().height() if large else 0)
        self._side.setMinimumHeight(rows + self.lists.horizontalHeader().sizeHint().height() + 8 if large else 0)

    def _lay_out(self) -> None:
        self._of_children = True
        self._side = Panel()
        self._side.body.addWidget(self.lists)
        self._panel.body.addWidget(self.list)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(16)
        self._row.addWidget(self._side, 1)
        self._row.addWidget(self._panel, 2)
        column = QVBoxLayout(page := Page(yields=True))
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.note)
        column.addLayout(self._row, 1)
        fill(self, scrolled(page))
        order_tabs(self)


class WorkPresenter(QObject):
    """The screen behind the tab."""

    help_page = "tracing-work"
    _kinds = frozenset(
        {
            "TracingRequest",
            "TracingAction",
            "MatchDecision",
            "Person",
            "SpecificNeed",
            "Verification",
            "FollowUp",
            "Shield",
        }
    )

    def __init__(
        self, view: WorkView, desk: Desk, runner: TaskRunner, navigator: Navigator,
        open_visits: Callable[[str, str], object],
    ) -> None:  # fmt: skip
        super().__init__(view)
        self.title = _("Tracing, to do")
        self._view, self._desk, self._runner, self._navigator = view, desk, runner, navigator
        self._open_visits = (
            open_visits  # of a person, for a request: where the visits stand and how it goes on is noted
        )
        self.kind = CHILDREN
        view.lists.current_changed.connect(self._chosen)
        view.lists.opened.connect(lambda _row: view.list.setFocus())
        view.table.opened.connect(self._open)
        view.begin_asked.connect(self._begin)
        view.model.failed.connect(self._fail)

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """The lists, then the rows."""
        return (self._view.lists, self._view.list)

    def opened(self) -> None:
        """Count, and show the list that was chosen last."""
        self._read()
        self._view.lists.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Something of it was done."""
        if kinds & self._kinds:
            self._read()

    def _read(self) -> None:
        self._run(partial(tracing_work.counts, self._desk), self._show_counts)
        self._read_rows()

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        self._view.lists_model.show_rows([Worklist(kind, counts[kind]) for kind in LISTS])
        self._view.lists.selectRow(list(LISTS).index(self.kind))

    def _chosen(self, row: Worklist | None) -> None:
        if row is not None and row.kind != self.kind:
            self.kind = row.kind
            self._read_rows()

    def _read_rows(self) -> None:
        kind, desk = self.kind, self._desk
        self._view.show_list(kind)
        self._view.model.open(
            lambda: tracing_work.count(desk, kind), lambda offset, limit: tracing_work.page(desk, kind, offset, limit)
        )

    def _open(self, row: WorkLine) -> None:
        if row.kind == VISITS and row.person is not None:
            self._open_visits(row.person.id, row.request.id if row.request else "")
        elif row.request is not None:
            self._navigator.open_request(row.request.id)
        elif row.person is not None:
            self._navigator.open_person(row.person.id)

    def _begin(self) -> None:
        row = self._view.table.current()
        if isinstance(row, WorkLine) and row.kind == CHILDREN and row.person is not None:
            self._navigator.new_request(row.person.id)

    def _run(self, work: Callable[[], Mapping[str, int]], on_done: Callable[[Mapping[str, int]], object]) -> None:
        self._runner.start(lambda _progress: work(), on_done, self._fail, owner=self._view)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
