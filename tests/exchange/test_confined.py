"""What the processes that read somebody's files may not do, tried in one."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from panoh.exchange import confined

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems know such limits in part or not at all")
_PROBE = """
import os, socket, subprocess, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from panoh.exchange.confined import confine
theirs = Path(sys.argv[2])
confine(1 << 30, 300)
for name, attempt in {
    "memory": lambda: bytearray(2 << 30),
    "new file": lambda: (theirs.parent / "new").write_bytes(b"x"),
    "empty file": lambda: os.open(theirs.parent / "new", os.O_CREAT | os.O_WRONLY),
    "change": lambda: theirs.open("r+b"),
    "cut": lambda: os.truncate(theirs, 0),
    "remove": theirs.unlink,
    "move": lambda: theirs.rename(theirs.parent / "new"),
    "read": theirs.read_bytes,
    "list": lambda: os.listdir(theirs.parent),
    "socket": socket.socket,
    "pair": socket.socketpair,
    "program": lambda: subprocess.run([sys.executable, "-c", ""]),
}.items():
    try:
        attempt()
        print(name)
    except (OSError, MemoryError):
        pass
import openpyxl, python_calamine, PIL.Image
print("imports")
"""


def _knows_landlock() -> bool:
    try:
        return "landlock" in Path("/sys/kernel/security/lsm").read_text("ascii")
    except OSError:
        told = subprocess.run(
            [sys.executable, "-c", "import ctypes; print(ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1))"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return int(told.stdout) > 0


def test_no_file_no_network_no_program_and_little_memory(tmp_path: Path) -> None:
    theirs = tmp_path / "vault.key"
    theirs.write_bytes(b"key")
    source = str(Path(confined.__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-I", "-c", _PROBE, source, str(theirs)], capture_output=True, text=True, check=True
    )
    could = set(run.stdout.splitlines())
    assert "imports" in could
    assert not could & {"memory", "new file"}
    if platform.machine() in ("x86_64", "aarch64"):
        assert not could & {"socket", "pair", "program"}
    if _knows_landlock():
        assert could == {"imports"}
        assert theirs.read_bytes() == b"key"
