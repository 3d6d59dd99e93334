"""What happens on the page of somebody's reunifications."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import clock_time, day
from panoh.base.i18n import gettext as _
from panoh.domain.casework import FollowUp
from panoh.domain.lines import PersonLine
from panoh.domain.reunification import OUTCOME, VISIT, Reunification, next_step
from panoh.domain.tracing import TracingRequest
from panoh.domain.tracing_papers import REUNION
from panoh.services import after_reunification, people, reunification, tracing
from panoh.services.desk import Changes, Desk
from panoh.services.reunions import Reunion
from panoh.ui import errors
from panoh.ui.form_drafts import FormDraft
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.navigator import Navigator
from panoh.ui.person_picker import PersonPicker
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.reuniting.forms import HandingForm, OutcomeForm, handing_of
from panoh.ui.tracing.reuniting.view import CORRECT, ReunionCard, ReunitingView
from panoh.ui.widgets.small_form import SmallForm
from panoh.ui.words import name_words

T = TypeVar("T")
_KINDS = frozenset({"Reunification", "FollowUp", "Person", "TracingRequest", "Approval"})


class Picker(Protocol):
    """Makes a box to find people in."""

    def __call__(self) -> PersonPicker:
        """A new one for each form."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows."""

    person: PersonLine | None
    reunions: tuple[Reunion, ...]
    request: TracingRequest | None
    asker: PersonLine | None
    signed: bool
    adults: dict[str, PersonLine]
    missing: PersonLine | None  # the record by which they were sought, where it still says that they are missing

    @property
    def next_visit(self) -> FollowUp | None:
        """The first visit after the last reunification that is to be made still."""
        visits = self.reunions[0].visits if self.reunions else ()
        return next((one for one in visits if one.done_on is None), None)

    @property
    def next_step(self) -> str:
        """What comes next, of domain.reunification."""
        last = self.reunions[0].reunification if self.reunions else None
        return next_step(last, visits_left=self.next_visit is not None, signed=self.signed)


class ReunitingPresenter(QObject):
    """The screen of the frame. `show` says whose; with a request a hand-over for it is noted."""

    changed = Signal(object)  # Changes of a write made here
    told_saved = Signal(str)  # words for the status bar
    help_page = "reunification"

    def __init__(
        self,
        view: ReunitingView,
        desk: Desk,
        runner: TaskRunner,
        navigator: Navigator,
        privacy: Privacy,
        picker: Picker,
    ) -> None:
        super().__init__(view)  # goes with its view, and with it what it listens to
        self.title = _("Reunification")
        self._view, self._desk, self._runner, self._navigator = view, desk, runner, navigator
        self._privacy, self._picker = privacy, picker
        self._person_id = self._request_id = ""
        self._shown: _Read | None = None
        self.form: SmallForm | None = None
        view.back_asked.connect(navigator.back)
        view.record_asked.connect(self.ask_record)
        view.step_asked.connect(self._go_on)
        view.case_asked.connect(self._to_visits)
        view.paper_asked.connect(lambda: navigator.open_tracing_paper(REUNION, self._person_id))
        view.act_asked.connect(self._act)
        privacy.changed.connect(lambda: self.refresh(_KINDS))

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    @property
    def subject(self) -> str:
        """Whose they are, and for which request."""
        return f"{self._person_id} {self._request_id}".strip()

    def panes(self) -> Sequence[QWidget]:
        """The page, its footer."""
        return (self._view, self._view.footer)

    def show(self, person_id: str, request_id: str = "") -> None:
        """Choose whose reunifications show from now on."""
        self._person_id, self._request_id = person_id, request_id
        self._view.note.hide()

    def opened(self) -> None:
        """Read them; the keys go to the button that records one."""
        self._view.record.setFocus()
        self._read()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Something changed: read again."""
        if kinds & _KINDS and self._person_id:
            self._read()

    # --- reading --------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._do(partial(_read, self._desk, self._person_id, self._request_id), self._show)

    def _show(self, shown: _Read) -> None:
        if shown.person is None or shown.person.id != self._person_id:
            return
        self._shown = shown
        name = name_words(shown.person, self._desk.clock.today(), self._privacy)
        sub = _("People who came together by themselves, or who were handed over.")
        if shown.request is not None:
            state = _("nobody has signed the hand-over")
            if shown.signed:
                state = _("a supervisor approved the hand-over")
            elif any(one.reunification.request_id == shown.request.id for one in shown.reunions):
                state = _("the hand-over is recorded; another one needs signatures of its own")
            sub = _("Request {number}: {state}.").format(number=shown.request.number, state=state)
        self._view.show_head(
            _("Reunification: {name}").format(name=name), sub, _("No reunification is recorded that you may read.")
        )
        self._view.show_cards([self._card(one, shown) for one in shown.reunions])
        self._show_step(shown)
        self._show_twice(shown.missing if shown.reunions else None)

    def _show_twice(self, missing: PersonLine | None) -> None:
        """The record by which somebody was sought is theirs too: until both are joined the family counts one who is missing."""
        if missing is None:
            self._view.twice.say("")
            return
        words = _("{number} still tells of them as missing. Join the two records: People, Perhaps twice.")
        self._view.twice.say(
            words.format(number=missing.number), action=_("Open it"),
            run=partial(self._navigator.open_person, missing.id),
        )  # fmt: skip

    def _show_step(self, shown: _Read) -> None:
        words = {
            VISIT: _("Record the visit of {day}…").format(day=_day_of(shown.next_visit)),
            OUTCOME: _("Say how it goes on…"),
        }
        record = _("Record another reunification…") if shown.reunions else _("Record a reunification…")
        self._view.show_step(words.get(shown.next_step, ""), record)
        if self._view.record.hasFocus() and self._view.step.isVisibleTo(self._view):
            self._view.step.setFocus()

    def _card(self, one: Reunion, shown: _Read) -> ReunionCard:
        kept, words = one.reunification, self._desk.name_of
        adult = shown.adults.get(kept.handed_to_id)
        to = name_words(adult, self._desk.clock.today(), self._privacy) if adult else self._privacy.name(kept.handed_to)
        outcome = words("reunification_outcome", kept.outcome) if kept.outcome else _("not known yet")
        facts = (
            (_("Handed to"), ", ".join(part for part in (to, words("relation", kept.relation).lower()) if part)),
            (_("Verified adult"), {"yes": _("yes"), "no": _("no: {why}").format(
                why=words("other_adult_why", kept.other_adult_why).lower())}.get(kept.verified_adult, "")),
            (_("Where"), kept.place), (_("How they came there"), kept.transport), (_("Paper shown"), kept.identity_shown),
            (_("Witness"), kept.witness), (_("Request"), one.request_number), (_("Recorded by"), one.by),
            (_("Outcome"), ", ".join(part for part in (outcome, kept.outcome_words) if part)),
        )  # fmt: skip
        emergency = ""
        if kept.emergency:
            emergency = _("{who} did not wait for it: {why}").format(who=one.emergency_by, why=kept.emergency_why)
        on = day(kept.reunified_on) if kept.reunified_on else ""
        title = _("{kind}, {day}").format(kind=words("reunification_kind", kept.kind), day=on)
        visits = tuple((_day_of(v), _visit(v)) for v in one.visits)
        return ReunionCard(kept.id, title, emergency, tuple(f for f in facts if f[1]), visits, over=not one.visits)

    # --- acts -----------------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Take the step that comes next."""
        shown = self._shown
        if shown is not None and shown.next_step == OUTCOME:
            self._ask_outcome(shown.reunions[0].reunification)
        elif shown is not None:
            self._to_visits()

    def _to_visits(self) -> None:
        self._navigator.open_case_field(self._person_id, "follow_ups")

    def ask_record(self) -> None:
        """Open the form of a hand-over."""
        shown = self._shown
        if shown is None:
            return
        request, picker = shown.request, self._picker()
        form = HandingForm(
            self._view, picker, self._desk.vocabularies, request=request is not None, signed=shown.signed
        )  # fmt: skip
        named = request.inquirer_name if request and not shown.asker else ""
        form.begin_with(self._desk.clock.today(), shown.asker, named, "" if request else reunification.SPONTANEOUS)
        desk, person_id, request_id = self._desk, self._person_id, self._request_id

        def read(values: FormReader) -> Callable[[], Changes]:
            said = handing_of(values, person_id, request_id)
            return lambda: reunification.record(desk, said)[1]

        FormDraft(form, desk, self._runner, person_id, told=self.told_saved.emit)
        self._open(form, read)

    def _act(self, act: str, key: str) -> None:
        shown = self._shown
        one = next((each for each in shown.reunions if each.reunification.id == key), None) if shown else None
        if shown is None or one is None:
            return
        if act == CORRECT:
            self._ask_correct(one.reunification, shown)
        else:
            self._ask_outcome(one.reunification)

    def _ask_correct(self, kept: Reunification, shown: _Read) -> None:
        form = HandingForm(
            self._view, self._picker(), self._desk.vocabularies, request=bool(kept.request_id), signed=True, before=kept
        )
        form.begin_with(kept.reunified_on, shown.adults.get(kept.handed_to_id), kept.handed_to, kept.kind)
        desk = self._desk

        def read(values: FormReader) -> Callable[[], Changes]:
            said = handing_of(values, kept.person_id, kept.request_id)
            return partial(reunification.correct, desk, kept.id, said)

        self._open(form, read)

    def _ask_outcome(self, kept: Reunification) -> None:
        form, desk = OutcomeForm(self._view, self._desk.vocabularies, self._desk.clock.today()), self._desk

        def read(values: FormReader) -> Callable[[], Changes]:
            code = values.needed("outcome", _("Choose how it goes."))
            on, words, care = values.day("outcome_on"), values.text("outcome_words"), values.text("care")
            return partial(after_reunification.outcome, desk, kept.id, code, on, words, care)

        FormDraft(form, desk, self._runner, kept.person_id, told=self.told_saved.emit)
        self._open(form, read)

    def _open(self, form: SmallForm, read: Callable[[FormReader], Callable[[], Changes]]) -> None:
        self.form = form
        open_form(form, self._desk, self._runner, read, self._written)

    def _written(self, changes: Changes) -> None:
        self._view.note.hide()
        self.told_saved.emit(_("Saved {time}").format(time=clock_time(self._desk.clock.now())))
        self._read()
        self.changed.emit(changes)

    def _do(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self._runner.start(lambda _step: work(), done, self._fail, owner=self._view)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)


def _read(desk: Desk, person_id: str, request_id: str) -> _Read:
    request = tracing.request(desk, request_id) if request_id else None
    reunions = after_reunification.of_person(desk, person_id)
    ids = {one.reunification.handed_to_id for one in reunions if one.reunification.handed_to_id}
    adults = {one: line for one in ids if (line := people.line(desk, one)) is not None}
    asker = people.line(desk, request.inquirer_id) if request and request.inquirer_id else None
    signed = bool(request) and reunification.is_signed(desk, request_id, person_id)
    return _Read(
        people.line(desk, person_id), reunions, request, asker, signed, adults, _missing(desk, request, person_id)
    )


def _missing(desk: Desk, request: TracingRequest | None, person_id: str) -> PersonLine | None:
    sought = request.sought_person_id if request else ""
    line = people.line(desk, sought) if sought and sought != person_id else None
    return line if line is not None and line.presence == "missing" else None


def _day_of(visit: FollowUp | None) -> str:
    return day(visit.due_on) if visit and visit.due_on else ""


def _visit(one: FollowUp) -> str:
    if one.done_on is None:
        return "; ".join(part for part in (_("not made yet"), one.not_seen_why) if part)
    told = _("seen") if one.seen == "yes" else _("not seen")
    return f"{told}: {one.found}" if one.found else told
