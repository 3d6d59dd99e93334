"""Moves the dates of a sheet, so that invented people written down for one day are as old on another day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from panoh.exchange.spreadsheets import Sheet, SheetRow

DATE_COLUMNS = ("birth_date", "arrival_date")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def moved_sheet(sheet: Sheet, written_for: date, today: date) -> Sheet:
    """The same sheet with birth_date and arrival_date moved by the days between the two days, as exact as they are."""
    places = [place for place, name in enumerate(sheet.columns) if name in DATE_COLUMNS]
    return Sheet(sheet.columns, _moved_rows(sheet.rows, places, written_for, today))


def moved_date(text: str, written_for: date, today: date) -> str:
    """A date as YYYY-MM-DD, YYYY-MM or YYYY, moved; any other text stays as it is."""
    found = _DATE.fullmatch(text)
    if not found:
        return text
    year, month, day = found.groups()
    if month is None:
        return str(int(year) + today.year - written_for.year)
    moved = date(int(year), int(month), int(day or 15)) + (today - written_for)
    return moved.isoformat() if day else moved.strftime("%Y-%m")


def _moved_rows(rows: Iterator[SheetRow], places: list[int], written_for: date, today: date) -> Iterator[SheetRow]:
    for row in rows:
        cells = [
            moved_date(cell, written_for, today) if place in places else cell for place, cell in enumerate(row.cells)
        ]
        yield replace(row, cells=cells)
