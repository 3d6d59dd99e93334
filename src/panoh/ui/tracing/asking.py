"""The form of a tracing request at work: a new one or a change, drafts within two seconds, one save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import clock_time, moment
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.lines import PersonLine
from panoh.domain.tracing import TracingRequest
from panoh.services import drafts, tracing, tracing_inquiry
from panoh.services.desk import Changes, Desk
from panoh.services.drafts import Draft
from panoh.ui import errors
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.look_up import Seen, line_of
from panoh.ui.tracing.request_form import INQUIRY, REQUEST, STAYS, WHO_ID
from panoh.ui.tracing.view import TracingView
from panoh.ui.widgets.buttons import KeyButton

KIND = "tracing"  # of the drafts
_CONSENT = "consent"  # in a draft: the consent to trace as it stood when the form was begun
T = TypeVar("T")


class Asking:
    """Drives the form of the view; `on_saved` is told the request kept and what changed."""

    def __init__(
        self,
        view: TracingView,
        desk: Desk,
        runner: TaskRunner,
        privacy: Privacy,
        on_saved: Callable[[str, Changes], object],
        told_saved: Callable[[str], object],
    ) -> None:
        self._view, self._desk, self._runner, self._privacy = view, desk, runner, privacy
        self._on_saved, self._told_saved = on_saved, told_saved
        self._before = TracingRequest(id=new_id())  # what the form changes; without a number it is a new one
        self._draft_id = ""
        self._draft_kept = self._saving = False
        self._goes_on = False  # the next person of the same inquiry follows
        view.draft_due.connect(self.keep_draft)
        another = KeyButton(_("Save and ask for another"), self.save_and_ask_on, keys="Ctrl+Shift+Enter")
        view.pane.footer.row.insertWidget(1, another)
        view.pane.save_asked.connect(self.save)
        view.form.asker_changed.connect(self._ask_child)
        view.pane.leave_asked.connect(self.leave_as_draft)

    def begin(self, person_id: str = "") -> None:
        """Begin a new request, perhaps one that this person makes. A new form that is open already goes on."""
        if self._view.form_open and not person_id and not self._before.number:
            self._view.show_list()
            return
        self.keep_draft()
        self._start(TracingRequest(id=new_id()))
        if person_id:
            self._run(partial(line_of, self._desk, person_id), self._show_asker)
        else:
            self._run(partial(drafts.mine, self._desk, KIND), self._offer_draft)

    def change(self, seen: Seen, field: str = "") -> None:
        """Change a request that was saved; the keys go to this field, if any is named."""
        self.keep_draft()
        self._start(seen.request)
        self._view.form.show_request(seen.request, seen.unanswered)
        if seen.asker:
            self._view.form.picker.show_person(seen.asker)
            self._ask_child(seen.asker.id)
        if field:
            self._view.form.form.rows[field].take_focus()

    def _show_asker(self, line: PersonLine | None) -> None:
        if line is not None:
            self._view.form.picker.show_person(line)
            self._view.form.form.rows["sought"].take_focus()
            self._ask_child(line.id)

    def _ask_child(self, person_id: str) -> None:
        """Ask what the one who asks wishes themselves, where they are or may be a child."""
        form = self._view.form
        form.show_child(False)
        if person_id:
            self._run(
                partial(tracing_inquiry.child_asks, self._desk, person_id),
                lambda is_child: form.show_child(is_child and form.picker.person_id == person_id),
            )

    def save_and_ask_on(self) -> None:
        """Keep the request and begin one for the next person whom the same one looks for."""
        self.save(goes_on=True)

    def save(self, *, goes_on: bool = False) -> None:
        """Keep the request and look for candidates; what cannot be kept is told at its field."""
        if self._saving:
            return
        self._goes_on = goes_on
        request, gaps, problems = self._view.form.read(self._before)
        if problems:
            self._show_problems(problems)
            return
        self._saving = True
        self._view.stop_draft()
        self._run(partial(tracing.ask, self._desk, request, gaps, self._draft_id), self._saved)

    def _saved(self, kept: tuple[TracingRequest, Changes]) -> None:
        made, changes = kept
        self._saving = False
        values = self._view.form.values()
        self._start(TracingRequest(id=new_id(), inquiry=(made.inquiry or made.id) if self._goes_on else ""))
        self._told_saved(_("Saved {time}").format(time=clock_time(self._desk.clock.now())))
        if not self._goes_on:
            self._view.close_form()
        self._on_saved("" if self._goes_on else made.id, changes)
        if self._goes_on:
            self._go_on({key: values[key] for key in STAYS})

    def _go_on(self, values: dict[str, str]) -> None:
        """The form for the next person: who asks, the parting and the consent stay."""
        form = self._view.form
        form.show_values(values, begins=True)
        form.form.rows["sought"].take_focus()
        if values[WHO_ID]:
            self._run(partial(line_of, self._desk, values[WHO_ID]), self._show_asker)

    def _show_problems(self, problems: Sequence[FieldProblem]) -> None:
        self.keep_draft()
        words = _("Everything you typed is kept in the draft of {time}.")
        self._view.pane.show_problems(problems, words.format(time=clock_time(self._desk.clock.now())))

    # --- drafts ------------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Write what was typed into the vault; also called before the vault is locked."""
        form = self._view.form
        if self._saving or not self._view.form_open or not (self._draft_kept or form.typed()):
            return
        self._draft_id = self._draft_id or new_id()
        self._draft_kept = True
        changed = self._before.id if self._before.number else ""
        payload = {"title": form.title(), "form": form.values(), REQUEST: changed, INQUIRY: self._before.inquiry}
        payload[_CONSENT] = self._before.consent_to_trace
        self._run(partial(drafts.keep, self._desk, self._draft_id, KIND, payload), self._draft_written)

    def _draft_written(self, _nothing: None) -> None:
        self._told_saved(_("Draft saved {time}").format(time=clock_time(self._desk.clock.now())))

    def leave_as_draft(self) -> None:
        """Put the form aside as a draft and show the list."""
        kept = self._draft_kept or self._view.form.typed()
        self.keep_draft()
        self._view.close_form()
        self._view.show_list()
        if kept:
            self._told_saved(_("Kept as a draft"))

    def _offer_draft(self, found: list[Draft]) -> None:
        """Offer the newest draft above an empty form; it is never opened unasked."""
        draft = next((one for one in found if one.id != self._draft_id), None)
        if draft is None or self._view.form.typed():
            return
        today = draft.saved_at.astimezone().date() == self._desk.clock.today()
        when = clock_time(draft.saved_at) if today else moment(draft.saved_at)
        title = self._privacy.name(str(draft.payload.get("title", "")))
        words = _("Recover the draft of {time}? {title}").format(time=when, title=title)
        self._view.pane.offer.say(words, action=_("Recover"), run=partial(self.open_draft, draft))

    def open_draft(self, draft: Draft) -> None:
        """Go on with a draft."""
        changed = str(draft.payload.get(REQUEST, ""))
        if changed:
            self._run(partial(tracing.request, self._desk, changed), partial(self._show_draft, draft))
        else:
            self._show_draft(draft, TracingRequest(id=new_id(), inquiry=str(draft.payload.get(INQUIRY, ""))))

    def _show_draft(self, draft: Draft, request: TracingRequest) -> None:
        self._start(request)
        self._draft_id, self._draft_kept = draft.id, True
        values = draft.payload.get("form")
        values = values if isinstance(values, dict) else {}
        if (
            request.consent_to_trace == "no" != draft.payload.get(_CONSENT)
        ):  # refused since the draft was begun: it stands
            values = {**values, **dict.fromkeys(("consent_to_trace", "consent_to_show", "consent_to_publish"), "no")}
        self._view.form.show_values(values)
        if values.get(WHO_ID):
            self._run(partial(line_of, self._desk, str(values[WHO_ID])), self._show_asker)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _start(self, request: TracingRequest) -> None:
        self._before = request
        self._draft_id, self._draft_kept = "", False
        self._view.stop_draft()
        self._view.pane.offer.hide()
        self._view.pane.note.hide()
        self._view.form.show_values({})
        title = _("Another one of the same inquiry") if request.inquiry else _("New tracing request")
        change = _("Change request {number}").format(number=request.number)
        self._view.open_form(change if request.number else title)

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), on_done, self._fail, owner=self._view)

    def _fail(self, error: AppError) -> None:
        self._saving = False
        errors.tell(self._view.pane.note, error)
        self._view.pane.to_top()
