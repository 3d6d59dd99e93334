"""Levels that time changes: all of them before a command goes on, a few at a time while the window shows already."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.conftest import PASSPHRASE

from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.domain.person import Person
from panoh.services import levels, records, vault
from panoh.services.desk import Desk
from panoh.store import derived

GROWN_UP = date(2010, 6, 15)  # the day after the clock's


def to_do(desk: Desk) -> int:
    with desk.reading() as reading:
        return len(derived.due_for_refresh(reading, desk.clock.now(), 100))


@pytest.fixture
def place(opened: vault.OpenVault, clock: FixedClock) -> Path:
    """A locked vault with five who come of age tomorrow, the clock standing at the day after that."""
    born = GROWN_UP.replace(year=1992)
    records.keep(
        opened.desk,
        *(
            Person(id=new_id(), number=str(at), sex="F", birth_precision="day", birth_earliest=born, birth_latest=born)
            for at in range(5)
        ),
    )
    opened.close()
    clock.at += timedelta(days=2)
    return opened.desk.folder


def test_a_command_finds_every_level_as_of_now(place: Path, clock: FixedClock) -> None:
    with vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as opened:
        assert to_do(opened.desk) == 0


def test_the_window_refreshes_a_few_at_a_time(place: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "REFRESH_AT_ONCE", 2)
    with vault.unlock(place, "feruza", PASSPHRASE, clock=clock, levels_later=True) as opened:
        assert to_do(opened.desk) == 5
        assert [levels.refresh_some(opened.desk) for _ in range(3)] == [2, 2, 1]
        assert to_do(opened.desk) == 0


def test_other_rules_than_before_are_asked_of_everyone(
    place: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with vault.unlock(place, "feruza", PASSPHRASE, clock=clock) as opened:
        with opened.desk.writing() as unit:
            unit.set_meta("rules", "of another edition")
        monkeypatch.setattr(levels, "REFRESH_AT_ONCE", 3)
        assert levels.refresh_some(opened.desk) == 3
        assert levels.refresh_due(opened.desk) == 2
        assert to_do(opened.desk) == 0
