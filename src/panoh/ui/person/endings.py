"""How a record ends: it is set aside, somebody asks that it is erased."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from panoh.base.i18n import gettext as _
from panoh.services import aside, erasing
from panoh.services.desk import Desk
from panoh.services.person_edit import Opened
from panoh.ui.form_reader import FormReader
from panoh.ui.person.actions import Actions, Work
from panoh.ui.person.view import PersonView
from panoh.ui.theme import look
from panoh.ui.widgets.choices import Choice, RadioChoice
from panoh.ui.widgets.controls import offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

_AROUND = 64  # pixels beside the words of the menu, at 100 % text


class WhyForm(SmallForm):
    """One reason out of a list."""

    def __init__(self, parent: QWidget, title: str, words: str, act: str, reasons: list[Choice]) -> None:
        super().__init__(parent, title, words, act)
        self.form.add("why", FieldRow(_("Why"), RadioChoice(reasons)))
        self.form.finish()
        self.set_value("why", reasons[0][0])


class Endings:
    """Turns these wishes into service calls, by the forms of `actions`; `leave` goes back to where one came from."""

    def __init__(
        self,
        view: PersonView,
        desk: Desk,
        actions: Actions,
        opened: Callable[[], Opened | None],
        leave: Callable[[], object],
    ) -> None:
        self._view, self._desk, self._actions, self._opened, self._leave = view, desk, actions, opened, leave
        view.way.more.setVisible(desk.is_supervisor)
        view.way.more_asked.connect(self.offer)

    def offer(self) -> None:
        """Open the menu of what supervisors may do with the whole record."""
        button = self._view.way.more
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(_("This record"))
        menu.addAction(_("Set aside…"), self.ask_aside)
        menu.addAction(_("Ask for erasure…"), self.ask_erasure)
        menu.setMinimumWidth(menu.fontMetrics().horizontalAdvance(menu.actions()[-1].text()) + look().grown(_AROUND))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def ask_aside(self) -> None:
        """Ask why the record is set aside."""
        words = _(
            "It stands in no list, search or count any more. For 30 days People › Set aside brings it back whole; after "
            "that it is proposed for erasure, which takes two people."
        )
        self._ask(_("Set this record aside"), words, _("Set aside"), "removal_why", aside.set_aside, self._leave)

    def ask_erasure(self) -> None:
        """Ask why the person is to be erased."""
        words = _(
            "Nothing is erased yet: another supervisor or the head of office looks at where else the name stands and "
            "agrees, under Settings › Erasure. Then it is gone for good, from older backups too once they are restored."
        )
        self._ask(_("Ask that this person is erased"), words, _("Ask for it"), "erasure_why", erasing.ask)

    def _ask(
        self,
        title: str,
        words: str,
        act: str,
        code_list: str,
        do: Callable[[Desk, str, str], object],
        then: Callable[[], object] = lambda: None,
    ) -> None:
        opened = self._opened()
        if opened is None:
            return
        person_id = opened.view.person.id
        form = WhyForm(self._view, title, words, act, offered(self._desk.vocabularies, code_list))

        def read(values: FormReader) -> Work:
            why = values.needed("why", _("Choose a reason."))
            return partial(do, self._desk, person_id, why)  # type: ignore[return-value]

        self._actions.open_form(form, read, then)
