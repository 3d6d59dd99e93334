"""Columns of the list of what is asked of supervisors, and how a row is spoken."""

from __future__ import annotations

from datetime import timedelta

from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment
from panoh.services.approvals import AskedLine
from panoh.services.desk import Desk
from panoh.ui.decision_words import by_words, decision_words, kind_words, proposed_words
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import name_words, waiting_spoken, waiting_words

WAITING, DECIDED = "waiting", "decided"
WHY = 2  # the column that takes the rest of the width


def approvals_model(runner: TaskRunner, desk: Desk, privacy: Privacy) -> PagedModel:
    """The model of the list; its rows are AskedLine."""

    def who(row: AskedLine) -> Cell:
        return Cell(name_words(row.line, desk.clock.today(), privacy), below=row.line.number)

    def what(row: AskedLine) -> Cell:
        return Cell(kind_words(desk, row.approval), below=proposed_words(desk, row.approval))

    def why(row: AskedLine) -> Cell:
        if row.withheld:
            return Cell(_("Shown by role"), icon="state.restricted_reason", tone="secondary")
        return Cell(row.approval.why, wrap=True)

    def asked(row: AskedLine) -> Cell:
        when = moment(row.approval.asked_at) if row.approval.asked_at else ""
        return Cell(_("you") if row.mine else row.asked_by, below=when)

    def state(row: AskedLine) -> Cell:
        if row.approval.decision:
            number = row.approval.export_no
            on_paper = _("paper {number}").format(number=number) if number else row.keyed_by
            return Cell(decision_words(desk, row.approval), below=on_paper)
        if row.approval.asked_at is None:
            return Cell(_("Waits"))
        return _waiting(desk.believed.now() - row.approval.asked_at)

    def spoken(row: AskedLine) -> str:
        cells = [cell(row).words() for cell in (what, who, why, asked, state)]
        return ", ".join(part for part in (*cells, by_words(row)) if part)

    columns = (
        Column("who", _("Who"), 168, who),
        Column("what", _("What is asked"), 176, what),
        Column("why", _("Why"), 0, why),
        Column("asked", _("Asked by"), 132, asked),
        Column("state", _("Decision"), 148, state),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.approval.id)


def _waiting(time: timedelta) -> Cell:
    words = _("waits {time}").format(time=waiting_words(time))
    return Cell(words, spoken=_("waiting {time}").format(time=waiting_spoken(time)))
