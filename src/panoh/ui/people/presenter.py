"""The list of everyone: reads it in pages, searches it, opens a record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine
from panoh.services import people, people_filters, search
from panoh.services.desk import Desk
from panoh.services.people_filters import EVERYONE, PeopleFilter
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
        self._part = EVERYONE
        self._found: Sequence[Found] = ()
        view.search_asked.connect(self.search)
        view.opened.connect(self.open_line)
        view.everyone_asked.connect(lambda: self.show_part(EVERYONE))
        view.model.counted.connect(lambda n: view.show_count(n, self._searched, part=self._part != EVERYONE))
        view.model.failed.connect(self._fail)

    def panes(self) -> Sequence[QWidget]:
        """The list alone."""
        return (self._view,)

    def search(self, text: str) -> None:
        """Show the people whom these words may mean; no words show everyone."""
        self._searched = text
        self._read()

    def show_part(self, wanted: PeopleFilter) -> None:
        """Show the people whom a bar of a chart counts; EVERYONE shows all again."""
        self._part, self._searched = wanted, ""
        self._view.begin_part()
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
            part = self._part
            self._view.model.open(lambda: people.count(self._desk, part), self._page)
            self._runner.start(
                lambda _progress: people_filters.words(self._desk, part),
                lambda words: self._view.show_part(words if part == self._part and not self._searched else ""),
                self._fail,
                owner=self._view,
            )
            return
        self._view.show_part("")
        self._runner.start(
            lambda _progress: search.people(self._desk, text, MOST_FOUND),
            lambda found: self._show_found(text, found),
            self._fail,
            owner=self._view,
        )

    def _page(self, offset: int, limit: int) -> list[PersonLine]:
        return people.page(self._desk, offset, limit, self._part)

    def _show_found(self, text: str, found: Sequence[Found]) -> None:
        if text == self._searched:
            self._found = found
            self._view.model.show_rows([one.line for one in found])

    def _among(self, line: PersonLine) -> Among:
        found = [one.line.id for one in self._found]
        words, part = _("{n} of {count} found") if found else _("{n} of {count} people"), self._part
        id_at = found.__getitem__ if found else lambda at: people.page(self._desk, at, 1, part)[0].id
        at = max(self._view.model.row_of(line.id), 0)
        return Among(self.title, words, at, self._view.model.rowCount(), id_at)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
