"""The Families screen: households at the left; the family of the chosen one drawn, and the same as a list below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.lines import FamilyLine
from panoh.services.families import Family, Relative
from panoh.ui.shortcuts import shortcuts
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.family_diagram import FamilyDiagram
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel, scrolled
from panoh.ui.widgets.panes import FooterBar
from panoh.ui.widgets.searching import SearchEdit, pausing
from panoh.ui.widgets.table import PagedModel, PagedTable


class FamiliesView(QWidget):
    """Builds the page and tells what is wanted."""

    search_asked = Signal(str)
    chosen = Signal(object)  # a FamilyLine, or None
    person_asked = Signal(str)
    link_asked = Signal()
    unlink_asked = Signal()
    card_asked = Signal()
    register_asked = Signal()

    def __init__(self, households: PagedModel, members: PagedModel) -> None:
        super().__init__()
        self.households, self.members = households, members
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="note", icon="state.saved", closable=True)
        self.doubts = NoteBar(tone="note", icon="state.warning")
        self.search = SearchEdit()
        self.table = PagedTable(households, name=_("Households"))
        self.diagram = FamilyDiagram()
        self.list = PagedTable(members, name=_("The same as a list"), row="row.dense")
        self._title, self._sub = plain_label(_("Families"), "title bold"), plain_label("", "secondary")
        self._drawn = Panel(_("Family"), sub=_("ring: missing, dashed: separated"))
        self._none_found = EmptyPage("", [""])
        self._lay_out()
        self._connect()

    def show_count(self, count: int, searched: str) -> None:
        """Show the list, or why it is empty."""
        self._empty.setCurrentIndex(1 if searched else 0)
        self._none_found.set_words(
            _("No family found for “{text}”").format(text=searched),
            _(
                "Names are compared in every spelling and script. Try one part of a name, or the number of the household."
            ),
        )
        self.households_or_empty.show_count(count)
        self._sub.setText(
            _("{n} found").format(n=count) if searched else _("{n} households").format(n=count) if count else ""
        )
        if not count:
            self._right.setCurrentIndex(1)

    def show_family(self, title: str, rows: Sequence[object], doubts: Sequence[str]) -> None:
        """Show who belongs to the family; the diagram is filled by the presenter before."""
        self._right.setCurrentIndex(0)
        self._drawn.set_title(title, _("ring: missing, dashed: separated"))
        self.members.show_rows(rows)
        self.doubts.say("\n".join(doubts))

    def _connect(self) -> None:
        self._pause = pausing(self.search, self.search_asked.emit)
        self.search.left.connect(self.table.setFocus)
        self.search.entered.connect(self.table.setFocus)
        self.table.current_changed.connect(self.chosen.emit)
        self.table.opened.connect(self._open_head)
        self.list.opened.connect(lambda row: self.person_asked.emit(row[1].line.id))
        self.list.current_changed.connect(self._select)
        self.diagram.current_changed.connect(self.list.select_key)
        self.diagram.opened.connect(self.person_asked.emit)
        shortcuts().add("Ctrl+F", _("Search in this list"), self.search.setFocus, self)

    def _select(self, row: tuple[Family, Relative] | None) -> None:
        if row is not None:
            self.diagram.select(row[1].line.id)

    def _open_head(self, line: FamilyLine) -> None:
        if line.head_id:
            self.person_asked.emit(line.head_id)

    def _lay_out(self) -> None:
        register = KeyButton(_("Register a family"), self.register_asked.emit, icon="action.register_family")
        self._empty = QStackedWidget()
        nobody = [_("Every household will stand here, the last one first, with the drawing of its family beside it.")]
        self._empty.addWidget(EmptyPage(_("No family is registered yet"), nobody, [(register, "")]))
        self._empty.addWidget(self._none_found)
        self.households_or_empty = ListOrEmpty(self.table, self._empty)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addWidget(self._sub, 1)
        self.search.setAccessibleName(_("Search families"))
        self.search.setPlaceholderText(_("a member's name in any spelling, a number"))
        self.search.setMinimumWidth(360)
        head.addWidget(self.search)
        homes = Panel()
        homes.body.addWidget(self.households_or_empty)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(homes)
        split.addWidget(self._family_side())
        split.setStretchFactor(1, 1)
        split.setSizes([420, 780])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 0)
        column.setSpacing(12)
        column.addWidget(self.note)
        column.addWidget(self.told)
        column.addLayout(head)
        column.addWidget(split, 1)
        column.addWidget(self._footer())
        order_tabs(self)

    def _family_side(self) -> QWidget:
        holder: QScrollArea = scrolled(self.diagram)
        holder.setWidgetResizable(False)
        holder.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._drawn.body.addWidget(holder)
        listed = Panel(_("The same as a list"))
        listed.body.addWidget(self.list)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.doubts)
        column.addWidget(self._drawn, 3)
        column.addWidget(listed, 2)
        self._right = QStackedWidget()
        self._right.addWidget(side)
        self._right.addWidget(QWidget())
        return self._right

    def _footer(self) -> FooterBar:
        self.footer = FooterBar()
        self.footer.row.setContentsMargins(0, 12, 0, 12)
        self.footer.row.addWidget(
            KeyButton(_("Link to someone…"), self.link_asked.emit, icon="action.add", keys="Ctrl+E")
        )
        self.footer.row.addWidget(KeyButton(_("Remove a link…"), self.unlink_asked.emit, icon="state.separated"))
        self.footer.row.addWidget(KeyButton(_("Print a card…"), self.card_asked.emit, icon="action.print"))
        self.footer.row.addStretch()
        return self.footer
