"""What the tab 'History' asks: every change of the record that shows, in words, and one of them taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from panoh.services import households, matches, people, undoing
from panoh.services.people import Happened
from panoh.services.person_edit import Opened
from panoh.ui.history_words import HistoryWords, places_in
from panoh.ui.person.casework.part import Hands

T = TypeVar("T")


class _Told(NamedTuple):
    """The entries, and by id what the places and people in them are called."""

    entries: list[Happened]
    places: dict[str, str]
    whom: dict[str, str]


class HistoryPart:
    """Reads the tab when it comes to the front, and restores what is asked."""

    def __init__(self, hands: Hands) -> None:
        self._view, self._desk, self._runner = hands.view, hands.desk, hands.runner
        self._opened, self._written = hands.opened, hands.written
        self._view.history.restore_asked.connect(self.restore)

    def read(self) -> None:
        """Read and show what happened to the record that shows."""
        opened = self._opened()
        if opened is not None:
            self._do(lambda: self._happened(opened), lambda told: self._show(opened, told))

    def restore(self, entry: Happened) -> None:
        """Give a field the value that it had before this entry, or bring back a row that was taken away."""
        self._do(lambda: undoing.restore(self._desk, entry), self._written)

    def _happened(self, opened: Opened) -> _Told:
        entries = people.what_happened(self._desk, opened.view)
        places = households.called(self._desk, places_in(entries))
        return _Told(entries, places, matches.called(self._desk, entries, by_request=True))

    def _show(self, opened: Opened, told: _Told) -> None:
        words = HistoryWords(self._desk, opened.offers.user_names, told.places, told.whom)
        self._view.history.show_changes([words.change(entry) for entry in told.entries])

    def _do(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), done, self._view.fail, owner=self._view)
