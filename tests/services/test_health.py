"""Each check of the vault's health finds what it is for, and nothing in a healthy vault."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.store.small_vault import flip, outcome

from panoh.base import disks
from panoh.base.clock import FixedClock
from panoh.base.progress import Silent
from panoh.services import attachments, health, registration, vault
from panoh.services.vault import OpenVault
from panoh.store.engine import connect


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 6, 14, 9, 0, tzinfo=UTC))


@pytest.fixture(autouse=True)
def quiet_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disks, "encrypted", lambda _path: True)
    monkeypatch.setattr(disks, "kind_of", lambda _path: disks.OWN)


def codes(opened: OpenVault) -> set[str]:
    return {each.code for each in health.look(opened, every_key=True).findings}


def family(opened: OpenVault) -> str:
    row = registration.FamilyRow(name="Намунаева Гулнора", sex="F", birth="34", relation="head")
    return registration.save_family(opened.desk, registration.FamilyForm(rows=(row,), fled_from="KG")).people[0].id


def change(opened: OpenVault, statement: str) -> None:
    with opened.at_work() as (folder, unlocked, _watch), closing(connect(folder.db, unlocked.key)) as store:
        store.execute(statement)


def test_a_healthy_vault_has_no_finding_and_is_looked_at_once_a_day(opened: OpenVault, clock: FixedClock) -> None:
    family(opened)
    assert health.is_due(opened.desk)
    found = health.look(opened)
    assert found.findings == ()
    assert (found.people, found.damaged) == (1, False)
    assert not health.is_due(opened.desk)
    clock.at += timedelta(days=1)
    assert health.is_due(opened.desk)
    clock.at -= timedelta(days=300)
    assert health.is_due(opened.desk)


def test_keys_of_the_search_that_differ(opened: OpenVault) -> None:
    family(opened)
    change(opened, "DELETE FROM name_key WHERE key IN (SELECT key FROM name_key LIMIT 1)")
    found = health.look(opened, every_key=True)
    assert [(each.code, each.severity) for each in found.findings] == [("search", health.WARNING)]
    assert "1 person would not be found" in found.findings[0].sentence


def test_a_file_that_is_not_what_was_taken_in(opened: OpenVault, tmp_path: Path) -> None:
    from PIL import Image

    person = family(opened)
    Image.new("RGB", (40, 40), "teal").save(tmp_path / "face.png")
    attachments.add_picture(opened.desk, person, tmp_path / "face.png")
    assert codes(opened) == set()
    change(opened, "UPDATE attachment_content SET content = x'00'")
    assert codes(opened) == {"attachments"}


def test_a_changed_journal_and_a_broken_reference(opened: OpenVault) -> None:
    family(opened)
    change(opened, "PRAGMA foreign_keys = off")
    change(opened, "UPDATE person SET household_id = 'nowhere'")
    assert "pages" in codes(opened)
    change(opened, "UPDATE journal_value SET new = 'x' WHERE seq = 2")
    assert {"pages", "journal"} <= codes(opened)


def test_damage_makes_the_vault_one_that_is_only_read_and_is_met_at_the_next_unlock(
    opened: OpenVault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panoh.store.door.READ_AT_THE_DOOR", 0)  # as if it were a large one
    place = opened.desk.folder
    family(opened)
    opened.close()
    db = place / "vault.db"
    flip(db, db.stat().st_size - 9)
    with vault.unlock(place, "feruza", "apricot ladder seven rivers", clock=clock) as again:
        assert health.look(again).damaged
        assert outcome(lambda: family(again)) == "vault.read_only"
    unlock = lambda: vault.unlock(place, "feruza", "apricot ladder seven rivers", clock=clock).close()  # noqa: E731
    assert outcome(unlock) == "vault.damaged"
    flip(db, db.stat().st_size - 9)
    assert outcome(unlock) == ""


def test_a_key_file_that_differs_is_no_damage(opened: OpenVault) -> None:
    (opened.desk.folder / "vault.key.mirror").write_bytes(b"nonsense")
    found = health.look(opened)
    assert [(each.code, each.severity) for each in found.findings] == [("files", health.WARNING)]
    assert not opened.desk.store.read_only


def test_what_is_around_the_vault(opened: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    place = opened.desk.folder
    for free, size, told in ((600, 1, False), (400, 1, True), (2000, 900, True), (2500, 900, False)):
        monkeypatch.setattr("shutil.disk_usage", lambda _path, free=free: SimpleNamespace(free=free * 1024 * 1024))
        assert bool(health.space(place, size * 1024 * 1024)) is told
    for said, code in ((True, set()), (False, {health.WARNING}), (None, {health.UNKNOWN})):
        monkeypatch.setattr(disks, "encrypted", lambda _path, said=said: said)
        assert {each.severity for each in health.encryption(place)} == code
    for kind, code in ((disks.OWN, set()), (None, set()), (disks.STICK, {"stick"}), (disks.NETWORK, {"network"})):
        monkeypatch.setattr(disks, "kind_of", lambda _path, kind=kind: kind)
        assert {each.code for each in health.kind_of_disk(place)} == code


@pytest.mark.parametrize(
    ("moved", "told"),
    [
        (timedelta(), set()),
        (timedelta(days=-1), {"clock.before_last"}),
        (timedelta(days=3650), {"clock.long_after"}),
        (timedelta(days=-400), {"clock.before_build"}),
        (datetime(1970, 1, 1, tzinfo=UTC) - datetime(2026, 6, 14, 9, 0, tzinfo=UTC), {"clock.before_build"}),
    ],
)
def test_oddities_of_the_clock(opened: OpenVault, clock: FixedClock, moved: timedelta, told: set[str]) -> None:
    family(opened)
    clock.at += moved
    assert {each.code for each in health.clock_oddities(opened.desk)} == told


def test_it_can_be_stopped(opened: OpenVault) -> None:
    from panoh.base.progress import Reporting

    family(opened)
    stopped = Reporting(lambda _done, _total, _what: None, lambda: True)
    assert outcome(lambda: health.look(opened, stopped)) == "cancelled"
    assert health.search_keys(opened.desk, Silent(), None) == []
