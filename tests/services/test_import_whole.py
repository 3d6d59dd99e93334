"""What a long import makes away from the vault is what the vault would have made: rows, journal, levels, name keys."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.bench.population import write_people

from panoh.base import child
from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.domain.household import Household, Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import imports, merging, newcomers, preparing_process, triage
from panoh.services.desk import Desk
from panoh.store.tables import first_held, name_key, person_level

PEOPLE = 600


@pytest.fixture
def long_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list is long enough for a process of its own."""
    monkeypatch.setattr(preparing_process, "SHORT_CSV", 0)
    monkeypatch.setattr(preparing_process, "SHORT_WORKBOOK", 0)


def _derived(desk: Desk) -> list[list[tuple[object, ...]]]:
    with desk.reading() as reading:
        found = (reading.connection.execute(table.select()) for table in (person_level, first_held, name_key))
        return [sorted(map(tuple, rows), key=repr) for rows in found]


def _whole(desk: Desk) -> None:
    """The chain holds, every key points at something, and deriving everyone anew changes nothing."""
    assert desk.store.verify_journal()[1] is None
    before = _derived(desk)
    with desk.reading() as reading:
        assert not reading.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        ids = [row[0] for row in reading.connection.exec_driver_sql("SELECT id FROM person")]
    with desk.writing() as unit:
        desk.derive(unit, ids)
    assert _derived(desk) == before


def _rearranged(path: Path, *, scattered: bool) -> Path:
    """The list with some people of no household, and else households together, as in most lists, or scattered."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    home = header.index("household_id")
    rows.sort(key=lambda row: row[home])
    for row in rows[::9]:
        row[home] = ""
    if scattered:
        random.Random(4).shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def _length(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _row in csv.reader(file)) - 1


@pytest.mark.parametrize("way", ["here", "process", "scattered", "scattered, at the end", "scattered and forgotten"])
def test_everything_derived_is_what_the_vault_derives(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "process":
        monkeypatch.setattr(preparing_process, "SHORT_CSV", 0)
    else:
        monkeypatch.setattr(preparing_process, "SHORT_CSV", 1 << 30)
    if "forgotten" in way:
        monkeypatch.setattr(newcomers, "FEW", 20)
        monkeypatch.setattr(newcomers, "MANY", 50)
    path = write_people(tmp_path, PEOPLE)
    if "at the end" in way:
        monkeypatch.setattr(newcomers, "SCATTERED", 5)
    _rearranged(path, scattered="scattered" in way)
    result = imports.import_people(desk, path, imports.Options())
    assert (result.added, result.updated, result.refused) == (_length(path), 0, ())
    _whole(desk)


def _rows(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.usefixtures("long_lists")
def test_newcomers_join_households_and_sites_of_the_vault(desk: Desk, tmp_path: Path) -> None:
    home = {"household_id": "H1", "site": "School 7", "feared_country": "UZ", "fled_from": "KG", "country_now": "UZ"}
    first = _rows(
        tmp_path / "a.csv", [{"person_id": "A", "given_name": "Лола", **home, "relation": "head", "age": "40"}]
    )
    imports.import_people(desk, first, imports.Options())
    again = [
        {"person_id": "A", "given_name": "Лайло", "household_id": "H1"},
        {"person_id": "B", "given_name": "Азиз", "household_id": "H1", "age": "4", "site": "school 7"},
        {"person_id": "C", "given_name": "Али", "household_id": "H2", "site": "School 8"},
        {"person_id": "D", "given_name": "Мадина", "household_id": "H1"},
    ]
    result = imports.import_people(desk, _rows(tmp_path / "b.csv", again), imports.Options())
    assert (result.added, result.updated) == (3, 1)
    _whole(desk)
    queue = {item.line.external_id: item for item in triage.whole_queue(desk, 99)}
    assert queue["A"].line.given_name == "Лайло"
    assert "T02b" in {reason.rule for reason in queue["B"].reasons}  # with someone who is in danger of return
    assert queue["B"].line.site_name == "School 7"
    with desk.reading() as reading:
        assert len(reading.all(Household)) == 2
        assert len(reading.all(Site)) == 2
        numbers = [row[0] for row in reading.connection.exec_driver_sql(
            "SELECT number FROM person UNION ALL SELECT number FROM household UNION ALL SELECT number FROM site")]  # fmt: skip
    assert len(set(numbers)) == len(numbers) == 8


@pytest.mark.usefixtures("long_lists")
def test_a_list_brought_in_again_changes_nothing_but_what_it_says(desk: Desk, tmp_path: Path) -> None:
    path = write_people(tmp_path, 300)
    imports.import_people(desk, path, imports.Options())
    before, head = _derived(desk), desk.store.journal_head()
    again = imports.import_people(desk, path, imports.Options())
    assert (again.added, again.updated) == (0, _length(path))
    assert _derived(desk) == before
    assert desk.store.journal_head() == head


def test_what_someone_found_to_be_urgent_is_not_undone_by_a_list(desk: Desk, tmp_path: Path) -> None:
    path = _rows(tmp_path / "a.csv", [{"person_id": "A", "given_name": "Лола", "needs": ""}])
    imports.import_people(desk, path, imports.Options())
    with desk.writing() as unit:
        person = unit.all(Person)[0]
        unit.save(replace(person, urgent="yes"))
    imports.import_people(desk, path, imports.Options())
    with desk.reading() as reading:
        assert reading.all(Person)[0].urgent == "yes"


@pytest.mark.usefixtures("long_lists")
def test_rows_of_records_that_were_joined_change_the_one_that_goes_on(desk: Desk, tmp_path: Path) -> None:
    rows = [{"person_id": name, "given_name": "Лола", "sex": "F", "phone": "0555", "needs": ""} for name in "ABC"]
    imports.import_people(desk, _rows(tmp_path / "a.csv", rows), imports.Options())
    with desk.reading() as reading:
        ids = {person.external_id: person.id for person in reading.all(Person)}
    merging.merge(desk, ids["B"], ids["C"])
    merging.merge(desk, ids["A"], ids["B"])
    with desk.reading() as reading:
        gone = reading.get(Person, ids["C"])
    again = [
        {"person_id": "C", "phone": "0777", "needs": "WR-SF", "feared_country": "UZ"},
        {"person_id": "B", "phone": "0555", "needs": "WR-SF", "in_hiding": "yes", "origin": "Ош"},
    ]
    result = imports.import_people(desk, _rows(tmp_path / "b.csv", _named(again)), imports.Options())
    assert (result.added, result.updated, result.refused) == (0, 2, ())
    with desk.reading() as reading:
        kept = reading.get(Person, ids["A"])
        assert reading.get(Person, ids["C"]) == gone
        assert [need.code for need in reading.all(SpecificNeed)] == ["WR-SF"]
        assert [need.person_id for need in reading.all(SpecificNeed)] == [ids["A"]]
        assert [each.feared_country for each in reading.all(RefoulementAssessment)] == ["UZ"]
    assert (kept.phone, kept.origin) == ("0555", "Ош")  # the last row counts
    _whole(desk)


def _named(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"given_name": "Лола", **row} for row in rows]


@pytest.mark.usefixtures("long_lists")
def test_strict_and_a_trial_keep_nothing(desk: Desk, tmp_path: Path) -> None:
    path = _rows(tmp_path / "a.csv", [{"given_name": f"Лола{n}", "sex": "F"} for n in range(600)] + [{"sex": "F"}])
    head = desk.store.journal_head()
    with pytest.raises(AppError) as told:
        imports.import_people(desk, path, imports.Options(strict=True))
    assert told.value.code == "import.strict"
    tried = imports.import_people(desk, path, imports.Options(dry_run=True))
    assert (tried.added, len(tried.refused)) == (600, 1)
    assert tried.refused[0].cells == ["", "F"]
    assert desk.store.journal_head() == head


class _StopsAfter(Progress):
    """Cancels once so many steps were told."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def step(self, done: int, total: int, what: str = "") -> None:
        self._left -= 1
        if self._left < 0:
            raise AppError("cancelled")


@pytest.mark.usefixtures("long_lists")
@pytest.mark.parametrize("steps", [0, 1, 3, 8])
def test_cancelling_ends_the_processes_and_leaves_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    started = _watched(monkeypatch)
    path, head = write_people(tmp_path, 2000), desk.store.journal_head()
    with pytest.raises(AppError) as told:
        imports.import_people(desk, path, imports.Options(), _StopsAfter(steps))
    assert told.value.code == "cancelled"
    assert [process.returncode is not None for process in started] == [True]
    assert desk.store.journal_head() == head
    with desk.reading() as reading:
        assert reading.all(Person) == []
    assert imports.import_people(desk, path, imports.Options()).added == _length(path)


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    started: list[subprocess.Popen[bytes]] = []
    start = child.start

    def watched(*arguments: Any) -> subprocess.Popen[bytes]:
        started.append(start(*arguments))
        return started[-1]

    monkeypatch.setattr(child, "start", watched)
    return started


@pytest.mark.usefixtures("long_lists")
def test_a_process_that_is_killed_undoes_everything(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = _watched(monkeypatch)

    class Kills(Progress):
        def step(self, done: int, total: int, what: str = "") -> None:
            if done and started:
                started[0].kill()

    path, head = write_people(tmp_path, 4000), desk.store.journal_head()
    with pytest.raises(preparing_process.PreparerError):
        imports.import_people(desk, path, imports.Options(), Kills())
    assert desk.store.journal_head() == head
    with desk.reading() as reading:
        assert reading.all(Person) == []


@pytest.mark.usefixtures("long_lists")
@pytest.mark.parametrize(
    "program",
    [
        "print('no message')",
        "import sys; sys.exit(3)",
        "import sys; sys.stdout.buffer.write((9).to_bytes(4, 'little') + b'short')",
        "import sys, marshal; m = marshal.dumps(('bug', 'there.py:1')); sys.stdout.buffer.write(len(m).to_bytes(4, 'little') + m)",
    ],
)
def test_a_process_that_fails_is_a_bug_and_keeps_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(child, "command", lambda *_arguments: [sys.executable, "-I", "-c", program])
    head = desk.store.journal_head()
    with pytest.raises(preparing_process.PreparerError):
        imports.import_people(desk, write_people(tmp_path, 20), imports.Options())
    assert desk.store.journal_head() == head


@pytest.mark.usefixtures("long_lists")
def test_errors_of_the_file_come_through_the_process_in_words(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "colours.csv").write_text("colour,taste\nred,sweet\n")
    (tmp_path / "noise.csv").write_bytes(random.Random(1).randbytes(5000))
    for name, code in (("colours.csv", "file.no_columns"), ("noise.csv", "file.unreadable")):
        with pytest.raises(AppError) as told:
            imports.import_people(desk, tmp_path / name, imports.Options())
        assert (told.value.code, told.value.params.get("name", name)) == (code, name)


def test_the_key_is_told_to_no_argument_and_no_environment(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing_process, "SHORT_CSV", 0)
    seen: list[tuple[object, object]] = []
    popen = subprocess.Popen

    def watched(command: Any, **options: Any) -> Any:
        seen.append((command, options.get("env")))
        return popen(command, **options)

    monkeypatch.setattr(subprocess, "Popen", watched)
    monkeypatch.setenv("PANOH_PASSPHRASE_FILE", "secret")
    imports.import_people(desk, write_people(tmp_path, 20), imports.Options())
    key = desk.store._journal_key
    assert seen
    assert key.hex() not in repr(seen)
    assert repr(key)[2:-1] not in repr(seen)
    assert "PANOH_PASSPHRASE_FILE" not in repr(seen)
