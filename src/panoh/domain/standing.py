"""How the sectors stand for somebody: the newest day counts, and who says nothing of their own has what their home has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from panoh.domain.assistance import BasicNeed

PERSON, HOUSEHOLD, SITE = "person", "household", "site"  # whom a row is about


@dataclass(frozen=True, slots=True)
class Stand:
    """How one sector stands for somebody; without a need nobody has said anything."""

    sector: str
    need: BasicNeed | None = None
    of: str = ""  # whose it is: PERSON, HOUSEHOLD or SITE; further out than the one asked about, it is inherited


def newest(needs: Iterable[BasicNeed]) -> dict[str, BasicNeed]:
    """What counts of these, by sector: the newest day, and of one day what was noted last. Their order does not matter."""
    found: dict[str, BasicNeed] = {}
    for need in needs:
        known = found.get(need.sector)
        if known is None or _age(known) < _age(need):
            found[need.sector] = need
    return found


def stands(sectors: Sequence[str], layers: Sequence[tuple[str, Mapping[str, BasicNeed]]]) -> tuple[Stand, ...]:
    """Each sector as the first layer has it that says anything: the person's own, then the household's, then the site's."""
    return tuple(
        next((Stand(sector, told[sector], of) for of, told in layers if sector in told), Stand(sector))
        for sector in sectors
    )


def _age(need: BasicNeed) -> tuple[date, str]:
    return need.noted_on or date.min, need.id
