"""panoh: the window. Shows Unlock first; what it needs after that is loaded while the passphrase is typed."""

# ruff: noqa: E402
from __future__ import annotations

import builtins
import gc

gc.disable()  # until all is loaded; from then on see ui/garbage.py

from PySide6.QtWidgets import QApplication

# PySide puts an import of its own in place of Python's, which reads the source of every module imported after it in
# search of `from __feature__`. Nothing here uses that, and it costs a tenth of every import.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

import contextlib
import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from panoh import __version__
from panoh.base import logs, paths, settings
from panoh.base.clock import Clock
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment, use_language
from panoh.base.progress import Progress
from panoh.store.folder import VaultFolder, newest
from panoh.ui.garbage import collect_here
from panoh.ui.pieces import in_pieces
from panoh.ui.shell.window import MainWindow
from panoh.ui.start import dress
from panoh.ui.tasks import FILES, Runner
from panoh.ui.unlock.port import KnownVault, OnCreated, OnError, OnOpened, OnStep
from panoh.ui.unlock.presenter import UnlockPresenter
from panoh.ui.unlock.view import UnlockView

if TYPE_CHECKING:
    from panoh.ui.locking.guard import Guard
    from panoh.ui.locking.lock import Locked, SafeLock
    from panoh.ui.workplace import Workplace

T = TypeVar("T")
LANGUAGES = (("en", "English"),)
_PAUSE = 5  # milliseconds between two pieces of work of the window's own thread
QUIT = "--quit-after-first-paint"  # for the benchmark; not told in --help


def _late(name: str) -> Any:
    """The one sanctioned late import: services and screens load while Unlock already shows."""
    return importlib.import_module(name)


class Door:
    """What Unlock needs of the services; each of the long ones runs on the store's worker."""

    def __init__(
        self, runner: Runner, device: settings.DeviceSettings, clock: Clock, locked: Locked | None = None
    ) -> None:
        self._runner, self._device, self._clock = runner, device, clock
        self._locked = locked  # the lock before, of this run

    def known_vaults(self) -> Sequence[KnownVault]:
        """The vault used last, then those at the default place."""
        last = Path(self._device.last_vault) if self._device.last_vault else None
        places = [last] if last else []
        with contextlib.suppress(OSError):
            places += sorted(place for place in paths.vaults_folder().iterdir() if place.is_dir())
        return [KnownVault(place.name, place) for place in dict.fromkeys(places) if VaultFolder(place).db.is_file()]

    def facts(self, path: Path) -> Sequence[tuple[str, str]]:
        """Last backup, last lock and key files, as far as a locked vault tells them."""
        folder = VaultFolder(path)
        try:
            backup = newest(folder)
            match = folder.key.read_bytes() == folder.mirror.read_bytes()
        except OSError:
            return [(_("Key files"), _("missing or not readable"))]
        locked = self._locked if self._locked and self._locked.place.vault == path else None
        return [
            (_("Last backup"), _("{when}, read back").format(when=moment(backup.made_at)) if backup else _("none yet")),
            *([(_("Locked"), locked.words())] if locked else []),
            (_("Key files"), _("both copies match") if match else _("the copies differ; unlocking repairs them")),
        ]

    def default_place(self) -> Path:
        """A folder that is still free."""
        place, number = paths.vaults_folder() / "vault", 1
        while place.exists():
            number += 1
            place = place.with_name(f"vault-{number}")
        return place

    def suggest_passphrase(self) -> str:
        """Five words drawn by chance."""
        return str(_late("panoh.services.passphrases").new_passphrase())

    def unlock(
        self, path: Path, user: str, passphrase: str, on_done: OnOpened, on_error: OnError, on_step: OnStep
    ) -> None:
        """Open a vault."""

        self.work(
            lambda step, clock: _services().unlock(
                path, user, passphrase, clock=clock, progress=step, levels_later=True
            ),
            on_done,
            on_error,
            on_step,
        )

    def work(
        self, job: Callable[[Progress, Clock], T], on_done: Callable[[T], object], on_error: OnError, on_step: OnStep
    ) -> None:
        """Do something with a locked vault; what `on_step` is told says how far it is."""

        def tell(done: int, total: int, what: str) -> None:
            percent = 100 * done // total if total else 0
            on_step(_("{what}: {percent} %").format(what=what, percent=percent) if percent else what)

        self._runner.start(lambda step: job(step, self._clock), on_done, on_error, tell)

    def begin(self, opened: Any, path: Path, handed: str, own: str, on_done: OnCreated, on_error: OnError) -> None:
        """Take an own passphrase in place of the one that was handed over; in a new vault another key, too."""

        def work(_step: object) -> tuple[Any, str]:
            paper = _late("panoh.services.users").begin(opened, handed, own)
            if not paper:
                return opened, ""
            return _services().unlock(path, opened.desk.user.name, own, clock=self._clock, levels_later=True), paper

        self._runner.start(work, lambda made: on_done(*made), on_error)

    def was_handed_over(self, opened: Any) -> bool:
        """Whether this user still has the passphrase that somebody else made."""
        return bool(opened.desk.user.one_time)

    def paper_opens(self, opened: Any, text: str, on_done: Callable[[bool], object], on_error: OnError) -> None:
        """Whether what was typed off the paper opens the vault."""
        check = lambda _step: _late("panoh.services.users").paper_opens(opened, text)  # noqa: E731
        self._runner.start(check, on_done, on_error)

    def close(self, opened: Any) -> None:
        """Lock a vault that nobody went into."""
        self._runner.start(lambda _step: opened.close(), lambda _closed: None)

    def create(self, path: Path, user: str, passphrase: str, on_done: OnCreated, on_error: OnError) -> None:
        """Make a vault with its first user, a supervisor."""
        make = lambda _step: _services().create(path, user, passphrase, clock=self._clock)  # noqa: E731
        self._runner.start(make, lambda made: on_done(made.open, made.recovery), on_error)

    def recover(
        self, path: Path, recovery: str, user: str, passphrase: str, on_done: OnCreated, on_error: OnError
    ) -> None:
        """Open a vault with its recovery text."""
        make = lambda _step: _services().recover(path, recovery, user, passphrase, clock=self._clock)  # noqa: E731
        self._runner.start(make, lambda made: on_done(made.open, made.recovery), on_error)


def _services() -> Any:
    return _late("panoh.services.vault")


class Program:
    """The application: from Unlock to the workplace and back."""

    def __init__(self, app: QApplication, device: settings.DeviceSettings, clock: Clock) -> None:
        self.window = MainWindow(device, self._keep)
        self.runner = Runner(app, self.show_bug)
        self.workplace: Workplace | None = None
        self._clock = clock
        self._unlocking: UnlockPresenter | None = None
        self._guard: Guard | None = None  # made when the first vault is open
        self._locked: Locked | None = None
        self._locking: SafeLock | None = None
        self._told = ""  # what Unlock says of the lock before

    def show_unlock(self) -> None:
        """Show the door."""
        view = UnlockView(LANGUAGES, "en")
        view.help_asked.connect(self.window.open_help)
        door = Door(self.runner, self.window.settings, self._clock, self._locked)
        self._unlocking = UnlockPresenter(view, door, self.enter)
        self.window.show_page(view, lambda: "unlock")
        self._unlocking.start()
        view.unlock.note.say(self._told)
        self._told = ""
        if self._locked and self._locked.unsaved:
            heading = _("What was typed last could not be kept when the vault was locked")
            view.unlock.note.say(self._locked.unsaved.sentence(), heading=heading)

    def load_the_rest(self) -> None:
        """Load services and screens on the worker, while somebody types; tell of a crash in which the last time ended."""
        logs.start(paths.logs_folder())
        if report := logs.note_crashes(paths.logs_folder()):
            _late("panoh.ui.errors").show_crash(report, self.window)
        self.runner.start(lambda _step: _get_ready(), lambda _loaded: collect_here(self.window))

    def _keep(self, device: settings.DeviceSettings) -> None:
        """Write the device's settings; the disk may take a while."""
        self.runner.start(lambda _step: settings.save(paths.settings_file(), device), lambda _kept: None, lane=FILES)

    def show_bug(self, error: BaseException) -> None:
        """Tell of a mistake in Panoh itself."""
        _late("panoh.ui.errors").show_bug(error, self.window)

    def enter(self, opened: Any, path: Path) -> None:
        """Show the workplace of an OpenVault and remember the place of the vault."""
        self.window.remember(last_vault=str(path))
        in_pieces(self.window, self.entering(opened), pause=_PAUSE)

    def entering(self, opened: Any) -> Iterator[None]:
        """Build the workplace of an OpenVault and show it, in pieces: Unlock stands until all is there."""
        if self._guard is None:
            self._guard = _late("panoh.ui.locking.guard").Guard(self.window, self._clock, self.runner)
            self._guard.lock_asked.connect(self.lock)
        guard = self._guard
        self.workplace = workplace = _late("panoh.ui.workplace").Workplace(
            self.window, opened, self.runner, self.lock, lambda: guard.system.known
        )
        yield
        workplace.build()
        yield
        if self.workplace is not workplace:  # it was locked meanwhile
            return
        self.window.show_page(workplace.frame, workplace.help_page)
        workplace.start(self._locked.place if self._locked else None)
        self._locked = None
        guard.start(workplace.frame.status, by_itself=not opened.desk.demo)

    def lock(self, why: str = "asked") -> None:
        """Hide everything at once, then let go of it in the order of a safe lock; the door shows when that is done."""
        if self.workplace is None or self._guard is None:
            return
        workplace, self.workplace = self.workplace, None
        self._told = workplace.words_after
        self._guard.rest()
        self._locking = _late("panoh.ui.locking.lock").SafeLock(
            self.window,
            self.runner,
            workplace,
            on_locked=self._show_locked,
            on_key=self.show_unlock,
            on_closed=self._guard.locked,
        )
        self._locking.start(why)

    def _show_locked(self, locked: Locked) -> None:
        """Nothing of the vault is left in the window: show the door, unless it was hidden and nobody pressed a key since."""
        self._locked = locked
        if locked.why != "hidden":
            self.show_unlock()

    def end(self) -> None:
        """Let go of everything before the program ends."""
        workplace, self.workplace = self.workplace, None
        if workplace is not None:
            with self.runner.keeping():
                workplace.keep_drafts()
        self.runner.shutdown()
        if self._locking is not None:
            self._locking.finish()
        if workplace is not None:
            workplace.close()
        if "panoh.ui.locking.clipboard" in sys.modules:
            _late("panoh.ui.locking.clipboard").clipboard().clear()


def _get_ready() -> None:
    """Load every screen, and what locks: Shift three times must not wait for a file to be read."""
    _late("panoh.ui.workplace").get_ready()
    for name in ("guard", "lock", "linux" if sys.platform == "linux" else "system"):
        _late(f"panoh.ui.locking.{name}")


def _painted(app: QApplication) -> None:
    """Say that the first window stands, and end: for the benchmark."""
    print("painted", flush=True)
    app.quit()


def _arguments(argv: Sequence[str]) -> tuple[bool, Path | None]:
    """Whether the demo is asked for, and where it leaves its papers when there is no display. May end the program."""
    if not argv:
        return False, None
    from argparse import ArgumentParser

    from panoh.base import child

    if child.asked(argv):
        sys.exit(child.run(argv))
    parser = ArgumentParser(prog="panoh", description=_("Registration, triage and family tracing, offline."))
    parser.add_argument("--version", action="version", version=f"panoh {__version__}")
    parser.add_argument("--demo", action="store_true", help=_("open a throw-away vault of invented people"))
    parser.add_argument(
        "--off-screen",
        metavar="FOLDER",
        type=Path,
        help=_("with --demo and no display: leave a PDF and a picture there"),
    )
    wanted = parser.parse_args(argv)
    return wanted.demo, wanted.off_screen


def main(argv: Sequence[str] | None = None) -> None:
    """Entry point of the window."""
    argv = sys.argv[1:] if argv is None else list(argv)
    demo, off_screen = _arguments([each for each in argv if each != QUIT])
    paths.guard_process()
    device = settings.load(paths.settings_file())
    use_language(device.language or "en")
    app = QApplication([sys.argv[0], *(["-platform", "offscreen"] if off_screen else [])])
    dress(app, device)
    clock = Clock()
    program = Program(app, device, clock)
    if not off_screen:
        sys.excepthook = lambda _kind, error, _trace: program.show_bug(error)
    with contextlib.ExitStack() as stack:
        stack.callback(program.end)
        if demo:
            import tempfile

            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="panoh-demo-"))) / "vault"
            list(program.entering(_late("panoh.services.demo").make(folder, clock)))
        else:
            program.show_unlock()
        if off_screen:
            _late("panoh.ui.off_screen").walk(program.window, program.workplace, off_screen)
            return
        program.window.painted.connect((lambda: _painted(app)) if QUIT in argv else program.load_the_rest)
        program.window.open_whole()
        app.exec()


if __name__ == "__main__":
    main()
