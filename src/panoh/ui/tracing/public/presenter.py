"""What happens on the page of who is public."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.services import public_file, publishing
from panoh.services.desk import Changes, Desk
from panoh.services.public_file import PublicFile, PublicRecord
from panoh.services.publishing import Published, State
from panoh.services.vault import write_file
from panoh.ui import errors
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.privacy import Privacy
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.public.forms import FileForm, PublishForm, TurnOffForm, TurnOnForm
from panoh.ui.tracing.public.model import facts_of, state_words
from panoh.ui.tracing.public.view import PublicView
from panoh.ui.widgets.small_form import SmallForm

T = TypeVar("T")


class PublicPresenter(ListScreen[PublicView], QObject):
    """One of the lists of the Tracing screen, for supervisors."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "made-public"
    shown_kinds = frozenset({"Publication", "Consent", "TracingRequest", "Person", "Shield"})

    def __init__(self, view: PublicView, desk: Desk, runner: TaskRunner, privacy: Privacy) -> None:
        super().__init__(view)
        self.title = _("Made public")
        self._view, self._desk, self._runner, self._privacy = view, desk, runner, privacy
        self._on = False
        self._one: Published | None = None
        self.form: SmallForm | None = None
        view.model.counted.connect(view.show_count)
        view.model.failed.connect(self._fail)
        view.table.current_changed.connect(self._show)
        view.turn_asked.connect(self.turn)
        view.add_asked.connect(self.add)
        view.back_asked.connect(self.take_back)
        view.file_asked.connect(self.save_file)
        privacy.changed.connect(lambda: self._show(self._one))

    def turn(self) -> None:
        """Turn it on, or off."""
        desk = self._desk

        def read_on(reader: FormReader) -> Callable[[], Changes]:
            told = [reader.text(key) for key in ("organisation", "domain", "why")]
            return lambda: publishing.turn_on(desk, *told)

        def read_off(reader: FormReader) -> Callable[[], Changes]:
            why = reader.text("why")
            return lambda: publishing.turn_off(desk, why)

        if self._on:
            self._open(TurnOffForm(self._view), read_off, self._written)
        else:
            self._open(TurnOnForm(self._view), read_on, self._written)

    def add(self) -> None:
        """Agree that one more is public."""
        desk = self._desk

        def read(reader: FormReader) -> Callable[[], Changes]:
            number_said = reader.needed("number", _("Give the number."))
            until = reader.day("expires_on", ahead=True)
            if until is None:
                reader.wrong("expires_on", _("Give the day on which it ends."))
                return lambda: Changes(frozenset())
            return lambda: publishing.publish(desk, until, **publishing.whom(desk, number_said))

        self._open(PublishForm(self._view), read, self._written)

    def take_back(self) -> None:
        """Take the chosen one back."""
        if self._one is not None:
            self._run(partial(publishing.withdraw, self._desk, self._one.publication.id), self._written)

    def save_file(self) -> None:
        """Make the file, ask for its place, and record to whom it goes and what for."""
        desk = self._desk
        form = FileForm(self._view)

        def read(reader: FormReader) -> Callable[[], PublicFile]:
            recipient = reader.needed("recipient", _("Say for whom it is."))
            purpose = reader.needed("purpose", _("Say what it is for."))
            path = None if reader.problems else self._path(form)
            if path is None:
                reader.wrong("purpose", _("Choose a place for the file."))

            def work() -> PublicFile:
                made = public_file.export_pfif(desk, recipient, purpose)
                write_file(path or Path(), made.content)
                return made

            return work

        self._open(form, read, self._saved)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _path(self, form: SmallForm) -> Path | None:
        chosen, _kind = QFileDialog.getSaveFileName(form, _("Save the public file"), "public.xml", "PFIF (*.xml)")
        return Path(chosen) if chosen else None

    def _saved(self, made: PublicFile) -> None:
        public = ngettext("{n} record is public", "{n} records are public", made.public)
        back = ngettext("{n} is called back", "{n} are called back", made.called_back)
        words = _("The file is saved and recorded: {public}, {back}.").format(
            public=public.format(n=number(made.public)), back=back.format(n=number(made.called_back))
        )
        self._view.told.say(words)
        self._written(made.changes)

    def _read(self) -> None:
        desk = self._desk
        self._run(partial(publishing.publisher, desk), self._show_publisher)
        self._view.model.open(
            lambda: len(publishing.listed(desk)), lambda offset, limit: publishing.listed(desk)[offset : offset + limit]
        )

    def _show_publisher(self, by: publishing.Publisher | None) -> None:
        self._on = by is not None
        self._view.show_publisher(by)

    def _show(self, one: Published | None) -> None:
        self._one = one
        if one is None:
            return
        title, back = one.number or _("erased"), one.publication.withdrawn_on is None
        self._view.show_one(title, [], state_words(one), back=back)
        if one.state is State.STANDS and self._on:
            self._run(partial(public_file.preview, self._desk, one.publication.id), partial(self._show_facts, one))

    def _show_facts(self, one: Published, person: PublicRecord) -> None:
        if one is self._one:
            self._view.show_one(one.number, facts_of(person, self._privacy), state_words(one), back=True)

    def _open(
        self, form: SmallForm, read: Callable[[FormReader], Callable[[], T]], done: Callable[[T], object]
    ) -> None:
        self.form = form
        open_form(form, self._desk, self._runner, read, done)

    def _written(self, changes: Changes) -> None:
        self._read()
        self.changed.emit(changes)

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), on_done, self._fail, owner=self)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
