"""The rules of the house, kept by the tests: layers, style, types, sizes, and what must not stand in any file."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_FILE = 380
LONGEST_FUNCTION = 40


def run(*command: str) -> str:
    """Run a checker of this environment in the checkout; it must be content."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tracked() -> list[Path]:
    """The files of the project, without what git ignores."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [path for name in listed.stdout.decode().split("\0") if (path := ROOT / name).is_file()]


def test_imports_keep_to_the_layers() -> None:
    from importlinter import configuration
    from importlinter.cli import lint_imports

    configuration.configure()
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_ruff_finds_nothing() -> None:
    run("ruff", "check", "--no-cache", "src", "tests", "packaging")


def test_the_format_is_ruff_s() -> None:
    run("ruff", "format", "--no-cache", "--check", "src", "tests", "packaging")


def test_types_are_strict() -> None:
    run("mypy")


def lengths(path: Path) -> Iterator[tuple[str, int]]:
    """Lines of each function of a file, and of the file itself when it holds code and not just a table of data."""
    text = path.read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in functions:
        yield f"{path.name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1
    if functions or any(isinstance(node, ast.ClassDef) for node in nodes):
        yield path.name, len(text.splitlines())


def test_files_and_functions_fit_one_reading() -> None:
    # A migration is history: it is as long as the schema was.
    sizes = [size for path in SOURCES if path.parent.name != "versions" for size in lengths(path)]
    assert [(name, lines) for name, lines in sizes if lines > (LONGEST_FUNCTION if ":" in name else LONGEST_FILE)] == []


@pytest.mark.parametrize("folder", sorted(path for path in (ROOT / "resources").iterdir() if path.is_dir()), ids=str)
def test_every_folder_of_resources_says_who_may_edit_it(folder: Path) -> None:
    assert (folder / "README.md").is_file()


def test_resources_hold_no_code() -> None:
    assert not list((ROOT / "resources").rglob("*.py"))


def test_nothing_in_the_package_opens_a_connection() -> None:
    networking = re.compile(
        r"\bQtNetwork\b|\bQWebEngine|\bQDesktopServices\b|^\s*(?:import|from) (?:socket|http|urllib)\b", re.MULTILINE
    )
    found = [path for path in SOURCES if networking.search(path.read_text(encoding="utf-8"))]
    assert not found


def test_the_licence_is_there_and_is_the_one_that_is_declared() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_locks_name_hashes_and_no_index() -> None:
    for lock in (ROOT / "packaging").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9._-]+==", text, re.MULTILINE)
        hashed = re.findall(r"^[a-z0-9._-]+==.*\\\n    --hash=sha256:", text, re.MULTILINE)
        assert pinned
        assert len(pinned) == len(hashed)
        assert "://" not in text
        assert "--index" not in text


def test_both_locks_agree() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))

    tested, built = pins("requirements.lock"), pins("build.lock")
    assert {name: built[name] for name in built.keys() & tested.keys()} == {
        name: tested[name] for name in built.keys() & tested.keys()
    }
    assert {"pyside6-essentials", "sqlcipher3", "reportlab"} <= built.keys() & tested.keys()


def test_no_file_names_a_machine_or_a_registry() -> None:
    # Written apart, so that this file does not find itself.
    words = ["/wo" + "rk/", "/ro" + "ot/.", "/ho" + "me/us" + "er", "files.python" + "hosted", "pypi" + ".org/simple"]
    words += ["registry" + ".npmjs", "deb." + "debian.org", "index" + "-url =", "extra-index" + "-url"]
    unwanted = re.compile("|".join(re.escape(word) for word in words))
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data and unwanted.search(data.decode("utf-8", errors="replace")):
            found.append(str(path.relative_to(ROOT)))
    assert not found


def test_no_file_is_there_by_mistake() -> None:
    leftovers = re.compile(r"\.(orig|rej|bak|swp|pyc|db|vault|log)$|~$")
    found = [
        name for path in tracked() if leftovers.search(name := str(path.relative_to(ROOT))) and "tests/data" not in name
    ]
    assert not found
