"""The small forms of making public: on, off, one more person, and the file."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.services.publishing import MOST_DAYS
from panoh.ui.widgets.controls import day_edit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm


class TurnOnForm(SmallForm):
    """In whose name, and why."""

    def __init__(self, parent: QWidget) -> None:
        words = _(
            "Whoever persecutes people reads what is public, too. Each person is asked and agreed to one by one; nobody of whom "
            "anything restricted is recorded can be made public. It is recorded who turned this on, and why."
        )
        super().__init__(parent, _("Allow making people public"), words, _("Turn it on"))
        self.form.add("organisation", FieldRow(_("In the name of which organisation"), QLineEdit()))
        self.form.add("domain", FieldRow(_("Its website, such as example.org"), QLineEdit()))
        self.form.add("why", FieldRow(_("Why"), QLineEdit()))
        self.form.finish()


class TurnOffForm(SmallForm):
    """Why nothing is made public any more."""

    def __init__(self, parent: QWidget) -> None:
        words = _("Nothing more is made public. Save the file once again after this: it calls back what is.")
        super().__init__(parent, _("Make nobody public"), words, _("Turn it off"))
        self.form.add("why", FieldRow(_("Why"), QLineEdit()))
        self.form.finish()


class PublishForm(SmallForm):
    """Who, and until when."""

    def __init__(self, parent: QWidget) -> None:
        words = _(
            "The yes has to be recorded: of a person under Consent (tracing; media, boards, radio), of a request in the request. "
            "A name, the sex, an age in a band of five years and the region of origin become public."
        )
        super().__init__(parent, _("Make somebody public"), words, _("Make public"))
        self.form.add("number", FieldRow(_("Number of the person or request"), QLineEdit()))
        until = _("Until (at most {days} days ahead)").format(days=MOST_DAYS)
        self.form.add("expires_on", FieldRow(until, day_edit()))
        self.form.finish()


class FileForm(SmallForm):
    """To whom the file goes and what for."""

    def __init__(self, parent: QWidget) -> None:
        words = _("Everyone who is public stands in it, and whoever is not any more is called back. It is recorded.")
        super().__init__(parent, _("Save the public file"), words, _("Save as PFIF…"))
        self.form.add("recipient", FieldRow(_("For whom"), QLineEdit()))
        self.form.add("purpose", FieldRow(_("What for"), QLineEdit()))
        self.form.finish()
