"""The list of everyone: reads it in pages, searches it, opens a record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine
from panoh.services import people, search
from panoh.services.desk import Desk
from panoh.services.search import Found
from panoh.ui import errors
from panoh.ui.navigator import Among, Navigator
from panoh.ui.people.view import PeopleView
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import TaskRunner

MOST_FOUND = 100


class PeoplePresenter(ListScreen[PeopleView]):
    """The screen of the frame."""

    help_page = "people"
    shown_kinds = frozenset(
        {"Person", "PersonName", "Case", "Site", "LevelOverride", "SpecificNeed", "RefoulementAssessment"}
    )

    def __init__(self, view: PeopleView, desk: Desk, runner: TaskRunner, navigator: Navigator) -> None:
        self.title = _("People")
        self._view, self._desk, self._runner, self._navigator = view, desk, runner, navigator
        self._searched = ""
        self._found: Sequence[Found] = ()
        view.search_asked.connect(self.search)
        view.opened.connect(self.open_line)
        view.model.counted.connect(lambda count: view.show_count(count, self._searched))
        view.model.failed.connect(self._fail)

    def panes(self) -> Sequence[QWidget]:
        """The list alone."""
        return (self._view,)

    def search(self, text: str) -> None:
        """Show the people whom these words may mean; no words show everyone."""
        self._searched = text
        self._read()

    def show_search(self, text: str) -> None:
        """Put these words into the search box and show whom they find."""
        self._view.search.setText(text)

    def open_line(self, line: PersonLine) -> None:
        """Open a record, with its neighbours in the list as it stands."""
        self._navigator.open_person(line.id, self._among(line))

    def _read(self) -> None:
        text = self._searched
        self._view.stop_search()
        if not text:
            self._found = ()
            self._view.model.open(lambda: people.count(self._desk), self._page)
            return
        self._runner.start(
            lambda _progress: search.people(self._desk, text, MOST_FOUND),
            lambda found: self._show_found(text, found),
            self._fail,
            owner=self._view,
        )

    def _page(self, offset: int, limit: int) -> list[PersonLine]:
        return people.page(self._desk, offset, limit)

    def _show_found(self, text: str, found: Sequence[Found]) -> None:
        if text == self._searched:
            self._found = found
            self._view.model.show_rows([one.line for one in found])

    def _among(self, line: PersonLine) -> Among:
        found = [one.line.id for one in self._found]
        words = _("{n} of {count} found") if found else _("{n} of {count} people")
        id_at = found.__getitem__ if found else lambda at: self._page(at, 1)[0].id
        at = max(self._view.model.row_of(line.id), 0)
        return Among(self.title, words, at, self._view.model.rowCount(), id_at)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
