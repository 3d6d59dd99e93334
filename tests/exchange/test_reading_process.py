"""Workbooks are read in a process of their own, which may die of them."""

from __future__ import annotations

import ctypes
import subprocess
import sys
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.exchange.sheets import replace_part, write_xlsx

from panoh.base import child
from panoh.base.errors import AppError
from panoh.base.progress import Reporting
from panoh.exchange import reader, reading_process, windows_job
from panoh.exchange.spreadsheets import read_rows

SHEET = "xl/worksheets/sheet1.xml"
COLUMNS = ["given_name", "birth_date", "age", "phone", "shelter_adequate"]


def test_cells_read_as_a_person_reads_them(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "people.xlsx",
        [COLUMNS, ["Гулбаҳор", date(1981, 2, 3), 29, 996550000001, True], [], ["=cmd|' /c'!A1", 1972, 3.5, "", False]],
    )
    sheet = read_rows(path)
    assert list(sheet.columns) == COLUMNS
    rows = list(sheet.rows)
    assert rows[0].cells == ["Гулбаҳор", "1981-02-03", "29", "996550000001", "yes"]
    assert rows[1].cells == ["=cmd|' /c'!A1", "1972", "3.5", "", "no"]
    assert [row.number for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (datetime(2010, 6, 14), "2010-06-14"),  # noqa: DTZ001
        (datetime(2010, 6, 14, 9, 30), "2010-06-14 09:30"),  # noqa: DTZ001
        (1e20, "1e+20"),
        (float("nan"), "nan"),
        ("x" * 20_000, "x" * 10_000),
    ],
)
def test_the_text_of_a_value(value: object, text: str) -> None:
    assert reader.cell_text(value) == text


def test_both_engines_read_the_same(tmp_path: Path) -> None:
    rows = [COLUMNS, *([f"Али{n}", date(1990, 1, 1), n, "", "yes"] for n in range(450))]
    path = write_xlsx(tmp_path / "people.xlsx", rows)
    watch = Reporting(lambda done, total, what: None)
    first, second = (
        list(reading_process._read_with(path, watch, [], engine)) for engine in reading_process.WORKBOOK_ENGINES
    )
    assert first == second
    assert len(first) == 451


def test_a_far_off_cell_kills_one_engine_and_not_the_import(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "sparse.xlsx", [["given_name"], ["Али"]])
    with zipfile.ZipFile(path) as packed:
        xml = packed.read(SHEET)
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    replace_part(path, SHEET, xml.replace(b"</sheetData>", far))
    sheet = read_rows(path)
    assert [row.cells for row in sheet.rows] == [["Али"]]


def test_a_zip_bomb_is_refused_quickly(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bomb.xlsx", [["given_name"], ["Али"]])
    row = b'<row><c t="inlineStr"><is><t>' + b"A" * 1000 + b"</t></is></c></row>"
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet2.xml", "w") as part,
    ):
        for _ in range(200):
            part.write(row * 600)
    start = time.perf_counter()
    with pytest.raises(AppError) as caught:
        read_rows(path)
    assert caught.value.code == "file.too_large"
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.95])
def test_a_cut_off_workbook_is_unreadable(tmp_path: Path, keep: float) -> None:
    path = write_xlsx(tmp_path / "cut.xlsx", [["given_name"], *([f"Али{n}"] for n in range(300))])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(AppError) as caught:
        list(read_rows(path).rows)
    assert caught.value.code == "file.unreadable"
    assert "cut.xlsx" in caught.value.sentence()


def test_damaged_xml_is_unreadable(tmp_path: Path) -> None:
    path = replace_part(
        write_xlsx(tmp_path / "bad.xlsx", [["given_name"], ["Али"]]), SHEET, b"<worksheet><sheetData><row"
    )
    with pytest.raises(AppError) as caught:
        list(read_rows(path).rows)
    assert caught.value.code in ("file.unreadable", "file.no_columns")


def test_an_empty_workbook_has_no_columns(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        read_rows(write_xlsx(tmp_path / "empty.xlsx", []))
    assert caught.value.code == "file.no_columns"


def test_too_many_columns(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        read_rows(write_xlsx(tmp_path / "wide.xlsx", [[f"c{n}" for n in range(201)]]))
    assert caught.value.code == "file.too_large"


def test_notes_beside_the_table_are_left_out(tmp_path: Path) -> None:
    sheet = read_rows(write_xlsx(tmp_path / "notes.xlsx", [["given_name", "sex"], ["Али", "M", "", "call him"]]))
    assert [(row.cells, row.problem, bool(row.remark)) for row in sheet.rows] == [(["Али", "M"], "", True)]


def test_cancelling_ends_the_process(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "people.xlsx", [["given_name"], ["Али"]])
    with pytest.raises(AppError) as caught:
        read_rows(path, Reporting(lambda done, total, what: None, lambda: True))
    assert caught.value.code == "cancelled"


def test_rows_that_nobody_wants_any_more_end_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def watched(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(popen(*arguments, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)
    path = write_xlsx(tmp_path / "people.xlsx", [["given_name"], *([f"Али{n}"] for n in range(5000))])
    sheet = read_rows(path)
    next(sheet.rows)
    sheet.rows.close()  # type: ignore[attr-defined]
    assert [process.returncode is not None for process in started] == [True]


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import time; time.sleep(60)", "file.too_large"),
        ("print('x' * 5000, end='')", "file.too_large"),
        ("print('no json')", "file.unreadable"),
        ("print('{}')", "file.unreadable"),
        ("import sys; sys.exit(3)", "file.unreadable"),
        ("import os; os.abort()", "file.too_large"),
    ],
)
def test_a_process_that_a_file_has_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, code: str
) -> None:
    monkeypatch.setattr(reading_process, "_command", lambda *_engine: [sys.executable, "-I", "-c", program])
    monkeypatch.setattr(reading_process, "SILENCE_SECONDS", 1.0)
    monkeypatch.setattr(reading_process, "_MOST_LINE", 1000)
    with pytest.raises(AppError) as caught:
        read_rows(write_xlsx(tmp_path / "people.xlsx", [["given_name"], ["Али"]]))
    assert caught.value.code == code


def test_an_installed_build_starts_itself_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert reading_process._command("csv") == [sys.executable, child.ARGUMENT, "panoh.exchange.reader", "csv", ""]
    assert child.asked([child.ARGUMENT, "os"])
    assert child.run([child.ARGUMENT, "os"]) == 2


def test_the_process_imports_nothing_of_ours_that_is_worth_taking() -> None:
    probe = "import sys; sys.path.insert(0, sys.argv[1]); import panoh.base.child, panoh.exchange.reader; print(*sys.modules)"
    folder = str(Path(reader.__file__).parents[2])
    run = subprocess.run([sys.executable, "-I", "-c", probe, folder], capture_output=True, text=True, check=True)
    ours = {name for name in run.stdout.split() if name.startswith("panoh.")}
    assert ours == {
        *("panoh.base", "panoh.base.child"),
        *("panoh.exchange", "panoh.exchange.reader", "panoh.exchange.csv_files", "panoh.exchange.limits"),
        *("panoh.exchange.confined", "panoh.exchange.exit_codes"),
    }


@pytest.mark.skipif(sys.maxsize < 1 << 32, reason="sizes of 64 bits")
def test_the_limits_have_the_form_that_windows_knows() -> None:
    told = windows_job.limits(1 << 30, 300)
    assert (ctypes.sizeof(windows_job.BasicLimits), ctypes.sizeof(told)) == (64, 144)  # as winnt.h has them
    assert (windows_job.ExtendedLimits.process_memory.offset, told.process_memory) == (112, 1 << 30)
    assert told.basic.process_time == 300 * 10_000_000


@pytest.mark.skipif(sys.platform != "win32", reason="of Windows")
def test_a_process_of_windows_may_take_little_memory() -> None:
    probe = (
        "import sys; sys.path.insert(0, sys.argv[1]); from panoh.exchange.confined import confine; confine(1 << 30, 300)\n"
        "try:\n    bytearray(2 << 30)\nexcept MemoryError:\n    print('memory')"
    )
    folder = str(Path(reader.__file__).parents[2])
    run = subprocess.run([sys.executable, "-I", "-c", probe, folder], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "memory"
