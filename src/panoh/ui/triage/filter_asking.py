"""Asking which part of the queue is to show: shown, kept under a name, or a kept one forgotten."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.services import queue_filters
from panoh.services.desk import Changes, Desk
from panoh.services.triage import QueueFilter
from panoh.ui.tasks import TaskRunner
from panoh.ui.triage.filter_form import FilterForm


def open_filter(
    form: FilterForm,
    desk: Desk,
    runner: TaskRunner,
    shown: Callable[[QueueFilter], object],
    kept: Callable[[Changes, QueueFilter | None], object],
) -> None:
    """Open the form; `shown` is told a filter without a name, `kept` what was written, with the filter that was kept."""

    def written(work: Callable[[], Changes], made: QueueFilter | None) -> None:
        def done(changes: Changes) -> None:
            form.accept()
            kept(changes, made)

        runner.start(lambda _progress: work(), done, form.fail, owner=form.parentWidget())

    def wanted(values: dict[str, str]) -> None:
        if problems := form.problems(values):
            form.show_problems(problems)
            return
        made, name = form.wanted_filter(values), values["name"].strip()
        if queue_filters.allowed(desk, made).site_id != made.site_id:
            form.show_problems([FieldProblem("site", _("Restricted reasons are listed of all sites together."))])
        elif name:
            written(partial(queue_filters.keep, desk, name, made), made)
        else:
            form.accept()
            shown(made)

    form.wanted.connect(wanted)
    form.forget_asked.connect(lambda view_id: written(partial(queue_filters.forget, desk, view_id), None))
    form.finished.connect(form.deleteLater)
    form.open()
