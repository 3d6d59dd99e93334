"""Numbers of a dashboard as bars with their words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from panoh.base.i18n import gettext as _
from panoh.domain.household import Site
from panoh.services.dashboards import AgeBand, Told
from panoh.ui.widgets.chart_kinds import AgeRow, Place
from panoh.ui.widgets.charts import Bar
from panoh.ui.words import long_day

_OLDEST_BAND = 60  # years


def day_bars(days: Sequence[tuple[date, Told]]) -> list[Bar]:
    """People registered on each of the last days, the last one today."""
    bars = []
    for at, (on, count) in enumerate(days, start=1):
        last = at == len(days)
        label = _("Today") if last else long_day(on, "EEE d")
        bars.append(Bar(label, count, label if last else long_day(on, "EEEE d MMMM")))
    return bars


def age_rows(bands: Sequence[AgeBand]) -> list[AgeRow]:
    """The bands of age, the oldest on top."""
    return [AgeRow(_ages(band), band.female, band.male) for band in reversed(bands)]


def _ages(band: AgeBand) -> str:
    return f"{band.youngest}+" if band.youngest >= _OLDEST_BAND else f"{band.youngest}–{band.oldest}"


def places(sites: Sequence[tuple[Site, int]]) -> list[tuple[str, Place]]:
    """The sites with their ids, those with the least room left for their size first; of unknown room come last."""
    found = [(site.id, Place(site.name, people, site.capacity or 0)) for site, people in sites]
    return sorted(found, key=lambda each: _fullness(each[1]))


def _fullness(place: Place) -> float:
    return -place.people / place.room if place.room else 1.0
