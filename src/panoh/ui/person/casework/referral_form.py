"""The forms of a referral: what is asked and told, the slip, what came back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.referrals import NEVER, NO, YES
from panoh.domain.vocabulary import Vocabularies
from panoh.services.referrals import Offer
from panoh.ui.widgets.choices import Choice, RadioChoice
from panoh.ui.widgets.control_values import read
from panoh.ui.widgets.controls import Beside, LongEdit, asked_box, choice_box, day_edit, offered
from panoh.ui.widgets.form import FieldRow, order_tabs
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm

FACTS, WHY, VITAL = "facts", "without_consent_why", "vital"


class FactPicker(QWidget):
    """Facts to tick; none is ticked to begin with."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        self._wanted: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 0, 4, 0)

    def offer(self, facts: Sequence[Choice]) -> None:
        """Offer these; what was ticked and is still offered stays ticked."""
        ticked = {*self.picked(), *self._wanted}
        clear(self._column)
        self._boxes = {name: QCheckBox(words) for name, words in facts}
        for name, box in self._boxes.items():
            box.setChecked(name in ticked)
            box.setAccessibleName(_("Tell: {fact}").format(fact=box.text()))
        if self._boxes:
            self._column.addWidget(Beside(*self._boxes.values(), least=220))

    def tick(self, names: Sequence[str]) -> None:
        """Tick these, now or as soon as they are offered."""
        self._wanted = tuple(names)
        for name in names:
            if name in self._boxes:
                self._boxes[name].setChecked(True)

    def picked(self) -> tuple[str, ...]:
        """The names of the facts that are ticked."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def set_label(self, label: str) -> None:
        """Name the group."""
        self.setAccessibleName(label)


class ReferralForm(SmallForm):
    """`recipient_chosen` tells for whom; the presenter answers with `show_offer`."""

    recipient_chosen = Signal(str)

    def __init__(
        self, parent: QWidget, words: Vocabularies, recipients: Sequence[Choice], needs: Sequence[Choice], *, supervisor: bool
    ) -> None:  # fmt: skip
        never = _("Never on a slip: {things}.").format(things=", ".join(_(one) for one in NEVER))
        said = _("The slip carries a reference and no name, for everybody. Tell only what the service must know.")
        super().__init__(parent, _("Refer to a service"), f"{said} {never}", _("Make the referral"))
        self._supervisor = supervisor
        self.consent = NoteBar(tone="info")
        self.facts = FactPicker()
        recipient = asked_box(recipients)
        self.form.add_beside(
            ("service_kind", FieldRow(_("What is asked for"), asked_box(offered(words, "service_kind")))),
            ("recipient", FieldRow(_("To"), recipient)),
        )
        self.form.add_widget(self.consent)
        self.form.add(WHY, FieldRow(_("Why it goes out without a yes"), LongEdit(2)))
        self.form.add(VITAL, FieldRow(_("Against a no"), QCheckBox(_("A life is at stake: refer all the same"))))
        self.form.add(
            "organisation", FieldRow(_("Which one"), QLineEdit(), hint=_("As the slip will say it."), optional=True)
        )
        hint = _("One line, as the service will read it after “Please”.")
        self.form.add("asked", FieldRow(_("What they are asked to do"), QLineEdit(), hint=hint))
        self.form.add(FACTS, FieldRow(_("What is told"), self.facts, hint=_("Nothing unless it is ticked.")))
        self.form.add("known", FieldRow(_("What they must know besides"), QLineEdit(), optional=True))
        self.form.add(
            "need_id", FieldRow(_("Which need it answers"), choice_box(needs, empty=_("none")), optional=True)
        )
        self.form.add("urgent", FieldRow(_("How soon"), QCheckBox(_("Urgent"))))
        self.form.add_beside(
            ("day", FieldRow(_("Answer by, day"), day_edit())),
            ("time", FieldRow(_("Time"), QLineEdit(), optional=True)),
        )
        self.form.finish()
        for key in (WHY, VITAL):
            self.form.rows[key].hide()
        recipient.answered.connect(lambda: self.recipient_chosen.emit(recipient.value()))
        self.take_room(720)

    def values(self) -> dict[str, str]:
        """What stands in the fields; the facts with line ends between them."""
        plain = {key: row for key, row in self.form.rows.items() if key != FACTS}
        told = {key: read(row.control) for key, row in plain.items()}
        return {**told, FACTS: "\n".join(self.facts.picked())}

    def set_value(self, key: str, value: str) -> None:
        """Put a value in: a recipient asks what may be told, and facts are ticked once they are offered."""
        if key == FACTS:
            self.facts.tick([name for name in value.split("\n") if name])
            return
        super().set_value(key, value)
        if key == "recipient" and value:
            self.recipient_chosen.emit(value)

    def show_offer(self, offer: Offer) -> None:
        """Say what the consent is worth, and offer what may be told on it."""
        words = offer.consent_words if offer.allowed else _("No slip about this person goes there.")
        self.consent.set_tone("info" if offer.allowed and offer.consent == YES else "error")
        self.consent.say(words)
        self.facts.offer(offer.facts)
        order_tabs(self.form)
        self.form.rows[WHY].setVisible(self._supervisor and offer.allowed and offer.consent != YES)
        self.form.rows[VITAL].setVisible(self._supervisor and offer.allowed and offer.consent == NO)


class SlipForm(SmallForm):
    """How the slip leaves: as a file with a password, or without one and why."""

    def __init__(self, parent: QWidget, reference: str) -> None:
        words = _(
            "Reference {number}. The file is encrypted and its password shown once; a slip that is printed for the holder "
            "to carry has none. It is recorded as a paper that left."
        )
        super().__init__(parent, _("Make the slip"), words.format(number=reference), _("Save the slip…"))
        self.form.add("plain", FieldRow(_("Password"), QCheckBox(_("Without a password, to be printed"))))
        self.form.add("reason", FieldRow(_("Why without one"), QLineEdit()))
        self.form.finish()


class AnswerForm(SmallForm):
    """What came back on a referral."""

    def __init__(self, parent: QWidget, words: Vocabularies, reference: str, today: str) -> None:
        said = _("Reference {number}. Until something came back it stands as overdue once its time is past.")
        super().__init__(parent, _("Answer to a referral"), said.format(number=reference), _("Record it"))
        answers = [*offered(words, "referral_answer")]
        answers.insert(1, ("done", _("Accepted and done")))
        self.form.add("answer", FieldRow(_("What came back"), RadioChoice(answers)))
        self.form.add("on", FieldRow(_("On"), day_edit()))
        self.form.add(
            "words", FieldRow(_("In words"), LongEdit(2), hint=_("To take one back, say why."), optional=True)
        )
        self.form.finish()
        self.set_value("on", today)
