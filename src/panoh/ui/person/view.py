"""The record of one person: way bar, header, what must not be done, tabs, and the footer that saves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.ui import errors
from panoh.ui.draft_timer import DraftTimer
from panoh.ui.history_tab import HistoryTab
from panoh.ui.person.casework.transfer import HandingBar
from panoh.ui.person.fields import EditTab
from panoh.ui.person.header import Header, WayBar
from panoh.ui.person.shown import Shown
from panoh.ui.person.tab_case import CaseTab
from panoh.ui.person.tab_consent import ConsentTab
from panoh.ui.person.tab_family import FamilyTab
from panoh.ui.person.tab_files import FilesTab
from panoh.ui.person.tab_identity import IdentityTab
from panoh.ui.person.tab_needs import NeedsTab
from panoh.ui.person.tab_sealed import SealedTab
from panoh.ui.person.tab_summary import SummaryTab
from panoh.ui.privacy import Privacy
from panoh.ui.shortcuts import shortcuts
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import application, look
from panoh.ui.widgets.bands import DoDontBand
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import ElidedLabel
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import scrolled
from panoh.ui.widgets.panes import FooterBar
from panoh.ui.widgets.tabs import Tabs

SUMMARY, IDENTITY, NEEDS, FAMILY, CASE, CONSENT, FILES, SEALED, HISTORY = (
    "summary",
    "identity",
    "needs",
    "family",
    "case",
    "consent",
    "files",
    "sealed",
    "history",
)
# Each tab: its key, its words, and its words at large text.
TABS = (
    (SUMMARY, N_("Summary"), N_("Summary")),
    (IDENTITY, N_("Identity and documents"), N_("Identity")),
    (NEEDS, N_("Needs and risk"), N_("Needs")),
    (FAMILY, N_("Family and tracing"), N_("Family")),
    (CASE, N_("Case"), N_("Case")),
    (CONSENT, N_("Consent"), N_("Consent")),
    (FILES, N_("Files"), N_("Files")),
    (SEALED, N_("Sealed"), N_("Sealed")),
    (HISTORY, N_("History"), N_("History")),
)
_LEAST_PAGE = 220  # height at 100 % text that a tab always has; the whole record scrolls rather than taking it


class _Pages(QStackedWidget):
    """The pages of the tabs: each scrolls by itself, so that none asks for more room than there is."""

    def sizeHint(self) -> QSize:
        """The least room."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """As high as the page in front needs, not as the highest of all: the record would scroll on every tab."""
        page = self.currentWidget()
        return QSize(super().minimumSizeHint().width(), page.minimumSizeHint().height() if page else 0)

    def hasHeightForWidth(self) -> bool:
        """What a page needs is its own affair."""
        return False


class _Record(QWidget):
    """Header, band and pages: as high as they need at the width that there is."""

    def minimumSizeHint(self) -> QSize:
        """The width alone: the height follows from it."""
        return QSize(super().minimumSizeHint().width(), 0)


class PersonView(QWidget):
    """Builds the record and tells what is wanted; decides nothing."""

    save_asked = Signal(str)  # key of the tab
    undo_asked = Signal(str)
    edited = Signal(str)
    draft_due = Signal()
    tab_shown = Signal(str)
    changed = Signal(object)  # Changes: records were written
    told_saved = Signal(str)  # words for the status bar

    def __init__(self, words: Vocabularies, privacy: Privacy, runner: TaskRunner, today: Callable[[], date]) -> None:
        super().__init__()
        self.way = WayBar()
        self.header = Header()
        self.band = DoDontBand()
        self.offer = NoteBar(tone="info", icon="state.draft", closable=True)
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.masked = NoteBar(tone="info", icon="state.shield_on")
        self.masked.say(
            _("Supervisors and whoever holds the case see who this is. You see the number, the level, what not to do.")
        )
        self.masked.hide()
        self.handing = HandingBar()
        self.summary = SummaryTab()
        self.identity = IdentityTab(words, today)
        self.needs = NeedsTab(words)
        self.family = FamilyTab(words, privacy)
        self.case = CaseTab()
        self.consent = ConsentTab(words, today)
        self.files = FilesTab(words, runner)
        self.sealed = SealedTab(words, runner)
        self.history = HistoryTab(runner)
        self.tabs = Tabs(_("Tabs of the record"), [_(long) for _key, long, _short in TABS])
        self.pages = _Pages()
        self.footer = FooterBar()
        self.edit_tabs: dict[str, EditTab] = {
            IDENTITY: self.identity, NEEDS: self.needs, FAMILY: self.family, CASE: self.case, CONSENT: self.consent,
        }  # fmt: skip
        self._draft = DraftTimer(self, self.draft_due.emit)
        self._make_footer()
        self._lay_out()
        self._connect()
        look().changed.connect(self._measure)
        self._measure()

    @property
    def tab(self) -> str:
        """The key of the tab that shows."""
        return TABS[self.tabs.currentIndex()][0]

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex([known for known, _long, _short in TABS].index(key))

    def show_record(self, shown: Shown, mine: bool) -> None:
        """Show what is read only; the forms are filled by the presenter."""
        level = shown.opened.view.level
        self.header.show_record(shown)
        self.masked.setVisible(shown.opened.view.masked)
        self.handing.show_handing(shown.opened.transfers.to_me)
        for tab in (self.identity, self.family, self.consent, self.files):
            tab.setEnabled(not shown.opened.view.masked)
        self.band.set_points(level.dont, level.do)
        self.summary.show_record(shown)
        self.family.show_record(shown)
        self.case.show_record(shown, mine)
        self.consent.show_given(shown.opened.view.consents)
        self.identity.show_care(shown.may_be_child)
        opened = shown.opened
        points = dict(opened.offers.border_points)
        self.identity.border.show_events(opened.view.person, opened.view.border_events, points)
        self.consent.show_child(shown.may_be_child)

    def set_read(self, read: bool) -> None:
        """Take no keys into fields that still show the record before: what was typed there would be lost."""
        self.pages.setEnabled(read)

    def show_state(self, words: str, *, dirty: bool) -> None:
        """Say beside the buttons whether something is not saved yet."""
        self._state.setText(words)
        self.undo.setEnabled(dirty)

    def plan_draft(self) -> None:
        """Something changed that no draft holds: keep one soon, however long the typing goes on."""
        self._draft.plan()

    def forget_draft(self) -> None:
        """What changed is saved or kept: no draft is due."""
        self._draft.stop()

    def fail(self, error: AppError) -> None:
        """Tell why something was not done."""
        errors.tell(self.note, error)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere leaves a draft, not a loss."""
        super().hideEvent(event)
        self._draft.at_once()

    def _make_footer(self) -> None:
        self.save = KeyButton(_("Save"), self._save, icon="action.save", keys="Ctrl+S", kind="main")
        self.undo = KeyButton(_("Undo the changes"), lambda: self.undo_asked.emit(self.tab), icon="action.undo")
        self._state = ElidedLabel("", "secondary")
        self.footer.row.addWidget(self.save)
        self.footer.row.addWidget(self.undo)
        self.footer.row.addWidget(self._state, 1)

    def _save(self) -> None:
        if self.tab in self.edit_tabs:
            self.save_asked.emit(self.tab)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        application().focusChanged.connect(self._follow_focus)
        for key, tab in self.edit_tabs.items():
            tab.edited.connect(lambda key=key: self.edited.emit(key))
            tab.turned.connect(self._show_footer)
        self.family.leave_asked.connect(lambda: self.undo_asked.emit(FAMILY))
        shortcuts().add("Ctrl+PgDown", _("Next tab"), lambda: self._step_tab(1), self)
        shortcuts().add("Ctrl+PgUp", _("Tab before"), lambda: self._step_tab(-1), self)

    def _step_tab(self, by: int) -> None:
        at = (self.tabs.currentIndex() + by) % len(TABS)
        page = self.pages.widget(at)
        if page is not None and page.focusWidget() is None:  # else where one was; Qt would choose any field of it
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tabs.setCurrentIndex(at)

    def _turn(self, at: int) -> None:
        self.pages.setCurrentIndex(at)
        self.pages.updateGeometry()
        self._show_footer()
        self._area.ensureWidgetVisible(self.pages)
        self.tab_shown.emit(self.tab)

    def _show_footer(self) -> None:
        """The bar that saves stands under fields."""
        self.footer.setVisible(self.tab in self.edit_tabs and not self.edit_tabs[self.tab].folded)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Keep the field with the keys in sight where the whole record scrolls, at large text."""
        if new is not None and self.pages.isAncestorOf(new):
            self._area.ensureWidgetVisible(new)

    def _measure(self) -> None:
        self.pages.setMinimumHeight(look().grown(_LEAST_PAGE))
        for at, (_key, long, short) in enumerate(TABS):
            self.tabs.setTabText(at, _(short) if look().large else _(long))
            self.tabs.setTabToolTip(at, _(long))

    def _lay_out(self) -> None:
        read_only = {SUMMARY: self.summary, FILES: self.files, SEALED: self.sealed, HISTORY: self.history}
        pages: dict[str, QWidget] = {**self.edit_tabs, **read_only}
        for key, _long, _short in TABS:
            self.pages.addWidget(pages[key])
        self.pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        top = QWidget()
        upper = QVBoxLayout(top)
        upper.setContentsMargins(24, 12, 24, 0)
        upper.setSpacing(12)
        for part in (self.offer, self.note, self.header, self.masked, self.handing, self.band):
            upper.addWidget(part)
        tabs = QWidget()
        line = QVBoxLayout(tabs)
        line.setContentsMargins(24, 4, 0, 0)
        line.addWidget(self.tabs)
        record = _Record()
        inner = QVBoxLayout(record)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(top)
        inner.addWidget(tabs)
        inner.addWidget(self.pages, 1)
        self._area = scrolled(record)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.way)
        column.addWidget(self._area, 1)
        column.addWidget(self.footer)
        self.footer.hide()
