"""Everyone who is sought against everyone who is registered: one full run over a vault, as after a list was brought in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from panoh.services import rematching
from panoh.services.candidates import LEAST
from panoh.services.desk import Desk
from panoh.services.import_requests import import_tracing
from panoh.services.imports import Options
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.sought import Asked, Found, read_asked
from tests.bench.tracing_peer import Peer
from tests.bench.vaults import vault_of

PEOPLE = 100_000
_ROUNDS = 3


def run(count: int, source: Path) -> Line:
    """`rematching.run_all`, which reads the vault and keeps what it finds, against everyone compared in memory."""
    asked = read_asked(source)
    with vault_of(source, asked.clock()) as desk:
        brought = import_tracing(desk, asked.requests, Options(without_backup=True))
        first = milliseconds(partial(rematching.run_all, desk))
        peer = Peer(asked.rows, asked.clock().today().year)
        mine, theirs, noise = raced(
            partial(milliseconds, partial(rematching.run_all, desk)),
            partial(milliseconds, partial(peer.ranks, asked.asked)),
            _ROUNDS,
        )
        found = kept(desk)
    with_kin, without = ([row for row in asked.asked if bool(row["relatives"]) == told] for told in (True, False))
    ranks = peer.ranks(asked.asked)
    quality, bands = asked.quality(found), asked.bands(found)
    wrong = asked.wrong_at(found, 0.7)
    more = {
        "requests": len(asked.asked), "with_a_match": len(ranks), "refused": len(brought.refused), "first_run_ms": round(first),
        "first_ten_fifty": quality, "with_relatives": asked.quality(found, with_kin), "without_relatives": asked.quality(found, without),
        "bands_met_and_wrong": bands, "wrong_at_recall_70": wrong, "by_noise": asked.by_noise(found),
        "peer_first_ten_fifty": [round(sum(rank < most for rank in ranks) / max(1, len(ranks)), 4) for most in (1, 10, 50)],
    }  # fmt: skip
    wanted = {
        "first": (quality[0], 0.94), "in_ten": (quality[1], 0.98), "in_fifty": (quality[2], 0.99),
        "strong_of_true": (bands["strong"][0], 0.7), "not_strong_of_others": (round(1 - bands["strong"][1], 4), 0.99),
    }  # fmt: skip
    return Line("tracing", count, mine, "sound keys, Jaro-Winkler", theirs, mine / theirs, 0.25, noise, more, wanted)


def kept(desk: Desk) -> Found:
    """Whom the list of each request shows, by the senders' ids."""
    statement = (
        "SELECT r.external_id, p.external_id, c.score FROM candidate AS c JOIN tracing_request AS r ON r.id = c.request_id "
        "JOIN person AS p ON p.id = c.person_id WHERE c.score >= ? ORDER BY c.request_id, c.score DESC, c.person_id"
    )
    found: dict[str, list[tuple[str, float]]] = {}
    with desk.reading() as reading:
        for request, person, score in reading.connection.exec_driver_sql(statement, (LEAST,)):
            found.setdefault(request, []).append((person, score))
    return found


__all__ = ["Asked", "kept", "run"]
