"""Backups in the course of the work: due, before a change, in a second place, tried; what a wrong clock does not do."""

from __future__ import annotations

import json
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import CHEAP, PASSPHRASE
from tests.store.small_vault import flip, outcome

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.domain.person import Person
from panoh.services import backups, imports, incarnation, people, registration, vault
from panoh.services.desk import Desk
from panoh.services.vault import OpenVault
from panoh.store import manifest
from panoh.store.folder import VaultFolder, listed

DAY = timedelta(days=1)


def family(desk: Desk, name: str = "Намунаева Гулнора") -> Person:
    row = registration.FamilyRow(name=name, sex="F", birth="34", relation="head")
    return registration.save_family(
        desk, registration.FamilyForm(rows=(row,), fled_from="KG", country_now="UZ")
    ).people[0]


def own(opened: OpenVault) -> list[Path]:
    return [each.path for each in listed(opened.desk.folder / "backups")]


def test_one_is_made_a_day(opened: OpenVault, clock: FixedClock) -> None:
    assert backups.due(opened) is not None
    clock.at += timedelta(hours=23)
    assert backups.due(opened) is None
    clock.at += timedelta(hours=1)
    assert backups.due(opened) is not None
    assert [each.reason for each in backups.kept(opened)] == ["due", "due"]


def test_they_are_thinned_by_the_plan(opened: OpenVault, clock: FixedClock) -> None:
    for _day in range(40):
        assert backups.due(opened)
        clock.at += DAY
    names = [path.name[6:14] for path in own(opened)]
    assert names[:7] == ["20100723", "20100722", "20100721", "20100720", "20100719", "20100718", "20100717"]
    assert len(names) <= 12
    assert "20100630" in names


def write_list(path: Path, rows: int, first: int = 0) -> Path:
    lines = [f"{n},Намунаев,Азиз{n},M,{n % 80}" for n in range(first, first + rows)]
    path.write_text("person_id,family_name,given_name,sex,age\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_long_list_comes_after_a_backup_of_the_vault_before_it(opened: OpenVault, tmp_path: Path) -> None:
    desk = opened.desk
    imports.import_people(desk, write_list(tmp_path / "short.csv", 20), imports.Options())
    assert own(opened) == []
    result = imports.import_people(desk, write_list(tmp_path / "long.csv", 700, 100), imports.Options())
    assert result.added == 700
    made = backups.kept(opened)
    assert [each.reason for each in made] == ["import"]
    with opened.at_work() as (_folder, unlocked, _watch):
        told = manifest.read(VaultFolder(made[0].path), unlocked.key)
    assert told is not None
    assert told.counts["person"] == 20


def test_a_list_that_changes_anyone_comes_after_a_backup(opened: OpenVault, tmp_path: Path) -> None:
    path = write_list(tmp_path / "list.csv", 5)
    imports.import_people(opened.desk, path, imports.Options())
    imports.import_people(opened.desk, path, imports.Options())
    assert [each.reason for each in backups.kept(opened)] == ["import"]


def test_a_backup_that_fails_stops_the_list_until_somebody_says_so(opened: OpenVault, tmp_path: Path) -> None:
    (opened.desk.folder / "backups").write_text("in the way")
    path = write_list(tmp_path / "long.csv", 500)
    with pytest.raises(AppError) as told:
        imports.import_people(opened.desk, path, imports.Options())
    assert told.value.code == "backup.not_first"
    assert "go on without a backup" in told.value.sentence()
    assert people.count(opened.desk) == 0
    assert imports.import_people(opened.desk, path, imports.Options(without_backup=True)).added == 500


def test_joining_many_pairs_makes_one_backup_an_hour(opened: OpenVault, clock: FixedClock) -> None:
    for _pair in range(3):
        family(opened.desk)
        backups.before(opened.desk, backups.MERGE)
    assert len(own(opened)) == 1
    clock.at += timedelta(hours=2)
    backups.before(opened.desk, backups.MERGE)
    assert len(own(opened)) == 2
    clock.at += timedelta(hours=2)
    backups.before(opened.desk, backups.MERGE)  # nothing was written since: that state is in one already
    assert len(own(opened)) == 2


def test_the_second_place(opened: OpenVault, clock: FixedClock, tmp_path: Path) -> None:
    stick, other = tmp_path / "stick", tmp_path / "other"
    assert backups.second_place(opened, "") is None
    assert outcome(lambda: backups.to_second(opened, str(stick))) == "backup.place_missing"
    backups.choose_second(stick)
    with vault.create(other, "feruza", PASSPHRASE, clock=clock, kdf=CHEAP).open as theirs:
        backups.to_second(theirs, str(stick))  # another vault's lie there too
    clock.at += timedelta(minutes=1)
    found = backups.due_second(opened, str(stick))
    assert found is not None
    assert (found.there, found.last, found.remind) == (True, clock.at, False)
    assert backups.due_second(opened, str(stick)) == found
    clock.at += 8 * DAY
    shutil.move(stick, tmp_path / "pulled out")
    stick.mkdir()  # its empty mount point
    gone = backups.due_second(opened, str(stick))
    assert gone is not None
    assert (gone.there, gone.last, gone.remind) == (False, found.last, True)
    assert not list(stick.iterdir())
    assert len([each for each in backups.kept(opened, str(tmp_path / "pulled out")) if each.second]) == 1


def test_a_drill_compares_what_comes_back(opened: OpenVault, clock: FixedClock) -> None:
    assert outcome(lambda: backups.drill(opened)) == "backup.none"
    family(opened.desk)
    made = opened.backup()
    before = sorted(path.name for path in opened.desk.folder.iterdir())
    tried = backups.drill(opened)
    assert (tried.backup, tried.report.good, tried.report.claimed) == (made, True, True)
    assert "are what they were when it was made" in tried.words()
    assert tried.report.entries == opened.desk.store.journal_head().count
    assert sorted(path.name for path in opened.desk.folder.iterdir()) == before
    assert backups.kept(opened)[0].checked == "good"


def test_a_drill_finds_what_was_changed_by_somebody_with_the_key(opened: OpenVault) -> None:
    from contextlib import closing

    from panoh.store.engine import connect

    family(opened.desk)
    made = opened.backup()
    with opened.at_work() as (_folder, unlocked, _watch), closing(connect(made / "vault.db", unlocked.key)) as store:
        store.execute("UPDATE person SET given_name = 'Another'")
    tried = backups.drill(opened, made)
    assert not tried.report.good
    assert "person: what its rows hold differs" in tried.words()
    flip(made / "vault.db", 9000)
    assert not backups.drill(opened, made).report.good
    assert backups.kept(opened)[0].checked == "bad"


def test_a_backup_without_a_list_of_what_it_holds_is_told_as_such(opened: OpenVault) -> None:
    made = opened.backup()
    (made / "manifest").unlink()
    tried = backups.drill(opened, made)
    assert tried.report.good
    assert "An earlier Panoh made it" in tried.words()
    (made / "manifest").write_bytes(b"nonsense")
    assert not backups.drill(opened, made).report.good


def test_what_a_backup_says_of_itself_is_not_in_clear(opened: OpenVault) -> None:
    family(opened.desk)
    raw = (opened.backup() / "manifest").read_bytes()
    assert b"person" not in raw
    assert b"due" not in raw


def test_a_restored_vault_gives_no_number_again(opened: OpenVault, clock: FixedClock, tmp_path: Path) -> None:
    first = family(opened.desk)
    made = opened.backup()
    lost = [family(opened.desk, f"Алиева Зулфия{'а' * n}").number for n in range(5)]
    codes, given = set(), {first.number, *lost}
    for n in range(3):
        place = tmp_path / f"restored-{n}"
        codes.add(vault.restore(made, place, "feruza", PASSPHRASE, clock=clock))
        with vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as again:
            given |= {family(again.desk, f"Каримова Нигора{'а' * each}").number for each in range(5)}
            with again.desk.reading() as reading:
                assert json.loads(reading.meta(incarnation.EARLIER)) == ["KX7"]
                assert reading.meta(incarnation.INCARNATION)
                told = reading.connection.exec_driver_sql("SELECT count(*) FROM journal WHERE change = 'restored'")
                assert told.scalar_one() == 1
            assert again.check().problems == ()
            assert people.by_number(again.desk, first.number) == first.id
    assert len(codes) == 3
    assert len(given) == 6 + 15


# --- five wrong clocks -------------------------------------------------------------------------------------------

CLOCKS = {
    "1970": datetime(1970, 1, 1, 0, 5, tzinfo=UTC),
    "a day early": datetime(2010, 6, 13, 9, 0, tzinfo=UTC),
    "ten years on": datetime(2020, 6, 14, 9, 0, tzinfo=UTC),
}


@pytest.mark.parametrize("wrong", sorted(CLOCKS))
def test_a_wrong_clock_loses_no_backup_and_stops_none(opened: OpenVault, clock: FixedClock, wrong: str) -> None:
    for _day in range(9):
        clock.at += DAY
        backups.due(opened)
    before, right = own(opened), clock.at
    clock.at = CLOCKS[wrong]
    family(opened.desk)
    assert backups.due(opened) is not None
    assert set(before) <= set(own(opened))
    assert all(backups.drill(opened, each).report.good for each in own(opened)[:1])
    clock.at = right + DAY
    assert backups.due(opened) is not None
    assert set(before[:6]) <= set(own(opened))
    place = opened.desk.folder
    opened.close()
    with vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as again:
        assert again.check().problems == ()


def test_a_clock_that_jumps_back_during_use(opened: OpenVault, clock: FixedClock) -> None:
    first = opened.backup()
    clock.at -= timedelta(hours=5)
    family(opened.desk)
    second = opened.backup()
    assert second.name < first.name
    assert {first, second} == set(own(opened))
    assert backups.drill(opened, second).report.entries > backups.drill(opened, first).report.entries


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows sets no zone by a variable")
def test_another_time_zone_and_summer_time_change_nothing(
    opened: OpenVault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = set()
    try:
        for zone in ("Asia/Tashkent", "America/New_York", "Europe/Berlin", "Pacific/Kiritimati"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            clock.at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC) + timedelta(hours=len(names))
            names.add(opened.backup().name)
            assert backups.due(opened) is None
    finally:
        monkeypatch.undo()
        time.tzset()
    assert names == {f"panoh-20261025-0{n}3000" for n in range(4)}
