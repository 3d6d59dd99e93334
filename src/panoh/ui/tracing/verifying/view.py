"""The worksheet of a verification: where it stands, one side of it, or both sides compared."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.draft_timer import DraftTimer
from panoh.ui.tracing.verifying.compare_page import ComparePage
from panoh.ui.tracing.verifying.overview import Overview
from panoh.ui.tracing.verifying.side_page import SidePage
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import scrolled
from panoh.ui.widgets.panes import FooterBar

SAVE, ASK, SHEET, SIGN, HAND_OVER, REUNITE, ANEW = "save", "ask", "sheet", "sign", "hand_over", "reunite", "anew"


class VerifyingView(QWidget):
    """Builds the pages and tells what is wanted; decides nothing."""

    back_asked = Signal()
    act_asked = Signal(str)
    keep_due = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__()
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="info", icon="state.saved", closable=True)
        self.warning = NoteBar(tone="error", icon="state.warning")
        self.before = NoteBar(tone="note", icon="state.warning")
        self._title = plain_label("", "title bold", wrap=True)
        self._sub = plain_label("", "secondary", wrap=True)
        self.overview, self.compared, self.side = Overview(), ComparePage(words), SidePage(words)
        self._pages = QStackedWidget()
        self.acts = {
            SAVE: KeyButton(_("Save"), lambda: self.act_asked.emit(SAVE), keys="Ctrl+S", icon="action.save"),
            ASK: KeyButton(_("Ask a supervisor…"), lambda: self.act_asked.emit(ASK), kind="main", keys="Ctrl+Enter"),
            SHEET: KeyButton(_("Print the sheet…"), lambda: self.act_asked.emit(SHEET)),
            SIGN: KeyButton(_("Sign…"), lambda: self.act_asked.emit(SIGN), kind="main", keys="Ctrl+Enter"),
            HAND_OVER: KeyButton(
                _("Ask for the hand-over…"), lambda: self.act_asked.emit(HAND_OVER), kind="main", keys="Ctrl+Enter"
            ),
            ANEW: KeyButton(_("Verify again"), lambda: self.act_asked.emit(ANEW)),
            REUNITE: KeyButton(_("Reunification…"), lambda: self.act_asked.emit(REUNITE)),
        }
        self.back = KeyButton(_("Back"), self.back_asked.emit, icon="action.previous", size="small")
        self.footer = FooterBar()
        self._timer = DraftTimer(self, self.keep_due.emit)
        self._lay_out()
        self.side.edited.connect(self._timer.plan)
        self.side.back_asked.connect(self._timer.at_once)

    def show_head(self, title: str, sub: str) -> None:
        """What is verified, and where it stands."""
        self._title.setText(title)
        self._sub.setText(sub)

    def show_overview(self) -> None:
        """The two sides to choose from."""
        came = self._just_came(self.overview)
        self._show(self._whole, self.overview)
        self._order(self.overview)
        if came:
            self.overview.take_focus()

    def show_compared(self) -> None:
        """Both sides beside each other."""
        came = self._just_came(self.overview)
        self._show(self._whole, self.compared)
        self._order(self.compared)
        if came:
            self.compared.take_focus()

    def show_side(self) -> None:
        """One side alone: nothing of the rest is on the page."""
        self._pages.setCurrentWidget(self.side)

    @property
    def on_side(self) -> bool:
        """Whether a side is being asked."""
        return self._pages.currentWidget() is self.side

    def show_acts(self, *shown: str, main: str = "") -> None:
        """Offer these; `main` is the reunification where that is the next step."""
        self.acts[REUNITE].set_kind("main" if main == REUNITE else "normal")
        if any(act.hasFocus() and key not in shown for key, act in self.acts.items()):
            self.back.setFocus()  # else the keys go to the next one that is left, out of the page
        for key, act in self.acts.items():
            act.setVisible(key in shown)
        show_when(self.footer, bool(shown))

    def kept(self) -> None:
        """Everything typed is in the vault."""
        self._timer.stop()

    def keep_now(self) -> None:
        """What is typed and not kept goes into the vault at once."""
        self._timer.at_once()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere loses nothing."""
        self._timer.at_once()
        super().hideEvent(event)

    def _order(self, inside: QWidget) -> None:
        """Tab goes down the page: what was made anew stands at the end of Qt's chain, after the footer."""
        order_tabs(self._head, inside, self.footer)

    def _just_came(self, overview: QWidget) -> bool:
        """Whether somebody came to the page, or back from a side: then the keys go to the next thing to do."""
        return self.on_side or self.back.hasFocus() or overview.isAncestorOf(self.focusWidget() or self)

    def _show(self, page: QWidget, inside: QWidget) -> None:
        for one in (self.overview, self.compared):
            one.setVisible(one is inside)
        self._pages.setCurrentWidget(page)

    def _lay_out(self) -> None:
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 16, 24, 24)
        page.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.back)
        head.addWidget(self._title, 1)
        self._head = QWidget()
        self._head.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._head)
        for part in (self._sub, self.warning, self.before, self.overview, self.compared):
            page.addWidget(part)
        page.addStretch()
        self._whole = QWidget()
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(inside), 1)
        for act in self.acts.values():
            self.footer.row.addWidget(act)
        self.footer.row.addStretch()
        whole.addWidget(self.footer)
        self._pages.addWidget(self._whole)
        self._pages.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        notes = QVBoxLayout()
        notes.setContentsMargins(24, 8, 24, 0)
        for note in (self.note, self.told):
            notes.addWidget(note)
        column.addLayout(notes)
        column.addWidget(self._pages, 1)
