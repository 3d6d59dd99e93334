"""What happens on the Unlock screen. Knows the pages and the port, no service: it works before they are loaded."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.ui.accessibility import announce
from panoh.ui.unlock.first_steps import FirstSteps
from panoh.ui.unlock.pages import Page
from panoh.ui.unlock.port import UnlockPort
from panoh.ui.unlock.tries import Tries
from panoh.ui.unlock.view import UnlockView

if TYPE_CHECKING:
    from panoh.ui.unlock.damage import DamagePresenter
    from panoh.ui.unlock.new_key_pages import CreatePage, NewKeyPage, RecoverPage

_DAMAGE = ("vault.damaged", "vault.key_damaged")
_TICK = 250  # milliseconds
_FIELD_OF = {  # where an error of the vault stands
    "vault.wrong_passphrase": "passphrase",
    "vault.weak_passphrase": "passphrase",
    "vault.user_exists": "user",
    "vault.wrong_recovery": "recovery",
    "vault.missing": "vault",
    "vault.exists": "place",
}


class UnlockPresenter:
    """Drives the view; hands the open vault and its path to `on_open`."""

    def __init__(self, view: UnlockView, port: UnlockPort, on_open: Callable[[object, Path], object]) -> None:
        self._view, self._port, self._on_open = view, port, on_open
        self._busy = False
        self._steps = FirstSteps(view, port, on_open, self.show_unlock)
        self._tries = Tries(time.monotonic)
        view.unlock.vault_changed.connect(self._vault_changed)
        view.unlock.other_asked.connect(self._other_vault)
        view.unlock.create_asked.connect(self.show_create)
        view.unlock.recover_asked.connect(self.show_recover)
        view.unlock.submitted.connect(self._unlock)

    def start(self) -> None:
        """Show Unlock when there is a vault on this computer, else offer to create one."""
        if self._port.known_vaults():
            self.show_unlock()
        else:
            self.show_create()

    def show_unlock(self) -> None:
        """Show the page that unlocks, with the vault used last."""
        page = self._view.unlock
        vaults = self._port.known_vaults()
        page.show_vaults(vaults, vaults[0].path if vaults else self._port.default_place())
        self._clean(page)
        self._view.show_page(page, page.key.line if page.user.text() else page.user)

    def show_create(self) -> None:
        """Show the page that makes a vault; without any vault yet there is no way back, but one to another place."""
        page = self._making
        known = bool(self._port.known_vaults())
        page.back.setVisible(known)
        page.other.setVisible(not known)
        page.place.setText(str(self._port.default_place()))
        page.offer(self._port.suggest_passphrase())
        self._clean(page)
        self._view.show_page(page, page.user)

    def show_recover(self) -> None:
        """Show the page for the recovery text."""
        page = self._recovering
        page.offer(self._port.suggest_passphrase())
        self._clean(page)
        self._view.show_page(page, page.recovery)

    @cached_property
    def _making(self) -> CreatePage:
        page = self._view.making
        page.submitted.connect(self._create)
        page.back_asked.connect(self.show_unlock)
        page.other_asked.connect(self._other_vault)
        page.another_asked.connect(lambda: page.offer(self._port.suggest_passphrase()))
        return page

    @cached_property
    def _recovering(self) -> RecoverPage:
        page = self._view.recover
        page.submitted.connect(self._recover)
        page.back_asked.connect(self.show_unlock)
        page.another_asked.connect(lambda: page.offer(self._port.suggest_passphrase()))
        return page

    def _unlock(self) -> None:
        page = self._view.unlock
        problems = self._missing(user=page.user.text(), passphrase=page.key.text())
        if not self._begin(page, problems, _("Unlocking…")):
            return
        path = page.path
        self._port.unlock(
            path,
            page.user.text().strip(),
            page.key.text(),
            lambda opened: self._done(page, opened, path),
            lambda error: self._unlock_failed(path, error),
            page.set_busy,
        )

    def _unlock_failed(self, path: Path, error: AppError) -> None:
        """Damage leads to the recovery screen, whatever else stays on this page."""
        page = self._view.unlock
        if error.code not in _DAMAGE:
            self._failed(page, error)
            return
        self._busy = False
        page.set_busy(_("Looking at the vault and its backups…"))
        self._damage.look(path, page.user.text().strip(), page.key.text(), lambda why: self._failed(page, why))

    @cached_property
    def _damage(self) -> DamagePresenter:
        from panoh.ui.unlock.damage import DamagePresenter

        shown, unlock = self._view.damage, self._view.unlock

        def show() -> None:
            self._end(unlock)
            unlock.forget()
            self._view.show_page(shown, shown.elsewhere)

        def back(words: str) -> None:
            self.show_unlock()
            unlock.note.set_tone("info" if words else "error")
            unlock.note.say(words)

        return DamagePresenter(shown, self._port, show, self._on_open, back)

    def _create(self) -> None:
        page = self._making
        problems = self._missing(place=page.place.text()) + self._key_problems(page)
        if not self._begin(page, problems, _("Creating the vault…")):
            return
        path = Path(page.place.text().strip()).expanduser()
        self._port.create(
            path,
            page.user.text().strip(),
            page.key.text(),
            lambda opened, recovery: self._show_recovery(page, opened, path, recovery),
            lambda error: self._failed(page, error),
        )

    def _recover(self) -> None:
        page = self._recovering
        problems = self._missing(recovery=page.recovery.toPlainText()) + self._key_problems(page)
        if not self._begin(page, problems, _("Recovering…")):
            return
        path = self._view.unlock.path
        self._port.recover(
            path,
            page.recovery.toPlainText(),
            page.user.text().strip(),
            page.key.text(),
            lambda opened, recovery: self._show_recovery(page, opened, path, recovery),
            lambda error: self._failed(page, error),
        )

    def _missing(self, **typed: str) -> list[FieldProblem]:
        sentences = {
            "user": _("Type your user name"),
            "passphrase": _("Type the passphrase"),
            "place": _("Say where the vault is to be kept"),
            "recovery": _("Type the recovery text from the paper"),
        }
        return [FieldProblem(field, sentences[field]) for field, text in typed.items() if not text.strip()]

    def _key_problems(self, page: NewKeyPage) -> list[FieldProblem]:
        problems = self._missing(user=page.user.text(), passphrase=page.key.text())
        if page.key.text() != page.again.text():
            problems.append(FieldProblem("again", _("The two passphrases differ: type the same one twice")))
        return problems

    def _begin(self, page: Page, problems: list[FieldProblem], words: str) -> bool:
        """Whether the work may start: not busy already, nothing missing."""
        if self._busy:
            return False
        page.note.say("")
        page.form.show_problems(problems)
        if problems:
            return False
        if not page.makes and (seconds := self._tries.left):
            page.note.say(_wait_words(seconds), heading=_("Several tries were wrong"))
            self._count_down(page)
            return False
        self._busy = True
        page.set_busy(words)
        announce(page, words)
        return True

    def _count_down(self, page: Page) -> None:
        """Show on the note how long is still to be waited, until it is over: it would go on asking to wait."""

        def tick() -> None:
            asks = page.note.heading == _("Several tries were wrong")
            if asks and (seconds := self._tries.left):
                page.note.set_text(_wait_words(seconds))
                return
            count.stop()
            count.deleteLater()
            if asks:
                page.note.hide()

        count = QTimer(page)
        count.timeout.connect(tick)
        count.start(_TICK)

    def _failed(self, page: Page, error: AppError) -> None:
        self._end(page)
        row = page.form.rows.get(_FIELD_OF.get(error.code, ""))
        if row is None:
            page.note.say(error.sentence())
            return
        row.set_error(error.sentence())
        row.take_focus()
        announce(page, error.sentence(), urgent=True)
        if error.code in ("vault.wrong_passphrase", "vault.wrong_recovery"):
            self._tries.failed()
        if error.code == "vault.wrong_passphrase":
            self._view.unlock.key.select_all()

    def _done(self, page: Page, opened: object, path: Path) -> None:
        """Hand the vault on; the page stays busy until another takes its place."""
        self._tries.right()
        handed = self._view.unlock.key.text()
        page.forget()
        if self._steps.begin(opened, path, handed):
            self._end(page)
        else:
            self._on_open(opened, path)

    def _show_recovery(self, page: Page, opened: object, path: Path, recovery: str) -> None:
        self._end(page)
        page.forget()
        self._steps.show_text(opened, path, recovery)

    def _end(self, page: Page) -> None:
        self._busy = False
        page.set_busy("")

    def _clean(self, page: Page) -> None:
        page.note.set_tone("error")
        page.note.say("")
        page.form.show_problems([])

    def _vault_changed(self, path: str) -> None:
        self._view.unlock.show_facts(self._port.facts(Path(path)))

    def _other_vault(self, folder: str) -> None:
        page = self._view.unlock
        page.show_vaults(self._port.known_vaults(), Path(folder))
        self._view.show_page(page, page.user)


def _wait_words(seconds: int) -> str:
    words = ngettext("Wait {n} second, then try again.", "Wait {n} seconds, then try again.", seconds)
    return words.format(n=seconds)
