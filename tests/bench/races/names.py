"""Whether two names are one person's, with one threshold, over people of several languages."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

from panoh.domain.names import SAME_NAME, similarity
from tests.bench.measure import Line
from tests.name_pairs import NamePair, f1, groups

PEOPLE = 0
_TARGET = 0.2
_PLAIN = "anyascii and rapidfuzz token_sort_ratio; nomenklatura is not installed (packaging/peers.lock)"


def run(count: int, source: Path) -> Line:
    """Known people in several spellings: F1 and microseconds a pair, against nomenklatura's LogicV2 at its best threshold."""
    del count, source
    pairs = groups()
    peer, name = _logic_v2()
    similarity("John Smith", "Иван Петров")  # the tables are read before the race
    all_pairs = [pair for group in pairs.values() for pair in group]
    theirs, their_time = _scored(peer, all_pairs)
    ours, our_time = _scored(similarity, all_pairs)
    more: dict[str, object] = {"pairs": len(all_pairs), "threshold": SAME_NAME}
    quality: dict[str, tuple[float, float]] = {}
    for group, members in pairs.items():
        got = f1([(ours[pair] >= SAME_NAME, pair.same) for pair in members])
        best = max(f1([(theirs[pair] >= step / 100, pair.same) for pair in members]) for step in range(1, 100))
        quality[group] = (round(got, 3), round(best, 3))
    if name == _PLAIN:  # a string distance is quicker than reading a name; only its quality is compared
        more["ratio_to_plain"] = round(our_time / their_time, 2)
        return Line("names", len(all_pairs), our_time, name, their_time, 0.0, _TARGET, 0.0, more, quality)
    return Line("names", len(all_pairs), our_time, name, their_time, our_time / their_time, _TARGET, 0.0, more, quality)


def _scored(similar: Callable[[str, str], float], pairs: list[NamePair]) -> tuple[dict[NamePair, float], float]:
    """What each pair scores, and how many milliseconds all of them took, each seen for the first time."""
    gc.collect()
    gc.freeze()  # neither pays for looking through what the other has loaded
    start = time.perf_counter()
    scores = {pair: similar(pair.a, pair.b) for pair in pairs}
    return scores, (time.perf_counter() - start) * 1000


def _logic_v2() -> tuple[Callable[[str, str], float], str]:
    """The peer: nomenklatura where its environment runs this, else a plain comparison."""
    try:
        from followthemoney import ValueEntity, model
        from nomenklatura.matching import LogicV2
    except ImportError:
        from anyascii import anyascii
        from rapidfuzz import fuzz

        return lambda a, b: fuzz.token_sort_ratio(anyascii(a).lower(), anyascii(b).lower()) / 100, _PLAIN

    config, schema = LogicV2.default_config(), model.get("Person")

    def named(name: str) -> object:
        entity = ValueEntity(schema, {"id": name})
        entity.add("name", name)
        return entity

    LogicV2.compare(named("John Smith"), named("Иван Петров"), config)  # its tables as well
    return lambda a, b: float(LogicV2.compare(named(a), named(b), config).score), "nomenklatura LogicV2"
