"""The panel of the tab 'Case' with what was asked of supervisors about one person, and what they decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.services.approvals import AskedLine
from panoh.services.desk import Desk
from panoh.ui.decision_words import asked_words, by_words, decision_words, kind_words, proposed_words
from panoh.ui.person.casework.panels import keys_kept
from panoh.ui.person.parts import RowTable
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.labels import SpanLabel, plain_label
from panoh.ui.widgets.panels import Panel


class DecisionsPanel(Panel):
    """Everything that was asked and decided about one person, the newest first."""

    withdraw_asked = Signal(object)  # AskedLine

    def __init__(self, ask: KeyButton) -> None:
        super().__init__(_("Asked and decided"), right=ask)
        self.add = ask
        self._table = RowTable((5, 6, 6, 2))
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
        asked = SpanLabel((what, "bold"), (asked_words(one), "small secondary"))
        decision = decision_words(desk, said)
        parts = [(decision, "bold"), (by_words(one), "small secondary"), (said.words, "")]
        decided = SpanLabel(*(part for part in parts if part[0]))
        away: QWidget | str = ""
        if one.waits and one.mine:
            away = LinkButton(
                _("Take back"), partial(self.withdraw_asked.emit, one), spoken=_("Take back: {what}").format(what=what)
            )
        return [asked, plain_label(said.why, wrap=True), decided, away]
