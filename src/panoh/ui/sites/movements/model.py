"""The list of movements, and its words."""

from __future__ import annotations

from panoh.base.i18n import day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.border import NORTH_TO_SOUTH, SOUTH_TO_NORTH
from panoh.services.border import MovementLine
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel

REMARKS = 5  # the column that takes the rest of the width


def movements_model(runner: TaskRunner) -> PagedModel:
    """The model of the list; its rows are MovementLine."""

    def spoken(row: MovementLine) -> str:
        start, end = row.from_name or _("a place not known"), row.to_name or _("a place not known")
        count = row.movement.people
        people = ngettext("{n} person", "{n} people", count or 0).format(n=number(count or 0)) if count else ""
        way = _("from {start} to {end}").format(start=start, end=end)
        parts = (when(row), done(row).text, way, people, way_words(row), row.movement.remarks)
        return ", ".join(part for part in parts if part)

    def people_cell(row: MovementLine) -> Cell:
        count = row.movement.people
        return Cell(number(count), right=True) if count else Cell(_("not known"), right=True, tone="secondary")

    columns = (
        Column("when", _("Day"), 144, lambda row: Cell(when(row), below=done(row).text, icon=done(row).icon)),
        Column("from", _("From"), 210, lambda row: place_cell(row.from_name)),
        Column("to", _("To"), 210, lambda row: place_cell(row.to_name)),
        Column("people", _("People"), 92, people_cell, numeric=True),
        Column("way", _("Way"), 132, lambda row: Cell(way_words(row))),
        Column("remarks", _("Remarks"), 0, lambda row: Cell(row.movement.remarks, tone="secondary")),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.movement.id)


def when(row: MovementLine) -> str:
    """The day, or that nobody said it."""
    return day(row.movement.moved_on) if row.movement.moved_on else _("day not known")


def done(row: MovementLine) -> Cell:
    """Whether it is still to come."""
    if row.planned:
        return Cell(_("planned"), icon="state.due")
    return Cell(_("done") if row.movement.moved_on else "")


def place_cell(name: str) -> Cell:
    """One end of a movement."""
    return Cell(name) if name else Cell(_("not known"), tone="secondary")


def way_words(row: MovementLine) -> str:
    """'South to north', for movements between the two parts of the country."""
    return {SOUTH_TO_NORTH: _("South to north"), NORTH_TO_SOUTH: _("North to south")}.get(row.way, "")
