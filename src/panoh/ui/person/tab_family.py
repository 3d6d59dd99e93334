"""The tab 'Family and tracing': who is here and where the others are; who looks for whom."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.tracing import TracingRequest
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.person.fields import PAGE_MARGINS
from panoh.ui.person.parts import RowTable, marked
from panoh.ui.person.shown import MemberLine, Shown
from panoh.ui.privacy import Privacy
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.level import LevelChip
from panoh.ui.widgets.panels import Panel, scrolled


class FamilyTab(QWidget):
    """Shows the household and the tracing requests; each opens."""

    person_asked = Signal(str)
    request_asked = Signal(str)
    look_asked = Signal()

    def __init__(self, words: Vocabularies, privacy: Privacy) -> None:
        super().__init__()
        self._words, self._privacy = words, privacy
        self._members = RowTable((3, 6, 2, 4, 2))
        self._household = Panel(_("Household"))
        self._household.body.addWidget(self._members)
        look = KeyButton(_("Look for someone"), self.look_asked.emit, icon="area.tracing", size="small", bold=True)
        self._requests = RowTable((3, 5, 3, 3))
        tracing = Panel(_("Tracing requests"), right=look)
        tracing.body.addWidget(self._requests)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(16)
        column.addWidget(self._household)
        column.addWidget(tracing)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(page))

    def show_record(self, shown: Shown) -> None:
        """Show this record's family."""
        view = shown.opened.view
        home = view.household
        self._household.set_title(_("Household"), home.number if home else "")
        rows = [self._member_row(member, member.id == view.person.id) for member in shown.members]
        self._members.set_rows(rows, _("This person stands alone: no household is recorded."))
        asked = [self._request_row(request, False) for request in view.asked]
        sought = [self._request_row(request, True) for request in view.sought]
        self._requests.set_rows([*asked, *sought], _("Nobody looks for this person, and this person looks for nobody."))

    def _member_row(self, member: MemberLine, own: bool) -> list[QWidget | str]:
        name: QWidget = LinkButton(member.name, partial(self.person_asked.emit, member.id))
        if own:
            name = plain_label(_("{name} (this person)").format(name=member.name), "bold", wrap=True)
        where: QWidget | str = member.where
        if member.missing:
            where = marked("state.missing", member.where, "bold", "error")
        relation = plain_label(member.relation or _("relation not recorded"), "secondary", wrap=True)
        return [relation, name, member.age or _("age not known"), where, LevelChip(member.level)]

    def _request_row(self, request: TracingRequest, is_sought: bool) -> list[QWidget | str]:
        number = LinkButton(
            request.number or _("Open"),
            partial(self.request_asked.emit, request.id),
            spoken=_("Open tracing request {number}").format(number=request.number),
        )
        sought = self._privacy.name(request.full_name) or _("name not known")
        asker = self._privacy.name(request.inquirer_name) or _("a registered person")
        words = _("Sought by {name}").format(name=asker) if is_sought else _("Looks for {name}").format(name=sought)
        relation = self._words["relation"].label(request.relation, request.sex) if request.relation else ""
        return [
            number,
            words,
            plain_label(relation, "secondary", wrap=True),
            self._words.label("tracing_status", request.status),
        ]
