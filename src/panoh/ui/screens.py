"""Makes each screen of the workplace when it is first opened: its model, its view, its presenter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from panoh.base import logs
from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.services import duplicates, journal, shield
from panoh.ui.families.model import FamilyWords, families_model, family_model
from panoh.ui.families.presenter import FamiliesPresenter
from panoh.ui.families.view import FamiliesView
from panoh.ui.people.alike.model import AlikeWords, joined_model, pairs_model
from panoh.ui.people.alike.presenter import AlikePresenter
from panoh.ui.people.alike.view import AlikeView
from panoh.ui.people.aside.model import aside_model
from panoh.ui.people.aside.screen import AsidePresenter, AsideView
from panoh.ui.people.completing.model import completing_model
from panoh.ui.people.completing.screen import CompletingPresenter, CompletingView
from panoh.ui.people.drafts.model import drafts_model
from panoh.ui.people.drafts.screen import DraftsPresenter, DraftsView
from panoh.ui.people.lists import PeopleList, PeopleLists
from panoh.ui.people.model import people_model
from panoh.ui.people.papers.model import PaperWords, papers_model
from panoh.ui.people.papers.presenter import PapersPresenter
from panoh.ui.people.papers.view import PapersView
from panoh.ui.people.presenter import PeoplePresenter
from panoh.ui.people.view import PeopleView
from panoh.ui.person.presenter import PersonPresenter
from panoh.ui.person.view import PersonView
from panoh.ui.refoulement.presenter import RefoulementPresenter
from panoh.ui.refoulement.view import RefoulementView
from panoh.ui.registration.cells import Cells
from panoh.ui.registration.drafts import ONE
from panoh.ui.registration.grid_model import GridModel
from panoh.ui.registration.person_form import RegisterPersonView
from panoh.ui.registration.person_presenter import RegisterPerson
from panoh.ui.registration.presenter import RegisterFamily, Wishes
from panoh.ui.registration.services import services_of
from panoh.ui.registration.view import RegisterFamilyView
from panoh.ui.reports.screen import ReportsScreen
from panoh.ui.reports_area import reports_screen
from panoh.ui.settings.erasure import ErasureView
from panoh.ui.settings.erasure_model import erasure_model
from panoh.ui.settings.erasure_presenter import ErasurePresenter
from panoh.ui.settings.journal import JournalView
from panoh.ui.settings.journal_model import journal_model
from panoh.ui.settings.journal_presenter import JournalPresenter
from panoh.ui.settings.presenter import SettingsPresenter
from panoh.ui.settings.rules import RulesView
from panoh.ui.settings.rules_model import rules_model
from panoh.ui.settings.rules_presenter import RulesPresenter
from panoh.ui.settings.view import SettingsView
from panoh.ui.shell.screen import Area
from panoh.ui.shell.tabbed import Tab, TabbedScreen
from panoh.ui.shield_forms import put_up
from panoh.ui.sites.borders.model import days_model, points_model, states_model
from panoh.ui.sites.borders.presenter import BordersPresenter
from panoh.ui.sites.borders.view import BordersView
from panoh.ui.sites.dashboard.presenter import DashboardPresenter
from panoh.ui.sites.dashboard.view import DashboardView
from panoh.ui.sites.model import households_model, sites_model
from panoh.ui.sites.movements.model import movements_model
from panoh.ui.sites.movements.presenter import MovementsPresenter
from panoh.ui.sites.movements.view import MovementsView
from panoh.ui.sites.presenter import SitesPresenter
from panoh.ui.sites.record_panel import RecordPanel
from panoh.ui.sites.screen import SitesScreen
from panoh.ui.sites.site_form import SiteFormPane
from panoh.ui.sites.view import SitesView
from panoh.ui.today.model import nobody_model, task_model
from panoh.ui.today.presenter import TodayPresenter
from panoh.ui.today.view import TodayView
from panoh.ui.tracing.reuniting.presenter import ReunitingPresenter
from panoh.ui.tracing.screen import TracingScreen
from panoh.ui.tracing.verifying.presenter import VerifyingPresenter
from panoh.ui.tracing_area import tracing_screen
from panoh.ui.tracing_pages import reunions_screen, verification_screen
from panoh.ui.triage.screen import TriageScreen
from panoh.ui.triage_area import triage_screen

if TYPE_CHECKING:
    from panoh.ui.workplace import Workplace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ShownArea:
    """An area of the navigation with its word still to be translated, and the number that Ctrl goes with."""

    place: int
    key: str
    word: str

    def shown(self) -> Area:
        """The area in the language in force."""
        return Area(self.key, _(self.word), f"area.{self.key}", self.place)


AREAS = (
    ShownArea(1, "today", N_("Today")),
    ShownArea(2, "triage", N_("Triage")),
    ShownArea(3, "people", N_("People")),
    ShownArea(4, "families", N_("Families")),
    ShownArea(5, "tracing", N_("Tracing")),
    ShownArea(6, "sites", N_("Sites")),
    ShownArea(7, "reports", N_("Reports")),
    ShownArea(8, "settings", N_("Settings")),
)

# Pages of an area that its navigation does not list, each with that area.
BESIDE = (
    *((key, "people") for key in ("registration", "newcomer", "person", "refoulement")),
    *((key, "tracing") for key in ("verification", "reunions")),
)


class Screens:
    """One method a screen: called again, it gives the same presenter."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._made: dict[str, Any] = {}

    def today(self) -> TodayPresenter:
        """What is due, who waits, a few numbers."""
        return self._once("today", self._today)

    def triage(self) -> TriageScreen:
        """The queue with its reasons, the needs to review, incidents."""
        return self._once("triage", lambda: triage_screen(self._work))

    def people(self) -> PeopleLists:
        """The lists of people: everyone, to complete, lost papers."""
        return self._once("people", self._people)

    def families(self) -> FamiliesPresenter:
        """Households and the families across them."""
        return self._once("families", self._families)

    def person(self) -> PersonPresenter:
        """One record."""
        return self._once("person", self._person)

    def refoulement(self) -> RefoulementPresenter:
        """One person's refoulement assessment."""
        return self._once("refoulement", self._refoulement)

    def registration(self) -> RegisterFamily:
        """The grid for a family."""
        return self._once("registration", self._registration)

    def newcomer(self) -> RegisterPerson:
        """The form for one person."""
        return self._once("newcomer", self._newcomer)

    def tracing(self) -> TracingScreen:
        """Requests and their candidates, what is to be done, the flow."""
        return self._once("tracing", lambda: tracing_screen(self._work))

    def verification(self) -> VerifyingPresenter:
        """The worksheet of one verification."""
        return self._once("verification", lambda: verification_screen(self._work))

    def reunions(self) -> ReunitingPresenter:
        """The reunifications of one person."""
        return self._once("reunions", lambda: reunions_screen(self._work))

    def sites(self) -> SitesScreen:
        """Where people stay, where they cross, who moves."""
        return self._once("sites", self._sites)

    def reports(self) -> ReportsScreen:
        """Papers: the case summary, those of tracing."""
        return self._once("reports", lambda: reports_screen(self._work))

    def settings(self) -> SettingsPresenter | TabbedScreen:
        """The device, the vault, its users; for supervisors also erasure and the journal."""
        return self._once("settings", self._settings)

    def keep_drafts(self) -> None:
        """Have every screen that was opened write what is half typed into the vault; a mistake in one stops no other."""
        for made in self._made.values():
            keep = getattr(made, "keep_drafts", None) or getattr(made, "keep_draft", None)
            if keep is not None:
                try:
                    keep()
                except Exception as error:
                    logs.bug(error)

    def _once(self, key: str, make: Callable[[], T]) -> T:
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def _today(self) -> TodayPresenter:
        w = self._work
        view = TodayView(task_model(w.runner, w.desk, w.privacy), nobody_model(w.runner, w.desk, w.privacy))
        made = TodayPresenter(view, w.desk, w.runner, w, w.privacy)
        made.changed.connect(w.changed)
        return made

    def _people(self) -> PeopleLists:
        everyone = self._everyone()
        lists = [
            PeopleList("everyone", _("Everyone"), everyone),
            PeopleList("completing", _("To complete"), self._completing()),
            PeopleList("alike", _("Perhaps twice"), self._alike()),
            PeopleList("papers", _("Lost papers"), self._papers()),
            PeopleList("drafts", _("Drafts"), self._drafts()),
        ]
        if self._work.desk.is_supervisor:
            lists.append(PeopleList("aside", _("Set aside"), self._aside()))
        return PeopleLists(lists, everyone.show_search, everyone.show_part)

    def _completing(self) -> CompletingPresenter:
        w = self._work
        model = completing_model(w.runner, w.desk.vocabularies, w.privacy, w.desk.clock.today)
        return CompletingPresenter(CompletingView(model), w.desk, w)

    def _drafts(self) -> DraftsPresenter:
        w = self._work
        view = DraftsView(drafts_model(w.runner, w.privacy, w.desk.clock.today))
        return DraftsPresenter(view, w.desk, w.runner, w.open_draft, w.count_anew)

    def _aside(self) -> AsidePresenter:
        w = self._work
        model = aside_model(w.runner, w.desk.vocabularies, w.privacy, w.desk.clock.today)
        made = AsidePresenter(AsideView(model), w.desk, w.runner)
        made.changed.connect(w.changed)
        return made

    def _alike(self) -> AlikePresenter:
        w = self._work
        words = AlikeWords(w.desk.vocabularies, w.privacy, w.desk.clock.today)
        view = AlikeView(pairs_model(w.runner, words), joined_model(w.runner, words))
        made = AlikePresenter(view, w.desk, w.runner, w, words, w.opened.find_duplicates)
        made.changed.connect(w.changed)
        return made

    def _papers(self) -> PapersPresenter:
        w, today = self._work, self._work.desk.clock.today
        words = PaperWords(w.desk.vocabularies, w.privacy, today, partial(w.desk.name_of, "country"))
        made = PapersPresenter(PapersView(papers_model(w.runner, words, today)), w.desk, w.runner, w, words)
        made.changed.connect(w.changed)
        return made

    def _everyone(self) -> PeoplePresenter:
        w = self._work
        model = people_model(w.runner, w.desk.vocabularies, w.privacy, w.desk.clock.today)
        view = PeopleView(model, w.privacy)
        view.register_asked.connect(w.register_family)
        return PeoplePresenter(view, w.desk, w.runner, w)

    def _families(self) -> FamiliesPresenter:
        w = self._work
        today = w.desk.clock.today
        words = FamilyWords(w.desk.vocabularies, w.privacy, today)
        households = families_model(w.runner, w.desk.vocabularies, w.privacy)
        view = FamiliesView(households, family_model(w.runner, words, today))
        view.register_asked.connect(w.register_family)
        made = FamiliesPresenter(view, w.desk, w.runner, w, w.privacy, words)
        made.changed.connect(w.changed)
        return made

    def _person(self) -> PersonPresenter:
        w = self._work
        view = PersonView(w.desk.vocabularies, w.privacy, w.runner, w.desk.clock.today)
        made = PersonPresenter(view, w.desk, w.runner, w, w.privacy)
        view.changed.connect(lambda changes: w.changed(changes, made))  # it has read itself again already
        view.told_saved.connect(w.told_saved)
        view.family.reunion_asked.connect(lambda: w.open_reunions(made.subject))
        view.family.paper_asked.connect(lambda kind: w.open_tracing_paper(kind, made.subject))
        return made

    def _refoulement(self) -> RefoulementPresenter:
        w = self._work
        view = RefoulementView(w.desk.vocabularies)
        made = RefoulementPresenter(view, w.desk, w.runner, w, partial(shield.offered, w.desk))
        made.changed.connect(lambda changes: w.changed(changes, made))  # it has read itself again already
        made.shield_asked.connect(
            lambda one: put_up(view, w.desk, w.runner, one, lambda _form: None, made.shield_is_up, view.fail)
        )
        made.told_saved.connect(w.told_saved)
        return made

    def _registration(self) -> RegisterFamily:
        w, words = self._work, self._work.desk.vocabularies
        view = RegisterFamilyView(words, GridModel(Cells(words, w.desk.clock.today)))
        services = services_of(w.desk, duplicates.probable)
        wishes = Wishes(w.open_person, w.changed, w.told_saved)
        return RegisterFamily(view, services, w.runner, w.desk.clock, words, w.privacy, wishes)

    def _newcomer(self) -> RegisterPerson:
        w, words = self._work, self._work.desk.vocabularies
        services = services_of(w.desk, duplicates.probable, ONE)
        wishes = Wishes(w.open_person, w.changed, w.told_saved)
        return RegisterPerson(RegisterPersonView(words), services, w.runner, w.desk.clock, words, w.privacy, wishes)

    def _sites(self) -> SitesScreen:
        w, places = self._work, self._places()
        view = DashboardView(supervisor=w.desk.is_supervisor)
        dashboard = DashboardPresenter(view, w.desk, w.runner, w, lambda: places.marked)
        made = SitesScreen(places, dashboard, self._borders(), self._movements())
        for one in (made.places, made.borders, made.movements):
            one.changed.connect(lambda changes: self._work.changed(changes, made))  # it has read itself again already
        return made

    def _borders(self) -> BordersPresenter:
        w, words = self._work, self._work.desk.vocabularies
        points = points_model(w.runner, words, w.desk.clock.today)
        view = BordersView(points, states_model(w.runner, words), days_model(w.runner))
        return BordersPresenter(view, w.desk, w.runner)

    def _movements(self) -> MovementsPresenter:
        w = self._work
        return MovementsPresenter(MovementsView(movements_model(w.runner)), w.desk, w.runner)

    def _places(self) -> SitesPresenter:
        w, words = self._work, self._work.desk.vocabularies
        households = households_model(w.runner, words)
        model = sites_model(w.runner, words, w.desk.clock.today)
        view = SitesView(model, RecordPanel(words, households), SiteFormPane(words))
        made = SitesPresenter(view, households, w.desk, w.runner, w, w.privacy)
        made.told_saved.connect(w.told_saved)
        return made

    def _settings(self) -> SettingsPresenter | TabbedScreen:
        w, first = self._work, self._for_everyone()
        if not w.desk.is_supervisor:
            return first
        model = erasure_model(w.runner, w.desk.vocabularies, w.privacy, w.desk.clock.today)
        erasure = ErasurePresenter(ErasureView(model, head=w.desk.is_head), w.desk, w.runner, w.privacy)
        erasure.changed.connect(w.changed)
        names = journal.users(w.desk)
        view = JournalView(journal_model(w.runner, w.desk, names, w.privacy), list(names.items()))
        entries = JournalPresenter(view, w.desk, w.runner, w.opened.check_journal)
        rules = RulesPresenter(RulesView(rules_model(w.runner)), w.desk, w.runner)
        rules.changed.connect(w.changed)
        rules.rules_changed.connect(w.levels.start)
        pages = [
            Tab("settings", _("Settings"), first),
            Tab("rules", _("Triage rules"), rules),
            Tab("erasure", _("Erasure"), erasure),
            Tab("journal", _("Journal"), entries),
        ]
        return TabbedScreen(_("Settings"), _("Pages of the settings"), pages)

    def _for_everyone(self) -> SettingsPresenter:
        w = self._work
        view = SettingsView([("en", _("English"))], supervisor=w.desk.is_supervisor, head=w.desk.is_head)
        made = SettingsPresenter(view, w.opened, w.runner, w.window, w.privacy, w, w.known_signals, w.caretaker)
        made.changed.connect(w.changed)
        return made
