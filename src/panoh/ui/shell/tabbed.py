"""A screen with several lists behind tabs: shows one at a time and passes on what the frame tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.shell.screen import Screen
from panoh.ui.shortcuts import shortcuts
from panoh.ui.widgets.tabs import Tabs


@dataclass(frozen=True, slots=True)
class Tab:
    """One list: its key, the word on its tab, and the presenter that shows it."""

    key: str
    word: str
    screen: Screen


class TabbedScreen(QObject):
    """The screen of the frame. `name` is what the tabs are called for screen readers."""

    def __init__(self, title: str, name: str, lists: Sequence[Tab]) -> None:
        self._page = QWidget()
        super().__init__(self._page)
        self.title = title
        self.help_page = lists[0].screen.help_page
        self._lists = tuple(lists)
        self.tabs = Tabs(name, [one.word for one in lists])
        self._stack = QStackedWidget()
        for one in lists:
            self._stack.addWidget(one.screen.widget)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(24, 8, 0, 0)
        head.addWidget(self.tabs)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._turn)
        shortcuts().add("Ctrl+PgDown", _("Next list"), lambda: self._step(1), self._page)
        shortcuts().add("Ctrl+PgUp", _("List before"), lambda: self._step(-1), self._page)

    @property
    def current(self) -> Screen:
        """The list that shows."""
        return self._lists[self._stack.currentIndex()].screen

    @property
    def widget(self) -> QWidget:
        """Tabs and lists."""
        return self._page

    def panes(self) -> Sequence[QWidget]:
        """The tabs, then what the list has."""
        return (self.tabs, *self.current.panes())

    def opened(self) -> None:
        """The list that shows reads."""
        self.current.opened()

    def refresh(self, kinds: frozenset[str]) -> None:
        """The list that shows reads again; the others do when they are opened."""
        self.current.refresh(kinds)

    def show_list(self, key: str) -> None:
        """Bring a list to the front."""
        self.tabs.setCurrentIndex([one.key for one in self._lists].index(key))

    def _turn(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.help_page = self.current.help_page
        self.current.opened()

    def _step(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(self._lists))
