"""The journal only grows, and shows when it was touched."""

from __future__ import annotations

import pytest

from panoh.base.ids import new_id
from panoh.domain.person import Person
from panoh.services.desk import Desk
from panoh.store import journal


@pytest.fixture
def written(desk: Desk) -> Desk:
    for given in ("Азиз", "Nodira", "Фотима"):
        with desk.writing() as unit:
            unit.add(Person(id=new_id(), number=unit.next_numbers()[0], given_name=given))
    return desk


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = 'x' WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 1",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
        "REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
        "INSERT INTO journal SELECT seq + 5, device, actor, at, change, record_class, record_id, field, digest, mac FROM journal WHERE seq = 1",
    ],
)
def test_the_journal_only_grows(written: Desk, statement: str) -> None:
    with pytest.raises(Exception, match="only grows"), written.writing() as unit:
        unit.connection.exec_driver_sql(statement)
    assert written.store.verify_journal()[1] is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE journal SET actor = 'x' WHERE seq = 2", 2),
        ("DELETE FROM journal WHERE seq = 2", 3),
        ("UPDATE journal SET digest = zeroblob(32) WHERE seq = 3", 3),
        ("UPDATE journal_value SET new = '\"x\"' WHERE seq = 2", 2),
    ],
)
def test_tampering_is_seen(written: Desk, statement: str, broken: int) -> None:
    with written.writing() as unit:
        unit.connection.exec_driver_sql("PRAGMA defer_foreign_keys = on")
        for name in journal.TRIGGERS:
            unit.connection.exec_driver_sql(f"DROP TRIGGER {name}")
        if statement.startswith("DELETE"):
            unit.connection.exec_driver_sql("DELETE FROM journal_value WHERE seq = 2")
        unit.connection.exec_driver_sql(statement)
    assert written.store.verify_journal()[1] == broken


def test_erased_values_leave_the_chain_whole(written: Desk) -> None:
    with written.writing() as unit:
        unit.connection.exec_driver_sql("DELETE FROM journal_value WHERE seq = 2")
    head, broken = written.store.verify_journal()
    assert broken is None
    assert head == written.store.journal_head()
