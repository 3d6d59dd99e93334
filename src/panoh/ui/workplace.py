"""The workplace: the frame with every screen of an open vault, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from panoh.base.errors import AppError
from panoh.base.i18n import clock_time, moment, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.lines import QueueFilter
from panoh.services import drafts, duplicates, levels, people, triage
from panoh.services.desk import Changes
from panoh.services.drafts import Draft
from panoh.services.vault import OpenVault
from panoh.ui.errors import tell
from panoh.ui.navigator import Among
from panoh.ui.privacy import Privacy
from panoh.ui.shell.finder import Found
from panoh.ui.shell.frame import Frame
from panoh.ui.shell.screen import Area, Screen
from panoh.ui.shell.window import MainWindow
from panoh.ui.tasks import Runner
from panoh.ui.words import who_words

HOUR = 3_600_000  # milliseconds


@dataclass(frozen=True, slots=True)
class _Person:
    """A person chosen in the find box."""

    id: str


@dataclass(frozen=True, slots=True)
class _Action:
    """Something to do that was chosen in the find box."""

    run: Callable[[], object]


class Workplace(QObject):
    """Puts the screens into the frame and leads from one to another; the Navigator of all presenters."""

    def __init__(self, window: MainWindow, opened: OpenVault, runner: Runner, lock: Callable[[], object]) -> None:
        super().__init__(window)
        self.opened, self.desk, self.runner, self.window = opened, opened.desk, runner, window
        self.privacy = Privacy()
        self.frame = Frame(_areas(), self.desk.user.name, self.privacy, demo=self.desk.demo)
        self.frame.lock_asked.connect(lock)
        self.frame.top.theme_asked.connect(window.choose_theme)
        self.frame.top.text_size_asked.connect(window.step_text_size)
        self.frame.top.find_box.asked.connect(self._find)
        self.frame.top.find_box.chosen.connect(self._chosen)
        self._screens: dict[str, Screen] = {}
        for area, make in self._makers().items():
            self.frame.add_screen(area, make, area=_AREA_OF.get(area, area))
        self._hourly = QTimer(self)
        self._hourly.setInterval(HOUR)
        self._hourly.timeout.connect(self._refresh_levels)

    def start(self) -> None:
        """Show Today."""
        self.frame.show_screen("today")
        self._show_states()
        self._hourly.start()

    def help_page(self) -> str:
        """The help page of the screen in front."""
        return self.frame.current.help_page if self.frame.current else "start"
