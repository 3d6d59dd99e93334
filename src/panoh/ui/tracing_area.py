"""The lists of the Tracing screen beside the requests: the leads of others, and for supervisors who is made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panoh.base.i18n import gettext as _
from panoh.ui.shell.tabbed import Tab
from panoh.ui.tracing.leads.model import LeadWords, leads_model
from panoh.ui.tracing.leads.presenter import LeadsPresenter
from panoh.ui.tracing.leads.view import LeadsView
from panoh.ui.tracing.public.model import public_model
from panoh.ui.tracing.public.presenter import PublicPresenter
from panoh.ui.tracing.public.view import PublicView

if TYPE_CHECKING:
    from panoh.ui.workplace import Workplace


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
