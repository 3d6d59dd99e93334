"""The page Today: my tasks, who waits for an owner, drafts, and beneath them four charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.services.drafts import Draft
from panoh.services.due import DueLine
from panoh.services.today import Today
from panoh.ui.dashboard.charts import Charts
from panoh.ui.theme import look
from panoh.ui.today.model import drafts_words, tasks_words
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import ElidedLabel, plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Line, Page, Panel, scrolled
from panoh.ui.widgets.table import PAGE, PagedModel, PagedTable

TASKS, NOBODY = 7, 4  # rows that the tables have room for
_MOST_SITES = 4  # drawn
_WIDE = 1140  # width at 100 % text from which the panels stand side by side


class ShortTable(PagedTable):
    """A short table of the page: no row is marked before one goes into it; Space marks a task as done."""

    done_asked = Signal()

    def __init__(self, model: PagedModel, rows: int, *, name: str) -> None:
        super().__init__(model, name=name)
        self._rows = rows
        model.modelReset.connect(self._unmark)
        look().changed.connect(self._fit)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the row that the keys are on."""
        super().focusInEvent(event)
        self.selectRow(max(self.currentIndex().row(), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks as done."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.done_asked.emit()
        else:
            super().keyPressEvent(event)

    def marked(self) -> object | None:
        """The record of the marked row."""
        return self.current() if self.selectionModel().hasSelection() else None

    def _unmark(self) -> None:
        if not self.hasFocus():
            self.clearSelection()

    def _fit(self) -> None:
        rows = self._rows * self.verticalHeader().defaultSectionSize()
        self.setMinimumHeight(self.horizontalHeader().sizeHint().height() + rows + 2)


class TodayView(QWidget):
    """Builds the page and tells what is wanted; decides nothing. `tasks.opened` and `nobody.opened` give the row."""

    register_asked = Signal()
    register_person_asked = Signal()
    done_asked = Signal()
    all_nobody_asked = Signal()
    draft_chosen = Signal(object)  # a Draft
    drafts_asked = Signal()  # the list of them
    decisions_asked = Signal()  # what waits for a supervisor
    tracing_asked = Signal()  # what is to do in tracing

    def __init__(self, task_model: PagedModel, nobody_model: PagedModel) -> None:
        super().__init__()
        self._task_model, self._nobody_model = task_model, nobody_model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.said = NoteBar(tone="info", icon="state.saved", closable=True)
        self.tasks = ShortTable(task_model, TASKS, name=_("My tasks"))
        self.nobody = ShortTable(nobody_model, NOBODY, name=_("Critical and high, without an owner"))
        self.register = KeyButton(
            _("Register a family"),
            self.register_asked.emit,
            icon="action.register_family",
            keys="Ctrl+Shift+N",
            kind="main",
            size="big",
        )
        self.register_person = KeyButton(
            _("Register a person"),
            self.register_person_asked.emit,
            icon="action.register_person",
            keys="Ctrl+Shift+E",
            size="big",
        )
        self.done = KeyButton(_("Mark as done"), self.done_asked.emit, keys="Space", size="small")
        self.all_nobody = LinkButton("", self.all_nobody_asked.emit)
        self.drafts = LinkButton("", self._open_drafts)
        self.decisions = LinkButton("", self.decisions_asked.emit)
        self.tracing = LinkButton("", self.tracing_asked.emit)
        self._drafts: Sequence[Draft] = ()
        self._day = plain_label("", "title bold")
        self._people = plain_label("", "secondary")
        self._make_charts()
        self._make_panels()
        self._lay_out()
        self.tasks.done_asked.connect(self.done_asked)

    # --- what it shows ----------------------------------------------------------------------------------------------

    def show_today(self, now: Today, drafts: Sequence[Draft], today: date) -> None:
        """Show everything but the charts as of now."""
        self._nobody_model.show_rows(now.nobody)
        self._show_people(now)
        self._tasks_panel.set_title(_("My tasks"), tasks_words(now))
        self.done.setVisible(bool(now.due.all))
        self._task_list.show_count(now.due.all)
        count = number(now.nobody_count)
        self.all_nobody.set_words(_("All {n}").format(n=count), _("All {n} without an owner").format(n=count))
        self.all_nobody.setVisible(now.nobody_count > 0)
        self._nobody_list.show_count(len(now.nobody))
        self._show_drafts(now, drafts, today)
        self.charts.setVisible(now.people > 0)
        self._no_people.setVisible(now.people == 0)

    def show_due(self, count: Callable[[], int], page: Callable[[int, int], Sequence[DueLine]]) -> None:
        """Show what is due, page by page."""
        self._task_model.open(count, page)

    def lines_at_hand(self) -> list[DueLine]:
        """The first of what is due, as far as it is read: the neighbours of the one that is opened."""
        rows = (self._task_model.row_at(at) for at in range(min(self._task_model.rowCount(), PAGE)))
        return [row for row in rows if isinstance(row, DueLine)]

    def show_day(self, today: str) -> None:
        """The day as the headline of the page."""
        self._day.setText(today)

    def redraw(self) -> None:
        """Times went on, or names were hidden: paint the rows again."""
        self.tasks.viewport().update()
        self.nobody.viewport().update()

    def _show_people(self, now: Today) -> None:
        people = ngettext("{n} person registered here", "{n} people registered here", now.people)
        homes = ngettext("in {n} household", "in {n} households", now.households)
        told = _("{people}, {homes}").format(
            people=people.format(n=number(now.people)), homes=homes.format(n=number(now.households))
        )
        self._people.setText(told if now.people else _("Nobody is registered here yet"))

    def _show_drafts(self, now: Today, drafts: Sequence[Draft], today: date) -> None:
        self._drafts = drafts
        self._drafts_words.setText(drafts_words(now.oldest_draft, today))
        count = number(len(drafts))
        spoken = ngettext("Open {n} draft", "Open one of {n} drafts", len(drafts)).format(n=count)
        self.drafts.set_words(count, spoken)
        self._drafts_row.setVisible(bool(drafts))
        spoken = ngettext("Open {n} decision that waits", "Open {n} decisions that wait", now.to_decide)
        self.decisions.set_words(number(now.to_decide), spoken.format(n=number(now.to_decide)))
        self._decisions_row.setVisible(now.to_decide > 0)
        spoken = ngettext("Open {n} that is late in tracing", "Open {n} that are late in tracing", now.late_tracing)
        self.tracing.set_words(number(now.late_tracing), spoken.format(n=number(now.late_tracing)))
        self._tracing_row.setVisible(now.late_tracing > 0)
        self._to_finish.setVisible(bool(drafts) or now.to_decide > 0 or now.late_tracing > 0)

    def _open_drafts(self) -> None:
        if len(self._drafts) == 1:
            self.draft_chosen.emit(self._drafts[0])
            return
        self.drafts_asked.emit()

    # --- how it is laid out -----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one above the other."""
        super().resizeEvent(event)
        wide = self.width() >= look().grown(_WIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._upper.setDirection(way)
        self._lower.setDirection(way)
        side = QBoxLayout.Direction.LeftToRight
        self._begin.setDirection(QBoxLayout.Direction.TopToBottom if look().large else side)

    def _make_charts(self) -> None:
        self.numbers = made = Charts(self, _MOST_SITES)
        pairs = ((made.days, made.ages), (made.levels, made.sites))
        self.charts = QWidget()
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.charts)
        self._lower.setContentsMargins(0, 0, 0, 0)
        self._lower.setSpacing(16)
        for pair, stretches in zip(pairs, ((264, 328), (264, 278)), strict=True):
            row = QHBoxLayout()
            row.setSpacing(16)
            for chart, stretch in zip(pair, stretches, strict=True):
                row.addWidget(made.panels[chart], stretch)
            self._lower.addLayout(row, sum(stretches))

    def _make_panels(self) -> None:
        words = [_("What you are asked to do, or set yourself, stands here by its due time.")]
        self._task_list = ListOrEmpty(self.tasks, EmptyPage(_("Nothing to do now"), words))
        self._tasks_panel = Panel(_("My tasks"), sub=" ", right=self.done)
        self._tasks_panel.body.addWidget(self._task_list, 1)
        words = [_("People at critical and high whom nobody looks after yet will stand here.")]
        self._nobody_list = ListOrEmpty(self.nobody, EmptyPage(_("Nobody waits"), words))
        self._nobody_panel = Panel(_("Critical and high, without an owner"), right=self.all_nobody)
        self._nobody_panel.body.addWidget(self._nobody_list, 1)
        self._nobody_panel.body.addWidget(self._make_to_finish())
        register = KeyButton(_("Register a family"), self.register_asked.emit, icon="action.register_family")
        words = [
            _("Once families are registered, their ages, levels and places at sites are drawn here."),
            _("A family takes about two minutes: one row for each member."),
        ]
        self._no_people = Panel()
        self._no_people.body.addWidget(EmptyPage(_("Nobody is registered yet"), words, [(register, "")]))
        self._no_people.hide()

    def _make_to_finish(self) -> QWidget:
        self._to_finish = QWidget()
        column = QVBoxLayout(self._to_finish)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title = plain_label(_("To finish"), "bold")
        title.setContentsMargins(16, 9, 16, 9)
        self._drafts_words, waits, late = ElidedLabel(), ElidedLabel(), ElidedLabel()
        waits.setText(_("What waits for your decision"))
        late.setText(_("Late in tracing"))
        self._decisions_row = _line(waits, self.decisions)
        self._drafts_row = _line(self._drafts_words, self.drafts)
        self._tracing_row = _line(late, self.tracing)
        for widget in (Line(), title, Line(), self._decisions_row, self._tracing_row, self._drafts_row):
            column.addWidget(widget)
        self._to_finish.hide()
        return self._to_finish

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._day)
        words.addWidget(self._people)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        self._begin = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._begin.setSpacing(8)
        self._begin.addWidget(self.register)
        self._begin.addWidget(self.register_person)
        head.addLayout(self._begin)
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._upper.setSpacing(16)
        self._upper.addWidget(self._tasks_panel, 733)
        self._upper.addWidget(self._nobody_panel, 431)
        column = QVBoxLayout(page := Page(yields=True))
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(self._upper, 324)
        column.addWidget(self.charts, 256)
        column.addWidget(self._no_people, 256)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.note)
        whole.addWidget(self.said)
        area = scrolled(page)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(area, 1)
        order_tabs(page)


def _line(words: QWidget, link: QWidget) -> QWidget:
    """One thing to finish: what it is, and how many there are."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(16, 12, 16, 12)
    row.addWidget(words, 1)
    row.addWidget(link)
    return made
