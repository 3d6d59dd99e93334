"""The Unlock screen: a bar with language and help, and one page in the middle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.theme import look
from panoh.ui.unlock.pages import CreatePage, Page, RecoverPage, RecoveryTextPage, UnlockPage
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import scrolled

_WIDTH = 448  # of the page in the middle, at 100 % text


class UnlockView(QWidget):
    """Holds the four pages; the presenter decides which one shows. `languages` are (code, its own name)."""

    language_chosen = Signal(str)
    help_asked = Signal()

    def __init__(self, languages: Sequence[tuple[str, str]], language: str) -> None:
        super().__init__()
        self._languages = tuple(languages)
        self._language = language
        self.unlock = UnlockPage()
        self.making = CreatePage()
        self.recover = RecoverPage()
        self.recovery_text = RecoveryTextPage()
        self._all: tuple[Page, ...] = (self.unlock, self.making, self.recover, self.recovery_text)
        self._pages = QWidget()
        stack = QVBoxLayout(self._pages)  # a QStackedWidget would make every page as high as the highest
        stack.setContentsMargins(0, 0, 0, 0)
        for page in self._all:
            stack.addWidget(page)
            page.setVisible(page is self.unlock)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._top())
        column.addWidget(scrolled(self._middle()), 1)
        look().changed.connect(self._measure)
        self._measure()

    def show_page(self, page: Page, focus: QWidget) -> None:
        """Show one of the pages and put the focus where work starts."""
        for other in self._all:
            other.setVisible(other is page)
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> Page:
        """The page that shows."""
        return next(page for page in self._all if not page.isHidden())

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(plain_label(_("Panoh"), "title bold"))
        row.addStretch()
        own_name = dict(self._languages).get(self._language, self._language)
        self._language_button = KeyButton(
            own_name, self._open_languages, icon="action.language", kind="flat", trailing_icon="action.open_menu"
        )
        self._language_button.setAccessibleName(_("Language: {name}").format(name=own_name))
        row.addWidget(self._language_button)
        row.addWidget(KeyButton(_("Help"), self.help_asked.emit, icon="action.help", kind="flat", shown_keys="F1"))
        return row

    def _middle(self) -> QWidget:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(16, 48, 16, 24)
        row.addStretch(1)
        row.addWidget(self._pages, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        return middle

    def _measure(self) -> None:
        self._pages.setFixedWidth(min(look().grown(_WIDTH), 960))

    def _open_languages(self) -> None:
        menu = QMenu(self)
        for code, own_name in self._languages:
            action = menu.addAction(own_name)
            action.setCheckable(True)
            action.setChecked(code == self._language)
            action.triggered.connect(lambda _on=False, wanted=code: self.language_chosen.emit(wanted))
        menu.exec(self._language_button.mapToGlobal(self._language_button.rect().bottomLeft()))
