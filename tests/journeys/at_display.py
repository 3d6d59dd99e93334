"""The families of the journeys, registered on a display by the keys of a keyboard; leaves a picture of each state.

`DISPLAY=:99 python -m tests.journeys.at_display FOLDER` needs xdotool and a display of its own with a window manager,
such as `Xvfb :99 -screen 0 1366x768x24` with openbox. The pictures are for looking at; nothing is compared.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

os.environ["QT_QPA_PLATFORM"] = "xcb"

from PySide6.QtWidgets import QApplication
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot
from tests.conftest import CHEAP, PASSPHRASE
from tests.journeys.caseworker import Caseworker
from tests.journeys.families import FIVE, TWELVE, data_signs, leading_keys
from tests.journeys.test_register_families import register

from panoh.base.clock import Clock
from panoh.base.settings import DeviceSettings
from panoh.services import vault
from panoh.ui.shortcuts import shortcuts
from panoh.ui.start import dress
from panoh.ui.theme import look

_KEYS = {"\t": "Tab", "\n": "Return"}


class AtDisplay(Caseworker):
    """Somebody at a keyboard: every key goes through the display, not to a widget."""

    def press(self, keys: str, *, sign: str = "") -> None:
        """Press keys written as 'Ctrl+S'."""
        *held, last = keys.split("+")
        self._xdotool("key", "--clearmodifiers", "+".join([*(key.lower() for key in held), _of_x(last)]))

    def type(self, text: str) -> None:
        """Type signs of any script."""
        for part in re.findall(r"[\t\n]|[^\t\n]+", text):
            if part in _KEYS:
                self._xdotool("key", _KEYS[part])
            else:
                self._xdotool("type", "--delay", "8", "--", part)

    def picture(self, path: Path) -> None:
        """What stands on the display now."""
        self._qtbot.wait(700)
        subprocess.run(["import", "-window", "root", str(path)], check=True)

    def _xdotool(self, *arguments: str) -> None:
        with subprocess.Popen(["xdotool", *arguments]) as process:
            self.until(lambda: process.poll() is not None)
        assert process.returncode == 0
        self._qtbot.wait(20)


def _of_x(key: str) -> str:
    return {"PgDown": "Next", "PgUp": "Prior"}.get(key, key.lower() if len(key) == 1 else key)


def main(folder: Path) -> None:
    """Register both families at 100 % and at 200 % text."""
    qt_api.set_qt_api("pyside6")
    app = QApplication([sys.argv[0]])
    dress(app, DeviceSettings(theme="light"))
    shortcuts().listen()
    place = Path(tempfile.mkdtemp()) / "vault"
    vault.create(place, "feruza", PASSPHRASE, clock=Clock(), device="KX7", kdf=CHEAP).open.close()
    at = AtDisplay(app, QtBot(cast("Any", None)), place, Clock())
    at.window.showMaximized()
    at.unlock()
    for percent in (100, 200):
        look().set_text_size(percent)
        for count, family in ((5, FIVE), (12, TWELVE)):
            _one(at, family, count, f"{count}_at_{percent}", folder)
    at.end()


def _one(at: AtDisplay, family: Sequence[str], count: int, name: str, folder: Path) -> None:
    at.press("Ctrl+Shift+N")
    at.sees("Members of the family")
    at.picture(folder / f"{name}_empty.png")
    took = register(at, family, count, before_saving=lambda: at.picture(folder / f"{name}_typed.png"))
    at.picture(folder / f"{name}_saved.png")
    print(
        f"{name}: {leading_keys(family) + 2} keys beyond {data_signs(family)} of data, {took:.1f} s with the keyboard's own"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="panoh-home-") as home:
        for each in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "TMPDIR"):
            os.environ[each] = home
        main(Path(sys.argv[1]))
