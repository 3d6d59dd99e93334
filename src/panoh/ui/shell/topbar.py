"""The bar at the top: name, find box, DEMO mark, whether names show, the user, Lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.settings import THEMES
from panoh.ui.privacy import Privacy
from panoh.ui.shell.finder import FindBox
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label


def theme_words(choice: str) -> str:
    """A theme's name in words."""
    words = (_("Theme as the system"), _("Light"), _("Dark"), _("High contrast"))
    return dict(zip(THEMES, words, strict=True))[choice]


class TopBar(QWidget):
    """The bar at the top of the frame; `find_box` finds people, numbers, actions."""

    lock_asked = Signal()
    theme_asked = Signal(str)  # one of THEMES
    text_size_asked = Signal(int)  # 1 larger, -1 smaller, 0 back to 100 %

    def __init__(self, user: str, privacy: Privacy, *, demo: bool = False) -> None:
        super().__init__()
        self._privacy = privacy
        self.find_box = FindBox()
        self.title = plain_label(_("Panoh"), "title bold")
        self._demo = plain_label("", "secondary")
        if not demo:
            self._demo.hide()
        self._names = KeyButton("", privacy.toggle, icon="action.privacy_names_shown", kind="flat")
        self._names.setToolTip("Ctrl+Shift+P")
        self._names.setAccessibleDescription("Ctrl+Shift+P")
        self._user = KeyButton(user, self._open_menu, icon="action.user", kind="flat", trailing_icon="action.open_menu")
        self._user.setAccessibleName(_("{user}: theme and text size").format(user=user))
        self._lock = KeyButton(_("Lock"), self.lock_asked.emit, icon="action.lock")
        self._lock.setAccessibleDescription("Ctrl+L")
        self._lock.setToolTip("Ctrl+L")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addSpacing(8)
        row.addWidget(self.find_box, 10)
        row.addStretch(1)
        for widget in (self._demo, self._names, self._user, self._lock):
            row.addWidget(widget)
        privacy.changed.connect(self._show_privacy)
        look().changed.connect(self._measure)
        self._show_privacy()
        self._measure()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line under the bar."""
        QPainter(self).fillRect(QRect(0, self.height() - 1, self.width(), 1), look().colour("divider"))

    def _show_privacy(self) -> None:
        hidden = self._privacy.hidden
        words = _("Names hidden") if hidden else _("Names shown")
        self._names.set_words(words, "action.privacy_names_hidden" if hidden else "action.privacy_names_shown")

    def _measure(self) -> None:
        self._demo.setText(_("DEMO") if look().large else _("DEMO vault: invented people"))
        wide = 0 if look().large else look().grown(look().size("frame.nav")) - 16
        self.title.setMinimumWidth(wide - 8 if wide else 0)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for choice in THEMES:
            action = menu.addAction(theme_words(choice))
            action.setCheckable(True)
            action.setChecked(choice == look().choice)
            action.triggered.connect(lambda _on=False, wanted=choice: self.theme_asked.emit(wanted))
        menu.addSeparator()
        sizes: Sequence[tuple[str, int]] = (
            (_("Larger text"), 1),
            (_("Smaller text"), -1),
            (_("Text as usual"), 0),
        )
        for words, step in sizes:
            menu.addAction(words).triggered.connect(lambda _on=False, by=step: self.text_size_asked.emit(by))
        menu.exec(self._user.mapToGlobal(self._user.rect().bottomLeft()))
