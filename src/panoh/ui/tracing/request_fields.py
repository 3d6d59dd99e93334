"""The fields of a tracing request in their groups: who asks, whom they look for, the parting, consent, a child's wishes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.person_picker import PersonPicker
from panoh.ui.tracing.request_groups import Fold, FoldedRow, Group
from panoh.ui.widgets.choices import Choice, RadioChoice
from panoh.ui.widgets.controls import Beside, CodesEdit, choice_box, day_edit, kin_offered, offered
from panoh.ui.widgets.date import PartialDateEdit
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.unknown import AnswerEdit

NOT_ASKED = "not_asked"  # the choice for a consent that was not asked; the record keeps ''
WHO = "who"  # the line of the one who asks
_LONGEST = 200


class RequestFields:
    """Makes every field and gives it its place in the form. `rows` are those with a control that is kept."""

    def __init__(
        self,
        form: Form,
        words: Vocabularies,
        picker: PersonPicker,
        today: Callable[[], date],
        languages: Sequence[Choice],
    ) -> None:
        self._form, self._words, self._today = form, words, today
        self.rows: dict[str, FieldRow] = {}
        self.about = Fold(_("Other names, marks, clothes, languages, phone, paper"))
        self.given = Fold(_("Who said so, how and when; may they be shown or made public"))
        self.child = Group(_("What the child wishes"))
        self._who(picker)
        self._whom(languages)
        self._parting()
        self._consent()
        self._wishes()

    # --- groups -------------------------------------------------------------------------------------------------------

    def _who(self, picker: PersonPicker) -> None:
        row = FieldRow(_("Who asks"), picker, hint=_("Someone registered, or a name as said."))
        self._form.add(WHO, row)
        reached = _("Where, and by whom or at what time. Never a phone that others answer.")
        contact = self._row("contact", _("How to reach them safely"), QLineEdit(), hint=reached, optional=True)
        self._form.add_widget(contact)

    def _whom(self, languages: Sequence[Choice]) -> None:
        said = _("As said. One name part is enough; add the rest when known.")
        sex = RadioChoice([("F", _("Female")), ("M", _("Male"))], columns=2)
        born = PartialDateEdit(self._today, placeholder=_("about 6, 1998, 12.3.98"))
        group = self._group(_("The one sought"))
        for part in (
            self._row("sought", _("Whom they look for"), QLineEdit(), hint=said),
            Beside(
                self._row("nickname", _("Nickname"), QLineEdit(), optional=True),
                self._row(
                    "relation",
                    _("What they are to the one who asks"),
                    choice_box(kin_offered(self._words)),
                    optional=True,
                ),
                self._row("sex", _("Sex"), sex, optional=True),
            ),
            self._row("birth", _("Age or birth date"), born, optional=True),
            self._row("origin", _("Where they lived before"), AnswerEdit(), optional=True, f8=True),
            self.about,
        ):
            group.column.addWidget(part)
        self.about.take(
            self._row(
                "other_names",
                _("Other names"),
                QLineEdit(),
                hint=_("Maiden, married, in another script, with commas between."),
                folded=True,
            ),
            self._row(
                "marks", _("Marks on the body"), QLineEdit(), hint=_("Scars, moles, a limp, teeth."), folded=True
            ),
            self._row("clothes", _("Clothes when last seen"), QLineEdit(), folded=True),
            Beside(
                self._row("languages", _("Languages"), CodesEdit(languages), folded=True),
                self._row("phone", _("Their last known phone"), QLineEdit(), folded=True),
                self._row("document_no", _("Number of a paper"), QLineEdit(), folded=True),
            ),
        )

    def _parting(self) -> None:
        kin = _("Family who may be with them, by name, with commas between.")
        group = self._group(_("The parting"))
        for part in (
            self._row("separated_on", _("When they were separated"), PartialDateEdit(self._today), optional=True),
            self._row("separated_where", _("Where they were separated"), AnswerEdit(), optional=True, f8=True),
            self._row(
                "separation_cause",
                _("How they were separated"),
                choice_box(offered(self._words, "separation_cause")),
                optional=True,
            ),
            self._row("last_seen", _("Where they were last seen"), AnswerEdit(), optional=True, f8=True),
            Beside(
                self._row("last_seen_on", _("When last seen"), day_edit(), optional=True),
                self._row("last_seen_with", _("With whom"), QLineEdit(), optional=True),
            ),
            self._row("relatives", _("Names of relatives"), QLineEdit(), hint=kin, optional=True),
        ):
            group.column.addWidget(part)

    def _consent(self) -> None:
        answers = [
            ("yes", _("Yes")),
            ("no", _("No, do not match")),
            (NOT_ASKED, _("Not asked yet: inside the vault only")),
        ]
        group = self._group(_("Consent of the one who asks"))
        may = RadioChoice(answers, columns=1)
        group.column.addWidget(self._row("consent_to_trace", _("May we look for them?"), may))
        group.column.addWidget(self.given)
        by, how = (choice_box(offered(self._words, name)) for name in ("consent_by", "consent_how"))
        shown = _("Photo boards and lists that are read aloud.")
        public = _("On the internet, for everyone to read.")
        self.given.take(
            Beside(
                self._row("consent_by", _("Who said so"), by, folded=True),
                self._row("consent_how", _("How"), how, folded=True),
                self._row("consent_on", _("On which day"), day_edit(), folded=True),
            ),
            self._row("consent_to_show", _("May they be shown and read out?"), _yes_no(), hint=shown, folded=True),
            self._row("consent_to_publish", _("May it be made public?"), _yes_no(), hint=public, folded=True),
        )

    def _wishes(self) -> None:
        wish = choice_box(offered(self._words, "reunion_wish"))
        order = QLineEdit()
        for part in (
            plain_label(
                _("The one who asks is a child, or may be one. Ask alone, of each person that the child names."),
                "secondary",
                wrap=True,
            ),
            Beside(
                self._row("wish_order", _("Whom to find first (1, 2 …)"), order, optional=True),
                self._row("in_contact", _("In contact with them?"), _yes_no(), optional=True),
                self._row("wishes_contact", _("Wishes contact?"), _yes_no(), optional=True),
            ),
            self._row("wishes_reunion", _("Wishes to be reunited?"), wish, optional=True),
            self._row("wish_why", _("Why, in the child’s own words"), QLineEdit(), optional=True),
        ):
            self.child.column.addWidget(part)
        self._form.add_widget(self.child)
        self.child.hide()

    # --- parts --------------------------------------------------------------------------------------------------------

    def _group(self, title: str) -> Group:
        group = Group(title)
        self._form.add_widget(group)
        return group

    def _row(
        self,
        key: str,
        label: str,
        control: QWidget,
        *,
        hint: str = "",
        optional: bool = False,
        f8: bool = False,
        folded: bool = False,
    ) -> FieldRow:
        if isinstance(control, QLineEdit):
            control.setMaxLength(_LONGEST)
        beside = plain_label(_("F8 changes"), "small secondary") if f8 else None
        made = (FoldedRow if folded else FieldRow)(label, control, hint=hint, optional=optional, beside=beside)
        self.rows[key] = self._form.rows[key] = made
        return made


def _yes_no() -> RadioChoice:
    return RadioChoice([("yes", _("Yes")), ("no", _("No"))], columns=2)
