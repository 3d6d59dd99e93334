"""What happens on the page of erasure and retention."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.retention import MONTHS
from panoh.services import erasing, retention
from panoh.services.desk import Changes, Desk
from panoh.services.mentions import Mentioned
from panoh.services.retention import Preview
from panoh.ui import errors
from panoh.ui.privacy import Privacy
from panoh.ui.settings.erasure import AgreeForm, ErasureView, MonthsForm
from panoh.ui.settings.erasure_model import ErasureRow, read
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import TaskRunner

_WHY_DUE, _WHY_ELSEWHERE = "retention", "elsewhere"


class ErasurePresenter(ListScreen[ErasureView], QObject):
    """One of the pages of Settings, for supervisors."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "erasure"
    shown_kinds = frozenset({"Person", "Case", "Erasure", "Removal", "Site"})

    def __init__(self, view: ErasureView, desk: Desk, runner: TaskRunner, privacy: Privacy) -> None:
        super().__init__(view)
        self.title = _("Erasure")
        self._view, self._desk, self._runner, self._privacy = view, desk, runner, privacy
        self._months = MONTHS
        self.form: AgreeForm | MonthsForm | None = None
        view.table.current_changed.connect(self._show_choice)
        view.table.opened.connect(lambda _row: self.look())
        view.look_asked.connect(self.look)
        view.refuse_asked.connect(self.refuse)
        view.ask_asked.connect(self.ask)
        view.months_asked.connect(self.ask_months)
        view.believe_asked.connect(self.believe)
        view.model.counted.connect(view.list.show_count)

    def look(self) -> None:
        """Look at where else the name stands, and agree or leave it."""
        row = self._row()
        if row is not None and row.asked and row.line and not row.asked.mine:
            person_id = row.line.id
            self._do(lambda: erasing.mentioned(self._desk, person_id), partial(self._open_agree, row))

    def refuse(self) -> None:
        """Take the wish away."""
        row = self._row()
        if row is not None and row.asked:
            self._do(partial(erasing.refuse, self._desk, row.asked.erasure.id), self._written)

    def ask(self) -> None:
        """Ask that somebody who is due, or is of another site, is erased."""
        row = self._row()
        if row is not None and row.line and (row.due or row.elsewhere):
            why = _WHY_ELSEWHERE if row.elsewhere else _WHY_DUE
            self._do(partial(erasing.ask, self._desk, row.line.id, why), self._written)

    def ask_months(self) -> None:
        """Ask for how long closed cases are kept."""
        form = self.form = MonthsForm(self._view, self._months)

        def wanted(values: dict[str, str]) -> None:
            if not values["months"].strip().isdecimal():
                form.show_problems([FieldProblem("months", _("Type a number of months."))])
                return
            work = partial(retention.set_months, self._desk, int(values["months"][:6]))
            self._do(work, done, form.fail)

        def done(_nothing: None) -> None:
            form.accept()
            self._read()

        form.wanted.connect(wanted)
        form.finished.connect(form.deleteLater)
        form.open()

    def believe(self) -> None:
        """Say that the date of this computer is right."""
        self._do(partial(retention.believe_clock, self._desk), lambda _nothing: self._read())

    # --- inside -----------------------------------------------------------------------------------------------------

    def _open_agree(self, row: ErasureRow, found: Mentioned) -> None:
        who = row.line.number if row.line else ""
        form = self.form = AgreeForm(self._view, who, found, hidden=self._privacy.hidden)

        def agree(_values: dict[str, str]) -> None:
            kept, blanked = form.answers()
            erasure_id = row.asked.erasure.id if row.asked else ""
            self._do(partial(erasing.agree, self._desk, erasure_id, kept, blanked), done, form.fail)

        def done(changes: Changes) -> None:
            form.accept()
            self._view.told.say(
                _("{number} is erased. The list beside the vault and its backups holds that it stays so.").format(
                    number=who
                )
            )
            self._written(changes)

        form.wanted.connect(agree)
        form.finished.connect(form.deleteLater)
        form.open()

    def _row(self) -> ErasureRow | None:
        row = self._view.table.current()
        return row if isinstance(row, ErasureRow) else None

    def _show_choice(self, row: ErasureRow | None) -> None:
        asked = row.asked if row is not None else None
        look = asked is not None and not asked.mine and row is not None and row.line is not None
        self._view.show_choice(
            look=look, refuse=asked is not None, ask=row is not None and (row.due is not None or row.elsewhere)
        )

    def _read(self) -> None:
        def show(told: tuple[list[ErasureRow], Preview]) -> None:
            rows, found = told
            self._months = found.months
            self._view.model.show_rows(rows)
            self._view.show_retention(found.months, found.odd)
            self._show_choice(self._row())

        self._do(partial(read, self._desk), show)

    def _written(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self._read()

    def _do(self, work: Callable[[], Any], done: Callable[[Any], object], fail: Any = None) -> None:
        self._runner.start(lambda _progress: work(), done, fail or self._fail, owner=self)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
