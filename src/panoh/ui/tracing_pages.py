"""Makes the pages of the area Tracing that stand beside its lists: the worksheet of a verification, reunifications."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from panoh.base.i18n import gettext as _
from panoh.ui.person_picker import PersonPicker
from panoh.ui.tracing.reuniting.presenter import ReunitingPresenter
from panoh.ui.tracing.reuniting.view import ReunitingView
from panoh.ui.tracing.verifying.presenter import VerifyingPresenter
from panoh.ui.tracing.verifying.view import VerifyingView

if TYPE_CHECKING:
    from panoh.ui.workplace import Workplace


def verification_screen(w: Workplace) -> VerifyingPresenter:
    """The worksheet of one verification."""
    made = VerifyingPresenter(VerifyingView(w.desk.vocabularies), w.desk, w.runner, w, w.privacy)
    made.changed.connect(lambda changes: w.changed(changes, made))  # it has read itself again already
    made.told_saved.connect(w.told_saved)
    return made


def reunions_screen(w: Workplace) -> ReunitingPresenter:
    """The reunifications of one person."""
    instead = _("Whoever takes them need not be registered: the name stays as you typed it.")
    picker = partial(PersonPicker, w.desk, w.runner, w.privacy, instead=instead)
    made = ReunitingPresenter(ReunitingView(), w.desk, w.runner, w, w.privacy, picker)
    made.changed.connect(lambda changes: w.changed(changes, made))  # it has read itself again already
    made.told_saved.connect(w.told_saved)
    return made
