"""The list of incidents, its filters, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from panoh.base.i18n import day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.dates import UNKNOWN, words
from panoh.domain.incidents import Incident
from panoh.domain.vocabulary import Vocabularies
from panoh.services.incidents import IncidentFilter, IncidentLine
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.choices import Choice
from panoh.ui.widgets.table import Column, PagedModel

PLACE = 2  # the column that takes the rest of the width
_DAYS_BACK = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filter as its boxes hold it: codes, '' for any. `period` is a number of days, or one day ('2010-06-12')."""

    kind: str = ""
    site_id: str = ""
    period: str = ""

    def wanted(self, today: date) -> IncidentFilter:
        """The incidents that this leaves."""
        since, until = None, None
        if self.period.isdecimal():
            since = today - timedelta(days=int(self.period) - 1)
        elif self.period:
            since = until = date.fromisoformat(self.period)
        return IncidentFilter(self.kind, self.site_id, since, until)


def period_choices(chosen: str) -> list[Choice]:
    """The periods that are offered, and the day that was chosen in the chart."""
    found = [("", _("Any day"))]
    found += [(str(n), ngettext("The last day", "The last {n} days", n).format(n=n)) for n in _DAYS_BACK]
    if chosen and not chosen.isdecimal():
        found.append((chosen, day(date.fromisoformat(chosen))))
    return found


def incidents_model(runner: TaskRunner, vocabularies: Vocabularies) -> PagedModel:
    """The model of the list; its rows are IncidentLine."""

    def kind(row: IncidentLine) -> Cell:
        name = vocabularies.label("incident_kind", row.incident.kind)
        if not row.restricted:
            return Cell(name, below=row.incident.number)
        spoken = _("{kind}, {number}, people shown by role").format(kind=name, number=row.incident.number)
        return Cell(name, below=row.incident.number, icon="state.restricted_reason", spoken=spoken)

    def people(row: IncidentLine) -> Cell:
        count = row.incident.people_told
        return Cell(number(count), right=True) if count else Cell(_("not known"), right=True, tone="secondary")

    def spoken(row: IncidentLine) -> str:
        count = row.incident.people_told
        told = ngettext("{n} person", "{n} people", count or 0).format(n=number(count or 0)) if count else ""
        parts = (kind(row).words(), when(row.incident), row.place or _("place not known"), told)
        return ", ".join(part for part in parts if part)

    columns = (
        Column("when", _("When"), 132, lambda row: Cell(when(row.incident), below=row.incident.at_hour)),
        Column("kind", _("What"), 196, kind),
        Column("place", _("Where"), 0, lambda row: place_cell(row.place)),
        Column("people", _("People told of"), 112, people, numeric=True),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.incident.id)


def when(incident: Incident) -> str:
    """The day as exactly as it is known."""
    told = incident.happened
    return _("day not known") if told.precision == UNKNOWN else words(told)


def place_cell(name: str) -> Cell:
    """Where it happened."""
    return Cell(name, wrap=True) if name else Cell(_("not known"), tone="secondary")
