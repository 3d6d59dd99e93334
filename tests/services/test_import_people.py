"""Bringing in a list: every row is kept or refused, and triage finds every exile and nobody else."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.domain.household import Household
from panoh.domain.person import Person
from panoh.services import imports, people, search, triage
from panoh.services.desk import Desk

COLUMNS = list(imports.PEOPLE_COLUMNS)
STATES = ("KG", "UZ", "TJ")


def _write(path: Path, rows: list[dict[str, str]], columns: list[str] | None = None) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _everyone() -> list[dict[str, str]]:
    """One household for each way in which the facts about flight can come together; every second one has a second member."""
    rows = []
    ways = itertools.product(
        ("KG", "UZ", "TJ", ""), ("KG", "UZ"), ("", "UZ"), ("", "yes"), ("", "yes"), ("", "asylum_seeker")
    )
    for number, (feared, now, to, hiding, extradition, status) in enumerate(ways):
        base = {
            "household_id": f"H{number}", "relation": "head", "given_name": "Азиз", "family_name": f"Синов{number}", "sex": "M",
            "birth_date": "1980", "fled_from": "KG", "country_now": now, "intends_to_go": to, "border_status": "waiting" if to else "",
            "needs": "",
        }  # fmt: skip
        rows.append({**base, "person_id": f"P{number}", "feared_country": feared, "in_hiding": hiding if feared else "",
                     "extradition_requested": extradition, "legal_status": status})  # fmt: skip
        if number % 2:
            rows.append({**base, "person_id": f"Q{number}", "relation": "spouse", "sex": "F", "feared_country": "KG"})
    return rows


def _expected(row: dict[str, str]) -> str:
    """T02 or T02x by the words of the rule, or ''."""
    feared = row["feared_country"]
    if row.get("extradition_requested") == "yes" or row.get("in_hiding") == "yes":
        return "T02"
    if feared and feared != row["fled_from"]:
        return "T02" if feared in (row["country_now"], row["intends_to_go"]) else "T02x"
    implied = not feared and row.get("legal_status") == "asylum_seeker"
    return "T02x" if implied else ""


def test_every_exile_is_found_and_nobody_else(desk: Desk, tmp_path: Path) -> None:
    rows = _everyone()
    result = imports.import_people(desk, _write(tmp_path / "people.csv", rows), imports.Options())
    assert (result.added, result.updated, result.refused) == (len(rows), 0, ())
    queue = {item.line.external_id: item for item in triage.whole_queue(desk, 10_000)}
    in_danger = {row["household_id"] for row in rows if _expected(row) == "T02"}
    for row in rows:
        item, expected = queue[row["person_id"]], _expected(row)
        fired = {reason.rule for reason in item.reasons}
        assert fired & {"T02", "T02x"} == ({expected} if expected else set()), row
        assert ("T02b" in fired) == (row["household_id"] in in_danger and expected != "T02"), row
        if expected:
            assert item.line.level == "critical" if expected == "T02" else item.line.level in ("critical", "high")


def test_unaccompanied_children_are_high_or_critical(desk: Desk, tmp_path: Path) -> None:
    ages = ["0", "3", "4", "5", "11", "17", "", "19"]
    rows = [{"person_id": f"P{n}", "household_id": f"H{n}", "given_name": "Малика", "age": age, "needs": "SC-UC", "sex": "F",
             "feared_country": "KG", "fled_from": "KG", "relation": "head"} for n, age in enumerate(ages)]  # fmt: skip
    imports.import_people(desk, _write(tmp_path / "people.csv", rows), imports.Options())
    assert {item.line.level for item in triage.whole_queue(desk, 99)} <= {"high", "critical"}


def test_the_same_file_twice_updates_and_makes_nobody_new(desk: Desk, tmp_path: Path) -> None:
    rows = _everyone()[:20]
    path = _write(tmp_path / "people.csv", rows)
    imports.import_people(desk, path, imports.Options())
    rows[3]["given_name"] = "Жасур"
    again = imports.import_people(desk, _write(path, rows), imports.Options())
    assert (again.added, again.updated) == (0, 20)
    assert people.count(desk) == 20
    assert search.people(desk, rows[3]["person_id"])[0].line.given_name == "Жасур"


def test_bad_rows_are_refused_with_their_reason_and_good_ones_kept(desk: Desk, tmp_path: Path) -> None:
    rows = [
        {"person_id": "A", "given_name": "Лола", "birth_date": "2011-02-29"},
        {"person_id": "B", "given_name": "<b>x", "family_name": '<img src="/etc/hostname">', "sex": "F"},
        {"person_id": "C"},
        {"person_id": "D", "given_name": "Лола", "sex": "F", "birth_date": "1990-01-01"},
        {"person_id": "D", "given_name": "Лола", "sex": "F", "birth_date": "1990-01-01"},
        {"person_id": "E", "given_name": "Лола", "sex": "F", "birth_date": "1990-01-01"},
        {"person_id": "F", "given_name": "я" * 10_000},
    ]
    result = imports.import_people(desk, _write(tmp_path / "people.csv", rows), imports.Options())
    assert result.added + len(result.refused) == len(rows)
    assert {each.row for each in result.refused} == {2, 4, 6, 8}
    assert all(each.reason.strip() for each in result.refused)
    assert search.people(desk, "B")[0].line.given_name == "<b>x"


def test_strict_refuses_the_whole_file(desk: Desk, tmp_path: Path) -> None:
    path = _write(tmp_path / "people.csv", [{"given_name": "Лола"}, {"sex": "F"}])
    with pytest.raises(AppError) as told:
        imports.import_people(desk, path, imports.Options(strict=True))
    assert told.value.code == "import.strict"
    assert people.count(desk) == 0


class _StopsAt(Progress):
    def __init__(self, what: str) -> None:
        self._what = what

    def step(self, done: int, total: int, what: str = "") -> None:
        if what == self._what:
            raise AppError("cancelled")


@pytest.mark.parametrize("moment", ["Reading", "Registering"])
def test_an_interrupted_import_leaves_nothing_of_itself(desk: Desk, tmp_path: Path, moment: str) -> None:
    rows = [{"person_id": f"P{n}", "household_id": f"H{n}", "given_name": "Лола"} for n in range(600)]
    before = desk.store.journal_head()
    with pytest.raises(AppError):
        imports.import_people(desk, _write(tmp_path / "people.csv", rows), imports.Options(), _StopsAt(moment))
    with desk.reading() as reading:
        assert reading.all(Person) == []
        assert reading.all(Household) == []
    assert desk.store.journal_head() == before


def test_a_trial_keeps_nothing_and_tells_the_same(desk: Desk, tmp_path: Path) -> None:
    path = _write(tmp_path / "people.csv", _everyone()[:10])
    tried = imports.import_people(desk, path, imports.Options(dry_run=True))
    assert people.count(desk) == 0
    kept = imports.import_people(desk, path, imports.Options())
    assert (tried.added, tried.refused) == (kept.added, kept.refused)


def test_names_without_any_need_columns_leave_health_unasked(desk: Desk, tmp_path: Path) -> None:
    rows = [{"given_name": "Лола", "sex": "F", "birth_date": "1990-01-01", "feared_country": "KG", "fled_from": "KG"}]
    imports.import_people(desk, _write(tmp_path / "a.csv", rows, list(rows[0])), imports.Options())
    assert triage.whole_queue(desk, 9)[0].line.level == "unknown"
