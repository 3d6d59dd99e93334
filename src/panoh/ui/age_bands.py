"""Bands of age as the rows of a pyramid."""

from __future__ import annotations

from collections.abc import Sequence

from panoh.services.today import AgeBand
from panoh.ui.widgets.chart_kinds import AgeRow

_OLDEST_BAND = 60  # years


def age_rows(bands: Sequence[AgeBand]) -> list[AgeRow]:
    """The bands of age, the oldest on top."""
    return [AgeRow(_words(band), band.female, band.male) for band in reversed(bands)]


def _words(band: AgeBand) -> str:
    return f"{band.youngest}+" if band.youngest >= _OLDEST_BAND else f"{band.youngest}–{band.oldest}"
