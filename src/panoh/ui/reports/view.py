"""The Reports screen: what is wanted at the left, the very page in the middle, what it gives away at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.redaction import CARRY, NAMED, SUPERVISOR
from panoh.ui.person_picker import PersonPicker
from panoh.ui.reports.leak_panel import LeakPanel
from panoh.ui.reports.preview import PagePreview
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.controls import fitted
from panoh.ui.widgets.form import FieldRow, Form, order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import scrolled
from panoh.ui.widgets.panes import FooterBar, SideSplit
from panoh.ui.widgets.progress import ProgressPanel
from panoh.ui.widgets.tabs import Tabs

_FORM = 304  # width at 100 % text
_LEAST_PREVIEW = 480
_LEAKS = 352
_LONGEST = 300
SUPERVISOR_READER = "supervisor"  # the first choice of reader; the others are codes of the list of recipients


class PasswordLine(QWidget):
    """The password made for a paper: hidden until it is asked for, never typed."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setReadOnly(True)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_button = KeyButton(_("Show"))
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName(_("Show the password"))
        self.show_button.toggled.connect(self._show)
        self.setFocusProxy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)

    def set_password(self, password: str) -> None:
        """Hold another one, hidden."""
        self.line.setText(password)
        self.line.setCursorPosition(0)
        self.show_button.setChecked(False)

    def _show(self, on: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self.show_button.setText(_("Hide") if on else _("Show"))
        self.line.setCursorPosition(0)


class WishPane(QWidget):
    """The form: who, for whom, which level, which language, how protected.

    `recipients` are those of the code list; a supervisor stands before them, and any other role may be typed.
    """

    changed = Signal()  # what the page shows would change
    recipient_changed = Signal()
    save_asked = Signal()
    print_asked = Signal()
    key_sheet_asked = Signal()

    def __init__(
        self,
        picker: PersonPicker,
        recipients: Sequence[Choice],
        languages: Sequence[Choice],
        *,
        supervisor: bool = False,
    ) -> None:
        super().__init__()
        self.picker = picker
        self._supervisor = supervisor
        self._reason_asked = False
        self._had_keys: QWidget | None = None  # while a paper is made
        self.recipient = fitted(ChoiceBox([(SUPERVISOR_READER, _("Supervisor")), *recipients], search=True))
        self.level = RadioChoice(
            [
                (SUPERVISOR, _("Supervisor"), _("reasons in words, no name")),
                (CARRY, _("Carry"), _("may be found at a checkpoint")),
                (NAMED, _("Named…"), _("needs a reason, is recorded")),
            ]
        )
        grid = self.level.layout()
        if isinstance(grid, QGridLayout):  # the hints take the whole width
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 0)
        self.language = ChoiceBox(languages)
        self.password = PasswordLine()
        self.key_sheet = KeyButton(_("Key sheet…"), self.key_sheet_asked.emit, icon="action.open_seal", size="small")
        self.key_sheet.setAccessibleName(_("Key sheet that reads carried papers back, for the office"))
        self.plain = QCheckBox(_("Without a password…"))
        self.plain.setAccessibleName(_("Without a password"))
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.form = Form()
        self.warning = NoteBar(tone="note", icon="state.warning")
        self._lay_out()
        self._connect()
        self._take_wish()

    def reader(self) -> str:
        """For whom it is, in words."""
        typed = self.recipient.lineEdit()
        return typed.text().strip() if typed else ""

    def ask_reason(self, on: bool) -> None:
        """Show the field for the reason, also where only printing needs one."""
        self._reason_asked = on
        self._take_wish()

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Show what keeps the paper from being made."""
        self.area.verticalScrollBar().setValue(0)
        self.form.show_problems(problems)

    def set_busy(self, busy: bool) -> None:
        """While a paper is made nothing else is asked; afterwards the keys are where they were."""
        if busy:
            focus = self.window().focusWidget()
            self._had_keys = focus if focus is not None and self.isAncestorOf(focus) else None
        self.form.setEnabled(not busy)
        for button in (self.save, self.print):
            button.setEnabled(not busy)
        if not busy and self._had_keys is not None:
            self._had_keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line beside the page."""
        QPainter(self).fillRect(self.width() - 1, 0, 1, self.height(), look().colour("divider"))

    def _connect(self) -> None:
        self.level.chosen.connect(lambda _code: self._take_wish())
        self.level.chosen.connect(lambda _code: self.changed.emit())
        self.language.answered.connect(self.changed)
        self.plain.toggled.connect(lambda _on: self._take_wish())
        self.recipient.answered.connect(self.recipient_changed)
        typed = self.recipient.lineEdit()
        if typed:
            typed.textEdited.connect(lambda _text: self.recipient_changed.emit())

    def _take_wish(self) -> None:
        plain = self.plain.isChecked()
        self._password_row.setVisible(not plain)
        self._reason_row.setVisible(plain or self.level.value() == NAMED or self._reason_asked)
        self.key_sheet.setVisible(self._supervisor and self.level.value() == CARRY)
        self.save.set_words(_("Save without protection…") if plain else _("Save protected PDF…"))

    def _lay_out(self) -> None:
        title = plain_label(_("Case summary"), "title bold")
        title.setContentsMargins(4, 0, 0, 0)
        self.level.set_value(SUPERVISOR)
        self.language.set_value("en")
        self.recipient.set_value(SUPERVISOR_READER)
        self.form.add("who", FieldRow(_("Who"), self.picker))
        self.form.add("recipient", FieldRow(_("For whom"), self.recipient))
        self.form.add("level", FieldRow(_("Level"), self.level))
        self.form.add_widget(self.key_sheet)
        self.form.add("language", FieldRow(_("Language of the paper"), self.language))
        told = _("AES-256. Say it apart from the file.")
        self._password_row = self.form.add("password", FieldRow(_("Password of the file"), self.password, hint=told))
        self.form.add_widget(self.plain)
        why = _(
            "It is recorded with the export. What is printed has no password, and the queue of the printer may keep it."
        )
        self._reason_row = self.form.add("reason", FieldRow(_("Why it is needed like this"), self.reason, hint=why))
        self.form.finish()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 12, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(self.form)
        column.addStretch()
        self.area = scrolled(inside)
        self._make_footer()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.warning)
        whole.addWidget(self.footer)

    def _make_footer(self) -> None:
        self.save = KeyButton("", self.save_asked.emit, icon="action.save_pdf", keys="Ctrl+S", kind="main")
        self.print = KeyButton(_("Print…"), self.print_asked.emit, icon="action.print", keys="Ctrl+P")
        self.footer = FooterBar()
        self.footer.row.setContentsMargins(24, 12, 16, 12)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeft)
        self.footer.row.addLayout(buttons, 1)


class PaperView(QWidget):
    """Form, page, and what the page gives away. Where there is no room for all three, tabs lead from the form to the page."""

    def __init__(self, pane: QWidget) -> None:
        super().__init__()
        self._pane = pane
        self.saved = NoteBar(tone="info", icon="state.saved", closable=True)
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.progress = ProgressPanel()
        self.preview = PagePreview()
        self.leaks = LeakPanel()
        words = _("What could give them away, and what is left out")
        self.split = SideSplit(self.preview, self.leaks, fold_words=words, least_main=_LEAST_PREVIEW, side_width=_LEAKS)
        self.tabs = Tabs(_("Parts of the screen"), [_("What is wanted"), _("The page")])
        self._stack = QStackedWidget()
        self._side_by_side = QHBoxLayout()
        self._side_by_side.setSpacing(0)
        self._side_by_side.addWidget(pane)
        self._side_by_side.addWidget(self.split, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self.note, self.saved, self.progress, self.tabs):
            whole.addWidget(part)
        whole.addLayout(self._side_by_side, 1)
        self.tabs.currentChanged.connect(lambda _at: self._arrange())
        look().changed.connect(self._arrange)
        order_tabs(pane, self.preview, self.leaks)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All three beside each other as long as there is room."""
        super().resizeEvent(event)
        self._arrange()

    def go_to_leaks(self) -> None:
        """Bring the first open leak before the eyes and put the keys on it."""
        self.tabs.setCurrentIndex(1)
        self.split.open_side()
        self.leaks.focus_first()

    def minimumSizeHint(self) -> QSize:
        """Never wider than one part alone."""
        return QSize(look().grown(_FORM), 200)

    def _arrange(self) -> None:
        narrow = self.width() < look().grown(_FORM + _LEAST_PREVIEW)
        self.tabs.setVisible(narrow)
        self._pane.setMinimumWidth(look().grown(_FORM))
        self._pane.setMaximumWidth(16_777_215 if narrow else look().grown(_FORM))
        self._pane.setVisible(not narrow or self.tabs.currentIndex() == 0)
        self.split.setVisible(not narrow or self.tabs.currentIndex() == 1)


class ReportsView(PaperView):
    """The case summary."""

    def __init__(self, wish: WishPane) -> None:
        super().__init__(wish)
        self.wish = wish
