"""What the first window does without: held by what is loaded, not by a clock. src/panoh/README.md tells why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from panoh.base.clock import Clock
from panoh.services import vault
from tests.conftest import CHEAP, PASSPHRASE

# Runs the program to its first window, then tells what Python holds by then.
PROGRAM = """
import os, sys
import panoh.app, shiboken6

def kinds(of):
    for kind in type.__subclasses__(of):
        yield kind.__name__
        yield from kinds(kind)

def tell(app):
    print(*sys.modules)
    print(*kinds(shiboken6.Object), flush=True)
    os._exit(0)

panoh.app._painted = tell
panoh.app.main([panoh.app.QUIT])
"""
ONLY_QT = "import sys; from PySide6 import QtSvg, QtWidgets; print(*sys.modules); print()"

HEAVY = """
    alembic anyascii babel cffi filelock json logging.handlers lxml nacl numpy openpyxl phonenumbers pikepdf PIL pycountry pydantic
    pypdfium2 python_calamine rapidfuzz reportlab sqlalchemy sqlcipher3 sqlite3 sqlmodel stdnum typer uharfbuzz
    PySide6.QtNetwork PySide6.QtPrintSupport PySide6.QtTest
""".split()
LATER = "panoh.cli panoh.exchange panoh.reports panoh.services panoh.ui.screens panoh.ui.workplace".split()
# Kinds of Qt of which Python hears only when something lets all of them pass through it.
STRANGERS = {"QCalendarWidget", "QTabletEvent", "QTreeWidget", "QWizard", "QGradient"}


def held(code: str, home: Path) -> tuple[set[str], set[str]]:
    """Modules and Qt's kinds that Python holds at the end of this code."""
    env = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, timeout=60)
    modules, kinds = done.stdout.splitlines()
    return set(modules.split()), set(kinds.split())


def within(modules: set[str], names: list[str]) -> set[str]:
    """Those of the names that are loaded, or of which a part is."""
    return {name for name in names if any(each == name or each.startswith(f"{name}.") for each in modules)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a vault that has a backup."""
    place = tmp_path / "Panoh" / "vaults" / "vault"
    place.parent.mkdir(parents=True)
    with vault.create(place, "feruza", PASSPHRASE, clock=Clock(), kdf=CHEAP).open as opened:
        opened.backup()
    (tmp_path / "Panoh" / "settings.toml").write_text(f"last_vault = {json.dumps(str(place))}\n", "utf-8")
    return tmp_path


def test_unlock_needs_no_heavy_module_and_no_service(home: Path) -> None:
    modules, kinds = held(PROGRAM, home)
    qt, _none = held(ONLY_QT, home)
    assert "panoh.ui.unlock.pages" in modules
    assert within(modules - qt, [*HEAVY, *LATER]) == set()
    assert not kinds & STRANGERS


def test_making_the_first_vault_needs_a_list_of_words_but_no_heavy_module(tmp_path: Path) -> None:
    modules, kinds = held(PROGRAM, tmp_path)
    qt, _none = held(ONLY_QT, tmp_path)
    assert "panoh.ui.unlock.new_key_pages" in modules
    assert within(modules - qt, HEAVY) == set()
    assert not kinds & STRANGERS
