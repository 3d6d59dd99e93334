"""Vaults full of people for the races, made once for each list."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from panoh.base.clock import Clock
from panoh.services import imports, vault
from panoh.services.desk import Desk
from panoh.store.keyfile import Kdf

USER, PASSPHRASE = "bench", "apricot ladder seven rivers"
kept: Path | None = None  # a folder where vaults stay for the next run, set by --keep


@contextmanager
def vault_of(source: Path, clock: Clock | None = None) -> Iterator[Desk]:
    """An unlocked vault with everyone of the list: thrown away, or found again in the folder of --keep.

    `clock` where what is measured rests on the day, as ages do that were told on the day of the list.
    """
    if kept is None:
        with (
            tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder,
            _filled(Path(folder) / "vault", source, clock) as desk,
        ):
            yield desk
        return
    place = kept / hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    if place.exists():
        with vault.unlock(place, USER, PASSPHRASE, clock=clock or Clock()) as opened:
            yield opened.desk
    else:
        with _filled(place, source, clock) as desk:
            yield desk


@contextmanager
def _filled(place: Path, source: Path, clock: Clock | None) -> Iterator[Desk]:
    with vault.create(place, USER, PASSPHRASE, clock=clock or Clock(), kdf=Kdf.cheap()).open as opened:
        imports.import_people(opened.desk, source, imports.Options())
        yield opened.desk
