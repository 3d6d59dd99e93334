"""The tab 'Family and tracing': the household and what is known of it; where its members are; who looks for whom."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.tracing import TracingRequest
from panoh.domain.tracing_papers import FAMILY, NEWS
from panoh.domain.vocabulary import Vocabularies
from panoh.services.person_edit import Offers
from panoh.ui.person.description import DescriptionPanel
from panoh.ui.person.fields import EditTab, line_of
from panoh.ui.person.incidents import IncidentsPanel
from panoh.ui.person.parts import RowTable, marked
from panoh.ui.person.shown import MemberLine, Shown
from panoh.ui.privacy import Privacy
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.choices import Choice
from panoh.ui.widgets.controls import Beside, choice_box, offered, yes_no_box
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.level import LevelChip
from panoh.ui.widgets.panels import FactGrid, Panel
from panoh.ui.widgets.unknown import AnswerEdit


class FamilyTab(EditTab):
    """Shows the household's facts, its members and the tracing requests; the facts are changed in their place.

    Nothing here tells why anybody is protected: the facts are the household's own, not its members'.
    """

    person_asked = Signal(str)
    request_asked = Signal(str)
    look_asked = Signal()
    reunion_asked = Signal()
    paper_asked = Signal(str)  # which, of domain.tracing_papers
    move_asked = Signal()
    leave_asked = Signal()  # the facts shall stay as they were

    def __init__(self, words: Vocabularies, privacy: Privacy) -> None:
        super().__init__()
        self._words, self._privacy = words, privacy
        self._offers: tuple[tuple[Choice, ...], ...] = ()
        self.change_button = KeyButton(_("Change"), self._turn, size="small", bold=True)
        self.move_button = KeyButton(_("Move this person…"), self.move_asked.emit, size="small", bold=True)
        self._fact_grids = (FactGrid(label_width=200), FactGrid(label_width=200))
        self._facts = Beside(*self._fact_grids, least=420)
        self._fields = QWidget()
        self.description = DescriptionPanel()
        self.incidents = IncidentsPanel()
        self._household()
        self._people()
        self.finish()

    # --- what it shows ------------------------------------------------------------------------------------------------

    def show_record(self, shown: Shown) -> None:
        """Show this record's family."""
        view = shown.opened.view
        home = view.household
        self._panel.set_title(_("Household {number}").format(number=home.number) if home else _("Household"))
        self._none.setVisible(home is None)
        self.change_button.setVisible(home is not None)
        self.move_button.set_words(_("Move this person…") if home else _("Put into a household…"))
        facts = shown.household_facts
        half = (len(facts) + 1) // 2
        for grid, part in zip(self._fact_grids, (facts[:half], facts[half:]), strict=True):
            grid.set_facts(*part)
        self._show_fields()
        rows = [self._member_row(member, member.id == view.person.id) for member in shown.members]
        self._members.set_rows(rows)
        asked = [self._request_row(request, False) for request in view.asked]
        sought = [self._request_row(request, True) for request in view.sought]
        self._requests.set_rows([*asked, *sought], _("Nobody looks for this person, and this person looks for nobody."))

    def set_offers(self, offers: Offers) -> None:
        """Offer these sites and languages; boxes that have them already keep what stands in them."""
        if self._offers == (offers.sites, offers.languages):
            return
        self._offers = offers.sites, offers.languages
        self._site.set_choices(offers.sites)
        self._language.set_choices(offers.languages)

    # --- the facts as fields ------------------------------------------------------------------------------------------

    @property
    def folded(self) -> bool:
        """Whether the facts stand as words, not as fields."""
        return self._fields.isHidden()

    def fold(self) -> None:
        """Show the facts as words; the keys that were in a field go to the button that brings the fields back."""
        inside = self._fields.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        self._fields.hide()
        self._show_fields()
        if inside:
            self.change_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfold(self) -> None:
        """Show the fields in place of the words."""
        self._fields.show()
        self._show_fields()

    def _turn(self) -> None:
        if self.folded:
            self.unfold()
            self.form.rows["address_before"].take_focus()
        else:
            self.leave_asked.emit()

    def _show_fields(self) -> None:
        folded = self.folded
        self._facts.setVisible(folded and self._none.isHidden())
        self.move_button.setVisible(folded)  # what is typed belongs to this household, not to the next one
        self.change_button.set_words(_("Change") if folded else _("Leave as it was"))
        self.turned.emit()

    # --- building -----------------------------------------------------------------------------------------------------

    def _household(self) -> None:
        self._panel = self.section(_("Household"), right=line_of(self.change_button, self.move_button))
        self._none = plain_label(_("This person stands alone: no household is recorded."), "secondary", wrap=True)
        self._language = choice_box((), search=True, unknowns=True)
        self._site = choice_box((), search=True)
        shelter = choice_box(offered(self._words, "shelter"), unknowns=True)
        along = _("Members who are here and stayed at the same site go along.")
        rows = (
            ("address_before", FieldRow(_("Address before"), AnswerEdit(), hint=_("F8: unknown"))),
            ("site_id", FieldRow(_("Where they stay now"), self._site, hint=along)),
            ("shelter", FieldRow(_("Shelter"), shelter)),
            ("house_burnt", FieldRow(_("House burnt"), yes_no_box())),
            ("phone", FieldRow(_("Phone of the household"), AnswerEdit())),
            ("language", FieldRow(_("Language to speak with them"), self._language)),
            ("notice_read", FieldRow(_("Notice read to them"), yes_no_box())),
        )
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        made = [self.field(key, row) for key, row in rows]
        column.addWidget(Beside(*made[:2], least=300))
        column.addWidget(Beside(*made[2:], least=250))
        self._fields.hide()
        for part in (self._none, self._facts, self._fields):
            self._panel.body.addWidget(part)

    def _people(self) -> None:
        self._members = RowTable((3, 6, 2, 4, 2))
        diagram = KeyButton(_("Print the diagram…"), partial(self.paper_asked.emit, FAMILY), size="small", bold=True)
        news = KeyButton(_("Family news…"), partial(self.paper_asked.emit, NEWS), size="small", bold=True)
        members = Panel(_("Who belongs to it"), right=line_of(news, diagram))
        members.body.addWidget(self._members)
        look = KeyButton(_("Look for someone"), self.look_asked.emit, icon="area.tracing", size="small", bold=True)
        self._requests = RowTable((3, 5, 3, 3))
        reunion = KeyButton(_("Reunification…"), self.reunion_asked.emit, size="small", bold=True)
        tracing = Panel(_("Tracing requests"), right=line_of(reunion, look))
        tracing.body.addWidget(self._requests)
        self.page.addWidget(members)
        self.page.addWidget(tracing)
        self.page.addWidget(self.description)
        self.page.addWidget(self.incidents)

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
        sought = self._privacy.name(request.called) or _("name not known")
        asker = self._privacy.name(request.inquirer_name) or _("a registered person")
        words = _("Sought by {name}").format(name=asker) if is_sought else _("Looks for {name}").format(name=sought)
        relation = self._words["relation"].label(request.relation, request.sex) if request.relation else ""
        return [
            number,
            words,
            plain_label(relation, "secondary", wrap=True),
            self._words.label("tracing_status", request.status),
        ]
