"""What happened to a person at the border, by day: the newest day is the border status that stands in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.border import BorderEvent
from panoh.domain.person import Person
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.person.parts import RowTable
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import Panel


class BorderPanel(Panel):
    """Shows the days and tells what is wanted: `add_asked`, and `away_asked` with a BorderEvent noted by mistake."""

    add_asked = Signal()
    away_asked = Signal(object)

    def __init__(self, words: Vocabularies) -> None:
        add = KeyButton(_("Add what happened…"), icon="action.add", size="small", bold=True)
        super().__init__(_("At the border, by day"), sub=_("the newest day is the status"), right=add)
        add.clicked.connect(lambda _checked: self.add_asked.emit())
        self._words = words
        self._rows = RowTable((3, 5, 5, 4, 2))
        self.body.addWidget(self._rows)

    def show_events(self, person: Person, events: Sequence[BorderEvent], points: Mapping[str, str]) -> None:
        """Show these, the newest first; `points` gives the names of the border points."""
        rows = [self._row(event, points) for event in events] or self._as_registered(person)
        self._rows.set_rows(rows, _("Nothing is recorded about the border."))

    def _row(self, event: BorderEvent, points: Mapping[str, str]) -> list[QWidget | str]:
        when, status = self._when(event), self._words.label("border_status", event.status)
        source = self._words.label("source", event.source) if event.source else _("source not recorded")
        away = LinkButton(
            _("Take away…"),
            partial(self.away_asked.emit, event),
            spoken=_("Take away: {status}, {when}").format(status=status, when=when),
        )
        point = points.get(event.border_point_id, "")
        return [
            when,
            plain_label(status, "bold", wrap=True),
            point or plain_label(_("place not recorded"), "secondary", wrap=True),
            plain_label(source, "secondary", wrap=True),
            away,
        ]

    def _as_registered(self, person: Person) -> list[list[QWidget | str]]:
        """The status of someone about whom no day was noted since they were registered."""
        if not person.border_status:
            return []
        on = person.border_status_on
        status = plain_label(self._words.label("border_status", person.border_status), "bold", wrap=True)
        told = plain_label(_("as registered"), "secondary", wrap=True)
        return [[day(on) if on else _("day not known"), status, told, "", ""]]

    @staticmethod
    def _when(event: BorderEvent) -> str:
        return day(event.happened_on) if event.happened_on else _("day not known")
