"""What stands between a vault that opened and going in: an own passphrase, and a recovery paper that was tried once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.ui.unlock.pages import Page
from panoh.ui.unlock.port import UnlockPort
from panoh.ui.unlock.view import UnlockView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from panoh.ui.unlock.new_key_pages import OwnKeyPage, PaperPage, RecoveryTextPage

LEFT_ALONE = 10  # minutes in which nobody goes on: then the vault is closed
_FIELD_OF = {"vault.weak_passphrase": "passphrase", "vault.same_passphrase": "passphrase"}


class Gone(NamedTuple):
    """A vault that opened, and the passphrase that it opened with while an own one is chosen."""

    opened: object
    path: Path
    handed: str = ""


class FirstSteps:
    """Leads from an open vault into it; `go_in` is called at the end, `leave` when somebody goes back to Unlock."""

    def __init__(
        self, view: UnlockView, port: UnlockPort, go_in: Callable[[object, Path], object], leave: Callable[[], object]
    ) -> None:
        self._view, self._port, self._go_in, self._leave = view, port, go_in, leave
        self._waiting: Gone | None = None
        self._alone = QTimer(view)
        self._alone.setSingleShot(True)
        self._alone.setInterval(LEFT_ALONE * 60_000)
        self._alone.timeout.connect(self._left_alone)

    def begin(self, opened: object, path: Path, handed: str) -> bool:
        """Ask for an own passphrase; False when this user has one already."""
        if not self._port.was_handed_over(opened):
            return False
        self._waiting = Gone(opened, path, handed)
        page = self._own
        page.forget()
        page.set_busy("")
        page.note.say("")
        page.form.show_problems([])
        page.offer(self._port.suggest_passphrase())
        self._show(page, page.key.line)
        return True

    def show_text(self, opened: object, path: Path, recovery: str) -> None:
        """Show the recovery text, to be written down."""
        self._waiting = Gone(opened, path)
        page = self._text
        page.text.setPlainText(recovery)
        self._show(page, page.text)

    def _show(self, page: Page, focus: QWidget) -> None:
        self._alone.start()
        self._view.show_page(page, focus)

    def _left_alone(self) -> None:
        """An open vault, and perhaps its recovery text, stand on the screen of an empty room."""
        if self._waiting is None or not self._view.current().form.isEnabled():
            self._alone.start()  # at work
            return
        words = ""
        if self._view.current() is not self._own:
            words = _("The recovery paper was not finished: make a new one under Settings, Users.")
        self._text.text.clear()
        self._paper.forget()
        self._go_back()
        self._view.unlock.note.say(words, heading=_("Locked: nobody went on for ten minutes"))

    # --- an own passphrase ---------------------------------------------------------------------------------------

    @cached_property
    def _own(self) -> OwnKeyPage:
        page = self._view.own_key
        page.submitted.connect(self._take_own)
        page.back_asked.connect(self._go_back)
        page.another_asked.connect(lambda: page.offer(self._port.suggest_passphrase()))
        return page

    def _take_own(self) -> None:
        page, waiting = self._own, self._waiting
        if waiting is None or not page.form.isEnabled():
            return
        problems = []
        if not page.key.text().strip():
            problems.append(FieldProblem("passphrase", _("Type a passphrase of your own")))
        elif page.key.text() != page.again.text():
            problems.append(FieldProblem("again", _("The two passphrases differ: type the same one twice")))
        page.form.show_problems(problems)
        if problems:
            return
        page.set_busy(_("Taking the passphrase…"))

        def done(opened: object, recovery: str) -> None:
            page.forget()
            if recovery:
                self.show_text(opened, waiting.path, recovery)
            else:
                self._end(opened, waiting.path)

        self._port.begin(
            waiting.opened, waiting.path, waiting.handed, page.key.text(), done, lambda error: _fail(page, error)
        )

    def _go_back(self) -> None:
        self._alone.stop()
        waiting, self._waiting = self._waiting, None
        self._own.forget()
        if waiting is not None:
            self._port.close(waiting.opened)
        self._leave()

    # --- the paper -----------------------------------------------------------------------------------------------

    @cached_property
    def _text(self) -> RecoveryTextPage:
        page = self._view.recovery_text
        page.submitted.connect(self._written_down)
        return page

    @cached_property
    def _paper(self) -> PaperPage:
        page = self._view.paper
        page.submitted.connect(self._try_paper)
        page.again_asked.connect(lambda: self._show(self._text, self._text.text))
        return page

    def _written_down(self) -> None:
        page = self._paper
        page.forget()
        page.set_busy("")
        page.form.show_problems([])
        page.note.say("")
        self._show(page, page.text)

    def _try_paper(self) -> None:
        page, waiting = self._paper, self._waiting
        if waiting is None or not page.form.isEnabled():
            return
        if not page.text.toPlainText().strip():
            page.form.show_problems([FieldProblem("recovery", _("Type the recovery text from the paper"))])
            return
        page.set_busy(_("Trying…"))

        def tried(opens: bool) -> None:
            page.set_busy("")
            if opens:
                self._text.text.clear()
                page.forget()
                self._end(waiting.opened, waiting.path)
                return
            words = _("This does not open the vault. Look at the text once more and mend the paper.")
            page.form.show_problems([FieldProblem("recovery", words)])

        self._port.paper_opens(waiting.opened, page.text.toPlainText(), tried, lambda error: _fail(page, error))

    def _end(self, opened: object, path: Path) -> None:
        self._alone.stop()
        self._waiting = None
        self._go_in(opened, path)


def _fail(page: Page, error: AppError) -> None:
    page.set_busy("")
    row = page.form.rows.get(_FIELD_OF.get(error.code, ""))
    if row is None:
        page.note.say(error.sentence())
    else:
        row.set_error(error.sentence())
        row.take_focus()
