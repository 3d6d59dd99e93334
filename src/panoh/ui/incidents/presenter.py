"""What happens on the page Incidents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from panoh.base.errors import AppError
from panoh.base.i18n import clock_time, day, number
from panoh.base.i18n import gettext as _
from panoh.domain.incidents import Incident, IncidentReport
from panoh.services import border, incidents, registration
from panoh.services.desk import Changes, Desk
from panoh.services.incidents import IncidentLine, IncidentRecord, Timeline
from panoh.ui import errors
from panoh.ui.form_drafts import FormDraft
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.incidents.form import POINT, SITE, IncidentForm, incident_of
from panoh.ui.incidents.model import Chosen, when
from panoh.ui.incidents.people_forms import PersonForm, ReportForm
from panoh.ui.incidents.view import IncidentsView
from panoh.ui.navigator import Navigator
from panoh.ui.person_picker import PersonPicker
from panoh.ui.privacy import Privacy
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.choices import Choice
from panoh.ui.widgets.controls import offered
from panoh.ui.widgets.small_form import SmallForm

Work = Callable[[], Changes]


@dataclass(frozen=True, slots=True)
class _Read:
    """What stands around the list."""

    sites: list[Choice]
    points: list[Choice]
    told: Timeline
    kinds: Mapping[str, int]


class IncidentsPresenter(ListScreen[IncidentsView], QObject):
    """One of the lists of the Triage screen."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "incidents"
    shown_kinds = frozenset(
        {"Incident", "IncidentPerson", "IncidentReport", "Site", "BorderPoint", "Shield", "Case", "Person"}
    )

    def __init__(
        self, view: IncidentsView, desk: Desk, runner: TaskRunner, navigator: Navigator, privacy: Privacy
    ) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Incidents")
        self._view, self._desk, self._runner = view, desk, runner
        self._navigator, self._privacy = navigator, privacy
        self._chosen = Chosen()
        self._places: list[Choice] = []
        self._wanted = ""  # the incident to choose as soon as the list is there
        self._shown: IncidentRecord | None = None
        self.form: SmallForm | None = None
        self._connect()

    # --- reading ------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        desk, wanted = self._desk, self._chosen.wanted(self._desk.clock.today())
        every_kind = Chosen("", self._chosen.site_id, self._chosen.period).wanted(desk.clock.today())

        def read(_progress: object) -> _Read:
            sites = [(site.id, site.name) for site in registration.sites(desk)]
            points = [(now.point.id, now.point.name) for now in border.points(desk)]
            return _Read(sites, points, incidents.timeline(desk, wanted), incidents.by_kind(desk, every_kind))

        self._runner.start(read, self._show_around, self._fail, owner=self._view)
        self._view.model.open(
            lambda: incidents.count(desk, wanted), lambda offset, limit: incidents.page(desk, wanted, offset, limit)
        )

    def _show_around(self, found: _Read) -> None:
        label = self._desk.vocabularies.label
        names = {code: label("incident_kind", code) for code in found.kinds}
        kinds = [
            (code, _("{kind} ({n})").format(kind=word, n=number(found.kinds[code])) if code in found.kinds else word)
            for code, word in offered(self._desk.vocabularies, "incident_kind")
        ]
        self._places = [
            *((SITE + code, name) for code, name in found.sites),
            *((POINT + code, name) for code, name in found.points),
        ]
        self._view.show_choices(kinds, found.sites, self._chosen)
        shown = {code: count for code, count in found.kinds.items() if self._chosen.kind in ("", code)}
        self._view.show_counts(found.told, shown, names)

    def _filter(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._read()

    def _counted(self, count: int) -> None:
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self._view.table.select_key(wanted)
        if not count:
            self._choose(None)

    def _choose(self, line: IncidentLine | None) -> None:
        """Another row is chosen, or the same was read again: show its record."""
        line = line or self._view.table.current()
        if line is None:
            self._shown = None
            self._view.record.show_nothing()
            self._view.split.set_fold_words(_("No incident is chosen"))
            return
        kind = self._desk.vocabularies.label("incident_kind", line.incident.kind)
        self._view.split.set_fold_words(_("{kind}: {when}").format(kind=kind, when=when(line.incident)))
        self._runner.start(
            lambda _progress: incidents.record(self._desk, line.incident.id), self._show, self._fail, owner=self._view
        )

    def _show(self, found: IncidentRecord) -> None:
        line = self._view.table.current()
        if line is not None and line.incident.id == found.line.incident.id:
            self._shown = found
            self._view.record.show_record(found)

    # --- wishes -------------------------------------------------------------------------------------------------------

    def note(self) -> None:
        """Open the form of a new incident."""
        self._ask(Incident(id=""))

    def change(self) -> None:
        """Open the form of the one that shows."""
        if self._shown is not None and not self._shown.line.withheld:
            self._ask(self._shown.line.incident)

    def add_person(self) -> None:
        """Ask who was touched, and how."""
        if self._shown is None:
            return
        made, roles = self._shown.line, offered(self._desk.vocabularies, "incident_role")
        picker = PersonPicker(self._desk, self._runner, self._privacy)

        def read(form: FormReader) -> Work:
            person = form.needed("person", _("Find the person by name or number, and take them with Enter."))
            role = form.needed("role", _("Say how they were part of it."))
            return partial(incidents.add_person, self._desk, made.incident.id, person, role)

        self._open(PersonForm(self._view, picker, roles, by_role=made.restricted), read, made.incident.id)

    def tell_onwards(self) -> None:
        """Ask whom it was told to."""
        if self._shown is None or self._shown.line.withheld:
            return
        incident_id = self._shown.line.incident.id

        def read(form: FormReader) -> Work:
            told_to = form.needed("told_to", _("Say whom it was told."))
            report = IncidentReport(
                id="",
                incident_id=incident_id,
                told_to=told_to,
                told_on=form.day("told_on"),
                what=form.text("what", incidents.MOST_WHAT),
                reference=form.text("reference", incidents.MOST_WORDS),
            )
            return partial(incidents.tell_onwards, self._desk, report)

        self._open(ReportForm(self._view, day(self._desk.clock.today())), read, incident_id)

    def _ask(self, incident: Incident) -> None:
        words, places = self._desk.vocabularies, self._places

        def read(form: FormReader) -> Work:
            typed = incident_of(form, incident, words, places)
            known = {problem.field for problem in form.problems}
            form.problems += [one for one in incidents.problems(self._desk, typed) if one.field not in known]
            return partial(incidents.change, self._desk, typed) if incident.id else partial(self._note, typed)

        self._open(IncidentForm(self._view, words, places, incident, self._desk.clock.today), read, incident.id)

    def _note(self, typed: Incident) -> Changes:
        self._wanted, changes = incidents.note(self._desk, typed)
        return changes

    def _take_away(self, link_id: str) -> None:
        self._runner.start(
            lambda _progress: incidents.take_away_person(self._desk, link_id),
            self._written,
            self._fail,
            owner=self._view,
        )

    def _open(self, form: SmallForm, read: Callable[[FormReader], Work], about: str) -> None:
        """Open a form about an incident ('' for a new one) that stays until its work was done."""

        self.form = form
        FormDraft(form, self._desk, self._runner, about, of_person=False)
        open_form(form, self._desk, self._runner, read, self._written)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _written(self, changes: Changes) -> None:
        self._view.told.say(_("Saved {time}.").format(time=clock_time(self._desk.clock.now())))
        self._read()
        self._choose(None)
        self.changed.emit(changes)

    def _connect(self) -> None:
        view, record = self._view, self._view.record
        view.new_asked.connect(self.note)
        view.chosen.connect(self._filter)
        view.clear_asked.connect(lambda: self._filter(Chosen()))
        view.table.current_changed.connect(self._choose)
        view.model.counted.connect(self._counted)
        view.model.failed.connect(self._fail)
        record.change_asked.connect(self.change)
        record.add_asked.connect(self.add_person)
        record.report_asked.connect(self.tell_onwards)
        record.person_asked.connect(self._navigator.open_person)
        record.away_asked.connect(self._take_away)
        self._privacy.changed.connect(lambda: self._choose(None))

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
