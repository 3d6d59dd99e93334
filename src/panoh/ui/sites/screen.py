"""The Sites screen: sites, their numbers, border points and movements behind their tabs."""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.services.drafts import Draft
from panoh.ui.shell.tabbed import Tab, TabbedScreen
from panoh.ui.sites.borders.presenter import BordersPresenter
from panoh.ui.sites.dashboard.presenter import DashboardPresenter
from panoh.ui.sites.movements.presenter import MovementsPresenter
from panoh.ui.sites.presenter import SitesPresenter


class SitesScreen(TabbedScreen):
    """The screen of the frame. `open_site` and `open_draft` are what the ways from other screens call."""

    def __init__(
        self,
        sites: SitesPresenter,
        dashboard: DashboardPresenter,
        borders: BordersPresenter,
        movements: MovementsPresenter,
    ) -> None:
        lists = (
            Tab("sites", _("Sites"), sites),
            Tab("dashboard", _("Dashboard"), dashboard),
            Tab("borders", _("Border points"), borders),
            Tab("movements", _("Movements"), movements),
        )
        super().__init__(_("Sites"), _("Lists of places"), lists)
        self.places, self.dashboard, self.borders, self.movements = sites, dashboard, borders, movements

    def open_site(self, site_id: str) -> None:
        """Show the sites and choose this one."""
        self.show_list("sites")
        self.places.open_site(site_id)

    def open_draft(self, draft: Draft) -> None:
        """Go on with a site that was typed."""
        self.show_list("sites")
        self.places.open_draft(draft)

    def keep_draft(self) -> None:
        """Write what was typed into the vault; to be called before it is locked."""
        self.places.keep_draft()
