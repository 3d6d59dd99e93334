"""Makes what stands behind the tabs of the area Tracing: requests, what is to be done, the flow, leads, what is made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panoh.base.i18n import gettext as _
from panoh.services import person_edit
from panoh.ui.families.model import FamilyWords, family_model
from panoh.ui.history_tab import HistoryTab
from panoh.ui.person_picker import PersonPicker
from panoh.ui.shell.tabbed import Tab
from panoh.ui.tracing.about.page import AboutPage
from panoh.ui.tracing.about.presenter import AboutPresenter, actions_model
from panoh.ui.tracing.compare_page import RequestPage
from panoh.ui.tracing.compare_words import CompareModel
from panoh.ui.tracing.leads.model import LeadWords, leads_model
from panoh.ui.tracing.leads.presenter import LeadsPresenter
from panoh.ui.tracing.leads.view import LeadsView
from panoh.ui.tracing.model import candidates_model, requests_model
from panoh.ui.tracing.presenter import TracingPresenter
from panoh.ui.tracing.public.model import public_model
from panoh.ui.tracing.public.presenter import PublicPresenter
from panoh.ui.tracing.public.view import PublicView
from panoh.ui.tracing.request_form import RequestForm
from panoh.ui.tracing.screen import TracingScreen
from panoh.ui.tracing.view import TracingView
from panoh.ui.tracing.worklists.flow import FlowPresenter, FlowView, flow_model
from panoh.ui.tracing.worklists.model import lists_model, work_model
from panoh.ui.tracing.worklists.screen import WorkPresenter, WorkView

if TYPE_CHECKING:
    from panoh.ui.workplace import Workplace


def tracing_screen(w: Workplace) -> TracingScreen:
    """The area with its tabs."""
    words, today = w.desk.vocabularies, w.desk.clock.today
    instead = _("Whoever asks need not be registered: the name stays as you typed it.")
    picker = PersonPicker(w.desk, w.runner, w.privacy, instead=instead)
    form = RequestForm(words, picker, today, person_edit.languages(w.desk))
    relatives = FamilyWords(words, w.privacy, today, asks=True)
    candidates = candidates_model(w.runner, words, w.privacy, today)
    page = RequestPage(
        candidates, CompareModel(w.runner), family_model(w.runner, relatives, today), HistoryTab(w.runner)
    )
    view = TracingView(requests_model(w.runner, words, w.privacy, today), form, page)
    requests = TracingPresenter(view, w.desk, w.runner, w, w.privacy, relatives)
    requests.verify_asked.connect(w.open_verification)
    log = actions_model(w.runner, words)
    about_page = AboutPage(log)
    about = AboutPresenter(about_page, log, w.desk, w.runner, w.privacy)
    about.paper_asked.connect(w.open_tracing_paper)
    work_view = WorkView(lists_model(w.runner), work_model(w.runner, words, w.privacy, today))
    work = WorkPresenter(work_view, w.desk, w.runner, w, w.open_reunions)
    flow = FlowPresenter(FlowView(flow_model(w.runner, words)), w.desk, w.runner)
    made = TracingScreen(requests, view, about, about_page, work, flow, *more_of_tracing(w))
    made.changed.connect(w.changed)
    made.told_saved.connect(w.told_saved)
    return made


def more_of_tracing(w: Workplace) -> list[Tab]:
    """Their tabs, in order."""
    words = LeadWords(w.desk.vocabularies, w.privacy, w.desk.clock.today)
    leads = LeadsPresenter(LeadsView(leads_model(w.runner, words)), w.desk, w.runner, w, words, w.privacy)
    leads.changed.connect(w.changed)
    tabs = [Tab("leads", _("Leads"), leads)]
    if w.desk.is_supervisor:
        public = PublicPresenter(PublicView(public_model(w.runner)), w.desk, w.runner, w.privacy)
        public.changed.connect(w.changed)
        tabs.append(Tab("public", _("Made public"), public))
    return tabs
