"""What the page says about a family: where an error stands, what saving will do, what was saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from panoh.base.errors import FieldProblem
from panoh.base.i18n import clock_time, day, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabulary
from panoh.services.registration import PRIVATE_TALK_WITHIN, SOUGHT, FamilyRow, SavedFamily
from panoh.ui.registration import cells
from panoh.ui.registration.cells import Column
from panoh.ui.registration.lines import Line


def place(field: str) -> tuple[int, int]:
    """Where a field stands on the page: the household (row -1) first, then row by row."""
    group, _dot, rest = field.partition(".")
    if group != "rows":
        return -1, 0
    at, _dot, name = rest.partition(".")
    return int(at), cells.COLUMN_OF[name]


def told(problem: FieldProblem) -> str:
    """The sentence for the summary, with the row and the column in front."""
    at, column = place(problem.field)
    return problem.text if at < 0 else cell_told(at, Column(column), problem.text)


def cell_told(at: int, column: Column, problem: str) -> str:
    """A problem with its place in front: 'Row 3, age or birth date: …'."""
    words = _("Row {n}, {column}: {problem}")
    return words.format(n=at + 1, column=cells.spoken_title(column), problem=problem)


def members(rows: Sequence[FamilyRow]) -> str:
    """How many there are: '5, of whom 3 are here'."""
    people = [row for row in rows if not row.empty]
    if not people:
        return ""
    here = sum(row.presence == cells.HERE for row in people)
    words = ngettext("{n}, of whom {here} is here", "{n}, of whom {here} are here", here)
    return words.format(n=len(people), here=here)


def sought(rows: Sequence[FamilyRow]) -> list[int]:
    """The rows for which a tracing request will be made, provided that someone is here to ask."""
    return [at for at, row in enumerate(rows) if row.presence in SOUGHT and not row.empty]


def someone_here(rows: Sequence[FamilyRow]) -> bool:
    """Whether anyone of the list is here: they ask for those who are not."""
    return any(row.presence == cells.HERE and not row.empty for row in rows)


def consequences(
    rows: Sequence[FamilyRow], presence: Vocabulary, now: datetime, say_name: Callable[[str], str]
) -> list[Line]:
    """What saving will do beyond the records: tracing requests and private tasks, counted from `now` (aware)."""
    made: list[Line] = []
    for at in sought(rows):
        words = (
            _("Row {n}, {where}: a tracing request is drafted for {name}.")
            if someone_here(rows)
            else _("Row {n}, {where}: nobody of this list is here to ask, so no tracing request is drafted.")
        )
        where = presence.label(rows[at].presence).lower()
        made.append(Line("state.separated", "text", words.format(n=at + 1, where=where, name=say_name(rows[at].name))))
    for at, row in enumerate(rows):
        if row.talk_alone and not row.empty:
            words = _("Row {n}, talk alone: a private task for you, due {when}. It states no reason.")
            made.append(Line("state.private_task", "text", words.format(n=at + 1, when=_due(now))))
    return made


def _due(now: datetime) -> str:
    due = (now + PRIVATE_TALK_WITHIN).astimezone()
    if due.date() == now.astimezone().date() + timedelta(days=1):
        return _("tomorrow {time}").format(time=clock_time(due))
    return _("{day}, {time}").format(day=day(due.date()), time=clock_time(due))


def saved_words(saved: SavedFamily, at: datetime) -> str:
    """What was made of a form: 'Saved 14:02: household KX7-00361-A, 5 people, 1 tracing request.'"""
    parts = [
        _("household {number}").format(number=saved.household.number),
        ngettext("{n} person", "{n} people", len(saved.people)).format(n=len(saved.people)),
    ]
    if saved.requests:
        count = len(saved.requests)
        parts.append(ngettext("{n} tracing request", "{n} tracing requests", count).format(n=count))
    return _("Saved {time}: {what}.").format(time=clock_time(at), what=", ".join(parts))
