"""From starting the program to its first window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from panoh.base.clock import Clock
from panoh.services import vault
from panoh.store.keyfile import Kdf
from tests.bench.measure import Line, raced
from tests.bench.vaults import PASSPHRASE, USER

PEOPLE = 0


WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
a = QApplication([])
w = QMainWindow()
w.show()
QTimer.singleShot(0, lambda: (print("painted", flush=True), a.quit()))
sys.exit(a.exec())
"""


def run(count: int, source: Path) -> Line:
    """From starting the program to its first window, against an empty PySide6 window."""
    del source
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as home:
        platform = {} if os.environ.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}
        env = {**os.environ, **platform, "HOME": home, "XDG_DATA_HOME": home}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # both start compiled, as they are installed
        env["PYTHONPYCACHEPREFIX"] = home
        empty = Path(home) / "Panoh" / "vaults" / "vault"
        empty.parent.mkdir(parents=True)
        vault.create(empty, USER, PASSPHRASE, clock=Clock(), kdf=Kdf.cheap()).open.close()

        def started(*arguments: str) -> float:
            start = time.perf_counter()
            with subprocess.Popen([sys.executable, *arguments], env=env, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == b"painted\n"
                return (time.perf_counter() - start) * 1000

        panoh = partial(started, "-m", "panoh.app", "--quit-after-first-paint")
        window = partial(started, "-c", WINDOW)
        panoh(), window()
        ours, peer, noise = raced(panoh, window, 21)
    return Line("start_to_window", 0, ours, "empty PySide6 window", peer, ours / peer, 2.0, noise, {"asked": count})
