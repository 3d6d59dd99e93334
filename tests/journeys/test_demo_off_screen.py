"""The demo without a display, as `packaging/dev.py demo` starts it: it leaves a case summary and a picture of the window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_leaves_a_paper_and_a_picture(tmp_path: Path) -> None:
    places = {name: str(tmp_path / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR")}
    for place in places.values():
        Path(place).mkdir()
    left = tmp_path / "left"
    ran = subprocess.run(
        [sys.executable, "-m", "panoh.app", "--demo", "--off-screen", str(left)],
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT / "src")},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert (left / "case-summary.pdf").read_bytes().startswith(b"%PDF-")
    assert (left / "window.png").stat().st_size > 20_000
    assert str(left / "case-summary.pdf") in ran.stdout
    assert list(Path(places["TMPDIR"]).rglob("*panoh*")) == []  # the throw-away vault is thrown away
