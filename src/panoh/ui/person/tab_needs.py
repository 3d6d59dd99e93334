"""The tab 'Needs and risk': the urgent question, needs, the level set by hand, the refoulement assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.needs import WAITING, SpecificNeed
from panoh.domain.triage.codes import PREGNANT
from panoh.domain.vocabulary import Vocabularies
from panoh.services.needs import AboutNeeds, called
from panoh.services.person_edit import Offers
from panoh.ui.person.basic_needs import BasicNeedsPanel
from panoh.ui.person.fields import EditTab, line_of
from panoh.ui.person.parts import marked
from panoh.ui.person.rows import Row, RowField, RowsEdit, RowsWords
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.controls import choice_box, day_edit, fitted, offered, yes_no_box
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel


class NeedsTab(EditTab):
    """What the person needs, and what is known of being sent back; edited in place."""

    level_asked = Signal()
    take_asked = Signal()
    alone_today_asked = Signal()
    assess_asked = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__()
        self._words = words
        self._restricted_codes = True
        self._countries: tuple[Choice, ...] = ()
        self._country_boxes: list[tuple[ChoiceBox, list[Choice]]] = []
        self.level_button = KeyButton(_("Set another level…"), self.level_asked.emit, size="small", bold=True)
        self._doubts_said = ""
        self.doubts = NoteBar(tone="note", icon="state.warning")
        self._urgent()
        self._needs()
        self.basic = BasicNeedsPanel(words)
        self.page.addWidget(self.basic)
        self._assessment_panel = self._assessment()
        self._restricted_panel, self._restricted_words, self.take_button = self._restricted()
        self.finish()

    def set_offers(self, offers: Offers) -> None:
        """Offer these countries; boxes that have them already keep what stands in them."""
        if offers.countries == self._countries:
            return
        self._countries = offers.countries
        for box, first in self._country_boxes:
            box.set_choices([*first, *offers.countries])

    def set_restricted(self, may_see: bool, words: str, may_take: bool) -> None:
        """Show the assessment, or why it does not show and who can open it."""
        self._restricted_codes = may_see
        self.rows.set_empty_words(_("No need is recorded.") if may_see else _("No other need is recorded."))
        self._assessment_panel.setVisible(may_see)
        self._restricted_panel.setVisible(not may_see)
        self._restricted_words.setText(words)
        self.take_button.setVisible(may_take)

    def show_about(self, needs: Sequence[SpecificNeed], about: AboutNeeds) -> None:
        """Say of each need who noticed and reviewed it and what is done about it, and above all what does not fit."""
        self.rows.set_told({need.id: self._told(need, about) for need in needs})
        said = "\n".join(
            _("{needs}: {what}").format(needs=", ".join(doubt.codes), what=doubt.sentence)
            for doubt in about.contradictions
        )
        if said != self._doubts_said:
            self._doubts_said = said
            self.doubts.say(said, heading=_("This does not fit together: look at it") if said else "")

    def _told(self, need: SpecificNeed, about: AboutNeeds) -> list[tuple[str, str]]:
        noticed = _signed(_("Noticed"), need.noticed_at, about.names.get(need.noticed_by, ""))
        reviewed = _signed(_("reviewed"), need.reviewed_at, about.names.get(need.reviewed_by, ""))
        if need.status in WAITING:
            reviewed = _("not reviewed yet")
        signed = "; ".join(part for part in (noticed, reviewed) if part)  # names may end with a full stop
        told = [(signed, "")] if signed else []
        if about.withheld:
            return [*told, (_("What is done about it stands in the case, shown to whoever holds it."), "")]
        doing = about.doing.get(need.id, ())
        told += [(line, "") for line in doing]
        if need.stands and not doing:
            told.append((_("Nothing is done about it yet."), ""))
        if need.id in about.without_action:
            words = _("Severe and confirmed, and no action is open: plan one under Case, or say below why not.")
            told.append((words, "state.warning"))
        return told

    def _urgent(self) -> None:
        panel = self.section(_("Level"), right=self.level_button)
        answers = [("", _("Not asked yet")), ("none", _("No")), ("yes", _("Yes"))]
        question = FieldRow(
            _("Is anything about health or safety so urgent that it cannot wait?"),
            RadioChoice(answers, columns=len(answers)),
            hint=_("Ask it alone, in these words. Yes puts the person among the first until a need says what it is."),
        )
        self.alone_button = KeyButton(_("Interviewed alone today"), self.alone_today_asked.emit, icon="state.do")
        hint = _("Without family, neighbours or authorities in hearing; with an interpreter whom the person accepts.")
        alone = FieldRow(_("Interviewed alone on"), day_edit(), hint=hint, beside=self.alone_button)
        self.add(panel, ("urgent", question), ("interviewed_alone_on", alone), least=440)

    def _needs(self) -> None:
        panel = self.section(_("Specific needs"), _("a reason to look closer, not a diagnosis"))
        panel.body.addWidget(self.doubts)
        statuses, sources = offered(self._words, "need_status"), offered(self._words, "source")
        severities = offered(self._words, "severity")
        fields = (
            RowField("code", _("Need (code or words)"), self._code_box),
            RowField("status", _("Status"), lambda: fitted(ChoiceBox(statuses))),
            RowField("source", _("Where this comes from"), lambda: choice_box(sources)),
            RowField("severity", _("How severe"), lambda: choice_box(severities)),
            RowField("until", _("Counts until"), day_edit),
            RowField("event_on", _("Happened on"), day_edit),
            RowField("due_on", _("Birth expected on"), day_edit),
            RowField("care_refused", _("Care"), lambda: QCheckBox(_("offered and declined"))),
            RowField("note", _("What was seen or told"), QLineEdit, wide=True),
            RowField("review_why", _("Why it does not apply, or why nothing is done"), QLineEdit, wide=True),
        )
        words = RowsWords(_("Need"), _("Add a need"), _("No need is recorded."))
        self.rows = RowsEdit(fields, words, title=self._title, fixed=lambda row: bool(row["id"]), hidden=self._hidden)
        self.add_rows(panel, "needs", self.rows)

    def _title(self, row: Row) -> str:
        if not row.get("id"):
            return ""
        return called(self._words, row["code"])

    def _hidden(self, row: Row) -> list[str]:
        """A need that stands keeps its code; only a pregnancy has an expected birth; a new one needs no reason yet."""
        if not row.get("id"):
            return ["review_why"]
        return ["code"] if row["code"] in PREGNANT else ["code", "due_on"]

    def _code_box(self) -> ChoiceBox:
        needs = self._words["specific_needs"]
        may = [term for term in needs.offers() if self._restricted_codes or not term.restricted]
        choices = [
            (term.code, _("{words} ({code})").format(words=needs.label(term.code), code=term.code)) for term in may
        ]
        return choice_box(choices, search=True)

    def _assessment(self) -> Panel:
        ask = KeyButton(_("All questions, one by one…"), self.assess_asked.emit, size="small", bold=True)
        panel = self.section(_("Refoulement assessment"), _("restricted; ask alone; F8: unknown"), right=ask)
        none = [("none", _("None"))]
        self.add(
            panel,
            ("feared_country", FieldRow(_("Country whose State the person fears"), self._country(none))),
            ("hiding_from", FieldRow(_("In hiding"), self._box("hiding"))),
            ("approached_by_agents", FieldRow(_("Approached or sought by agents of a State"), yes_no_box())),
            ("named_on_list", FieldRow(_("Named on a wanted list"), yes_no_box())),
            least=250,
        )
        self.add(
            panel,
            ("extradition", FieldRow(_("A State asked to have the person handed over"), yes_no_box())),
            ("return_threatened_on", FieldRow(_("Return threatened for the day"), day_edit())),
            ("lawyer_or_access", FieldRow(_("If held: a lawyer or access"), yes_no_box())),
            ("claim_stage", FieldRow(_("Asylum claim"), self._box("claim_stage"))),
            least=250,
        )
        self._recognition(panel)
        self.add(
            panel,
            ("source", FieldRow(_("Where this comes from"), choice_box(offered(self._words, "source")))),
            ("sure", FieldRow(_("How sure this is"), choice_box(offered(self._words, "sure")))),
            least=250,
        )
        return panel

    def _recognition(self, panel: Panel) -> None:
        recognisers = [("none", _("Nobody")), ("UNHCR", _("UNHCR"))]
        self.add(
            panel,
            ("recognised_by", FieldRow(_("Recognised as a refugee by"), self._country(recognisers))),
            ("recognised_country", FieldRow(_("In which country"), self._country([]))),
            ("recognised_year", FieldRow(_("Year"), QLineEdit())),
            ("recognition_no", FieldRow(_("File number"), QLineEdit())),
            ("recognition_valid", FieldRow(_("Still valid"), yes_no_box())),
            ("resettlement_pending", FieldRow(_("Resettlement pending"), yes_no_box())),
            least=250,
        )

    def _restricted(self) -> tuple[Panel, QLabel, KeyButton]:
        panel = self.section(_("Restricted"))
        panel.body.addWidget(marked("state.restricted_reason", _("Part of this page is shown by role only."), "bold"))
        words = plain_label("", wrap=True)
        panel.body.addWidget(words)
        take = KeyButton(_("Take this case to see it"), self.take_asked.emit, icon="action.take")
        panel.body.addWidget(line_of(take))
        return panel, words, take

    def _box(self, code_list: str) -> ChoiceBox:
        return choice_box(offered(self._words, code_list), unknowns=True)

    def _country(self, first: list[Choice]) -> ChoiceBox:
        box = choice_box(first, search=True, unknowns=True)
        self._country_boxes.append((box, first))
        return box


def _signed(what: str, at: datetime | None, who: str) -> str:
    """'Noticed 14 Jun 2010, Feruza A.'; '' for what did not happen."""
    if at is None:
        return ""
    when = _("{what} {day}").format(what=what, day=day(at.astimezone().date()))
    return _("{when}, {who}").format(when=when, who=who) if who else when
