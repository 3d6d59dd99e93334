"""Backups in Settings: the list, the second place, the restore drill."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment, number
from panoh.services.backups import KeptBackup, SecondPlace
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import FactGrid, Panel, side_by_side

_MEGABYTE = 1_000_000
_SHOWN = 20


class BackupsPanel(Panel):
    """Tells what is wanted; shows what the presenter reads."""

    drill_asked = Signal(str)  # path of the backup
    second_asked = Signal()
    copy_asked = Signal()
    forget_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Backups"), sub=_("encrypted, opened by the same passphrases"), padded=True)
        self.body.setSpacing(16)
        self.list = FactGrid(label_width=160)
        self.which = ChoiceBox()
        self.which_row = FieldRow(_("Which backup to try"), self.which)
        self.try_button = KeyButton(_("Try to restore it"), self._try, icon="state.vault_healthy")
        self.place = plain_label("", wrap=True)
        self.second_button = KeyButton(_("Choose a second place…"), self.second_asked.emit, icon="state.backup")
        self.copy_button = KeyButton(_("Copy there now"), self.copy_asked.emit)
        self.forget_button = KeyButton(_("Stop using it"), self.forget_asked.emit)
        told = _(
            "A new one is made each day at unlock, and before much is changed. Seven days, four weeks and six months are kept."
        )
        self.body.addWidget(plain_label(told, "secondary", wrap=True))
        self.body.addWidget(self.list)
        words = _(
            "A try restores it out of sight, compares every table with what it held when it was made, and removes it again."
        )
        self.body.addWidget(self.which_row)
        self.body.addLayout(side_by_side(self.try_button))
        self.body.addWidget(plain_label(words, "secondary", wrap=True))
        self.body.addWidget(self.place)
        self.body.addLayout(side_by_side(self.second_button, self.copy_button, self.forget_button))
        self.show_backups([])
        self.show_second(None)

    @property
    def buttons(self) -> tuple[KeyButton, ...]:
        """What starts long work."""
        return (self.try_button, self.copy_button)

    def show_backups(self, kept: Sequence[KeptBackup]) -> None:
        """List them, newest first; without any, say what to do."""
        rows = [(moment(each.made_at), _about(each)) for each in kept[:_SHOWN]]
        none = (_("None yet"), _("Make the first one with “Back up now”; later ones come by themselves."))
        self.list.set_facts(*(rows or [none]))
        choices = [(str(each.path), f"{moment(each.made_at)}, {_where(each)}") for each in kept]
        self.which.set_choices(choices)
        if choices:
            self.which.set_value(choices[0][0])
        for part in (self.which_row, self.try_button):
            part.setVisible(bool(kept))

    def show_second(self, second: SecondPlace | None) -> None:
        """Tell of the second place, and of what is to be done about it."""
        self.place.setText(_second_words(second))
        self.second_button.set_words(_("Choose another place…") if second else _("Choose a second place…"))
        for button in (self.copy_button, self.forget_button):
            button.setVisible(second is not None)

    def _try(self) -> None:
        self.drill_asked.emit(self.which.value())


def _where(each: KeptBackup) -> str:
    return _("second place") if each.second else _("in the vault's folder")


def _about(each: KeptBackup) -> str:
    reasons = {
        "due": _("of the day"),
        "migration": _("before an update"),
        "merge": _("before records were joined"),
        "import": _("before a list was brought in"),
    }
    size = _("{n} MB").format(n=number(max(1, round(each.size / _MEGABYTE))))
    checked = _("read back when it was made")
    if each.checked and each.checked_at:
        words = (
            _("restored on trial {when}, whole")
            if each.checked == "good"
            else _("tried {when}: not whole, do not rely on it")
        )
        checked = words.format(when=moment(each.checked_at))
    return " · ".join(filter(None, (_where(each), reasons.get(each.reason, ""), size, checked)))


def _second_words(second: SecondPlace | None) -> str:
    if second is None:
        return _("No second place was chosen. A laptop can be lost with all that is on it: choose a folder on a stick.")
    last = moment(second.last) if second.last else _("never")
    words = _("Second place: {place}. Last copy there: {last}.").format(place=str(second.path), last=last)
    if not second.there:
        return words + " " + _("It is not plugged in now.")
    return words + (" " + _("Copy it again soon.") if second.remind else "")
