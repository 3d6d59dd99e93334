"""Erasure and retention: the page, and the forms that agree to an erasure and change how long cases are kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.services.mentions import DRAFT, Mentioned, Place, said
from panoh.ui.field_words import RECORD_WORDS
from panoh.ui.theme import look as theme
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm
from panoh.ui.widgets.table import PagedModel, PagedTable

_NAME, _NAME_AT_LARGE = 1, 220  # the column, and its width at 100 % text


class ErasureView(QWidget):
    """Builds the page and tells what is wanted."""

    look_asked = Signal()
    refuse_asked = Signal()
    ask_asked = Signal()
    months_asked = Signal()
    believe_asked = Signal()

    def __init__(self, model: PagedModel, *, head: bool) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="info", icon="state.saved", closable=True)
        self.clock = NoteBar(tone="note", icon="state.warning")
        self.table = PagedTable(model, name=_("Erasures and who is due"))
        words = [_("Whoever is asked to be erased, and whose case was closed long enough ago, will stand here.")]
        self.list = ListOrEmpty(self.table, EmptyPage(_("Nobody is to be erased"), words))
        self.look = KeyButton(_("Look and agree…"), self.look_asked.emit, keys="Ctrl+Enter")
        self.refuse = KeyButton(_("Do not erase"), self.refuse_asked.emit)
        self.ask = KeyButton(_("Ask for erasure"), self.ask_asked.emit)
        self._months = KeyButton("", self.months_asked.emit, kind="flat")
        self._months.setEnabled(head)
        self._head = head
        self._kept = plain_label("", "secondary", wrap=True)
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for button in (self.look, self.refuse, self.ask):
            line.addWidget(button)
        line.addStretch()
        above = (self.note, self.told, self.clock, bar)
        fill(self, list_page(_("Erasure"), self._kept, self.list, above=above, beside=(self._months,)))
        self.show_choice(look=False, refuse=False, ask=False)
        theme().changed.connect(self._measure)
        self._measure()

    def show_retention(self, months: int, odd: str) -> None:
        """Say how long cases are kept, and whether the clock is believed."""
        self._months.set_words(
            ngettext("Kept {n} month after closing", "Kept {n} months after closing", months).format(n=months)
        )
        self._kept.setText(_("Nothing is erased by itself: two people decide each time."))
        reasons = {
            "back": _("The clock of this computer is before the newest entry of the journal, so nobody is due by it."),
            "ahead": _(
                "The clock went ahead by more than a year since this vault was last used, so nobody is due by it."
            ),
        }
        if not odd:
            self.clock.hide()
            return
        action = _("The date is right") if self._head else ""
        self.clock.say(reasons[odd], heading=_("The date is not believed"), action=action, run=self.believe_asked.emit)

    def show_choice(self, *, look: bool, refuse: bool, ask: bool) -> None:
        """Which of the buttons do something with the chosen row."""
        for button, use in ((self.look, look), (self.refuse, refuse), (self.ask, ask)):
            button.setEnabled(use)

    def _measure(self) -> None:
        """The name takes the rest of the width; at large text it has a width of its own, and the table scrolls."""
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(_NAME, mode.Interactive if theme().large else mode.Stretch)
        if theme().large:
            header.resizeSection(_NAME, theme().grown(_NAME_AT_LARGE))


class MonthsForm(SmallForm):
    """How many months a closed case is kept."""

    def __init__(self, parent: QWidget, months: int) -> None:
        words = _("A case that was closed so long ago is proposed for erasure. Nothing is erased by itself.")
        super().__init__(parent, _("How long closed cases are kept"), words, _("Keep them so long"))
        self.form.add("months", FieldRow(_("Months after closing"), QLineEdit()))
        self.form.finish()
        self.set_value("months", str(months))


class AgreeForm(SmallForm):
    """What else holds the name, place by place: a reason keeps it there, an empty field takes it out."""

    def __init__(self, parent: QWidget, who: str, found: Mentioned, *, hidden: bool = False) -> None:
        """`hidden`: names do not show in this window, so no words around them do."""
        words = [
            _(
                "Everything about {who} goes for good: records, files, drafts, history, and older backups once they are "
                "restored. What is left is that it was done, why, and by whom."
            ).format(who=who)
        ]
        if found.places:
            words.append(
                _("The name stands in other people's records too. Where a field stays empty, the name goes from there.")
            )
        if found.takes_along:
            numbers = "; ".join(dict.fromkeys(place_words(one) for one in found.takes_along))
            words.append(
                _("With the record goes what it says of others: {places}. Copy first what must stay.").format(
                    places=numbers
                )
            )
        if found.sealed:
            words.append(_("Sealed records of linked people cannot be looked through."))
        super().__init__(parent, _("Erase for good"), "\n\n".join(words), _("Erase for good"))
        for at, place in enumerate(found.places):
            row = FieldRow(place_words(place), QLineEdit(), hint="" if hidden else said(place))
            self.form.add(str(at), row)
            row.control.setPlaceholderText(_("why the name stays; empty: it goes"))  # type: ignore[attr-defined]
        self.form.finish()
        self._places: Sequence[Place] = found.places

    def answers(self) -> tuple[dict[str, str], list[str]]:
        """The places where the name stays with the reason, and those from which it goes."""
        values = self.values()
        told = [(place.key, values[str(at)].strip()) for at, place in enumerate(self._places)]
        return {key: why for key, why in told if why}, [key for key, why in told if not why]


def place_words(place: Place) -> str:
    """'Note, KX7-00012-4'."""
    if place.record_class == DRAFT:
        return _("A draft of {name}").format(name=place.number)
    record = _(RECORD_WORDS.get(place.record_class, place.record_class))
    return _("{record}, {number}").format(record=record, number=place.number) if place.number else record
