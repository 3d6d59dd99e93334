"""What happens on the Sites screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.services import sites
from panoh.services.desk import Changes, Desk
from panoh.services.drafts import Draft
from panoh.services.sites import FULLEST_FIRST, HouseholdLine, Site, SiteLine, SiteRecord
from panoh.ui.navigator import Navigator
from panoh.ui.privacy import Privacy
from panoh.ui.sites.editing import Editing
from panoh.ui.sites.giving import Giving
from panoh.ui.sites.model import state_spoken
from panoh.ui.sites.view import SitesView
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.table import PagedModel

_SHOWN_KINDS = frozenset({"Site", "Person", "Household", "BasicNeed", "Assistance"})
T = TypeVar("T")


class SitesPresenter(QObject):
    """The screen of the frame. `open_site` and `open_draft` are what the ways from other screens call."""

    changed = Signal(object)  # Changes of a write made here
    told_saved = Signal(str)  # words for the status bar
    help_page = "sites"

    def __init__(
        self,
        view: SitesView,
        households: PagedModel,
        desk: Desk,
        runner: TaskRunner,
        navigator: Navigator,
        privacy: Privacy,
    ) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Sites")
        self._view, self._households, self._desk, self._runner = view, households, desk, runner
        self._navigator = navigator
        self.editing = Editing(view, desk, runner, self._saved, self.told_saved.emit)
        self._order = (FULLEST_FIRST, False)
        self._wanted = ""  # the site to choose as soon as the list is there
        self._shown: SiteRecord | None = None
        self.giving = Giving(view, desk, runner, privacy, self._site, self._given)
        self._connect()
        view.show_order(FULLEST_FIRST)

    # --- the frame's side ---------------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """The list, and the record or the form; hidden ones are passed over."""
        view = self._view
        return (view.list, view.record, view.pane, view.split.fold)

    def opened(self) -> None:
        """Read the list; a form that is open keeps the keys."""
        self._read()
        if self._view.form_open:
            self._view.open_form()
        else:
            self._view.list.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Sites or who is there changed: read again."""
        if kinds & _SHOWN_KINDS:
            self._read()

    @property
    def marked(self) -> str:
        """The id of the site whose record shows, or ''."""
        return self._shown.line.site.id if self._shown else ""

    def open_site(self, site_id: str) -> None:
        """Choose this site in the list."""
        self._wanted = site_id
        self._read()

    def open_draft(self, draft: Draft) -> None:
        """Go on with a site that was typed."""
        self.editing.open_draft(draft)

    def keep_draft(self) -> None:
        """Write what was typed into the vault; to be called before it is locked."""
        self.editing.keep_draft()

    # --- reading ------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        by, descending = self._order
        self._view.model.open(
            lambda: sites.count(self._desk),
            lambda offset, limit: sites.page(self._desk, by, descending, offset, limit),
        )

    def _sort(self, key: str, descending: bool) -> None:
        self._order = (key, descending)
        self._read()

    def _counted(self, count: int) -> None:
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self._view.table.select_key(wanted)
        if not count:
            self._choose(None)

    def _choose(self, line: SiteLine | None) -> None:
        """Another row is chosen, or the same was read again: show its record."""
        line = line or self._view.table.current()
        if line is None:
            self._shown = None
            self._view.record.show_nothing(_("How full a site is, who is there and what is lacking will stand here."))
            self._view.split.set_fold_words(_("No site is chosen"))
            return
        words = _("{name}: {state}").format(name=line.site.name, state=state_spoken(line))
        self._view.split.set_fold_words(words)
        self._run(partial(sites.record, self._desk, line.site.id), self._show)

    def _show(self, found: SiteRecord) -> None:
        line, site = self._view.table.current(), found.line.site
        if line is None or line.site.id != site.id:
            return
        if self._shown is None or self._shown.line.site.id != site.id:
            self._view.record.to_top()
        self._shown = found
        self._view.record.show_record(found, self._desk.clock.today())
        self.giving.read(site)
        self._households.open(
            lambda: sites.household_count(self._desk, site.id),
            lambda offset, limit: sites.households(self._desk, site.id, offset, limit),
        )

    # --- wishes -------------------------------------------------------------------------------------------------------

    def _change(self) -> None:
        if self._shown is not None and not self._view.form_open:
            self.editing.change(self._shown.line.site)

    def _site(self) -> Site | None:
        return None if self._shown is None or self._view.form_open else self._shown.line.site

    def _given(self, changes: Changes) -> None:
        if self._shown is not None:
            self.giving.read(self._shown.line.site)
        self.changed.emit(changes)

    def _saved(self, site_id: str, changes: Changes) -> None:
        self.open_site(site_id)
        self.changed.emit(changes)

    def _open_household(self, line: HouseholdLine) -> None:
        self._navigator.open_person(line.first_person_id)

    def _connect(self) -> None:
        view = self._view
        view.new_asked.connect(self.editing.begin)
        view.record.change_asked.connect(self._change)
        view.record.household_opened.connect(self._open_household)
        view.table.current_changed.connect(self._choose)
        view.table.sort_asked.connect(self._sort)
        view.model.counted.connect(self._counted)
        for model in (view.model, self._households):
            model.failed.connect(self._fail)

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), on_done, self._fail, owner=self._view)

    def _fail(self, error: AppError) -> None:
        self._view.fail(error)
