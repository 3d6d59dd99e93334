"""A clock two years ahead and back again: nobody is overdue by it, nobody has grown up, no level has lapsed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.conftest import PASSPHRASE
from tests.services.test_triage_settings import level, someone

from panoh.base.clock import FixedClock
from panoh.domain.person import Person
from panoh.services import retention, triage, vault
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.today import today

TWO_YEARS = timedelta(days=730)


def overdue(desk: Desk) -> int:
    return triage.count(desk, triage.QueueFilter(overdue=True))


def small_child(desk: Desk) -> Person:
    born = desk.clock.today() - timedelta(days=4 * 365)
    made = replace(someone(desk, "SC-UC"), birth_earliest=born, birth_latest=born)
    keep(desk, made)
    return made


@pytest.mark.parametrize("jump", [TWO_YEARS, -TWO_YEARS], ids=["ahead", "back"])
def test_a_clock_that_jumped_moves_nobody(opened: vault.OpenVault, clock: FixedClock, jump: timedelta) -> None:
    desk, folder = opened.desk, opened.desk.folder
    child, hurt, raised = small_child(desk), someone(desk, "PX-WO"), someone(desk)
    triage.set_level(desk, raised.id, "high", "Seen", desk.clock.today() + timedelta(days=30))
    before = {one.id: level(desk, one) for one in (child, hurt, raised)}
    opened.close()
    right, clock.at = clock.at, clock.at + jump
    for hours in (1, 2):  # two unlockings by a wrong clock
        clock.at += timedelta(hours=1)
        with vault.unlock(folder, "feruza", PASSPHRASE, clock=clock) as again:
            desk = again.desk
            assert desk.believed.odd
            assert overdue(desk) == 0
            assert not [one for one in today(desk).nobody if one.due_at and one.due_at < desk.believed.now()]
            assert {one.id: level(desk, one) for one in (child, hurt, raised)} == before
            assert triage.count(desk, triage.QueueFilter(lapsed=True)) == 0
            if hours == 1:
                new = someone(desk, "PX-WO")
                due = triage.why(desk, new.id).due_at
                assert due == right + timedelta(hours=24)  # its first day runs from the moment that is believed
    clock.at = right + timedelta(hours=25)
    with vault.unlock(folder, "feruza", PASSPHRASE, clock=clock) as again:
        assert not again.desk.believed.odd
        assert level(again.desk, child) == before[child.id]
        assert overdue(again.desk) >= 2  # now they are


def test_by_a_wrong_clock_time_still_passes(opened: vault.OpenVault, clock: FixedClock) -> None:
    someone(opened.desk, "PX-WO")
    folder = opened.desk.folder
    opened.close()
    clock.at += TWO_YEARS
    vault.unlock(folder, "feruza", PASSPHRASE, clock=clock).close()
    clock.at += timedelta(hours=25)
    with vault.unlock(folder, "feruza", PASSPHRASE, clock=clock) as again:
        assert overdue(again.desk) == 1


def test_the_head_of_office_says_that_it_is_right(opened: vault.OpenVault, clock: FixedClock) -> None:
    someone(opened.desk, "PX-WO")
    folder = opened.desk.folder
    opened.close()
    clock.at += TWO_YEARS  # a vault that lay in a safe for two years
    with vault.unlock(folder, "feruza", PASSPHRASE, clock=clock) as again:
        assert overdue(again.desk) == 0
        retention.believe_clock(again.desk)
        assert overdue(again.desk) == 1
        assert not again.desk.believed.odd
