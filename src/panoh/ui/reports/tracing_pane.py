"""What is wanted of a paper of family tracing: which, about whom, the words of family news, how it is protected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.domain.leaks import Leak
from panoh.domain.redaction import NAMED, SUPERVISOR
from panoh.domain.tracing_papers import (
    ALOUD,
    BLANK_FORM,
    BOARD,
    FAMILY,
    NEWS,
    OF_PERSON,
    OF_REQUEST,
    PUBLIC,
    REUNION_FAMILY,
)
from panoh.ui.person_picker import PersonPicker
from panoh.ui.reports.view import PasswordLine
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.controls import LongEdit, fitted
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import scrolled
from panoh.ui.widgets.panes import FooterBar

_LONGEST = 300
_AFTER = 500  # milliseconds without a key


class TracingPane(QWidget):
    """The form; decides nothing. `kinds` are the papers, `kin` what one can be to another."""

    changed = Signal()  # what the page shows would change
    save_asked = Signal()
    print_asked = Signal()

    def __init__(
        self, picker: PersonPicker, kinds: Sequence[Choice], kin: Sequence[Choice], languages: Sequence[Choice]
    ) -> None:
        super().__init__()
        self.picker = picker
        self._reason_asked = self._named = False
        self._had_keys: QWidget | None = None  # while a paper is made
        self.kind = fitted(ChoiceBox(kinds))
        self.request = QLineEdit()
        self.request.setMaxLength(40)
        self.recipient = QLineEdit()
        self.recipient.setMaxLength(120)
        self.kin = fitted(ChoiceBox([("", _("not said")), *kin]))
        self.text = LongEdit()
        self.names = QCheckBox(_("With names…"))
        self.names.setAccessibleName(_("With names"))
        self.language = ChoiceBox(languages)
        self.password = PasswordLine()
        self.plain = QCheckBox(_("Without a password…"))
        self.plain.setAccessibleName(_("Without a password"))
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.form = Form()
        self.warning = NoteBar(tone="note", icon="state.warning")
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_AFTER)
        self._lay_out(kinds)
        self._connect()
        self.take_wish()

    @property
    def level(self) -> str:
        """Of the family diagram: with names only when they were asked for."""
        return NAMED if self.names.isChecked() else SUPERVISOR

    def missing(self) -> list[FieldProblem]:
        """Whom or what the paper is about, where nobody was named yet."""
        kind = self.kind.value()
        if kind in OF_REQUEST and not self.request.text().strip():
            return [FieldProblem("request", _("Type the number of the tracing request"))]
        if kind in OF_PERSON and not self.picker.person_id:
            return [FieldProblem("who", _("Take the person it is about"))]
        if kind == NEWS and not self.recipient.text().strip():
            return [FieldProblem("recipient", _("Say to whom it goes."))]
        return []

    def needs_names(self, named: bool) -> None:
        """The page that shows tells who somebody is: the reason is asked for."""
        self._named = named
        self.take_wish()

    def ask_reason(self, on: bool) -> None:
        """Show the field for the reason, also where only printing needs one."""
        self._reason_asked = on
        self.take_wish()

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

    def take_wish(self) -> None:
        """Show the fields that this paper asks for."""
        kind, plain = self.kind.value(), self.plain.isChecked()
        rows = self.form.rows
        rows["request"].setVisible(kind in OF_REQUEST)
        rows["who"].setVisible(kind in OF_PERSON)
        for name in ("recipient", "kin", "text"):
            rows[name].setVisible(kind == NEWS)
        self.names.setVisible(kind == FAMILY)
        rows["password"].setVisible(not plain)
        rows["reason"].setVisible(kind != BLANK_FORM and (plain or self._named or self._reason_asked))
        self.save.set_words(_("Save without protection…") if plain else _("Save protected PDF…"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line beside the page."""
        QPainter(self).fillRect(self.width() - 1, 0, 1, self.height(), look().colour("divider"))

    def _connect(self) -> None:
        self.kind.answered.connect(self._other_kind)
        for box in (self.kin, self.language):
            box.answered.connect(self.changed)
        self.names.toggled.connect(lambda _on: self.changed.emit())
        self.plain.toggled.connect(lambda _on: self.take_wish())
        self.picker.picked.connect(lambda _id: self.changed.emit())
        self.picker.edited.connect(self.changed)
        for line in (self.request, self.recipient):
            line.textEdited.connect(lambda _text: self._typed.start())
        self.text.textChanged.connect(self._typed.start)
        self._typed.timeout.connect(self.changed)

    def _other_kind(self) -> None:
        self._named = self._reason_asked = False
        self.take_wish()
        self.changed.emit()

    def _lay_out(self, kinds: Sequence[Choice]) -> None:
        self.kind.set_value(kinds[0][0])
        self.language.set_value("en")
        self.kin.set_value("")
        form = self.form
        form.add("kind", FieldRow(_("Paper"), self.kind))
        form.add("request", FieldRow(_("Number of the request"), self.request))
        form.add("who", FieldRow(_("Who"), self.picker))
        form.add("recipient", FieldRow(_("To whom"), self.recipient, hint=_("A name, no place.")))
        form.add("kin", FieldRow(_("What they are to the sender"), self.kin, optional=True))
        told = _("At most 25 lines; empty leaves lines to write on. Everybody may read it.")
        form.add("text", FieldRow(_("News"), self.text, hint=told, optional=True))
        form.add_widget(self.names)
        form.add("language", FieldRow(_("Language of the paper"), self.language))
        form.add(
            "password",
            FieldRow(_("Password of the file"), self.password, hint=_("AES-256. Say it apart from the file.")),
        )
        form.add_widget(self.plain)
        why = _(
            "It is recorded with the export. What is printed has no password, and the queue of the printer may keep it."
        )
        form.add("reason", FieldRow(_("Why it is needed like this"), self.reason, hint=why))
        form.finish()
        self._lay_out_around()

    def _lay_out_around(self) -> None:
        """The form scrolls; what is done with the paper stays beneath it."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 12, 16)
        column.setSpacing(12)
        title = plain_label(_("Papers of tracing"), "title bold", wrap=True)
        title.setContentsMargins(4, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(self.form)
        column.addStretch()
        self.area = scrolled(inside)
        self.save = KeyButton("", self.save_asked.emit, icon="action.save_pdf", keys="Ctrl+S", kind="main")
        self.print = KeyButton(_("Print…"), self.print_asked.emit, icon="action.print", keys="Ctrl+P")
        footer = FooterBar()
        footer.row.setContentsMargins(24, 12, 16, 12)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for button in (self.save, self.print):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        footer.row.addLayout(buttons, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.setSpacing(0)
        for part, stretch in ((self.area, 1), (self.warning, 0), (footer, 0)):
            whole.addWidget(part, stretch)


def never_on(kind: str, level: str) -> list[str]:
    """What a paper of this kind never holds, for the list beside the page."""
    if kind == REUNION_FAMILY:
        return [_("The number, the place and every other fact of the case")]
    if kind == FAMILY:
        shown = [] if level == NAMED else [_("Names")]
        return [*shown, _("Places; that somebody is held by an authority")]
    if level == PUBLIC:
        return [_("Places, phones, family of the one who asks"), _("Everybody under a shield, and who lives with them")]
    return []


CHECKED = frozenset({NEWS, REUNION_FAMILY, BOARD, ALOUD})  # papers of which typed words are looked through
_LISTED = N_("Nicknames that tell a place, a phone, an authority are left off")
_CLEAN = {  # what was looked for and not found, or left off at once
    NEWS: N_("No place, phone, authority, State, politics, number of a paper"),
    REUNION_FAMILY: N_("No place, phone, authority, State, number of a paper"),
    BOARD: _LISTED,
    ALOUD: _LISTED,
    BLANK_FORM: N_("Nobody is on it"),
    FAMILY: N_("No typed words but names stand on it"),
}


def clean_words(kind: str, leaks: Sequence[Leak]) -> str:
    """What was looked for on a paper of this kind and is not there, beside these."""
    if leaks:
        return _("Nothing else was found")
    return _(_CLEAN.get(kind, N_("An office paper: its words are not checked")))
