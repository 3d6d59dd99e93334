"""The Tracing screen: requests, what is to be done, the flow, and what else stands behind its tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal

from panoh.base.i18n import gettext as _
from panoh.ui.shell.tabbed import Tab, TabbedScreen
from panoh.ui.tracing.about.page import AboutPage
from panoh.ui.tracing.about.presenter import SHOWN_KINDS, AboutPresenter
from panoh.ui.tracing.presenter import TracingPresenter
from panoh.ui.tracing.view import TracingView
from panoh.ui.tracing.worklists.flow import FlowPresenter
from panoh.ui.tracing.worklists.screen import WorkPresenter


class TracingScreen(TabbedScreen):
    """The screen of the frame. `open_request` and `new_request` are what a Navigator calls.

    The page about one request stands beside that of its candidates; the tabs give way to both.
    """

    changed = Signal(object)  # Changes of a write made here
    told_saved = Signal(str)

    def __init__(
        self,
        requests: TracingPresenter,
        view: TracingView,
        about: AboutPresenter,
        page: AboutPage,
        work: WorkPresenter,
        flow: FlowPresenter,
        *more: Tab,
    ) -> None:
        lists = (
            Tab("requests", _("Requests"), requests),
            Tab("work", _("To do"), work),
            Tab("flow", _("Flow"), flow),
            *more,
        )
        super().__init__(_("Tracing"), _("Lists of tracing"), lists)
        self.requests, self.about, self.work, self.flow = requests, about, work, flow
        self._view, self._about_page = view, page
        view.addWidget(page)
        view.currentChanged.connect(self._turn_page)
        view.page.about_asked.connect(self._show_about)
        page.back.clicked.connect(lambda _checked: view.show_page())
        page.request_asked.connect(self._show_other)
        about.change_asked.connect(requests.asking.change)
        for one in (requests, about):
            one.changed.connect(self.changed)
        requests.told_saved.connect(self.told_saved)
        flow.status_asked.connect(self._show_status)

    @property
    def subject(self) -> str:
        """The request that shows; '' while it is a list."""
        return self.requests.subject

    def open_request(self, request_id: str) -> None:
        """Show one request with its candidates."""
        self.show_list("requests")
        if self._view.currentWidget() is self._about_page:
            self._view.show_page()
        self.requests.open_request(request_id)

    def new_request(self, person_id: str = "") -> None:
        """Begin a request, perhaps one that this person makes."""
        self.show_list("requests")
        self.requests.new_request(person_id)

    def keep_draft(self) -> None:
        """Write what was typed into the vault; to be called before it is locked."""
        self.requests.keep_draft()

    def refresh(self, kinds: frozenset[str]) -> None:
        """What shows reads again; of the page about one request also what was done."""
        super().refresh(kinds)
        if self._view.currentWidget() is self._about_page and kinds & (
            SHOWN_KINDS | {"TracingRequest", "MatchDecision", "Person"}
        ):
            self.about.read()

    def _turn_page(self, _at: int) -> None:
        """One request takes the whole height."""
        self.tabs.setVisible(self._view.currentWidget() is self._view.first)

    def _show_about(self) -> None:
        if self.requests.subject:
            self.about.show(self.requests.subject)
            self._view.setCurrentWidget(self._about_page)
            self._about_page.back.setFocus()

    def _show_other(self, request_id: str) -> None:
        """Another one of the same inquiry, on this page; its candidates are one step back."""
        self.requests.open_request(request_id)
        self.about.show(request_id)

    def _show_status(self, status: str) -> None:
        self.show_list("requests")
        self.requests.show_status(status)
