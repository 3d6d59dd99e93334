"""The page of leads: the list, and beside it what one says, its notes, and who of ours it may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.controls import LongEdit
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import FieldRow, order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid, Line, Page
from panoh.ui.widgets.panes import SidePane, SideSplit, side_pane
from panoh.ui.widgets.small_form import SmallForm
from panoh.ui.widgets.table import PagedModel, PagedTable

_LEAST_WIDE = {"home": 730, "source": 610}  # the width of the table below which these columns are left out
Hit = tuple[str, str, Callable[[], object]]  # words, what agrees, and what opens it


class _LeadsTable(PagedTable):
    """Where a name would find no room, the side panel alone tells where from and who said it."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out columns as the room asks."""
        super().resizeEvent(event)
        for key, least in _LEAST_WIDE.items():
            at = next(at for at, column in enumerate(self._paged.columns) if column.key == key)
            self.setColumnHidden(at, self.width() < look().grown(least))


class MarkForm(SmallForm):
    """What was done with a lead."""

    def __init__(self, parent: QWidget, states: Sequence[Choice]) -> None:
        words = _("A lead stays a lead: register people from their own words alone.")
        super().__init__(parent, _("What was done with this lead"), words, _("Keep"))
        self.form.add("state", FieldRow(_("Done with it"), ChoiceBox(states)))
        self.form.add("words", FieldRow(_("In words"), LongEdit(3), optional=True))
        self.form.finish()


class LeadsView(QWidget):
    """Builds the page and tells what is wanted."""

    bring_in_asked = Signal()
    compare_asked = Signal()
    mark_asked = Signal()

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.table = _LeadsTable(model, name=_("Leads"), row="row.two_lines")
        self._count = plain_label("", "secondary")
        self._title, self._who = plain_label("", "title bold", wrap=True), plain_label("", "secondary", wrap=True)
        self._facts = FactGrid(label_width=116)
        self._notes, self._hits = QVBoxLayout(), QVBoxLayout()
        self._lay_out()

    def show_count(self, count: int) -> None:
        """Show the list, or why it is empty."""
        self.list.show_count(count)
        words = ngettext("{n} lead", "{n} leads: those with news first, then new ones", count)
        self._count.setText(words.format(n=number(count)) if count else "")
        self._more.setVisible(count > 0)
        self.split.show_side(filled=count > 0)

    def show_lead(self, title: str, who: str, facts: Sequence[tuple[str, str]]) -> None:
        """Show what a lead says; its notes and who it may be are not known yet."""
        self._title.setText(title)
        self._who.setText(who)
        self._facts.set_facts(*facts)
        self.show_notes([])
        self.show_possible(None)

    def show_notes(self, notes: Sequence[str]) -> None:
        """Show the notes about the lead."""
        clear(self._notes)
        for words in notes:
            self._notes.addWidget(plain_label(words, wrap=True))
        if not notes:
            self._notes.addWidget(plain_label(_("Nobody wrote a note."), "secondary", wrap=True))

    def show_possible(self, hits: Sequence[Hit] | None) -> None:
        """Show who of ours it may be, each to be opened; None before that was asked."""
        clear(self._hits)
        if hits is None:
            return
        if not hits:
            none = _("Nobody here and no open request fits well enough.")
            self._hits.addWidget(plain_label(none, "secondary", wrap=True))
        for words, agreeing, open_it in hits:
            self._hits.addWidget(LinkButton(words, open_it, wrap=True))
            if agreeing:
                self._hits.addWidget(plain_label(agreeing, "small secondary", wrap=True))

    def first_hit(self) -> QWidget | None:
        """Where the keys go once that was answered."""
        item = self._hits.itemAt(0)
        widget = item.widget() if item else None
        return widget if isinstance(widget, LinkButton) else None

    def _lay_out(self) -> None:
        words = [
            _("Public records of missing people (PFIF) that somebody sent stand here, apart from everyone registered."),
            _("Nothing in them is checked. They are compared with ours when you ask, and go when their time is over."),
        ]
        bring_in = self.bring_in_asked.emit
        first = KeyButton(_("Bring in a file…"), bring_in, icon="action.bring_in_list", kind="main")
        empty = EmptyPage(_("No leads"), words, [(first, _("PFIF (xml)"))])
        self.list = ListOrEmpty(self.table, empty)
        self._more = KeyButton(_("Bring in a file…"), bring_in, icon="action.bring_in_list")
        main = list_page(_("Leads"), self._count, self.list, above=(self.note,), beside=(self._more,))
        self.split = SideSplit(main, self._side(), fold_words=_("What the lead says"), least_main=600, side_width=400)
        fill(self, self.split)
        order_tabs(main, self.split.side)

    def _side(self) -> SidePane:
        page = Page()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(8)
        warning = NoteBar(_("Not checked: anybody can publish anything. A lead is no evidence."), icon="state.warning")
        for part in (self._title, self._who, warning):
            inside.addWidget(part)
        compare = KeyButton(
            _("Compare with ours"),
            self.compare_asked.emit,
            icon="action.find",
            keys="Ctrl+Enter",
            size="small",
            bold=True,
        )
        mark = KeyButton(
            _("What was done…"), self.mark_asked.emit, icon="action.save", keys="Ctrl+Shift+L", size="small"
        )
        said = QVBoxLayout()
        said.addWidget(self._facts)
        parts = (
            (_("Who it may be"), self._hits, compare),
            (_("What it says"), said, mark),
            (_("Notes"), self._notes, None),
        )
        for title, box, button in parts:
            inside.addWidget(Line())
            inside.addLayout(_headed(title, button))
            box.setSpacing(8)
            inside.addLayout(box)
        inside.addStretch()
        return side_pane(page)


def _headed(title: str, button: QWidget | None) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(plain_label(title, "bold"), 1)
    if button is not None:
        line.addWidget(button)
    return line
