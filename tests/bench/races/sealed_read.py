"""Opening what is sealed, with its reason in the journal."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from panoh.services import people, seal
from tests.bench.measure import Line, milliseconds, quantile, raced
from tests.bench.vaults import vault_of

PEOPLE = 100_000
MOST_MS = 5
_EACH = 20
_ROUNDS = 9


def run(count: int, source: Path) -> Line:
    """One opening, which commits an entry of the journal, against one commit of a bare line to the same store.

    Told besides: the slowest quarter of single openings against 5 ms.
    """
    single: list[float] = []
    with vault_of(source) as desk:
        first = people.page(desk, 0, 1)[0].id
        seal.seal(desk, first, "whereabouts", {"text": "Навоий кўчаси 12, " * 20})
        wanted = seal.lines(desk, first)[-1].id

        def ours() -> float:
            took = [milliseconds(lambda: seal.open_sealed(desk, wanted, "Transfer")) for _ in range(_EACH)]
            single.extend(took)
            return sum(took)

        def bare() -> None:
            for at in range(_EACH):
                with desk.store.writing(desk.user.id) as unit:
                    unit.set_meta("bench", str(at))

        ours()
        single.clear()
        mine, peer, noise = raced(ours, partial(milliseconds, bare), _ROUNDS)
    median, slow = quantile(single, 0.5), quantile(single, 0.95)
    more = {"ms": round(median, 2), "p95_ms": round(slow, 2), "most_ms": MOST_MS, "within": slow <= MOST_MS}
    return Line(
        "sealed_read", count, mine / _EACH, "a commit of one bare line", peer / _EACH, mine / peer, 3.0, noise, more
    )
