"""What happens on the page Dashboard of the sites."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.services import people, registration
from panoh.services.dashboards import PeopleFilter
from panoh.services.desk import Desk
from panoh.ui import errors
from panoh.ui.dashboard.filling import Filling, Ways
from panoh.ui.sites.dashboard.view import DashboardView
from panoh.ui.tasks import TaskRunner


class DashboardPresenter(QObject):
    """One of the pages of the Sites screen."""

    help_page = "dashboard"

    def __init__(
        self, view: DashboardView, desk: Desk, runner: TaskRunner, ways: Ways, marked: Callable[[], str]
    ) -> None:
        super().__init__(view)
        self.title = _("Dashboard")
        self._view, self._desk, self._runner = view, desk, runner
        self._marked, self._followed = marked, ""  # the site marked in the list, and the one that was there last time
        self._filling = Filling(view.numbers, desk, runner, ways, self._fail)
        view.site_wanted.connect(self.show_site)

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """The choice of a site, the charts."""
        return (self._view.site, self._view.charts)

    def opened(self) -> None:
        """Show the site that was marked in the list meanwhile, or else what was shown before."""
        now, self._followed = self._followed, self._marked()
        self.show_site(self._followed if self._followed != now else self._filling.site_id)
        self._view.site.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Nearly every record counts here: read again, after a pause."""
        if kinds:
            self._read(self._filling.site_id)
            self._filling.refresh()

    def show_site(self, site_id: str) -> None:
        """Show the numbers of a site, '' for everyone."""
        self._read(site_id)
        self._filling.read(site_id)

    def _read(self, site_id: str) -> None:
        desk = self._desk

        def shown(found: tuple[list[tuple[str, str]], int]) -> None:
            choices, count = found
            self._view.show_choices(choices, site_id)
            self._view.show_site(site_id, count)

        self._runner.start(
            lambda _progress: (
                [(site.id, site.name) for site in registration.sites(desk)],
                people.count(desk, PeopleFilter(site_id=site_id)),
            ),
            shown,
            self._fail,
            owner=self._view,
        )

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
