"""Asking for another level of a person, wherever one is looked at: set at once or, a lower one, asked of a supervisor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.triage.levels import LOW, RANK
from panoh.services import triage
from panoh.services.desk import Changes, Desk
from panoh.ui.form_work import outcome_of
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

    def start(work: Callable[[], Changes], said: str = "") -> None:
        def done(outcome: Changes | list[FieldProblem]) -> None:
            if isinstance(outcome, Changes):
                dialog.accept()
                ended(outcome, said)
            else:
                dialog.show_problems(outcome)

        runner.start(lambda _step: outcome_of(work), done, dialog.fail, owner=dialog)

    asked = _("A supervisor is asked to lower {number}.").format(number=whom.number)
    dialog.save_asked.connect(lambda *wish: start(partial(triage.set_level, desk, whom.person_id, *wish)))
    dialog.lowering_asked.connect(lambda *wish: start(partial(triage.ask_lowering, desk, whom.person_id, *wish), asked))
    dialog.open()
    return dialog
