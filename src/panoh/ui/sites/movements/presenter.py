"""What happens on the list of movements."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.border import Movement
from panoh.services import border, registration
from panoh.services.border import MovementLine
from panoh.services.desk import Changes, Desk
from panoh.services.person_edit import Choice
from panoh.ui import errors
from panoh.ui.form_reader import FormReader
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.sites.keeping import Keeping, Work
from panoh.ui.sites.movements.form import MovementForm, movement_of
from panoh.ui.sites.movements.view import MovementsView
from panoh.ui.tasks import TaskRunner


class MovementsPresenter(ListScreen[MovementsView], QObject):
    """One of the lists of the Sites screen."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "sites"
    shown_kinds = frozenset({"Movement", "Site"})

    def __init__(self, view: MovementsView, desk: Desk, runner: TaskRunner) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Movements")
        self._view, self._desk, self._runner = view, desk, runner
        self.keeping = Keeping(view, view, desk, runner, self._written)
        view.new_asked.connect(lambda: self._ask(Movement(id="")))
        view.table.opened.connect(self._change)
        view.model.failed.connect(self._fail)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        desk = self._desk
        self._view.model.open(
            lambda: border.movement_count(desk), lambda offset, limit: border.movements(desk, offset, limit)
        )

    def _change(self, row: MovementLine) -> None:
        self._ask(row.movement)

    def _ask(self, movement: Movement) -> None:
        def offer(known: Sequence[Choice]) -> None:
            form = MovementForm(self._view, self._desk.vocabularies, known, movement)
            self.keeping.open(form, partial(self._movement, movement, known))

        self._runner.start(
            lambda _progress: [(site.id, site.name) for site in registration.sites(self._desk)],
            offer,
            self._fail,
            owner=self._view,
        )

    def _movement(self, before: Movement, known: Sequence[Choice], form: FormReader) -> Work:
        return partial(border.keep_movement, self._desk, movement_of(form, before, known))

    def _written(self, changes: Changes) -> None:
        self._read()
        self.changed.emit(changes)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
