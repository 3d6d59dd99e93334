"""What this device remembers: theme, text size, language, the vault used last, when it locks. Nothing about people.

A file that is missing or broken means the defaults: the window must always open.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import NamedTuple

from panoh.base.paths import private_folder

THEMES = ("system", "light", "dark", "high_contrast")
TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
LOCK_AFTER = (1, 3, 5, 10, 15, 30)  # minutes; never is no choice


class DeviceSettings(NamedTuple):
    """`theme` is one of THEMES, `text_size` one of TEXT_SIZES in percent, `language` a code or '' for the system's.

    `lock_after` is one of LOCK_AFTER: minutes without a key or the mouse. `capture_guard` keeps the window out of pictures
    of the screen, where the system can do that.
    """

    theme: str = "system"
    text_size: int = 100
    language: str = ""
    last_vault: str = ""
    lock_after: int = 5
    capture_guard: bool = False
    second_place: str = ""  # the folder where copies of backups go, a stick for example


def load(path: Path) -> DeviceSettings:
    """The settings kept in this file; whatever is missing, unknown or broken in it takes its default."""
    try:
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return DeviceSettings()
    usual = DeviceSettings._field_defaults
    known = {name: kept[name] for name, value in usual.items() if type(kept.get(name)) is type(value)}
    if known.get("theme") not in THEMES:
        known.pop("theme", None)
    if known.get("text_size") not in TEXT_SIZES:
        known.pop("text_size", None)
    if known.get("lock_after") not in LOCK_AFTER:
        known.pop("lock_after", None)
    return DeviceSettings(**known)


def save(path: Path, settings: DeviceSettings) -> None:
    """Write the settings so that a crash leaves either the old file or the new one; raises OSError."""
    import tempfile  # not needed for the first window

    private_folder(path.parent)
    lines = [f"{key} = {_toml(value)}\n" for key, value in settings._asdict().items()]
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _toml(value: str | int) -> str:
    """A TOML value: JSON's strings and whole numbers are TOML's too, but for the DEL sign."""
    import json  # not needed for the first window

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
