"""Long work reports its steps here and learns here that it was cancelled."""

from __future__ import annotations

from collections.abc import Callable

from panoh.base.errors import AppError


class Progress:
    """What a long service is given: call `step` often; it raises AppError('cancelled') when asked to stop."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """Tell how much is done; raises AppError('cancelled') so that the open transaction rolls back."""


class Silent(Progress):
    """Progress that nobody watches."""


class Reporting(Progress):
    """Progress that calls `report(done, total, what)` and stops when `cancelled()` says so."""

    def __init__(self, report: Callable[[int, int, str], None], cancelled: Callable[[], bool] = lambda: False) -> None:
        self._report = report
        self._cancelled = cancelled

    def step(self, done: int, total: int, what: str = "") -> None:
        """Pass the step on, or stop."""
        if self._cancelled():
            raise AppError("cancelled")
        self._report(done, total, what)
