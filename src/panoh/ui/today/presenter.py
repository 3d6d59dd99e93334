"""Today: reads what is due and who waits, marks tasks as done, and leads from every number to its list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine
from panoh.services import drafts, due
from panoh.services.desk import Changes, Desk
from panoh.services.drafts import Draft
from panoh.services.due import DueLine
from panoh.services.today import Today, today
from panoh.services.triage import QueueFilter
from panoh.ui import errors
from panoh.ui.dashboard.filling import Filling
from panoh.ui.dashboard.filling import Ways as ToLists
from panoh.ui.navigator import Among, Navigator
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.today.view import TodayView
from panoh.ui.words import long_day

MINUTE = 60_000  # milliseconds
WITHOUT_OWNER = QueueFilter(levels=("critical", "high"), nobody=True)


class Ways(Navigator, ToLists, Protocol):
    """Where Today leads."""

    def register_family(self) -> None:
        """Begin to register a family."""

    def register_person(self) -> None:
        """Begin to register one person."""

    def open_draft(self, draft: Draft) -> None:
        """Go on with a draft."""

    def list_drafts(self) -> None:
        """Show all drafts."""

    def list_decisions(self) -> None:
        """Show what waits for a supervisor."""

    def list_tracing(self) -> None:
        """Show what is to do in tracing."""


class TodayPresenter(QObject):
    """The screen of the frame."""

    changed = Signal(object)  # Changes of a write made here

    help_page = "today"

    def __init__(self, view: TodayView, desk: Desk, runner: TaskRunner, navigator: Ways, privacy: Privacy) -> None:
        super().__init__(view)
        self.title = _("Today")
        self._view, self._desk, self._runner, self._navigator = view, desk, runner, navigator
        self._nobody: Sequence[PersonLine] = ()
        self._filling = Filling(view.numbers, desk, runner, navigator, self._fail)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._connect(privacy)
        self._show_day()
        self._minute.start()

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """The big button, the tables, the charts."""
        return (self._view.register, self._view.tasks, self._view.nobody, self._view.charts)

    def opened(self) -> None:
        """Read everything, what is due first; the keys go to the big button."""
        self._read()
        self._filling.read()
        self._view.register.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Nearly every record counts here: read again."""
        if kinds:
            self._read()
            self._filling.refresh()

    def tick(self) -> None:
        """A minute went by: due times go on, and perhaps another day began."""
        if not self._view.isVisible():
            return
        self._view.redraw()
        if self._desk.clock.today() != self._day:
            self._read()
            self._filling.read()

    # --- wishes -----------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Mark the chosen line as done; without one the keys go into the table.

        What cannot be done without saying what came of it (an answer, a follow-up, a plan) opens the person.
        """
        row = self._view.tasks.marked()
        if not isinstance(row, DueLine):
            self._view.tasks.setFocus()
            return
        if not row.at_once:
            self.open_task(row)
            return
        desk = self._desk

        def done(changes: Changes) -> None:
            words = _("Done: {what}").format(what=row.what)
            self._view.said.say(words, action=_("Undo"), run=lambda: self._undo(row))
            self._written(changes)

        self._runner.start(lambda _progress: due.finish(desk, row), done, self._fail, owner=self._view)

    def _undo(self, row: DueLine) -> None:
        """The line is to do again, as it was."""
        self._view.said.hide()
        self._runner.start(
            lambda _progress: due.take_back(self._desk, row), self._written, self._fail, owner=self._view
        )

    def open_task(self, row: DueLine) -> None:
        """Open the person whom a line is about, with those of the other lines at hand as neighbours."""
        if row.person is None:
            return
        people = [each.person.id for each in self._view.lines_at_hand() if each.person]
        self._open(row.person, list(dict.fromkeys(people)), _("{n} of {count} in my tasks"))

    def open_line(self, line: PersonLine) -> None:
        """Open someone who waits for an owner."""
        self._open(line, [each.id for each in self._nobody], _("{n} of {count} without an owner"))

    def _open(self, line: PersonLine, people: list[str], words: str) -> None:
        among = Among(self.title, words, people.index(line.id), len(people), people.__getitem__)
        self._navigator.open_person(line.id, among)

    # --- reading ----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        desk = self._desk
        self._show_day()
        self._runner.start(
            lambda _progress: (today(desk), drafts.mine(desk)),
            lambda found: self._show(*found),
            self._fail,
            owner=self._view,
        )

    def _show(self, now: Today, mine: list[Draft]) -> None:
        desk, self._nobody = self._desk, now.nobody
        self._view.show_today(now, mine, self._day)
        self._view.show_due(lambda: now.due.all, lambda offset, limit: due.mine(desk, offset, limit))

    def _show_day(self) -> None:
        self._day = self._desk.clock.today()
        self._view.show_day(long_day(self._day))

    def _written(self, changes: Changes) -> None:
        self._read()
        self._filling.refresh()
        self.changed.emit(changes)

    def _connect(self, privacy: Privacy) -> None:
        view, ways = self._view, self._navigator
        view.register_asked.connect(ways.register_family)
        view.register_person_asked.connect(ways.register_person)
        view.done_asked.connect(self.finish)
        view.tasks.opened.connect(self.open_task)
        view.nobody.opened.connect(self.open_line)
        view.all_nobody_asked.connect(lambda: ways.open_triage(WITHOUT_OWNER))
        view.draft_chosen.connect(ways.open_draft)
        view.drafts_asked.connect(ways.list_drafts)
        view.decisions_asked.connect(ways.list_decisions)
        view.tracing_asked.connect(ways.list_tracing)
        privacy.changed.connect(view.redraw)
        self._minute.timeout.connect(self.tick)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
