"""The frame round every screen: top bar, navigation, the screen, status bar. Knows keys and screens, no services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import announce
from panoh.ui.privacy import Privacy
from panoh.ui.shell.navigation import Navigation
from panoh.ui.shell.screen import Area, Screen
from panoh.ui.shell.statusbar import StatusBar
from panoh.ui.shell.topbar import TopBar
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panes import first_focusable
from panoh.ui.widgets.progress import ProgressPanel


class Frame(QWidget):
    """Give it the areas that work, then the screens: `add_screen(key, make, area=...)`, then `show_screen(key)`.

    `note` is the note across the top of the content (failures), `progress` the panel of long work, `status` the bar at
    the bottom, `top.find_box` the find box.
    """

    lock_asked = Signal()
    screen_shown = Signal(str)

    def __init__(self, areas: Sequence[Area], user: str, privacy: Privacy, *, demo: bool = False) -> None:
        super().__init__()
        self.privacy = privacy
        self.top = TopBar(user, privacy, demo=demo)
        self.navigation = Navigation(areas)
        self.status = StatusBar()
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.progress = ProgressPanel()
        self._stack = QStackedWidget()
        self._areas = tuple(areas)
        self._makers: dict[str, tuple[Callable[[], Screen], str]] = {}
        self._screens: dict[str, Screen] = {}
        self._trail: list[str] = []
        self._lay_out()
        self.navigation.area_chosen.connect(self.show_screen)
        self.top.lock_asked.connect(self.lock_asked)
        self._add_shortcuts()

    def add_screen(self, key: str, make: Callable[[], Screen], *, area: str) -> None:
        """Say how the screen of this key is made (when it is first opened) and which area is marked while it shows."""
        self._makers[key] = (make, area)

    def show_screen(self, key: str) -> None:
        """Bring a screen to the front; it loads itself and takes the focus."""
        make, area = self._makers[key]
        if key not in self._screens:
            self._screens[key] = make()
            self._stack.addWidget(self._screens[key].widget)
        if not self._trail or self._trail[-1] != key:
            self._trail = [*self._trail[-20:], key]
        screen = self._screens[key]
        self._stack.setCurrentWidget(screen.widget)
        self.navigation.show_area(area)
        self.note.hide()
        screen.opened()
        announce(self, screen.title)
        self.screen_shown.emit(key)

    def back(self) -> None:
        """Go back to the screen before this one."""
        if len(self._trail) > 1:
            self._trail.pop()
            self.show_screen(self._trail[-1])

    @property
    def current_key(self) -> str:
        """The key of the screen in front; '' while there is none."""
        return self._trail[-1] if self._trail else ""

    @property
    def came_from(self) -> str:
        """Title of the screen that `back` leads to; '' when there is none."""
        return self._screens[self._trail[-2]].title if len(self._trail) > 1 else ""

    @property
    def current(self) -> Screen | None:
        """The screen in front."""
        return self._screens.get(self._trail[-1]) if self._trail else None

    def broadcast(self, kinds: frozenset[str], initiator: Screen | None = None) -> None:
        """Records of these kinds changed: the screen in front reads again; the others do when they are opened."""
        if self.current is not None and self.current is not initiator:
            self.current.refresh(kinds)

    def next_pane(self, step: int = 1) -> None:
        """Move the focus to the next pane (F6) or the one before (Shift+F6)."""
        panes = [self.navigation, *(self.current.panes() if self.current else ())]
        shown = [pane for pane in panes if pane.isVisible() and first_focusable(pane).focusPolicy()]
        focus = self.window().focusWidget()
        at = next((i for i, pane in enumerate(shown) if focus and (pane is focus or pane.isAncestorOf(focus))), -step)
        if shown:
            first_focusable(shown[(at + step) % len(shown)]).setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line between navigation and content."""
        side = self.navigation.geometry()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = side.left() if mirrored else side.right()
        QPainter(self).fillRect(QRect(left, side.top(), 1, side.height()), look().colour("divider"))

    def _add_shortcuts(self) -> None:
        add = shortcuts().add
        for at, area in enumerate(self._areas[:8], start=1):
            add(f"Ctrl+{area.place or at}", area.word, partial(self.show_screen, area.key), self)
        add("Ctrl+K", _("Find a person, a number, an action"), self.top.find_box.start, self)
        add("F6", _("Next pane"), self.next_pane, self)
        add("Shift+F6", _("Pane before"), lambda: self.next_pane(-1), self)
        add("Alt+Left", _("Back to the screen before"), self.back, self)
        add("Ctrl+Shift+P", _("Hide names or show them"), self.privacy.toggle, self)
        add("Ctrl+L", _("Lock"), self.lock_asked.emit, self, always=True)
        add("Shift, Shift, Shift", _("Hide everything and lock"), None, self)  # ui/locking/guard.py listens to them

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addWidget(self.progress)
        column.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(content, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)
