"""panoh: the window. Shows Unlock first; what it needs after that is loaded while the passphrase is typed."""

# ruff: noqa: E402
from __future__ import annotations

import gc

gc.disable()  # until the first window stands: loading Qt makes many objects, none of which can go yet

import argparse
import contextlib
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from panoh import __version__
from panoh.base import child, logs, paths, settings
from panoh.base.clock import Clock
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment, use_language
from panoh.store.folder import VaultFolder, newest
from panoh.ui.errors import show_bug
from panoh.ui.shell.window import MainWindow
from panoh.ui.start import dress
from panoh.ui.tasks import Runner
from panoh.ui.unlock.port import KnownVault, OnCreated, OnError, OnOpened
from panoh.ui.unlock.presenter import UnlockPresenter
from panoh.ui.unlock.view import UnlockView

if TYPE_CHECKING:
    from panoh.ui.workplace import Workplace

LANGUAGES = (("en", "English"),)


def _late(name: str) -> Any:
    """The one sanctioned late import: services and screens load while Unlock already shows."""
    return importlib.import_module(name)


class Door:
    """What Unlock needs of the services; each of the long ones runs on the store's worker."""

    def __init__(self, runner: Runner, device: settings.DeviceSettings, clock: Clock) -> None:
        self._runner, self._device, self._clock = runner, device, clock

    def known_vaults(self) -> Sequence[KnownVault]:
        """The vault used last, then those at the default place."""
        last = Path(self._device.last_vault) if self._device.last_vault else None
        places = [last] if last else []
        with contextlib.suppress(OSError):
            places += sorted(place for place in paths.vaults_folder().iterdir() if place.is_dir())
        return [KnownVault(place.name, place) for place in dict.fromkeys(places) if VaultFolder(place).db.is_file()]

    def facts(self, path: Path) -> Sequence[tuple[str, str]]:
        """Last backup and key files, as far as a locked vault tells them."""
        folder = VaultFolder(path)
        try:
            backup = newest(folder)
            match = folder.key.read_bytes() == folder.mirror.read_bytes()
        except OSError:
            return [(_("Key files"), _("missing or not readable"))]
        return [
            (_("Last backup"), _("{when}, read back").format(when=moment(backup.made_at)) if backup else _("none yet")),
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

    def unlock(self, path: Path, user: str, passphrase: str, on_done: OnOpened, on_error: OnError) -> None:
        """Open a vault."""
        self._runner.start(
            lambda step: _services().unlock(path, user, passphrase, clock=self._clock, progress=step), on_done, on_error
        )

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
        self.window = MainWindow(device, lambda new: settings.save(paths.settings_file(), new))
        self.runner = Runner(app, lambda error: show_bug(error, self.window))
        self.workplace: Workplace | None = None
        self._clock = clock
        self._unlocking: UnlockPresenter | None = None

    def show_unlock(self) -> None:
        """Show the door."""
        view = UnlockView(LANGUAGES, "en")
        view.help_asked.connect(self.window.open_help)
        door = Door(self.runner, self.window.settings, self._clock)
        self._unlocking = UnlockPresenter(view, door, self.enter)
        self.window.show_page(view, lambda: "unlock")
        self._unlocking.start()

    def load_the_rest(self) -> None:
        """Load services and screens on the worker, while somebody types."""
        gc.enable()
        logs.start(paths.logs_folder())
        self.runner.start(lambda _step: _late("panoh.ui.workplace"), lambda _loaded: None)

    def enter(self, opened: Any, path: Path | None) -> None:
        """Show the workplace of an OpenVault; a demo vault, without a path, is not remembered."""
        if path is not None:
            self.window.remember(last_vault=str(path))
        work = _late("panoh.ui.workplace")
        self.workplace = work.Workplace(self.window, opened, self.runner, self.lock)
        self.window.show_page(self.workplace.frame, self.workplace.help_page)
        self.workplace.start()

    def lock(self) -> None:
        """Drop every screen, close the vault, show the door."""
        if self.workplace is not None:
            workplace, self.workplace = self.workplace, None
            self.show_unlock()
            workplace.deleteLater()  # with its hourly timer; whatever it still waits for is dropped
            self.runner.start(lambda _step: workplace.close(), lambda _closed: None)

    def end(self) -> None:
        """Let go of everything before the program ends."""
        workplace, self.workplace = self.workplace, None
        if workplace is not None:
            workplace.keep_drafts()
        self.runner.shutdown()
        if workplace is not None:
            workplace.close()


class _FirstPaint(QObject):
    """Calls back once, when the window has shown itself."""

    def __init__(self, window: MainWindow, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then: Callable[[], object] | None = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch for the first UpdateRequest, which paints."""
        if event.type() == QEvent.Type.UpdateRequest and self._then is not None:
            then, self._then = self._then, None
            QTimer.singleShot(0, then)
        return super().eventFilter(watched, event)


def _painted(app: QApplication) -> None:
    """Say that the first window stands, and end: for the benchmark."""
    print("painted", flush=True)
    app.quit()


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="panoh", description=_("Registration, triage and family tracing, offline."))
    parser.add_argument("--version", action="version", version=f"panoh {__version__}")
    parser.add_argument("--demo", action="store_true", help=_("open a throw-away vault of invented people"))
    parser.add_argument(
        "--off-screen",
        metavar="FOLDER",
        type=Path,
        help=_("with --demo and no display: leave a PDF and a picture there"),
    )
    parser.add_argument("--quit-after-first-paint", action="store_true", help=argparse.SUPPRESS)  # for the benchmark
    return parser.parse_args(list(argv))


def main(argv: Sequence[str] | None = None) -> None:
    """Entry point of the window."""
    argv = sys.argv[1:] if argv is None else list(argv)
    if child.asked(argv):
        sys.exit(child.run(argv))
    paths.guard_process()
    wanted = _arguments(argv)
    device = settings.load(paths.settings_file())
    use_language(device.language or "en")
    offscreen = ["-platform", "offscreen"] if wanted.off_screen else []
    app = QApplication([sys.argv[0], *offscreen])
    dress(app, device)
    clock = Clock()
    program = Program(app, device, clock)
    if not wanted.off_screen:
        sys.excepthook = lambda _kind, error, _trace: show_bug(error, program.window)
    with contextlib.ExitStack() as stack:
        stack.callback(program.end)
        if wanted.demo:
            import tempfile

            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="panoh-demo-"))) / "vault"
            program.enter(_late("panoh.services.demo").make(folder, clock), None)
        else:
            program.show_unlock()
        if wanted.off_screen:
            _late("panoh.ui.off_screen").walk(program.window, program.workplace, wanted.off_screen)
            return
        then = (lambda: _painted(app)) if wanted.quit_after_first_paint else program.load_the_rest
        _FirstPaint(program.window, then)
        program.window.show()
        app.exec()


if __name__ == "__main__":
    main()
