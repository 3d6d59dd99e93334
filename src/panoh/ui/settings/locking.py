"""The part of Settings about locking: after how long, what this system tells, and whether pictures of the screen are held off."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.base.settings import LOCK_AFTER
from panoh.ui.locking import capture
from panoh.ui.locking.reasons import LID, SCREEN, SLEEP, SWITCHED
from panoh.ui.locking.system import TOLD
from panoh.ui.widgets.choices import ChoiceBox, RadioChoice
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import FactGrid, Panel

_ON, _OFF = "on", "off"


class LockingPanel(Panel):
    """Tells what is chosen; shows what is in force."""

    minutes_chosen = Signal(int)
    guard_chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__(_("Locking"), sub=_("kept on this computer, taken on at once"), padded=True)
        self.body.setSpacing(20)
        choices = [(str(n), ngettext("{n} minute", "{n} minutes", n).format(n=n)) for n in LOCK_AFTER]
        self.minutes = ChoiceBox(choices)
        self.minutes.answered.connect(lambda: self.minutes_chosen.emit(int(self.minutes.value())))
        hint = _("Without a key or the mouse in Panoh. Half a minute before, the bar at the bottom says so.")
        row = QHBoxLayout()  # an alignment instead would cut a hint that takes two lines
        row.addWidget(FieldRow(_("Locks after"), self.minutes, hint=hint), 1)
        row.addStretch(1)
        self.body.addLayout(row)
        self.guard = RadioChoice(
            [(_OFF, _("May be seen, as any window")), (_ON, _("Left out of pictures, recordings and shared screens"))]
        )
        self.guard.chosen.connect(lambda code: self.guard_chosen.emit(code == _ON))
        if capture.offered():
            hint = _("Left out, a screen magnifier and a helper who looks on from afar see nothing of Panoh either.")
            self.body.addWidget(FieldRow(_("Pictures of the screen"), self.guard, hint=hint))
        else:
            self.guard.hide()
        self._facts = FactGrid(label_width=200)
        self.body.addWidget(self._facts)
        words = _(
            "It locks at any time with Ctrl+L, and at once behind an empty page when Shift is pressed three times."
        )
        self.body.addWidget(plain_label(words, "secondary", wrap=True))

    def show_settings(self, minutes: int, *, guarded: bool) -> None:
        """Show what is in force."""
        self.minutes.set_value(str(minutes))
        self.guard.set_value(_ON if guarded else _OFF)

    def show_known(self, known: Collection[str]) -> None:
        """Say what of TOLD this system tells, so that it locks then."""
        asked = {
            SCREEN: _("When the screen is locked"),
            LID: _("When the lid is closed"),
            SLEEP: _("When the computer sleeps"),
            SWITCHED: _("When another user comes"),
        }
        facts = [(asked[one], _told(one in known, one)) for one in TOLD]
        if not capture.offered():
            facts.append((_("Pictures of the screen"), _("this system cannot leave a window out of them")))
        self._facts.set_facts(*facts)


def _told(known: bool, what: str) -> str:
    if known:
        return _("locks at once")
    if what == SLEEP:
        return _("locks when it wakes")
    return _("this system does not tell: lock with Ctrl+L first")
