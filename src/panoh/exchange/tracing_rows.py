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
# What a list may tell besides; files in which none of it stands are read as before.
MORE = (
    Column("nickname", NAME, v.text),
    Column("other_names", LINE, v.parts, ()),
    Column("phone", SHORT, v.digits, comes_again=False),
    Column("document_no", SHORT, v.digits, comes_again=False),
    Column("relation", SHORT, v.code("relation")),
    Column("inquirer_id", SHORT, v.digits),
    Column("inquirer_name", NAME, v.text),
    Column("separated_on", SHORT, v.past_day, None),
    Column("separated_where", LINE, v.text),
    Column("separation_cause", SHORT, v.code("separation_cause")),
    Column("last_seen", LINE, v.text),
    Column("last_seen_on", SHORT, v.past_day, None),
    Column("last_seen_with", LINE, v.text),
    Column("languages", SHORT, v.codes("languages"), ()),
    Column("marks", LINE, v.text),
    Column("clothes", LINE, v.text),
    Column("consent_to_trace", SHORT, v.yes_no),
)
TRACING_COLUMNS = tuple(column.name for column in COLUMNS)
READ = (*COLUMNS, *MORE, v.FULL_NAME)
READ_NAMES = tuple(column.name for column in READ)
DATE_COLUMNS = ("birth_date", "separated_on", "last_seen_on")
_AS_TOLD = ("sex", "origin", *(column.name for column in MORE))  # fields of a row that are called like their columns


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
    nickname: str = ""
    other_names: tuple[str, ...] = ()
    phone: str = ""
    document_no: str = ""
    relation: str = ""
    inquirer_id: str = ""  # as the sender numbers registered people
    inquirer_name: str = ""
    separated_on: date | None = None
    separated_where: str = ""
    separation_cause: str = ""
    last_seen: str = ""
    last_seen_on: date | None = None
    last_seen_with: str = ""
    languages: tuple[str, ...] = ()
    marks: str = ""
    clothes: str = ""
    consent_to_trace: str = ""  # yes, no; '' not asked


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
        birth=v.birth(reader, told),
        relatives=tuple(dict.fromkeys(told["relatives"])),
        **{name: told[name] for name in _AS_TOLD},
    )
