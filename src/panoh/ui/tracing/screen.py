"""The Tracing screen: requests with their candidates, and the other lists, behind their tabs."""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.ui.shell.tabbed import Tab, TabbedScreen
from panoh.ui.tracing.presenter import TracingPresenter


class TracingScreen(TabbedScreen):
    """The screen of the frame. `open_request` and `new_request` are what a Navigator calls."""

    def __init__(self, requests: TracingPresenter, *more: Tab) -> None:
        super().__init__(_("Tracing"), _("Lists of tracing"), (Tab("requests", _("Requests"), requests), *more))
        self.requests = requests

    @property
    def subject(self) -> str:
        """The request that shows; '' while it is a list."""
        return self.requests.subject

    def open_request(self, request_id: str) -> None:
        """Bring one request to the front, with its candidates."""
        self.show_list("requests")
        self.requests.open_request(request_id)

    def new_request(self, person_id: str = "") -> None:
        """Begin a request, perhaps one that this person makes."""
        self.show_list("requests")
        self.requests.new_request(person_id)

    def keep_draft(self) -> None:
        """Write what was typed into the vault; to be called before it is locked."""
        self.requests.keep_draft()
