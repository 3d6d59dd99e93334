"""Makes the screen of Reports with its two kinds of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panoh.services import tracing_papers
from panoh.ui.person_picker import PersonPicker
from panoh.ui.reports.presenter import ReportsPresenter, languages, recipients
from panoh.ui.reports.screen import ReportsScreen
from panoh.ui.reports.tracing_pane import TracingPane
from panoh.ui.reports.tracing_presenter import TracingPapersPresenter
from panoh.ui.reports.view import PaperView, ReportsView, WishPane

if TYPE_CHECKING:
    from panoh.ui.workplace import Workplace


def reports_screen(w: Workplace) -> ReportsScreen:
    """The case summary, and the papers of tracing."""
    picker = PersonPicker(w.desk, w.runner, w.privacy, number_only=True)
    wish = WishPane(picker, recipients(w.desk), languages(), supervisor=w.desk.is_supervisor)
    summary = ReportsPresenter(ReportsView(wish), w.desk, w.runner, w)
    whose = PersonPicker(w.desk, w.runner, w.privacy, number_only=True)
    kin = [(term.code, w.desk.name_of("relation", term.code)) for term in w.desk.vocabularies["relation"].offers()]
    pane = TracingPane(whose, list(tracing_papers.names().items()), kin, languages())
    tracing = TracingPapersPresenter(pane, PaperView(pane), w.desk, w.runner, w)
    for one in (summary, tracing):
        one.changed.connect(w.changed)
    return ReportsScreen(summary, tracing)
