"""What the tab 'Sealed' asks: sealing, reading for a reason, changing, taking away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.services import seal
from panoh.services.desk import Changes, Desk
from panoh.services.seal import SealedLine
from panoh.ui.errors import tell
from panoh.ui.person.sealed_words import ONE_LINE, field_words
from panoh.ui.person.tab_sealed import SealedTab
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.choices import Choice, RadioChoice
from panoh.ui.widgets.controls import LongEdit, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm

SHOWN_FOR = 120_000  # milliseconds


class KindForm(SmallForm):
    """What is to be sealed."""

    def __init__(self, parent: QWidget, kinds: list[Choice]) -> None:
        words = _("Supervisors and whoever holds the case can read it, each time for a reason. Nobody else can.")
        super().__init__(parent, _("Seal something"), words, _("Continue"))
        self.form.add("kind", FieldRow(_("What it is"), RadioChoice(kinds)))
        self.form.finish()
        self.set_value("kind", kinds[0][0])


class WordsForm(SmallForm):
    """The words of one kind. They are no draft: what is not sealed yet is gone when this is left."""

    def __init__(self, parent: QWidget, title: str, kind: str, told: dict[str, str]) -> None:
        words = _("What you write here is kept nowhere before you seal it: no draft holds it.")
        super().__init__(parent, title, words, _("Seal it"))
        for name, label in field_words(kind).items():
            self.form.add(
                name,
                FieldRow(label, QLineEdit() if name in ONE_LINE else LongEdit(3 if len(field_words(kind)) > 1 else 8)),
            )
        self.form.finish()
        for name in field_words(kind):
            self.set_value(name, told.get(name, ""))


class ReasonForm(SmallForm):
    """Why it is opened."""

    def __init__(self, parent: QWidget, act: str) -> None:
        words = _("The history keeps that you opened it, when, and this reason.")
        super().__init__(parent, _("Why do you need it?"), words, act)
        self.form.add(
            "reason", FieldRow(_("Reason"), QLineEdit(), hint=_("for example: medicine has to reach her today"))
        )
        self.form.finish()


class RemoveForm(SmallForm):
    """Asks once."""

    def __init__(self, parent: QWidget) -> None:
        words = _("Nobody can open it any more. That it was there, and that you took it away, stays in the history.")
        super().__init__(parent, _("Remove what is sealed?"), words, _("Remove it"))
        self.form.finish()


class SealedPart:
    """The presenter of the tab. `whose` tells whose record shows; `written` is told what changed."""

    def __init__(
        self,
        tab: SealedTab,
        note: NoteBar,
        desk: Desk,
        runner: TaskRunner,
        privacy: Privacy,
        whose: Callable[[], str],
        written: Callable[[Changes], object],
    ) -> None:
        self._tab, self._note, self._desk, self._runner = tab, note, desk, runner
        self._whose, self._written = whose, written
        self.dialog: SmallForm | None = None
        self._shown = QTimer(tab)
        self._shown.setSingleShot(True)
        self._shown.setInterval(SHOWN_FOR)
        self._shown.timeout.connect(tab.forget)
        tab.left.connect(self._shown.stop)
        tab.seal_asked.connect(self.seal)
        tab.read_asked.connect(self.read_one)
        tab.change_asked.connect(self.change)
        tab.remove_asked.connect(self.remove)
        privacy.changed.connect(tab.forget)

    def read(self, *, may_read: bool) -> None:
        """Read the list of whose record shows."""
        person_id = self._whose()

        def show(found: list[SealedLine]) -> None:
            if person_id == self._whose():
                self._tab.show_sealed(found, may_read=may_read)

        self._runner.start(lambda _progress: seal.lines(self._desk, person_id), show, self._fail, owner=self._tab)

    def seal(self) -> None:
        """Ask what kind, then the words."""
        choose = KindForm(self._tab, offered(self._desk.vocabularies, "sealed_kind"))

        def go_on(values: dict[str, str]) -> None:
            choose.accept()
            self._write(values["kind"])

        self._open(choose, go_on)

    def _write(self, kind: str) -> None:
        form = WordsForm(self._tab, self._desk.vocabularies.label("sealed_kind", kind), kind, {})
        person_id = self._whose()
        self._open(
            form,
            lambda told: self._work(form, lambda: seal.seal(self._desk, person_id, kind, told), self._tab.say_kept),
        )

    def read_one(self, line: SealedLine) -> None:
        """Ask why, then show it."""
        self._opened(line, _("Open it"), lambda told: self._show(line, told))

    def _show(self, line: SealedLine, told: dict[str, str]) -> None:
        current = self._tab.table.current()
        if current is not None and current.id == line.id and self._tab.isVisible():
            self._tab.show_words(line, told)
            self._shown.start()

    def change(self, line: SealedLine) -> None:
        """Ask why, then let the words be changed."""

        def edit(told: dict[str, str]) -> None:
            form = WordsForm(self._tab, self._desk.vocabularies.label("sealed_kind", line.kind), line.kind, told)
            self._open(form, lambda new: self._work(form, lambda: seal.change(self._desk, line.id, new)))

        self._opened(line, _("Open it to change it"), edit)

    def _opened(self, line: SealedLine, act: str, then: Callable[[dict[str, str]], object]) -> None:
        form = ReasonForm(self._tab, act)

        def ask(values: dict[str, str]) -> None:
            def done(told: dict[str, str]) -> None:
                form.accept()
                then(told)

            self._runner.start(
                lambda _progress: seal.open_sealed(self._desk, line.id, values["reason"]),
                done,
                lambda error: _at_reason(form, error),
                owner=self._tab,
            )

        self._open(form, ask)

    def remove(self, line: SealedLine) -> None:
        """Ask once, then take it away."""
        form = RemoveForm(self._tab)
        self._open(form, lambda _values: self._work(form, lambda: seal.take_away(self._desk, line.id)))

    def _open(self, form: SmallForm, act: Callable[[dict[str, str]], object]) -> None:
        self.dialog = form
        form.wanted.connect(act)
        form.open()

    def _work(self, form: SmallForm, work: Callable[[], Changes], then: Callable[[], object] = lambda: None) -> None:
        def done(changes: Changes) -> None:
            form.accept()
            self._written(changes)
            then()

        self._runner.start(lambda _progress: work(), done, form.fail, owner=self._tab)

    def _fail(self, error: AppError) -> None:
        tell(self._note, error)


def _at_reason(form: SmallForm, error: AppError) -> None:
    if error.code == "seal.reason_needed":
        form.show_problems([FieldProblem("reason", error.sentence())])
    else:
        form.fail(error)
