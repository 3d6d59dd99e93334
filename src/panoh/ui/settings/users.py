"""Adding a user: a name, a role, and a passphrase that is offered, to be told once and never kept in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabulary
from panoh.services.desk import CASEWORKER
from panoh.ui.accessibility import announce
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import RadioChoice
from panoh.ui.widgets.form import FieldRow, Form, order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.passphrase import PassphraseField

_FIELD_OF = {"vault.user_exists": "name", "vault.weak_passphrase": "passphrase"}


class AddUserDialog(QDialog):
    """`submitted` tells name, passphrase and role; the presenter answers with `failed`, or accepts the dialog."""

    submitted = Signal(str, str, str)

    def __init__(self, roles: Vocabulary, offer: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._offer = offer
        self.setWindowTitle(_("Panoh"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit()
        self.name.setMaxLength(100)
        self.role = RadioChoice([(term.code, roles.label(term.code), term.definition) for term in roles.offers()])
        self.role.set_value(CASEWORKER)
        self.key = PassphraseField()
        self.form = Form()
        self._save = KeyButton(_("Add the user"), self._submit, icon="action.save", kind="main", keys="Ctrl+Enter")
        self._lay_out()
        self._make_another()

    def failed(self, error: AppError) -> None:
        """Show why the user was not added, at the field it is about."""
        self._busy(False)
        field = _FIELD_OF.get(error.code, "")
        self.form.show_problems([FieldProblem(field, error.sentence())])

    def _submit(self) -> None:
        problems = []
        if not self.name.text().strip():
            problems.append(FieldProblem("name", _("Type the user name")))
        if not self.key.text().strip():
            problems.append(FieldProblem("passphrase", _("Type a passphrase, or have one made")))
        self.form.show_problems(problems)
        if not problems:
            self._busy(True)
            self.submitted.emit(self.name.text().strip(), self.key.text(), self.role.value())

    def _busy(self, busy: bool) -> None:
        self._save.set_words(_("Adding the user…") if busy else _("Add the user"))
        self.form.setEnabled(not busy)
        self._save.setEnabled(not busy)

    def _make_another(self) -> None:
        self.key.set_text(self._offer())
        self.key.show_button.setChecked(True)
        announce(self.key, _("Another passphrase was made"))

    def _lay_out(self) -> None:
        self.form.add("name", FieldRow(_("User name"), self.name))
        self.form.add("role", FieldRow(_("Role"), self.role))
        told = _(
            "Made for this user, for the first time they unlock. Write it down for them now: it is kept nowhere in words."
        )
        self.form.add("passphrase", FieldRow(_("Passphrase"), self.key, hint=told))
        another = KeyButton(_("Make another"), self._make_another)
        self.form.add_widget(another)
        self.form.finish()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(plain_label(_("Add a user"), "title bold"))
        column.addWidget(self.form, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._save)
        row.addWidget(KeyButton(_("Cancel"), self.reject, kind="flat"))
        row.addStretch()
        column.addLayout(row)
        order_tabs(self)
        self.resize(look().grown(520), self.sizeHint().height())
        self.name.setFocus()
