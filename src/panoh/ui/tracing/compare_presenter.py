"""What happens on the page of one request: it is read, compared, and shown in words; decisions are in compare_work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from panoh.base.errors import AppError
from panoh.base.i18n import day, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.tracing import TracingRequest
from panoh.services import undoing
from panoh.services.desk import Changes, Desk
from panoh.services.families import Family, Relative
from panoh.services.matches import AlsoAsked, Standing
from panoh.services.people import Happened
from panoh.services.tracing import Candidate
from panoh.ui.history_words import HistoryWords
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.about.words import may_be_asked, notes
from panoh.ui.tracing.compare_page import RequestPage
from panoh.ui.tracing.compare_panel import Others
from panoh.ui.tracing.compare_words import Comparison, against, decides, state_words
from panoh.ui.tracing.compare_work import Deciding
from panoh.ui.tracing.look_up import Pair, Past, Seen, look_up, pair, past
from panoh.ui.tracing.model import looks_for, relation_word
from panoh.ui.widgets.family_diagram import Box
from panoh.ui.words import age_words, due_spoken

T = TypeVar("T")


class RelativesWords(Protocol):
    """Puts the members of a family into words for the drawing, as the screen of families does."""

    def boxes(self, family: Family) -> list[Box]:
        """A box for everyone who is drawn."""

    def name(self, one: Relative) -> str:
        """The name as it may be shown now."""


class Comparing(QObject):
    """Drives the page of one request. `read` tells that one was read and may come to the front."""

    changed = Signal(object)  # Changes of a write made here
    told_saved = Signal(str)
    failed = Signal(object)  # an AppError
    read = Signal()
    verify_asked = Signal(str, str)  # request, person: their verification is to be begun

    def __init__(
        self, page: RequestPage, desk: Desk, runner: TaskRunner, privacy: Privacy, words: RelativesWords
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._runner, self._privacy, self._words = page, desk, runner, privacy, words
        self._comparison = Comparison(privacy, desk.clock.today)
        self.wanted = ""  # the request whose page shows
        self.seen: Seen | None = None
        self._pair: tuple[str, Pair] | None = None  # of whom, and what both sides say
        self.deciding = Deciding(page, desk, runner, lambda: self.seen, self._written, self.failed.emit)
        page.chosen.connect(self._choose)
        page.history_shown.connect(self._read_history)
        page.history.restore_asked.connect(self._restore)
        page.footer.verify_asked.connect(self._verify)

    def show(self, request_id: str) -> None:
        """Show one request, anew when it shows already."""
        if request_id != self.wanted:
            self.seen = self._pair = None
            self._page.tabs.setCurrentIndex(0)
        self.wanted = request_id
        self._run(partial(look_up, self._desk, request_id), self._take)

    def leave(self) -> None:
        """No request shows any more."""
        self.wanted, self.seen, self._pair = "", None, None

    def show_names(self) -> None:
        """Names were hidden or are shown again."""
        if self.seen is not None:
            self._take(self.seen)

    # --- what shows --------------------------------------------------------------------------------------------------

    def _take(self, seen: Seen) -> None:
        if seen.request.id != self.wanted:
            return
        self.seen = seen
        page, request = self._page, seen.request
        page.note.hide()
        title = _("Tracing request {number}").format(number=request.number)
        told = "\n".join(notes(request, seen.changed, supervisor=self._desk.is_supervisor))
        page.show_request(title, self._sub(seen), told, unasked=may_be_asked(request))
        self._show_level(seen)
        self._show_family(seen)
        page.panel.show_candidates(seen.candidates, self._others(seen), self._nobody(request))
        page.show_verbs(may_open=self._may_open(seen))
        page.take_room()
        if page.pages.currentWidget() is page.history:
            self._read_history()
        self.read.emit()

    def _sub(self, seen: Seen) -> str:
        request = seen.request
        return looks_for(
            self._privacy.name(seen.asker_name),
            seen.asker.sex if seen.asker else "",
            relation_word(self._desk.vocabularies, request.relation, request.sex),
            self._privacy.name(request.called),
            age_words(request.birth, self._desk.clock.today()),
        )

    def _show_level(self, seen: Seen) -> None:
        line = next((one for one in (seen.sought, seen.asker) if one is not None and one.level), None)
        due = due_spoken(line.due_at, self._desk.believed.now()) if line is not None else ""
        self._page.show_level(line.level if line else "", due)

    def _show_family(self, seen: Seen) -> None:
        family = seen.family
        spoken = ngettext("Family of who asks, {n} person", "Family of who asks, {n} people", len(family.relatives))
        spoken = spoken.format(n=len(family.relatives))
        self._page.family.show_family(family, self._words.boxes(family), spoken, seen.sought_id)

    @staticmethod
    def _nobody(request: TracingRequest) -> tuple[str, str]:
        if request.consent_to_trace == "no":
            return _("Nobody is looked for"), _("The one who asks said no. Nothing is compared before that changes.")
        if request.held_why:
            return _("Held back"), _("Who may be the one sought is shown to supervisors alone, until one lifts it.")
        words = _("Nobody registered fits well enough. People who are registered later are compared as well.")
        return _("No candidates now"), words

    def _others(self, seen: Seen) -> Others:
        rejected = [self._rejected(one, seen.users) for one in seen.rejected]
        days = [at.astimezone().date() for one in seen.rejected if (at := one.decision.decided_at)]
        last = day(max(days), year=False) if days else ""
        out = [_("{number}: {why}").format(number=one.person.number, why=one.why) for one in seen.ruled_out]
        return Others(out, rejected, last, any(one.may_open for one in seen.rejected))

    @staticmethod
    def _rejected(one: Standing, users: Mapping[str, str]) -> str:
        decision = one.decision
        on = day(decision.decided_at.astimezone().date()) if decision.decided_at else ""
        who = users.get(decision.decided_by, "")
        return _("{number}, {day}, {who}: {reason}").format(number=one.number, day=on, who=who, reason=decision.reason)

    def _may_open(self, seen: Seen) -> bool:
        found = self._page.current()
        standing = seen.decided(found.person.id) if found else None
        return standing is not None and standing.may_open

    # --- one candidate -----------------------------------------------------------------------------------------------

    def _choose(self, found: Candidate | None) -> None:
        seen = self.seen
        if found is None or seen is None:
            return
        self._page.show_verbs(may_open=self._may_open(seen))
        self._run(partial(pair, self._desk, seen.request.id, found.person.id), partial(self._compare, found))

    def _compare(self, found: Candidate, both: Pair) -> None:
        seen, current = self.seen, self._page.current()
        if seen is None or current is None or current.person.id != found.person.id:
            return
        by = seen.users.get(current.decision.decided_by, "") if current.decision else ""
        parts, sides = current.match.parts, both.sides
        below = "\n".join(filter(None, (state_words(current.decision, by), against(seen.request, parts, sides))))
        rows = self._comparison.rows(seen.request, current, sides)
        panel = self._page.panel
        panel.show_verdict(current, decides(seen.request, parts, sides), below, closed=not sides.open)
        panel.show_rows(current.person.number, rows)
        hidden = self._privacy.hidden  # faces go with the names
        panel.show_photos(b"" if hidden else both.sides.asked_photo, b"" if hidden else both.sides.told_photo)
        panel.also.say(self._also(both.also))
        reunified = self.seen is not None and self.seen.request.status == "reunified"
        self._page.footer.show_verification(both.verification, reunified=reunified)
        self._page.take_room()

    def _also(self, also: Sequence[AlsoAsked]) -> str:
        if not also:
            return ""
        names = ", ".join(
            _("{number} ({name})").format(
                number=one.number, name=self._privacy.name(one.inquirer) or _("name withheld")
            )
            for one in also
        )
        return _("Already a match with another inquirer: {names}. Both stand; neither wins by itself.").format(
            names=names
        )

    def _verify(self) -> None:
        found = self._page.current()
        if found is not None and self.wanted:
            self.verify_asked.emit(self.wanted, found.person.id)

    # --- history, writes ---------------------------------------------------------------------------------------------

    def _read_history(self) -> None:
        if self.wanted:
            self._run(partial(past, self._desk, self.wanted), self._show_history)

    def _show_history(self, told: Past) -> None:
        words = HistoryWords(self._desk, told.users, {}, told.whom)
        self._page.history.show_changes([words.change(entry) for entry in told.entries])

    def _restore(self, entry: Happened) -> None:
        self._run(lambda: undoing.restore(self._desk, entry), partial(self._written, told=_("Put back")))

    def _written(self, changes: Changes, told: str) -> None:
        self.told_saved.emit(told)
        self.show(self.wanted)
        self.changed.emit(changes)

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        def fail(error: AppError) -> None:
            self.failed.emit(error)

        self._runner.start(lambda _progress: work(), on_done, fail, owner=self._page)
