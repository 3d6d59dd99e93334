"""Writes lists that harm, mislead, or are simply what spreadsheets of the field look like.

python -m tests.data.hostile_lists FOLDER     # all of them, to try by hand
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
NAMES = ["given_name", "family_name", "sex", "birth_date"]
LOLA = ["Лола", "Каримова", "F", "1980-03-04"]
AZIZ = ["Азиз", "Каримов", "M", "2001-06-05"]
Writer = Callable[[Path], Path]
WRITERS: dict[str, Writer] = {}


def hostile(write: Callable[[Path], Path | None]) -> Callable[[Path], Path | None]:
    """A list by the name of its writer; the file gets the ending that stands last in the name."""

    def written(folder: Path) -> Path:
        path = folder / write.__name__.replace("_", " ")
        path = path.with_name(" ".join(path.name.split()[:-1]) + "." + path.name.split()[-1])
        write(path)
        return path

    WRITERS[write.__name__] = written
    return write


def _csv(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def _book(path: Path, fill: Callable[[Any, Any], object]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    fill(book, book.add_worksheet())
    book.close()


def _rows(path: Path, rows: Iterable[Sequence[object]]) -> None:
    _book(path, lambda _book, page: [page.write_row(at, 0, row) for at, row in enumerate(rows)])


def _change(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)


# --- files that are none, or too much -----------------------------------------------------------------------------------


@hostile
def empty_csv(path: Path) -> None:
    path.write_bytes(b"")


@hostile
def blank_lines_csv(path: Path) -> None:
    path.write_bytes(b"\n\r\n ,, \n\n")


@hostile
def header_only_csv(path: Path) -> None:
    _csv(path, [NAMES])


@hostile
def header_only_xlsx(path: Path) -> None:
    _rows(path, [NAMES])


@hostile
def folder_csv(path: Path) -> None:
    path.mkdir()


@hostile
def picture_csv(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)


@hostile
def old_office_xlsx(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(2000))


@hostile
def cut_off_xlsx(path: Path) -> None:
    _rows(path, [NAMES, *([LOLA] * 300)])
    path.write_bytes(path.read_bytes()[:-400])


@hostile
def zip_of_a_workbook_xlsx(path: Path) -> None:
    inner = path.with_name("inner.xlsx")
    _rows(inner, [NAMES, LOLA])
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(inner, "people.xlsx")
    inner.unlink()


@hostile
def zip_bomb_xlsx(path: Path) -> None:
    _rows(path, [NAMES, LOLA])
    row = b'<row><c t="inlineStr"><is><t>' + b"A" * 1000 + b"</t></is></c></row>"
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet2.xml", "w") as part,
    ):
        for _ in range(200):
            part.write(row * 600)


@hostile
def ten_thousand_parts_xlsx(path: Path) -> None:
    _rows(path, [NAMES, LOLA])
    with zipfile.ZipFile(path, "a") as packed:
        for number in range(10_001):
            packed.writestr(f"xl/media/{number}", b"")


@hostile
def laughs_xlsx(path: Path) -> None:
    """A document type with entities that grow, before the rows."""
    _rows(path, [NAMES, LOLA])
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    kind = f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{laughs}]>'.encode()
    _change(
        path,
        SHEET,
        lambda xml: xml.replace(b"<worksheet", kind + b"<worksheet", 1).replace(b"<sheetData>", b"<sheetData>&l9;", 1),
    )


@hostile
def far_cell_xlsx(path: Path) -> None:
    _rows(path, [NAMES, LOLA])
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    _change(path, SHEET, lambda xml: xml.replace(b"</sheetData>", far))


@hostile
def two_hundred_and_one_columns_csv(path: Path) -> None:
    _csv(path, [[*NAMES, *(f"c{n}" for n in range(197))], LOLA])


# --- letters ------------------------------------------------------------------------------------------------------------


def _lettered(name: str, encoding: str) -> None:
    def write(path: Path) -> None:
        _csv(path, [NAMES, LOLA, AZIZ], encoding, ";")

    write.__name__ = name
    hostile(write)


for _name, _encoding in (
    ("windows_1251_csv", "cp1251"),
    ("koi8_r_csv", "koi8-r"),
    ("dos_866_csv", "cp866"),
    ("utf_16_csv", "utf-16"),
    ("utf_16_without_mark_csv", "utf-16-le"),
    ("utf_8_with_mark_csv", "utf-8-sig"),
):
    _lettered(_name, _encoding)


@hostile
def mixed_letters_csv(path: Path) -> None:
    """Lines of two programs in one file."""
    lines = [",".join(NAMES), ",".join(LOLA), ",".join(AZIZ)]
    path.write_bytes(b"\n".join([lines[0].encode(), *([lines[1].encode()] * 3), lines[2].encode("cp1251")]))


@hostile
def digits_of_other_scripts_csv(path: Path) -> None:
    _csv(
        path, [[*NAMES, "age", "phone"], ["Лола", "", "F", "١٩٨٠-٠٣-٠٤", "", "٠٥٥٥"], ["Азиз", "", "M", "", "３４", ""]]
    )


@hostile
def controls_and_turns_csv(path: Path) -> None:
    _csv(path, [NAMES, ["Ло\u202eла\u200b", "Ка\x07ри\u2066мова", "F", ""], ["می\u200cخواهم", "", "F", ""]])


@hostile
def nul_bytes_csv(path: Path) -> None:
    path.write_bytes("given_name,sex\nЛо\0ла,F\n\0\0\0\nАзиз,M\n".encode() + b"\n" * 200)


# --- rows ---------------------------------------------------------------------------------------------------------------


@hostile
def longer_than_the_header_csv(path: Path) -> None:
    _csv(path, [NAMES, LOLA, [*AZIZ, "", "more"], [*AZIZ, "", ""]])


@hostile
def notes_beside_the_table_xlsx(path: Path) -> None:
    _rows(path, [NAMES, LOLA, [*AZIZ, "", "call him"]])


@hostile
def short_rows_csv(path: Path) -> None:
    _csv(path, [NAMES, ["Лола"], ["Азиз", "Каримов"]])


@hostile
def open_quotes_csv(path: Path) -> None:
    path.write_text("given_name,sex\n" + '"Лола,F\n' + "Азиз,M\n" * 3 + '"Али" бек,M\n', "utf-8")


@hostile
def names_twice_csv(path: Path) -> None:
    _csv(path, [["given_name", "given_name", "sex"], ["Лола", "Malika", "F"]])


@hostile
def title_above_csv(path: Path) -> None:
    _csv(path, [["Список", "", "", ""], ["", "", "", ""], NAMES, LOLA], delimiter=";")


@hostile
def names_of_all_lengths_csv(path: Path) -> None:
    _csv(path, [NAMES, ["Э", "", "F", ""], ["я" * 200, "", "F", ""], ["я" * 201, "", "F", ""], ["?", "-", "F", ""]])


@hostile
def ten_thousand_characters_csv(path: Path) -> None:
    _csv(path, [[*NAMES, "origin"], [*LOLA, "x" * 10_000], [*AZIZ, "x" * 1_000_000], [*AZIZ, "Ош"]])


@hostile
def formulas_as_text_csv(path: Path) -> None:
    _csv(path, [NAMES, ["=cmd|'/c calc'!A1", "@SUM(1)", "F", ""], ["-Лола", "+Каримова", "F", ""]])


# --- what workbooks hold ------------------------------------------------------------------------------------------------


@hostile
def formulas_xlsx(path: Path) -> None:
    def fill(_book: Any, page: Any) -> None:
        page.write_row(0, 0, [*NAMES, "age"])
        page.write_row(1, 0, [*LOLA[:3], ""])
        page.write_formula(1, 4, "=2010-1980", None, 30)

    _book(path, fill)


@hostile
def formulas_without_results_xlsx(path: Path) -> None:
    formulas_xlsx(path)
    _change(path, SHEET, lambda xml: xml.replace(b"<v>30</v>", b""))


@hostile
def merged_cells_xlsx(path: Path) -> None:
    def fill(_book: Any, page: Any) -> None:
        page.write_row(0, 0, ["household_id", "given_name", "sex"])
        for at, name in enumerate(("Лола", "Азиз", "Малика"), start=1):
            page.write_row(at, 1, [name, "F"])
        page.merge_range(1, 0, 3, 0, "H1")

    _book(path, fill)


@hostile
def numbers_and_errors_xlsx(path: Path) -> None:
    rows = [
        NAMES,
        ["Лола", "#REF!", "F", 1e300],
        [True, "", "M", ""],
        ["Азиз", "", "M", 1990],
        ["Али", "", "M", 32874.5],
    ]
    _rows(path, rows)


@hostile
def hidden_sheet_first_xlsx(path: Path) -> None:
    def fill(book: Any, page: Any) -> None:
        page.write_row(0, 0, ["password", "list"])
        page.hide()
        shown = book.add_worksheet()
        shown.activate()
        shown.set_first_sheet()
        for at, row in enumerate([NAMES, LOLA]):
            shown.write_row(at, 0, row)

    _book(path, fill)


# --- dates --------------------------------------------------------------------------------------------------------------


@hostile
def four_orders_csv(path: Path) -> None:
    """One column for each order would be a list of its own; here each row tells its own, and one tells nothing."""
    dates = ["25.04.1980", "04/25/1980", "1980-04-25", "03/04/1980"]
    _csv(path, [["given_name", "sex", "birth_date"], *(["Лола", "F", date] for date in dates)])


@hostile
def other_calendars_csv(path: Path) -> None:
    _csv(
        path,
        [
            ["given_name", "sex", "birth_date"],
            ["Лола", "F", "1370/05/12"],
            ["Азиз", "M", "1358"],
            ["Али", "M", "1991-08-03"],
        ],
    )


@hostile
def days_that_never_were_csv(path: Path) -> None:
    dates = ["2009-02-29", "31.06.2001", "2001-13-01", "2011-01-01", "1850-01-01", "2008-02-29"]
    _csv(path, [["given_name", "sex", "birth_date"], *(["Лола", "F", date] for date in dates)])


def main(folder: str) -> None:
    """Write all of them."""
    for write in WRITERS.values():
        print(write(Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1])
