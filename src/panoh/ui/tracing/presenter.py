"""What happens on the Tracing screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.lines import RequestLine
from panoh.services import tracing
from panoh.services.desk import Changes, Desk
from panoh.ui import errors
from panoh.ui.navigator import Navigator
from panoh.ui.privacy import Privacy
from panoh.ui.settings.import_dialog import ImportDialog, ListKind
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.asking import Asking
from panoh.ui.tracing.compare_presenter import Comparing, RelativesWords
from panoh.ui.tracing.view import TracingView

_SHOWN_KINDS = frozenset(
    {"TracingRequest", "Person", "PersonName", "MatchDecision", "Household", "KinLink", "Description", "Shield"}
)
T = TypeVar("T")


class TracingPresenter(QObject):
    """The screen of the frame. `open_request` and `new_request` are what a Navigator calls."""

    changed = Signal(object)  # Changes of a write made here
    told_saved = Signal(str)  # words for the status bar
    verify_asked = Signal(str, str)  # request, person: whose verification is to be begun
    page_turned = Signal()  # one request is in front, or the list again
    help_page = "tracing"

    def __init__(
        self,
        view: TracingView,
        desk: Desk,
        runner: TaskRunner,
        navigator: Navigator,
        privacy: Privacy,
        words: RelativesWords,
    ) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Tracing")
        self._view, self._desk, self._runner, self._navigator = view, desk, runner, navigator
        self._privacy = privacy
        self.comparing = Comparing(view.page, desk, runner, privacy, words)
        self.asking = Asking(view, desk, runner, privacy, self._saved, self.told_saved.emit)
        self._connect()

    # --- the frame's side --------------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    @property
    def subject(self) -> str:
        """The request that shows; '' while it is the list."""
        return self.comparing.wanted

    @property
    def on_page(self) -> bool:
        """Whether one request is in front."""
        return self._view.currentWidget() is self._view.page

    def step_part(self, by: int) -> None:
        """Go on to the next part of the request in front."""
        tabs = self._view.page.tabs
        tabs.setCurrentIndex((tabs.currentIndex() + by) % tabs.count())

    def panes(self) -> Sequence[QWidget]:
        """List and form, or candidates and comparison; hidden ones are passed over."""
        view = self._view
        page = view.page
        family = (page.family.diagram, page.family.list)
        return (view.list, view.pane, page.tabs, *family, page.list, page.table, page.footer)

    def opened(self) -> None:
        """Read what is shown; a request that was looked at stays in front."""
        self._read_list()
        if self.comparing.wanted:
            self._view.show_page()
            self.comparing.show(self.comparing.wanted)
        else:
            self._view.show_list()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Requests or people changed: read again what is shown."""
        if kinds & _SHOWN_KINDS:
            self._read_list()
            if self.comparing.wanted:
                self.comparing.show(self.comparing.wanted)

    def open_request(self, request_id: str) -> None:
        """Show one request with its candidates."""
        self.comparing.show(request_id)

    def new_request(self, person_id: str = "") -> None:
        """Begin a request, perhaps one that this person makes; what is typed already is kept as a draft."""
        self.comparing.leave()
        self.asking.begin(person_id)

    def show_status(self, status: str) -> None:
        """Show the list of the requests of this status."""
        self.comparing.leave()
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
        self.comparing.leave()
        self._view.show_list()

    def _show_page(self) -> None:
        if not self.on_page:
            self._view.show_page()

    def _saved(self, request_id: str, changes: Changes) -> None:
        self._read_list()
        if request_id:  # else another one is asked for
            self.open_request(request_id)
        self.changed.emit(changes)

    def _change(self, field: str = "") -> None:
        seen = self.comparing.seen
        self.comparing.leave()
        if seen is not None:
            self._view.table.select_key(seen.request.id)  # the list beside the form marks the one that is changed
            self.asking.change(seen, field)

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
        view.currentChanged.connect(lambda _at: self.page_turned.emit())
        view.page.back_asked.connect(self._back)
        view.page.change_asked.connect(self._change)
        view.page.consent_asked.connect(partial(self._change, "consent_to_trace"))
        view.page.person_asked.connect(self._navigator.open_person)
        comparing = self.comparing
        comparing.read.connect(self._show_page)
        comparing.failed.connect(self._fail)
        comparing.changed.connect(self.changed)
        comparing.told_saved.connect(self.told_saved)
        comparing.verify_asked.connect(self.verify_asked)
        self._privacy.changed.connect(self._names_changed)

    def _names_changed(self) -> None:
        self._view.table.viewport().update()
        self.comparing.show_names()

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), on_done, self._fail, owner=self._view)

    def _fail(self, error: AppError) -> None:
        page = self._view.page
        errors.tell(page.note if self._view.currentWidget() is page else self._view.note, error)
