"""Rows of requests.csv: what relatives say about someone they look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from panoh.domain.dates import PartialDate
from panoh.domain.vocabulary import Vocabularies
from panoh.exchange.columns import ParsedRow, match_columns
from panoh.exchange.spreadsheets import Sheet
from panoh.exchange.values import LINE, SHORT, RowReader, parse_each

TRACING_COLUMNS = (
    "request_id",
    "given_name",
    "family_name",
    "patronymic",
    "sex",
    "birth_date",
    "age",
    "origin",
    "relatives",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingRow:
    """One sought person. Empty text means that the file does not say."""

    external_id: str
    given_name: str
    family_name: str
    patronymic: str
    sex: str
    birth: PartialDate
    origin: str
    relatives: tuple[str, ...]  # names of kin who may be with the sought person


def parse_tracing(
    sheet: Sheet, mapping: Mapping[str, str], today: date, vocab: Vocabularies
) -> Iterator[ParsedRow[TracingRow]]:
    """Read the rows of a sheet one after another, by the rules of parse_people; ages were told today."""
    reader = RowReader(match_columns(sheet.columns, TRACING_COLUMNS, mapping), vocab, today)
    return parse_each(sheet.rows, reader, _request)


def _request(reader: RowReader) -> TracingRow:
    given, family, patronymic = reader.names()
    return TracingRow(
        external_id=reader.text("request_id", SHORT),
        given_name=given,
        family_name=family,
        patronymic=patronymic,
        sex=reader.sex(),
        birth=reader.birth(None),
        origin=reader.text("origin", LINE),
        relatives=tuple(dict.fromkeys(reader.parts("relatives"))),
    )
