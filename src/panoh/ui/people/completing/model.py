"""Columns of the list of registrations to complete."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain.completeness import CRITICAL, WARNING
from panoh.domain.vocabulary import Vocabularies
from panoh.services.completing import ToComplete
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import name_words, who_words

_NAMED = 4  # gaps that a row names


def lacks_words(row: ToComplete) -> str:
    """The gravest of what is still to be asked: 'Photo, Nationality, Country of birth … and 9 more'."""
    gaps = row.found.gaps
    named = ", ".join(_(gap.label) for gap in gaps[:_NAMED])
    more = len(gaps) - _NAMED
    return _("{named} and {n} more").format(named=named, n=more) if more > 0 else named


def completing_model(
    runner: TaskRunner, words: Vocabularies, privacy: Privacy, today: Callable[[], date]
) -> PagedModel:
    """The model of the list; its rows are ToComplete."""

    def depth(row: ToComplete) -> str:
        now, then = (words.label("depth", code) for code in (row.depth, row.wanted))
        return _("{now}, next {then}").format(now=now, then=then.lower())

    def critical(row: ToComplete) -> Cell:
        count = len(row.found.of_grade(CRITICAL))
        return Cell(str(count), icon="state.warning" if count else "")

    def spoken(row: ToComplete) -> str:
        count = len(row.found.of_grade(CRITICAL))
        grave = ngettext("lacks {n} critical answer", "lacks {n} critical answers", count).format(n=count)
        who = who_words(row.line.sex, row.line.birth, today())
        return ", ".join(
            (row.line.number, name_words(row.line, today(), privacy), who, depth(row), grave, lacks_words(row))
        )

    columns = (
        Column("number", _("Number"), 136, lambda row: Cell(row.line.number)),
        Column("name", _("Name"), 200, lambda row: Cell(name_words(row.line, today(), privacy))),
        Column("depth", _("Depth"), 170, lambda row: Cell(depth(row))),
        Column("critical", _("Critical"), 76, critical, numeric=True),
        Column("warning", _("Warnings"), 84, lambda row: Cell(str(len(row.found.of_grade(WARNING)))), numeric=True),
        Column("lacks", _("Still to ask or look for"), 0, lambda row: Cell(lacks_words(row), tone="secondary")),
        Column("site", _("Site"), 150, lambda row: Cell(row.line.site_name)),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.line.id)
