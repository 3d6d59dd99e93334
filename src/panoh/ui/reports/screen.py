"""The Reports screen: the case summary, and the papers of family tracing behind the tab beside it."""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.ui.reports.presenter import ReportsPresenter
from panoh.ui.reports.tracing_presenter import TracingPapersPresenter
from panoh.ui.shell.tabbed import Tab, TabbedScreen


class ReportsScreen(TabbedScreen):
    """The screen of the frame."""

    def __init__(self, summary: ReportsPresenter, tracing: TracingPapersPresenter) -> None:
        tabs = (Tab("summary", _("Case summary"), summary), Tab("tracing", _("Papers of tracing"), tracing))
        super().__init__(_("Reports"), _("Kinds of papers"), tabs)
        self._summary, self._tracing = summary, tracing

    @property
    def subject(self) -> str:
        """Whom the case summary is about; '' while that is not said."""
        return self._summary.subject

    def open_report(self, person_id: str) -> None:
        """Begin the case summary of this person."""
        self.show_list("summary")
        self._summary.open_report(person_id)

    def open_tracing_paper(self, kind: str, about: str = "") -> None:
        """Begin a paper of tracing; `kind` is one of domain/tracing_papers.py, `about` a request of its form, else a person."""
        self.show_list("tracing")
        self._tracing.open_paper(kind, about)
