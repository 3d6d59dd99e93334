"""The threat model points at modules and tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import panoh

PACKAGE, TESTS = Path(panoh.__file__).parent, Path(__file__).parent
_TEXT = (PACKAGE / "THREATS.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`([\w./]+(?:\.py|/))`", _TEXT)) - {"src/panoh/", "tests/"})


def test_it_names_enough_to_be_checked() -> None:
    assert len(NAMED) > 40


@pytest.mark.parametrize("name", NAMED)
def test_what_it_points_at_is_there(name: str) -> None:
    root = TESTS if name.rpartition("/")[2].startswith("test_") else PACKAGE
    assert (root / name).exists(), name
