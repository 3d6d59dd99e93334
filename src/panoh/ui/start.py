"""Dresses a QApplication: fonts, style, theme, text size, focus ring, shortcuts. Called once, before any window."""

from __future__ import annotations

import os

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from panoh.base.settings import DeviceSettings
from panoh.ui import accessibility
from panoh.ui.shortcuts import shortcuts
from panoh.ui.style import PanohStyle
from panoh.ui.theme import load_fonts, look
from panoh.ui.widgets.focus import FocusRing


def dress(app: QApplication, settings: DeviceSettings) -> None:
    """Give the application Panoh's look and keys; it follows the system's theme when the settings say so."""
    app.setApplicationDisplayName("")  # window titles say what they say, nothing is added
    app.setCursorFlashTime(0)  # nothing blinks
    load_fonts()
    app.setStyle(PanohStyle())
    accessibility.install()
    FocusRing(app)
    shortcuts()
    _keep_no_traces()
    look().start(settings.theme, settings.text_size)
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(look().follow_system)
    hints.accessibility().contrastPreferenceChanged.connect(look().follow_system)


def _keep_no_traces() -> None:
    """Let Qt keep nothing in the home folder: its file dialog would write down in which folders papers were saved."""
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, os.devnull)
