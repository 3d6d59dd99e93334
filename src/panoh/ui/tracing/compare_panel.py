"""One request: its candidates, best first, and the one chosen side by side with what the request says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.services.tracing import Candidate
from panoh.ui.match_words import band_word
from panoh.ui.theme import look
from panoh.ui.tracing.model import Compared
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import FieldRow, order_tabs
from panoh.ui.widgets.labels import ElidedLabel, plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel, scrolled
from panoh.ui.widgets.panes import FooterBar
from panoh.ui.widgets.table import PagedModel, PagedTable

_CANDIDATES = 300  # width of the list at 100 % text
_NO_LIMIT = 16_777_215  # Qt's own greatest width


def footnote() -> str:
    """What must never be forgotten over a score."""
    return _("A hit is a lead, not a reunion. Both sides are asked first.")


def _height_of(table: PagedTable) -> int:
    """The height at which this table shows all its rows."""
    header = 0 if table.horizontalHeader().isHidden() else table.horizontalHeader().sizeHint().height()
    return header + table.model().rowCount() * table.verticalHeader().defaultSectionSize() + 4


class RejectBox(QWidget):
    """Asks why somebody is ruled out; nothing is kept before a reason stands there."""

    confirmed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.reason.returnPressed.connect(self._confirm)
        self.row = FieldRow(_("Why this is not the one sought"), self.reason, hint=_("It is kept with your name."))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(KeyButton(_("Reject"), self._confirm, icon="action.reject"))
        buttons.addWidget(KeyButton(_("Do not reject"), self.left.emit, kind="flat"))
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.row)
        column.addLayout(buttons)
        self.hide()

    def ask(self) -> None:
        """Show it, empty, and take the keys."""
        self.reason.clear()
        self.row.set_error("")
        self.show()
        self.row.take_focus()

    def _confirm(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.confirmed.emit(reason)
        else:
            self.row.set_error(_("Say why: a rejection without a reason cannot be looked at again"))
            self.row.take_focus()


class RequestPage(QWidget):
    """Builds the page and tells what is wanted."""

    back_asked = Signal()
    change_asked = Signal()
    about_asked = Signal()  # what was told, consent, what was done
    chosen = Signal(object)  # a Candidate, or None
    review_asked = Signal()
    rejected = Signal(str)  # the reason
    person_asked = Signal(object)  # a Candidate
    verify_asked = Signal(object)  # a Candidate

    def __init__(self, candidates: PagedModel, compared: PagedModel) -> None:
        super().__init__()
        self._candidates, self._compared = candidates, compared
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="note", icon="state.warning")
        self._title = plain_label("", "title bold")
        self._sub = ElidedLabel("", "secondary")
        self.list = PagedTable(candidates, name=_("Candidates"), row="row.two_lines")
        self.list.horizontalHeader().hide()
        self.table = PagedTable(compared, name=_("Comparison"), row="row.two_lines")
        self.reject = RejectBox()
        self._lay_out()
        self._connect()

    def show_request(self, title: str, sub: str, consent: str) -> None:
        """The header, and what must be known before anything else ('' for nothing)."""
        self._title.setText(title)
        self._sub.setText(sub)
        self.told.say(consent)

    def show_candidates(self, found: Sequence[Candidate], rejected: Sequence[str], none: tuple[str, str]) -> None:
        """Show who may be the one sought, and on demand who was rejected; with nobody the page says why."""
        self.reject.hide()
        self._empty.set_words(*none)
        self._candidates.show_rows(found)
        self._either.show_count(len(found))
        self._verdict.setVisible(bool(found))
        self._panel.set_title(_("Candidates"), str(len(found)) if found else "")
        words = ngettext("{n} was rejected", "{n} were rejected", len(rejected)).format(n=len(rejected))
        self._rejected_words.setText(words)
        self._rejected_list.setText("\n".join(rejected))
        self._show_rejected(False)
        self._rejected.setVisible(bool(rejected))
        self._take_look()
        for button in self._on_candidate:
            button.setVisible(bool(found))

    def show_comparison(self, found: Candidate, rows: Sequence[Compared], told: str) -> None:
        """Show one candidate fact by fact, the verdict on top."""
        band, score = band_word(found.match.band), found.match.shown
        self._verdict.set_title(_("{band}, {score} of 100").format(band=band, score=score), told)
        self._compared.show_rows(rows)
        self.reject.hide()
        self._take_look()

    def current(self) -> Candidate | None:
        """The candidate chosen."""
        found = self.list.current()
        return found if isinstance(found, Candidate) else None

    # --- building ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.list.current_changed.connect(self.chosen)
        self.list.opened.connect(self.person_asked)
        self.reject.confirmed.connect(self.rejected)
        self.reject.left.connect(self._leave_reject)
        look().changed.connect(self._take_look)
        self._take_look()

    def _take_look(self) -> None:
        """Large text: one thing under the other, each as high as its rows, and the page scrolls."""
        large = look().large
        direction = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self._heads.setDirection(direction)
        width = look().grown(_CANDIDATES) if not large and self._verdict.isVisibleTo(self) else 0
        self._panel.setMinimumWidth(width)
        self._panel.setMaximumWidth(width or _NO_LIMIT)
        for table in (self.list, self.table):
            table.setMinimumHeight(_height_of(table) if large else 0)
        self._footnote.setVisible(not large)
        self._footnote_below.setVisible(large)

    def _show_rejected(self, on: bool) -> None:
        self._rejected_list.setVisible(on)
        if on:
            self._show.set_words(_("Hide"), _("Hide who was rejected"))
        else:
            self._show.set_words(_("Show"), _("Show who was rejected, and why"))

    def _leave_reject(self) -> None:
        self.reject.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_reject(self) -> None:
        if self.current():
            self.reject.ask()

    def _open(self) -> None:
        found = self.current()
        if found:
            self.person_asked.emit(found)

    def _verify(self) -> None:
        found = self.current()
        if found:
            self.verify_asked.emit(found)

    def _lay_out(self) -> None:
        self._heads = QHBoxLayout()
        self._heads.setSpacing(4)
        self._heads.addWidget(self._title)
        self._heads.addSpacing(12)
        self._heads.addWidget(self._sub, 1)
        head = QHBoxLayout()
        head.setSpacing(16)
        back = KeyButton(_("Requests"), self.back_asked.emit, icon="action.previous", size="small")
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(self._heads, 1)
        about = KeyButton(_("Facts, consent, log"), self.about_asked.emit, keys="Ctrl+I")
        head.addWidget(about, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(KeyButton(_("Change…"), self.change_asked.emit), 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        page.addWidget(self.note)
        page.addLayout(head)
        page.addWidget(self.told)
        page.addLayout(self._middle(), 1)
        self._footnote_below = plain_label(footnote(), "secondary", wrap=True)
        page.addWidget(self._footnote_below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self.reject)
        column.addWidget(self._footer())
        order_tabs(inside, self.reject, self.footer)

    def _middle(self) -> QHBoxLayout:
        self._empty = EmptyPage("", [""])
        self._either = ListOrEmpty(self.list, self._empty)
        self._panel = Panel(_("Candidates"), sub=" ")
        self._panel.body.addWidget(self._either, 1)
        self._rejected_words = plain_label("", "small secondary")
        self._rejected_list = plain_label("", "small", wrap=True)
        self._show = LinkButton(_("Show"), lambda: self._show_rejected(self._rejected_list.isHidden()))
        self._rejected = QWidget()
        rows = QVBoxLayout(self._rejected)
        rows.setContentsMargins(16, 8, 16, 12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._rejected_words)
        row.addWidget(self._show)
        row.addStretch()
        rows.addLayout(row)
        rows.addWidget(self._rejected_list)
        self._panel.body.addWidget(self._rejected)
        self._verdict = Panel(_("Comparison"), sub=" ")
        self._verdict.body.addWidget(self.table, 1)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        self._columns.addWidget(self._panel)
        self._columns.addWidget(self._verdict, 1)
        return self._columns

    def _footer(self) -> FooterBar:
        self.footer = FooterBar()
        review = KeyButton(_("Under review"), self.review_asked.emit, icon="action.under_review")
        no = KeyButton(_("Reject, because…"), self._ask_reject, icon="action.reject")
        person = KeyButton(_("Open the person"), self._open, icon="action.open_record", keys="Ctrl+O")
        verify = KeyButton(_("Verify…"), self._verify, keys="Ctrl+Shift+V")
        self._on_candidate = (review, no, verify, person)
        for button in self._on_candidate:
            self.footer.row.addWidget(button)
        self._footnote = ElidedLabel(footnote(), "secondary")
        self._footnote.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.footer.row.addWidget(self._footnote, 100)
        self.footer.row.addStretch(1)
        return self.footer
