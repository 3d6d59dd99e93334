"""The office that most tests of services work in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.services import verification_people
from tests.services.access_people import Office, office

from panoh.base.clock import FixedClock

second, two = verification_people.second, verification_people.two  # where a module has its one office in `at`


@pytest.fixture
def at(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    """An office of the test's own with nobody registered: a supervisor, a holder, another caseworker."""
    made = office(tmp_path / "vault", clock)
    with made.opened:
        yield made
