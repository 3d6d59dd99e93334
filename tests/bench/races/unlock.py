"""Unlocking a vault of many people and twenty users, against what its passphrase costs alone."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from panoh.base.clock import Clock
from panoh.services import imports, users, vault
from panoh.services.desk import CASEWORKER
from panoh.store.keyfile import STANDARD
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import PASSPHRASE, USER

PEOPLE = 100_000
_SLOTS = 20
_ROUNDS = 9


def run(count: int, source: Path) -> Line:
    """Until the last of twenty users has the open vault, as the window opens it, against one derivation of the standard cost."""
    from nacl.pwhash import argon2id

    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
        place = Path(folder) / "vault"
        with vault.create(place, USER, PASSPHRASE, clock=Clock(), kdf=STANDARD).open as opened:
            imports.import_people(opened.desk, source, imports.Options())
            for at in range(_SLOTS):
                users.add(opened, f"user {at}", f"{PASSPHRASE} {at}", CASEWORKER, one_time=False)
        last, words = f"user {_SLOTS - 1}", f"{PASSPHRASE} {_SLOTS - 1}"

        def ours() -> float:
            opened: list[vault.OpenVault] = []
            took = milliseconds(
                lambda: opened.append(vault.unlock(place, last, words, clock=Clock(), levels_later=True))
            )
            opened[0].close()
            return took

        derive = partial(argon2id.kdf, 32, words.encode(), b"0" * 16, STANDARD.operations, STANDARD.memory)
        ours()
        mine, peer, noise = raced(ours, partial(milliseconds, derive), _ROUNDS)
    return Line("unlock", count, mine, "Argon2id alone", peer, mine / peer, 1.5, noise, {"slots": _SLOTS + 2})
