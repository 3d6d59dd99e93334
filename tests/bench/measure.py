"""Measuring against a peer or a floor in the same run: interleaved rounds, medians, and how far rounds lie apart."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One benchmark's result, printed as one line of JSON. Only the ratio can fail; times are told, never failed on."""

    name: str
    people: int
    panoh_ms: float
    peer: str
    peer_ms: float
    ratio: float
    target: float
    noise: float  # the ratio's spread between rounds, as a share of it
    more: dict[str, object] = field(default_factory=dict)
    at_least: dict[str, tuple[float, float]] = field(default_factory=dict)  # quality: what was got, and what is wanted

    @property
    def ok(self) -> bool:
        """Whether the ratio is within its target and the quality is what was wanted."""
        return self.ratio <= self.target and all(got >= wanted for got, wanted in self.at_least.values())

    def text(self) -> str:
        """The line."""
        return json.dumps({**asdict(self), "ok": self.ok}, ensure_ascii=False)


def milliseconds(work: Callable[[], object]) -> float:
    """How long the work took."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def raced(panoh: Callable[[], float], peer: Callable[[], float], rounds: int) -> tuple[float, float, float]:
    """Medians of both in milliseconds, run in turn, and the noise of their ratio."""
    ours, theirs = [], []
    for _round in range(rounds):
        ours.append(panoh())
        theirs.append(peer())
    ratios = sorted(a / b for a, b in zip(ours, theirs, strict=True))
    middle = statistics.median(ratios)
    spread = ratios[-max(1, len(ratios) // 4)] - ratios[len(ratios) // 4]
    return statistics.median(ours), statistics.median(theirs), round(spread / middle / 2, 2)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
