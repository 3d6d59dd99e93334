"""`python -m tests.bench [NAME ...] [--people N] [--population FOLDER]`: one line of JSON a benchmark; 1 if a ratio is over."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.benchmarks import BENCHMARKS
from tests.bench.population import write_people


def main() -> int:
    """Run the benchmarks named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="NAME")
    parser.add_argument("--people", type=int, default=0, help="instead of each benchmark's own number")
    parser.add_argument("--population", type=Path, help="a folder with people.csv, instead of made people")
    wanted = parser.parse_args()
    failed = 0
    for name in wanted.names or BENCHMARKS:
        run, usual = BENCHMARKS[name]
        count = wanted.people or usual
        with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
            source = (wanted.population / "people.csv") if wanted.population else write_people(Path(folder), count)
            line = run(count, source)
        print(line.text(), flush=True)
        failed += not line.ok
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
