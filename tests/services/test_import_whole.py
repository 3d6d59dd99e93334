"""What a long import makes away from the vault is what the vault would have made: rows, journal, levels, name keys."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from tests.bench.population import write_people

from panoh.services import imports, newcomers, preparing_process
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


def _shuffled(path: Path, rng: random.Random) -> Path:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    rng.shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.mark.parametrize("way", ["here", "process", "scattered", "scattered and forgotten"])
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
    if "scattered" in way:
        _shuffled(path, random.Random(4))
    result = imports.import_people(desk, path, imports.Options())
    assert (result.added, result.updated, result.refused) == (PEOPLE, 0, ())
    _whole(desk)
