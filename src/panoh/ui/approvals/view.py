"""The page Approvals: what waits or was decided, and beside it what there is to decide from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.ui.approvals.model import DECIDED, WAITING, WHY
from panoh.ui.approvals.panel import ApprovalPanel
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import ElidedLabel
from panoh.ui.widgets.list_page import list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panes import SideSplit
from panoh.ui.widgets.table import PagedModel, PagedTable

_LEAST_MAIN = 620  # width of the list beside the panel, at 100 % text
_WHY_AT_LARGE = 240  # width of the reasons' column, at 100 % text


class ApprovalsView(QWidget):
    """Builds the page and tells what is wanted; decides nothing."""

    state_asked = Signal(str)  # WAITING, DECIDED
    paper_asked = Signal()

    def __init__(self, model: PagedModel, panel: ApprovalPanel, *, supervisor: bool) -> None:
        super().__init__()
        self.model, self.panel = model, panel
        self._supervisor = supervisor
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="note", icon="state.saved", closable=True)
        self.table = PagedTable(model, name=_("Approvals"), row="row.two_lines")
        self.state = ChoiceBox([(WAITING, _("What waits")), (DECIDED, _("What was decided"))])
        self.state.set_label(_("Show"))
        self.state.setAccessibleName(_("Show"))
        self.state.set_value(WAITING)
        self.paper = KeyButton(
            _("Key in a paper decision…"), self.paper_asked.emit, icon="action.add", shown_keys="Ctrl+Shift+K"
        )
        self._count = ElidedLabel("", "secondary")
        self._empty = EmptyPage(_("Nothing waits for a decision"), self._empty_words())
        self.list = ListOrEmpty(self.table, self._empty)
        main = list_page(
            _("Approvals"),
            self._count,
            self.list,
            above=(self.note, self.told),
            beside=(self.state, self.paper),
            right=16,
        )
        self.split = SideSplit(main, panel, least_main=_LEAST_MAIN)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        order_tabs(main, panel)
        self.state.answered.connect(lambda: self.state_asked.emit(self.state.value()))
        self.table.opened.connect(lambda _row: self.split.open_side())
        look().changed.connect(self._measure)
        self._measure()

    def show_count(self, count: int, *, decided: bool) -> None:
        """Say how many there are."""
        if decided:
            words = ngettext("{n} decided, the newest first", "{n} decided, the newest first", count)
            self._empty.set_words(_("Nothing was decided yet"), *self._empty_words())
        else:
            words = ngettext("{n} waits, the first asked first", "{n} wait, the first asked first", count)
            self._empty.set_words(_("Nothing waits for a decision"), *self._empty_words())
        self._count.setText(words.format(n=number(count)) if count else "")
        self.list.show_count(count)

    def _empty_words(self) -> tuple[str, str]:
        asked = _(
            "Lowering a level, closing a case, taking a shield down, an assessment, a plan or advice: what somebody asks "
            "for in a record or in the queue stands here until it is decided."
        )
        if not self._supervisor:
            asked = _("What you ask supervisors for, in a record or in the queue, stands here until it is decided.")
        return asked, _("A decision that was written on a printed case summary is keyed in with Ctrl+Shift+K.")

    def _measure(self) -> None:
        """The reason takes the rest of the width; at large text a width of its own, and the table scrolls."""
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(WHY, mode.Interactive if look().large else mode.Stretch)
        if look().large:
            header.resizeSection(WHY, look().grown(_WHY_AT_LARGE))
