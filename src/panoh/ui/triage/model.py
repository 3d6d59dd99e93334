"""Columns of the queue, how a row is spoken, the filters and the words of the side panel's head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from panoh.base.clock import Clock
from panoh.base.i18n import N_, clock_time, day, moment, ngettext
from panoh.base.i18n import gettext as _
from panoh.services.triage import QueueFilter, QueueItem
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import due_spoken, due_words, length_words, name_words, waiting_spoken, waiting_words, who_words

ALL, OVERDUE, NOBODY, MINE, CHILDREN = "all", "overdue", "nobody", "mine", "children"
CHIPS = {
    ALL: (N_("All levels"), N_("All levels")),
    OVERDUE: (N_("Overdue"), N_("Overdue {n}")),
    NOBODY: (N_("Nobody’s"), N_("Nobody’s {n}")),
    MINE: (N_("Mine"), N_("Mine {n}")),
    CHILDREN: (N_("Children alone"), N_("Children alone {n}")),
}


def narrowed(base: QueueFilter, chip: str, user_id: str) -> QueueFilter:
    """The part of the queue that a filter and a chip leave."""
    if chip == ALL:
        return base
    only: dict[str, dict[str, object]] = {
        OVERDUE: {"overdue": True},
        NOBODY: {"nobody": True, "owner_id": ""},
        MINE: {"owner_id": user_id, "nobody": False},
        CHILDREN: {"children_alone": True},
    }
    return replace(base, **only[chip])  # type: ignore[arg-type]


def chip_of(wanted: QueueFilter, user_id: str) -> str:
    """The chip that stands for this filter."""
    mine = bool(user_id) and wanted.owner_id == user_id
    on = {OVERDUE: wanted.overdue, NOBODY: wanted.nobody, MINE: mine, CHILDREN: wanted.children_alone}
    return next((chip for chip, is_on in on.items() if is_on), ALL)


def without_chip(wanted: QueueFilter, chip: str) -> QueueFilter:
    """What is left of a filter when its chip stands for itself."""
    plain: dict[str, dict[str, object]] = {
        ALL: {},
        OVERDUE: {"overdue": False},
        NOBODY: {"nobody": False},
        MINE: {"owner_id": ""},
        CHILDREN: {"children_alone": False},
    }
    return replace(wanted, **plain[chip])  # type: ignore[arg-type]


def chip_words(chip: str, count: int | None) -> str:
    """The word on a chip, with how many people it leaves once that is known."""
    plain, counted = CHIPS[chip]
    return _(plain) if count is None else _(counted).format(n=count)


def queue_model(runner: TaskRunner, clock: Clock, privacy: Privacy) -> PagedModel:
    """The model of the queue; its rows are QueueItem."""

    def who(item: QueueItem) -> Cell:
        return who_cell(item, name_words(item.line, clock.today(), privacy))

    def due(item: QueueItem) -> Cell:
        at, now = item.line.due_at, clock.now()
        return Cell(due_words(at, now), tone="error" if is_overdue(at, now) else "", spoken=due_spoken(at, now))

    def waiting(item: QueueItem) -> Cell:
        since = item.line.waiting_since
        if since is None:
            return Cell()
        time = clock.now() - since
        return Cell(waiting_words(time), right=True, spoken=_("waiting {time}").format(time=waiting_spoken(time)))

    def owner(item: QueueItem) -> Cell:
        return Cell(item.line.owner_name) if item.line.owner_name else Cell(_("nobody"), tone="secondary")

    def why(item: QueueItem) -> Cell:
        return Cell(item.why, wrap=True)

    def level(item: QueueItem) -> Cell:
        return Cell(level=item.line.level or "unknown")

    def spoken(item: QueueItem) -> str:
        return ", ".join(words for cell in (level, due, who, why, waiting, owner) if (words := cell(item).words()))

    columns = (
        Column("level", _("Level"), 124, level),
        Column("due", _("Due"), 132, due),
        Column("who", _("Who"), 160, who),
        Column("why", _("Why"), 0, why),
        Column("waiting", _("Waiting"), 96, waiting, numeric=True),
        Column("owner", _("Owner"), 90, owner),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda item: item.line.id)


def who_cell(item: QueueItem, name: str) -> Cell:
    """Who it is, with a lock where the level rests on facts that this user may not see."""
    number = item.line.number
    if not item.restricted:
        return Cell(name, below=number)
    spoken = _("{name}, {number}, restricted reason").format(name=name, number=number)
    return Cell(name, below=number, icon="state.restricted_reason", spoken=spoken)


def is_overdue(due: datetime | None, now: datetime) -> bool:
    """Whether the first action should have been taken already."""
    return due is not None and due < now


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the reasons, in words."""

    level: str
    number: str
    name: str  # as it may be shown now; '' when none is recorded
    who: str
    owner: str
    due: str
    overdue: bool
    lapsed: str = ""  # that a level set by hand has lapsed


def head_of(item: QueueItem, clock: Clock, privacy: Privacy) -> Head:
    """The head of the side panel for this person."""
    line, now, lapsed = item.line, clock.now(), item.marks.lapsed_on
    return Head(
        level=line.level,
        number=line.number,
        name=privacy.name(line.full_name),
        who=who_words(line.sex, line.birth, clock.today()),
        owner=line.owner_name or _("nobody’s yet"),
        due=due_line(line.due_at, now),
        overdue=is_overdue(line.due_at, now),
        lapsed=_("set level lapsed {day}, review").format(day=day(lapsed)) if lapsed else "",
    )


def due_line(due: datetime | None, now: datetime) -> str:
    """'Overdue by 40 min: was due 13:22', 'Due today 17:30', 'Due at the next contact'."""
    if due is None:
        return _("Due at the next contact")
    if due >= now:
        return _("Due: {when}").format(when=due_words(due, now))
    local = due.astimezone()
    at = clock_time(due) if local.date() == now.astimezone().date() else moment(due, year=local.year != now.year)
    return _("Overdue by {time}: was due {at}").format(time=length_words(now - due), at=at)


def rules_line(rules: Sequence[str]) -> str:
    """'Rules T02, T17. Lowering a level needs a supervisor.'"""
    named = list(dict.fromkeys(rule for rule in rules if rule))
    lowering = _("Lowering a level needs a supervisor.")
    if not named:
        return lowering
    words = ngettext("Rule {rules}. {lowering}", "Rules {rules}. {lowering}", len(named))
    return words.format(rules=", ".join(named), lowering=lowering)
