"""The tab 'Identity and documents': names, birth, nationality, the way of the flight, papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.completeness import Completeness
from panoh.domain.vocabulary import Vocabularies
from panoh.services.person_edit import Offers
from panoh.ui.person.border_panel import BorderPanel
from panoh.ui.person.fields import EditTab
from panoh.ui.person.parts import marked
from panoh.ui.person.progress import SectionProgress
from panoh.ui.person.rows import RowField, RowsEdit, RowsWords
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.controls import CodesEdit, choice_box, day_edit, offered
from panoh.ui.widgets.date import PartialDateEdit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import Panel
from panoh.ui.widgets.unknown import AnswerEdit


class IdentityTab(EditTab):
    """Who the person is; edited in place. What is shown by role is left out alike for everyone."""

    def __init__(self, words: Vocabularies, today: Callable[[], date]) -> None:
        super().__init__()
        self._words = words
        self._may_see_restricted = True
        self._by_role: list[QWidget] = []  # what stands in place of fields that are shown by role
        self._countries: tuple[Choice, ...] = ()
        self._lists: list[tuple[QWidget, str]] = []
        self._offered: dict[QWidget, tuple[Choice, ...]] = {}
        self._progress: list[tuple[frozenset[str], SectionProgress]] = []
        self.page.addWidget(
            plain_label(_("F8 in a field: not asked, does not know, refused, none"), "secondary", wrap=True)
        )
        self._name()
        self._birth(today)
        self._belonging()
        self._life()
        self._flight()
        self._phones()
        self._papers()
        self.finish()

    def set_offers(self, offers: Offers) -> None:
        """Offer these countries, languages and sites; boxes that have them already keep what stands in them."""
        self._countries = offers.countries
        for control, which in self._lists:
            choices: tuple[Choice, ...] = getattr(offers, which)
            if isinstance(control, ChoiceBox | CodesEdit) and self._offered.get(control) != choices:
                self._offered[control] = choices
                control.set_choices(choices)

    def set_restricted(self, may_see: bool) -> None:
        """Show the legal status and papers of every kind, or that they are shown by role."""
        self._may_see_restricted = may_see
        for key in ("legal_status", "legal_status_by", "legal_status_on", "legal_status_evidence"):
            self.form.rows[key].setVisible(may_see)
        self.papers.set_empty_words(_("No paper is recorded.") if may_see else _("No other paper is recorded."))
        for words in self._by_role:
            words.setVisible(not may_see)

    def show_progress(self, found: Completeness) -> None:
        """Tell in each section how much of it is recorded, and what a full registration still needs most."""
        for fields, progress in self._progress:
            seen = fields if self._may_see_restricted else fields - {"legal_status"}
            progress.show_part(found.part(seen))

    def show_care(self, child: bool) -> None:
        """Ask who cares for a child."""
        self.form.rows["care"].setVisible(child)

    def _part(self, title: str, *fields: str, sub: str = "") -> Panel:
        """A section that tells how many of these fields of completeness are recorded."""
        progress = SectionProgress()
        panel = self.section(title, sub, progress.count)
        panel.body.addWidget(progress.missing)
        self._progress.append((frozenset(fields), progress))
        return panel

    def _name(self) -> None:
        said = _("as the person says and writes it")
        names = ("given_name", "family_name", "patronymic", "other_script", "maiden", "nickname")
        panel = self._part(_("Name"), *names, sub=said)
        self.add(
            panel,
            ("family_name", FieldRow(_("Family name"), AnswerEdit())),
            ("given_name", FieldRow(_("Given name"), AnswerEdit())),
            ("patronymic", FieldRow(_("Father's name"), AnswerEdit(), optional=True)),
        )
        kinds = offered(self._words, "name_kind")
        fields = (
            RowField("kind", _("Kind"), lambda: choice_box(kinds)),
            RowField("text", _("Name"), QLineEdit),
        )
        words = RowsWords(
            _("Other name"), _("Add another name"), _("No other name: another script, before marriage, called …")
        )
        self.add_rows(panel, "names", RowsEdit(fields, words))

    def _birth(self, today: Callable[[], date]) -> None:
        panel = self._part(_("Birth and sex"), "sex", "birth", "birth_country", "birth_place", "mother_name")
        sexes = offered(self._words, "sex")
        self.add(
            panel,
            ("sex", FieldRow(_("Sex"), RadioChoice(sexes, columns=len(sexes), unknowns=True))),
            ("sex_basis", FieldRow(_("How it was known"), choice_box(offered(self._words, "birth_basis")))),
            least=300,
        )
        born = PartialDateEdit(today, placeholder=_("12.3.1998, 1972, about 6"), unknowns=True)
        self.add(
            panel,
            ("birth", FieldRow(_("Birth date or age"), born)),
            ("birth_basis", FieldRow(_("Where this comes from"), choice_box(offered(self._words, "birth_basis")))),
            least=440,
        )
        self.add(
            panel,
            ("birth_country", FieldRow(_("Country of birth"), self._country())),
            ("birth_place", FieldRow(_("Place of birth"), AnswerEdit(), optional=True)),
            least=300,
        )
        self.add(
            panel,
            ("father_name", FieldRow(_("Father's full name"), AnswerEdit(), optional=True)),
            ("mother_name", FieldRow(_("Mother's full name"), AnswerEdit(), optional=True)),
            least=300,
        )

    def _belonging(self) -> None:
        fields = ("nationalities", "languages", "legal_status", "interpreter")
        panel = self._part(_("Nationality and language"), *fields)
        listed = _("Several: put commas between them.")
        self.add(
            panel,
            ("nationalities", FieldRow(_("Nationalities"), self._codes("countries"), hint=listed)),
            ("languages", FieldRow(_("Languages"), self._codes("languages"), hint=listed)),
            least=300,
        )
        status = choice_box(offered(self._words, "legal_status"), unknowns=True)
        self.add(panel, ("legal_status", FieldRow(_("Legal status"), status)))
        self.add(
            panel,
            ("legal_status_by", FieldRow(_("Status given by"), QLineEdit(), optional=True)),
            ("legal_status_on", FieldRow(_("On"), day_edit(), optional=True)),
            (
                "legal_status_evidence",
                FieldRow(_("Evidence of it"), choice_box(offered(self._words, "document_state"))),
            ),
            least=240,
        )
        self._tell_by_role(panel, _("The legal status is shown by role only."))
        interpreter = choice_box(offered(self._words, "interpreter"), unknowns=True)
        self.add(panel, ("interpreter", FieldRow(_("Interpreter"), interpreter)))

    def _life(self) -> None:
        panel = self._part(_("Family and work"), "marital_status", "education", "occupation")
        self.add(
            panel,
            ("marital_status", FieldRow(_("Marital status"), self._answers("marital_status"))),
            ("education", FieldRow(_("Education"), self._answers("education"), optional=True)),
            ("occupation", FieldRow(_("Occupation"), AnswerEdit(), optional=True)),
            least=240,
        )
        never = _("Only where it is needed to protect the person. It stands on no paper and in no list.")
        self.add(
            panel,
            ("ethnicity", FieldRow(_("Ethnicity"), AnswerEdit(), optional=True, hint=never)),
            ("religion", FieldRow(_("Religion"), AnswerEdit(), optional=True, hint=never)),
            least=300,
        )

    def _flight(self) -> None:
        fields = ("origin", "fled_from", "country_now", "fled_on", "arrival_on", "site", "relation")
        panel = self._part(_("The way of this flight"), *fields)
        self.add(
            panel,
            ("origin", FieldRow(_("Place before the flight"), AnswerEdit())),
            ("fled_from", FieldRow(_("Country that this flight left"), self._country())),
            ("country_now", FieldRow(_("Country now"), self._country())),
            ("intends_to_go", FieldRow(_("Intends to go to"), self._country())),
            least=240,
        )
        self.add(
            panel,
            ("fled_on", FieldRow(_("Fled on"), day_edit(unknowns=True))),
            ("arrival_on", FieldRow(_("Arrived on"), day_edit(unknowns=True))),
            ("border_status", FieldRow(_("At the border"), choice_box(offered(self._words, "border_status")))),
            ("border_status_on", FieldRow(_("At the border since"), day_edit())),
            least=240,
        )
        self.add(
            panel,
            ("presence", FieldRow(_("Where the person is"), choice_box(offered(self._words, "presence")))),
            ("presence_since", FieldRow(_("Since"), day_edit(unknowns=True))),
            ("site_id", FieldRow(_("Site"), self._site())),
            ("relation", FieldRow(_("In the family"), self._answers("relation"))),
            ("phone", FieldRow(_("Phone"), AnswerEdit())),
            ("care", FieldRow(_("Who cares for this child"), self._answers("care"))),
            least=240,
        )
        self.border = BorderPanel(self._words)
        self.page.addWidget(self.border)

    def _phones(self) -> None:
        panel = self.section(_("Other phones"), _("the one to try first stands above"))
        whose = offered(self._words, "phone_whose")
        fields = (
            RowField("phone_no", _("Number"), QLineEdit),
            RowField("whose", _("Whose"), lambda: choice_box(whose)),
        )
        words = RowsWords(_("Phone"), _("Add another phone"), _("No other phone is recorded."))
        self.add_rows(panel, "phones", RowsEdit(fields, words))

    def _answers(self, code_list: str) -> ChoiceBox:
        return choice_box(offered(self._words, code_list), unknowns=True)

    def _papers(self) -> None:
        panel = self._part(_("Identity papers"), "documents", sub=_("also those that were lost or taken away"))
        states = offered(self._words, "document_state")
        fields = (
            RowField("kind", _("Kind"), self._kind_box),
            RowField("document_no", _("Number"), QLineEdit),
            RowField("issuer", _("Issued by"), lambda: choice_box(self._countries, search=True)),
            RowField("state", _("What became of it"), lambda: choice_box(states)),
            RowField("noted_on", _("On"), day_edit),
            RowField("issued_on", _("Issued on"), day_edit),
            RowField("expires_on", _("Expires on"), day_edit),
            RowField("name_as_written", _("Name as written in it"), QLineEdit),
        )
        words = RowsWords(_("Paper"), _("Add a paper"), _("No paper is recorded."))
        self._tell_by_role(panel, _("Papers of refugees and asylum seekers are shown by role only."))
        self.papers = RowsEdit(fields, words)
        self.add_rows(panel, "documents", self.papers)

    def _site(self) -> ChoiceBox:
        box = choice_box((), search=True)
        self._lists.append((box, "sites"))
        return box

    def _kind_box(self) -> ChoiceBox:
        kinds = self._words["document_kind"]
        may = [term for term in kinds.offers() if self._may_see_restricted or not term.restricted]
        return choice_box([(term.code, kinds.label(term.code)) for term in may])

    def _tell_by_role(self, panel: Panel, sentence: str) -> None:
        words = marked("state.restricted_reason", sentence, "secondary")
        words.hide()
        panel.body.addWidget(words)
        self._by_role.append(words)

    def _country(self) -> ChoiceBox:
        box = choice_box((), search=True, unknowns=True)
        self._lists.append((box, "countries"))
        return box

    def _codes(self, which: str) -> CodesEdit:
        edit = CodesEdit(unknowns=True)
        self._lists.append((edit, which))
        return edit
