"""What happens on the recovery screen. Loaded when a vault turned out to be damaged: by then the services are there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment
from panoh.base.progress import Progress
from panoh.services import recovery
from panoh.services.recovery import BACKUP, LOG, Outlook
from panoh.services.vault import OpenVault
from panoh.ui.accessibility import announce
from panoh.ui.unlock.damage_page import DamagePage
from panoh.ui.unlock.pages import choose_folder
from panoh.ui.unlock.port import UnlockPort

T = TypeVar("T")


class DamagePresenter:
    """Drives the page for one damaged vault; `on_open` is handed a vault that is only read, `on_back` leads to Unlock."""

    def __init__(
        self,
        page: DamagePage,
        port: UnlockPort,
        show: Callable[[], object],
        on_open: Callable[[OpenVault, Path], object],
        on_back: Callable[[str], object],
    ) -> None:
        self._page, self._port, self._show, self._on_open, self._on_back = page, port, show, on_open, on_back
        self._path, self._user, self._passphrase = Path(), "", ""
        self._elsewhere: Path | None = None
        self._found: Outlook | None = None
        self._busy = False
        page.submitted.connect(self._put_back)
        page.read_asked.connect(self._read)
        page.elsewhere_asked.connect(self._look_elsewhere)
        page.back_asked.connect(lambda: self._leave(""))

    def look(self, path: Path, user: str, passphrase: str, failed: Callable[[AppError], object]) -> None:
        """Look at this vault and its backups, then show the page; `failed` is told what stopped the look."""
        self._path, self._user, self._passphrase, self._elsewhere = path, user, passphrase, None
        self._search(failed)

    def _search(self, failed: Callable[[AppError], object]) -> None:
        path, user, passphrase, elsewhere = self._path, self._user, self._passphrase, self._elsewhere

        def work(step: Progress, clock: Clock) -> Outlook:
            return recovery.look(path, user, passphrase, clock=clock, elsewhere=elsewhere, progress=step)

        self._start(work, self._tell, _("Looking at the vault and its backups…"), failed)

    def _tell(self, found: Outlook) -> None:
        self._found = found
        best, when = found.best, ""
        if best is not None and best.what == LOG:
            when = _("the vault itself, without the log of another day that lies beside it")
        elif best is not None and best.path is not None and best.made_at is not None:
            words = _("{when} ({name}), read through just now")
            when = words.format(when=moment(best.made_at), name=best.path.name)
        facts = [(_("What is wrong"), " ".join(found.problems)), (_("Best way back"), when or _("none was found here"))]
        if best is not None:
            facts.append((_("Would be lost"), found.lost))
        if found.bad:
            facts.append((_("Not usable"), ", ".join(found.bad)))
        words = _(
            "Your passphrase is right. Nothing was changed. The damaged files are kept beside it, whatever you do here."
        )
        self._page.show_outlook(words, facts, best=best is not None, readable=found.readable)
        self._show()
        safe = self._page.read if found.readable and best is not None else self._page.elsewhere  # Enter changes nothing
        safe.setFocus()
        announce(self._page, " ".join([self._page.title, words, *(f"{label}: {value}" for label, value in facts)]))

    def _look_elsewhere(self) -> None:
        chosen = choose_folder(self._page, _("Folder with backups"), str(self._path.parent))
        if chosen:
            self._elsewhere = Path(chosen)
            self._search(self._fail)

    def _put_back(self) -> None:
        if self._found is None or self._found.best is None:
            return
        path, user, passphrase, best = self._path, self._user, self._passphrase, self._found.best

        def work(step: Progress, clock: Clock) -> Path:
            return recovery.put_back(path, best, user, passphrase, clock=clock, progress=step)

        def done(aside: Path) -> None:
            told = _("The vault was restored and read through. The damaged files are kept in {name}; unlock again.")
            if best.what == BACKUP:
                told += " " + _(
                    "Users, roles and passphrases are those of that backup: have the head of office look at them."
                )
            self._leave(told.format(name=aside.name))

        self._start(work, done, _("Restoring the vault…"), self._fail)

    def _read(self) -> None:
        path, user, passphrase = self._path, self._user, self._passphrase

        def work(_step: Progress, clock: Clock) -> OpenVault:
            return recovery.open_read_only(path, user, passphrase, clock=clock)

        def done(opened: OpenVault) -> None:
            self._forget()
            self._on_open(opened, path)

        self._start(work, done, _("Opening…"), self._fail)

    def _start(
        self,
        work: Callable[[Progress, Clock], T],
        on_done: Callable[[T], object],
        words: str,
        failed: Callable[[AppError], object],
    ) -> None:
        if self._busy:
            return
        self._busy = True
        self._page.note.say("")
        self._page.set_busy(words)

        def end(deliver: Callable[[], object]) -> None:
            self._busy = False
            self._page.set_busy("")
            self._page.main.setVisible(self._found is not None and self._found.best is not None)
            deliver()

        self._port.work(
            work,
            lambda result: end(lambda: on_done(result)),
            lambda error: end(lambda: failed(error)),
            self._page.set_busy,
        )

    def _fail(self, error: AppError) -> None:
        self._page.note.say(error.sentence())

    def _leave(self, words: str) -> None:
        self._forget()
        self._on_back(words)

    def _forget(self) -> None:
        self._passphrase, self._found = "", None
