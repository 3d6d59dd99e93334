"""Rows of people.csv and requests.csv: taken or refused with a reason, never lost, never a crash."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.exchange.sheets import sheet, write_xlsx

from panoh.base.errors import AppError
from panoh.exchange.columns import ParsedRow, Refused, match_columns
from panoh.exchange.people_rows import PEOPLE_COLUMNS, PersonRow, parse_people
from panoh.exchange.row_reader import Wanted
from panoh.exchange.spreadsheets import read_rows
from panoh.exchange.tracing_rows import TRACING_COLUMNS, parse_tracing
from panoh.services.resources import vocabularies

TODAY = date(2010, 6, 14)
VOCAB = vocabularies()


def parse(**cells: str) -> ParsedRow[PersonRow]:
    row = {"given_name": "Гулнора", "family_name": "Сатторқуллиева", **cells}
    return next(parse_people(sheet(list(row), list(row.values())), Wanted(), TODAY, VOCAB))


def taken(**cells: str) -> PersonRow:
    values = parse(**cells).values
    assert isinstance(values, PersonRow), values
    return values


def reason(**cells: str) -> str:
    values = parse(**cells).values
    assert isinstance(values, Refused), values
    return values.reason


def test_a_full_row() -> None:
    row = taken(
        person_id="P1",
        household_id="H1",
        relation="Wife",
        patronymic="Турсуновна",
        sex="ж",
        birth_date="1976-02-29",
        origin="Ош,  Черёмушки",
        arrival_date="2010-06-12",
        phone="+996 0 123",
        document_no="AN 17",
        needs="SC-UM; nursing;PX-HB;SC-UC",
        site="School 7",
        site_kind="school",
        border_status="waiting",
        shelter_adequate="no",
        fled_from="kg",
        country_now="Kyrgyzstan",
        intends_to_go="UZB",
        nationality="UZ; stateless",
        legal_status="previously_recognised_refugee",
        recognised_by="unhcr",
        feared_country="Узбекистан",
        in_hiding="yes",
        extradition_requested="да",
    )
    assert (row.external_id, row.household, row.relation, row.sex) == ("P1", "H1", "spouse", "F")
    assert (row.birth.earliest, row.arrival_on) == (date(1976, 2, 29), date(2010, 6, 12))
    assert (row.origin, row.phone, row.document_no) == ("Ош, Черёмушки", "+996 0 123", "AN 17")
    assert row.needs == ("SC-UC", "WR-LC", "PX-HB")
    assert row.needs_asked
    assert (row.site, row.site_kind, row.border_status, row.shelter) == ("School 7", "school", "waiting", "inadequate")
    assert (row.fled_from, row.country_now, row.intends_to_go, row.feared_country) == ("KG", "KG", "UZ", "UZ")
    assert row.nationalities == ("UZ", "stateless")
    assert (row.legal_status, row.recognised_by) == ("previously_recognised_refugee", "UNHCR")
    assert (row.hiding_from, row.extradition) == ("state", "yes")


def test_an_empty_row_of_a_name_says_nothing_more() -> None:
    row = taken()
    assert not row.needs_asked
    assert row.birth.earliest is None
    assert (row.sex, row.feared_country, row.hiding_from, row.extradition, row.nationalities) == ("", "", "", "", ())


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"given_name": "", "family_name": ""}, "no name"),
        ({"given_name": "?", "family_name": "-"}, "no name"),
        ({"birth_date": "2009-02-29"}, "29 Feb"),
        ({"birth_date": "2001-06-31"}, "31 Jun"),
        ({"birth_date": "31.06.2001"}, "31 Jun"),
        ({"birth_date": "2001-13"}, "month"),
        ({"birth_date": "2010-06-15"}, "come"),
        ({"birth_date": "2011"}, "come"),
        ({"arrival_date": "2010-06-31"}, "arrival_date"),
        ({"sex": "Q"}, "sex"),
        ({"fled_from": "XX"}, "fled_from"),
        ({"feared_country": "Atlantis"}, "feared_country"),
        ({"country_now": "stateless"}, "country_now"),
        ({"nationality": "KG;XX"}, "nationality"),
        ({"recognised_by": "someone"}, "recognised_by"),
        ({"given_name": "x" * 201}, "longer than 200"),
        ({"origin": "x" * 10_000}, "longer than 500"),
        ({"origin": "\udcff\udcfe"}, "damaged"),
    ],
)
def test_what_is_refused(cells: dict[str, str], said: str) -> None:
    assert said in reason(**cells)


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"relation": "landlord's friend"}, "relation", ""),
        ({"site_kind": "palace"}, "site_kind", ""),
        ({"border_status": "gone"}, "border_status", ""),
        ({"legal_status": "maybe"}, "legal_status", ""),
        ({"shelter_adequate": "so so"}, "shelter", ""),
        ({"extradition_requested": "perhaps"}, "extradition", ""),
        ({"in_hiding": "perhaps"}, "hiding_from", ""),
        ({"needs": "SC-UC;wheels"}, "needs", ("SC-UC", "wheels")),  # kept as a local code
        ({"arrival_date": "last week"}, "arrival_on", None),
        ({"arrival_date": "2010-06-15"}, "arrival_on", None),
    ],
)
def test_what_is_left_out_with_a_warning(cells: dict[str, str], field: str, value: object) -> None:
    row = parse(**cells)
    assert isinstance(row.values, PersonRow)
    assert getattr(row.values, field) == value
    assert len(row.warnings) == 1


def test_words_for_no_date_and_dates_with_two_readings() -> None:
    row = parse(birth_date="a child")
    assert isinstance(row.values, PersonRow)
    assert row.values.birth.earliest is None
    assert row.warnings
    row = parse(birth_date="03/12/1998")
    assert isinstance(row.values, PersonRow)
    assert (row.values.birth.precision, row.values.birth.said) == ("year", "1998")
    assert row.warnings


def test_an_age_was_told_on_arrival() -> None:
    assert taken(age="34", arrival_date="2010-06-01").birth.as_of == date(2010, 6, 1)
    assert taken(age="34").birth.as_of == TODAY
    born_since = taken(birth_date="2010", age="0", arrival_date="2009-12-30").birth
    assert born_since.earliest == date(2010, 1, 1)


def test_codes_that_no_other_code_replaced_are_kept() -> None:
    assert taken(needs="LP-TO").needs == ("LP-TO",)
    assert taken(needs="-; none ;").needs == ()


def test_from_whom_someone_hides() -> None:
    assert taken(in_hiding="yes", feared_country="UZ").hiding_from == "state"
    assert taken(in_hiding="yes").hiding_from == "other"
    assert taken(in_hiding="yes", feared_country="none").hiding_from == "other"
    assert taken(in_hiding="no").hiding_from == "none"
    assert taken(feared_country="None").feared_country == "none"


def test_the_same_person_twice_and_two_people_with_the_same_everything() -> None:
    columns = ["person_id", "given_name"]
    rows = list(
        parse_people(sheet(columns, ["P1", "Али"], ["P1", "Али"], ["", "Али"], ["", "Али"]), Wanted(), TODAY, VOCAB)
    )
    assert [isinstance(row.values, PersonRow) for row in rows] == [True, False, True, True]


def test_markup_and_formulas_are_text() -> None:
    row = taken(given_name="<b>x</b>", family_name="=cmd|'/c calc'!A1", origin='<img src="/etc/hostname">')
    assert (row.given_name, row.family_name, row.origin) == (
        "<b>x</b>",
        "=cmd|'/c calc'!A1",
        '<img src="/etc/hostname">',
    )


def test_columns_by_name_mapping_and_place() -> None:
    names = ["Given Name", "FAMILY-NAME", "Surname", "noise", "true_person_id", "given_name"]
    columns = match_columns(names, PEOPLE_COLUMNS, {"surname": "family_name"})
    assert columns.places == {"given_name": 0, "family_name": 2}
    assert columns.unknown == ("FAMILY-NAME", "noise", "true_person_id", "given_name")
    with pytest.raises(AppError) as caught:
        match_columns(["noise"], PEOPLE_COLUMNS, {})
    assert caught.value.code == "file.no_columns"


def test_short_rows_and_rows_of_damaged_form(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("given_name,family_name,sex\nАли\nЛола,Хол,F,,F\nЛола,Хол,F,,\n", "utf-8")
    rows = list(parse_people(read_rows(path), Wanted(), TODAY, VOCAB))
    assert [isinstance(row.values, PersonRow) for row in rows] == [True, False, True]


def test_requests() -> None:
    columns = list(TRACING_COLUMNS)
    cells = ["R1", "Азизбек", "Тўрабоев", "", "M", "2006-05", "", "Ош", "Гулбаҳор; Равшан;Гулбаҳор"]
    rows = list(parse_tracing(sheet(columns, cells, cells, ["R2", *[""] * 8]), Wanted(), TODAY, VOCAB))
    first = rows[0].values
    assert not isinstance(first, Refused)
    assert (first.external_id, first.given_name, first.sex, first.origin) == ("R1", "Азизбек", "M", "Ош")
    assert first.relatives == ("Гулбаҳор", "Равшан")
    assert first.birth.precision == "month"
    assert [isinstance(row.values, Refused) for row in rows] == [False, True, True]


def test_what_a_request_may_tell_besides() -> None:
    columns = [
        "given_name",
        "nickname",
        "phone",
        "relation",
        "separated_on",
        "languages",
        "consent_to_trace",
        "marks",
        "age",
    ]
    cells = ["Азизбек", "Азик", "0555 123456", "son", "2010-06-11", "uz; xx", "no", "scar", "about four"]
    (row,) = parse_tracing(sheet(columns, cells), Wanted(), TODAY, VOCAB)
    told = row.values
    assert not isinstance(told, Refused)
    assert (told.nickname, told.phone, told.relation, told.consent_to_trace) == ("Азик", "0555 123456", "child", "no")
    assert (told.separated_on, told.languages, told.marks) == (date(2010, 6, 11), ("uz",), "scar")
    assert len(row.warnings) == 2


CELL = st.text(max_size=12) | st.sampled_from(
    [
        "",
        "F",
        "UZ",
        "1998-03-12",
        "2010-02-30",
        "34",
        "SC-UC;TR-PI",
        "yes",
        "stateless",
        "P1",
        "<b>x",
        "\ud800",
        "x" * 600,
    ]
)


@examples(150)
@given(rows=st.lists(st.lists(CELL, max_size=len(PEOPLE_COLUMNS)), max_size=5))
def test_every_row_is_taken_or_refused(rows: list[list[str]]) -> None:
    parsed = list(parse_people(sheet(PEOPLE_COLUMNS, *rows), Wanted(), TODAY, VOCAB))
    assert len(parsed) == len(rows)
    for row in parsed:
        assert isinstance(row.values, PersonRow | Refused)
        if isinstance(row.values, PersonRow):
            assert row.values.sex in ("", "F", "M", "X")
            assert all(code in VOCAB["specific_needs"] for code in row.values.needs)
            assert row.values.birth.latest is None or row.values.birth.earliest is not None


@examples(40, share_fixtures=True)
@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from('\n\r\t,;"'), max_size=400)
)
def test_any_csv_text_adds_up(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.csv"
    path.write_text("given_name,sex,birth_date,needs\nАли,M,1990,\n" + text, "utf-8", newline="")
    numbered = [row.number for row in read_rows(path).rows]
    parsed = list(parse_people(read_rows(path), Wanted(), TODAY, VOCAB))
    assert [row.number for row in parsed] == numbered
    assert isinstance(parsed[0].values, PersonRow)


@pytest.mark.parametrize("write", ["csv", "xlsx"])
def test_csv_and_xlsx_say_the_same(tmp_path: Path, write: str) -> None:
    table = [["given_name", "age", "arrival_date"], ["Гулбаҳор", "29", "2010-06-12"], ["Ilhom", "38", ""]]
    path = tmp_path / f"people.{write}"
    writers: dict[str, Callable[[], object]] = {
        "csv": lambda: csv.writer(path.open("w", encoding="utf-8", newline="")).writerows(table),
        "xlsx": lambda: write_xlsx(path, [table[0], ["Гулбаҳор", 29, date(2010, 6, 12)], ["Ilhom", 38]]),
    }
    writers[write]()
    rows = [row.values for row in parse_people(read_rows(path), Wanted(), TODAY, VOCAB)]
    assert [(row.given_name, row.birth.said, row.arrival_on) for row in rows if isinstance(row, PersonRow)] == [
        ("Гулбаҳор", "29", date(2010, 6, 12)),
        ("Ilhom", "38", None),
    ]
