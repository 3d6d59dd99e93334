"""A small form at work: what was typed is read, saved once, and the form goes when that was done; problems stand in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from panoh.base.errors import FieldProblem, FormProblems
from panoh.services.desk import Desk
from panoh.ui.form_reader import FormReader
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.small_form import SmallForm

T = TypeVar("T")
Read = Callable[[FormReader], Callable[[], T]]


def outcome_of(work: Callable[[], T]) -> T | list[FieldProblem]:
    """What a write gave, or the problems of its form."""
    try:
        return work()
    except FormProblems as found:
        return found.problems


def open_form(form: SmallForm, desk: Desk, runner: TaskRunner, read: Read[T], done: Callable[[T], object]) -> None:
    """Open the form with the keys in its first field.

    `read` turns the values into the work, or notes problems; `done` is told what the work gave, once the form is accepted.
    Whoever presses twice saves once.
    """
    under_way = False  # and stays so once it is done

    def wanted(values: dict[str, str]) -> None:
        nonlocal under_way
        if under_way:
            return
        reader = FormReader(desk, values)
        work = read(reader)
        form.show_problems(reader.problems)
        if not reader.problems:
            under_way = True
            runner.start(
                lambda _progress: outcome_of(work), ended, lambda error: again(partial(form.fail, error)), owner=form
            )

    def ended(outcome: T | list[FieldProblem]) -> None:
        if isinstance(outcome, list):
            again(partial(form.show_problems, outcome))
        else:
            form.accept()
            done(outcome)

    def again(tell: Callable[[], object]) -> None:
        nonlocal under_way
        under_way = False
        tell()

    form.wanted.connect(wanted)
    form.finished.connect(form.deleteLater)
    form.open()
    form.begin()
