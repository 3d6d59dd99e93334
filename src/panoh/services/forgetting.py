"""What the program remembers of names to be quick, forgotten when a vault is locked."""

from __future__ import annotations

import sys

_PARTS = ("panoh.domain.", "panoh.services.", "panoh.exchange.")


def forget_names() -> None:
    """Empty every cache of functions that are called with names or other facts of people.

    Those that hold one entry are tables read from resources: they say nothing of anyone, and stay.
    """
    modules = [module for name, module in list(sys.modules.items()) if name.startswith(_PARTS)]
    for module in modules:
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear") and value.cache_info().maxsize != 1:
                value.cache_clear()
