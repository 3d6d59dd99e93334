"""Where files go, and what a process leaves behind."""

from __future__ import annotations

import subprocess
import sys

import pytest

GUARDED = """
import os, resource
from panoh.base.paths import guard_process
guard_process()
assert os.umask(0) == 0o077
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither")
def test_a_guarded_process_writes_for_its_user_alone_and_dumps_no_core() -> None:
    subprocess.run([sys.executable, "-c", GUARDED], check=True)
