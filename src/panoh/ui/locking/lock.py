"""The order of a safe lock, in one place.

1. The window tells nothing any more: menus and dialogs hidden, a neutral page over everything, painted at once.
2. What is half typed goes into the vault as drafts. Long work is asked to stop; what is short, such as a save, is done.
3. Dialogs, menus and previews are closed; whoever waits for one of them goes on and finds it called off.
4. Screens and models are dropped, and what Python kept of them; caches of names forget.
5. The clipboard is emptied, if what lies there is ours.
6. The store is closed, and with it goes the key.

Nothing stops it: a draft that cannot be written (the disk is full) is told at Unlock, not asked about.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QToolTip, QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment
from panoh.services.forgetting import forget_names
from panoh.ui.locking import reasons
from panoh.ui.locking.clipboard import clipboard
from panoh.ui.locking.neutral import NeutralPage
from panoh.ui.locking.place import Place
from panoh.ui.shell.window import MainWindow
from panoh.ui.tasks import Runner
from panoh.ui.workplace import Workplace

LONGEST_WAIT = (
    2000  # milliseconds for a dialog of the system's own, which nobody can close from here; the key goes before
)
_LOOK_AGAIN = 20  # milliseconds
_MOST_POPUPS = 20  # menus within menus


@dataclass(frozen=True, slots=True)
class Locked:
    """What is known of a lock afterwards: when, why, where one was, and why a draft was not kept, if one was not."""

    at: datetime
    why: str
    place: Place
    unsaved: AppError | None = None

    def words(self) -> str:
        """'14 Jun 2010, 12:48, because the lid was closed'."""
        return _("{when}, {why}").format(when=moment(self.at), why=reasons.words(self.why))


class SafeLock(QObject):
    """One lock. `on_blank` is told Locked once nothing of the vault is left in the window, `on_closed` when the store is closed."""

    def __init__(
        self,
        window: MainWindow,
        runner: Runner,
        workplace: Workplace,
        *,
        on_locked: Callable[[Locked], object],
        on_key: Callable[[], object],
        on_closed: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window, self._runner = window, runner
        self._workplace: Workplace | None = workplace
        self._on_locked, self._on_key, self._on_closed = on_locked, on_key, on_closed
        self._waited = 0

    def start(self, why: str) -> None:
        """Go through all steps; only the first two of them happen before this returns."""
        workplace = self._workplace
        if workplace is None:
            return
        hidden = why == reasons.HIDDEN
        self._title = _("Notes") if hidden else ""
        self._page = NeutralPage(self._on_key if hidden else None)
        hide_all_but(self._window)
        self._window.cover(self._page, self._title)
        self._runner.stop_long_work()
        with self._runner.keeping() as failed:
            workplace.keep_drafts()
        at, place = workplace.desk.clock.now(), workplace.place()
        kept = lambda _kept: self._close_dialogs(Locked(at, why, place, failed[0] if failed else None))  # noqa: E731
        self._runner.start(lambda _step: None, kept, owner=self)

    def _close_dialogs(self, locked: Locked) -> None:
        for dialog in [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog)]:
            dialog.reject()
        self._drop_when_nobody_waits(locked)

    def _drop_when_nobody_waits(self, locked: Locked) -> None:
        """Whoever opened a dialog and waits for its answer stands in the middle of a view: that must end before the view does."""
        if QThread.currentThread().loopLevel() <= 1:
            self._drop(locked)
            return
        if self._waited >= LONGEST_WAIT:
            self._close_store()
        self._waited += _LOOK_AGAIN
        QTimer.singleShot(_LOOK_AGAIN, self, partial(self._drop_when_nobody_waits, locked))

    def _drop(self, locked: Locked) -> None:
        self._window.show_page(self._page, lambda: "unlock", self._title)
        self._page.setFocus()
        if self._workplace is not None:
            self._workplace.deleteLater()  # whatever it still waits for is dropped
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog | QMenu):
                top.deleteLater()
        QTimer.singleShot(0, self, partial(self._forget, locked))

    def _forget(self, locked: Locked) -> None:
        self._close_store()
        gc.collect()  # presenters and models know each other in circles
        forget_names()
        QPixmapCache.clear()
        self._on_locked(locked)

    def _close_store(self) -> None:
        workplace, self._workplace = self._workplace, None
        if workplace is None:
            return
        clipboard().clear()
        opened = workplace.opened
        with self._runner.keeping():  # also when the program ends meanwhile
            self._runner.start(
                lambda _step: opened.close(), lambda _closed: self._closed(), lambda _error: self._closed()
            )

    def finish(self) -> None:
        """The program ends and all other work has: close the store now, if that was not asked for yet."""
        workplace, self._workplace = self._workplace, None
        if workplace is not None:
            workplace.close()

    def _closed(self) -> None:
        self._on_closed()
        self.deleteLater()


def hide_all_but(window: QWidget) -> None:
    """Hide menus, lists, dialogs and tips; whoever waits for the answer of one goes on later."""
    for _open in range(_MOST_POPUPS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
    QToolTip.hideText()
    for top in QApplication.topLevelWidgets():
        if top is not window and top.isVisible():
            top.hide()
