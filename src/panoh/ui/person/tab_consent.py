"""The tab 'Consent': for each recipient and purpose yes, no, not asked or withdrawn; the authorities apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.consent import AUTHORITIES, Consent
from panoh.domain.vocabulary import Term, Vocabularies
from panoh.services.person_edit import Offers
from panoh.ui.person.consent_form import NO, WITHDRAWN, YES, key_of
from panoh.ui.person.fields import EditTab
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.controls import choice_box, day_edit, fitted, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label


class ConsentTab(EditTab):
    """Answers as a grid; how they were given is said once for all that change now."""

    def __init__(self, words: Vocabularies, today: Callable[[], date]) -> None:
        super().__init__()
        self._words, self._today = words, today
        self._given: dict[str, QLabel] = {}
        self._how()
        recipients = words["recipient"].offers()
        others = [term for term in recipients if term.code not in AUTHORITIES]
        authorities = [term for term in recipients if term.code in AUTHORITIES]
        self._grid(_("Who may be told, and for what"), _("silence is never a yes"), others, (_("Not asked"), _("No")))
        self._grid(
            _("Authorities of a State"), _("no, unless the person says yes"), authorities, (_("No"), _("Said no"))
        )
        self.finish()

    def show_given(self, consents: Sequence[Consent]) -> None:
        """Say under each answer by whom, how and when it was given."""
        told = {key_of(consent.purpose, consent.recipient): self._told(consent) for consent in consents}
        for key, label in self._given.items():
            words = told.get(key, "")
            label.setText(words)
            label.setVisible(bool(words))

    def _how(self) -> None:
        panel = self.section(_("How the answers were given"), _("holds for the answers that you change now"))
        self.add(
            panel,
            ("given_by", FieldRow(_("By"), choice_box(offered(self._words, "consent_by")))),
            ("how", FieldRow(_("How"), choice_box(offered(self._words, "consent_how")))),
            ("given_on", FieldRow(_("On"), day_edit())),
            ("expires_on", FieldRow(_("Valid until"), day_edit(), hint=_("then it is asked again"))),
        )
        self.add(
            panel,
            ("notice_read", FieldRow(_("Notice read aloud"), choice_box([("yes", _("Yes")), ("no", _("No"))]))),
            ("language", FieldRow(_("Explained in"), choice_box((), search=True))),
            ("interpreter", FieldRow(_("Interpreter"), QLineEdit())),
            ("witness", FieldRow(_("Witness"), QLineEdit())),
        )
        child = choice_box([("yes", _("Yes")), ("no", _("No"))])
        self.add(panel, ("assent", FieldRow(_("The child agrees"), child, hint=_("a carer’s yes is a no without it"))))

    def set_offers(self, offers: Offers) -> None:
        """Offer these languages."""
        box = self.form.rows["language"].control
        if isinstance(box, ChoiceBox) and not box.count():
            box.set_choices(offers.languages)

    def show_child(self, child: bool) -> None:
        """Ask a child itself, beside its carer."""
        self.form.rows["assent"].setVisible(child)

    def _grid(self, title: str, sub: str, recipients: Sequence[Term], words: tuple[str, str]) -> None:
        panel = self.section(title, sub)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        purposes = self._words["purpose"].offers()
        for column, purpose in enumerate(purposes, start=1):
            grid.addWidget(plain_label(self._words.label("purpose", purpose.code), "bold", wrap=True), 0, column)
            grid.setColumnStretch(column, 3)
        grid.setColumnStretch(0, 4)
        for line, recipient in enumerate(recipients, start=1):
            word = self._words.label("recipient", recipient.code)
            grid.addWidget(plain_label(word, wrap=True), 2 * line - 1, 0, Qt.AlignmentFlag.AlignVCenter)
            for column, purpose in enumerate(purposes, start=1):
                key = key_of(purpose.code, recipient.code)
                grid.addWidget(self._box(key, purpose, word, words), 2 * line - 1, column)
                self._given[key] = plain_label("", "small secondary", wrap=True)
                grid.addWidget(self._given[key], 2 * line, column)
        panel.body.addWidget(holder)

    def _box(self, key: str, purpose: Term, recipient: str, words: tuple[str, str]) -> ChoiceBox:
        not_asked, no = words
        answers = [("", not_asked), (YES, _("Yes")), (NO, no), (WITHDRAWN, _("Withdrawn"))]
        box = fitted(ChoiceBox(answers))
        box.set_value("")
        name = _("{purpose}, {recipient}").format(
            purpose=self._words.label("purpose", purpose.code), recipient=recipient
        )
        box.set_label(name)
        self.control(key, box)
        return box

    def _told(self, consent: Consent) -> str:
        by = self._words.label("consent_by", consent.given_by).lower()
        how = self._words.label("consent_how", consent.how).lower()
        on = consent.withdrawn_on or consent.given_on
        until = _("until {day}").format(day=day(consent.expires_on)) if consent.expires_on else ""
        run_out = _("has run out: ask again") if consent.state_on(self._today()) == "expired" else until
        child = {"yes": _("the child agrees"), "no": _("the child says no")}.get(consent.assent, "")
        return ", ".join(part for part in (by, how, day(on) if on else "", run_out, child) if part)
