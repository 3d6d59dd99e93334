"""Wrong tries: each one after the third makes the next wait longer.

It slows whoever guesses at this window. Who copies the vault guesses elsewhere: against that stand only the length of
the passphrases and what one guess costs (store/keyfile.py).
"""

from __future__ import annotations

from collections.abc import Callable

FREE = 3  # wrong tries without a wait
LONGEST = 60  # seconds


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong tries in a row: 0, 0, 2, 4, 8 … 60."""
    return 0 if wrong < FREE else int(min(LONGEST, 2 ** (wrong - FREE + 1)))


class Tries:
    """Wrong tries in a row at this window, whatever the vault and the name. `now` is a clock that only goes forward, in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._wrong, self._until = 0, 0.0

    def failed(self) -> int:
        """One more; the seconds to wait."""
        self._wrong += 1
        seconds = wait_after(self._wrong)
        self._until = self._now() + seconds
        return seconds

    def right(self) -> None:
        """Somebody knew it."""
        self._wrong, self._until = 0, 0.0

    @property
    def left(self) -> int:
        """Whole seconds that are still to be waited."""
        return max(0, int(self._until - self._now() + 0.999))
