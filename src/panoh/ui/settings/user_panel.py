"""The part 'Users' of Settings: who can unlock this vault, and what the head of office may change about that."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabulary
from panoh.services.users import UserLine
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.form import focusable
from panoh.ui.widgets.labels import SpanLabel, plain_label
from panoh.ui.widgets.panels import Line, Panel


class UserRow(QWidget):
    """One user in words, with what can be changed of them."""

    role_asked = Signal(object)  # UserLine
    remove_asked = Signal(object)

    def __init__(self, line: UserLine, roles: Vocabulary, *, may_change: bool, stays: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        name = line.user.name
        row.addWidget(SpanLabel((name, "bold"), (_told(line, roles), "secondary")), 1)
        if may_change and line.user.left_on is None:
            role = KeyButton(_("Role…"), lambda: self.role_asked.emit(line), size="small")
            role.setAccessibleName(_("Change the role of {name}").format(name=name))
            row.addWidget(role)
        if may_change and not stays and line.user.left_on is None:
            gone = KeyButton(_("Remove access…"), lambda: self.remove_asked.emit(line), size="small")
            gone.setAccessibleName(_("Remove access of {name}").format(name=name))
            row.addWidget(gone)


def _told(line: UserLine, roles: Vocabulary) -> str:
    user = line.user
    if user.left_on is not None:
        return _("left on {day}").format(day=day(user.left_on))
    parts = [roles.label(user.role), ngettext("{n} case", "{n} cases", line.cases).format(n=number(line.cases))]
    if not line.has_slot:
        parts.append(_("has no way in: add them once more"))
    elif user.one_time:
        parts.append(_("has not chosen their own passphrase yet"))
    return " · ".join(parts)


class UserPanel(Panel):
    """Says what is wanted; the presenter does it."""

    add_asked = Signal()
    role_asked = Signal(object)
    remove_asked = Signal(object)
    paper_asked = Signal()
    key_asked = Signal()

    def __init__(self, *, head: bool) -> None:
        super().__init__(_("Users"), sub=_("who can unlock this vault"), padded=True)
        self._head = head
        self.body.setSpacing(12)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        if head:
            row = QHBoxLayout()
            row.setSpacing(12)
            self._add = KeyButton(_("Add a user…"), self.add_asked.emit, icon="action.add")
            row.addWidget(self._add)
            row.addWidget(KeyButton(_("New recovery paper…"), self.paper_asked.emit))
            row.addWidget(KeyButton(_("Change the vault's key…"), self.key_asked.emit))
            row.addStretch()
            self.body.addLayout(row)
        else:
            words = _("The head of office lets users in, and takes their access away.")
            self.body.addWidget(plain_label(words, "secondary", wrap=True))

    def show_users(self, lines: list[UserLine], roles: Vocabulary, me: str) -> None:
        """Show these users; `me` is the id of the one who looks, who stays."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for at, line in enumerate(lines):
            if at:
                self._rows.addWidget(Line())
            row = UserRow(line, roles, may_change=self._head, stays=line.user.id == me)
            row.role_asked.connect(self.role_asked)
            row.remove_asked.connect(self.remove_asked)
            self._rows.addWidget(row)
        if self._head:
            self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go through the rows, which are new, after what stands above and before the buttons below them."""
        above = self._add.previousInFocusChain()
        while above and above is not self._add and (self.isAncestorOf(above) or not _takes_tab(above)):
            above = above.previousInFocusChain()
        chain = [*([above] if above and above is not self._add else []), *focusable(self)]
        for first, then in pairwise(chain):
            QWidget.setTabOrder(first, then)


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
