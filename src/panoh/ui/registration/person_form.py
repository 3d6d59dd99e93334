"""Register a person: one screen, eight fields, and beside it the people who are perhaps registered already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.registration import FamilyForm, FamilyRow
from panoh.ui.draft_timer import DraftTimer
from panoh.ui.registration.duplicates_panel import CandidateCard, DuplicatesPanel
from panoh.ui.registration.term_box import Choice, TermBox, stand_in_own_site
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.controls import Beside, CodesEdit
from panoh.ui.widgets.form import FieldRow, Form, order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel, scrolled
from panoh.ui.widgets.panes import FooterBar, SideSplit

SEARCH_AFTER = 350  # milliseconds
_ROW = ("name", "sex", "birth", "needs")  # fields that are the person's own; the others are the household's
STAYS = ("site_id", "language")  # from one person to the next


class RegisterPersonView(QWidget):
    """Builds the page and tells what is wanted; decides nothing."""

    draft_due = Signal()
    search_due = Signal()
    save_asked = Signal(bool)  # whether the record shall open
    leave_asked = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__()
        self._needs = words["specific_needs"]
        self.note = NoteBar(tone="info", icon="state.saved", closable=True)
        self.failure = NoteBar(tone="error", icon="state.error", closable=True)
        self.offer = NoteBar(tone="info", icon="state.draft", closable=True)
        self.form = Form()
        self.panel = DuplicatesPanel()
        self._filling = False
        self._own_site = ""  # where everyone is registered in a vault that holds one site's caseload
        self._make_fields(words)
        self._draft_timer = DraftTimer(self, self.draft_due.emit)
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(SEARCH_AFTER)
        self._search_timer.timeout.connect(self.search_due.emit)
        self._lay_out()

    def family_form(self) -> FamilyForm:
        """What stands on the page, as a household of one."""
        told: dict[str, Any] = {key: self._value(key) for key in self.form.rows}
        row = FamilyRow(name=told["name"], sex=told["sex"], birth=told["birth"], needs=tuple(self._codes()))
        shared: dict[str, Any] = {key: value for key, value in told.items() if key not in _ROW}
        return FamilyForm(**shared, rows=(row,))

    def show_form(self, form: FamilyForm) -> None:
        """Show a form; nothing of the person before stays."""
        self._filling = True
        row = form.rows[0] if form.rows else FamilyRow()
        for key, field in self.form.rows.items():
            value = getattr(row, key) if key in _ROW else getattr(form, key)
            value = value or (self._own_site if key == "site_id" else "")
            text = ", ".join(self._needs.label(code) for code in value) if key == "needs" else value
            control = field.control
            if isinstance(control, TermBox):
                control.set_value(text)
            elif isinstance(control, QLineEdit):
                control.setText(text)
        self._filling = False
        self._draft_timer.stop()
        self.form.show_problems([])
        self.failure.hide()
        self.start_typing()
        self._search_timer.start()

    def start_typing(self) -> None:
        """Put the keys into the first field."""
        self.form.rows["name"].take_focus()

    def set_choices(self, choices: Mapping[str, Sequence[Choice]]) -> None:
        """Offer these codes and words in the boxes."""
        for key, offered in choices.items():
            box = self.form.rows[key].control if key in self.form.rows else None
            if isinstance(box, TermBox):
                box.set_choices(offered)
        self._own_site = stand_in_own_site(choices, self.form.rows["site_id"].control)

    def problems(self) -> list[FieldProblem]:
        """What stands in a box that its list does not know."""
        boxes = [(key, row.control) for key, row in self.form.rows.items()]
        found = [(key, box.problem()) for key, box in boxes if isinstance(box, TermBox)]
        unknown = [text for text in self._typed_needs() if not self._needs.match(text, at_grid=True)]
        words = _("This is no need that the list offers here: {text}.")
        told = [("needs", words.format(text=unknown[0][:40]))] if unknown else []
        return [FieldProblem(key, text) for key, text in (*found, *told) if text]

    def show_cards(self, cards: Sequence[CandidateCard]) -> None:
        """Show who is perhaps registered already."""
        self.panel.show_cards(cards)
        self.split.set_fold_words(". ".join([self.panel.summary(), *(card.brief() for card in cards[:1])]))

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Tell what was done, and offer to take it back."""
        self.note.say(words, action=_("Undo save") if undo else "", run=undo)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen comes to the front: what no draft holds yet goes into one at once."""
        super().hideEvent(event)
        self._draft_timer.at_once()

    # --- building ---------------------------------------------------------------------------------------------------

    def _make_fields(self, words: Vocabularies) -> None:
        def box(name: str) -> TermBox:
            return TermBox([(term.code, words[name].label(term.code)) for term in words[name].offers()], words[name])

        needs = CodesEdit([(term.code, self._needs.label(term.code)) for term in self._needs.offers(at_grid=True)])
        for key, label, control, hint in (
            ("name", _("Name, as said"), QLineEdit(), ""),
            ("sex", _("Sex"), box("sex"), ""),
            ("birth", _("Age or birth date"), QLineEdit(), _("34, about 6, 1972, 12.3.1998")),
            ("site_id", _("Where the person stays now"), TermBox(), ""),
            ("address_before", _("Address before"), QLineEdit(), ""),
            ("phone", _("Phone"), QLineEdit(), ""),
            ("language", _("Language to speak"), TermBox(terms=words["languages"]), ""),
            ("needs", _("Needs seen"), needs, _("what one can see; several: put commas between them")),
        ):
            row = FieldRow(label, control, hint=hint, optional=key in ("phone", "needs"))
            self.form.rows[key] = row
            if isinstance(control, TermBox):
                control.answered.connect(self._typed)
            elif isinstance(control, QLineEdit):
                control.textChanged.connect(self._typed)

    def _lay_out(self) -> None:
        rows = self.form.rows
        panel = Panel(padded=True)
        panel.body.setSpacing(16)
        panel.body.addWidget(self.form.summary)
        panel.body.addWidget(rows["name"])
        for pair in (("sex", "birth"), ("site_id", "address_before"), ("phone", "language")):
            panel.body.addWidget(Beside(*(rows[key] for key in pair), least=260))
        panel.body.addWidget(rows["needs"])
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addWidget(plain_label(_("Register a person"), "title bold"))
        for told in (self.offer, self.failure, self.note, panel):
            column.addWidget(told)
        column.addStretch()
        main = QWidget()
        whole = QVBoxLayout(main)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(page), 1)
        whole.addWidget(self._footer())
        self.split = SideSplit(main, self.panel, least_main=640, side_width=320)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        order_tabs(main, self.panel, self.footer)

    def _footer(self) -> FooterBar:
        self.footer = FooterBar()
        main = KeyButton(
            _("Save, start the next"), lambda: self._save(False), icon="action.save", keys="Ctrl+Enter", kind="main"
        )
        self.footer.row.addWidget(main)
        self.footer.row.addWidget(KeyButton(_("Save and open"), lambda: self._save(True), keys="Ctrl+S"))
        self.footer.row.addWidget(KeyButton(_("Keep as a draft"), self.leave_asked.emit, kind="flat"))
        self.footer.row.addStretch()
        return self.footer

    # --- inside -----------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        if self._filling:
            return
        self._draft_timer.plan()
        self._search_timer.start()

    def _save(self, open_after: bool) -> None:
        for row in self.form.rows.values():
            if isinstance(row.control, TermBox):
                row.control.take_first()
        self.save_asked.emit(open_after)

    def _value(self, key: str) -> str:
        control = self.form.rows[key].control
        if isinstance(control, TermBox):
            return control.value()
        return control.text().strip() if isinstance(control, QLineEdit) else ""

    def _typed_needs(self) -> list[str]:
        return [part.strip() for part in self._value("needs").split(",") if part.strip()]

    def _codes(self) -> list[str]:
        return [code for code in (self._needs.match(text, at_grid=True) for text in self._typed_needs()) if code]
