"""The charts of a dashboard, each in its panel: what they show, and which list is wanted when a bar is opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.domain.household import Site
from panoh.services.dashboards import AgeBand, Told
from panoh.ui.dashboard.words import age_rows, day_bars, places
from panoh.ui.widgets.chart_kinds import BarChart, LevelBars, Occupancy, Pyramid
from panoh.ui.widgets.charts import Chart, ChartPanel
from panoh.ui.widgets.row_bars import RowBars

_MOST_ROWS = 9


class Charts(QObject):
    """The four charts of Today; a page lays out their panels. `most_sites` are drawn, the table has all."""

    day_chosen = Signal(object)  # a date
    ages_chosen = Signal(str, object)  # sex, the first and last year of the band
    level_chosen = Signal(str)
    site_chosen = Signal(str)  # its id

    def __init__(self, parent: QObject, most_sites: int) -> None:
        super().__init__(parent)
        self.days = BarChart(_("Registered a day"))
        self.ages = Pyramid(_("Age and sex"), _("Women and girls"), _("Men and boys"))
        self.levels = LevelBars(_("People by level"))
        self.sites = Occupancy(_("Places at sites"), most=most_sites)
        every: tuple[Chart, ...] = (self.days, self.ages, self.levels, self.sites)
        self.panels = {chart: ChartPanel(chart) for chart in every}
        self._on: tuple[date, ...] = ()
        self._bands: tuple[AgeBand, ...] = ()
        self._site_ids: tuple[str, ...] = ()
        self.days.opened.connect(lambda at: self.day_chosen.emit(self._on[at]))
        self.ages.opened.connect(self._open_ages)
        self.levels.opened.connect(lambda at: self.level_chosen.emit(self.levels.levels[at]))
        self.sites.opened.connect(lambda at: self.site_chosen.emit(self._site_ids[at]))

    def clear(self) -> None:
        """Draw nothing until the numbers of another site are there."""
        self.show_days(())
        self.show_ages(())
        self.show_levels(())
        self.show_sites(())

    def show_days(self, days: Sequence[tuple[date, Told]]) -> None:
        """Registered on each of the last days."""
        self._on = tuple(on for on, _count in days)
        self.days.set_bars(day_bars(days))

    def show_ages(self, bands: Sequence[AgeBand]) -> None:
        """Who is here by age and sex."""
        self._bands = tuple(reversed(bands))
        self.ages.set_rows(age_rows(bands))

    def show_levels(self, levels: Sequence[tuple[str, Told]]) -> None:
        """How many stand at each level; nothing where this is not told."""
        self.levels.set_counts(levels)

    def show_sites(self, sites: Sequence[tuple[Site, int]]) -> None:
        """How full they are."""
        found = places(sites)
        self._site_ids = tuple(site_id for site_id, _place in found)
        self.sites.set_sites([place for _site_id, place in found])
        drawn = len(self.sites.bars)
        some = _("{n} of {count}").format(n=number(drawn), count=number(len(found))) if drawn < len(found) else ""
        self.panels[self.sites].set_title(self.sites.title, some)

    def _open_ages(self, at: int) -> None:
        band = self._bands[at // 2]
        self.ages_chosen.emit("M" if at % 2 else "F", (band.youngest, band.oldest))


class WorkCharts(Charts):
    """With them two of what is to be done: what is overdue, and what people lack."""

    overdue_chosen = Signal(str)  # kind of what is due
    sector_chosen = Signal(str)

    def __init__(self, parent: QObject, most_sites: int) -> None:
        super().__init__(parent, most_sites)
        late, lacking = _("Nothing is overdue."), _("Nothing is noted as lacking.")
        self.overdue = RowBars(_("People with something overdue"), _MOST_ROWS, grows=True, nothing=late)
        self.needs = RowBars(_("People who lack something"), _MOST_ROWS, grows=True, nothing=lacking)
        self.panels |= {chart: ChartPanel(chart) for chart in (self.overdue, self.needs)}
        self.overdue.opened.connect(lambda at: self.overdue_chosen.emit(self.overdue.codes[at]))
        self.needs.opened.connect(lambda at: self.sector_chosen.emit(self.needs.codes[at]))

    def clear(self) -> None:
        """Draw nothing until the numbers of another site are there."""
        super().clear()
        self.overdue.clear()
        self.needs.clear()

    def show_overdue(self, rows: Sequence[tuple[str, str, int]]) -> None:
        """For how many people something is overdue: kind, its words, number."""
        self.overdue.show_rows(rows)

    def show_needs(self, rows: Sequence[tuple[str, str, Told]]) -> None:
        """What they lack: sector, its words, number."""
        self.needs.show_rows(rows)
