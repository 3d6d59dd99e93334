"""Run Panoh from a checkout, on a machine that has nothing but Python.

python3 packaging/dev.py demo               the window on a throw-away vault of invented people
python3 packaging/dev.py test [ARGS]        the everyday tests; ARGS go to pytest
python3 packaging/dev.py bench [ARGS]       the benchmarks; ARGS go to tests.bench
python3 packaging/dev.py soak [ARGS]        the long tests; ARGS go to pytest
python3 packaging/dev.py properties [ARGS]  the property tests with ten times as many examples, new each time

What is missing is fetched first: .venv from packaging/requirements.lock, and on Debian and Ubuntu the
system libraries that Qt needs. Only Python itself must be there.
"""

# The standard library suffices here, and the syntax is that of Python 3.6, so that an old Python
# can still read this file and say what is needed. What a new enough Python does is in machine.py.

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
OFF_SCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def python_problem(version, find=shutil.which):
    """The sentence for a Python that is too old, or None; it names a newer one that stands ready beside it."""
    if tuple(version[:2]) >= NEEDED:
        return None
    sentence = f"Python {NEEDED[0]}.{NEEDED[1]} or newer is needed; this is {version[0]}.{version[1]}."
    for minor in range(NEEDED[1] + 9, NEEDED[1] - 1, -1):
        if find(f"python3.{minor}"):
            return f"{sentence} This machine has one: start the command with python3.{minor} instead of python3."
    return sentence


def display_answers():
    """True when a window can be shown here. On Linux a DISPLAY that is set may be a dead one, so it is asked."""
    if not sys.platform.startswith("linux") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answers


def command_for(action, arguments, display):
    """What the environment's Python is asked to run, and the variables that are set for it."""
    if action == "test":
        return ["-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments], OFF_SCREEN
    if action == "soak":
        return ["-m", "pytest", "-m", "soak", *arguments], OFF_SCREEN
    if action == "properties":
        variables = {"PANOH_EXAMPLES": "10", **OFF_SCREEN}
        return ["-m", "pytest", "-n", "2", "--dist", "load", "-m", "hypothesis and not soak", *arguments], variables
    if action == "bench":
        return ["-m", "tests.bench", *arguments], OFF_SCREEN
    if display:
        return ["-m", "panoh.app", "--demo", *arguments], {}
    return ["-m", "panoh.app", "--demo", "--off-screen", str(ROOT / "build" / "demo"), *arguments], OFF_SCREEN


def run(action, arguments):
    """Prepare this machine, then do what was asked; the exit code."""
    import machine

    machine.ensure_system_packages()
    python = machine.ensure_venv(ROOT / ".venv", ROOT / "packaging" / "requirements.lock")
    machine.link_source(python)
    display = action != "demo" or display_answers()
    if not display:
        print("There is no display here: the demo does its work off screen.", flush=True)
        (ROOT / "build" / "demo").mkdir(parents=True, exist_ok=True)
    command, variables = command_for(action, arguments, display)
    command = [str(python), *command]
    env = machine.environment(**variables)
    os.chdir(str(ROOT))
    if os.name == "posix":
        # Taking this process's place, the program gets Ctrl+C itself and may finish its work.
        os.execve(command[0], command, env)
    return subprocess.run(command, env=env, check=False).returncode


def main(argv):
    """Do what the arguments ask; the exit code. Whatever is missing is told in words, never as a traceback."""
    problem = python_problem(sys.version_info)
    if problem:
        print(problem, file=sys.stderr)
        return 1
    if not argv or argv[0] not in ("demo", "test", "bench", "soak", "properties"):
        print(__doc__.strip())
        return 0 if argv[:1] in (["-h"], ["--help"]) else 2
    import machine

    try:
        return run(argv[0], argv[1:])
    except machine.MissingError as missing:
        print(f"\n{missing}", file=sys.stderr)
    except OSError as error:
        print(f"\nThis could not be written or started: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. What was fetched so far is kept.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
