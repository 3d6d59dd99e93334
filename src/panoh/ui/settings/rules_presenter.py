"""What happens on the page of the rules of triage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.services import triage_settings
from panoh.services.desk import Changes, Desk
from panoh.services.triage_settings import DryRun, Wanted
from panoh.ui import errors
from panoh.ui.settings.rules import AS_THE_RULE, EndForm, RulesView, SetForm, TriedForm
from panoh.ui.settings.rules_model import RuleRow, place_words, read
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import FILES, TaskRunner


class RulesPresenter(ListScreen[RulesView], QObject):
    """One of the pages of Settings, for supervisors."""

    changed = Signal(object)  # Changes of a write made here
    rules_changed = Signal()  # everyone is to be assessed anew
    help_page = "triage-rules"
    shown_kinds = frozenset({"RuleSetting", "Site", "User"})

    def __init__(self, view: RulesView, desk: Desk, runner: TaskRunner) -> None:
        super().__init__(view)
        self.title = _("Triage rules")
        self._view, self._desk, self._runner = view, desk, runner
        self.form: TriedForm | None = None
        view.table.current_changed.connect(self._show_choice)
        view.table.opened.connect(lambda _row: self.set())
        view.set_asked.connect(self.set)
        view.end_asked.connect(self.end)

    def set(self) -> None:
        """Ask what is to be set about the chosen rule."""
        row = self._row()
        if row is not None:
            self._do(partial(triage_settings.sites, self._desk), partial(self._open_set, row))

    def end(self) -> None:
        """Ask whether the chosen setting is to end."""
        row = self._row()
        if row is None or row.setting is None:
            return
        setting_id, desk = row.setting.id, self._desk
        self._open(
            EndForm(self._view, row.rule, place_words(row.setting)),
            lambda _values, step: triage_settings.dry_end(desk, setting_id, step),
            lambda _values: triage_settings.end(desk, setting_id),
        )

    # --- inside -----------------------------------------------------------------------------------------------------

    def _open_set(self, row: RuleRow, sites: list[tuple[str, str]]) -> None:
        desk = self._desk

        def wanted(values: dict[str, str]) -> Wanted:
            told = {**values, "level": "" if values["level"] == AS_THE_RULE else values["level"]}
            return Wanted(rule=row.rule.rule, variant=row.rule.variant, **told)

        self._open(
            SetForm(self._view, row.rule, sites),
            lambda values, step: triage_settings.dry_run(desk, wanted(values), step),
            lambda values: triage_settings.set_rule(desk, wanted(values)),
        )

    def _open(
        self,
        form: TriedForm,
        dry: Callable[[dict[str, str], Progress], DryRun],
        keep: Callable[[dict[str, str]], Changes],
    ) -> None:
        self.form = form

        def asked(values: dict[str, str]) -> None:
            if form.is_tried(values):
                self._do(lambda: _or_problems(partial(keep, values)), kept, form.fail)
                return
            work = lambda step: _or_problems(partial(dry, values, step))  # noqa: E731
            task = self._runner.start(work, partial(tried, values), form.fail, owner=form, lane=FILES)
            self._view.progress.watch(task, _("Trying the rule"))

        def tried(values: dict[str, str], answer: DryRun | list[FieldProblem]) -> None:
            if isinstance(answer, DryRun):
                form.show_tried(values, answer.words())
            else:
                form.show_problems(answer)

        def kept(answer: Changes | list[FieldProblem]) -> None:
            if not isinstance(answer, Changes):
                form.show_problems(answer)
                return
            form.accept()
            self._view.told.say(_("Kept. Everyone is assessed anew now; other work goes on meanwhile."))
            self.changed.emit(answer)
            self.rules_changed.emit()
            self._read()

        form.wanted.connect(asked)
        form.finished.connect(form.deleteLater)
        form.open()

    def _row(self) -> RuleRow | None:
        row = self._view.table.current()
        return row if isinstance(row, RuleRow) else None

    def _show_choice(self, row: RuleRow | None) -> None:
        self._view.show_choice(rule=row is not None, setting=row is not None and row.setting is not None)

    def _read(self) -> None:
        def show(rows: list[RuleRow]) -> None:
            self._view.model.show_rows(rows)
            self._show_choice(self._row())

        self._do(partial(read, self._desk), show)

    def _do(self, work: Callable[[], Any], done: Callable[[Any], object], fail: Any = None) -> None:
        self._runner.start(lambda _progress: work(), done, fail or self._fail, owner=self)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)


def _or_problems(work: Callable[[], Any]) -> Any:
    """What the work gives, or the problems of the form for which it was refused."""
    try:
        return work()
    except FormProblems as found:
        return found.problems
