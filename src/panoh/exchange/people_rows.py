"""Rows of people.csv: what a field desk typed about one person becomes typed values, or a reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from panoh.domain.dates import PartialDate
from panoh.domain.vocabulary import Vocabularies
from panoh.exchange.columns import ParsedRow, match_columns
from panoh.exchange.spreadsheets import Sheet
from panoh.exchange.values import LINE, NAME, SHORT, RowReader, parse_each

PEOPLE_COLUMNS = (
    "person_id",
    "household_id",
    "relation",
    "given_name",
    "family_name",
    "patronymic",
    "sex",
    "birth_date",
    "age",
    "origin",
    "arrival_date",
    "phone",
    "document_no",
    "needs",
    "site",
    "site_kind",
    "border_status",
    "shelter_adequate",
    "fled_from",
    "country_now",
    "intends_to_go",
    "nationality",
    "legal_status",
    "recognised_by",
    "feared_country",
    "in_hiding",
    "extradition_requested",
)


@dataclass(frozen=True, slots=True, kw_only=True)
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


def parse_people(
    sheet: Sheet, mapping: Mapping[str, str], today: date, vocab: Vocabularies
) -> Iterator[ParsedRow[PersonRow]]:
    """Read the rows of a sheet one after another; every row is taken or refused, none is lost.

    A row is refused for: no name, a date that does not exist or a birth in the future, an unknown sex or country,
    a text that is too long or damaged, cells that do not fit the columns, a person_id that the file had before.
    Anything else that cannot be read is left out with a warning. Raises AppError('file.no_columns'), and what
    reading the file raises.
    """
    reader = RowReader(match_columns(sheet.columns, PEOPLE_COLUMNS, mapping), vocab, today)
    return parse_each(sheet.rows, reader, _person)


def _person(reader: RowReader) -> PersonRow:
    given, family, patronymic = reader.names()
    arrival = reader.past_day("arrival_date")
    feared = _feared(reader)
    return PersonRow(
        external_id=reader.text("person_id", SHORT),
        household=reader.text("household_id", SHORT),
        relation=reader.code("relation", "relation"),
        given_name=given,
        family_name=family,
        patronymic=patronymic,
        sex=reader.sex(),
        birth=reader.birth(arrival),
        origin=reader.text("origin", LINE),
        arrival_on=arrival,
        phone=reader.text("phone", SHORT),
        document_no=reader.text("document_no", SHORT),
        needs=reader.needs(),
        needs_asked=reader.has("needs"),
        site=reader.text("site", NAME),
        site_kind=reader.code("site_kind", "site_kind"),
        border_status=reader.code("border_status", "border_status"),
        shelter=reader.code("shelter_adequate", "shelter"),
        fled_from=reader.country("fled_from"),
        country_now=reader.country("country_now"),
        intends_to_go=reader.country("intends_to_go"),
        nationalities=reader.nationalities(),
        legal_status=reader.code("legal_status", "legal_status"),
        recognised_by=_recognised_by(reader),
        feared_country=feared,
        hiding_from=_hiding_from(reader, feared),
        extradition=reader.yes_no("extradition_requested"),
    )


def _feared(reader: RowReader) -> str:
    """The feared State. 'none' means that the person was asked and fears no State."""
    return "none" if reader.text("feared_country", SHORT).casefold() == "none" else reader.country("feared_country")


def _recognised_by(reader: RowReader) -> str:
    return "UNHCR" if reader.text("recognised_by", SHORT).upper() == "UNHCR" else reader.country("recognised_by")


def _hiding_from(reader: RowReader, feared: str) -> str:
    """Whoever hides and fears a State hides from that State, anyone else from someone whom the file does not name."""
    hides = reader.yes_no("in_hiding")
    if hides == "yes":
        return "state" if feared not in ("", "none") else "other"
    return "none" if hides == "no" else ""
