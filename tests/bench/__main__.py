"""`python -m tests.bench [NAME ...] [--people N] [--population FOLDER] [--keep FOLDER]`: a line of JSON a race; 1 if one is lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import vaults
from tests.bench.population import write_people
from tests.bench.races import every, load


def main() -> int:
    """Run the races named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*every(), []], metavar="NAME")
    parser.add_argument("--people", type=int, default=0, help="instead of each race's own number")
    parser.add_argument("--population", type=Path, help="a folder with people.csv, instead of made people")
    parser.add_argument("--keep", type=Path, help="a folder where filled vaults are kept for the next run")
    wanted = parser.parse_args()
    vaults.kept = wanted.keep
    failed = 0
    for name in wanted.names or every():
        race = load(name)
        count = wanted.people or race.PEOPLE
        with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
            source = (wanted.population / "people.csv") if wanted.population else write_people(Path(folder), count)
            line = race.run(count, source)
        print(line.text(), flush=True)
        failed += not line.ok
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
