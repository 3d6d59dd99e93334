"""Qt itself writes nothing about Panoh's use into the home folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import sys
from PySide6.QtWidgets import QApplication, QFileDialog
from panoh.base.settings import DeviceSettings
from panoh.ui.start import dress
app = QApplication([])
dress(app, DeviceSettings(theme="light"))
dialog = QFileDialog(None, "Save", sys.argv[1])
dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
dialog.show()
app.processEvents()
dialog.selectFile("case.pdf")
dialog.accept()
del dialog
app.processEvents()
"""


def test_the_file_dialog_leaves_no_history_of_folders(tmp_path: Path) -> None:
    home, secret = tmp_path / "home", tmp_path / "stick of Karimova"
    home.mkdir()
    secret.mkdir()
    env = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "QT_QPA_PLATFORM": "offscreen"}
    env["PYTHONPATH"] = str(ROOT / "src")
    subprocess.run([sys.executable, "-c", ASK, str(secret)], env=env, check=True, timeout=120)
    told = [path for path in home.rglob("*") if path.is_file() and b"Karimova" in path.read_bytes()]
    assert told == []
    assert not list(home.rglob("QtProject*"))
