"""A saved person, and a saved request, compared anew among everyone: what the background does after each save."""

from __future__ import annotations

import gc
import random
from dataclasses import replace
from pathlib import Path

from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.services import rematching
from panoh.services.desk import Desk
from panoh.services.import_requests import import_tracing
from panoh.services.imports import Options
from panoh.store.tables import table
from tests.bench.measure import Line, milliseconds, quantile
from tests.bench.sought import read_asked
from tests.bench.tracing_peer import Peer
from tests.bench.vaults import vault_of

PEOPLE = 100_000
_SAVES = 60
_WITHIN = 100.0  # milliseconds; told, as on another machine it is another time


def run(count: int, source: Path) -> Line:
    """p50 of what `rematching.step` does after a save of a request, against one request looked up in memory."""
    asked = read_asked(source)
    with vault_of(source, asked.clock()) as desk:
        import_tracing(desk, asked.requests, Options(without_backup=True))
        rematching.run_all(desk)
        with desk.reading() as reading:
            requests = reading.all(TracingRequest, limit=_SAVES + 1)
            people = random.Random(5).sample(reading.all(Person, table(Person).c.household_id.is_not(None)), _SAVES)
            before = _kept(desk)
        gc.freeze()  # the lists of this race are no part of what is measured
        of_requests = [_rematched(desk, replace(one, clothes=f"{one.clothes} coat")) for one in requests][1:]
        of_people = [_rematched(desk, replace(one, occupation=f"{one.occupation} tailor")) for one in people]
        after = _kept(desk)
    peer = Peer(asked.rows, asked.clock().today().year)
    theirs = quantile([milliseconds(lambda one=one: peer.ranks([one])) for one in asked.asked[:_SAVES]], 0.5)
    mine = quantile(of_requests, 0.5)
    more = {
        "request_p50_p95_ms": [round(quantile(of_requests, share), 1) for share in (0.5, 0.95)],
        "person_p50_p95_ms": [round(quantile(of_people, share), 1) for share in (0.5, 0.95)],
        "within_100_ms": round(sum(took <= _WITHIN for took in (*of_requests, *of_people)) / (2 * len(of_people)), 3),
        "pairs_kept": len(before), "pairs_that_differ_from_the_full_run": len(before ^ after),
    }  # fmt: skip
    return Line(
        "tracing_rematch", count, mine, "one request against everyone in memory", theirs, mine / theirs, 1.0, 0.0, more
    )


def _rematched(desk: Desk, record: Person | TracingRequest) -> float:
    """Milliseconds from the save until nothing is due any more."""
    with desk.writing() as unit:
        unit.save(record)

    def all_due() -> None:
        while rematching.step(desk):
            pass

    return milliseconds(all_due)


def _kept(desk: Desk) -> set[tuple[str, str, float]]:
    with desk.reading() as reading:
        rows = reading.connection.exec_driver_sql("SELECT request_id, person_id, score FROM candidate")
        return {(row[0], row[1], row[2]) for row in rows}
