"""How many examples a property test looks at: the same few every day, and many new ones when bugs are sought."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# `packaging/dev.py properties` multiplies the examples and draws new ones. The everyday run draws the same ones each
# time, so that it fails for who broke something and for nobody else.
_TIMES = int(os.environ.get("PANOH_EXAMPLES", "1"))


def set_usual() -> None:
    """What holds of every property test. How fast something is, is for the benchmarks to say, not for a deadline."""
    settings.register_profile(
        "panoh",
        max_examples=100 * _TIMES,
        derandomize=_TIMES == 1,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    settings.load_profile("panoh")


def examples(number: int) -> settings:
    """A decorator: so many examples instead of the usual hundred."""
    return settings(max_examples=number * _TIMES)
