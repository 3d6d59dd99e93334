"""What happens on the page of leads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.leads import Lead
from panoh.services import leads
from panoh.services.desk import Changes, Desk
from panoh.services.leads import LeadView, Possible
from panoh.ui import errors
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.navigator import Navigator
from panoh.ui.privacy import Privacy
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.leads.file_dialog import LeadsFileDialog
from panoh.ui.tracing.leads.model import LeadWords
from panoh.ui.tracing.leads.view import Hit, LeadsView, MarkForm
from panoh.ui.widgets.controls import offered

T = TypeVar("T")


class LeadsPresenter(ListScreen[LeadsView], QObject):
    """The last list of the Tracing screen."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "leads"
    shown_kinds = frozenset({"Lead", "LeadNote"})

    def __init__(
        self, view: LeadsView, desk: Desk, runner: TaskRunner, navigator: Navigator, words: LeadWords, privacy: Privacy
    ) -> None:
        super().__init__(view)
        self.title = _("Leads")
        self._view, self._desk, self._runner, self._navigator, self._words = view, desk, runner, navigator, words
        self._lead: Lead | None = None
        self.dialog: LeadsFileDialog | None = None
        self.form: MarkForm | None = None
        view.model.counted.connect(view.show_count)
        view.model.failed.connect(self._fail)
        view.table.current_changed.connect(self._show)
        view.table.opened.connect(lambda _row: self.compare())
        view.compare_asked.connect(self.compare)
        view.mark_asked.connect(self.ask_mark)
        view.bring_in_asked.connect(self.bring_in)
        privacy.changed.connect(self._names_changed)

    def compare(self) -> None:
        """Who of ours the chosen lead may be about."""
        if self._lead is not None:
            self._run(partial(leads.possible, self._desk, self._lead.id), partial(self._show_possible, self._lead.id))

    def ask_mark(self) -> None:
        """Note what was done with the chosen lead."""
        lead = self._lead
        if lead is None:
            return
        form = self.form = MarkForm(self._view, offered(self._desk.vocabularies, "lead_state"))
        form.set_value("state", lead.state)
        form.set_value("words", lead.state_words)

        def read(reader: FormReader) -> Callable[[], Changes]:
            state, words = reader.text("state"), reader.text("words")
            if not state:
                reader.wrong("state", _("Choose what was done with it."))
            return lambda: leads.mark(self._desk, lead.id, state, words)

        open_form(form, self._desk, self._runner, read, self._written)

    def bring_in(self) -> None:
        """Bring in a file of public records."""
        self.dialog = LeadsFileDialog(self._desk, self._runner, self._view)
        self.dialog.brought_in.connect(self._written)
        self.dialog.open()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        desk = self._desk
        self._view.model.open(lambda: leads.count(desk), lambda offset, limit: leads.page(desk, offset, limit))

    def _show(self, lead: Lead | None) -> None:
        self._lead = lead
        if lead is None:
            return
        words = self._words
        self._view.show_lead(words.name(lead), words.who(lead), words.facts(lead))
        self._run(partial(leads.lead, self._desk, lead.id), self._show_notes)

    def _show_notes(self, view: LeadView) -> None:
        if self._lead is not None and view.lead.id == self._lead.id:
            self._view.show_notes([self._words.note(note) for note in view.notes])

    def _show_possible(self, lead_id: str, found: Possible) -> None:
        if self._lead is None or self._lead.id != lead_id:
            return
        words, ways = self._words, self._navigator
        hits: list[Hit] = [
            (words.person(one), words.agreeing(one.match), partial(ways.open_person, one.person.id))
            for one in found.people
        ]
        hits += [
            (words.request(one), words.agreeing(one.match), partial(ways.open_request, one.request.id))
            for one in found.requests
        ]
        self._view.show_possible(hits)
        first = self._view.first_hit()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _written(self, changes: Changes) -> None:
        self._read()
        self.changed.emit(changes)

    def _names_changed(self) -> None:
        self._view.table.viewport().update()
        self._show(self._lead)

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), on_done, self._fail, owner=self)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
