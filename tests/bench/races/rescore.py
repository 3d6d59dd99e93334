"""Everyone assessed anew after another rule; and whether the exiles among them are found."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path

from panoh.services import levels
from panoh.services.deriving import facts_about_all
from panoh.services.desk import Desk
from panoh.services.levels import REFRESH_AT_ONCE
from panoh.store import derived
from tests.bench import exiles
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import vault_of

PEOPLE = 100_000
_ROUNDS = 3


def run(count: int, source: Path) -> Line:
    """The whole work after a change of a rule, slice by slice as the window does it, against one read of everyone's facts."""
    with vault_of(source) as desk:
        levels.refresh_due(desk)
        mine, peer, noise = raced(
            partial(milliseconds, partial(_rescore, desk)), partial(milliseconds, partial(_read, desk)), _ROUNDS
        )
        seen = exiles.look(desk, source)
    more = {"by_rule": seen.by_rule, "others_by_rule": seen.others_by_rule, "exiles": seen.exiles}
    quality = {"exiles_found": (seen.recall, 1.0), "precision": (round(seen.precision, 4), 0.99)}
    return Line("rescore", count, mine, "one read of their facts", peer, mine / peer, 2.0, noise, more, quality)


def _rescore(desk: Desk) -> None:
    with desk.writing() as unit:
        unit.set_meta("rules", "another edition")
    levels.refresh_due(desk)


def _read(desk: Desk) -> None:
    with desk.reading() as reading:
        left = dict.fromkeys(derived.everyone(reading))
        while left:  # a household is read once, with whoever of it comes first
            some = list(islice(left, REFRESH_AT_ONCE))
            for person_id in (*some, *facts_about_all(reading, some, desk.believed.now())):
                left.pop(person_id, None)
