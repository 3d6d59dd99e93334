"""Triage: reads the queue by filter, shows why each person stands where they stand, takes and assigns cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import clock_time, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.services import cases, triage
from panoh.services.desk import Changes, Desk
from panoh.services.triage import ALL_BUT_LOW, LevelView, QueueFilter, QueueItem
from panoh.ui import errors
from panoh.ui.accessibility import announce
from panoh.ui.navigator import Among, Navigator
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import Task, TaskRunner
from panoh.ui.triage.level_dialog import LevelDialog
from panoh.ui.triage.model import (
    ALL,
    CHIPS,
    EVERYONE,
    OVERDUE,
    chip_of,
    chip_words,
    head_of,
    levels_of,
    narrowed,
    saved_filters,
)
from panoh.ui.triage.view import TriageView

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
        self._levels, self._chip = ALL_BUT_LOW.levels, ALL
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
        self._read()
        self._runner.start(
            lambda _progress: cases.users(self._desk), self._view.show_users, self._fail, owner=self._view
        )
        self._view.list.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Nearly every record feeds a level: read again, and stay with the person chosen."""
        if kinds:
            self._read()

    def show_filter(self, wanted: QueueFilter) -> None:
        """Show this part of the queue."""
        self._levels, self._chip = wanted.levels, chip_of(wanted)
        self._item = None
        self._read()

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
        if self._item is None:
            return
        if self._item.line.owner_id == self._desk.user.id:
            self._view.said.say(_("You hold this case already."))
            return
        self._assign(self._desk.user.id, _("{number} is yours now").format(number=self._item.line.number))

    def assign(self, user_id: str) -> None:
        """Give the chosen person's case to this user."""
        if self._item is not None:
            self._assign(user_id, _("{number} is assigned").format(number=self._item.line.number))

    def ask_level(self) -> None:
        """Ask which other level the chosen person shall have, and why."""
        if self._item is None:
            return
        line = self._item.line
        dialog = self._view.ask_level(line.number, line.level, self._desk.clock.today())
        dialog.save_asked.connect(lambda level, reason, on: self._set_level(dialog, line.id, level, reason, on))

    def _assign(self, user_id: str, said: str) -> None:
        item, desk = self._item, self._desk
        if item is None:
            return

        def done(changes: Changes) -> None:
            self._view.note.hide()
            self._view.said.hide()
            announce(self._view, said)
            self._written(changes)

        self._runner.start(
            lambda _progress: triage.assign(desk, item.line.id, user_id), done, self._fail, owner=self._view
        )

    def _set_level(self, dialog: LevelDialog, person_id: str, level: str, reason: str, on: date) -> None:
        def work(_progress: object) -> Changes | list[FieldProblem]:
            try:
                return triage.set_level(self._desk, person_id, level, reason, on)
            except FormProblems as found:
                return found.problems

        def done(answer: Changes | list[FieldProblem]) -> None:
            if isinstance(answer, Changes):
                dialog.accept()
                self._written(answer)
            else:
                dialog.show_problems(answer)

        self._runner.start(work, done, dialog.show_error, owner=dialog)

    def _written(self, changes: Changes) -> None:
        self._read()
        self.changed.emit(changes)

    # --- reading ----------------------------------------------------------------------------------------------------

    def _wanted(self) -> QueueFilter:
        return narrowed(self._levels, self._chip, self._desk.user.id)

    def _filter(self, chip: str, levels: tuple[str, ...]) -> None:
        self._chip, self._levels = chip, levels
        self._item = None
        self._read()

    def _read(self) -> None:
        desk, wanted = self._desk, self._wanted()
        row = self._view.table.currentIndex().row()
        self._was = (self._item.line.id, row) if self._item and row >= 0 else ("", 0)
        self._view.show_filter(self._chip, self._levels)
        self._view.model.open(
            lambda: triage.count(desk, wanted),
            lambda offset, limit: triage.queue(desk, wanted, offset, limit),
        )
        self._count()

    def _count(self) -> None:
        desk, levels, me = self._desk, self._levels, self._desk.user.id

        def work(_progress: object) -> _Counts:
            chips = {chip: triage.count(desk, narrowed(levels, chip, me)) for chip in CHIPS}
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
        self._view.show_heading(told, _("As of {time}").format(time=clock_time(self._desk.clock.now())))
        if rows:
            self._view.show_queue()
        elif counts and counts.people:
            self._view.show_no_hit(self._filter_words())
        elif counts:
            self._view.show_nobody_registered()

    def _filter_words(self) -> str:
        saved = dict(saved_filters(self._levels))[" ".join(self._levels)]
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
        self._item = item
        self._show_times()
        person_id = item.line.id

        def show(view: LevelView) -> None:
            if self._item is not None and self._item.line.id == person_id:
                self._view.panel.show_reasons(view, self._desk.clock.today())

        def fail(error: AppError) -> None:
            if error.code != "cancelled":
                self._fail(error)

        self._asking = self._runner.start(
            lambda _progress: triage.why(self._desk, person_id), show, fail, owner=self._view
        )

    def _show_times(self) -> None:
        self._view.redraw()
        if self._item is not None:
            head = head_of(self._item, self._desk.clock, self._privacy)
            self._view.panel.show_head(head)
            self._view.split.set_fold_words(_("{name}: {due}").format(name=head.name or head.who, due=head.due))

    def _open_chosen(self) -> None:
        if self._item is not None:
            self.open_item(self._item)

    def _connect(self) -> None:
        view = self._view
        view.chip_chosen.connect(lambda chip: self._filter(chip, self._levels))
        view.levels_chosen.connect(lambda key: self._filter(self._chip, levels_of(key)))
        view.clear_asked.connect(lambda: self._filter(ALL, EVERYONE.levels))
        view.register_asked.connect(self._navigator.register_family)
        view.user_chosen.connect(self.assign)
        view.panel.open_asked.connect(self._open_chosen)
        view.panel.take_asked.connect(self.take)
        view.panel.level_asked.connect(self.ask_level)
        view.table.opened.connect(self.open_item)
        view.table.current_changed.connect(self._choose)
        view.model.counted.connect(self._stay)
        view.model.failed.connect(self._fail)
        self._privacy.changed.connect(self._show_times)
        self._minute.timeout.connect(self.tick)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
