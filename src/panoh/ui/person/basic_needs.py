"""What everyone needs in the record of a person: how each sector stands, from where that is known, and what was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from panoh.base.i18n import day, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.assistance import MET
from panoh.domain.vocabulary import Vocabularies
from panoh.services.assistance import HOUSEHOLD, PERSON, SITE, Assistance, BasicNeed, Situation, Stand
from panoh.ui import basic_needs as forms
from panoh.ui.person.fields import line_of
from panoh.ui.person.parts import RowTable, marked
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.labels import SpanLabel, plain_label, show_when
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Line, Panel

Cells = list[QWidget | str]


class BasicNeedsPanel(Panel):
    """Shows how the sectors stand and what was given; tells what is wanted, `need_asked` and `gift_asked` with a row."""

    note_asked = Signal()
    give_asked = Signal()
    need_asked = Signal(object)
    gift_asked = Signal(object)

    def __init__(self, words: Vocabularies) -> None:
        self.note = KeyButton(_("How it stands…"), keys="Ctrl+Shift+S", size="small")
        self.give = KeyButton(_("Given…"), keys="Ctrl+Shift+G", size="small")
        title = _("What everyone needs, and what was given")
        super().__init__(title, right=line_of(self.note, self.give))
        self.note.clicked.connect(lambda _checked: self.note_asked.emit())
        self.give.clicked.connect(lambda _checked: self.give_asked.emit())
        self._words = words
        self._withheld = NoteBar(tone="info", icon="state.restricted_reason")
        self._stands, self._given, self._before = RowTable((3, 5, 5, 2)), RowTable((3, 5, 5, 2)), RowTable((3, 5, 5, 2))
        self._fold = LinkButton(" ", self._turn)
        self._fold_line = line_of(self._fold)
        self._fold_line.setContentsMargins(16, 4, 16, 8)
        self._open, self._older = False, 0
        given = plain_label(_("What was given"), "bold")
        given.setContentsMargins(16, 16, 16, 8)
        for part in (self._withheld, self._stands, self._fold_line, self._before, Line(), given, Line(), self._given):
            self.body.addWidget(part)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Another record is read: nothing of the one before stays."""
        self._withheld.say("")
        self._stands.set_rows([], _("Being read…"))
        self._given.set_rows([], " ")
        self._show_older([])

    def show_situation(self, found: Situation, today: date) -> None:
        """Show what somebody needs and was given."""
        show_when(self._withheld, False)
        if found.masked or found.withheld or found.home_withheld:
            self._withheld.set_text(_withheld_words(found))
            show_when(self._withheld, True)
        if found.masked:
            self._stands.set_rows([], _("Nothing is told here."))
            self._given.set_rows([], " ")
            self._show_older([])
            return
        self._stands.set_rows([self._stand(found, stand, today) for stand in found.stands])
        counting = {stand.need.id for stand in found.stands if stand.need}
        self._show_older([self._older_row(found, need, today) for need in found.needs if need.id not in counting])
        self._given.set_rows([self._gift(found, gift) for gift in found.given], _("Nothing was noted as given."))

    def _stand(self, found: Situation, stand: Stand, today: date) -> Cells:
        sector = plain_label(self._words.label("sector", stand.sector), "bold", wrap=True)
        if stand.need is None:
            words = _("shown by role") if stand.sector in found.hidden else _("nothing said yet")
            return [sector, plain_label(words, "secondary", wrap=True), "", ""]
        return [sector, *self._need(found, stand.need, stand.of, today)]

    def _older_row(self, found: Situation, need: BasicNeed, today: date) -> Cells:
        of = PERSON if need.person_id else HOUSEHOLD if need.household_id else SITE
        sector = plain_label(self._words.label("sector", need.sector), "secondary", wrap=True)
        return [sector, *self._need(found, need, of, today)]

    def _need(self, found: Situation, need: BasicNeed, of: str, today: date) -> Cells:
        state, sector = self._words.label("need_state", need.state), self._words.label("sector", need.sector)
        told = marked("state.warning", state, "bold") if need.state != MET else plain_label(state, wrap=True)
        age = forms.age_of(need, today, of)
        signed = ", ".join(part for part in (age, found.user_names.get(need.noted_by, "")) if part)
        words = (
            SpanLabel((need.note, ""), (signed, "small secondary"))
            if need.note
            else plain_label(signed, "secondary", wrap=True)
        )
        change: QWidget | str = ""
        if of != SITE and not _hidden(found, need):
            spoken = _("Put right: {sector}, {state}").format(sector=sector, state=state)
            change = LinkButton(_("Put right…"), partial(self.need_asked.emit, need), spoken=spoken)
        return [told, words, change]

    def _gift(self, found: Situation, gift: Assistance) -> Cells:
        words = forms.gift_words(self._words, gift)
        to = _("to the household") if gift.household_id else _("to this person")
        by = ", ".join(part for part in (to, gift.given_by) if part)
        link: QWidget | str = ""
        if not _hidden(found, gift):
            spoken = _("Put right: {what}").format(what=words)
            link = LinkButton(_("Put right…"), partial(self.gift_asked.emit, gift), spoken=spoken)
        when = day(gift.given_on) if gift.given_on else _("day not known")
        sector = self._words.label("sector", gift.sector)
        what = SpanLabel((words, "bold"), (sector, "small secondary")) if gift.what else plain_label(sector, "bold")
        return [when, what, plain_label(by, "secondary", wrap=True), link]

    def _show_older(self, rows: Sequence[Cells]) -> None:
        self._older = len(rows)
        self._before.set_rows(rows, " ")
        self._show_fold()

    def _turn(self) -> None:
        self._open = not self._open
        self._show_fold()

    def _show_fold(self) -> None:
        closed = ngettext("Show {n} that was noted before", "Show {n} that were noted before", self._older)
        self._fold.set_words(_("Hide what was noted before") if self._open else closed.format(n=self._older))
        show_when(self._fold_line, self._older > 0)
        show_when(self._before, self._open and self._older > 0)


def _hidden(found: Situation, row: BasicNeed | Assistance) -> bool:
    """Whether words of a row are left out for this user, who then cannot put it right."""
    return found.withheld if row.person_id else found.home_withheld and bool(row.household_id)


def _withheld_words(found: Situation) -> str:
    if found.masked:
        return _("What this person needs and was given is shown to supervisors and whoever holds the case.")
    return _(
        "What was typed, and what is said of psychosocial support, legal help and security, is shown to supervisors and "
        "whoever holds the case of this person and of those who live with them."
    )
