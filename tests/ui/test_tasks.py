from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from panoh.base.errors import AppError
from panoh.base.i18n import language, speaking
from panoh.base.progress import Progress
from panoh.ui.tasks import FILES, InlineRunner, Runner
from panoh.ui.widgets.progress import ProgressPanel


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def runner(dressed: QApplication, bugs: list[BaseException]) -> Iterator[Runner]:
    made = Runner(dressed, bugs.append)
    yield made
    made.shutdown()
    made.deleteLater()


def test_the_result_comes_on_the_windows_thread(runner: Runner, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool, bool]] = []
    window = QThread.currentThread()

    def work(_progress: Progress) -> str:
        seen.append(("work", threading.current_thread() is threading.main_thread(), False))
        return "done"

    runner.start(work, lambda result: seen.append((result, QThread.currentThread() is window, True)))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [("work", False, False), ("done", True, True)]


def test_work_of_one_lane_runs_in_order_and_lanes_run_beside_each_other(runner: Runner, qtbot: QtBot) -> None:
    order: list[int] = []
    release = threading.Event()
    runner.start(lambda _progress: release.wait(5), lambda _result: order.append(-1), lane=FILES)
    for number in range(20):
        runner.start(lambda _progress, n=number: n, order.append)
    qtbot.waitUntil(lambda: len(order) == 20)
    release.set()
    qtbot.waitUntil(lambda: len(order) == 21)
    assert order == [*range(20), -1]


def test_an_error_of_the_users_world_reaches_the_one_who_asked(runner: Runner, qtbot: QtBot) -> None:
    errors: list[AppError] = []

    def work(_progress: Progress) -> None:
        raise AppError("disk.full")

    runner.start(work, lambda _result: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code == "disk.full"


def test_a_bug_is_told_twice_for_the_dialog_and_for_the_page(
    runner: Runner, qtbot: QtBot, bugs: list[BaseException]
) -> None:
    errors: list[AppError] = []
    runner.start(lambda _progress: 1 / 0, lambda _result: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code == "bug"
    assert isinstance(bugs[0], ZeroDivisionError)


def test_cancel_stops_at_the_next_step_and_the_newest_step_is_told(runner: Runner, qtbot: QtBot) -> None:
    started, errors, steps = threading.Event(), list[AppError](), list[tuple[int, int, str]]()

    def work(progress: Progress) -> None:
        for done in range(1_000_000):
            progress.step(done, 1_000_000, "rows")
            started.set()

    task = runner.start(work, lambda _result: None, errors.append, lambda *step: steps.append(step))
    assert started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code == "cancelled"
    assert task.ended
    assert len(steps) <= 2  # steps that the window had no time for are passed over


def test_what_waits_in_line_is_cancelled_too(runner: Runner, qtbot: QtBot) -> None:
    release, errors = threading.Event(), list[AppError]()
    runner.start(lambda _progress: release.wait(5), lambda _result: None)
    task = runner.start(lambda _progress: pytest.fail("ran"), lambda _result: None, errors.append)
    task.cancel()
    release.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code == "cancelled"


def test_what_is_to_be_kept_is_done_even_when_the_program_ends(runner: Runner) -> None:
    release, done = threading.Event(), list[str]()
    runner.start(lambda _progress: release.wait(5), lambda _result: None)
    with runner.keeping():
        runner.start(lambda _progress: done.append("draft"), lambda _result: None)
    runner.start(lambda _progress: done.append("list"), lambda _result: None)
    threading.Timer(0.1, release.set).start()
    runner.shutdown()
    assert done == ["draft"]


def test_why_something_was_not_kept_is_told(runner: Runner, qtbot: QtBot) -> None:
    told: list[AppError] = []

    def full(_progress: Progress) -> None:
        raise AppError("disk.full")

    with runner.keeping() as failed:
        runner.start(full, lambda _result: None, told.append)
    runner.start(full, lambda _result: None, told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert [error.code for error in failed] == ["disk.full"]


def test_long_work_is_what_shows_its_steps(runner: Runner, qtbot: QtBot) -> None:
    release, saved, errors = threading.Event(), list[object](), list[AppError]()
    runner.start(lambda _progress: release.wait(5), lambda _result: None)
    assert not runner.has_long_work()
    runner.start(lambda _progress: "list", saved.append, errors.append, lambda *_step: None)
    runner.start(lambda _progress: "save", saved.append, errors.append)
    assert runner.has_long_work()
    runner.stop_long_work()
    release.set()
    qtbot.waitUntil(lambda: len(saved) + len(errors) == 2)
    assert saved == ["save"]
    assert errors[0].code == "cancelled"


def test_a_result_whose_owner_is_gone_is_dropped(runner: Runner, qtbot: QtBot, dressed: QApplication) -> None:
    owner, release, seen = QObject(), threading.Event(), list[object]()
    runner.start(lambda _progress: release.wait(5), seen.append, owner=owner)
    owner.deleteLater()
    dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    release.set()
    ended: list[object] = []
    runner.start(lambda _progress: None, ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    assert seen == []


def test_the_language_goes_along(runner: Runner, qtbot: QtBot) -> None:
    seen: list[str] = []
    with speaking("ru"):
        runner.start(lambda _progress: language(), seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["ru"]


def test_the_inline_runner_works_at_once(dressed: QApplication) -> None:
    seen: list[object] = []

    def fail(_progress: Progress) -> None:
        raise AppError("disk.full")

    InlineRunner().start(lambda progress: progress.step(1, 2) or 5, seen.append, on_progress=lambda *s: seen.append(s))
    InlineRunner().start(fail, seen.append, lambda error: seen.append(error.code))
    assert seen == [(1, 2, ""), 5, "disk.full"]
    with pytest.raises(ZeroDivisionError):
        InlineRunner().start(lambda _progress: 1 / 0, seen.append)


def test_the_panel_shows_long_work_only_and_cancels_it(runner: Runner, qtbot: QtBot) -> None:
    panel = ProgressPanel()
    qtbot.addWidget(panel)
    release, errors = threading.Event(), list[AppError]()

    def work(progress: Progress) -> None:
        progress.step(300, 1000, "people.csv")
        release.wait(5)
        progress.step(301, 1000, "people.csv")

    task = runner.start(work, lambda _result: None, errors.append)
    panel.watch(task, "Importing people")
    assert not panel.isVisible()
    qtbot.waitUntil(panel.isVisible, timeout=3000)
    assert panel.accessibleName() == "Importing people"
    assert panel.accessibleDescription() == "people.csv: 300 of 1,000 done, 700 left"
    panel.cancel_button.click()
    release.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code == "cancelled"
    assert not panel.isVisible()
