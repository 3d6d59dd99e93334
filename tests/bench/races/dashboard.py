"""Everything that a dashboard draws, against one count that goes through the same tables."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from panoh.base.ids import new_id
from panoh.services import dashboards
from panoh.services.desk import Desk
from panoh.services.today import today
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import vault_of

PEOPLE = 100_000
_SCANS = (
    "SELECT count(*) FROM person WHERE given_name > ''",
    "SELECT count(*) FROM person_level WHERE reasons > ''",
    "SELECT count(*) FROM household WHERE language > ''",
    "SELECT count(*) FROM basic_need WHERE state > ''",
)
_PARTS = ("registered", "ages", "levels", "overdue", "occupancy", "open_needs")


def run(count: int, source: Path) -> Line:
    """All charts of everyone, one after another; each is told, and until Today has what stands above its charts."""
    with vault_of(source) as desk:
        _lack(desk)
        parts = {name: partial(getattr(dashboards, name), desk) for name in _PARTS}

        def whole() -> float:
            return sum(milliseconds(part) for part in parts.values())

        def floor() -> float:
            with desk.reading() as reading:
                read = reading.connection.exec_driver_sql
                return milliseconds(lambda: [read(scan).scalar_one() for scan in _SCANS])

        ours, peer, noise = raced(whole, floor, 9)
        told: dict[str, object] = {f"{name}_ms": round(milliseconds(part), 1) for name, part in parts.items()}
        told["today_ms"] = round(milliseconds(partial(today, desk)), 1)
        told["longest_site_ms"] = round(_site(desk), 1)
    return Line("dashboard", count, ours, "one count of the same tables", peer, ours / peer, 12.0, noise, told)


def _lack(desk: Desk) -> None:
    """Every third lacks something: the list of people does not tell it."""
    if dashboards.open_needs(desk):
        return
    sectors = ("food", "water", "shelter", "health", "legal")
    with desk.store.writing(desk.user.id) as unit:
        write = unit.connection.exec_driver_sql
        ids = [row[0] for row in write("SELECT id FROM person ORDER BY id")]
        write(
            "INSERT INTO basic_need (id, sector, state, person_id, noted_on, noted_by, note) "
            "VALUES (?, ?, 'open', ?, '2010-06-14', '', '')",
            [(new_id(), sectors[at % 5], one) for at, one in enumerate(ids) if at % 3 == 0],
        )


def _site(desk: Desk) -> float:
    """The slowest chart of the fullest site."""
    found = dashboards.occupancy(desk)
    if not found:
        return 0.0
    times = []
    for name in _PARTS:
        start = time.perf_counter()
        getattr(dashboards, name)(desk, found[0][0].id)
        times.append(time.perf_counter() - start)
    return max(times) * 1000
