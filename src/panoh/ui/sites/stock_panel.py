"""Taking stock of a site: who lacks what of what everyone needs, when that was seen, and what was given lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from panoh.base.i18n import day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.assistance import OpenNeed
from panoh.services.distribution import Round
from panoh.ui.basic_needs import homes_and_people
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.panels import FactGrid, Line, Panel


class StockPanel(Panel):
    """Shows the stock-taking of a site; it comes a moment after the site, which may hold many people."""

    stand_asked = Signal()
    give_asked = Signal()
    site_gift_asked = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__(_("What is needed"), sub=_("by those who are here now"), padded=True)
        self.body.setSpacing(12)
        self._words = words
        self.stand = KeyButton(_("How it stands…"), self.stand_asked.emit, keys="Ctrl+Shift+S", size="small")
        self.give = KeyButton(_("Distribution…"), self.give_asked.emit, keys="Ctrl+Shift+G", size="small", bold=True)
        self.site_gift = KeyButton(_("Given to the site…"), self.site_gift_asked.emit, size="small")
        self._state = plain_label("", "secondary", wrap=True)
        self._sectors = _Blocks()
        self._silent = plain_label("", "small secondary", wrap=True)
        self._line = Line()
        self._lately = plain_label(_("Given lately"), "bold")
        self._rounds = FactGrid(label_width=96, spacing=8)
        for button in (self.give, self.stand, self.site_gift):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self._state, self._sectors, self._silent, self._line, self._lately, self._rounds):
            self.body.addWidget(part)
        self.show_reading()

    def show_reading(self) -> None:
        """Another site is read: nothing of the one before stays."""
        self._sectors.set_blocks([])
        self._state.setText(_("Being counted…"))
        show_when(self._state, True)
        show_when(self._silent, False)
        self._show_rounds([])

    def show_stock(self, needs: Sequence[OpenNeed], rounds: Sequence[Round], today: date) -> None:
        """Show how the sectors stand and what was given lately."""
        nothing = not any(one.noted_on or one.site for one in needs)
        self._state.setText(
            _("Nobody was asked yet what they need. Begin with the site as a whole.") if nothing else ""
        )
        show_when(self._state, nothing)
        label = self._words.label
        told = [] if nothing else [one for one in needs if one.noted_on or one.site or one.given_on]
        silent = ", ".join(label("sector", one.sector) for one in needs if one not in told)
        blocks = [(label("sector", one.sector), _lacking(one), _since(self._words, one)) for one in told]
        self._sectors.set_blocks(blocks)
        self._silent.setText(_("Nobody asked yet: {sectors}").format(sectors=silent))
        show_when(self._silent, bool(silent) and not nothing)
        self._show_rounds(rounds)

    def _show_rounds(self, rounds: Sequence[Round]) -> None:
        self._rounds.set_facts(*(self._round(one) for one in rounds))
        for part in (self._line, self._lately, self._rounds):
            show_when(part, bool(rounds))

    def _round(self, one: Round) -> tuple[str, str, str]:
        when = day(one.given_on) if one.given_on else _("day not known")
        much = " ".join(part for part in (number(one.quantity) if one.quantity else "", one.unit) if part)
        what = _("{what}: {much}").format(what=one.what, much=much) if much else one.what
        homes = ngettext("{n} household", "{n} households", one.homes).format(n=number(one.homes))
        whom = homes if one.homes else _("to the site")
        return when, what, ", ".join(part for part in (whom, one.given_by) if part)


class _Blocks(QWidget):
    """Sectors under each other: its name, how it stands, and small since when and where from."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def set_blocks(self, blocks: Sequence[tuple[str, str, str]]) -> None:
        """Show these."""
        clear(self._column)
        for at, (name, words, since) in enumerate(blocks):
            if at:
                self._column.addSpacing(8)
            self._column.addWidget(plain_label(name, "bold", wrap=True))
            self._column.addWidget(plain_label(words, wrap=True))
            if since:
                self._column.addWidget(plain_label(since, "small secondary", wrap=True))


def _lacking(one: OpenNeed) -> str:
    """'Lacking: 12 households, 40 people', and on a line of its own who has it partly."""
    told = []
    if one.households != 0:
        told.append(_("Lacking: {who}").format(who=homes_and_people(one.households, one.people)))
    if one.partly_households != 0:
        told.append(_("Partly: {who}").format(who=homes_and_people(one.partly_households, one.partly_people)))
    if not told:
        return _("Nobody asked yet") if one.asked == 0 else _("Nobody lacks it")
    return "\n".join(told)


def _since(words: Vocabularies, one: OpenNeed) -> str:
    """When and of how many that was said, how the site stands as a whole, when it was last given."""
    told = []
    if one.site is not None:
        state = words.label("need_state", one.site.state)
        people = ngettext("{n} person", "{n} people", one.site.people or 0).format(n=number(one.site.people or 0))
        state = _("{state}, {people}").format(state=state, people=people) if one.site.people else state
        when = day(one.site.noted_on) if one.site.noted_on else _("day not known")
        told.append(_("the site: {state}, {day}").format(state=state, day=when))
    if one.noted_on and one.asked != 0:
        asked = _("under 5") if one.asked is None else number(one.asked)
        homes = ngettext("{n} household", "{n} households", 2 if one.asked is None else one.asked).format(n=asked)
        told.append(_("asked: {homes}, last {day}").format(homes=homes, day=day(one.noted_on)))
    if one.given_on:
        told.append(_("given last {day}").format(day=day(one.given_on)))
    return " · ".join(told)
