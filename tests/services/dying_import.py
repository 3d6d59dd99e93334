"""A program that brings in a list and is killed amid it: FOLDER of the vault, LIST, after how many portions."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from panoh.base.clock import Clock
from panoh.services import imports, preparing_process, vault
from panoh.store import bulk
from panoh.store.units import Unit

PASSPHRASE = "apricot ladder seven rivers"


def main(folder: str, path: str, portions: str) -> None:
    """Bring in the list; this does not return."""
    left, write = int(portions), bulk.write

    def write_or_die(unit: Unit, portion: bulk.Portion) -> None:
        nonlocal left
        write(unit, portion)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    bulk.write = write_or_die
    preparing_process.SHORT_CSV = 0  # every list is long enough for a process of its own
    opened = vault.unlock(Path(folder), "feruza", PASSPHRASE, clock=Clock())
    imports.import_people(opened.desk, Path(path), imports.Options())


if __name__ == "__main__":
    main(*sys.argv[1:])
