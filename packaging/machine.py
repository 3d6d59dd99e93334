"""What this machine lacks to run or build Panoh: found, fetched where that is allowed, and otherwise told in words.

Standard library only. Used by dev.py and build.py.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What Qt loads from the system (file name -> Debian package): first what every run needs, off screen too,
# then what a window under X11 needs besides. libxcb-cursor0 brings the other small xcb libraries.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# What pip and the libraries below it print when nothing answers.
NETWORK_SIGNS = re.compile(
    "NewConnectionError|Connect(ion)?Timeout|Read ?Timeout|[Rr]ead timed out|name resolution|[Cc]onnection refused"
    "|[Cc]onnection reset|[Nn]etwork is unreachable|ProxyError|SSLError|RemoteDisconnected|IncompleteRead"
    "|ProtocolError|connection broken"
)
APT_NETWORK_SIGNS = re.compile(
    "resolv|[Cc]ould not connect|[Ff]ailed to fetch|[Nn]etwork is unreachable|timed out|[Uu]nable to locate"
)
APT_LOCK_SIGNS = re.compile("[Cc]ould not get lock|is another process using it")


class MissingError(Exception):
    """Something is missing that this script cannot mend; its text tells the person what, and what to do."""


def say(text: str) -> None:
    """Tell the person what is being done, at once even when the output is a pipe."""
    print(text, flush=True)


# The system's packages


def loads(file_name: str) -> bool:
    """True when the system's loader finds this shared library."""
    try:
        ctypes.CDLL(file_name)
    except OSError:
        return False
    return True


def missing_packages(
    present: Callable[[str], bool] = loads, find_module: Callable[[str], object] = importlib.util.find_spec
) -> list[str]:
    """Debian packages that are not there: Qt's libraries, and the half of venv that Debian keeps apart."""
    packages = [package for file_name, package in QT_LIBRARIES.items() if not present(file_name)]
    if not (find_module("venv") and find_module("ensurepip")):
        packages.append(f"python3.{sys.version_info.minor}-venv")
    return packages


def as_root() -> list[str] | None:
    """What to put before a command to run it as root without being asked for anything; None when that is refused."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and run_kept(["sudo", "-n", "true"])[0] == 0:
        return ["sudo", "-n"]
    return None


def apt_line(packages: list[str]) -> str:
    """The one line that installs these packages by hand."""
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def ensure_system_packages() -> None:
    """Install on Debian and Ubuntu what Qt and venv lack; raise MissingError where that may not or cannot be done."""
    packages = missing_packages() if sys.platform.startswith("linux") else []
    if not packages:
        return
    if not shutil.which("apt-get"):
        raise MissingError(
            f"Some system libraries are missing. On Debian their packages are called: {' '.join(packages)}.\n"
            "Install what your system calls them, then run this command again."
        )
    prefix = as_root()
    if prefix is None:
        raise MissingError(
            "Some system packages are missing. This line installs them; then run this command again:\n\n"
            f"    {apt_line(packages)}\n"
        )
    say(f"Installing system packages: {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    # Lists that could not be refreshed may still do: only the install decides.
    run_kept([*apt, "update"])
    code, output = run_kept([*apt, "install", "-y", "--no-install-recommends", *packages])
    still = missing_packages()
    if code != 0 or still:
        raise MissingError(apt_problem(still or packages, output))


def apt_problem(packages: list[str], output: str) -> str:
    """What went wrong when apt-get failed, and what to do."""
    if APT_NETWORK_SIGNS.search(output):
        reason = "The network is down, or the package servers do not answer: they could not be fetched."
    elif APT_LOCK_SIGNS.search(output):
        reason = "Another program is installing packages at this moment."
    else:
        reason = f"The installer's last words:\n\n{last_lines(output)}\n"
    return (
        f"These system packages could not be installed: {' '.join(packages)}.\n{reason}\n"
        "What was there is unchanged. Run this command again later, or install them yourself:\n\n"
        f"    {apt_line(packages)}\n"
    )


# The Python environment


def venv_python(venv: Path) -> Path:
    """The interpreter inside a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_of(lock: Path) -> str:
    """What an environment is made from, one a line: the lock, the Python and the place."""
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()}\nPython {sys.version.split()[0]}\n{ROOT}\n"


def ensure_venv(venv: Path, lock: Path) -> Path:
    """Make the environment, or bring it to what the lock says; its interpreter. Raises MissingError."""
    python, stamp_file, stamp = venv_python(venv), venv / "panoh-stamp", stamp_of(lock)
    works = python.exists() and run_kept([str(python), "-m", "pip", "--version"])[0] == 0
    made_from = stamp_file.read_text(encoding="utf-8") if works and stamp_file.exists() else ""
    if made_from == stamp:
        return python
    if not works or (made_from and made_from.splitlines()[1:] != stamp.splitlines()[1:]):
        make_venv(venv)
    say(f"Installing what {lock.relative_to(ROOT)} lists (the first time this takes some minutes)")
    command = [str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    command += ["--require-hashes", "--only-binary=:all:", "--requirement", str(lock)]
    code, output = run_kept(command, tell=pip_step)
    if code != 0:
        raise MissingError(pip_problem(output))
    stamp_file.write_text(stamp, encoding="utf-8")
    return python


def make_venv(venv: Path) -> None:
    """An empty virtual environment, in place of whatever stood there."""
    say(f"Making {venv.relative_to(ROOT)}")
    # Started from inside an older environment, it must still grow from the Python below it.
    base = getattr(sys, "_base_executable", None) or sys.executable
    code, output = run_kept([base, "-m", "venv", "--clear", str(venv)])
    if code != 0:
        raise MissingError(f"{venv} could not be made. Python's last words:\n\n{last_lines(output)}")


def link_source(python: Path) -> None:
    """Put src/ on the environment's path, as an editable install would, without building anything."""
    _, place = run_kept([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    link, line = Path(place.strip()) / "panoh-src.pth", f"{ROOT / 'src'}\n"
    if not link.exists() or link.read_text(encoding="utf-8") != line:
        link.write_text(line, encoding="utf-8")


def pip_step(line: str) -> str | None:
    """The short line to show for a line of pip's output, or None."""
    collecting = re.match(r"Collecting ([\w.-]+)==([\w.]+)", line)
    if collecting:
        return f"  {collecting[1]} {collecting[2]}"
    if line.startswith("Installing collected packages"):
        return "  unpacking"
    if "Retrying (" in line:
        return "  no answer, trying again"
    return None


def pip_problem(output: str) -> str:
    """What went wrong when pip failed, for someone who has never heard of pip."""
    wanted = re.findall(r"satisfies the requirement ([\w.=-]+)", output)
    wanted = wanted or re.findall(r"Collecting ([\w.=-]+)", output)[-1:] or ["a package"]
    what = wanted[0]
    if "HASHES" in output:
        return (
            "A package arrived with other contents than the ones that were checked (its hash differs). Nothing was "
            "installed.\nRun this command again; if it happens once more, do not go on, and report it.\n\n"
            f"{last_lines(output)}"
        )
    if "No space left" in output:
        return f"The disk is full: {what} could not be stored. Make room and run this command again."
    if "CERTIFICATE_VERIFY_FAILED" in output:
        return (
            f"The package index answered with a certificate that Python does not trust: {what} could not be fetched.\n"
            "Where an office network reads the traffic, ask its IT for their certificate file and set PIP_CERT to it."
        )
    if NETWORK_SIGNS.search(output):
        return (
            f"The network is down, or the package index does not answer: {what} could not be fetched.\n"
            "What was fetched so far is kept. Run this command again when the network is back."
        )
    if "No matching distribution" in output:
        return (
            f"There is no ready-made package of {what} for this system and Python 3.{sys.version_info.minor}.\n"
            "Panoh runs on 64-bit Linux (glibc 2.34 or newer), Windows 10 or newer and macOS 13 or newer."
        )
    return f"The packages could not be installed. The installer's last words:\n\n{last_lines(output)}"


# Running


def run_kept(command: list[str], tell: Callable[[str], str | None] | None = None) -> tuple[int, str]:
    """Run a command without a terminal: its exit code and the end of what it printed. `tell` picks lines to show."""
    lines: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env=environment(LC_ALL="C.UTF-8"),  # the words below are searched in English
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            lines = [*lines[-400:], line.rstrip()]
            shown = tell(line.strip()) if tell else None
            if shown:
                say(shown)
    return process.returncode, "\n".join(lines)


def last_lines(text: str, count: int = 12) -> str:
    """The last lines of a text, set in."""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-count:])


def environment(**more: str) -> dict[str, str]:
    """This process's variables without those that would mix another Python's packages into ours, and with some more."""
    ours = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    return {**ours, "PYTHONNOUSERSITE": "1", **more}
