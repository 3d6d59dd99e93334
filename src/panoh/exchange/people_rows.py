"""Rows of people.csv: what a field desk typed about one person becomes typed values, or a reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from panoh.domain.dates import PartialDate
from panoh.domain.vocabulary import Vocabularies
from panoh.exchange import values as v
from panoh.exchange.columns import LINE, NAME, SHORT, Column, ParsedRow
from panoh.exchange.row_reader import RowProblem, RowReader, Told, Wanted, parse_each
from panoh.exchange.spreadsheets import Sheet

COLUMNS = (
    Column("person_id", SHORT, v.digits, comes_again=False),
    Column("household_id", SHORT, v.digits),
    Column("relation", SHORT, v.code("relation")),
    Column("given_name", NAME, v.text),
    Column("family_name", NAME, v.text),
    Column("patronymic", NAME, v.text),
    Column("sex", SHORT, v.sex),
    Column("birth_date", SHORT, v.digits, comes_again=False),  # what was made of it is remembered with the age
    Column("age", SHORT, v.digits),
    Column("origin", LINE, v.text),
    Column("arrival_date", SHORT, v.past_day, None),
    Column("phone", SHORT, v.digits, comes_again=False),
    Column("document_no", SHORT, v.digits, comes_again=False),
    Column("needs", LINE, v.needs, ()),
    Column("site", NAME, v.text),
    Column("site_kind", SHORT, v.code("site_kind")),
    Column("border_status", SHORT, v.code("border_status")),
    Column("shelter_adequate", SHORT, v.code("shelter")),
    Column("fled_from", SHORT, v.country()),
    Column("country_now", SHORT, v.country()),
    Column("intends_to_go", SHORT, v.country()),
    Column("nationality", LINE, v.nationalities, ()),
    Column("legal_status", SHORT, v.code("legal_status")),
    Column("recognised_by", SHORT, v.country("UNHCR")),
    Column("feared_country", SHORT, v.country("none")),  # 'none': was asked and fears no State
    Column("in_hiding", SHORT, v.yes_no),
    Column("extradition_requested", SHORT, v.yes_no),
)
PEOPLE_COLUMNS = tuple(column.name for column in COLUMNS)
READ = (*COLUMNS, v.FULL_NAME)
READ_NAMES = tuple(column.name for column in READ)
DATE_COLUMNS = ("birth_date", "arrival_date")


@dataclass(slots=True, kw_only=True)
class PersonRow:
    """One registration, with codes of our lists. Empty text means that the file does not say."""

    external_id: str
    household: str  # the sender's id of the household
    relation: str
    given_name: str
    family_name: str
    patronymic: str
    sex: str
    birth: PartialDate
    origin: str
    arrival_on: date | None
    phone: str
    document_no: str
    needs: tuple[str, ...]
    needs_asked: bool  # the file has a column for needs, so that urgent health and safety was asked
    site: str
    site_kind: str
    border_status: str
    shelter: str  # adequate, inadequate, open_air
    fled_from: str
    country_now: str
    intends_to_go: str
    nationalities: tuple[str, ...]
    legal_status: str
    recognised_by: str  # 'UNHCR' or the alpha-2 code of a State
    feared_country: str  # alpha-2 code, or 'none'
    hiding_from: str  # none, state, other
    extradition: str  # yes, no


KeepOut = Callable[[PersonRow], str]  # why a row is not taken into this vault; '' when it is


def parse_people(
    sheet: Sheet, wanted: Wanted, today: date, vocab: Vocabularies, keep_out: KeepOut = lambda _row: ""
) -> Iterator[ParsedRow[PersonRow]]:
    """Read the rows of a sheet one after another; every row is taken or refused, none is lost.

    A row is refused for: no name, a date that does not exist or a birth in the future, an unknown sex or country,
    a text that is too long or damaged, cells that do not fit the columns, a person_id that the file had before, and for
    whatever reason `keep_out` gives.
    Anything else that cannot be read is left out with a warning. Raises AppError('file.no_columns'), and what
    reading the file raises.
    """

    def take(reader: RowReader, told: Told) -> PersonRow:
        row = _person(reader, told)
        if why := keep_out(row):
            raise RowProblem(why)
        return row

    return parse_each(sheet, RowReader(sheet, READ, wanted, today, vocab), take)


def _person(reader: RowReader, told: Told) -> PersonRow:
    given, family, patronymic = v.names(told)
    feared = told["feared_country"]
    return PersonRow(
        external_id=told["person_id"],
        household=told["household_id"],
        relation=told["relation"],
        given_name=given,
        family_name=family,
        patronymic=patronymic,
        sex=told["sex"],
        birth=v.birth(reader, told),
        origin=told["origin"],
        arrival_on=told["arrival_date"],
        phone=told["phone"],
        document_no=told["document_no"],
        needs=told["needs"],
        needs_asked=reader.has("needs"),
        site=told["site"],
        site_kind=told["site_kind"],
        border_status=told["border_status"],
        shelter=told["shelter_adequate"],
        fled_from=told["fled_from"],
        country_now=told["country_now"],
        intends_to_go=told["intends_to_go"],
        nationalities=told["nationality"],
        legal_status=told["legal_status"],
        recognised_by=told["recognised_by"],
        feared_country=feared,
        hiding_from=_hiding_from(told["in_hiding"], feared),
        extradition=told["extradition_requested"],
    )


def _hiding_from(hides: str, feared: str) -> str:
    """Whoever hides and fears a State hides from that State, anyone else from someone whom the file does not name."""
    if hides == "yes":
        return "state" if feared not in ("", "none") else "other"
    return "none" if hides == "no" else ""
