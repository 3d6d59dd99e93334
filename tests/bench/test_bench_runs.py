"""The benchmarks run and print their line; how fast they are is no test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.measure import raced
from tests.bench.population import write_people
from tests.bench.races import every, load


@pytest.mark.parametrize(
    "name", [name for name in every() if name not in ("start_to_window", "import_people", "import_xlsx")]
)
def test_a_benchmark_prints_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    race = load(name)
    monkeypatch.setattr(race, "raced", lambda ours, peer, _rounds: raced(ours, peer, 1), raising=False)
    for much, little in {"_SLOTS": 2, "_SAVES": 2, "_PAPERS": 5, "_ASKED": 20, "_MEMBERS": 4}.items():
        if hasattr(race, much):
            monkeypatch.setattr(race, much, little)
    told = json.loads(race.run(300, write_people(tmp_path, 300)).text())
    assert told["name"] == name
    assert told["panoh_ms"] > 0
    assert told["peer_ms"] > 0
    assert set(told) >= {"ratio", "target", "noise", "ok", "people"}
