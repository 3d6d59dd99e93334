"""What the tab 'Files' asks: reading, taking in, giving a copy out with a reason, taking away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.papers import Attachment
from panoh.services import attachments
from panoh.services.desk import Changes, Desk
from panoh.services.vault import write_file
from panoh.ui.errors import tell
from panoh.ui.person.tab_files import FilesTab
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.choices import Choice, RadioChoice
from panoh.ui.widgets.controls import offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm

_PICTURES = "*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.gif"
_PDF = ".pdf"


class AddForm(SmallForm):
    """What the chosen file is, and what it shows."""

    def __init__(self, parent: QWidget, kinds: list[Choice], kind: str) -> None:
        words = _("It is kept in the vault. The file outside stays where it is: delete it there when nobody needs it.")
        super().__init__(parent, _("Add to the record"), words, _("Add it"))
        self.form.add("kind", FieldRow(_("What it is"), RadioChoice(kinds, columns=len(kinds))))
        self.form.add("title", FieldRow(_("What it shows"), QLineEdit(), hint=_("for example: birth certificate")))
        self.form.finish()
        self.set_value("kind", kind)


class CopyForm(SmallForm):
    """Why a copy leaves the vault."""

    def __init__(self, parent: QWidget) -> None:
        words = _("Outside the vault the copy has no password. Who took it, and why, stands in the history.")
        super().__init__(parent, _("Save a copy outside the vault"), words, _("Choose the place…"))
        self.form.add("reason", FieldRow(_("What the copy is for"), QLineEdit()))
        self.form.finish()


class RemoveForm(SmallForm):
    """Asks once: what is taken away does not come back."""

    def __init__(self, parent: QWidget) -> None:
        words = _("It is gone for good, from this vault. Backups made before keep it until they are replaced.")
        super().__init__(parent, _("Remove this file?"), words, _("Remove it"))
        self.form.finish()


class Files:
    """The presenter of the tab. `whose` tells whose record shows; `written` is told what changed."""

    def __init__(
        self,
        tab: FilesTab,
        note: NoteBar,
        desk: Desk,
        runner: TaskRunner,
        privacy: Privacy,
        whose: Callable[[], str],
        written: Callable[[Changes], object],
    ) -> None:
        self._tab, self._note, self._desk, self._runner = tab, note, desk, runner
        self._privacy, self._whose, self._written = privacy, whose, written
        self.dialog: SmallForm | None = None
        tab.chosen.connect(self._show)
        tab.add_asked.connect(self.add)
        tab.copy_asked.connect(self.copy)
        tab.remove_asked.connect(self.remove)
        privacy.changed.connect(lambda: self._show(tab.table.current()))

    def read(self, *, withheld: bool) -> None:
        """Read the list of whose record shows."""
        person_id = self._whose()

        def show(found: list[Attachment]) -> None:
            if person_id == self._whose():
                self._tab.show_files(found, withheld=withheld)

        self._runner.start(
            lambda _progress: attachments.of_person(self._desk, person_id), show, self._fail, owner=self._tab
        )

    def _show(self, one: Attachment | None) -> None:
        if one is None:
            return
        if self._privacy.hidden:
            self._tab.picture.show_picture(b"", _("Pictures are hidden while names are."))
        elif one.media_type != attachments.JPEG:
            words = _("A PDF is not opened here: save a copy to read it elsewhere.")
            self._tab.picture.show_picture(b"", words)
        else:
            self._runner.start(
                lambda _progress: attachments.opened(self._desk, one.id), self._shown, self._fail, owner=self._tab
            )

    def _shown(self, opened: attachments.Opened) -> None:
        current = self._tab.table.current()
        if current is not None and current.id == opened.attachment.id and not self._privacy.hidden:
            words = self._desk.vocabularies.label("attachment", opened.attachment.kind)
            self._tab.picture.show_picture(opened.content, opened.attachment.title or words)

    def add(self) -> None:
        """Ask for a file, then what it is, and take it in."""
        kinds = _("Pictures and PDF ({endings})").format(endings=f"{_PICTURES} *{_PDF}")
        chosen, _kind = QFileDialog.getOpenFileName(self._tab, _("Choose a photo or file"), "", kinds)
        if not chosen:
            return
        path = Path(chosen)
        is_pdf = path.suffix.lower() == _PDF
        offers = [
            choice for choice in offered(self._desk.vocabularies, "attachment") if not (is_pdf and _is_photo(choice))
        ]
        form = AddForm(self._tab, offers, "document_copy" if is_pdf else attachments.PHOTO)
        take_in = attachments.add_file if is_pdf else attachments.add_picture
        person_id = self._whose()

        def keep(values: dict[str, str]) -> None:
            work = partial(take_in, self._desk, person_id, path, kind=values["kind"], title=values["title"])
            self._work(form, lambda: work()[1])

        self._open(form, keep)

    def copy(self, one: Attachment) -> None:
        """Ask why and where, then write the bytes there."""
        form = CopyForm(self._tab)

        def save(values: dict[str, str]) -> None:
            reason = values["reason"].strip()
            if not reason:
                form.show_problems([FieldProblem("reason", _("Write what the copy is for; it is recorded."))])
                return
            ending = _PDF if one.media_type == attachments.PDF else ".jpg"
            chosen, _kind = QFileDialog.getSaveFileName(form, _("Save a copy"), f"copy{ending}", f"*{ending}")
            if chosen:
                place = Path(chosen) if chosen.lower().endswith(ending) else Path(chosen + ending)
                self._work(form, lambda: self._give_out(one, place, reason))

        self._open(form, save)

    def _give_out(self, one: Attachment, place: Path, reason: str) -> Changes:
        given = attachments.give_out(self._desk, one.id, reason)
        write_file(place, given.content)
        return given.changes

    def remove(self, one: Attachment) -> None:
        """Ask once, then take the file away."""
        form = RemoveForm(self._tab)
        self._open(form, lambda _values: self._work(form, lambda: attachments.take_away(self._desk, one)))

    def _open(self, form: SmallForm, act: Callable[[dict[str, str]], object]) -> None:
        self.dialog = form
        form.wanted.connect(act)
        form.open()

    def _work(self, form: SmallForm, work: Callable[[], Changes]) -> None:
        def done(changes: Changes) -> None:
            form.accept()
            self._written(changes)

        self._runner.start(lambda _progress: work(), done, form.fail, owner=self._tab)

    def _fail(self, error: AppError) -> None:
        tell(self._note, error)


def _is_photo(choice: Choice) -> bool:
    return choice[0] == attachments.PHOTO
