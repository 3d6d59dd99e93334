"""What happens on the Tracing screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import day, moment
from panoh.base.i18n import gettext as _
from panoh.domain.lines import RequestLine
from panoh.domain.tracing import TracingRequest
from panoh.services import tracing
from panoh.services.desk import Changes, Desk
from panoh.services.tracing import Candidate, Rejected
from panoh.ui import errors
from panoh.ui.navigator import Navigator
from panoh.ui.privacy import Privacy
from panoh.ui.settings.import_dialog import ImportDialog, ListKind
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.about.words import notes
from panoh.ui.tracing.asking import Asking
from panoh.ui.tracing.look_up import Seen, look_up
from panoh.ui.tracing.model import Comparison, looks_for, relation_word, unknown_facts
from panoh.ui.tracing.view import TracingView
from panoh.ui.words import age_words

_SHOWN_KINDS = frozenset({"TracingRequest", "Person", "PersonName", "MatchDecision"})
T = TypeVar("T")


class TracingPresenter(QObject):
    """The screen of the frame. `open_request` and `new_request` are what a Navigator calls."""

    changed = Signal(object)  # Changes of a write made here
    told_saved = Signal(str)  # words for the status bar
    verify_asked = Signal(str, str)  # a request, and the person who may be the one sought
    help_page = "tracing"

    def __init__(
        self, view: TracingView, desk: Desk, runner: TaskRunner, navigator: Navigator, privacy: Privacy
    ) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Tracing")
        self._view, self._desk, self._runner, self._navigator = view, desk, runner, navigator
        self._privacy = privacy
        self._comparison = Comparison(desk.vocabularies, privacy, desk.clock.today)
        self.asking = Asking(view, desk, runner, privacy, self._saved, self.told_saved.emit)
        self._wanted = ""  # the request whose page shows
        self._seen: Seen | None = None
        self._connect()

    # --- the frame's side --------------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    @property
    def subject(self) -> str:
        """The request that shows; '' while it is the list."""
        return self._wanted

    def panes(self) -> Sequence[QWidget]:
        """List and form, or candidates and comparison; hidden ones are passed over."""
        view = self._view
        return (view.list, view.pane, view.page.list, view.page.table, view.page.footer)

    def opened(self) -> None:
        """Read what is shown; a request that was looked at stays in front."""
        self._read_list()
        if self._wanted:
            self._view.show_page()
            self._read_request()
        else:
            self._view.show_list()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Requests or people changed: read again what is shown."""
        if kinds & _SHOWN_KINDS:
            self._read_list()
            if self._wanted:
                self._read_request()

    def open_request(self, request_id: str) -> None:
        """Show one request with its candidates."""
        self._wanted = request_id
        self._read_request()

    def new_request(self, person_id: str = "") -> None:
        """Begin a request, perhaps one that this person makes; what is typed already is kept as a draft."""
        self._wanted = ""
        self.asking.begin(person_id)

    def show_status(self, status: str) -> None:
        """Show the list of the requests of this status."""
        self._wanted, self._seen = "", None
        self._view.filters.show_status(status)
        self._view.show_list()

    def keep_draft(self) -> None:
        """Write what was typed into the vault; to be called before it is locked."""
        self.asking.keep_draft()

    # --- list and request --------------------------------------------------------------------------------------------

    def _read_list(self) -> None:
        desk, wanted = self._desk, self._view.filters.wanted
        self._view.requests.open(
            lambda: tracing.count(desk, wanted), lambda offset, limit: tracing.page(desk, offset, limit, wanted)
        )

    def _open_line(self, line: RequestLine) -> None:
        self.open_request(line.id)

    def _back(self) -> None:
        self._wanted, self._seen = "", None
        self._view.show_list()

    def _read_request(self) -> None:
        wanted = self._wanted
        self._run(partial(look_up, self._desk, wanted), self._show_request)

    def _show_request(self, seen: Seen) -> None:
        if seen.request.id != self._wanted:
            return
        self._seen = seen
        request, today = seen.request, self._desk.clock.today()
        sub = looks_for(
            self._privacy.name(seen.asker_name),
            seen.asker.sex if seen.asker else "",
            relation_word(self._desk.vocabularies, request.relation, request.sex),
            self._privacy.name(request.called),
            age_words(request.birth, today),
        )
        page = self._view.page
        page.note.hide()
        told = "\n".join(notes(request, seen.changed, supervisor=self._desk.is_supervisor))
        page.show_request(_("Tracing request {number}").format(number=request.number), sub, told)
        page.show_candidates(seen.candidates, [self._rejected(one) for one in seen.rejected], self._nobody(request))
        if self._view.currentWidget() is self._view.first:
            self._view.show_page()

    @staticmethod
    def _nobody(request: TracingRequest) -> tuple[str, str]:
        if request.consent_to_trace == "no":
            return _("Nobody is looked for"), _("The one who asks said no. Nothing is compared before that changes.")
        if request.held_why:
            return _("Held back"), _("Who may be the one sought is shown to supervisors alone, until one lifts it.")
        words = _("Nobody registered fits well enough. People who are registered later are compared as well.")
        return _("No candidates now"), words

    def _rejected(self, one: Rejected) -> str:
        on = day(one.decision.decided_at.astimezone().date()) if one.decision.decided_at else ""
        return _("{number}, {day}: {reason}").format(number=one.number, day=on, reason=one.decision.reason)

    def _show_comparison(self, found: Candidate | None) -> None:
        if found is None or self._seen is None:
            return
        told = unknown_facts(found.match.parts)
        if found.decision and found.decision.state == "under_review" and found.decision.decided_at:
            told = _("Under review since {time}").format(time=moment(found.decision.decided_at))
        self._view.page.show_comparison(found, self._comparison.rows(self._seen.request, found), told)

    def _decide(self, state: str, reason: str = "") -> None:
        found, seen = self._view.page.current(), self._seen
        if found is None or seen is None:
            return

        def told(changes: Changes) -> None:
            self._read_request()
            self.changed.emit(changes)

        self._run(partial(tracing.decide, self._desk, seen.request.id, found.person.id, state, reason), told)

    def _saved(self, request_id: str, changes: Changes) -> None:
        self._read_list()
        if request_id:  # else another one is asked for
            self.open_request(request_id)
        self.changed.emit(changes)

    def _change(self) -> None:
        seen, self._wanted = self._seen, ""
        if seen is not None:
            self.asking.change(seen)

    def _bring_in(self) -> None:
        dialog = ImportDialog(ListKind.TRACING, self._desk, self._runner, self._view)
        dialog.brought_in.connect(self._brought_in)
        dialog.open()

    def _brought_in(self, changes: Changes) -> None:
        self._read_list()
        self.changed.emit(changes)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        view = self._view
        view.new_asked.connect(partial(self.new_request, ""))
        view.import_asked.connect(self._bring_in)
        view.opened.connect(self._open_line)
        view.requests.counted.connect(view.show_count)
        view.requests.failed.connect(self._fail)
        view.filters.changed.connect(self._read_list)
        view.page.back_asked.connect(self._back)
        view.page.change_asked.connect(self._change)
        view.page.chosen.connect(self._show_comparison)
        view.page.review_asked.connect(partial(self._decide, "under_review"))
        view.page.rejected.connect(partial(self._decide, "rejected"))
        view.page.verify_asked.connect(lambda found: self.verify_asked.emit(self._wanted, found.person.id))
        view.page.person_asked.connect(lambda found: self._navigator.open_person(found.person.id))
        self._privacy.changed.connect(self._names_changed)

    def _names_changed(self) -> None:
        self._view.table.viewport().update()
        if self._seen is not None:
            self._show_request(self._seen)

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), on_done, self._fail, owner=self._view)

    def _fail(self, error: AppError) -> None:
        page = self._view.page
        errors.tell(page.note if self._view.currentWidget() is page else self._view.note, error)
