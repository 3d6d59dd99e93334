"""Asking for another level of a person, wherever one is looked at: set at once or, a lower one, asked of a supervisor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.triage.levels import LOW, RANK
from panoh.services import triage
from panoh.services.desk import Changes, Desk
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.level_dialog import LevelDialog
from panoh.ui.tasks import TaskRunner


class OfWhom(NamedTuple):
    """The person whose level is to be another, with the one in force and the computed one."""

    person_id: str
    number: str
    level: str
    computed: str


def ask_level(
    parent: QWidget, desk: Desk, runner: TaskRunner, whom: OfWhom, ended: Callable[[Changes, str], object]
) -> LevelDialog:
    """Open the dialog; `ended` is told what was written, with a sentence where something was asked and nothing set yet."""
    least = LOW if desk.is_supervisor else min(whom.level, whom.computed, key=RANK.__getitem__)
    dialog = LevelDialog(whom.number, whom.level, desk.believed.today(), parent, least=least)

    asked = _("A supervisor is asked to lower {number}.").format(number=whom.number)

    def read(values: FormReader) -> Callable[[], Changes]:
        wish = (desk, whom.person_id, values.raw("level"), values.raw("reason"))
        if dialog.lowers():
            return partial(triage.ask_lowering, *wish)
        return partial(triage.set_level, *wish, date.fromisoformat(values.raw("review_on")))

    open_form(dialog, desk, runner, read, lambda changes: ended(changes, asked if dialog.lowers() else ""))
    return dialog
