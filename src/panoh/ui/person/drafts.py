"""Drafts of a record's tabs: kept within two seconds of a change, dropped when saved, offered after a crash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from panoh.base.i18n import clock_time, moment
from panoh.base.i18n import gettext as _
from panoh.services import drafts
from panoh.services.desk import Desk
from panoh.services.drafts import Draft
from panoh.ui.person.fields import Values
from panoh.ui.person.view import PersonView
from panoh.ui.tasks import TaskRunner

KIND = "person"


class Drafts:
    """Keeps the tabs that are not saved. `unsaved` tells whose record and what; `recover` puts a draft into its tab."""

    def __init__(
        self,
        view: PersonView,
        desk: Desk,
        runner: TaskRunner,
        unsaved: Callable[[], tuple[str, dict[str, Values]]],
        recover: Callable[[str, Values], object],
    ) -> None:
        self._view, self._desk, self._runner = view, desk, runner
        self._unsaved, self._recover = unsaved, recover
        self._kept: set[str] = set()
        view.draft_due.connect(self.keep_now)

    def keep_now(self) -> None:
        """Write every tab that is not saved; drop the draft of a tab that was changed back."""
        self._view.forget_draft()
        person_id, dirty = self._unsaved()
        for tab, values in dirty.items():
            draft_id = self._id(person_id, tab)
            payload = {"person_id": person_id, "tab": tab, "values": values}
            self._kept.add(draft_id)
            self._start(partial(drafts.keep, self._desk, draft_id, KIND, payload))
        if dirty:
            self._view.told_saved.emit(_("Draft saved {time}").format(time=clock_time(self._desk.clock.now())))
        for draft_id in [one for one in self._kept if one.startswith(f"{person_id}.")]:
            if person_id and draft_id not in [self._id(person_id, tab) for tab in dirty]:
                self._forget(draft_id)

    def drop(self, tab: str) -> None:
        """Forget the draft of a tab that was saved or undone."""
        self._view.forget_draft()
        self._forget(self._id(self._unsaved()[0], tab))

    def offer(self, person_id: str, but: str = "") -> None:
        """Offer the newest draft of this record whose tab nobody has begun to change again, `but` not this one."""

        def show(found: Sequence[Draft]) -> None:
            of_whom, begun = self._unsaved()
            mine = (one for one in found if one.payload.get("person_id") == person_id == of_whom and one.id != but)
            draft = next((one for one in mine if one.payload["tab"] not in begun), None)
            if draft is not None:
                self._say(draft)

        self._runner.start(lambda _progress: drafts.mine(self._desk, KIND), show, self._view.fail, owner=self._view)

    def _say(self, draft: Draft) -> None:
        today = draft.saved_at.astimezone().date() == self._desk.clock.today()
        when = clock_time(draft.saved_at) if today else moment(draft.saved_at)

        def recover() -> None:
            self._view.offer.hide()
            self._kept.add(draft.id)
            self._recover(str(draft.payload["tab"]), draft.payload["values"])
            if draft.id != self._id(str(draft.payload["person_id"]), str(draft.payload["tab"])):  # of an older Panoh
                self.keep_now()
                self._forget(draft.id)
            self.offer(str(draft.payload["person_id"]), but=draft.id)  # another tab may have one as well

        self._view.offer.say(_("Recover the draft of {time}?").format(time=when), action=_("Recover"), run=recover)

    def _forget(self, draft_id: str) -> None:
        self._kept.discard(draft_id)
        self._start(partial(drafts.drop, self._desk, draft_id))

    def _start(self, work: Callable[[], None]) -> None:
        self._runner.start(lambda _progress: work(), lambda _nothing: None, self._view.fail, owner=self._view)

    def _id(self, person_id: str, tab: str) -> str:
        """Each user has drafts of their own: two who write into one record do not write over each other."""
        return f"{person_id}.{tab}.{self._desk.user.id}"
