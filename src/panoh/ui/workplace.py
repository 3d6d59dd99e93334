"""The workplace: the frame with every screen of an open vault. The ways between them are in `ways.py`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from panoh.base.errors import AppError
from panoh.base.i18n import clock_time, load_words, ngettext
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.domain.lines import QueueFilter
from panoh.services import drafts, resources, tracing_work, triage
from panoh.services.desk import Changes
from panoh.services.drafts import Draft
from panoh.services.journal import Chain
from panoh.services.vault import OpenVault, facts
from panoh.ui.approvals.keying import key_in_paper
from panoh.ui.caretaker import Caretaker
from panoh.ui.errors import tell
from panoh.ui.found_rows import Sought, found_rows, look_for, request_rows
from panoh.ui.levels_anew import LevelsAnew
from panoh.ui.locking.place import Place, choose_rows, place_of, show_tabs
from panoh.ui.matches_anew import MatchesAnew
from panoh.ui.privacy import Privacy
from panoh.ui.screens import AREAS, BESIDE, Screens
from panoh.ui.shell.finder import Found
from panoh.ui.shell.frame import Frame
from panoh.ui.shell.screen import Screen
from panoh.ui.shell.window import MainWindow
from panoh.ui.shortcuts import shortcuts
from panoh.ui.tasks import FILES, Runner
from panoh.ui.ways import Ways

HOUR = 3_600_000  # milliseconds
WALK_AFTER = 5_000  # milliseconds after Today shows: first it is used


def get_ready() -> None:
    """Load what the first screens need besides the modules, before the vault is unlocked; on a worker."""
    resources.vocabularies()
    resources.rulebook()
    load_words()


@dataclass(frozen=True, slots=True)
class _States:
    """What the status bar and the navigation tell."""

    drafts: int
    backup: datetime | None
    overdue: int
    tracing: int  # what is late there


class Workplace(Ways, QObject):
    """Puts the screens into the frame, tells what changed, and says in the bars how things stand."""

    def __init__(
        self,
        window: MainWindow,
        opened: OpenVault,
        runner: Runner,
        lock: Callable[[], object],
        known_signals: Callable[[], Collection[str]] = tuple,
    ) -> None:
        super().__init__()
        self.words_after = ""  # told at Unlock, once it is locked
        self.known_signals = known_signals  # what this system tells, of locking.system.TOLD
        self.opened, self.desk, self.runner, self.window = opened, opened.desk, runner, window
        self.privacy = Privacy()
        self.privacy.setParent(self)  # whoever listens to it must not be kept by it when the vault is locked
        self.frame = Frame([area.shown() for area in AREAS], self.desk.user.name, self.privacy, demo=self.desk.demo)
        self.caretaker = Caretaker(opened, runner, lambda: window.settings.second_place, self)
        self.setParent(self.frame)  # goes with it when the vault is locked, and what was asked for then is dropped
        self.levels = LevelsAnew(self.desk, runner, self._say_levels, self._levels_refreshed, self._fail, self)
        self.matches = MatchesAnew(opened, runner, self.frame.broadcast, self._fail, self)
        self.screens = Screens(self)
        for area in AREAS:
            self.frame.add_screen(area.key, getattr(self.screens, area.key), area=area.key)
        for key, of in BESIDE:
            self.frame.add_screen(key, getattr(self.screens, key), area=of)
        self._connect(lock)

    def build(self) -> None:
        """Make the screen that `start` shows; `start` would make it too, in one piece with showing it."""
        self.screens.today()

    def start(self, place: Place | None = None) -> None:
        """Show Today, or where this user was when this vault was locked."""
        mine = place is not None and (place.vault, place.user_id) == (self.desk.folder, self.desk.user.id)
        if place is not None and mine and place.screen:
            self._return_to(place)
        else:
            self.frame.show_screen("today")
        self.count_anew()
        if self.desk.store.read_only:
            self._say_read_only()
            return
        for work in (self.levels, self.matches, self._hourly, self.caretaker, self._walk):
            work.start()

    def place(self) -> Place:
        """Where this user is."""
        return place_of(self.frame, self.desk.folder, self.desk.user.id)

    def _return_to(self, place: Place) -> None:
        self.privacy.set_hidden(place.names_hidden)
        self.frame.show_screen("today")  # what Back leads to
        ways: dict[str, Callable[[Any], object]] = {
            "person": self.open_person,
            "tracing": self.open_request,
            "reports": self.open_report,
            "triage": self.open_triage,
            "refoulement": self.open_assessment,
            **dict.fromkeys(("registration", "newcomer"), self._take_up),
            "verification": lambda ids: self.open_verification(*ids.split()),
            "reunions": lambda ids: self.open_reunions(*ids.split()),
        }
        if place.subject and place.screen in ways:
            ways[place.screen](place.subject)
        else:
            self.frame.show_screen(place.screen)
        if self.frame.current is not None:
            show_tabs(self.frame.current.widget, place.tabs)
            choose_rows(self.frame.current.widget, place.rows)

    def _take_up(self, draft_id: str) -> None:
        def open_it(found: Sequence[Draft]) -> None:
            for draft in found:
                if draft.id == draft_id:
                    self.open_draft(draft)

        self.runner.start(lambda _step: drafts.mine(self.desk), open_it, self._fail, owner=self)

    def help_page(self) -> str:
        """The help page of the screen in front."""
        return self.frame.current.help_page if self.frame.current else "start"

    def keep_drafts(self) -> None:
        """Write what is half typed into the vault, before it is locked."""
        self.screens.keep_drafts()

    def lock(self, words: str) -> None:
        """Show Unlock with these words: the vault is closed already."""
        self.words_after = words
        self.frame.lock_asked.emit()

    def close(self) -> None:
        """Lock the vault; nothing of this workplace is used after."""
        self.opened.close()

    def key_in_paper(self) -> None:
        """Open the form of a decision that was made on paper; then the case in whose history it stands."""
        key_in_paper(self)

    # --- changes and states -----------------------------------------------------------------------------------------

    def changed(self, changes: Changes, initiator: Screen | None = None) -> None:
        """Something was written: the screen in front reads again, unless it did so itself; the bars tell it."""
        self.frame.broadcast(changes.kinds, initiator)
        self.matches.start()
        self.told_saved(_("Saved {time}").format(time=clock_time(self.desk.clock.now())))

    def told_saved(self, words: str) -> None:
        """Say in the status bar that something is kept, and count the drafts anew."""
        self._say_saved(words)
        self.count_anew()

    def _say_saved(self, words: str) -> None:
        self.frame.status.set_state("saved", "state.saved", words)

    def show_overdue(self, count: int) -> None:
        """The number beside Triage in the navigation."""
        self.frame.navigation.set_overdue("triage", count)

    def _connect(self, lock: Callable[[], object]) -> None:
        frame, window = self.frame, self.window
        frame.lock_asked.connect(lock)
        self.caretaker.changed.connect(self.count_anew)
        self.caretaker.failed.connect(self._fail)
        self.caretaker.damaged.connect(self._say_read_only)
        frame.top.theme_asked.connect(window.choose_theme)
        frame.top.text_size_asked.connect(window.step_text_size)
        frame.top.find_box.asked.connect(self._find)
        frame.top.find_box.chosen.connect(lambda chosen: chosen())
        shortcuts().add("Ctrl+Shift+N", _("Register a family"), self.register_family, frame)
        shortcuts().add("Ctrl+Shift+E", _("Register a person"), self.register_person, frame)
        shortcuts().add("Ctrl+Shift+K", _("Key in a paper decision"), self.key_in_paper, frame)
        self._hourly = QTimer(self, interval=HOUR)
        self._hourly.timeout.connect(self.levels.start)
        self._hourly.timeout.connect(self.caretaker.start)
        self._walk = QTimer(self, singleShot=True, interval=WALK_AFTER)
        self._walk.timeout.connect(self._walk_journal)

    def _levels_refreshed(self) -> None:
        self.frame.broadcast(frozenset({"Person"}))
        self.count_anew()

    def _walk_journal(self) -> None:
        """Check the journal's chain beside whatever is done; it stops when the vault is locked."""
        walk = self.opened.check_journal
        self.runner.start(walk, self._journal_walked, self._journal_not_walked, owner=self, lane=FILES)

    def _journal_walked(self, chain: Chain) -> None:
        """Say in the frame what does not fit; nothing where all does."""
        if not chain.whole:
            self.frame.note.say("\n".join(chain.problems()), heading=_("The journal does not fit"))

    def _journal_not_walked(self, error: AppError) -> None:
        if error.code not in ("cancelled", "vault.locked"):  # the vault was locked meanwhile
            self._fail(error)

    def _say_levels(self, words: str) -> None:
        self.frame.status.set_state("levels", "state.due", words)

    def count_anew(self) -> None:
        """Count what the status bar and the navigation tell."""

        def read(_step: Progress) -> _States:
            backup = facts(self.desk.folder).newest_backup
            overdue = triage.count(self.desk, QueueFilter(overdue=True))
            return _States(drafts.count(self.desk), backup, overdue, tracing_work.overdue(self.desk))

        self.runner.start(read, self._show_states, self._fail, owner=self)

    def _show_states(self, states: _States) -> None:
        status = self.frame.status
        read_only = self.desk.store.read_only
        if read_only:
            self._say_saved(_("Nothing is kept"))
        elif not status.words("saved"):
            self._say_saved(_("Everything is saved"))
        settings = partial(self.frame.show_screen, "settings")
        status.set_state(
            "vault", "state.error" if read_only else "state.vault_healthy", self.caretaker.vault_words(), settings
        )
        status.set_state("backup", "state.backup", self.caretaker.backup_words(states.backup), settings)
        words = ngettext("{n} draft", "{n} drafts", states.drafts).format(n=states.drafts)
        status.set_state("drafts", "state.draft", words, self.list_drafts)
        status.set_state("language", "action.language", _("English"), settings, at_end=True)
        self.show_overdue(states.overdue)
        self.frame.navigation.set_overdue("tracing", states.tracing)

    def _say_read_only(self) -> None:
        """The vault is damaged: whatever is shown may be incomplete, and nothing is kept."""
        self._hourly.stop()
        words = _("It is open to be read only: nothing that is typed is kept, and what cannot be read is missing.")
        heading = _("This vault is damaged")
        self.frame.note.set_tone("error")
        self.frame.note.say(words, heading=heading, action=_("Lock and put right"), run=self.frame.lock_asked.emit)
        self.count_anew()

    def _fail(self, error: AppError) -> None:
        tell(self.frame.note, error)

    # --- finding ----------------------------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        def show(found: Sought) -> None:
            rows = found_rows(found[0], self.desk.clock.today(), self.privacy.name, self.open_person, self.list_people)
            rows += [*request_rows(found[1], self.privacy.name, self.open_request), *self._actions(text)]
            self.frame.top.find_box.show_results(text, rows)

        self.runner.start(lambda _step: look_for(self.desk, text), show, self._fail, owner=self)

    def _actions(self, text: str) -> list[Found]:
        offered = [
            (_("Register a family"), "action.register_family", self.register_family),
            (_("Register a person"), "action.register_person", self.register_person),
            (_("Key in a paper decision"), "state.do", self.key_in_paper),
            (_("Drafts"), "state.draft", self.list_drafts),
        ]
        offered += [
            (area.word, area.icon, partial(self.frame.show_screen, area.key)) for area in (a.shown() for a in AREAS)
        ]
        offered.append((_("Lock"), "action.lock", self.frame.lock_asked.emit))
        typed = text.casefold()
        return [Found(_("Actions"), word, "", icon, run) for word, icon, run in offered if typed in word.casefold()]
