"""The one runner of background work: one worker for the store, one for files, results on the window's thread.

    runner.start(work, on_done, on_error, owner=view)        # work(progress) runs on the store's worker
    task = runner.start(work, on_done, on_error, lane=FILES) # files, PDFs, backups
    ProgressPanel.watch(task, ...)                           # appears after 400 ms, with Cancel

`work` is given a Progress and should call its `step` often; after `task.cancel()` the next step raises
AppError('cancelled'), so that an open transaction rolls back. Results whose owner is gone are dropped.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from panoh.base.errors import AppError
from panoh.base.progress import Progress, Reporting

STORE, FILES = "store", "files"
T = TypeVar("T")
OnError = Callable[[AppError], object]
OnProgress = Callable[[int, int, str], object]


class Task:
    """One piece of work: whether it ended, and the way to stop it."""

    def __init__(self, owner: QObject | None, on_progress: OnProgress | None) -> None:
        self.ended = False
        self.kept = False  # it is done whatever happens: a draft
        self._owner = owner
        self._stop = threading.Event()
        self._watchers: list[OnProgress] = [on_progress] if on_progress else []
        self._at_end: list[Callable[[], object]] = []

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def watch(self, on_progress: OnProgress, at_end: Callable[[], object]) -> None:
        """Be told each step (done, total, what) and the end, on the window's thread."""
        self._watchers.append(on_progress)
        self._at_end.append(at_end)

    @property
    def watched(self) -> bool:
        """Whether its steps are shown: then it is long, and a person may stop it."""
        return bool(self._watchers)

    @property
    def wanted(self) -> bool:
        """Whether the one who asked is still there."""
        return self._owner is None or shiboken6.isValid(self._owner)

    def tell_progress(self, done: int, total: int, what: str) -> None:
        """Pass a step on to those who watch."""
        if self.wanted and not self.ended:
            for watcher in self._watchers:
                watcher(done, total, what)

    def end(self, deliver: Callable[[], object]) -> None:
        """Tell those who watch that it ended, then deliver the result, if anyone is left to take it."""
        self.ended = True
        for told in self._at_end:
            told()
        if self.wanted:
            deliver()


class TaskRunner(Protocol):
    """What presenters and models need of a runner."""

    def start(
        self,
        work: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        on_progress: OnProgress | None = None,
        *,
        owner: QObject | None = None,
        lane: str = STORE,
    ) -> Task:
        """Run `work` and hand its result to `on_done`, or its AppError to `on_error`."""


class _Steps:
    """The newest step of a task that the window has not seen yet; older ones are worth nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: tuple[int, int, str] | None = None

    def put(self, step: tuple[int, int, str]) -> bool:
        """Keep the step; True when the window must be woken for it."""
        with self._lock:
            wake = self._newest is None
            self._newest = step
        return wake

    def take(self) -> tuple[int, int, str] | None:
        """The newest step, once."""
        with self._lock:
            newest, self._newest = self._newest, None
        return newest


class Runner(QObject):
    """A worker thread a lane, from its first work until `shutdown`, before the application ends."""

    _arrived = Signal()  # carries nothing: what arrived lies in the deque

    def __init__(self, parent: QObject, on_bug: Callable[[BaseException], object]) -> None:
        super().__init__(parent)
        self._on_bug = on_bug
        self._results: deque[Callable[[], object]] = deque()
        self._lanes: dict[str, queue.SimpleQueue[Callable[[], object] | None]] = {}
        self._threads: list[threading.Thread] = []
        self._running: set[Task] = set()
        self._to_keep: list[AppError] | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        work: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        on_progress: OnProgress | None = None,
        *,
        owner: QObject | None = None,
        lane: str = STORE,
    ) -> Task:
        """Queue `work` behind what its lane has to do already; the callbacks run on the window's thread."""
        task = Task(owner, on_progress)
        self._running.add(task)
        failed = self._to_keep
        if failed is not None:
            task.kept, on_error = True, _noting(failed, on_error)
        context = copy_context()  # the language in force
        self._lane(lane).put(lambda: context.run(self._run, task, work, on_done, on_error))
        return task

    @contextmanager
    def keeping(self) -> Iterator[list[AppError]]:
        """What is started in here is done even when all else is stopped; why something of it was not is in the list."""
        failed: list[AppError] = []
        self._to_keep = failed
        try:
            yield failed
        finally:
            self._to_keep = None

    def has_long_work(self) -> bool:
        """Whether work goes on that shows its steps."""
        return any(task.watched for task in self._running)

    def stop_long_work(self) -> None:
        """Ask all work that shows its steps to stop; what is short, such as a save, is done."""
        for task in self._running:
            if task.watched:
                task.cancel()

    def shutdown(self) -> None:
        """Ask all work to stop that is not to be kept, wait for it, drop its results."""
        for task in self._running:
            if not task.kept:
                task.cancel()
        for lane in self._lanes.values():
            lane.put(None)
        for thread in self._threads:
            thread.join()
        self._results.clear()

    def _lane(self, name: str) -> queue.SimpleQueue[Callable[[], object] | None]:
        if name not in self._lanes:
            self._lanes[name] = queue.SimpleQueue()
            thread = threading.Thread(target=self._work, args=(self._lanes[name],), name=f"panoh-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()
        return self._lanes[name]

    @staticmethod
    def _work(jobs: queue.SimpleQueue[Callable[[], object] | None]) -> None:
        while (job := jobs.get()) is not None:
            job()
            job = None  # nothing that a job held outlives it while the next is waited for

    def _run(
        self, task: Task, work: Callable[[Progress], T], on_done: Callable[[T], object], on_error: OnError | None
    ) -> None:
        steps = _Steps()

        def report(done: int, total: int, what: str) -> None:
            if steps.put((done, total, what)):
                self._post(lambda: _tell(task, steps))

        try:
            if task.cancelled:
                raise AppError("cancelled")
            result = work(Reporting(report, lambda: task.cancelled))
        except Exception as error:  # every error must reach the window, else it waits for ever
            failed = error
            self._post(lambda: self._end(task, lambda: self._fail(failed, on_error)))
        else:
            self._post(lambda: self._end(task, lambda: on_done(result)))

    def _post(self, told: Callable[[], object]) -> None:
        self._results.append(told)
        self._arrived.emit()

    def _deliver(self) -> None:
        while self._results:
            self._results.popleft()()

    def _end(self, task: Task, deliver: Callable[[], object]) -> None:
        self._running.discard(task)
        task.end(deliver)

    def _fail(self, error: Exception, on_error: OnError | None) -> None:
        if not isinstance(error, AppError):
            self._on_bug(error)
            error = AppError("bug")
        if on_error:
            on_error(error)


def _noting(failed: list[AppError], told: OnError | None) -> OnError:
    def both(error: AppError) -> None:
        failed.append(error)
        if told:
            told(error)

    return both


def _tell(task: Task, steps: _Steps) -> None:
    step = steps.take()
    if step:
        task.tell_progress(*step)


class InlineRunner:
    """Does the work at once, where it is asked for: for tests. What is no AppError is raised."""

    def start(
        self,
        work: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        on_progress: OnProgress | None = None,
        *,
        owner: QObject | None = None,
        lane: str = STORE,
    ) -> Task:
        """Run `work` now."""
        del lane
        task = Task(owner, on_progress)
        deliver: Callable[[], Any]
        try:
            result = work(Reporting(task.tell_progress, lambda: task.cancelled))
        except AppError as error:
            failed = error
            deliver = (lambda: on_error(failed)) if on_error else (lambda: None)
        else:
            deliver = lambda: on_done(result)  # noqa: E731
        task.end(deliver)
        return task
