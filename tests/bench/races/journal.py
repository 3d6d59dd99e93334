"""What the journal costs: a form's save with it and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.store import journal
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import vault_of

PEOPLE = 100_000
_SAVES = 20
_ROUNDS = 9
_NAMES = ("Каримова Зулфия", "Каримов Анвар", "Каримова Лола", "Каримов Сардор", "Каримова Нигора")


def run(count: int, source: Path) -> Line:
    """Twenty families of five registered, against the same while nothing is put into the journal."""
    with vault_of(source) as desk:
        work = partial(milliseconds, partial(_register, desk))
        _register(desk)

        def without() -> float:
            with no_journal():
                return work()

        mine, peer, noise = raced(work, without, _ROUNDS)
    each = {"ms_a_save": round(mine / _SAVES, 2)}
    return Line("journal", count, mine, "the same saves without the journal", peer, mine / peer, 1.5, noise, each)


def _register(desk: Desk) -> None:
    for at in range(_SAVES):
        rows = tuple(FamilyRow(name=name, sex="F", birth=str(30 + at)) for name in _NAMES)
        save_family(desk, FamilyForm(rows=rows, fled_from="KG"))


@contextmanager
def no_journal() -> Iterator[None]:
    """While this holds, nothing that this process saves is put into the journal."""
    with patch.object(journal, "append", lambda connection, *_others: journal.head(connection)):
        yield
