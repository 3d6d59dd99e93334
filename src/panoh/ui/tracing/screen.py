"""The Tracing screen: requests, what is to be done, the flow, and what else stands behind its tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.shell.tabbed import Tab, TabbedScreen
from panoh.ui.shortcuts import shortcuts
from panoh.ui.tracing.about.page import AboutPage
from panoh.ui.tracing.about.presenter import SHOWN_KINDS, AboutPresenter
from panoh.ui.tracing.presenter import TracingPresenter
from panoh.ui.tracing.view import TracingView
from panoh.ui.tracing.worklists.flow import FlowPresenter
from panoh.ui.tracing.worklists.screen import WorkPresenter


class TracingScreen(TabbedScreen):
    """The screen of the frame. `open_request` and `new_request` are what a Navigator calls.

    One request has parts of its own behind tabs, which take the place of these.
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
        view.page.add_tab(_("Facts, consent, log"), page)
        shortcuts().add("Ctrl+I", _("Facts, consent and log of a request"), self._show_about, view.page)
        requests.page_turned.connect(self._show_tabs)
        self.tabs.currentChanged.connect(self._show_tabs)
        view.page.part_shown.connect(self._show_part)
        page.request_asked.connect(self._show_other)
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
        self.requests.open_request(request_id)

    def new_request(self, person_id: str = "") -> None:
        """Begin a request, perhaps one that this person makes."""
        self.show_list("requests")
        self.requests.new_request(person_id)

    def keep_draft(self) -> None:
        """Write what was typed into the vault; to be called before it is locked."""
        self.requests.keep_draft()

    def refresh(self, kinds: frozenset[str]) -> None:
        """What shows reads again; of one request also what was done."""
        super().refresh(kinds)
        if self._about_page.isVisible() and kinds & (SHOWN_KINDS | {"TracingRequest", "MatchDecision", "Person"}):
            self.about.read()

    def _show_tabs(self) -> None:
        """One request has tabs of its own, and needs the room: the lists are a step back from it."""
        self.tabs.setVisible(not (self.current is self.requests and self.requests.on_page))

    def _step(self, by: int) -> None:
        if self.current is self.requests and self.requests.on_page:
            self.requests.step_part(by)
        else:
            super()._step(by)

    def _show_about(self) -> None:
        self._view.page.show_part(self._about_page)

    def _show_part(self, part: QWidget) -> None:
        if part is self._about_page and self.requests.subject:
            self.about.show(self.requests.subject)

    def _show_other(self, request_id: str) -> None:
        """Another one of the same inquiry, at the same part."""
        self.requests.open_request(request_id)
        self._view.page.show_part(self._about_page)

    def _show_status(self, status: str) -> None:
        self.show_list("requests")
        self.requests.show_status(status)
