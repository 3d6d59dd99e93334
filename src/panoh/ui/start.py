"""Dresses a QApplication: fonts, style, theme, text size, focus ring, shortcuts. Called once, before any window."""

from __future__ import annotations

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
    look().start(settings.theme, settings.text_size)
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(look().follow_system)
    hints.accessibility().contrastPreferenceChanged.connect(look().follow_system)
