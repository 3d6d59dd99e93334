"""What happens on the page about one request: reading it, and the verbs that its buttons stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from panoh.base.errors import AppError
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.lines import RequestLine
from panoh.domain.papers import Attachment
from panoh.domain.tracing import TracingAction, TracingRequest
from panoh.domain.tracing_papers import FORM
from panoh.domain.vocabulary import Vocabularies
from panoh.services import (
    attachments,
    person_edit,
    tracing,
    tracing_actions,
    tracing_consent,
    tracing_hold,
    tracing_inquiry,
)
from panoh.services.desk import Changes, Desk
from panoh.services.tracing_actions import CLOSED, Actions
from panoh.ui import errors
from panoh.ui.form_drafts import FormDraft
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.about import page as acts
from panoh.ui.tracing.about.forms import AWAY, ActionForm, AskForm, CloseForm, HoldForm
from panoh.ui.tracing.about.page import AboutPage, AboutShown
from panoh.ui.tracing.about.words import facts, standing, wishes
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.small_form import SmallForm
from panoh.ui.widgets.table import Column, PagedModel

_PICTURES = "*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.gif"
SHOWN_KINDS = frozenset({"TracingAction", "Attachment", "User"})
T = TypeVar("T")
Work = Callable[[], Changes]


@dataclass(frozen=True, slots=True)
class About:
    """Everything that the page shows, read in one go."""

    request: TracingRequest
    unanswered: Mapping[str, str]
    others: Sequence[RequestLine]
    actions: Actions
    photos: Sequence[Attachment]
    photo: bytes


def read_about(desk: Desk, request_id: str) -> About:
    """Read it. Raises AppError: record.not_found, shield.withheld."""
    photos = attachments.of_request(desk, request_id)
    return About(
        tracing.request(desk, request_id),
        tracing.unanswered(desk, request_id),
        tracing_inquiry.others(desk, request_id),
        tracing_actions.of_request(desk, request_id),
        photos,
        attachments.opened(desk, photos[0].id).content if photos else b"",
    )


def actions_model(runner: TaskRunner, words: Vocabularies) -> PagedModel:
    """The log of one request; its rows are TracingAction."""

    def what(one: TracingAction) -> Cell:
        return Cell(words.label("tracing_action", one.kind), tone="bold")

    def said(one: TracingAction) -> str:
        return ", ".join(part for part in (one.place, one.reference, one.remarks.replace("\n", " ")) if part)

    def when(one: TracingAction) -> str:
        return day(one.done_on) if one.done_on else ""

    def outcome(one: TracingAction) -> str:
        return words.label("tracing_outcome", one.outcome) if one.outcome else ""

    columns = (
        Column("day", _("Day"), 120, lambda one: Cell(when(one))),
        Column("what", _("What was done"), 260, what),
        Column("said", _("Where, reference, in words"), 0, lambda one: Cell(said(one))),
        Column("outcome", _("What came of it"), 140, lambda one: Cell(outcome(one))),
    )
    spoken = lambda one: ", ".join(p for p in (when(one), what(one).text, said(one), outcome(one)) if p)  # noqa: E731
    return PagedModel(columns, runner, row_words=spoken, key=lambda one: one.id)


class AboutPresenter(QObject):
    """`show` brings a request onto the page; `changed` tells what was written, `request_asked` which other one is wanted."""

    changed = Signal(object)  # Changes
    paper_asked = Signal(str, str)  # its kind, and the request

    def __init__(self, page: AboutPage, actions: PagedModel, desk: Desk, runner: TaskRunner, privacy: Privacy) -> None:
        super().__init__(page)
        self._page, self._actions, self._desk, self._runner, self._privacy = page, actions, desk, runner, privacy
        self._wanted = ""
        self._about: About | None = None
        self._languages = dict(person_edit.languages(desk))
        page.asked.connect(self._act)
        page.action_asked.connect(self.ask_action)
        privacy.changed.connect(lambda: self._about and self._show(self._about))

    def show(self, request_id: str) -> None:
        """Read and show this request."""
        self._wanted = request_id
        self.read()

    def read(self) -> None:
        """Read again what is shown."""
        if self._wanted:
            self._run(partial(read_about, self._desk, self._wanted), self._show)

    def _show(self, about: About) -> None:
        request = about.request
        if request.id != self._wanted:
            return
        self._about = about
        self._page.note.hide()
        self._actions.show_rows(about.actions.rows)
        self._page.show_about(
            AboutShown(
                told=facts(self._desk, self._privacy, request, about.unanswered, self._languages),
                standing=standing(self._desk, request),
                wishes=wishes(self._desk, request),
                others=[(line.id, self._other(line)) for line in about.others],
                photos=about.photos,
                acts=self._possible(about),
            )
        )
        words = _("Pictures are hidden while names are.") if self._privacy.hidden else _("Photo of the one sought")
        self._page.picture.show_picture(b"" if self._privacy.hidden else about.photo, words)

    def _other(self, line: RequestLine) -> str:
        name = self._privacy.name(line.sought_name) or _("no name recorded")
        status = self._desk.vocabularies.label("tracing_status", line.status)
        return _("{number}, {name}, {status}").format(number=line.number, name=name, status=status.lower())

    def _possible(self, about: About) -> frozenset[str]:
        request = about.request
        closed, held = request.status == CLOSED, bool(request.held_why)
        asked = {
            acts.CLOSE: not closed,
            acts.REOPEN: closed,
            acts.NOTE: not closed,
            acts.WITHDRAW: request.consent_to_trace == "yes",
            acts.HOLD: not held,
            acts.LIFT: held and self._desk.is_supervisor,
            acts.ADD_PHOTO: True,
            acts.REMOVE_PHOTO: bool(about.photos),
            acts.PRINT: not held,
        }
        return frozenset(act for act, possible in asked.items() if possible)

    # --- verbs --------------------------------------------------------------------------------------------------------

    def _act(self, act: str) -> None:
        {
            acts.CLOSE: self._ask_close,
            acts.REOPEN: lambda: self._write(partial(tracing_actions.reopen, self._desk, self._wanted)),
            acts.NOTE: self.ask_action,
            acts.WITHDRAW: self._ask_withdraw,
            acts.HOLD: self._ask_hold,
            acts.LIFT: self._ask_lift,
            acts.ADD_PHOTO: self._add_photo,
            acts.REMOVE_PHOTO: self._ask_remove_photo,
            acts.PRINT: self._print,
        }[act]()

    def _print(self) -> None:
        self.paper_asked.emit(FORM, self._wanted)

    def ask_action(self, action: TracingAction | None = None) -> None:
        """Ask what was done, or change what was noted."""
        form = ActionForm(self._page, self._desk.vocabularies, self._desk.clock.today(), action)
        wanted = self._wanted

        def read(values: FormReader) -> Work:
            if action is not None and values.raw(AWAY):
                return partial(tracing_actions.take_away, self._desk, action)
            texts = {key: values.text(key) for key in ("kind", "place", "outcome", "reference", "remarks")}
            before = action or TracingAction(id=new_id(), request_id=wanted, kind="")
            made = replace(before, done_on=values.day("done_on"), **texts)  # type: ignore[arg-type]
            return partial(tracing_actions.note, self._desk, made)

        self._open(form, read)

    def _ask_close(self) -> None:
        wanted = self._wanted
        form = CloseForm(self._page, self._desk.vocabularies)
        self._open(
            form,
            lambda values: partial(
                tracing_actions.close, self._desk, wanted, values.text("why"), values.text("words", 2000)
            ),
        )

    def _ask_hold(self) -> None:
        wanted = self._wanted
        self._open(
            HoldForm(self._page),
            lambda values: partial(tracing_hold.hold_back, self._desk, wanted, values.text("why", 2000)),
        )

    def _ask_lift(self) -> None:
        words = _("You looked into it, and the one who asks is no danger. Why it was held back stays in the history.")
        self._ask(_("Let this request go on?"), words, _("Let it go on"), tracing_hold.lift)

    def _ask_withdraw(self) -> None:
        words = _(
            "The one who asks takes it back. Nobody is looked for any more, for anyone whom they asked for together; what was "
            "found for it is forgotten, and reviews wait. It holds at once."
        )
        self._ask(_("Consent withdrawn"), words, _("Stop looking"), tracing_consent.withdraw)

    def _ask(self, title: str, words: str, act: str, verb: Callable[[Desk, str], Changes]) -> None:
        wanted = self._wanted
        self._open(AskForm(self._page, title, words, act), lambda _values: partial(verb, self._desk, wanted))

    def _add_photo(self) -> None:
        kinds = _("Pictures ({endings})").format(endings=_PICTURES)
        chosen, _kind = QFileDialog.getOpenFileName(self._page, _("Choose a photo"), "", kinds)
        if chosen:
            wanted, path = self._wanted, Path(chosen)
            self._write(lambda: attachments.add_photo_of_sought(self._desk, wanted, path)[1])

    def _ask_remove_photo(self) -> None:
        if self._about is None or not self._about.photos:
            return
        photo = self._about.photos[0]
        words = _("It is gone for good, from this vault. Backups made before keep it until they are replaced.")
        form = AskForm(self._page, _("Remove this photo?"), words, _("Remove it"))
        self._open(form, lambda _values: partial(attachments.take_away, self._desk, photo))

    # --- inside -------------------------------------------------------------------------------------------------------

    def _open(self, form: SmallForm, read: Callable[[FormReader], Work]) -> None:
        if form.form.rows:
            FormDraft(form, self._desk, self._runner, self._wanted, of_person=False)
        open_form(form, self._desk, self._runner, read, self._written)

    def _write(self, work: Work) -> None:
        self._run(work, self._written)

    def _written(self, changes: Changes) -> None:
        self.read()
        self.changed.emit(changes)

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), on_done, self._fail, owner=self._page)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._page.note, error)
