"""The Reports screen: what is wanted at the left, the very page in the middle, what it gives away at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.redaction import CARRY, NAMED, SUPERVISOR
from panoh.ui.person_picker import PersonPicker
from panoh.ui.reports.leak_panel import LeakPanel
from panoh.ui.reports.paper_form import PaperForm
from panoh.ui.reports.preview import PagePreview
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.controls import fitted
from panoh.ui.widgets.form import FieldRow, order_tabs
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panes import SideSplit
from panoh.ui.widgets.progress import ProgressPanel
from panoh.ui.widgets.tabs import Tabs

_FORM = 304  # width at 100 % text
_LEAST_PREVIEW = 480
_LEAKS = 352
_LONGEST = 300
SUPERVISOR_READER = "supervisor"  # the first choice of reader; the others are codes of the list of recipients


class WishPane(PaperForm):
    """The form: who, for whom, which level, which language, how protected.

    `recipients` are those of the code list; a supervisor stands before them, and any other role may be typed.
    """

    recipient_changed = Signal()
    key_sheet_asked = Signal()

    def __init__(
        self,
        picker: PersonPicker,
        recipients: Sequence[Choice],
        languages: Sequence[Choice],
        *,
        supervisor: bool = False,
    ) -> None:
        super().__init__(picker, languages)
        self._supervisor = supervisor
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
        self.key_sheet = KeyButton(_("Key sheet…"), self.key_sheet_asked.emit, icon="action.open_seal", size="small")
        self.key_sheet.setAccessibleName(_("Key sheet that reads carried papers back, for the office"))
        self._lay_out()
        self._connect()
        self.take_wish()

    def reader(self) -> str:
        """For whom it is, in words."""
        typed = self.recipient.lineEdit()
        return typed.text().strip() if typed else ""

    def _connect(self) -> None:
        self.level.chosen.connect(lambda _code: self.take_wish())
        self.level.chosen.connect(lambda _code: self.changed.emit())
        self.language.answered.connect(self.changed)
        self.recipient.answered.connect(self.recipient_changed)
        typed = self.recipient.lineEdit()
        if typed:
            typed.textEdited.connect(lambda _text: self.recipient_changed.emit())

    def take_wish(self) -> None:
        """Show the fields that this level asks for."""
        super().take_wish()
        self.key_sheet.setVisible(self._supervisor and self.level.value() == CARRY)

    def _wants_reason(self, *, plain: bool) -> bool:
        return super()._wants_reason(plain=plain) or self.level.value() == NAMED

    def _lay_out(self) -> None:
        self.level.set_value(SUPERVISOR)
        self.recipient.set_value(SUPERVISOR_READER)
        self.form.add("who", FieldRow(_("Who"), self.picker))
        self.form.add("recipient", FieldRow(_("For whom"), self.recipient))
        self.form.add("level", FieldRow(_("Level"), self.level))
        self.form.add_widget(self.key_sheet)
        self._add_protection()
        self._lay_out_around(_("Case summary"))


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
