"""The incidents in a person's record, for those who may see them: what happened, when, where, and how they were part of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.dates import UNKNOWN, words
from panoh.services import incidents
from panoh.services.desk import Desk
from panoh.services.incidents import OfPerson
from panoh.ui import errors
from panoh.ui.person.parts import RowTable
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel


class IncidentsPanel(Panel):
    """Incidents are noted, and people added to them, under Triage."""

    def __init__(self) -> None:
        super().__init__(_("Incidents"), sub=_("noted under Triage"))
        self._table = RowTable((3, 3, 3, 3, 3))
        self.body.addWidget(self._table)

    def read(self, desk: Desk, runner: TaskRunner, person_id: str, note: NoteBar) -> None:
        """Read and show the incidents of this person. Those of the person before go first, whatever becomes of it."""
        self._person_id = person_id
        self._table.set_rows([], _("None that you may see."))

        def show(found: Sequence[OfPerson]) -> None:
            if person_id == self._person_id:
                self._table.set_rows([_row(desk, one) for one in found], _("None that you may see."))

        def fail(error: AppError) -> None:
            errors.tell(note, error)

        runner.start(lambda _progress: incidents.of_person(desk, person_id), show, fail, owner=self)


def _row(desk: Desk, one: OfPerson) -> list[QWidget | str]:
    told, label = one.line.incident, desk.vocabularies.label
    happened = told.happened
    return [
        plain_label(label("incident_kind", told.kind), "bold", wrap=True),
        plain_label(label("incident_role", one.role), wrap=True),
        _("day not known") if happened.precision == UNKNOWN else words(happened),
        one.line.place or _("place not known"),
        plain_label(told.number, "secondary"),
    ]
