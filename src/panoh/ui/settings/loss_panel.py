"""When a laptop is lost, in Settings: whom it exposes, and that the next one holds fewer people."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.services.caseload import Caseload
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel, side_by_side
from panoh.ui.widgets.passphrase import PassphraseField
from panoh.ui.widgets.progress import ProgressPanel
from panoh.ui.widgets.small_form import SmallForm


class LossPanel(Panel):
    """Tells what is wanted; shows what the presenter reads. For supervisors; whose caseload it is says the head of office."""

    list_asked = Signal()
    caseload_asked = Signal()

    def __init__(self, *, head: bool) -> None:
        super().__init__(_("When a laptop is lost"), sub=_("for supervisors"), padded=True)
        self.body.setSpacing(16)
        self.note = NoteBar(tone="info", icon="state.saved", closable=True)  # here, where whoever asked looks
        words = _(
            "From a backup of that laptop: the list of everyone on it, those in danger of being sent back first, with what it "
            "tells of them and what to do. The backup is only read."
        )
        self.list_button = KeyButton(_("A laptop was lost…"), self.list_asked.emit, icon="action.save_pdf")
        self.caseload_button = KeyButton(_("Hold only one site's caseload…"), self.caseload_asked.emit)
        self.caseload_button.setVisible(head)
        self.held = plain_label("", wrap=True)
        self.body.addWidget(plain_label(words, "secondary", wrap=True))
        self.body.addLayout(side_by_side(self.list_button))
        self.body.addWidget(self.note)
        self.body.addWidget(self.held)
        self.body.addLayout(side_by_side(self.caseload_button))
        self.show_caseload(Caseload(None, 0))

    def show_caseload(self, caseload: Caseload) -> None:
        """Say whose caseload the vault holds, and how many people of other sites are in it."""
        if caseload.site is None:
            self.held.setText(_("This vault holds people of all sites: all of them would be lost with it."))
            return
        words = _("This vault holds only the caseload of {site}.").format(site=caseload.site.name)
        if caseload.others:
            told = ngettext(
                "{n} person in it is of another site. They stand on the page Erasure, where two people decide.",
                "{n} people in it are of other sites. They stand on the page Erasure, where two people decide.",
                caseload.others,
            )
            words = f"{words} {told.format(n=number(caseload.others))}"
        self.held.setText(words)


class LostForm(SmallForm):
    """Who opens the backup: a supervisor of that vault by their passphrase, or the recovery paper."""

    def __init__(self, parent: QWidget, backup: str, user: str) -> None:
        words = _(
            "Panoh reads {backup} and lists everyone on that laptop, in a PDF with a password. It names people: it stays in the "
            "office. A supervisor or the head of office of that laptop's vault can open the backup, or its recovery paper can."
        ).format(backup=backup)
        super().__init__(parent, _("Whom the lost laptop exposes"), words, _("Make the list…"))
        self.form.add("user", FieldRow(_("User of that vault"), QLineEdit()))
        self.form.add("passphrase", FieldRow(_("Passphrase"), PassphraseField()))
        hint = _("In place of user and passphrase: the text of its recovery paper.")
        self.form.add("recovery", FieldRow(_("Recovery text"), QLineEdit(), hint=hint, optional=True))
        self.progress = ProgressPanel()
        self.form.finish()
        self.set_value("user", user)
        whole = self.layout()
        if isinstance(whole, QVBoxLayout):  # between the fields, which scroll, and the buttons: always in sight
            whole.insertWidget(1, self.progress)

    def values(self) -> dict[str, str]:
        """What was typed; a passphrase as it is."""
        passphrase = self.form.rows["passphrase"].control
        told = {key: row.control for key, row in self.form.rows.items()}
        typed = {key: control.text() for key, control in told.items() if isinstance(control, QLineEdit)}
        return {**typed, "passphrase": passphrase.text() if isinstance(passphrase, PassphraseField) else ""}

    def missing(self) -> list[FieldProblem]:
        """What has to be typed still."""
        told = self.values()
        if told["recovery"].strip():
            return []
        problems = [] if told["user"].strip() else [FieldProblem("user", _("Type the user's name"))]
        return problems if told["passphrase"] else [*problems, FieldProblem("passphrase", _("Type the passphrase"))]

    def set_busy(self, busy: bool) -> None:
        """While the list is made it is not begun twice."""
        self.act.setEnabled(not busy)


class CaseloadForm(SmallForm):
    """Which site's caseload the vault holds."""

    def __init__(self, parent: QWidget, sites: Sequence[Choice], chosen: str) -> None:
        words = _(
            "Then nobody of another site is registered in this vault or brought in by a list. Whoever is in it stays: people of "
            "other sites are counted and proposed for erasure, and two people decide. Panoh cannot hand records to another vault "
            "yet: give the other office a case summary first."
        )
        super().__init__(parent, _("Whose caseload this vault holds"), words, _("Hold this caseload"))
        self.form.add("site", FieldRow(_("Site"), ChoiceBox([("", _("People of all sites")), *sites])))
        self.form.finish()
        self.set_value("site", chosen)
