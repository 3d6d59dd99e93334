"""The page Dashboard: a site or everyone, and six charts that open their lists."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.dashboard.charts import WorkCharts
from panoh.ui.theme import look
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.controls import fitted
from panoh.ui.widgets.empty import EmptyPage
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Page, scrolled

_MOST_SITES = 6  # drawn
_WIDTH = 360  # of a panel at 100 % text, from which another one stands beside it
_HEIGHT = 252  # of a panel at 100 % text, at least


class DashboardView(QWidget):
    """Builds the page and tells what is wanted; decides nothing."""

    site_wanted = Signal(str)  # its id, '' for everyone

    def __init__(self, *, supervisor: bool) -> None:
        super().__init__()
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.site = fitted(ChoiceBox())
        self.numbers = WorkCharts(self, _MOST_SITES)
        self._limits = plain_label("", "secondary", wrap=True)
        self._supervisor, self._columns = supervisor, 0
        self._lay_out()
        self.site.answered.connect(lambda: self.site_wanted.emit(self.site.value()))
        look().changed.connect(self._arrange_anew)

    def show_choices(self, sites: Sequence[Choice], chosen: str) -> None:
        """Offer everyone and these sites, and choose one."""
        self.site.set_choices([("", _("Everyone, at all sites")), *sites])
        self.site.set_value(chosen)

    def show_site(self, site_id: str, people: int) -> None:
        """Show the charts of this site, or say that there is nobody to count yet."""
        self._stack.setCurrentIndex(0 if people else 1)
        show_when(self.numbers.panels[self.numbers.levels], self._supervisor or not site_id)
        told = [_("Numbers under five are for supervisors: <5 is fewer than five, 5+ is five or more, – is not told.")]
        told += [_("Levels of a site are for supervisors too.")] if site_id else []
        self._limits.setText(" ".join(told))
        show_when(self._limits, bool(people) and not self._supervisor)
        self._arrange_anew()

    # --- how it is laid out -------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many panels side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange_anew(self) -> None:
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(3, self.width() // look().grown(_WIDTH)))
        if columns == self._columns:
            return
        self._columns = columns
        made = self.numbers
        order = (made.days, made.ages, made.levels, made.overdue, made.needs, made.sites)
        panels = [made.panels[chart] for chart in order if not made.panels[chart].isHidden()]
        for at in range(3):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        for panel in made.panels.values():
            self._grid.removeWidget(panel)
            panel.setMinimumHeight(look().grown(_HEIGHT))
        for at, panel in enumerate(panels):
            self._grid.addWidget(panel, at // columns, at % columns)

    def _lay_out(self) -> None:
        label = plain_label(_("Numbers of"), "secondary")
        label.setBuddy(self.site)
        self.site.set_label(_("Numbers of"))
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(plain_label(_("Dashboard"), "title bold"))
        head.addStretch(1)
        head.addWidget(label)
        head.addWidget(self.site, 1)
        self.charts = QWidget()
        self._grid = QGridLayout(self.charts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        made = self.numbers
        for chart in (made.days, made.ages, made.levels, made.overdue, made.needs, made.sites):
            self._grid.addWidget(made.panels[chart])
        words = [_("Once families are registered, their numbers are drawn here, of everyone and of each site.")]
        self._stack = QStackedWidget()
        self._stack.addWidget(self.charts)
        self._stack.addWidget(EmptyPage(_("Nobody is counted here yet"), words))
        column = QVBoxLayout(page := Page(yields=True))
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(10)
        column.addWidget(self.note)
        column.addLayout(head)
        column.addWidget(self._limits)
        column.addWidget(self._stack, 1)
        area = scrolled(page)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        order_tabs(page)
