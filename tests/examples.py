"""How many examples a property test looks at: the same few every day, and many new ones when bugs are sought."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# `packaging/dev.py properties` multiplies the examples and draws new ones. The everyday run draws the same ones each
# time, so that it fails for who broke something and for nobody else.
_TIMES = int(os.environ.get("PANOH_EXAMPLES", "1"))


def set_usual() -> None:
    """What holds of every property test. A slow or busy machine fails none: how fast something is, the benchmarks say."""
    settings.register_profile(
        "panoh",
        max_examples=100 * _TIMES,
        derandomize=_TIMES == 1,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("panoh")


def examples(number: int = 100, *, share_fixtures: bool = False, deadline: int | None = None) -> settings:
    """A decorator: so many examples, and milliseconds that each may take, if any are given.

    With `share_fixtures` all of them get the same vault or folder: only for a test to which it does not matter what the
    examples before left there. Hypothesis refuses such a test otherwise.
    """
    shared = [HealthCheck.function_scoped_fixture] if share_fixtures else []
    return settings(
        max_examples=number * _TIMES, deadline=deadline, suppress_health_check=[HealthCheck.too_slow, *shared]
    )
