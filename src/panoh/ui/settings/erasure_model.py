"""The list of erasures: those that wait for a second person, who is due by retention, and who will be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine
from panoh.domain.vocabulary import Vocabularies
from panoh.services import caseload, erasing, retention
from panoh.services.desk import Desk
from panoh.services.erasing import Asked
from panoh.services.retention import Due, Preview
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import name_words

_MOST = 500  # people of other sites in the list at once; the others come as these go


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """Somebody who is to be erased, is due, or will be; or is of another site than the one whose caseload this vault holds."""

    line: PersonLine | None
    asked: Asked | None = None
    due: Due | None = None
    elsewhere: bool = False

    @property
    def key(self) -> str:
        """What tells this row from the others."""
        return self.asked.erasure.id if self.asked else self.line.id if self.line else ""


def read(desk: Desk) -> tuple[list[ErasureRow], Preview]:
    """The rows, and what retention says as a whole."""
    waiting, found = erasing.waiting(desk), retention.preview(desk)
    rows = [ErasureRow(one.line, asked=one) for one in waiting]
    rows += [ErasureRow(one.line, due=one) for one in found.people if not one.asked]
    there = {row.line.id for row in rows if row.line}
    others = caseload.of_other_sites(desk, _MOST + len(there))
    return rows + [ErasureRow(line, elsewhere=True) for line in others if line.id not in there][:_MOST], found


def erasure_model(runner: TaskRunner, words: Vocabularies, privacy: Privacy, today: Callable[[], date]) -> PagedModel:
    """The model of the list; its rows are ErasureRow."""

    def number(row: ErasureRow) -> str:
        return row.line.number if row.line else ""

    def name(row: ErasureRow) -> str:
        return name_words(row.line, today(), privacy) if row.line else _("not there any more")

    def why(row: ErasureRow) -> str:
        if row.asked:
            return words.label("erasure_why", row.asked.erasure.why)
        if row.due is None:
            return _("of another site: {site}").format(site=row.line.site_name) if row.elsewhere and row.line else ""
        since = day(row.due.since)
        told = _("case closed {day}") if row.due.because == retention.CLOSED else _("set aside {day}")
        return told.format(day=since)

    def state(row: ErasureRow) -> Cell:
        if row.asked:
            told = _("asked by you; another one agrees") if row.asked.mine else _("asked by {name}; waits for you")
            return Cell(told.format(name=row.asked.asked_by), icon="state.due")
        if row.due is None:
            return Cell(_("not of this vault's caseload") if row.elsewhere else "", icon="state.due")
        if row.due.due:
            return Cell(_("due since {day}").format(day=day(row.due.due_on)), icon="state.overdue")
        return Cell(_("kept until {day}").format(day=day(row.due.due_on)), tone="secondary")

    def spoken(row: ErasureRow) -> str:
        return ", ".join(part for part in (number(row), name(row), why(row), state(row).text) if part)

    columns = (
        Column("number", _("Number"), 136, lambda row: Cell(number(row))),
        Column("name", _("Name"), 0, lambda row: Cell(name(row))),
        Column("why", _("Why"), 330, lambda row: Cell(why(row))),
        Column("state", _("Where it stands"), 270, state),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.key)
