"""The panel of the tab 'Case' with what was asked of supervisors about one person, and what they decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.services.approvals import AskedLine
from panoh.services.desk import Desk
from panoh.ui.decision_words import asked_words, by_words, decision_words, kind_words, proposed_words
from panoh.ui.person.casework.panels import keys_kept
from panoh.ui.person.fields import line_of
from panoh.ui.person.parts import RowTable
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import Panel


class DecisionsPanel(Panel):
    """Everything that was asked and decided about one person, the newest first."""

    withdraw_asked = Signal(object)  # AskedLine

    def __init__(self, ask: KeyButton) -> None:
        super().__init__(_("Asked and decided"), right=ask)
        self.add = ask
        self._table = RowTable((4, 6, 6))
        self.body.addWidget(self._table)

    def show_decisions(self, desk: Desk, found: Sequence[AskedLine], withheld: str) -> None:
        """Show these; with `withheld` these words in their place."""
        with keys_kept(self, self.add):
            empty = withheld or _(
                "Nothing was asked of a supervisor yet. A paper decision stands here once it is keyed in."
            )
            self._table.set_rows([self._row(desk, one) for one in found], empty)

    def _row(self, desk: Desk, one: AskedLine) -> list[QWidget | str]:
        said = one.approval
        what = ": ".join(part for part in (kind_words(desk, said), proposed_words(desk, said)) if part)
        asked = _stacked((what, "bold"), (asked_words(one), "small secondary"))
        away: tuple[QWidget, ...] = ()
        if one.waits and one.may_take_back:
            spoken = _("Take back: {what}").format(what=what)
            away = (line_of(LinkButton(_("Take back"), partial(self.withdraw_asked.emit, one), spoken=spoken)),)
        told = ((decision_words(desk, said), "bold"), (said.words, ""), (by_words(one), "small secondary"))
        return [asked, _stacked((said.why, "")), _stacked(*told, below=away)]


def _stacked(*texts: tuple[str, str], below: Sequence[QWidget] = ()) -> QWidget:
    """Words with their looks, one under the other; empty ones are left out."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for text, role in texts:
        if text:
            column.addWidget(plain_label(text, role, wrap=True))
    for part in below:
        column.addWidget(part)
    column.addStretch()
    return made
