"""What every part of the tab 'Case' works with: the view, the forms of the record, and whom to tell of a write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from panoh.services.desk import Changes, Desk
from panoh.services.person_edit import Opened
from panoh.ui.person.actions import Actions
from panoh.ui.person.view import PersonView
from panoh.ui.tasks import TaskRunner


@dataclass(frozen=True, slots=True)
class Hands:
    """`opened` gives the record that shows; `written` is told what changed."""

    view: PersonView
    desk: Desk
    runner: TaskRunner
    actions: Actions
    opened: Callable[[], Opened | None]
    written: Callable[[Changes], object]


class CasePart:
    """Turns wishes of the tab into service calls, by the forms of `actions`."""

    def __init__(self, hands: Hands) -> None:
        self._view, self._desk, self._runner = hands.view, hands.desk, hands.runner
        self._actions, self._opened, self._written = hands.actions, hands.opened, hands.written
