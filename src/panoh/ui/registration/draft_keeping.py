"""The draft of a registration page, of a family or of one person: kept, put aside, offered and taken up again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.i18n import clock_time, moment
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.services.drafts import Draft
from panoh.services.registration import FamilyForm
from panoh.ui.registration import drafts
from panoh.ui.registration.services import FamilyServices
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.notes import NoteBar

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Page:
    """What a draft needs of the page: what stands on it, how another form begins there, and where it is told."""

    widget: QWidget
    form: Callable[[], FamilyForm]
    begin: Callable[[FamilyForm], object]
    saving: Callable[[], bool]  # while a form is being saved no draft is written
    fail: Callable[[AppError], object]
    say: Say
    offer: NoteBar
    failure: NoteBar


class DraftKeeping:
    """One page's draft. `id` is its id in the vault, '' while there is none."""

    def __init__(
        self,
        page: Page,
        services: FamilyServices,
        runner: TaskRunner,
        clock: Clock,
        say_name: Callable[[str], str],
        told_saved: Say,
    ) -> None:
        self._page, self._services, self._runner, self._clock = page, services, runner, clock
        self._say_name, self._told_saved = say_name, told_saved
        self.start_afresh()
        self._failing = False

    def start_afresh(self) -> None:
        """Another form stands on the page, and no draft holds it yet."""
        self.id, self._kept = "", False

    def keep(self, then: Callable[[], object] = lambda: None) -> None:
        """Write the draft, if there is anything for one, and go on only when it is written."""
        form = self._page.form()
        if self._page.saving():
            return
        if not (self._kept or drafts.worth_keeping(form)):
            then()
            return
        self.id, self._kept = self.id or new_id(), True
        draft_id, payload = self.id, drafts.to_payload(form)

        def written(_nothing: None) -> None:
            if self._failing:
                self._failing = False
                self._page.failure.hide()
            self._told_saved(_("Draft saved {time}").format(time=clock_time(self._clock.now())))
            then()

        self._runner.start(
            lambda _progress: self._services.keep_draft(draft_id, payload),
            written,
            self._failed,
            owner=self._page.widget,
        )

    def put_aside(self, next_form: Callable[[FamilyForm], FamilyForm]) -> None:
        """Put what stands on the page aside and begin the next, once the draft stands in the vault."""
        form = self._page.form()
        if not drafts.worth_keeping(form):
            self._page.say(_("Nothing was typed yet, so there is no draft to keep."))
            return
        time = clock_time(self._clock.now())
        words = _("Kept as a draft, {time}. It stands in the list of drafts.").format(time=time)

        def begin_next() -> None:
            self._page.begin(next_form(form))
            self._page.say(words)

        self.keep(begin_next)

    def take_up(self, draft: Draft, then: Callable[[], object]) -> None:
        """Go on with a draft, once what stands on the page now is kept as a draft of its own; `then` follows."""

        def show() -> None:
            self._page.begin(drafts.from_payload(draft.payload, draft.id))
            self.id, self._kept = draft.id, True
            then()

        self.keep(show)

    def offer_newest(self, take_up: Callable[[Draft], object]) -> None:
        """Offer the newest draft above a form in which nothing stands yet; it is never opened unasked."""
        if drafts.worth_keeping(self._page.form()):
            return
        self._runner.start(
            lambda _progress: self._services.drafts(),
            lambda found: self._offer(found, take_up),
            owner=self._page.widget,
        )

    def _offer(self, found: list[Draft], take_up: Callable[[Draft], object]) -> None:
        draft = next((one for one in found if one.id != self.id), None)
        if draft is None or drafts.worth_keeping(self._page.form()):
            self._page.offer.hide()
            return
        today = draft.saved_at.astimezone().date() == self._clock.today()
        when = clock_time(draft.saved_at) if today else moment(draft.saved_at)
        title = drafts.title(drafts.from_payload(draft.payload, draft.id))
        words = _("Recover the draft of {time}? {title} …").format(time=when, title=self._say_name(title))
        self._page.offer.say(words, action=_("Recover"), run=lambda: take_up(draft))

    def _failed(self, error: AppError) -> None:
        self._failing = True
        self._page.fail(error)
