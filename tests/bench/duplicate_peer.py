"""Somebody else's way to find people registered twice in a list: `python duplicate_peer.py people.csv`, one line of JSON.

splink, if it can be imported, set up as a careful user would; else keys made by hand and rapidfuzz. Nothing of Panoh
is imported here, so that it runs in an environment of its own.
"""

from __future__ import annotations

import csv
import json
import logging
import re
import sys
import time
from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from anyascii import anyascii

COLUMNS = ("given_name", "family_name", "patronymic", "sex", "birth_date", "origin", "phone", "document_no")


_RULES = [
    (re.compile(pattern), to)
    for pattern, to in (
        (r"[^a-z ]", ""), (r"\b(uulu|kyzy|kizi|qizi|ogli|ugli|ogly|ugly)\b", ""), (r"tsch|tch", "C"), (r"shch|sch", "S"),
        (r"dzh|dj|zh|j(?=[aeiouy])|j", "J"), (r"kh|gh", "H"), (r"sh", "S"), (r"ch", "C"), (r"ts|tz|c", "s"),
        (r"x|h", "H"), (r"q", "k"), (r"w", "v"), (r"z", "s"), (r"ph", "f"),
    )
]  # fmt: skip


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Plain Latin letters, in lower case."""
    return " ".join(re.sub(r"[^a-z ]", "", anyascii(text).lower()).split())


@lru_cache(maxsize=200_000)
def key(text: str) -> str:
    """The consonants of a name as somebody would write such a key: vowels, glides and endings carry no weight."""
    out = fold(text)
    for pattern, to in _RULES:
        out = pattern.sub(to, out)
    words = []
    for word in out.split():
        root = re.sub(r"(?:ov|ev|in)a?$|ova$|eva$", "", word) if len(word) > 5 else word
        bones = ("A" if root[:1] in "aeiouyJ" else root[:1]) + re.sub(r"[aeiouyJ]", "", root[1:])
        words.append(re.sub(r"(.)\1+", r"\1", bones).replace("H", "h"))
    return "".join(words)


def read(path: Path) -> list[dict[str, str]]:
    """The list, folded, with keys."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{"unique_id": str(n), **{c: row[c] for c in COLUMNS}} for n, row in enumerate(csv.DictReader(file))]
    for row in rows:
        row["gk"], row["fk"] = key(row["given_name"]), key(row["family_name"])
        row["dob"] = row["birth_date"] if len(row["birth_date"]) == 10 else ""
        row |= {name: fold(row[name]) for name in ("given_name", "family_name", "patronymic")}
    return rows


def by_splink(rows: list[dict[str, str]]) -> int:
    """How many pairs splink gives at a probability of 1 % and more."""
    import pyarrow
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    names = ("given_name", "family_name")
    numbers = [
        cl.ExactMatch(name).configure(m_probabilities=[0.9, 0.1], u_probabilities=[1e-6, 1 - 1e-6])
        for name in ("phone", "document_no")
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("gk", "fk", "sex"), block_on("fk", "dob"), block_on("gk", "dob"), block_on("document_no"),
            block_on("phone", "sex"), block_on("dob", "sex", "origin"),
        ],
        comparisons=[
            *(cl.NameComparison(name).configure(term_frequency_adjustments=True) for name in names),
            cl.JaroWinklerAtThresholds("patronymic", [0.9, 0.75]),
            cl.DamerauLevenshteinAtThresholds("dob", [1, 2]), cl.ExactMatch("origin"), cl.ExactMatch("sex"), *numbers,
        ],
    )  # fmt: skip
    api = DuckDBAPI()
    table: Any = pyarrow.Table.from_pylist([{name: text or None for name, text in row.items()} for row in rows])
    linker = Linker(api.register(table), settings)
    train = linker.training
    train.estimate_probability_two_random_records_match(
        [block_on("document_no"), block_on("gk", "fk", "dob")], recall=0.6
    )
    train.estimate_u_using_random_sampling(max_pairs=5e6)
    for rule in (block_on("dob", "sex"), block_on("gk", "fk")):
        train.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.01)
    return len(found.as_duckdbpyrelation().fetchall())


def by_hand(rows: list[dict[str, str]]) -> int:
    """How many pairs of people with one key have names and births that are alike."""
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cpdist

    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        blocks["n", row["gk"], row["fk"], row["sex"]].append(n)
        blocks["y", row["birth_date"][:4], row["gk"][:3], row["sex"]].append(n)
        blocks["z", row["birth_date"][:4], row["fk"][:3], row["sex"]].append(n)
        for number in ("phone", "document_no"):
            if row[number]:
                blocks[number, row[number]].append(n)
    pairs = {pair for block in blocks.values() if 1 < len(block) <= 400 for pair in combinations(block, 2)}
    found = 0
    ordered = sorted(pairs)
    alike = [
        cpdist(
            [rows[a][c] for a, _ in ordered], [rows[b][c] for _, b in ordered], scorer=JaroWinkler.similarity, workers=1
        )
        for c in ("given_name", "family_name", "patronymic", "dob")
    ]
    for at, (a, b) in enumerate(ordered):
        score = sum(each[at] for each in alike) + (rows[a]["origin"] == rows[b]["origin"])
        found += bool(score > 4)
    return found


def main() -> None:
    """Find the pairs, and say how long it took from the list in memory."""
    rows = read(Path(sys.argv[1]))
    start = time.perf_counter()
    try:
        import splink  # noqa: F401

        peer, found = "splink", by_splink(rows)
    except ImportError:
        peer, found = "keys by hand and rapidfuzz", by_hand(rows)
    print(json.dumps({"peer": peer, "pairs": found, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
