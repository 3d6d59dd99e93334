"""The Tracing screen: the list of requests with the form beside it, or one request with its candidates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.ui.draft_timer import DraftTimer
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look
from panoh.ui.tracing.compare_page import RequestPage
from panoh.ui.tracing.request_filter import FilterRow
from panoh.ui.tracing.request_form import RequestForm
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel, scrolled
from panoh.ui.widgets.panes import FooterBar
from panoh.ui.widgets.table import PagedModel, PagedTable

_LIST_BESIDE = 376  # width of the list beside the form, at 100 % text
_LEAST_BOTH = 900  # below this width, at 100 % text, the form takes the whole room
_FORM_WIDTH = 640
_ONLY_ALONE = ("age", "consent")  # columns that the list shows while no form is beside it
_ONLY_WIDE = ("status", "opened")  # and those that need yet more room
_LEAST_WIDE = 1000


class FormPane(QWidget):
    """The form with its title, notes and actions."""

    save_asked = Signal()
    leave_asked = Signal()

    def __init__(self, form: RequestForm) -> None:
        super().__init__()
        self.form = form
        self.offer = NoteBar(tone="info", icon="state.draft", closable=True)
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.title = plain_label("", "title bold")
        self.title.setContentsMargins(4, 0, 0, 0)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(20, 16, 20, 24)
        inside.setSpacing(12)
        for part in (self.title, self.offer, self.note, form):
            part.setMaximumWidth(look().grown(_FORM_WIDTH))
            inside.addWidget(part)
        inside.addStretch()
        self._area = scrolled(content)
        self.footer = FooterBar()
        save = KeyButton(
            _("Save and look for candidates"), self.save_asked.emit, icon="action.save", keys="Ctrl+Enter", kind="main"
        )
        self.footer.row.addWidget(save)
        self.footer.row.addWidget(KeyButton(_("Keep as a draft"), self.leave_asked.emit, kind="flat"))
        self.footer.row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(self.footer)

    def show_problems(self, problems: Sequence[FieldProblem], kept: str) -> None:
        """Show what keeps the request from being saved, from the top."""
        self._area.verticalScrollBar().setValue(0)
        self.form.form.show_problems(problems, kept)

    def to_top(self) -> None:
        """Scroll to the first field."""
        self._area.verticalScrollBar().setValue(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line between the list and the form."""
        QPainter(self).fillRect(0, 0, 1, self.height(), look().colour("divider"))


class TracingView(QStackedWidget):
    """Builds both pages and tells what is wanted; decides nothing."""

    new_asked = Signal()
    import_asked = Signal()
    opened = Signal(object)  # a RequestLine
    draft_due = Signal()

    def __init__(self, requests: PagedModel, form: RequestForm, page: RequestPage) -> None:
        super().__init__()
        self.requests, self.form, self.page = requests, form, page
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.table = PagedTable(requests, name=_("Tracing requests"), row="row.two_lines")
        self.pane = FormPane(form)
        self.filters = FilterRow(form.words)
        self.filters.left.connect(self.table.setFocus)
        self._count = plain_label("", "secondary")
        self._draft_timer = DraftTimer(self, self.draft_due.emit)
        self.first = QWidget()
        self._lay_out_first()
        self.addWidget(self.first)
        self.addWidget(page)
        form.edited.connect(self._edited)
        self.table.opened.connect(self.opened)
        shortcuts().add("Ctrl+N", _("New tracing request"), self.new_asked.emit, self)
        look().changed.connect(self._arrange)

    @property
    def form_open(self) -> bool:
        """Whether the form stands beside the list."""
        return not self.pane.isHidden()

    def show_count(self, count: int) -> None:
        """Show the list, or the page that says what will be here."""
        filtered = self.filters.filtered
        self._empty.setCurrentIndex(int(filtered))
        self.list.show_count(count)
        words = ngettext("{n} request", "{n} requests, the open ones first", count).format(n=count)
        self._count.setText(words if count else "")
        self._buttons.setVisible(bool(count) or filtered)
        self.filters.setVisible(bool(count) or filtered)

    def open_form(self, title: str) -> None:
        """Show the form beside the list; the keys go into it."""
        self.setCurrentWidget(self.first)
        self.pane.title.setText(title)
        self.pane.show()
        self._arrange()
        self.pane.to_top()
        self.form.take_focus()

    def close_form(self) -> None:
        """Show the list alone."""
        self._draft_timer.stop()
        self.pane.hide()
        self._arrange()

    def show_list(self) -> None:
        """Show the list, and the form when it is open."""
        self.setCurrentWidget(self.first)
        if self.form_open:
            self.form.take_focus()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_page(self) -> None:
        """Show one request."""
        self.setCurrentWidget(self.page)
        self.page.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_draft(self) -> None:
        """The form was saved or given up: no draft of it is due."""
        self._draft_timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other as long as there is room."""
        super().resizeEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen comes to the front: what no draft holds yet goes into one at once."""
        super().hideEvent(event)
        self._draft_timer.at_once()

    # --- building ----------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self._draft_timer.plan()

    def _arrange(self) -> None:
        both = self.form_open and self.width() >= look().grown(_LEAST_BOTH)
        self._left.setVisible(both or not self.form_open)
        self._left.setMaximumWidth(look().grown(_LIST_BESIDE) + 48 if both else 16_777_215)
        for at, column in enumerate(self.requests.columns):
            if column.key in _ONLY_ALONE:
                self.table.setColumnHidden(at, self.form_open)
            elif column.key in _ONLY_WIDE:
                self.table.setColumnHidden(at, self.form_open or self.width() < look().grown(_LEAST_WIDE))

    def _lay_out_first(self) -> None:
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.note)
        title = plain_label(_("Tracing requests"), "title bold")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(title)
        head.addWidget(self._count, 1)
        column.addLayout(head)
        column.addWidget(self._action_row())
        column.addWidget(self.filters)
        self._empty = QStackedWidget()
        self._empty.addWidget(self._empty_page())
        self._empty.addWidget(self._no_hit_page())
        self.list = ListOrEmpty(self.table, self._empty)
        panel = Panel()
        panel.body.addWidget(self.list)
        column.addWidget(panel, 1)
        row = QHBoxLayout(self.first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(self.pane, 2)
        self.pane.hide()
        order_tabs(self._left, self.pane)

    def _action_row(self) -> QWidget:
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(12)
        for button in self._actions():
            row.addWidget(button)
        row.addStretch()
        self._buttons.hide()
        return self._buttons

    def _actions(self) -> tuple[KeyButton, KeyButton]:
        new = KeyButton(_("New tracing request"), self.new_asked.emit, icon="action.add", shown_keys="Ctrl+N")
        bring = KeyButton(_("Bring in a list…"), self.import_asked.emit, icon="action.bring_in_list")
        return new, bring

    def _no_hit_page(self) -> EmptyPage:
        clear = KeyButton(_("Show all"), self.filters.clear, icon="action.close")
        words = _("No request fits what was searched for and the part that was chosen.")
        return EmptyPage(_("No request fits"), [words], [(clear, "")])

    def _empty_page(self) -> EmptyPage:
        new, bring = self._actions()
        words = [
            _("Requests will stand here, the open ones first, each with its best candidates."),
            _(
                "Anyone may ask, about anyone: a child, an adult, an elder. When you register a family and someone is "
                "left behind, stopped or missing, Panoh drafts the request."
            ),
        ]
        return EmptyPage(_("No tracing requests yet"), words, [(new, ""), (bring, _("csv, xlsx"))])
