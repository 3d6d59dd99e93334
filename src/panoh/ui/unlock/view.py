"""The Unlock screen: a bar with language and help, and one page in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QScrollArea, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.theme import look
from panoh.ui.unlock.pages import Page, UnlockPage
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import scrolled

if TYPE_CHECKING:
    from panoh.ui.unlock.damage_page import DamagePage
    from panoh.ui.unlock.new_key_pages import CreatePage, OwnKeyPage, PaperPage, RecoverPage, RecoveryTextPage

P = TypeVar("P", bound=Page)
_ABOVE = 40  # pixels above the page, where there is room
_WIDTH = 448  # of the page in the middle, at 100 % text


class _Pages(QWidget):
    """Room for the pages. One that grew, by an error under a field, must scroll rather than squeeze its fields."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the page grew or shrank."""
        super().resizeEvent(event)
        self.resized.emit()


class UnlockView(QWidget):
    """Holds the pages; the presenter decides which one shows. `languages` are (code, its own name)."""

    language_chosen = Signal(str)
    help_asked = Signal()

    def __init__(self, languages: Sequence[tuple[str, str]], language: str) -> None:
        super().__init__()
        self._languages = tuple(languages)
        self._language = language
        self._pages = _Pages()
        self._pages.resized.connect(self._scroll_if_high, Qt.ConnectionType.QueuedConnection)  # still before it paints
        self._stack = QVBoxLayout(self._pages)  # a QStackedWidget would make every page as high as the highest
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._all: list[Page] = []
        self.unlock = self._add(UnlockPage())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._bar = self._top()
        column.addLayout(self._bar)
        self._middle = self._make_middle()
        self._scroll: QScrollArea | None = None
        column.addWidget(self._middle, 1)
        look().changed.connect(self._measure)
        self._measure()

    @cached_property
    def making(self) -> CreatePage:
        """The page that makes a vault; pages seldom seen are loaded and built when they are first needed."""
        from panoh.ui.unlock.new_key_pages import CreatePage

        return self._add(CreatePage())

    @cached_property
    def recover(self) -> RecoverPage:
        """The page for the recovery text."""
        from panoh.ui.unlock.new_key_pages import RecoverPage

        return self._add(RecoverPage())

    @cached_property
    def own_key(self) -> OwnKeyPage:
        """The page for an own passphrase in place of one that was handed over."""
        from panoh.ui.unlock.new_key_pages import OwnKeyPage

        return self._add(OwnKeyPage())

    @cached_property
    def paper(self) -> PaperPage:
        """The page that tries the recovery paper."""
        from panoh.ui.unlock.new_key_pages import PaperPage

        return self._add(PaperPage())

    @cached_property
    def recovery_text(self) -> RecoveryTextPage:
        """The page that shows the recovery text once."""
        from panoh.ui.unlock.new_key_pages import RecoveryTextPage

        return self._add(RecoveryTextPage())

    @cached_property
    def damage(self) -> DamagePage:
        """The recovery screen."""
        from panoh.ui.unlock.damage_page import DamagePage

        return self._add(DamagePage())

    def show_page(self, page: Page, focus: QWidget) -> None:
        """Show one of the pages and put the focus where work starts."""
        page.show()
        for other in self._all:
            if other is not page:
                other.hide()
        if self.isVisible():
            self._scroll_if_high()
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> Page:
        """The page that shows."""
        return next(page for page in self._all if not page.isHidden())

    def _add(self, page: P) -> P:
        self._all.append(page)
        self._stack.addWidget(page)
        page.setVisible(len(self._all) == 1)
        return page

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the page scroll from the moment on when it is higher than its room: most never need the scroll area."""
        super().resizeEvent(event)
        self._scroll_if_high()

    def _scroll_if_high(self) -> None:
        high = self._middle.minimumSizeHint().height() + self._bar.sizeHint().height()
        high += look().control_height() if look().large else 0  # lines that wrap are only then counted once
        column = self.layout()
        if self._scroll is None and column is not None and high > self.height():
            focus = self.window().focusWidget()
            marked = isinstance(focus, QLineEdit) and focus.hasSelectedText()
            column.removeWidget(self._middle)
            self._scroll = scrolled(self._middle)
            column.addWidget(self._scroll)
            self._scroll.show()  # at once: a window that becomes active passes over a field that is not there yet
            if focus is not None and self._middle.isAncestorOf(focus):
                # Both were lost on the way. A tab's focus marks what stands there: the next key replaces a wrong passphrase.
                focus.setFocus(Qt.FocusReason.TabFocusReason if marked else Qt.FocusReason.OtherFocusReason)

    def _make_middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(0)
        column.addSpacerItem(QSpacerItem(0, _ABOVE, vData=QSizePolicy.Policy.Maximum))  # goes before anything scrolls
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._pages, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return middle

    def _measure(self) -> None:
        self._pages.setFixedWidth(min(look().grown(_WIDTH), 960))
        if self.isVisible():
            self._scroll_if_high()

    def _open_languages(self) -> None:
        menu = QMenu(self)
        for code, own_name in self._languages:
            action = menu.addAction(own_name)
            action.setCheckable(True)
            action.setChecked(code == self._language)
            action.triggered.connect(lambda _on=False, wanted=code: self.language_chosen.emit(wanted))
        menu.exec(self._language_button.mapToGlobal(self._language_button.rect().bottomLeft()))
