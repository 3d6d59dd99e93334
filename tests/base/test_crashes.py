"""A crash below Python is told at the next start, with places and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from panoh.base import logs

_CRASHES = """
import ctypes, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from panoh.base import logs

def shows_a_record(name):
    ctypes.string_at(0)

logs.note_crashes(Path(sys.argv[2]))
shows_a_record("Abdusamatova")
"""
_ASKS = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from panoh.base import logs
print(logs.note_crashes(Path(sys.argv[2])))
"""


def _asked(folder: Path) -> str:
    """What the next start is told, in a process of its own: the handler stays where it was set."""
    run = [sys.executable, "-I", "-c", _ASKS, _source(), str(folder)]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()


def _source() -> str:
    return str(Path(logs.__file__).parents[2])


def test_a_crash_is_told_once_without_folders_or_values(tmp_path: Path) -> None:
    program, folder = tmp_path / "program.py", tmp_path / "Gulnora" / "logs"
    program.write_text(_CRASHES, "utf-8")
    ended = subprocess.run([sys.executable, "-I", str(program), _source(), str(folder)], check=False)
    assert ended.returncode != 0
    report = _asked(folder)
    assert "program.py:8 shows_a_record < program.py:11 <module>" in report
    assert "Gulnora" not in report
    assert str(tmp_path) not in report
    assert _asked(folder) == ""


def test_what_somebody_else_put_there_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "crash.txt").write_text("Gulnora 1\n" * 1000 + "Fatal Python error: Aborted\nGulnora 2\n", "utf-8")
    assert _asked(tmp_path) == "Aborted"


def test_a_folder_that_cannot_be_written_costs_the_report_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert _asked(tmp_path / "file" / "logs") == ""
