"""The one window: holds Unlock, then the frame. Text size, theme, help and the list of shortcuts work in both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.settings import DeviceSettings
from panoh.ui.pieces import in_pieces, qt_kinds
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look, tokens

_PAUSE = 10  # milliseconds between two moments of getting ready


class MainWindow(QMainWindow):
    """Panoh's window. Its title is 'Panoh', or that of a page that hides it, and never anything of a person.

    `save` is called with the device's settings whenever one of them changes. `painted` tells once that the first page
    stands on the screen, `remembered` that a setting was changed.
    """

    painted = Signal()
    remembered = Signal()

    def __init__(self, settings: DeviceSettings, save: Callable[[DeviceSettings], object]) -> None:
        super().__init__()
        self.settings = settings
        self._save = save
        self._painted = False
        self._help_page: Callable[[], str] = lambda: "start"
        self.setWindowTitle(_("Panoh"))
        self.setMinimumSize(*tokens()["frame"]["window_least"])
        self.resize(*tokens()["frame"]["design_size"])
        self.painted.connect(lambda: in_pieces(self, qt_kinds(), shortcuts().listen, pause=_PAUSE))
        add = shortcuts().add
        add("F1", _("Help for this screen"), self.open_help, self)
        add("Ctrl+/", _("List of shortcuts"), self.open_shortcuts, self)
        add("Ctrl++", _("Larger text"), lambda: self.step_text_size(1), self)
        add("Ctrl+=", "", lambda: self.step_text_size(1), self)
        add("Ctrl+-", _("Smaller text"), lambda: self.step_text_size(-1), self)
        add("Ctrl+0", _("Text as usual"), lambda: self.step_text_size(0), self)

    def open_whole(self) -> None:
        """Show the window; on a screen with no room for it and its frame, filling the screen, so that nothing is cut."""
        room = self.screen().availableSize()
        if room.width() > self.width() and room.height() > self.height():
            self.show()
        else:
            self.showMaximized()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first time, tell when it is done; soon after that shortcuts hold: no one presses one that soon."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def show_page(self, page: QWidget, help_page: Callable[[], str], title: str = "") -> None:
        """Put a page (Unlock or the frame) in place of the one before, which is dropped with all it shows."""
        self._help_page = help_page
        self.setWindowTitle(title or _("Panoh"))
        old = self.takeCentralWidget()
        self.setCentralWidget(page)
        if old is not None:
            old.hide()
            old.deleteLater()

    def cover(self, page: QWidget, title: str = "") -> None:
        """Lay a page over everything at once, painted before this returns; `show_page` then puts it in place.

        What is below stays as it is for as long as that is needed. `title` stands in the window's frame.
        """
        page.setParent(self)
        page.setGeometry(self.rect())
        page.show()
        page.raise_()
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setWindowTitle(title or _("Panoh"))
        page.repaint()

    def remember(self, **changed: str | int) -> None:
        """Change settings of this device and keep them."""
        new = self.settings._replace(**changed)  # type: ignore[arg-type]
        if new != self.settings:
            self.settings = new
            self._save(new)
            self.remembered.emit()

    def choose_theme(self, choice: str) -> None:
        """Take on a theme and remember it."""
        look().choose_theme(choice)
        self.remember(theme=choice)

    def step_text_size(self, step: int) -> None:
        """Larger (1), smaller (-1) or usual (0) text, remembered."""
        look().step_text_size(step)
        self.remember(text_size=look().text_size)

    def open_help(self) -> None:
        """Open the help page of what is on the screen."""
        from panoh.ui.shell.help import HelpDialog  # not needed for the first window

        HelpDialog(self._help_page(), self).open()

    def open_shortcuts(self) -> None:
        """List every shortcut that holds now."""
        from panoh.ui.shell.help import ShortcutList  # not needed for the first window

        ShortcutList(shortcuts().holding(), self).open()
