"""The file of refused rows: nothing in it is a formula, and what was not corrected comes back as it was."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.examples import examples

from panoh.exchange.cells import LostLettersError, clean
from panoh.exchange.refused_rows import as_csv, as_workbook, guarded
from panoh.exchange.spreadsheets import read_rows

FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", '"=1', "=cmd|'/c calc'!A1", "'=1", "+996550"]
PARTED = ["0555;+996550", "a; =1+1", 'a;"=1+1"', "a;;@SUM(1)", "a;'=1", "-1;-2", "a\n=1", "a\r\n;=1"]


def _cleaned(text: str) -> str:
    try:
        return clean(text)
    except LostLettersError:
        return "lost"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_and_all_come_back(tmp_path: Path, text: str) -> None:
    line = [(2, "why", ["Лола", text])]
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    sheet = load_workbook(BytesIO(as_workbook(["given_name", "phone"], line))).worksheets[0]
    assert sheet["D2"].data_type == "s"
    for name, content in (
        ("a.csv", as_csv(["given_name", "phone"], line)),
        ("a.xlsx", as_workbook(["given_name", "phone"], line)),
    ):
        (tmp_path / name).write_bytes(content)
        row = next(read_rows(tmp_path / name).rows)
        assert [_cleaned(cell) for cell in row.cells[2:]] == [_cleaned("Лола"), _cleaned(text)], name


@pytest.mark.parametrize("text", PARTED)
def test_no_cell_is_a_formula_where_a_semicolon_parts_cells(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv(["phone"], [(2, "why", [text])]))
    _names, line = path.read_text("utf-8-sig").splitlines()
    assert all(not part.lstrip(' "').startswith(("=", "+", "-", "@")) for part in line.split(";"))
    assert clean(next(read_rows(path).rows).cells[2]) == clean(text)


@examples(40, share_fixtures=True)
@given(
    rows=st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_any_cells_come_back_as_they_would_be_read(tmp_path: Path, rows: list[list[str]], ending: str) -> None:
    write = as_csv if ending == "csv" else as_workbook
    path = tmp_path / f"refused.{ending}"
    path.write_bytes(write(["a", "b"], [(at, "why", cells) for at, cells in enumerate(rows)]))
    found = [[_cleaned(cell) for cell in row.cells[2:]] for row in read_rows(path).rows]
    assert found == [[_cleaned(cell) for cell in cells] for cells in rows]
