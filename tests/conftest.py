"""What every test may use: a clock that stands still, and an unlocked vault of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no test needs a screen

import pytest

from panoh.base.clock import FixedClock
from panoh.services import vault
from panoh.services.desk import Desk
from panoh.store.keys import Kdf
from tests import examples

CHEAP = Kdf.cheap()
examples.set_usual()
PASSPHRASE = "apricot ladder seven rivers"
START = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    """14 June 2010, 09:00 UTC."""
    return FixedClock(START)


@pytest.fixture
def opened(tmp_path: Path, clock: FixedClock) -> Iterator[vault.OpenVault]:
    """A new vault, unlocked by its first user, a supervisor."""
    made = vault.create(tmp_path / "vault", "feruza", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP)
    with made.open as opened:
        yield opened


@pytest.fixture
def desk(opened: vault.OpenVault) -> Desk:
    """The desk of that vault."""
    return opened.desk
