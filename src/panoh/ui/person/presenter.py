"""The record of one person: reads it, keeps drafts, saves a tab at a time, and does what its buttons ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import clock_time
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.services import completing, households, needs, person_edit
from panoh.services.desk import Changes, Desk
from panoh.services.person_edit import Opened
from panoh.ui.form_reader import Edit
from panoh.ui.form_work import outcome_of
from panoh.ui.navigator import Among, Navigator
from panoh.ui.person import case_form, consent_form, household_form, identity_form, needs_form
from panoh.ui.person.actions import Actions
from panoh.ui.person.basic_needs_work import BasicNeeds
from panoh.ui.person.casework.asking import Asking
from panoh.ui.person.casework.child_work import ChildWork
from panoh.ui.person.casework.closing import Closing
from panoh.ui.person.casework.handing import HandingOver
from panoh.ui.person.casework.part import Hands
from panoh.ui.person.casework.work import CaseWork
from panoh.ui.person.description_work import DescriptionPart
from panoh.ui.person.drafts import Drafts
from panoh.ui.person.endings import Endings
from panoh.ui.person.fields import Values
from panoh.ui.person.files import Files
from panoh.ui.person.history import HistoryPart
from panoh.ui.person.sealed import SealedPart
from panoh.ui.person.shield import ShieldPart
from panoh.ui.person.shown import Shown
from panoh.ui.person.view import CASE, CONSENT, FAMILY, FILES, HISTORY, IDENTITY, NEEDS, SEALED, SUMMARY, PersonView
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner

T = TypeVar("T")


class PersonPresenter:
    """The screen of the frame. `show` says whose record; the frame then opens it."""

    help_page = "person"

    def __init__(
        self, view: PersonView, desk: Desk, runner: TaskRunner, navigator: Navigator, privacy: Privacy
    ) -> None:
        self.title = _("Person")
        self._view, self._desk, self._runner = view, desk, runner
        self._navigator, self._privacy = navigator, privacy
        self._person_id = ""
        self._among: Among | None = None
        self._came_from = ""
        self._case_field = ""  # where the keys go once the record is read
        self._opened: Opened | None = None
        self._base: dict[str, Values] = {}
        self._drafts = Drafts(view, desk, runner, self._dirty_values, self._recover)
        parts = (view.note, desk, runner, privacy, lambda: self._person_id, self._written)
        self.files = Files(view.files, *parts)
        self.sealed = SealedPart(view.sealed, *parts)
        self.shield = ShieldPart(view.sealed.shield, view.note, desk, runner, lambda: self._person_id, self._written)
        self.actions = Actions(view, desk, runner, privacy, lambda: self._opened, self._written)
        hands = Hands(view, desk, runner, self.actions, lambda: self._opened, self._written)
        self.casework, self.closing, self.handing = CaseWork(hands), Closing(hands), HandingOver(hands)
        self.asking, self.child = Asking(hands), ChildWork(hands, privacy)
        self.description, self.history = DescriptionPart(hands), HistoryPart(hands)
        self.basic = BasicNeeds(view.needs.basic, desk, runner, self.actions, lambda: self._opened)
        self.endings = Endings(view, desk, self.actions, lambda: self._opened, navigator.back)
        self._connect()

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    @property
    def subject(self) -> str:
        """Whose record shows."""
        return self._person_id

    def panes(self) -> Sequence[QWidget]:
        """The way bar, the record, the footer."""
        return (self._view.way, self._view.tabs, self._view.pages, self._view.footer)

    def show(self, person_id: str, among: Among | None = None, came_from: str = "") -> None:
        """Choose whose record shows from now on, out of which list, and what screen `back` leads to.

        What was not saved of the record before is kept as its draft.
        """
        self._drafts.keep_now()
        if person_id != self._person_id:
            self._base = {}
            self._opened = None
            self._view.set_read(False)
            self._view.show_tab(SUMMARY)
            self._view.offer.hide()
            for tab in self._view.edit_tabs.values():
                tab.fold()
        self._person_id, self._among = person_id, among
        self._came_from = (among.title if among else came_from) or _("Back")
        self._view.note.hide()

    def opened(self) -> None:
        """Read the record; the keys go to its tabs."""
        self._show_way()
        if not self._case_field:
            self._view.tabs.setFocus()
        self._read(self._begin_work)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Records changed: read again. What is being edited stays as it stands."""
        if kinds and self._person_id:
            self._read()

    def go_to_case_field(self, key: str) -> None:
        """When the record opens next, put the keys into this field of the case: 'wish', 'options.1.what'."""
        self._case_field = key

    def show_needs(self) -> None:
        """Bring the needs to the front."""
        self._view.show_tab(NEEDS)

    def keep_drafts(self) -> None:
        """Write what is not saved into the vault; called before it is locked."""
        self._drafts.keep_now()

    # --- reading --------------------------------------------------------------------------------------------------

    def _read(self, then: Callable[[], object] = lambda: None) -> None:
        person_id = self._person_id

        def show(opened: Opened) -> None:
            if person_id == self._person_id:
                self._show(opened)
                then()

        self._do(lambda: person_edit.opened(self._desk, person_id), show)

    def _show(self, opened: Opened) -> None:
        self._opened = opened
        view, owner = opened.view, opened.view.case.owner_id if opened.view.case else ""
        self._view.identity.set_offers(opened.offers)
        self._view.identity.set_restricted(view.may_see_restricted)
        self._view.identity.show_progress(completing.of_record(opened))
        self._view.needs.set_offers(opened.offers)
        self._view.family.set_offers(opened.offers)
        self._view.consent.set_offers(opened.offers)
        self._view.needs.set_restricted(view.may_see_restricted, self._restricted_words(opened), not owner)
        self._view.needs.show_about(view.needs, opened.about_needs)
        self._view.show_record(self._shown(opened), owner == self._desk.user.id)
        self.shield.show(view.shield)
        self.basic.read(view.person.id, self._view.fail)
        self.description.read(view.person.id, self._view.fail)
        self._view.family.incidents.read(self._desk, self._runner, view.person.id, self._view.note)
        for key, values in self._values(opened).items():
            self._fill(key, values)
        self._view.set_read(True)
        self._show_state()
        self._read_tab()

    def _read_tab(self) -> None:
        """Read what a tab shows that is not part of the record: its history, its files."""
        if self._view.tab == HISTORY:
            self.history.read()
        elif self._view.tab == FILES and self._opened is not None:
            self.files.read(withheld=self._opened.view.case_withheld)
        elif self._view.tab == SEALED and self._opened is not None:
            self.sealed.read(may_read=self._opened.view.may_see_restricted)

    def _fill(self, key: str, values: Values) -> None:
        """Put what is recorded now into a tab; a field in which someone is typing keeps what stands there.

        The base is what an unchanged form reads: its own words for the values.
        """
        tab, base = self._view.edit_tabs[key], self._base.get(key, {})
        stands = tab.values()
        typed = {name for name in values if name in base and stands[name] != base[name]}
        tab.set_values({n: value for n, value in values.items() if n not in typed and stands.get(n) != value})
        self._base[key] = {**tab.values(), **{name: values[name] for name in typed}}
        if not typed:
            tab.show_problems([])

    def _shown(self, opened: Opened) -> Shown:
        return Shown(self._desk, self._privacy, opened)

    def _values(self, opened: Opened) -> dict[str, Values]:
        return {
            IDENTITY: identity_form.values_of(self._desk, opened),
            NEEDS: needs_form.values_of(opened),
            FAMILY: household_form.values_of(opened),
            CASE: case_form.values_of(opened),
            CONSENT: consent_form.values_of(self._desk, opened),
        }

    def _restricted_words(self, opened: Opened) -> str:
        if opened.view.owner_name:
            return _("{who} holds this case. Ask them or a supervisor.").format(who=opened.view.owner_name)
        return _(
            "Nobody holds this case. Who takes it may read what is restricted, and that is written in the journal."
        )

    # --- editing --------------------------------------------------------------------------------------------------

    def _is_dirty(self, key: str) -> bool:
        return key in self._base and self._view.edit_tabs[key].values() != self._base[key]

    def _dirty_values(self) -> tuple[str, dict[str, Values]]:
        dirty = {key: tab.values() for key, tab in self._view.edit_tabs.items() if self._is_dirty(key)}
        return self._person_id, dirty

    def _edited(self, _key: str) -> None:
        if self._opened is not None:
            self._view.plan_draft()
            self._show_state()

    def _show_state(self) -> None:
        key = self._view.tab
        dirty = key in self._view.edit_tabs and self._is_dirty(key)
        words = _("Not saved yet; kept as a draft.") if dirty else _("Nothing to save.")
        self._view.show_state(words, dirty=dirty)

    def save(self, key: str) -> None:
        """Save a tab; what cannot be kept is told at its place, and nothing typed is lost."""
        opened = self._opened
        if opened is None:
            return
        if not self._is_dirty(key):
            self._view.edit_tabs[key].fold()
            self._show_state()
            return
        values = self._view.edit_tabs[key].values()
        self._do(lambda: self._save(key, opened, values), partial(self._saved, key, values))

    def _save(self, key: str, opened: Opened, values: Values) -> Changes | list[FieldProblem]:
        def save() -> Changes:
            edit = self._edit(key, opened, values)
            keep = {FAMILY: households.change, NEEDS: needs.save}.get(key, person_edit.save)
            return keep(self._desk, edit.kept, edit.removed)

        return outcome_of(save)

    def _edit(self, key: str, opened: Opened, values: Values) -> Edit:
        if key == IDENTITY:
            return identity_form.edit_of(self._desk, opened, values)
        if key == NEEDS:
            return needs_form.edit_of(self._desk, opened, values)
        if key == FAMILY:
            return household_form.edit_of(self._desk, opened, values)
        if key == CASE:
            return case_form.edit_of(self._desk, opened, values)
        return consent_form.edit_of(self._desk, opened, values)

    def _saved(self, key: str, values: Values, outcome: Changes | list[FieldProblem]) -> None:
        tab = self._view.edit_tabs[key]
        if isinstance(outcome, list):
            tab.show_problems(outcome, _("Everything that was typed is still here and kept as a draft."))
            return
        tab.show_problems([])
        self._base[key] = values
        self._drafts.drop(key)
        if self._is_dirty(key):  # typed on while it was being saved
            self._view.plan_draft()
        else:
            tab.fold()
        self._written(outcome)

    def undo(self, key: str) -> None:
        """Put a tab back to what is recorded, and forget its draft."""
        if self._opened is not None:
            tab = self._view.edit_tabs[key]
            tab.set_values(self._values(self._opened)[key])
            tab.show_problems([])
            self._base[key] = tab.values()
            tab.fold()
            self._drafts.drop(key)
            self._show_state()

    def _begin_work(self) -> None:
        self._offer_draft()
        if self._case_field:
            self._view.show_tab(CASE)
            self._view.case.go_to(self._case_field)
            self._case_field = ""

    def _offer_draft(self) -> None:
        self._drafts.offer(self._person_id)

    def _recover(self, key: str, values: Values) -> None:
        self._view.edit_tabs[key].set_values(values)
        self._view.edit_tabs[key].unfold()
        self._view.show_tab(key)
        self._show_state()

    # --- the way ----------------------------------------------------------------------------------------------------

    def _show_way(self) -> None:
        among = self._among
        if among is None:
            self._view.way.show_way(self._came_from, "", before=False, after=False)
            return
        place = among.words.format(n=among.at + 1, count=among.count)
        self._view.way.show_way(self._came_from, place, before=among.at > 0, after=among.at < among.count - 1)

    def _step(self, by: int) -> None:
        among = self._among
        if among is None or not 0 <= among.at + by < among.count:
            return
        at = among.at + by
        there = Among(among.title, among.words, at, among.count, among.id_at)
        self._do(lambda: among.id_at(at), lambda person_id: self._go(person_id, there))

    def _go(self, person_id: str, among: Among) -> None:
        tab = self._view.tab
        self.show(person_id, among)
        self._view.show_tab(tab)
        self.opened()

    # --- work on the store ------------------------------------------------------------------------------------------

    def _do(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        def run(_progress: Progress) -> T:
            return work()

        self._runner.start(run, done, self._view.fail, owner=self._view)

    def _written(self, changes: Changes) -> None:
        self._view.note.hide()
        self._view.told_saved.emit(_("Saved {time}").format(time=clock_time(self._desk.clock.now())))
        self._read()
        self._view.changed.emit(changes)

    def _connect(self) -> None:
        view = self._view
        view.edited.connect(self._edited)
        view.save_asked.connect(self.save)
        view.undo_asked.connect(self.undo)
        view.tab_shown.connect(self._tab_shown)
        view.way.back_asked.connect(self._navigator.back)
        view.way.step_asked.connect(self._step)
        view.family.person_asked.connect(self._navigator.open_person)
        view.family.request_asked.connect(self._navigator.open_request)
        view.family.look_asked.connect(lambda: self._navigator.new_request(self._person_id))
        view.needs.assess_asked.connect(lambda: self._navigator.open_assessment(self._person_id))
        view.case.report_asked.connect(lambda: self._navigator.open_report(self._person_id))
        self._privacy.changed.connect(self._show_names)

    def _tab_shown(self, _key: str) -> None:
        self._show_state()
        self._read_tab()

    def _show_names(self) -> None:
        if self._opened is not None:
            owner = self._opened.view.case.owner_id if self._opened.view.case else ""
            self._view.show_record(self._shown(self._opened), owner == self._desk.user.id)
