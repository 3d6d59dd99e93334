"""What the keyboard is doing, as far as this computer tells: Caps Lock and the layout. Unknown is a possible answer."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from panoh.base.i18n import gettext as _

_CAPS_LOCK_KEY = 0x14  # VK_CAPITAL of Windows


def caps_lock() -> bool | None:
    """Whether Caps Lock is on; None where the system does not tell."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(_CAPS_LOCK_KEY) & 1)
    lamps = Path("/sys/class/leds").glob("*::capslock/brightness")
    states = [state for state in map(_lamp, lamps) if state is not None]
    return any(states) if states else None


def _lamp(file: Path) -> bool | None:
    try:
        return file.read_text().strip() != "0"
    except OSError:
        return None


def caps_lock_from(text: str, shift: bool) -> bool | None:
    """What a typed letter tells: a capital without Shift, or a small one with it, means that Caps Lock is on."""
    if len(text) != 1 or text.upper() == text.lower():
        return None
    return text.isupper() != shift


def layout() -> str:
    """The keyboard layout in words, 'RU, русский'; '' where the system does not tell it apart from its own language."""
    if sys.platform not in ("win32", "darwin"):
        return ""
    told: QLocale = QGuiApplication.inputMethod().locale()
    if told.language() == QLocale.Language.C:
        return ""
    return f"{told.name()[:2].upper()}, {told.nativeLanguageName()}"


def letters(text: str) -> str:
    """Which letters were typed last, where no more can be known: 'Cyrillic letters', 'Latin letters', or ''."""
    for sign in reversed(text):
        if sign.isalpha():
            name = unicodedata.name(sign, "")
            if name.startswith("CYRILLIC"):
                return _("Cyrillic letters")
            if name.startswith("LATIN"):
                return _("Latin letters")
            return ""
    return ""
