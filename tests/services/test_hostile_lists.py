"""What every list of tests/data/hostile_lists.py gets: taken or refused with a reason, told in a sentence, nothing half done."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.data.hostile_lists import WRITERS

from panoh.base.errors import AppError
from panoh.exchange.spreadsheets import open_file
from panoh.services import imports, people, search
from panoh.services.desk import Desk
from panoh.services.import_preview import ListKind, look_at
from panoh.services.imports import Options

resource = pytest.importorskip("resource", reason="how much memory a process took is of POSIX")


@dataclass(frozen=True)
class Gets:
    """What a list gets: an error for the whole file, or how many rows were added and refused; and words that are said."""

    error: str = ""
    added: int = 0
    refused: int = 0
    says: str = ""


# | list | what it gets |
TABLE = {
    "empty_csv": Gets("file.no_columns"),
    "blank_lines_csv": Gets("file.no_columns"),
    "header_only_csv": Gets(),
    "header_only_xlsx": Gets(),
    "folder_csv": Gets("file.missing"),
    "picture_csv": Gets("file.unreadable"),
    "old_office_xlsx": Gets("file.unreadable"),
    "cut_off_xlsx": Gets("file.unreadable"),
    "zip_of_a_workbook_xlsx": Gets("file.unreadable"),
    "zip_bomb_xlsx": Gets("file.too_large"),
    "ten_thousand_parts_xlsx": Gets("file.too_large"),
    "laughs_xlsx": Gets(added=1),  # no entity is ever replaced
    "far_cell_xlsx": Gets(added=1),
    "two_hundred_and_one_columns_csv": Gets("file.too_large"),
    "windows_1251_csv": Gets(added=2),
    "koi8_r_csv": Gets(added=2),
    "dos_866_csv": Gets(added=2),
    "utf_16_csv": Gets(added=2),
    "utf_16_without_mark_csv": Gets(added=2),
    "utf_8_with_mark_csv": Gets(added=2),
    "mixed_letters_csv": Gets(added=3, refused=1, says="Letters in the column given_name are damaged."),
    "digits_of_other_scripts_csv": Gets(added=2),
    "controls_and_turns_csv": Gets(added=2),
    "nul_bytes_csv": Gets(added=2, refused=1, says="The row has no name."),
    "longer_than_the_header_csv": Gets(added=2, refused=1, says="more cells than the first row has columns"),
    "notes_beside_the_table_xlsx": Gets(added=2, says="beside the last column was left out"),
    "short_rows_csv": Gets(added=2),
    "open_quotes_csv": Gets(added=4, refused=1, says="quotation marks of the row do not match"),
    "names_twice_csv": Gets(added=1, says="column 2"),
    "title_above_csv": Gets("file.no_columns"),  # read when the row of names is told, which the first look finds
    "names_of_all_lengths_csv": Gets(added=2, refused=2, says="longer than 200 characters"),
    "ten_thousand_characters_csv": Gets(added=1, refused=2, says="longer than 500 characters"),
    "formulas_as_text_csv": Gets(added=2),
    "formulas_xlsx": Gets(added=1),
    "formulas_without_results_xlsx": Gets(added=1, says="formulas without results"),
    "merged_cells_xlsx": Gets(added=3, says="goes over several rows counts for each of them"),
    "numbers_and_errors_xlsx": Gets(added=2, refused=2, says="neither a date nor an age"),
    "hidden_sheet_first_xlsx": Gets(added=1),
    "four_orders_csv": Gets(added=4, says="can be read in two ways; the year was kept"),  # of the last row alone
    "other_calendars_csv": Gets(added=1, refused=2, says="more than 120 years ago"),
    "days_that_never_were_csv": Gets(added=1, refused=5, says="29 Feb 2009 does not exist"),
}


def test_every_list_has_its_line() -> None:
    assert TABLE.keys() == WRITERS.keys()


@pytest.mark.parametrize("name", TABLE)
def test_what_a_list_gets(desk: Desk, tmp_path: Path, name: str) -> None:
    path, gets = WRITERS[name](tmp_path), TABLE[name]
    head = desk.store.journal_head()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    if gets.error:
        for call in (imports.import_people, imports.import_tracing):
            with pytest.raises(AppError) as told:
                call(desk, path, Options())
            assert told.value.code == gets.error
            assert told.value.sentence().count(". ") >= 1
        assert desk.store.journal_head() == head
    else:
        tried = imports.import_people(desk, path, Options(dry_run=True))
        assert desk.store.journal_head() == head
        result = imports.import_people(desk, path, Options())
        assert (result.added, len(result.refused)) == (gets.added, gets.refused), list(result.words())
        assert (tried.added, tried.refused, tried.notes) == (result.added, result.refused, result.notes)
        assert people.count(desk) == gets.added
        assert gets.says in "\n".join(result.words())
        assert all(reason.strip() for _row, reason, _cells in result.refused)
    assert time.monotonic() - start < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes; a file is read elsewhere


@pytest.mark.parametrize("name", TABLE)
def test_a_first_look_never_fails_otherwise_than_in_words(desk: Desk, tmp_path: Path, name: str) -> None:
    path = WRITERS[name](tmp_path)
    try:
        found = look_at(desk, path, ListKind.PEOPLE)
    except AppError as error:
        assert error.code == TABLE[name].error  # noqa: PT017
        return
    result = imports.import_people(desk, path, Options(mapping=dict(found.proposed), layout=found.layout))
    assert result.added + len(result.refused) == found.count


def test_what_dates_leave_open_is_asked(desk: Desk, tmp_path: Path) -> None:
    for name, order, calendar in (("four_orders_csv", True, False), ("other_calendars_csv", False, True)):
        column = look_at(desk, WRITERS[name](tmp_path), ListKind.PEOPLE).dates["birth_date"]
        assert (column.asks_order, column.asks_calendar) == (order, calendar), name


def test_names_are_found_below_a_title(desk: Desk, tmp_path: Path) -> None:
    path = WRITERS["title_above_csv"](tmp_path)
    found = look_at(desk, path, ListKind.PEOPLE)
    assert (found.layout.before, found.count) == (1, 1)
    assert imports.import_people(desk, path, Options(layout=found.layout)).added == 1


def test_letters_and_digits_arrive_as_they_are_read(desk: Desk, tmp_path: Path) -> None:
    for name in ("koi8_r_csv", "digits_of_other_scripts_csv", "controls_and_turns_csv", "merged_cells_xlsx"):
        imports.import_people(desk, WRITERS[name](tmp_path), Options())
    names = {(each.line.given_name, each.line.family_name) for each in search.people(desk, "Лола Каримова", 50)}
    assert ("Лола", "Каримова") in names
    with desk.reading() as reading:
        rows = reading.connection.exec_driver_sql(
            "SELECT given_name, birth_earliest, phone, household_id FROM person"
        ).all()
    assert ("Лола", "1980-03-04", "0555", None) in rows
    assert len({row[3] for row in rows if row[3]}) == 1
    assert sum(row[3] is not None for row in rows) == 3
    assert "می\u200cخواهم" in {row[0] for row in rows}


def test_a_file_that_vanishes_is_told_as_missing(desk: Desk, tmp_path: Path) -> None:
    path = WRITERS["header_only_csv"](tmp_path)
    file = open_file(path)
    path.unlink()
    with pytest.raises(AppError) as told:
        next(file.rows)
    assert told.value.code == "file.missing"
    with pytest.raises(AppError) as told:
        imports.import_people(desk, path, Options())
    assert told.value.code == "file.missing"
