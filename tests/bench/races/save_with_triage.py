"""What triage costs at a save: somebody registered, and somebody changed, with it and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from panoh.domain.person import Person
from panoh.services.deriving import Deriver
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import vault_of

PEOPLE = 100_000
_SAVES = 20
_ROUNDS = 9


def run(count: int, source: Path) -> Line:
    """Twenty people registered and changed, against the same while nobody is assessed."""
    with vault_of(source) as desk:
        work = partial(milliseconds, partial(_save, desk))
        _save(desk)

        def without() -> float:
            with no_triage():
                return work()

        mine, peer, noise = raced(work, without, _ROUNDS)
    each = {"ms_a_save": round(mine / _SAVES / 2, 2)}
    return Line("save_with_triage", count, mine, "the same saves without triage", peer, mine / peer, 1.5, noise, each)


def _save(desk: Desk) -> None:
    for at in range(_SAVES):
        row = FamilyRow(name="Каримова Зулфия", sex="F", birth=str(30 + at), needs=("SM-CI",))
        saved: Person = save_family(desk, FamilyForm(rows=(row,), fled_from="KG", shelter="inadequate")).people[0]
        keep(desk, replace(saved, phone="+996 555 000 000", intends_to_go="UZ"))


@contextmanager
def no_triage() -> Iterator[None]:
    """While this holds, nobody whom this process saves is assessed."""
    with patch.object(Deriver, "refresh", lambda *_all: None):
        yield
