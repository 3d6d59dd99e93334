"""The record of one incident: its facts, who was touched, whom it was told to, as far as this user may read it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from panoh.base.i18n import day, moment, number
from panoh.base.i18n import gettext as _
from panoh.domain.incidents import IncidentReport
from panoh.domain.vocabulary import Vocabularies
from panoh.services.incidents import IncidentRecord, Involved
from panoh.ui.incidents.model import when
from panoh.ui.privacy import Privacy
from panoh.ui.record_pane import RecordPane, link_to, stacked
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid, Panel


class IncidentPanel(RecordPane):
    """Shows an incident and tells what is wanted of it."""

    change_asked = Signal()
    add_asked = Signal()
    report_asked = Signal()
    person_asked = Signal(str)
    away_asked = Signal(str)  # id of the IncidentPerson

    def __init__(self, words: Vocabularies, privacy: Privacy) -> None:
        super().__init__(_("What happened, who was touched and whom it was told to will stand here."))
        self._words, self._privacy = words, privacy
        self.change_button = KeyButton(_("Change"), self.change_asked.emit, keys="Ctrl+E", icon="state.draft")
        self.add_button = KeyButton(_("Add…"), self.add_asked.emit, size="small", bold=True)
        self.report_button = KeyButton(_("Note…"), self.report_asked.emit, size="small", bold=True)
        self._title = plain_label("", "title bold", wrap=True)
        self._number = plain_label("", "secondary", wrap=True)
        self._by_role = NoteBar(tone="info", icon="state.restricted_reason")
        self._facts = FactGrid(label_width=112)
        self._what = plain_label("", wrap=True)
        self._people, self._reports = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self.show_nothing()

    def show_record(self, found: IncidentRecord) -> None:
        """Show an incident."""
        line, one = found.line, found.line.incident
        self._show_whole()
        self._title.setText(self._words.label("incident_kind", one.kind))
        self._number.setText(one.number)
        self._by_role.say(_withheld_words(found))
        show_when(self._by_role, line.restricted)
        self._facts.set_facts(*self._told(found))
        self._what.setText(one.what)
        show_when(self._what, bool(one.what))
        show_when(self.change_button, not line.withheld)
        show_when(self._reports_panel, not line.withheld)
        self._show_people(found)
        self._show_reports(found)
        order_tabs(self)

    def _told(self, found: IncidentRecord) -> list[tuple[str, str]]:
        one, label = found.line.incident, self._words.label
        hour = _("{day}, {hour}").format(day=when(one), hour=one.at_hour) if one.at_hour else when(one)
        facts = [
            (_("When"), hour),
            (_("Where"), found.line.place or _("not known")),
            (_("People told of"), number(one.people_told) if one.people_told else _("not known")),
            (_("By whom"), ", ".join(label("harm_agent", code) for code in one.by_whom)),
            (_("From"), label("source", one.source) if one.source else ""),
            (_("Reliable"), label("reliability", one.reliability) if one.reliability else ""),
            (_("Ended"), label("incident_outcome", one.outcome) if one.outcome else ""),
        ]
        if one.noted_at is not None:
            who = found.user_names.get(one.noted_by, _("Panoh"))
            facts.append((_("Noted"), _("{moment} by {who}").format(moment=moment(one.noted_at), who=who)))
        return [fact for fact in facts if fact[1]]

    def _show_people(self, found: IncidentRecord) -> None:
        clear(self._people)
        for one in found.people:
            self._people.addWidget(self._person_row(one))
        if not found.people:
            said = _("Nobody is named here yet.") if found.sees_everyone else _("Nobody whom you may see here.")
            self._people.addWidget(stacked(plain_label(said, "secondary", wrap=True)))

    def _person_row(self, one: Involved) -> QWidget:
        line = one.line
        away = LinkButton(
            _("Take out"),
            partial(self.away_asked.emit, one.link.id),
            spoken=_("Take {number} out of this incident").format(number=line.number),
        )
        role = plain_label(self._words.label("incident_role", one.link.role), "secondary", wrap=True)
        return stacked(link_to(line, self._privacy, self.person_asked.emit), role, away)

    def _show_reports(self, found: IncidentRecord) -> None:
        clear(self._reports)
        for one in found.reports:
            self._reports.addWidget(_report_row(one, found.user_names.get(one.told_by, "")))
        if not found.reports:
            self._reports.addWidget(stacked(plain_label(_("Told to nobody outside yet."), "secondary", wrap=True)))

    def _lay_out(self) -> None:
        people = Panel(_("Who was touched"), right=self.add_button)
        people.body.addLayout(self._people)
        self._reports_panel = Panel(_("Told onwards"), right=self.report_button)
        self._reports_panel.body.addLayout(self._reports)
        record = (self._title, self._number, self._by_role, self._facts, self._what, self.change_button)
        self._put(*record, people, self._reports_panel)


def _withheld_words(found: IncidentRecord) -> str:
    """What of a restricted kind is shown to whom; the same words whether there is anything or not."""
    people = _("Who was touched is shown to supervisors, and to whoever holds their case.")
    if not found.line.withheld:
        return people
    return " ".join((_("What happened is shown to supervisors, and to whoever noted it."), people))


def _report_row(one: IncidentReport, by: str) -> QWidget:
    head = _("{day}: {whom}").format(day=day(one.told_on), whom=one.told_to) if one.told_on else one.told_to
    said = ", ".join(part for part in (one.reference, by) if part)
    parts = [
        plain_label(head, "bold", wrap=True),
        plain_label(one.what, wrap=True),
        plain_label(said, "secondary", wrap=True),
    ]
    return stacked(*(part for part in parts if part.text()))
