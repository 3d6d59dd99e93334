"""The form of a site, new or changed, with its notes and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.sites import SiteForm
from panoh.ui.draft_timer import DraftTimer
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.checks import ChecksEdit
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.controls import LongEdit, choice_box, day_edit, fitted, offered
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import scrolled
from panoh.ui.widgets.panes import FooterBar, SidePane
from panoh.ui.widgets.progress import ProgressPanel


class SiteFormPane(SidePane):
    """Takes and gives the form whole, as a draft is kept; decides nothing."""

    save_asked = Signal()
    leave_asked = Signal()
    draft_due = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__()
        self.offer = NoteBar(tone="info", icon="state.draft", closable=True)
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.progress = ProgressPanel()
        self.form = Form()
        self._title = plain_label("", "title bold", wrap=True)
        self._words = words
        self._writing = False
        self._draft = DraftTimer(self, self.draft_due.emit)
        self._build()
        self._lay_out()

    # --- whole --------------------------------------------------------------------------------------------------------

    def set_countries(self, countries: Sequence[Choice]) -> None:
        """Offer these countries; what stands in the box stays."""
        standing = self.values().country
        self._country.set_choices(countries)
        self._write(self._country, standing)

    def values(self) -> SiteForm:
        """What stands in the form, as typed."""
        return SiteForm(**{field.name: _read(self.form.rows[field.name].control) for field in fields(SiteForm)})

    def show_values(self, title: str, values: SiteForm, *, new: bool) -> None:
        """Begin with these values."""
        self._draft.stop()
        self._title.setText(title)
        self.leave.set_words(_("Cancel") if new else _("Leave as it was"))
        self._writing = True
        for key, value in asdict(values).items():
            self._write(self.form.rows[key].control, value)
        self._writing = False
        self.offer.hide()
        self.note.hide()
        self.form.show_problems([])
        self._area.verticalScrollBar().setValue(0)

    def show_problems(self, problems: Sequence[FieldProblem], kept: str) -> None:
        """Tell what keeps the site from being saved, from the top."""
        self._area.verticalScrollBar().setValue(0)
        self.form.show_problems(problems, kept)

    def take_focus(self) -> None:
        """Put the keys into the first field."""
        self.form.rows["name"].take_focus()

    def forget_draft(self) -> None:
        """What stands here is saved or given up: no draft is due."""
        self._draft.stop()

    def set_busy(self, busy: bool) -> None:
        """While it is being saved nothing is typed on."""
        self.form.setEnabled(not busy)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere leaves a draft, not a loss."""
        super().hideEvent(event)
        self._draft.at_once()

    # --- inside -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._country = fitted(ChoiceBox(search=True))
        room_hint = _("People, not tents or families.")
        closing_hint = _("From 14 days before, people for whom leaving is a danger are assessed anew.")
        self._add(
            ("name", FieldRow(_("Name"), QLineEdit(), hint=_("As people there call it."))),
            ("kind", FieldRow(_("Kind"), self._codes("site_kind"))),
            ("country", FieldRow(_("Country"), self._country)),
            ("capacity", FieldRow(_("Room for"), QLineEdit(), hint=room_hint, optional=True)),
            ("closing_on", FieldRow(_("Closing on"), day_edit(), hint=closing_hint, optional=True)),
        )
        place = fitted(ChoiceBox(offered(self._words, "locations"), search=True))
        place_hint = _("A place of the list, or as people say it.")
        self._add(("place", FieldRow(_("Where it lies"), place, hint=place_hint, optional=True)))
        self._heading(_("Access and security"))
        access_hint = _("Of humanitarian organisations, at the last visit.")
        self._add(
            ("access", FieldRow(_("Access"), self._codes("site_access"), hint=access_hint)),
            ("access_by", FieldRow(_("Who opens, escorts or refuses"), QLineEdit(), optional=True)),
            ("visited_on", FieldRow(_("Last visit on"), day_edit(), optional=True)),
            ("security", FieldRow(_("Security"), self._codes("site_security"))),
        )
        self._heading(_("Expected and lacking"))
        never = _("Never write here who is at risk or where somebody hides: everyone reads it.")
        self._add(
            ("expected_people", FieldRow(_("People expected"), QLineEdit(), hint=room_hint, optional=True)),
            ("expected_on", FieldRow(_("Expected on"), day_edit(), optional=True)),
            ("lacks", FieldRow(_("What is lacking there"), ChecksEdit(offered(self._words, "site_lack")))),
            ("remarks", FieldRow(_("Remarks"), LongEdit(3), hint=never, optional=True)),
        )
        self.form.finish()

    def _add(self, *rows: tuple[str, FieldRow]) -> None:
        for key, row in rows:
            self.form.add(key, row)
            self._listen(row.control)

    def _heading(self, words: str) -> None:
        self.form.add_widget(plain_label(words, "bold"))

    def _codes(self, code_list: str) -> ChoiceBox:
        return choice_box(offered(self._words, code_list))

    def _listen(self, control: QWidget) -> None:
        if isinstance(control, ChoiceBox):
            control.answered.connect(self._edited)
            line = control.lineEdit()
            if line:
                line.textEdited.connect(self._edited)
        elif isinstance(control, ChecksEdit):
            control.edited.connect(self._edited)
        elif isinstance(control, QPlainTextEdit):
            control.textChanged.connect(self._edited)
        elif isinstance(control, QLineEdit):
            control.textEdited.connect(self._edited)

    def _edited(self, *_text: Any) -> None:
        if not self._writing:
            self._draft.plan()

    def _write(self, control: QWidget, value: str) -> None:
        if isinstance(control, ChoiceBox):
            known = control.findData(value) >= 0
            control.set_value(value if known else "")
            line = control.lineEdit()
            if line and not known:
                line.setText(value)
        elif isinstance(control, ChecksEdit):
            control.set_value(value)
        elif isinstance(control, QPlainTextEdit):
            control.setPlainText(value)
        elif isinstance(control, QLineEdit):
            control.setText(value)

    def _lay_out(self) -> None:
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(12, 16, 12, 24)
        inside.setSpacing(12)
        self._title.setContentsMargins(4, 0, 4, 0)
        for part in (self._title, self.offer, self.note, self.progress, self.form):
            inside.addWidget(part)
        inside.addStretch()
        self._area = scrolled(content)
        footer = FooterBar()
        footer.row.setContentsMargins(16, 12, 16, 12)
        self.save = KeyButton(_("Save"), self.save_asked.emit, icon="action.save", keys="Ctrl+S", kind="main")
        self.leave = KeyButton("", self.leave_asked.emit, icon="action.undo")
        footer.row.addWidget(self.save)
        footer.row.addWidget(self.leave)
        footer.row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(footer)


def form_of_draft(values: object) -> SiteForm:
    """What a draft held; what is not in it is empty."""
    held = values if isinstance(values, Mapping) else {}
    return SiteForm(**{f.name: text for f in fields(SiteForm) if isinstance(text := held.get(f.name), str)})


def _read(control: QWidget) -> str:
    """A code, or the words that none of the choices has, so that they are told and not lost."""
    if isinstance(control, ChoiceBox):
        line = control.lineEdit()
        return control.value() or (line.text().strip() if line else "")
    if isinstance(control, ChecksEdit):
        return control.value()
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText().strip()
    return control.text().strip() if isinstance(control, QLineEdit) else ""
