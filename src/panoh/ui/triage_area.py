"""Makes the lists of the area Triage: the queue, the needs to review, incidents, approvals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panoh.base.i18n import gettext as _
from panoh.ui.approvals.model import approvals_model
from panoh.ui.approvals.panel import ApprovalPanel
from panoh.ui.approvals.presenter import ApprovalsPresenter
from panoh.ui.approvals.view import ApprovalsView
from panoh.ui.incidents.model import incidents_model
from panoh.ui.incidents.presenter import IncidentsPresenter
from panoh.ui.incidents.record_panel import IncidentPanel
from panoh.ui.incidents.view import IncidentsView
from panoh.ui.shell.tabbed import Tab
from panoh.ui.triage.model import queue_model
from panoh.ui.triage.needs.model import needs_model
from panoh.ui.triage.needs.screen import NeedsToReviewPresenter, NeedsToReviewView
from panoh.ui.triage.presenter import TriagePresenter
from panoh.ui.triage.screen import TriageScreen
from panoh.ui.triage.view import TriageView

if TYPE_CHECKING:
    from panoh.ui.workplace import Workplace


def triage_screen(w: Workplace) -> TriageScreen:
    """The area with its tabs."""
    view = TriageView(queue_model(w.runner, w.desk.believed, w.privacy), supervisor=w.desk.is_supervisor)
    queue = TriagePresenter(view, w.desk, w.runner, w, w.privacy)
    needs = NeedsToReviewView(needs_model(w.runner, w.desk.vocabularies, w.desk.clock, w.privacy))
    made = TriageScreen(
        queue,
        NeedsToReviewPresenter(needs, w.desk, w.runner, w),
        Tab("incidents", _("Incidents"), _incidents(w)),
        Tab("approvals", _("Approvals"), _approvals(w)),
    )
    made.changed.connect(w.changed)
    made.overdue_counted.connect(w.show_overdue)
    return made


def _incidents(w: Workplace) -> IncidentsPresenter:
    words = w.desk.vocabularies
    view = IncidentsView(incidents_model(w.runner, words), IncidentPanel(words, w.privacy))
    made = IncidentsPresenter(view, w.desk, w.runner, w, w.privacy)
    made.changed.connect(w.changed)
    return made


def _approvals(w: Workplace) -> ApprovalsPresenter:
    panel = ApprovalPanel(w.desk, w.privacy)
    view = ApprovalsView(approvals_model(w.runner, w.desk, w.privacy), panel, supervisor=w.desk.is_supervisor)
    made = ApprovalsPresenter(view, w.desk, w.runner, w, w.privacy)
    made.changed.connect(w.changed)
    return made
