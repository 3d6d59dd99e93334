"""The benchmarks run and print their line; how fast they are is no test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.population import write_people
from tests.bench.races import every, load


@pytest.mark.parametrize(
    "name", [name for name in every() if name not in ("start_to_window", "import_people", "import_xlsx")]
)
def test_a_benchmark_prints_its_line(tmp_path: Path, name: str) -> None:
    told = json.loads(load(name).run(300, write_people(tmp_path, 300)).text())
    assert told["name"] == name
    assert told["panoh_ms"] > 0
    assert told["peer_ms"] > 0
    assert set(told) >= {"ratio", "target", "noise", "ok", "people"}
