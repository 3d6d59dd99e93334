"""Rows of requests.csv: what relatives say about someone they look for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from panoh.domain.dates import PartialDate
from panoh.domain.vocabulary import Vocabularies
from panoh.exchange import values as v
from panoh.exchange.columns import LINE, NAME, SHORT, Column, ParsedRow
from panoh.exchange.row_reader import RowReader, Told, Wanted, parse_each
from panoh.exchange.spreadsheets import Sheet

COLUMNS = (
    Column("request_id", SHORT, v.digits, comes_again=False),
    Column("given_name", NAME, v.text),
    Column("family_name", NAME, v.text),
    Column("patronymic", NAME, v.text),
    Column("sex", SHORT, v.sex),
    Column("birth_date", SHORT, v.digits, comes_again=False),
    Column("age", SHORT, v.digits),
    Column("origin", LINE, v.text),
    Column("relatives", LINE, v.parts, ()),
)
TRACING_COLUMNS = tuple(column.name for column in COLUMNS)
READ = (*COLUMNS, v.FULL_NAME)
READ_NAMES = tuple(column.name for column in READ)
DATE_COLUMNS = ("birth_date",)


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


def parse_tracing(sheet: Sheet, wanted: Wanted, today: date, vocab: Vocabularies) -> Iterator[ParsedRow[TracingRow]]:
    """Read the rows of a sheet one after another, by the rules of parse_people; ages were told today."""
    return parse_each(sheet, RowReader(sheet, READ, wanted, today, vocab), _request)


def _request(reader: RowReader, told: Told) -> TracingRow:
    given, family, patronymic = v.names(told)
    return TracingRow(
        external_id=told["request_id"],
        given_name=given,
        family_name=family,
        patronymic=patronymic,
        sex=told["sex"],
        birth=v.birth(reader, told),
        origin=told["origin"],
        relatives=tuple(dict.fromkeys(told["relatives"])),
    )
