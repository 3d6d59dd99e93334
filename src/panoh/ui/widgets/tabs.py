"""Tabs of a record: words with the chosen one underlined, over a line as wide as the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QTabBar


class Tabs(QTabBar):
    """`Tabs(_("Tabs of the record"), words)`; listen to currentChanged(int), move by arrow keys or Ctrl+Page keys."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for word in words:
            self.addTab(word)
