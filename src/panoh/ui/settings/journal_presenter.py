"""What happens on the journal's page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.services import journal
from panoh.services.desk import Desk
from panoh.services.journal import Chain, Filter
from panoh.ui import errors
from panoh.ui.form_reader import FormReader
from panoh.ui.settings.journal import CompareForm, JournalView
from panoh.ui.settings.journal_model import rows
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import FILES, TaskRunner


class JournalPresenter(ListScreen[JournalView], QObject):
    """One of the pages of Settings, for supervisors."""

    help_page = "journal"

    def __init__(self, view: JournalView, desk: Desk, runner: TaskRunner, check: Callable[[Progress], Chain]) -> None:
        super().__init__(view)
        self.title = _("Journal")
        self._view, self._desk, self._runner, self._walk = view, desk, runner, check
        self._wanted = Filter()
        self.form: CompareForm | None = None
        view.filter_asked.connect(self.filter)
        view.all_asked.connect(self.show_all)
        view.check_asked.connect(self.check)
        view.compare_asked.connect(self.compare)
        view.model.counted.connect(view.show_count)
        view.model.failed.connect(self._fail)

    def filter(self) -> None:
        """Show the entries that fit what stands in the filters."""
        reader = FormReader(self._desk, self._view.values())
        told = {name: reader.text(name) for name in ("user_id", "record_class", "change")}
        wanted = Filter(**told, since=reader.day("since"), until=reader.day("until"), number=reader.raw("number"))
        if reader.problems:
            self._view.note.say("\n".join(problem.text for problem in reader.problems))
            return
        self._view.note.hide()
        self._wanted = wanted
        self._read()

    def show_all(self) -> None:
        """Show every entry."""
        self._view.clear()
        self.filter()

    def check(self) -> None:
        """Walk along the chain and tell what was found."""
        self._runner.start(self._walk, self._view.show_chain, self._fail, owner=self, lane=FILES)

    def compare(self) -> None:
        """Ask for the code of a paper, and tell whether the chain holds it."""
        form = self.form = CompareForm(self._view)

        def wanted(values: dict[str, str]) -> None:
            work = partial(journal.stands_in, self._desk, values["code"])
            self._runner.start(lambda _progress: work(), told, form.fail, owner=form)

        def told(stands: bool) -> None:
            if stands:
                form.accept()
                self._view.told.say(_("The code stands in this journal: nothing before it was cut off or put back."))
                return
            words = _("This code does not stand in this journal: compare it again, and if it is right, tell support.")
            form.show_problems([FieldProblem("code", words)])

        form.wanted.connect(wanted)
        form.finished.connect(form.deleteLater)
        form.open()

    def _read(self) -> None:
        desk, wanted = self._desk, self._wanted
        self._view.model.open(lambda: journal.count(desk, wanted), partial(rows, desk, wanted))

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
