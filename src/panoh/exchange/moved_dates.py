"""Moves the dates of a csv file, so that invented people written down for one day are as old on another day."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

DATE_COLUMNS = frozenset({"birth_date", "arrival_date"})
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def moved_copy(source: Path, target: Path, by: timedelta) -> None:
    """Copy a csv file of ours with birth_date and arrival_date moved; everything else stays as it is."""
    with source.open(encoding="utf-8", newline="") as old, target.open("w", encoding="utf-8", newline="") as new:
        rows = csv.reader(old)
        writer = csv.writer(new)
        columns = next(rows)
        places = [place for place, name in enumerate(columns) if name in DATE_COLUMNS]
        writer.writerow(columns)
        for row in rows:
            for place in places:
                row[place] = moved_date(row[place], by)
            writer.writerow(row)


def moved_date(text: str, by: timedelta) -> str:
    """A date as YYYY-MM-DD, YYYY-MM or YYYY, moved as exactly as it is told; any other text stays as it is."""
    found = _DATE.fullmatch(text)
    if not found:
        return text
    year, month, day = found.groups()
    middle = date(int(year), int(month or 7), int(day or (15 if month else 1))) + by
    return middle.strftime("%Y-%m-%d" if day else "%Y-%m" if month else "%Y")
