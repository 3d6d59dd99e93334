"""The form of a site at work: a new one or a change, drafts within two seconds, one save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import TypeVar

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import clock_time, moment
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.base.progress import Progress
from panoh.services import drafts, person_edit, sites
from panoh.services.desk import Changes, Desk
from panoh.services.drafts import Draft
from panoh.services.person_edit import Choice
from panoh.services.sites import Site, SiteForm
from panoh.ui import errors
from panoh.ui.sites.site_form import form_of_draft
from panoh.ui.sites.view import SitesView
from panoh.ui.tasks import TaskRunner

KIND = "site"  # of the drafts
Kept = tuple[str, Changes]  # the id of the site, and what changed
T = TypeVar("T")


class Editing:
    """Drives the form of the view; `on_saved` is told which site was kept and what changed."""

    def __init__(
        self,
        view: SitesView,
        desk: Desk,
        runner: TaskRunner,
        on_saved: Callable[[str, Changes], object],
        told_saved: Callable[[str], object],
    ) -> None:
        self._view, self._desk, self._runner = view, desk, runner
        self._on_saved, self._told_saved = on_saved, told_saved
        self._site_id = ""  # of the site that is changed; '' for a new one
        self._title = ""
        self._before = SiteForm()
        self._draft_id = ""
        self._saving = False
        view.pane.save_asked.connect(self.save)
        view.pane.leave_asked.connect(self.leave)
        view.pane.draft_due.connect(self.keep_draft)

    def begin(self) -> None:
        """Begin a new site. A new one that is open already goes on."""
        if self._view.form_open and not self._site_id:
            self._view.open_form()
            return
        self._start("", _("Add a site"), SiteForm())

    def change(self, site: Site) -> None:
        """Change a site; a change of it that is open already goes on."""
        if self._view.form_open and self._site_id == site.id:
            self._view.open_form()
            return
        self._start(site.id, _("Change {name}").format(name=site.name), sites.form_of(site))

    def save(self) -> None:
        """Keep the site; what cannot be kept is told at its field."""
        if self._saving or not self._view.form_open:
            return
        self._saving = True
        pane = self._view.pane
        pane.forget_draft()
        pane.set_busy(True)
        work = partial(self._kept, self._site_id, pane.values(), self._draft_id)
        task = self._runner.start(work, self._saved, self._fail, owner=self._view)
        pane.progress.watch(task, _("Assessing everyone who stays there"))

    def leave(self) -> None:
        """Give up what was typed: the site stays as it was."""
        if not self._saving:
            self._drop_draft()
            self._view.close_form()

    # --- drafts -------------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Write what was typed into the vault; also called before the vault is locked."""
        values = self._view.pane.values()
        if self._saving or not self._view.form_open or (values == self._before and not self._draft_id):
            return
        self._draft_id = self._draft_id or new_id()
        payload = {"site_id": self._site_id, "form": asdict(values)}
        self._run(partial(drafts.keep, self._desk, self._draft_id, KIND, payload), self._draft_written)

    def open_draft(self, draft: Draft) -> None:
        """Go on with a draft."""
        site_id, form = str(draft.payload.get("site_id", "")), form_of_draft(draft.payload.get("form"))
        if site_id:
            self._run(lambda: sites.record(self._desk, site_id).line.site, partial(self._show_draft, draft.id, form))
        else:
            self._show_draft(draft.id, form, None)

    def _show_draft(self, draft_id: str, form: SiteForm, site: Site | None) -> None:
        if site:
            self._start(site.id, _("Change {name}").format(name=site.name), sites.form_of(site), offer=False)
        else:
            self._start("", _("Add a site"), SiteForm(), offer=False)
        self._recover(draft_id, form)

    def _offer(self, found: list[Draft]) -> None:
        """Offer the newest draft of this site above the form; it is never opened unasked."""
        mine = [one for one in found if one.payload.get("site_id", "") == self._site_id and one.id != self._draft_id]
        if not mine or not self._view.form_open or self._view.pane.values() != self._before:
            return
        draft = mine[0]
        today = draft.saved_at.astimezone().date() == self._desk.clock.today()
        when = clock_time(draft.saved_at) if today else moment(draft.saved_at)
        recover = partial(self._recover, draft.id, form_of_draft(draft.payload.get("form")))
        words = _("Recover the draft of {time}?").format(time=when)
        self._view.pane.offer.say(words, action=_("Recover"), run=recover)

    def _recover(self, draft_id: str, form: SiteForm) -> None:
        self._draft_id = draft_id
        self._view.pane.show_values(self._title, form, new=not self._site_id)
        self._view.open_form()

    def _drop_draft(self) -> None:
        if self._draft_id:
            dropped, self._draft_id = self._draft_id, ""
            self._run(partial(drafts.drop, self._desk, dropped), lambda _nothing: self._told_saved(_("Draft dropped")))

    def _draft_written(self, _nothing: None) -> None:
        self._told_saved(_("Draft saved {time}").format(time=clock_time(self._desk.clock.now())))

    # --- inside -------------------------------------------------------------------------------------------------------

    def _start(self, site_id: str, title: str, form: SiteForm, *, offer: bool = True) -> None:
        self.keep_draft()
        self._site_id, self._title, self._draft_id = site_id, title, ""
        self._view.pane.show_values(title, form, new=not site_id)
        self._before = self._view.pane.values()
        self._view.open_form()
        self._run(partial(_countries, self._desk), self._offer_countries)
        if offer:
            self._run(partial(drafts.mine, self._desk, KIND), self._offer)

    def _offer_countries(self, countries: list[Choice]) -> None:
        unchanged = self._view.pane.values() == self._before
        self._view.pane.set_countries(countries)
        if unchanged:
            self._before = self._view.pane.values()

    def _kept(self, site_id: str, form: SiteForm, draft_id: str, progress: Progress) -> Kept | list[FieldProblem]:
        try:
            if site_id:
                return site_id, sites.change(self._desk, site_id, form, draft_id, progress)
            made, changes = sites.add(self._desk, form, draft_id)
        except FormProblems as found:
            return found.problems
        return made.id, changes

    def _saved(self, answer: Kept | list[FieldProblem]) -> None:
        self._ended()
        if isinstance(answer, list):
            self.keep_draft()
            time = clock_time(self._desk.clock.now())
            words = _("Everything you typed is kept in the draft of {time}.").format(time=time)
            self._view.pane.show_problems(answer, words)
            return
        self._draft_id = ""
        self._view.close_form()
        self._told_saved(_("Saved {time}").format(time=clock_time(self._desk.clock.now())))
        self._on_saved(*answer)

    def _ended(self) -> None:
        self._saving = False
        self._view.pane.set_busy(False)

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), on_done, self._fail, owner=self._view)

    def _fail(self, error: AppError) -> None:
        self._ended()
        errors.tell(self._view.pane.note if self._view.form_open else self._view.note, error)


def _countries(desk: Desk) -> list[Choice]:
    """Countries with the region first; not the codes for having none, which no site has."""
    return [("", ""), *((code, words) for code, words in person_edit.offers(desk).countries if len(code) == 2)]
