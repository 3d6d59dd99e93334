"""A process that backs up a vault, or restores a backup, once after another until it is killed.

`python -m tests.store.backup_process backup VAULT` says `made NAME` after each; `... restore BACKUP FOLDER` restores to
FOLDER/1, FOLDER/2 and so on, and says `made 1`; `... put_back VAULT` puts the best backup back into a damaged vault.
"""

from __future__ import annotations

import sys
from pathlib import Path

from panoh.base.clock import Clock
from panoh.services import recovery, vault

PASSPHRASE = "apricot ladder seven rivers"


def backup(place: Path) -> None:
    with vault.unlock(place, "feruza", PASSPHRASE, clock=Clock()) as opened:
        print("ready", flush=True)
        while True:
            print("made", opened.backup().name, flush=True)


def restore(source: Path, folder: Path) -> None:
    print("ready", flush=True)
    n = 0
    while True:
        n += 1
        vault.restore(source, folder / str(n), "feruza", PASSPHRASE, clock=Clock())
        print("made", n, flush=True)


def put_back(place: Path) -> None:
    print("ready", flush=True)
    found = recovery.look(place, "feruza", PASSPHRASE, clock=Clock())
    assert found.best is not None
    recovery.put_back(place, found.best, "feruza", PASSPHRASE, clock=Clock())
    print("made it", flush=True)


if __name__ == "__main__":
    {"backup": backup, "restore": restore, "put_back": put_back}[sys.argv[1]](*map(Path, sys.argv[2:]))
