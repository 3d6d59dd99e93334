"""Tables of the border points: the list, the states of one, who was noted there by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from panoh.base.i18n import country_name, day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.border import BorderPointState
from panoh.domain.vocabulary import Vocabularies
from panoh.services.border import DayAtPoint, PointNow, state_on
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel

NAME = 0  # the column that takes the rest of the width
_WAITING, _LET_IN, _BACK = "waiting", "admitted", "turned_back"  # vocab border_status


def points_model(runner: TaskRunner, words: Vocabularies, today: Callable[[], date]) -> PagedModel:
    """The list of border points; its rows are PointNow."""

    def name(row: PointNow) -> Cell:
        return Cell(row.point.name, below=countries_words(row))

    def state(row: PointNow) -> Cell:
        now = state_on(row, today())
        if now is None:
            return Cell(_("not noted yet"), tone="secondary", spoken=_("state not noted yet"))
        return Cell(
            words.label("border_state", now.state),
            below=now.let_through,
            icon="" if now.state == "open" else "state.warning",
            spoken=state_words(words, now),
        )

    def since(row: PointNow) -> Cell:
        now = state_on(row, today())
        return Cell(day(now.since) if now else "", spoken=_("since {day}").format(day=day(now.since)) if now else "")

    def counted(status: str) -> Callable[[PointNow], Cell]:
        return lambda row: Cell(number(on_day(row, today(), status)), right=True)

    def spoken(row: PointNow) -> str:
        parts = [row.point.name, countries_words(row), state(row).words(), since(row).words()]
        parts.append(ngettext("{n} person waits", "{n} people wait", row.waiting).format(n=number(row.waiting)))
        let_in, back = on_day(row, today(), _LET_IN), on_day(row, today(), _BACK)
        parts.append(_("today {n} let in, {back} turned back").format(n=number(let_in), back=number(back)))
        return ", ".join(part for part in parts if part)

    columns = (
        Column("name", _("Border point"), 0, name),
        Column("state", _("Today"), 156, state),
        Column("since", _("Since"), 104, since),
        Column("waiting", _("Waiting"), 76, lambda row: Cell(number(row.waiting), right=True), numeric=True),
        Column("let_in", _("In today"), 80, counted(_LET_IN), numeric=True),
        Column("back", _("Back today"), 92, counted(_BACK), numeric=True),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.point.id)


def states_model(runner: TaskRunner, words: Vocabularies) -> PagedModel:
    """The states of a point, the newest first; its rows are BorderPointState."""

    def source(row: BorderPointState) -> str:
        return words.label("source", row.source) if row.source else ""

    def spoken(row: BorderPointState) -> str:
        when = _("since {day}").format(day=day(row.since))
        return ", ".join(part for part in (when, state_words(words, row), source(row)) if part)

    def state(row: BorderPointState) -> Cell:
        below = ", ".join(part for part in (row.let_through, source(row)) if part)
        return Cell(words.label("border_state", row.state), below=below)

    columns = (
        Column("since", _("Since"), 120, lambda row: Cell(day(row.since))),
        Column("state", _("State"), 0, state),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.id)


def days_model(runner: TaskRunner) -> PagedModel:
    """Who was noted at a point, day by day; its rows are DayAtPoint."""

    def when(row: DayAtPoint) -> str:
        return day(row.day) if row.day else _("day not known")

    def people(status: str) -> Callable[[DayAtPoint], Cell]:
        return lambda row: Cell(number(row.people.get(status, 0)), right=True)

    def spoken(row: DayAtPoint) -> str:
        waiting, let_in, back = (number(row.people.get(status, 0)) for status in (_WAITING, _LET_IN, _BACK))
        told = _("{waiting} began to wait, {let_in} let in, {back} turned back")
        return f"{when(row)}, {told.format(waiting=waiting, let_in=let_in, back=back)}"

    columns = (
        Column("day", _("Day"), 0, lambda row: Cell(when(row))),
        Column("waiting", _("Waiting"), 72, people(_WAITING), numeric=True),
        Column("let_in", _("Let in"), 60, people(_LET_IN), numeric=True),
        Column("back", _("Back"), 60, people(_BACK), numeric=True),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: str(row.day))


def on_day(row: PointNow, on: date, status: str) -> int:
    """How many people were noted at a point with a border status on a day."""
    return sum(each.people.get(status, 0) for each in row.days if each.day == on)


def countries_words(row: PointNow) -> str:
    """'Kyrgyzstan to Uzbekistan'; '' where neither is recorded."""
    start, end = (country_name(code) or code for code in (row.point.from_country, row.point.to_country))
    if start and end:
        return _("{start} to {end}").format(start=start, end=end)
    return start or end


def state_words(words: Vocabularies, state: BorderPointState) -> str:
    """'Some let through: women and children'."""
    return ": ".join(part for part in (words.label("border_state", state.state), state.let_through) if part)
