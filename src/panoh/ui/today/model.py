"""The tables of Today and their words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from panoh.base.i18n import clock_time, day, number
from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine
from panoh.services.desk import Desk
from panoh.services.due import DueLine
from panoh.services.today import Today
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import due_spoken, due_words, name_words, waiting_spoken, waiting_words


def who_cell(desk: Desk, privacy: Privacy, line: PersonLine) -> Cell:
    """Who it is, with a lock where the level rests on facts that this user may not see."""
    hidden = line.restricted and not desk.may_see_restricted(line.owner_id)
    name = name_words(line, desk.clock.today(), privacy)
    words = _("{name}, restricted reason").format(name=name) if hidden else name
    return Cell(name, icon="state.restricted_reason" if hidden else "", spoken=words)


def task_model(runner: TaskRunner, desk: Desk, privacy: Privacy) -> PagedModel:
    """The model of what I am to do; its rows are DueLine."""

    def level(row: DueLine) -> Cell:
        return Cell(level=row.person.level or "unknown") if row.person else Cell()

    def due(row: DueLine) -> Cell:
        at, now = row.due_at, desk.clock.now()
        if at is None:
            return Cell(_("Any day"))
        late = at < now
        icon = "state.overdue" if late else "state.due"
        return Cell(due_words(at, now), icon=icon, tone="error" if late else "", spoken=due_spoken(at, now))

    def who(row: DueLine) -> Cell:
        return who_cell(desk, privacy, row.person) if row.person else Cell()

    columns = (
        Column("level", _("Level"), 116, level),
        Column("due", _("Due"), 160, due),
        Column("what", _("What"), 0, lambda row: Cell(row.what)),
        Column("who", _("Who"), 190, who),
    )
    return PagedModel(columns, runner, row_words=_spoken(columns), key=lambda row: row.key)


def nobody_model(runner: TaskRunner, desk: Desk, privacy: Privacy) -> PagedModel:
    """The model of those at critical and high whom nobody holds; its rows are PersonLine."""

    def waiting(line: PersonLine) -> Cell:
        if line.waiting_since is None:
            return Cell()
        time = desk.believed.now() - line.waiting_since
        return Cell(waiting_words(time), right=True, spoken=_("waiting {time}").format(time=waiting_spoken(time)))

    columns = (
        Column("level", _("Level"), 116, lambda line: Cell(level=line.level)),
        Column("who", _("Who"), 0, lambda line: who_cell(desk, privacy, line)),
        Column("waiting", _("Waiting"), 104, waiting, numeric=True),
    )
    return PagedModel(columns, runner, row_words=_spoken(columns), key=lambda line: line.id)


def _spoken(columns: tuple[Column, ...]) -> Callable[[object], str]:
    return lambda row: ", ".join(words for column in columns if (words := column.cell(row).words()))


def tasks_words(now: Today) -> str:
    """'2 overdue, 3 more today'; '' without tasks."""
    if not now.due.all:
        return ""
    return _("{overdue} overdue, {later} more today").format(
        overdue=number(now.due.overdue), later=number(now.due.today)
    )


def drafts_words(oldest: datetime | None, today: date) -> str:
    """'Drafts, the oldest from today 09:12'."""
    return _("Drafts, the oldest from {when}").format(when=_when(oldest, today)) if oldest else _("Drafts")


def _when(at: datetime, today: date) -> str:
    on = at.astimezone().date()
    words = _("today") if on == today else day(on, year=on.year != today.year)
    return _("{day} {time}").format(day=words, time=clock_time(at))
