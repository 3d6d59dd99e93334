"""What time changes, beside other work: people are assessed anew, a few at a time, so that whatever else is asked for goes
between, and leads whose time is over go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.base.progress import Progress
from panoh.services import leads, levels
from panoh.services.desk import Desk
from panoh.ui.tasks import TaskRunner

Say = Callable[[str], object]


class LevelsAnew(QObject):
    """`start` begins, once; `say` is told how far it is and '' at the end, `done` that levels may have changed."""

    def __init__(
        self,
        desk: Desk,
        runner: TaskRunner,
        say: Say,
        done: Callable[[], object],
        fail: Callable[[AppError], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self._say, self._done, self._fail = say, done, fail
        self._under_way = False

    def start(self) -> None:
        """What time changed, or other rules: ages, clocks, lapsing levels."""
        if not self._under_way:
            self._under_way = True
            self._go_on(0)

    def _go_on(self, before: int) -> None:
        def some(_step: Progress) -> tuple[int, int]:
            if not before:
                leads.expire(self._desk)  # nobody need wait for the levels: this takes no time
            count = levels.refresh_some(self._desk)
            return count, levels.still_due(self._desk) if count == levels.REFRESH_AT_ONCE else 0

        def refreshed(told: tuple[int, int]) -> None:
            count, left = told
            if count == levels.REFRESH_AT_ONCE:
                words = _("Levels are worked out anew: {n} of {count}")
                self._say(words.format(n=number(before + count), count=number(before + count + left)))
                self._go_on(before + count)
                return
            self._under_way = False
            if before + count:
                self._say("")
                self._done()

        def failed(error: AppError) -> None:
            self._under_way = False
            self._fail(error)

        self._runner.start(some, refreshed, failed, owner=self)
