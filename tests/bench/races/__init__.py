"""One module a race: its usual number of PEOPLE, and `run(count, source)`, which gives its Line. The name is the module's."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from tests.bench.measure import Line


class Race(Protocol):
    """What every module here holds."""

    PEOPLE: int

    def run(self, count: int, source: Path) -> Line:
        """Race once, with this many people of the list at `source`."""
        ...


def every() -> list[str]:
    """Every race, by name."""
    return [module.name for module in iter_modules(__path__)]


def load(name: str) -> Race:
    """The race of this name."""
    return cast("Race", import_module(f"{__name__}.{name}"))
