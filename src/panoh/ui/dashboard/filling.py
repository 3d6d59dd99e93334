"""Fills the charts with their numbers, one after another behind what else is asked, and leads from a bar to its list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from panoh.base.errors import AppError
from panoh.services import dashboards
from panoh.services.dashboards import PeopleFilter
from panoh.services.desk import Desk
from panoh.services.triage import QueueFilter
from panoh.ui.dashboard.charts import Charts, WorkCharts
from panoh.ui.tasks import TaskRunner

PAUSE = 5_000  # milliseconds between two readings because something was saved
_Part = tuple[Callable[[], Any], Callable[[Any], object]]  # reads on the worker; shows in the window


class Ways(Protocol):
    """Where the bars lead."""

    def open_people(self, wanted: PeopleFilter) -> None:
        """Open the list of people with this part of it."""

    def open_triage(self, wanted: QueueFilter) -> None:
        """Open Triage with this part of the queue."""

    def open_site(self, site_id: str) -> None:
        """Open a site."""


class Filling(QObject):
    """Belongs to a page with charts. `site_id` is the site that they show, '' everyone."""

    def __init__(
        self, charts: Charts, desk: Desk, runner: TaskRunner, ways: Ways, fail: Callable[[AppError], object]
    ) -> None:
        super().__init__(charts)
        self.site_id = ""
        self._charts, self._desk, self._runner, self._ways, self._fail = charts, desk, runner, ways, fail
        self._round = 0  # an older one's numbers are not shown any more
        self._since = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.read)
        self._connect()

    def read(self, site_id: str | None = None) -> None:
        """Read everything anew, perhaps of another site. What is drawn stays until its own number is there."""
        if site_id is not None and site_id != self.site_id:
            self.site_id = site_id
            self._charts.clear()
        self._later.stop()
        self._since.start()
        self._round += 1
        self._next(self._round, iter(self._parts()))

    def refresh(self) -> None:
        """Something was saved: read anew, but not again and again while much is saved."""
        past = self._since.elapsed() if self._since.isValid() else PAUSE
        if past >= PAUSE:
            self.read()
        elif not self._later.isActive():
            self._later.start(PAUSE - past)

    def _next(self, turn: int, parts: Iterator[_Part]) -> None:
        """Ask for one number; the next is asked for when it is there, so that others' wishes come in between."""
        part = next(parts, None)
        if part is None or turn != self._round:
            return
        work, show = part

        def shown(found: Any) -> None:
            if turn == self._round:
                show(found)
                self._next(turn, parts)

        self._runner.start(lambda _progress: work(), shown, self._fail, owner=self)

    def _parts(self) -> tuple[_Part, ...]:
        """The quickest first."""
        charts = self._charts
        work: tuple[Any, ...] = ()
        if isinstance(charts, WorkCharts):
            work = ((dashboards.overdue, charts.show_overdue), (dashboards.open_needs, charts.show_needs))
        every = (
            (dashboards.levels, charts.show_levels),
            (dashboards.registered, charts.show_days),
            *work,
            (dashboards.occupancy, charts.show_sites),
            (dashboards.ages, charts.show_ages),
        )
        return tuple((partial(read, self._desk, self.site_id), show) for read, show in every)

    def _connect(self) -> None:
        charts, ways = self._charts, self._ways

        def people(**wanted: Any) -> None:
            ways.open_people(PeopleFilter(site_id=self.site_id, **wanted))

        charts.day_chosen.connect(lambda on: people(registered_on=on))
        charts.ages_chosen.connect(lambda sex, ages: people(sex=sex, ages=ages))
        if isinstance(charts, WorkCharts):
            charts.overdue_chosen.connect(lambda kind: people(overdue=kind))
            charts.sector_chosen.connect(lambda sector: people(sector=sector))
        charts.level_chosen.connect(lambda level: ways.open_triage(QueueFilter(levels=(level,), site_id=self.site_id)))
        charts.site_chosen.connect(ways.open_site)
