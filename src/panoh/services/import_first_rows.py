"""The first rows of a list as they would be read: in words, or why a row would be refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from panoh.base.errors import AppError
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.dates import words as date_words
from panoh.exchange.columns import Refused
from panoh.exchange.date_forms import DateForm
from panoh.exchange.people_rows import PersonRow, parse_people
from panoh.exchange.row_reader import Wanted
from panoh.exchange.spreadsheets import Sheet, SheetRow
from panoh.exchange.tracing_rows import TracingRow, parse_tracing
from panoh.services.desk import Desk
from panoh.services.import_options import ListKind
from panoh.services.import_preview import Preview

Row = PersonRow | TracingRow


@dataclass(frozen=True, slots=True)
class FirstRow:
    """One row: the words for each of our columns, and what is to be said of it; `refused` when it would be."""

    words: Mapping[str, str]
    remark: str
    refused: bool


def read_first(
    desk: Desk, kind: ListKind, preview: Preview, mapping: Mapping[str, str], dates: Mapping[str, DateForm]
) -> list[FirstRow]:
    """Read the first rows like this; none when no column would be read."""
    width = len(preview.columns)
    rows = (SheetRow(at, [*cells, *[""] * (width - len(cells))]) for at, cells in enumerate(preview.rows))
    sheet = Sheet(preview.columns, rows)
    parse: Callable[..., Iterator[Any]] = parse_people if kind is ListKind.PEOPLE else parse_tracing
    try:
        parsed = list(parse(sheet, Wanted(mapping=mapping, dates=dates), desk.clock.today(), desk.vocabularies))
    except AppError:
        return []
    read = {ours for ours in mapping.values() if ours}
    made = []
    for row in parsed:
        if isinstance(row.values, Refused):
            at = row.number
            theirs = {
                ours: preview.rows[at][place]
                for place, name in enumerate(preview.columns)
                if (ours := mapping.get(name))
            }
            made.append(FirstRow(theirs, row.values.reason, refused=True))
        else:
            words = {ours: _words(desk, ours, row.values) for ours in read}
            made.append(FirstRow(words, " ".join(row.warnings), refused=False))
    return made


def _words(desk: Desk, ours: str, row: Row) -> str:
    """What a record would hold, in words."""
    special: dict[str, Callable[[Any], str]] = {
        "person_id": lambda row: row.external_id,
        "request_id": lambda row: row.external_id,
        "household_id": lambda row: row.household,
        "full_name": _names,
        "birth_date": lambda row: date_words(row.birth) if row.birth.earliest else "",
        "age": lambda row: date_words(row.birth) if row.birth.earliest else "",
        "arrival_date": lambda row: day(row.arrival_on) if row.arrival_on else "",
        "relatives": lambda row: ", ".join(row.relatives),
        "needs": lambda row: ", ".join(desk.name_of("need", code) for code in row.needs),
        "nationality": lambda row: ", ".join(desk.name_of("country", code) for code in row.nationalities),
        "shelter_adequate": lambda row: desk.name_of("shelter", row.shelter) if row.shelter else "",
        "in_hiding": lambda row: desk.name_of("hiding", row.hiding_from) if row.hiding_from else "",
        "extradition_requested": lambda row: row.extradition,
    }
    if ours in special:
        return special[ours](row)
    said = str(getattr(row, ours))
    if ours in ("fled_from", "country_now", "intends_to_go", "feared_country", "recognised_by"):
        return desk.name_of("country", said) if said else ""
    listed = {"relation": "relation", "sex": "sex", "site_kind": "site_kind", "border_status": "border_status"}
    name = {**listed, "legal_status": "legal_status"}.get(ours)
    return desk.name_of(name, said) if name and said else said


def _names(row: Row) -> str:
    """A whole name taken apart."""
    told = ((_("given name"), row.given_name), (_("family name"), row.family_name), (_("father"), row.patronymic))
    return ", ".join(f"{what} {name}" for what, name in told if name)
