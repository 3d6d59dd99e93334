"""Columns of the list of records that were set aside: who, why, since when, how many days are left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from panoh.base.i18n import day, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.aside import Aside
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import name_words


def left_words(row: Aside) -> str:
    """'12 days left', or that it is too late."""
    if not row.days_left:
        return _("proposed for erasure")
    return ngettext("{n} day left", "{n} days left", row.days_left).format(n=row.days_left)


def aside_model(runner: TaskRunner, words: Vocabularies, privacy: Privacy, today: Callable[[], date]) -> PagedModel:
    """The model of the list; its rows are Aside."""

    def why(row: Aside) -> str:
        return words.label("removal_why", row.why)

    def when(row: Aside) -> str:
        return day(row.at.astimezone().date()) if row.at else ""

    def name(row: Aside) -> str:
        return name_words(row.line, today(), privacy)

    def spoken(row: Aside) -> str:
        return ", ".join((row.line.number, name(row), why(row), when(row), row.by, left_words(row)))

    columns = (
        Column("number", _("Number"), 136, lambda row: Cell(row.line.number)),
        Column("name", _("Name"), 0, lambda row: Cell(name(row))),
        Column("why", _("Why"), 220, lambda row: Cell(why(row))),
        Column("when", _("Set aside on"), 130, lambda row: Cell(when(row))),
        Column("by", _("By"), 120, lambda row: Cell(row.by)),
        Column(
            "left", _("To bring back"), 170, lambda row: Cell(left_words(row), tone="" if row.days_left else "error")
        ),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.line.id)
