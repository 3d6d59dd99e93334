"""The worklists of tracing: their names, what each holds, and its rows in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from panoh.base.i18n import N_, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.tracing_work import WorkLine
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.model import relation_word
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import name_words, who_words

CHILDREN, IDLE, VISITS = "children", "idle", "follow_ups"
LATE = frozenset({IDLE, VISITS})  # what tracing_work.overdue counts
# Each list: its name, and what stands in its place when nothing is to be done.
LISTS: dict[str, tuple[str, str]] = {
    CHILDREN: (N_("Children without a request"), N_("Every unaccompanied or separated child has a request.")),
    IDLE: (N_("Nothing done for a week"), N_("Something was done for every request within the last week.")),
    "strong": (N_("Strong matches to answer"), N_("Every strong match was looked at.")),
    "verify": (N_("Confirmed, to be verified"), N_("Every confirmed match was verified.")),
    VISITS: (N_("Visits after a reunification"), N_("No visit is due.")),
}


@dataclass(frozen=True, slots=True)
class Worklist:
    """One list with its count."""

    kind: str
    count: int


def lists_model(runner: TaskRunner) -> PagedModel:
    """The lists; its rows are Worklist."""

    def name(row: Worklist) -> str:
        return _(LISTS[row.kind][0])

    def spoken(row: Worklist) -> str:
        words = _("{list}: {n}, late") if row.count and row.kind in LATE else _("{list}: {n}")
        return words.format(list=name(row), n=row.count)

    def cell(row: Worklist) -> Cell:
        late = row.count and row.kind in LATE  # together they are the number that Today and the navigation tell
        return Cell(name(row), tone="bold" if row.count else "", icon="state.overdue" if late else "")

    columns = (
        Column("name", _("What is to be done"), 0, cell),
        Column("count", _("Number"), 90, lambda row: Cell(number(row.count), right=True), numeric=True),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.kind)


def work_model(runner: TaskRunner, words: Vocabularies, privacy: Privacy, today: Callable[[], date]) -> PagedModel:
    """What one list holds; its rows are WorkLine."""

    def person(row: WorkLine) -> str:
        return name_words(row.person, today(), privacy) if row.person else ""

    def who(row: WorkLine) -> Cell:
        if row.person is None:
            return Cell("")
        return Cell(
            person(row), below=", ".join((who_words(row.person.sex, row.person.birth, today()), row.person.number))
        )

    def request(row: WorkLine) -> Cell:
        if row.request is None:
            return Cell(_("none"), tone="secondary")
        sought = privacy.name(row.request.sought_name) or _("no name recorded")
        relation = relation_word(words, row.request.relation, row.request.sex)
        asker = privacy.name(row.request.inquirer_name) or _("nobody named")
        asked = _("{relation}, asked by {name}").format(relation=relation, name=asker) if relation else asker
        return Cell(_("{number}, {name}").format(number=row.request.number, name=sought), below=asked)

    def waits(row: WorkLine) -> str:
        if row.since is None:
            return ""
        days = (today() - row.since).days
        return ngettext("{n} day", "{n} days", days).format(n=number(days)) if days else _("since today")

    def spoken(row: WorkLine) -> str:
        return ", ".join(part for part in (request(row).text, who(row).text, who(row).below, waits(row)) if part)

    columns = (
        Column("request", _("Request"), 0, request),
        Column("who", _("Person"), 0, who),
        Column("waits", _("Waits"), 110, lambda row: Cell(waits(row), right=True), numeric=True),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.key)
