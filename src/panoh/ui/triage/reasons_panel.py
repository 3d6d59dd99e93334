"""The panel beside the queue: the person's level, what to do first, why, and what is not known."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.cases import LevelOverride
from panoh.services.queue_marks import Asked
from panoh.services.triage import LevelView
from panoh.ui.accessibility import set_accessible_role
from panoh.ui.style import set_role
from panoh.ui.theme import look
from panoh.ui.triage.model import Head, rules_line
from panoh.ui.triage.reason_blocks import blocks_of
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.labels import ElidedLabel, SpanLabel, plain_label, show_when
from panoh.ui.widgets.level import LARGE, LevelChip, level_word
from panoh.ui.widgets.notes import IconMark, ToneBox
from panoh.ui.widgets.panels import Line, scrolled, side_by_side
from panoh.ui.widgets.panes import SidePane


class ReasonsPanel(SidePane):
    """Tells what is wanted for the person shown: to open, take, assign, set a level, ask for advice; or that it was looked at."""

    open_asked = Signal()
    take_asked = Signal()
    assign_asked = Signal()
    level_asked = Signal()
    advice_asked = Signal()
    looked_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[LevelView, date, tuple[Asked, ...]] | None = None
        self._lapsed = ""
        self._chip = LevelChip("unknown", LARGE)
        self._by_hand = plain_label("", "small secondary", wrap=True)
        self._name = SpanLabel()
        self.number = LinkButton("", self.open_asked.emit, role="link bold")
        self._owner = ElidedLabel("", "secondary")
        self._due_mark = IconMark("state.due")
        self._due = plain_label("", "bold", wrap=True)
        self.take = KeyButton(_("Take"), self.take_asked.emit, keys="Ctrl+T", kind="main")
        self.assign = KeyButton(_("Assign…"), self.assign_asked.emit)
        self.set_level = KeyButton(_("Set another level…"), self.level_asked.emit)
        self._buttons = _ButtonRow(self.take, self.assign, self.set_level)
        self.advice = KeyButton(_("Ask for advice…"), self.advice_asked.emit)
        self.looked = KeyButton(_("Looked at"), self.looked_asked.emit, icon="state.same")
        self._first = _FirstAction()
        self._rules = plain_label("", "small secondary", wrap=True)
        self._blocks = QVBoxLayout()
        self._lay_out()
        self.show_nothing()
        look().changed.connect(self._show_again)

    # --- what it shows ----------------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No person is chosen."""
        self._shown = None
        self._whole.hide()
        self._nothing.show()

    def show_head(self, head: Head) -> None:
        """Show who it is and when something is due."""
        self._nothing.hide()
        self._whole.show()
        self._chip.set_level(head.level)
        self._name.set_spans(*(((head.name, "bold"), (head.who, "secondary")) if head.name else ((head.who, "bold"),)))
        self.number.set_words(head.number, _("Open {number}").format(number=head.number))
        self._owner.setText(head.owner)
        self._lapsed = head.lapsed
        self.looked.setVisible(bool(head.lapsed))
        if head.lapsed:
            self._by_hand.setText(head.lapsed)
        self._due.setText(head.due)
        set_role(self._due, "bold error" if head.overdue else "bold")
        self._due_mark.set_icon("state.overdue" if head.overdue else "state.due", "error" if head.overdue else "text")

    def show_reasons(self, view: LevelView, today: date, asked: tuple[Asked, ...] = ()) -> None:
        """Show why, and what is asked of supervisors; what is shown already stays as it is, with the focus in it."""
        if self._shown == (view, today, asked):
            return
        self._shown = (view, today, asked)
        self._show_override(view.override)
        self._first.show_text(view.first_action)
        self._clear_blocks()
        level = level_word(view.computed_level)
        self._blocks.addWidget(plain_label(_("Why {level}").format(level=level.lower()), "bold"))
        shown = blocks_of(view, today, asked)
        for at, block in enumerate(shown):
            if at:
                self._blocks.addWidget(Line())
            self._blocks.addWidget(block)
        if not shown:
            words = _("Nothing that is known so far asks for more.")
            self._blocks.addWidget(plain_label(words, "secondary", wrap=True))
        self._blocks.addStretch()
        self._rules.setText(rules_line([reason.rule for reason in view.reasons]))
        self._area.verticalScrollBar().setValue(0)

    def _show_again(self) -> None:
        """The text size changed: lay the reasons out anew."""
        shown, self._shown = self._shown, None
        if shown is not None:
            self.show_reasons(*shown)

    def clear_reasons(self) -> None:
        """Another person's reasons are on their way: those before go at once."""
        self._shown = None
        self._show_override(None)
        self._first.show_text("")
        self._clear_blocks()
        self._rules.setText("")

    def _show_override(self, override: LevelOverride | None) -> None:
        words = _("set by hand until {day}").format(day=day(override.review_on)) if override else self._lapsed
        self._by_hand.setText(words)

    def _clear_blocks(self) -> None:
        while self._blocks.count():
            item = self._blocks.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()

    # --- how it is laid out -----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._nothing = plain_label(_("Choose a person in the queue: the reasons stand here."), "secondary", wrap=True)
        self._nothing.setContentsMargins(16, 24, 16, 16)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._whole = QWidget()
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head_layout())
        whole.addWidget(Line())
        self._area = scrolled(self._body())
        whole.addWidget(self._area, 1)
        whole.addWidget(Line())
        self._rules.setContentsMargins(16, 8, 16, 8)
        whole.addWidget(self._rules)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self._nothing)
        column.addWidget(self._whole, 1)

    def _head_layout(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 16)
        head.setSpacing(6)
        head.addLayout(_row(self._chip, self._by_hand))
        head.addWidget(self._name)
        head.addLayout(_row(self.number, plain_label(_("Enter opens"), "small secondary"), self._owner))
        head.addLayout(_row(self._due_mark, self._due))
        head.addSpacing(4)
        head.addWidget(self._buttons)
        head.addLayout(side_by_side(self.advice, self.looked))
        return head

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._first)
        self._blocks.setContentsMargins(16, 12, 16, 12)
        self._blocks.setSpacing(10)
        column.addLayout(self._blocks, 1)
        return body


class _FirstAction(ToneBox):
    """What to do first."""

    def __init__(self) -> None:
        super().__init__("info")
        set_accessible_role(self, QAccessible.Role.Note)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 16, 12)
        column.setSpacing(0)
        column.addWidget(plain_label(_("First action"), "bold"))
        self._text = plain_label("", wrap=True)
        column.addWidget(self._text)

    def show_text(self, text: str) -> None:
        """Show it; nothing hides the box."""
        self._text.setText(text)
        self.setAccessibleName(_("First action: {text}").format(text=text))
        show_when(self, bool(text))


class _ButtonRow(QWidget):
    """Buttons side by side; the last one goes under the others where the room is short."""

    def __init__(self, *buttons: KeyButton) -> None:
        super().__init__()
        self._buttons = buttons
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(len(buttons), 1)
        self._wrapped: bool | None = None
        self._arrange(wrapped=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap or unwrap as the room allows."""
        super().resizeEvent(event)
        needed = sum(button.sizeHint().width() for button in self._buttons) + 8 * (len(self._buttons) - 1)
        self._arrange(wrapped=needed > self.width())

    def _arrange(self, *, wrapped: bool) -> None:
        if wrapped == self._wrapped:
            return
        self._wrapped = wrapped
        last = len(self._buttons) - 1
        for at, button in enumerate(self._buttons):
            if wrapped and at == last:
                self._grid.addWidget(button, 1, 0, 1, last + 2, Qt.AlignmentFlag.AlignLeft)
            else:
                self._grid.addWidget(button, 0, at)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        grows = isinstance(widget, ElidedLabel) or (isinstance(widget, QLabel) and widget.wordWrap())
        row.addWidget(widget, 1 if grows else 0)
    return row
