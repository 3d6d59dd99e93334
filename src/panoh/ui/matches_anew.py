"""Comparing who is sought with who is registered, beside other work: candidates appear by themselves after a save."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from panoh.base.errors import AppError
from panoh.base.progress import Progress
from panoh.services.open_vault import OpenVault
from panoh.ui.tasks import FILES, TaskRunner

_SILENT = ("cancelled", "vault.locked")  # the vault was locked meanwhile: what is due stays marked

_SHOWN_WITH = frozenset({"MatchDecision"})  # kept candidates are no records: told as what is shown beside them


class MatchesAnew(QObject):
    """`start` begins, once; `done` is told what to read again when candidates may be others.

    On the worker for files: after a list was brought in everyone is compared, and reading goes on meanwhile.
    """

    def __init__(
        self,
        opened: OpenVault,
        runner: TaskRunner,
        done: Callable[[frozenset[str]], object],
        fail: Callable[[AppError], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._opened, self._runner, self._done, self._fail = opened, runner, done, fail
        self._under_way = self._asked_again = False

    def start(self) -> None:
        """Do what is due, some at a time."""
        if self._under_way:
            self._asked_again = True
        elif not self._opened.desk.store.read_only:
            self._under_way = True
            self._go_on(0)

    def _go_on(self, before: int) -> None:
        def some(step: Progress) -> int:
            return self._opened.rematch(step)

        def compared(count: int) -> None:
            again, self._asked_again = self._asked_again or count > 0, False
            if again:
                self._go_on(before + count)
                return
            self._under_way = False
            if before:
                self._done(_SHOWN_WITH)

        def failed(error: AppError) -> None:
            self._under_way = False
            if error.code not in _SILENT:
                self._fail(error)

        self._runner.start(some, compared, failed, owner=self, lane=FILES)
