"""The one registry of shortcuts: what they do, where they hold, and what to press for them on any keyboard layout.

Qt compares a shortcut with the letter that the layout gives, so Ctrl+K on a Russian layout (Ctrl+Л) would not be found.
One filter on the application looks at each key press first: a letter that is not Latin is read as the Latin letter on
the same key, by the key's scan code where the system tells it, else by the letter's place on the Cyrillic layout. Its
Latin twin is then sent on to the widget, so that copy and paste work as well.

    shortcuts().add("Ctrl+T", _("Take the case"), self.take, self)

A shortcut holds while its scope (a widget) is visible, enabled and not behind a modal dialog. Of two with the same keys
the one whose scope holds the focus goes first, then the one added last. Ctrl+/ lists those that hold now. One that holds
`always` is found behind a dialog and in an open menu as well: locking must never wait.

The same filter lets others look at everything that is pressed, clicked or moved: `watch`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QInputEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from panoh.ui.theme import application

_ROWS = ("qwertyuiop[]", "asdfghjkl;'`", "zxcvbnm,./")
_CYRILLIC = dict(zip("йцукенгшщзхъфывапролджэёячсмитьбю.", "".join(_ROWS), strict=True))
_CYRILLIC |= {
    "і": "s",
    "ї": "]",
    "є": "'",
    "ў": "o",
    "ҳ": "[",
    "қ": "]",
    "ғ": "`",
    "ң": "n",
    "ө": "j",
    "ү": "e",
    "ӣ": "b",
    "ӯ": "u",
    "ҷ": "x",
}
_SCAN = {2 + i: key for i, key in enumerate("1234567890-=")}  # set 1 scan codes; evdev's are the same for these keys
_SCAN |= {16 + i: key for i, key in enumerate(_ROWS[0])}
_SCAN |= {30 + i: key for i, key in enumerate("asdfghjkl;'`")} | {44 + i: key for i, key in enumerate(_ROWS[2])}
_SCAN_OFFSET = {"xcb": 8, "wayland": 8, "windows": 0}  # X and Wayland count eight further than the kernel
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
Watcher = Callable[[QObject, QInputEvent], bool]


class Shortcut:
    """Keys as 'Ctrl+K', what they do in words, and what runs.

    Without `run` it is only listed: the widget answers to the keys itself.
    """

    def __init__(
        self, keys: str, words: str, run: Callable[[], object] | None, scope: QWidget, *, always: bool = False
    ) -> None:
        self.keys, self.words, self.run, self.scope, self.always = keys, words, run, scope, always

    def holds(self) -> bool:
        """Whether it would run if its keys were pressed now."""
        if self.always:
            return shiboken6.isValid(self.scope)
        if not shiboken6.isValid(self.scope) or not self.scope.isVisible() or not self.scope.isEnabled():
            return False
        modal = QApplication.activeModalWidget()
        return modal is None or modal is self.scope or modal.isAncestorOf(self.scope)


def _code(keys: QKeyCombination) -> int:
    """A number for the keys; both Enter keys are one."""
    key = Qt.Key.Key_Return if keys.key() == Qt.Key.Key_Enter else keys.key()
    return QKeyCombination(keys.keyboardModifiers(), key).toCombined()


@cache
def _code_of(keys: str) -> int:
    """The number for keys as 'Ctrl+K'."""
    from PySide6.QtGui import QKeySequence  # not needed for the first window

    sequence: Any = QKeySequence(keys)
    return _code(sequence[0])


def latin(event: QKeyEvent, platform: str) -> str:
    """The Latin sign on the key that was pressed, for a press that gave no Latin letter; '' when it cannot be told."""
    if event.key() < 0x100 and chr(event.key()).isalnum():
        return ""
    offset = _SCAN_OFFSET.get(platform)
    code = event.nativeScanCode()
    if offset is not None and code > offset and code - offset in _SCAN:
        return _SCAN[code - offset]
    text = chr(event.key()) if 0x100 <= event.key() < 0x10FFFF else event.text()
    return _CYRILLIC.get(text.lower()[:1], "")


class Shortcuts(QObject):
    """All shortcuts of the application, and the filter that finds them."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._all: list[Shortcut] = []
        self._watchers: list[tuple[QObject, Watcher]] = []
        self._platform = app.platformName()
        self._app = app
        self._listening = False

    def listen(self) -> None:
        """Start to look at key presses. The window calls it a moment after it stands, tests at once.

        Not before: the filter sees every object of Qt, and making Python's side of each kind takes time.
        """
        if not self._listening:
            self._listening = True
            self._app.installEventFilter(self)

    def watch(self, watcher: Watcher, scope: QObject) -> None:
        """Show every key, click and move to this watcher before anything else, until `unwatch` or for as long as `scope` lives.

        What it answers with true ends there.
        """
        self._watchers.append((scope, watcher))

    def unwatch(self, scope: QObject) -> None:
        """Show nothing more to the watchers of this scope."""
        self._watchers = [known for known in self._watchers if known[0] is not scope]

    def add(
        self, keys: str, words: str, run: Callable[[], object] | None, scope: QWidget, *, always: bool = False
    ) -> Shortcut:
        """Register a shortcut for as long as `scope` lives."""
        made = Shortcut(keys, words, run, scope, always=always)
        self._all = [known for known in self._all if shiboken6.isValid(known.scope)]
        self._all.append(made)
        return made

    def remove(self, shortcut: Shortcut) -> None:
        """Forget a shortcut."""
        self._all = [known for known in self._all if known is not shortcut]

    def holding(self) -> list[Shortcut]:
        """Those that hold now, in the order in which they were added; one for each keys."""
        found: dict[str, Shortcut] = {}
        for shortcut in self._all:
            if shortcut.holds() and shortcut.words:
                found[shortcut.keys] = self._best(_code_of(shortcut.keys)) or shortcut
        return list(found.values())

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        """Run the shortcut of a key press, or translate the press for the widget; everything else passes."""
        if not isinstance(event, QInputEvent):  # first: it sees every event
            return False
        for scope, watcher in self._watchers:
            if shiboken6.isValid(scope) and watcher(target, event):
                return True
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if not event.modifiers() & _CHORD and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
            return False
        popup = QApplication.activePopupWidget() is not None
        for code in self._codes(event):
            shortcut = self._best(code)
            if shortcut and shortcut.run and (shortcut.always or not popup):
                shortcut.run()
                event.accept()
                return True
        return not popup and self._send_latin(target, event)

    def _codes(self, event: QKeyEvent) -> Iterator[int]:
        """What the press may mean: as the layout gives it, then as the Latin key."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.GroupSwitchModifier
        yield _code(QKeyCombination(modifiers, Qt.Key(event.key())))
        if Qt.Key.Key_Exclam <= event.key() <= Qt.Key.Key_At:  # a sign that needs Shift on this layout, as Ctrl++
            yield _code(QKeyCombination(modifiers & ~Qt.KeyboardModifier.ShiftModifier, Qt.Key(event.key())))
        sign = latin(event, self._platform)
        if sign:
            yield _code(QKeyCombination(modifiers, Qt.Key(ord(sign.upper()))))

    def _best(self, code: int) -> Shortcut | None:
        found = [shortcut for shortcut in self._all if _code_of(shortcut.keys) == code and shortcut.holds()]
        focus = QApplication.focusWidget()
        inside = [one for one in found if focus and (one.scope is focus or one.scope.isAncestorOf(focus))]
        ranked = inside or found
        return ranked[-1] if ranked else None

    def _send_latin(self, target: QObject, event: QKeyEvent) -> bool:
        sign = latin(event, self._platform)
        if not (sign.isalpha() and event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() >= 0x100):
            return False
        if not isinstance(target, QWidget) or event.key() >= 0x01000000:
            return False
        twin = QKeyEvent(event.type(), ord(sign.upper()), event.modifiers(), "", event.isAutoRepeat(), event.count())
        QApplication.sendEvent(target, twin)
        event.setAccepted(twin.isAccepted())
        return True


@cache
def shortcuts() -> Shortcuts:
    """The one registry; needs a running application."""
    return Shortcuts(application())
