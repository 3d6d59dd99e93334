"""Where things are: the product's own resources, and the user's data outside of it."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path, user_log_path

APP = "Panoh"


@lru_cache(maxsize=1)
def _resources() -> Path:
    here = Path(__file__).resolve()
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen) / "resources"] if frozen else []
    places += [here.parents[1] / "_resources", here.parents[3] / "resources"]
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError("resources folder")


def resource(relative: str) -> Path:
    """The path of a file or folder under resources/, from source, from a wheel or from an installer."""
    return _resources() / relative


def vaults_folder() -> Path:
    """Default home of vaults on this computer (not made here)."""
    return user_data_path(APP, appauthor=False) / "vaults"


def settings_file() -> Path:
    """Device settings that hold nothing about people: theme, text size, last vault."""
    return user_data_path(APP, appauthor=False) / "settings.toml"


def logs_folder() -> Path:
    """Where the log files go (nothing about people is ever written there)."""
    return user_log_path(APP, appauthor=False)


def private_folder(path: Path) -> Path:
    """Make a folder (and its parents) that only this user may enter, and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def guard_process() -> None:
    """Files made from now on are for this user alone, and a crash writes no memory to the disk; called first by both programs."""
    if hasattr(os, "umask"):
        os.umask(0o077)
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
