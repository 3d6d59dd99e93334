"""Shift three times, alone: the keys that hide everything, told apart from typing and from switching the layout.

Qt shows one press to the window, to the widget and to its parents in turn; everything here may be told as often.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

WITHIN = 1.2  # seconds from the first press to the last release
HELD = 0.4  # seconds; longer than that is holding Shift
_OTHERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)


class ThreeShifts:
    """Is told keys and clicks with their time in seconds; `released` says when it was the third."""

    def __init__(self) -> None:
        self._down_at: float | None = None
        self._alone = False
        self._taps: list[float] = []  # when each Shift of the row was pressed

    def pressed(self, key: int, modifiers: Qt.KeyboardModifier, at: float, *, repeated: bool = False) -> None:
        """A key went down; `repeated` when the keyboard says again that it is down."""
        if key != Qt.Key.Key_Shift:
            self.disturbed()
        elif repeated:
            self._alone = False
        elif self._down_at is None or at - self._down_at > HELD:  # the release of an earlier one went elsewhere
            self._down_at, self._alone = at, not modifiers & _OTHERS
            if not self._alone:
                self._taps.clear()

    def released(self, key: int, at: float) -> bool:
        """A key went up; whether that was the third Shift."""
        if key != Qt.Key.Key_Shift:
            self.disturbed()
            return False
        if self._down_at is None:
            return False
        pressed_at, self._down_at = self._down_at, None
        if not self._alone or at - pressed_at > HELD:
            self._taps.clear()
            return False
        self._taps = [tap for tap in self._taps if at - tap <= WITHIN] + [pressed_at]
        if len(self._taps) < 3:
            return False
        self._taps.clear()
        return True

    def disturbed(self) -> None:
        """Another key or the mouse: the row is broken, and a Shift that is down is not alone."""
        self._alone = False
        self._taps.clear()
