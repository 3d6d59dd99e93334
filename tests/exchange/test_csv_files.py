"""Csv of every origin, and csv that is half garbage: one bad line spoils no other."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.base.errors import AppError
from panoh.base.progress import Reporting
from panoh.exchange.csv_files import encoding_of
from panoh.exchange.spreadsheets import SheetRow, read_rows

ROWS = [["given_name", "family_name", "sex"], ["Гулбаҳор", "Йўлчиева", "F"], ["Ilhom", "Sattorqulliyev, o‘g‘li", "M"]]
RUSSIAN = [["given_name", "family_name", "sex"], ["Галина", "Сухорукова", "F"], ["Ўткир", "Носиров", "M"]]


def as_csv(rows: list[list[str]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def read(path: Path) -> tuple[tuple[str, ...], list[SheetRow]]:
    sheet = read_rows(path)
    return sheet.columns, list(sheet.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_encodings_delimiters_and_quotes(tmp_path: Path, encoding: str, delimiter: str, quoting: int) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(as_csv(ROWS, delimiter, quoting).encode(encoding))
    columns, rows = read(path)
    assert [list(columns), *(row.cells for row in rows)] == ROWS
    assert [row.number for row in rows] == [2, 3]


def test_windows_1251_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(as_csv(RUSSIAN, ";").encode("cp1251"))
    assert encoding_of(path.open("rb")) == "cp1251"
    assert [row.cells for row in read(path)[1]] == RUSSIAN[1:]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(f"given_name,sex{ending}{ending}Али,M{ending},,{ending}Лола,F".encode())
    rows = read(path)[1]
    assert [row.cells for row in rows] == [["Али", "M"], ["Лола", "F"]]
    assert [row.number for row in rows] == [3, 5]


def test_a_quoted_cell_may_go_over_lines(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('given_name,origin\n"Али","Ош,\nЧерёмушки"\n"Лола ""Лайло""",Араван\n', "utf-8")
    assert [row.cells for row in read(path)[1]] == [["Али", "Ош,\nЧерёмушки"], ['Лола "Лайло"', "Араван"]]


def test_half_garbage_keeps_the_good_rows(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    good = [f"Али{number},Холматов,M".encode() for number in range(200)]
    garbage = [b'"never closed,Rahimov,M', b"\x00\xff\xfe\x9c\x81,\x80,M", b"a,b,c,d,e", b'x"y"z,"', b"\xd0", b'""""""']
    lines = [line for pair in zip(good, garbage * 40, strict=False) for line in pair]
    path.write_bytes(b"given_name,family_name,sex\n" + b"\n".join(lines))
    rows = read(path)[1]
    kept = [row.cells[0] for row in rows if not row.problem and row.cells[0].startswith("Али")]
    assert kept == [f"Али{number}" for number in range(200)]
    assert sum("quotation" in row.problem for row in rows) >= 33
    assert sum("more cells" in row.problem for row in rows) >= 33


def test_an_open_quotation_mark_does_not_eat_the_file(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("given_name,sex\n" + '"Али,M\n' + "Лола,F\n" * 300, "utf-8")
    rows = read(path)[1]
    assert rows[0].problem
    assert [row.cells for row in rows[1:]] == [["Лола", "F"]] * 300


def test_a_damaged_quotation_mark_is_forgiven_where_the_columns_fit(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('given_name,sex\n"Али" бек,M\nЛо"ла,F\n', "utf-8")
    rows = read(path)[1]
    assert [row.cells for row in rows] == [["Али бек", "M"], ['Ло"ла', "F"]]
    assert not any(row.problem for row in rows)


def test_a_line_without_end_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("given_name,sex\n" + "я" * 5_000_000 + ",M\nЛола,F\n", "utf-8")
    rows = read(path)[1]
    assert [len(rows[0].cells[0]), rows[1].cells] == [10_000, ["Лола", "F"]]


@examples(60, share_fixtures=True)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_rows_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    told = ""
    columns: tuple[str, ...] = ()
    rows: list[SheetRow] = []
    try:
        columns, rows = read(path)
    except AppError as error:
        told = error.code
    assert told in ("", "file.unreadable", "file.no_columns", "file.too_large")
    assert bool(columns) != bool(told)
    assert all(row.problem or not any(cell.strip() for cell in row.cells[len(columns) :]) for row in rows)


@examples(60, share_fixtures=True)
@given(table=st.lists(st.lists(st.text("Аxé,;\"'=<> \n\t", max_size=6), min_size=3, max_size=3), max_size=8))
def test_what_a_spreadsheet_program_writes_is_read_as_it_was(tmp_path: Path, table: list[list[str]]) -> None:
    path = tmp_path / "table.csv"
    path.write_text(as_csv([["a", "b", "c"], *table]), "utf-8", newline="")
    expected = [row for row in table if any(cell.strip() for cell in row)]
    assert [row.cells for row in read(path)[1]] == expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "file.unreadable"),
        (b"\xd0\xcf\x11\xe0" + b"old workbook", "file.unreadable"),
        (b"", "file.no_columns"),
        (b"\n\n ,, \n", "file.no_columns"),
        (b",".join(b"c%d" % number for number in range(201)), "file.too_large"),
    ],
)
def test_files_that_are_no_lists(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        read(path)
    assert caught.value.code == code
    assert caught.value.sentence()


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(AppError) as caught:
            read_rows(path)
        assert caught.value.code == "file.missing"


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200_000_001)
    with pytest.raises(AppError) as caught:
        read_rows(path)
    assert caught.value.code == "file.too_large"


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("given_name,sex\n" + "Лола,F\n" * 3000, "utf-8")
    seen: list[int] = []
    watch = Reporting(lambda done, total, what: seen.append(done), lambda: len(seen) > 2)
    with pytest.raises(AppError) as caught:
        list(read_rows(path, watch).rows)
    assert caught.value.code == "cancelled"
