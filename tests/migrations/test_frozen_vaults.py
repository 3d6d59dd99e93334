"""Every vault that a finished issue left behind opens in today's Panoh, whole, with all that was in it."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine
from tests.migrations.freeze import PASSPHRASE, PLACE, USER

from panoh.base.clock import FixedClock
from panoh.services import people, summaries, tracing, triage, vault
from panoh.store import journal
from panoh.store.migrate import head_revision, lay, upgrade
from panoh.store.tables import meta

FROZEN = sorted(path for path in PLACE.iterdir() if path.is_dir())


def _schema(connection: Connection) -> dict[str, str]:
    """Tables and indexes with their SQL, without regard to space and quotation marks."""
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index') AND name <> 'alembic_version'"
    )
    return {name: re.sub(r"[\s\"]+", " ", sql).strip() for name, sql in rows}


def _of_today() -> dict[str, str]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        meta.create_all(connection)
        return _schema(connection)


def test_the_migrations_make_the_tables_of_today() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade(connection, vault.MIGRATIONS, journal.TRIGGERS)
        assert _schema(connection) == _of_today()


def test_a_new_store_is_what_the_migrations_make_of_an_empty_one() -> None:
    told = []
    for make in (upgrade, lay):
        engine = create_engine("sqlite://")
        with engine.begin() as connection:
            make(connection, vault.MIGRATIONS, journal.TRIGGERS)
            triggers = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
            )
            version = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
            told.append((_schema(connection), triggers.fetchall(), version.fetchall()))
    assert told[0] == told[1]


def test_today_s_schema_is_frozen() -> None:
    assert head_revision(vault.MIGRATIONS) in [path.name for path in FROZEN]


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.name)
def test_a_frozen_vault_opens_with_everything_in_it(frozen: Path, tmp_path: Path) -> None:
    place, expected = tmp_path / "vault", json.loads((frozen / "expected.json").read_text("utf-8"))
    shutil.copytree(frozen, place)
    place.chmod(0o700)
    for file in place.iterdir():  # git does not keep who may read
        file.chmod(0o600)
    clock = FixedClock(datetime.fromisoformat(expected["now"]))
    with vault.unlock(place, USER, PASSPHRASE, clock=clock) as opened:
        _compare(opened, expected)
    with vault.unlock(place, USER, PASSPHRASE, clock=clock) as again:
        assert again.check().problems == ()


def _compare(opened: vault.OpenVault, expected: dict[str, Any]) -> None:
    desk = opened.desk
    with desk.reading() as reading:
        assert _schema(reading.connection) == _of_today()
        rows = {
            name: reading.connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in expected["rows"]
        }
    assert rows == expected["rows"]
    found = opened.check()
    assert found.problems == ()
    assert found.journal_entries >= expected["journal_entries"]
    assert desk.store.verify_journal()[1] is None
    queue = {item.line.number: item for item in triage.whole_queue(desk, 99)}
    assert {number: item.line.full_name for number, item in queue.items()} == expected["names"]
    for number in expected["at_risk_of_return"]:
        assert queue[number].line.level == "critical"
    for number, item in queue.items():
        view = people.person(desk, item.line.id)
        assert people.what_happened(desk, view)
        assert people.by_number(desk, number) == item.line.id
    assert list(tracing.matches(desk))
    first = next(iter(queue.values())).line.id
    assert summaries.export_case(desk, first, summaries.Wanted()).pdf.startswith(b"%PDF")
