"""Triage: reads the queue by filter, shows why each person stands where they stand, takes and assigns cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import clock_time, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.services import caseloads, cases, queue_filters, triage
from panoh.services.desk import Changes, Desk
from panoh.services.triage import ALL_BUT_LOW, LevelView, QueueFilter, QueueItem
from panoh.ui import errors
from panoh.ui.navigator import Among, Navigator
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import Task, TaskRunner
from panoh.ui.triage.acts import Acts
from panoh.ui.triage.filter_asking import open_filter
from panoh.ui.triage.filter_form import FilterForm
from panoh.ui.triage.filters import EVERYONE, Known, code_of, filter_words, saved_filters
from panoh.ui.triage.loads import LoadsDialog
from panoh.ui.triage.model import ALL, CHIPS, OVERDUE, chip_of, chip_words, head_of, narrowed, without_chip
from panoh.ui.triage.view import TriageView
from panoh.ui.widgets.small_form import SmallForm

T = TypeVar("T")
MINUTE = 60_000  # milliseconds
_NEAR = 100  # rows before and after its old place among which a person is looked for after a change


class Ways(Navigator, Protocol):
    """Where Triage leads."""

    def register_family(self) -> None:
        """Begin to register a family."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many people each chip leaves, how many there are at all, and how many of all are overdue."""

    chips: dict[str, int]
    people: int
    overdue: int


class TriagePresenter(QObject):
    """The screen of the frame."""

    changed = Signal(object)  # Changes of a write made here
    overdue_counted = Signal(int)  # people whose first action is overdue, for the navigation

    help_page = "triage"

    def __init__(self, view: TriageView, desk: Desk, runner: TaskRunner, navigator: Ways, privacy: Privacy) -> None:
        super().__init__(view)
        self.title = _("Triage")
        self._view, self._desk, self._runner, self._navigator = view, desk, runner, navigator
        self._privacy = privacy
        self._base, self._chip, self._known = ALL_BUT_LOW, ALL, Known()
        self._acts = Acts(view, desk, runner, self._written, self._fail)
        self._computed = ""  # the level of the person chosen by the rules alone
        self.form: SmallForm | None = None
        self.loads: LoadsDialog | None = None
        self._item: QueueItem | None = None
        self._asking: Task | None = None
        self._was: tuple[str, int] = ("", 0)
        self._counts: _Counts | None = None
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._connect()
        self._minute.start()

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    @property
    def subject(self) -> QueueFilter:
        """The part of the queue that shows."""
        return self._wanted()

    def panes(self) -> Sequence[QWidget]:
        """Filters, queue, reasons, and the line that stands for the reasons while they are folded."""
        return (self._view.filters, self._view.list, self._view.panel, self._view.split.fold)

    def opened(self) -> None:
        """Read the queue; the keys go into it."""
        self._know_more()
        self._view.list.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Nearly every record feeds a level: read again, and stay with the person chosen."""
        if kinds:
            self._read()

    def show_filter(self, wanted: QueueFilter) -> None:
        """Show this part of the queue."""
        self._chip = chip_of(wanted, self._desk.user.id)
        self._filter(self._chip, without_chip(wanted, self._chip))

    def tick(self) -> None:
        """A minute went by: due times go on."""
        if self._view.isVisible():
            self._show_times()
            self._count()

    # --- wishes -----------------------------------------------------------------------------------------------------

    def open_item(self, item: QueueItem) -> None:
        """Open a record, with its neighbours in the queue as it stands."""
        wanted, row = self._wanted(), max(self._view.model.row_of(item.line.id), 0)

        def id_at(at: int) -> str:
            return triage.queue(self._desk, wanted, at, 1)[0].line.id

        words = _("{n} of {count} in this queue")
        among = Among(self.title, words, row, self._view.model.rowCount(), id_at)
        self._navigator.open_person(item.line.id, among)

    def take(self) -> None:
        """Hold the chosen person's case."""
        if self._item is not None:
            self._acts.take(self._item)

    def assign(self, user_id: str) -> None:
        """Give the chosen person's case to this user."""
        if self._item is not None:
            self._acts.assign(self._item, user_id)

    def ask_level(self) -> None:
        """Ask which other level the chosen person shall have, and why."""
        if self._item is not None:
            self._acts.ask_level(self._item, self._computed or self._item.line.level)

    def ask_advice(self) -> None:
        """Ask what a supervisor is to be asked about the person chosen."""
        if self._item is not None:
            self.form = self._acts.ask_advice(self._item)

    def looked_at(self) -> None:
        """The person chosen was looked at after a set level had lapsed."""
        if self._item is not None:
            self._acts.looked_at(self._item)

    def ask_filter(self) -> None:
        """Ask which part of the queue is to show."""
        desk = self._desk
        form = FilterForm(self._view, self._wanted(), self._known, desk.user.id, supervisor=desk.is_supervisor)
        self.form = form
        open_filter(form, desk, self._runner, self.show_filter, self._filter_kept)

    def _filter_kept(self, changes: Changes, made: QueueFilter | None) -> None:
        if made is not None:
            self._chip, self._base, self._item = ALL, made, None
        self.changed.emit(changes)
        self._know_more()

    def show_loads(self) -> None:
        """Show who holds how many people, to supervisors."""
        dialog = self.loads = LoadsDialog(self._view, self._runner)
        dialog.chosen.connect(lambda user_id: self.show_filter(QueueFilter(owner_id=user_id, nobody=not user_id)))
        self._do(partial(caseloads.loads, self._desk), dialog.show_loads)
        dialog.open()

    def _written(self, changes: Changes) -> None:
        self._read()
        self.changed.emit(changes)

    # --- reading ----------------------------------------------------------------------------------------------------

    def _wanted(self) -> QueueFilter:
        return narrowed(self._base, self._chip, self._desk.user.id)

    def _filter(self, chip: str, base: QueueFilter) -> None:
        self._chip, self._base = chip, base
        self._item = None
        self._read()

    def _choose_saved(self, code: str) -> None:
        chosen = {each: wanted for each, _words, wanted in saved_filters(self._base, self._known)}
        if code in chosen:
            plain = all(each.id != code for each in self._known.kept)
            self._filter(self._chip if plain else ALL, chosen[code])

    def _know_more(self) -> None:
        """Read what filters are made of, then the queue again with their words."""
        desk = self._desk

        def read() -> Known:
            return Known(queue_filters.offers(desk), cases.users(desk), queue_filters.kept(desk))

        def show(known: Known) -> None:
            self._known = known
            self._view.show_users(known.users)
            self._read()

        self._do(read, show)

    def _read(self) -> None:
        desk, wanted = self._desk, self._wanted()
        row = self._view.table.currentIndex().row()
        self._was = (self._item.line.id, row) if self._item and row >= 0 else ("", 0)
        choices = [(code, words) for code, words, _wanted in saved_filters(self._base, self._known)]
        self._view.show_filter(self._chip, choices, code_of(self._base, self._known))
        self._view.model.open(
            lambda: triage.count(desk, wanted),
            lambda offset, limit: triage.queue(desk, wanted, offset, limit),
        )
        self._count()

    def _count(self) -> None:
        desk, base, me = self._desk, self._base, self._desk.user.id

        def work(_progress: object) -> _Counts:
            chips = {chip: triage.count(desk, narrowed(base, chip, me)) for chip in CHIPS}
            return _Counts(chips, triage.count(desk, EVERYONE), triage.count(desk, QueueFilter(overdue=True)))

        self._runner.start(work, self._show_counts, self._fail, owner=self._view)

    def _show_counts(self, counts: _Counts) -> None:
        self._counts = counts
        self._view.show_counts(counts.chips)
        self._show_page()
        self.overdue_counted.emit(counts.overdue)

    def _show_page(self) -> None:
        """The queue, or why it is empty; and how many stand in it."""
        rows, counts = self._view.model.rowCount(), self._counts
        overdue = counts.chips[OVERDUE] if counts else 0
        people = ngettext("{n} person", "{n} people", rows).format(n=number(rows))
        told = _("{people}, {n} overdue").format(people=people, n=number(overdue)) if self._chip == ALL else people
        read_at = _("As of {time}").format(time=clock_time(self._desk.believed.now()))
        if self._desk.believed.odd:
            read_at = _("The clock of this computer is not believed. {read_at}").format(read_at=read_at)
        self._view.show_heading(told, read_at)
        if rows:
            self._view.show_queue()
        elif counts and counts.people:
            self._view.show_no_hit(self._filter_words())
        elif counts:
            self._view.show_nobody_registered()

    def _filter_words(self) -> str:
        saved = filter_words(self._base, self._known)
        return (
            saved if self._chip == ALL else _("{saved}, {chip}").format(saved=saved, chip=chip_words(self._chip, None))
        )

    def _stay(self, count: int) -> None:
        """After a change: find the person who was chosen, near the place where they stood."""
        self._show_page()
        person_id, row = self._was
        if not count or not person_id or self._view.model.row_of(person_id) >= 0:
            return
        start, desk, wanted = max(row - _NEAR, 0), self._desk, self._wanted()

        def go(found: list[QueueItem]) -> None:
            ids = [item.line.id for item in found]
            at = start + ids.index(person_id) if person_id in ids else min(row, count - 1)
            self._view.table.selectRow(at)

        self._runner.start(
            lambda _progress: triage.queue(desk, wanted, start, 2 * _NEAR), go, self._fail, owner=self._view
        )

    # --- the person chosen ------------------------------------------------------------------------------------------

    def _choose(self, item: QueueItem | None) -> None:
        if self._asking is not None:
            self._asking.cancel()
        item = item or self._view.table.current()  # its page may have come in the meantime
        if item is None:
            self._item = None
            self._view.panel.show_nothing()
            self._view.split.set_fold_words("")
            return
        if self._item is None or self._item.line.id != item.line.id:
            self._view.panel.clear_reasons()
        self._item, self._computed = item, ""
        self._show_times()
        person_id, asked = item.line.id, item.marks.asked

        def show(view: LevelView) -> None:
            if self._item is not None and self._item.line.id == person_id:
                self._computed = view.computed_level
                self._view.panel.show_reasons(view, self._desk.believed.today(), asked)

        def fail(error: AppError) -> None:
            if error.code != "cancelled":
                self._fail(error)

        self._asking = self._runner.start(
            lambda _progress: triage.why(self._desk, person_id), show, fail, owner=self._view
        )

    def _show_times(self) -> None:
        self._view.redraw()
        if self._item is not None:
            head = head_of(self._item, self._desk.believed, self._privacy)
            self._view.panel.show_head(head)
            self._view.split.set_fold_words(_("{name}: {due}").format(name=head.name or head.who, due=head.due))

    def _open_chosen(self) -> None:
        if self._item is not None:
            self.open_item(self._item)

    def _connect(self) -> None:
        view = self._view
        view.chip_chosen.connect(lambda chip: self._filter(chip, self._base))
        view.saved_chosen.connect(self._choose_saved)
        view.filter_asked.connect(self.ask_filter)
        view.loads_asked.connect(self.show_loads)
        view.clear_asked.connect(lambda: self._filter(ALL, EVERYONE))
        view.register_asked.connect(self._navigator.register_family)
        view.user_chosen.connect(self.assign)
        view.panel.open_asked.connect(self._open_chosen)
        view.panel.take_asked.connect(self.take)
        view.panel.level_asked.connect(self.ask_level)
        view.panel.advice_asked.connect(self.ask_advice)
        view.panel.looked_asked.connect(self.looked_at)
        view.table.opened.connect(self.open_item)
        view.table.current_changed.connect(self._choose)
        view.model.counted.connect(self._stay)
        view.model.failed.connect(self._fail)
        self._privacy.changed.connect(self._show_times)
        self._minute.timeout.connect(self.tick)

    def _do(
        self, work: Callable[[], T], done: Callable[[T], object], fail: Callable[[AppError], object] | None = None
    ) -> None:
        self._runner.start(lambda _progress: work(), done, fail or self._fail, owner=self._view)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
