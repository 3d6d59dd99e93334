"""What a screen is to the frame.

One screen is a folder of ui/ with three files:
  view.py       a QWidget that builds its widgets, emits what the user wants, has setters, decides nothing
  presenter.py  plain Python, given the view, the services, the runner; turns wishes into service calls; is the Screen
  model.py      columns and words of its tables
The frame makes a screen when it is first opened: `frame.add_screen("triage", make_triage, area="triage")`.
tests/ui/test_frame.py holds a small whole example.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Area:
    """A place in the navigation: its key, its word, its icon (a key of the tokens such as 'area.triage').

    `place` is the number that Ctrl goes with (1 to 8): it stays the same when areas come between; 0 is its row's.
    """

    key: str
    word: str
    icon: str
    place: int = 0


class Screen(Protocol):
    """What the frame needs of a presenter. Shortcuts are registered with shortcuts(), the view as their scope."""

    title: str  # spoken when the screen opens; never the name of a person
    help_page: str  # the page of resources/help that F1 opens

    @property
    def widget(self) -> QWidget:
        """The view."""

    def panes(self) -> Sequence[QWidget]:
        """What F6 goes round, in reading order; hidden ones are passed over."""

    def opened(self) -> None:
        """The screen was brought to the front: load what it shows, and put the focus where work starts."""

    def refresh(self, kinds: frozenset[str]) -> None:
        """Records of these kinds were changed (Changes.kinds): read again what depends on them."""
