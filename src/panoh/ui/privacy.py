"""Privacy mode: names turn into initials everywhere at once (Ctrl+Shift+P)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Privacy(QObject):
    """Whether names are hidden now; screens read it through `name` and repaint on `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._hidden = False

    @property
    def hidden(self) -> bool:
        """Whether names show as initials."""
        return self._hidden

    def set_hidden(self, hidden: bool) -> None:
        """Hide or show names."""
        if hidden != self._hidden:
            self._hidden = hidden
            self.changed.emit()

    def toggle(self) -> None:
        """Hide names when they show, show them when they are hidden."""
        self.set_hidden(not self._hidden)

    def name(self, full: str) -> str:
        """A name as it may be shown now: in full, or its initials: 'Илҳом Сатторқуллиев' becomes 'И. С.'."""
        if not self._hidden:
            return full
        return " ".join(f"{part[0].upper()}." for part in full.split())
