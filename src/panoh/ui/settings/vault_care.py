"""What happens on the parts of Settings about backups and health."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.services import backups, health
from panoh.services.backups import Drilled, KeptBackup, SecondPlace
from panoh.services.health import DAMAGE, Health
from panoh.services.vault import OpenVault
from panoh.ui.caretaker import Caretaker
from panoh.ui.settings.view import SettingsView


class Known(NamedTuple):
    """What the panel shows."""

    kept: list[KeptBackup]
    second: SecondPlace | None


class VaultCare(QObject):
    """`long` starts long work on the page; `place` tells the second place, `keep_place` remembers another."""

    def __init__(
        self,
        view: SettingsView,
        opened: OpenVault,
        caretaker: Caretaker,
        long: Callable[..., object],
        place: Callable[[], str],
        keep_place: Callable[[str], object],
    ) -> None:
        super().__init__(view)
        self._view, self._vault, self._caretaker = view, opened, caretaker
        self._long, self._place, self._keep_place = long, place, keep_place
        panel = view.backups
        panel.drill_asked.connect(self._drill)
        panel.second_asked.connect(self._choose)
        panel.copy_asked.connect(self._copy)
        panel.forget_asked.connect(self._forget)
        view.check_asked.connect(self.check)
        caretaker.changed.connect(self._show_health)

    def opened(self) -> None:
        """Follow what the caretaker does just now, and show what it found."""
        if self._caretaker.running is not None:
            self._view.progress.watch(*self._caretaker.running)
        self._show_health()

    def read(self) -> Known:
        """What is known, for a worker."""
        place = self._place()
        return Known(backups.kept(self._vault, place), backups.second_place(self._vault, place))

    def show(self, known: Known) -> None:
        """Show it."""
        self._view.backups.show_backups(known.kept)
        self._view.backups.show_second(known.second)
        self._caretaker.take_second(known.second)

    def check(self) -> None:
        """Look at the whole vault, every key of the search too."""
        work = lambda step: health.look(self._vault, step, every_key=True)  # noqa: E731
        self._long(work, _("Checking the vault"), self._checked)

    def _checked(self, found: Health) -> None:
        self._caretaker.take(found)
        bad = [each for each in found.findings if each.severity == DAMAGE or each.code in ("files", "search")]
        if bad:
            heading = ngettext("The check found {n} problem", "The check found {n} problems", len(bad))
            words = "\n".join(f"{each.sentence} {each.todo}" for each in bad)
            self._view.failure.say(words, heading=heading.format(n=len(bad)))
            return
        words = _("{people} people and {entries} entries of the journal were read; its code is {code}.").format(
            people=number(found.people), entries=number(found.journal_entries), code=found.journal_code
        )
        self._view.note.say(words, heading=_("The vault is whole"))

    def _show_health(self) -> None:
        found = self._caretaker.health
        rows = [] if found is None else [(_("To look at"), f"{each.sentence} {each.todo}") for each in found.findings]
        self._view.health.set_facts(*rows)
        self._view.health.setVisible(bool(rows))

    def _drill(self, path: str) -> None:
        def done(tried: Drilled) -> None:
            note = self._view.note if tried.report.good else self._view.failure
            heading = _("The restore drill went well") if tried.report.good else _("This backup is not whole")
            note.say(tried.words(), heading=heading)
            self._read_again()

        self._long(lambda step: backups.drill(self._vault, Path(path), step), _("Trying the backup"), done)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._view, _("Where copies of backups go"))
        if chosen:
            self._long(
                lambda _step: backups.choose_second(Path(chosen)),
                _("Looking at the place"),
                lambda _none: self._taken(chosen),
            )

    def _taken(self, place: str) -> None:
        self._keep_place(place)
        self._copy()

    def _copy(self) -> None:
        place = self._place()

        def done(made: Path) -> None:
            words = _("{file} was copied and read back. It opens with the same passphrases.").format(file=made.name)
            self._view.note.say(words, heading=_("The copy in the second place is good"))
            self._read_again()

        self._long(lambda step: backups.to_second(self._vault, place, step), _("Copying to the second place"), done)

    def _forget(self) -> None:
        self._keep_place("")
        self._read_again()

    def _read_again(self) -> None:
        self._long(lambda _step: self.read(), _("Reading the list of backups"), self.show, keep_notes=True)
