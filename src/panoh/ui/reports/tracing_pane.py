"""What is wanted of a paper of family tracing: which, about whom, the words of family news, how it is protected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit

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
from panoh.ui.reports.paper_form import PaperForm
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.controls import LongEdit, fitted
from panoh.ui.widgets.form import FieldRow

_LONGEST = 300
_AFTER = 500  # milliseconds without a key


class TracingPane(PaperForm):
    """The form; decides nothing. `kinds` are the papers, `kin` what one can be to another."""

    def __init__(
        self, picker: PersonPicker, kinds: Sequence[Choice], kin: Sequence[Choice], languages: Sequence[Choice]
    ) -> None:
        super().__init__(picker, languages)
        self._named = False
        self.kind = fitted(ChoiceBox(kinds))
        self.request = QLineEdit()
        self.request.setMaxLength(40)
        self.recipient = QLineEdit()
        self.recipient.setMaxLength(120)
        self.kin = fitted(ChoiceBox([("", _("not said")), *kin]))
        self.text = LongEdit()
        self.names = QCheckBox(_("With names…"))
        self.names.setAccessibleName(_("With names"))
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

    def take_wish(self) -> None:
        """Show the fields that this paper asks for."""
        super().take_wish()
        kind, rows = self.kind.value(), self.form.rows
        rows["request"].setVisible(kind in OF_REQUEST)
        rows["who"].setVisible(kind in OF_PERSON)
        for name in ("recipient", "kin", "text"):
            rows[name].setVisible(kind == NEWS)
        self.names.setVisible(kind == FAMILY)

    def _wants_reason(self, *, plain: bool) -> bool:
        return self.kind.value() != BLANK_FORM and (super()._wants_reason(plain=plain) or self._named)

    def _connect(self) -> None:
        self.kind.answered.connect(self._other_kind)
        for box in (self.kin, self.language):
            box.answered.connect(self.changed)
        self.names.toggled.connect(lambda _on: self.changed.emit())
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
        self._add_protection()
        self._lay_out_around(_("Papers of tracing"))


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
