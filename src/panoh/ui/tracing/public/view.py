"""The page of who is public: whether that is on at all, the list, and beside it what leaves of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.services.publishing import Publisher
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid, Page
from panoh.ui.widgets.panes import SidePane, SideSplit, side_pane
from panoh.ui.widgets.table import PagedModel, PagedTable


class PublicView(QWidget):
    """Builds the page and tells what is wanted."""

    turn_asked = Signal()
    add_asked = Signal()
    back_asked = Signal()
    file_asked = Signal()

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="info", icon="state.saved", closable=True)
        self.table = PagedTable(model, name=_("Made public"))
        self._count = plain_label("", "secondary")
        self._title, self._why_not = plain_label("", "title bold", wrap=True), plain_label("", "secondary", wrap=True)
        self._facts = FactGrid(label_width=116)
        self.back = KeyButton(_("Take back"), self.back_asked.emit, icon="action.undo")
        self.turn = KeyButton(_("Turn on…"), self.turn_asked.emit)
        self.add = KeyButton(_("Make somebody public…"), self.add_asked.emit, icon="action.add")
        self.file = KeyButton(_("Save the file…"), self.file_asked.emit, icon="action.save")
        self._lay_out()

    def show_publisher(self, by: Publisher | None) -> None:
        """Say whether anything is made public, and in whose name."""
        off = _("Turned off: nobody is made public from this vault.")
        on = _("On, in the name of {organisation} ({domain}).")
        self._state.setText(on.format(organisation=by.organisation, domain=by.domain) if by else off)
        self.turn.set_words(_("Turn off…") if by else _("Turn on…"))
        self.add.setVisible(by is not None)

    def show_count(self, count: int) -> None:
        """Show the list, or why it is empty."""
        self.list.show_count(count)
        words = ngettext("{n} was agreed to, the last one first", "{n} were agreed to, the last one first", count)
        self._count.setText(words.format(n=number(count)) if count else "")
        self.file.setVisible(count > 0)
        self.split.show_side(filled=count > 0)

    def show_one(self, title: str, facts: Sequence[tuple[str, str]], why_not: str, *, back: bool) -> None:
        """Show all that leaves of one, or why nothing does."""
        self._title.setText(title)
        self._facts.set_facts(*facts)
        self._why_not.setText(why_not)
        self._why_not.setVisible(bool(why_not))
        self.back.setVisible(back)

    def _lay_out(self) -> None:
        words = [
            _("Whoever persecutes people reads what is public, too. So this is off until a supervisor turns it on."),
            _("Each one is agreed to with a recorded yes and a day on which it ends, and can be taken back."),
        ]
        self.list = ListOrEmpty(self.table, EmptyPage(_("Nobody is public"), words))
        self._state = plain_label("", "secondary", wrap=True)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._state, 1)
        row.addWidget(self.turn)
        main = list_page(
            _("Made public"), self._count, self.list, above=(self.note, self.told, head), beside=(self.add, self.file)
        )
        self.split = SideSplit(main, self._side(), fold_words=_("What leaves of this one"), least_main=600)
        fill(self, self.split)
        order_tabs(main, self.split.side)

    def _side(self) -> SidePane:
        page = Page()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(8)
        for part in (self._title, self._why_not, self._facts):
            inside.addWidget(part)
        inside.addSpacing(8)
        inside.addWidget(self.back)
        inside.addStretch()
        return side_pane(page)
