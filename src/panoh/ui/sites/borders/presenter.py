"""What happens on the list of border points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.border import BorderPoint
from panoh.services import border, person_edit
from panoh.services.border import PointNow
from panoh.services.desk import Changes, Desk
from panoh.services.person_edit import Choice
from panoh.ui import errors
from panoh.ui.form_reader import FormReader, day_text
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.sites.borders.forms import PointForm, StateForm, point_of, state_of
from panoh.ui.sites.borders.model import countries_words, state_words
from panoh.ui.sites.borders.view import BordersView
from panoh.ui.sites.keeping import Keeping, Work
from panoh.ui.tasks import TaskRunner


class BordersPresenter(ListScreen[BordersView], QObject):
    """One of the lists of the Sites screen."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "sites"
    shown_kinds = frozenset({"BorderPoint", "BorderPointState", "BorderEvent", "Person"})

    def __init__(self, view: BordersView, desk: Desk, runner: TaskRunner) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Border points")
        self._view, self._desk, self._runner = view, desk, runner
        self.keeping = Keeping(view, view, desk, runner, self._written)
        self._points: list[PointNow] = []
        view.new_asked.connect(lambda: self._ask_point(BorderPoint(id="", name="")))
        view.change_asked.connect(self._change)
        view.state_asked.connect(self._ask_state)
        view.table.current_changed.connect(self._show)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._runner.start(lambda _progress: border.points(self._desk), self._fill, self._fail, owner=self._view)

    def _fill(self, points: list[PointNow]) -> None:
        self._points = points
        self._view.model.show_rows(points)
        if not points:
            self._show(None)

    def _show(self, row: PointNow | None) -> None:
        if row is None:
            self._view.show_nothing(_("The states of a border point by date will stand here."))
            self._view.split.set_fold_words(_("No border point is chosen"))
            return
        words = self._desk.vocabularies
        now = border.state_on(row, self._desk.clock.today())
        state = state_words(words, now) if now else _("state not noted yet")
        self._view.split.set_fold_words(_("{name}: {state}").format(name=row.point.name, state=state))
        self._view.states.show_rows(row.states)
        self._view.days.show_rows(row.days)
        self._view.show_point(row.point.name, countries_words(row))

    def _change(self) -> None:
        row = self._view.table.current()
        if row is not None:
            self._ask_point(row.point)

    def _ask_point(self, point: BorderPoint) -> None:
        def offer(offers: person_edit.Offers) -> None:
            form = PointForm(self._view, self._desk.vocabularies, offers.countries, point)
            self.keeping.open(form, partial(self._point, point, offers.countries))

        self._runner.start(lambda _progress: person_edit.offers(self._desk), offer, self._fail, owner=self._view)

    def _point(self, before: BorderPoint, countries: Sequence[Choice], form: FormReader) -> Work:
        others = [row.point.name for row in self._points if row.point.id != before.id]
        return partial(border.keep_point, self._desk, point_of(form, before, others, countries))

    def _ask_state(self) -> None:
        row = self._view.table.current()
        if row is not None:
            today = day_text(self._desk.clock.today())
            form = StateForm(self._view, self._desk.vocabularies, row.point.name, today)
            self.keeping.open(form, partial(self._state, row.point))

    def _state(self, point: BorderPoint, form: FormReader) -> Work:
        return partial(border.keep_state, self._desk, state_of(form, point, self._desk.clock.today()))

    def _written(self, changes: Changes) -> None:
        self._read()
        self.changed.emit(changes)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
