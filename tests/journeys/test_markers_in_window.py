"""Two hundred words typed into the window, saved where that is possible, and locked: none is found outside the vault."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from anyascii import anyascii
from PIL import Image
from tests.conftest import CHEAP, PASSPHRASE
from tests.journeys.marking_hands import STEM
from tests.journeys.marking_process import USER

from panoh.base.clock import Clock
from panoh.services import users, vault
from panoh.store import keys
from panoh.store.engine import connect
from panoh.store.folder import VaultFolder

ROOT = Path(__file__).resolve().parents[2]
LEAST, LEAST_SAVED = {1: 200, 2: 250}, 60  # by rounds
LONGEST = 540  # seconds, on a machine that does much else
# Where markers must have been typed, whatever else there is: a walk that no longer gets there finds nothing either.
PLACES = (
    "family:", "grid,", "one person:", "record, Identity", "record, Needs", "record, Case", "record, Consent", "record, Files",
    "record, Sealed", "Move to another household", "Search people", "Search families", "Set another level", "Look for someone",
    "Sites, Sites", "Border points", "Movements", "Reports", "Settings, Settings", "Erasure", "Journal", "find box",
)  # fmt: skip
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders are set by XDG variables")


@dataclass(frozen=True, slots=True)
class Told:
    """What the process tells of itself, and all that it said besides."""

    typed: Mapping[str, str]
    titles: Sequence[str]
    clipboard: Sequence[str]
    pressed: Sequence[str]
    written: Sequence[str]
    said: str


@pytest.mark.parametrize("rounds", [1, pytest.param(2, marks=pytest.mark.soak)])
def test_markers_typed_into_every_field_stay_in_the_vault(computer: Path, rounds: int) -> None:
    """The second round meets what the first one made: it takes as long again, and is for the soak."""
    told = _type_everywhere(computer, rounds)
    assert len(told.typed) >= LEAST[rounds]
    assert [place for place in PLACES if not any(place in where for where in told.typed.values())] == []
    saved = _kept(computer / "vault", told.typed)

    assert len(saved) >= LEAST_SAVED, saved
    assert found_in(computer) == set()
    assert [title for title in told.titles if title not in ("", "Panoh")] == []
    assert [held for held in told.clipboard if held] == []
    assert not any(form in told.said.encode() for form in _forms())
    allowed = tuple(str(computer / name) for name in ("vault", "chosen", "xdg_state_home", "xdg_data_home"))
    assert [path for path in told.written if not path.startswith((*allowed, "/dev/", "/proc/self"))] == []
    assert [path for path in (computer / "tmpdir").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("form", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["xdg_cache_home/thumbnails/1.png", "home/.local/share/recently-used.xbel"])
def test_the_look_at_the_disk_finds_a_marker(computer: Path, name: str, form: str) -> None:
    path = computer / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\0\1" + f"{STEM}0001zz".lower().encode(form))
    assert found_in(computer) == {path}


def test_the_look_at_the_disk_finds_a_marker_in_a_name(computer: Path) -> None:
    path = computer / "tmpdir" / f"{STEM}0001zz.pdf"
    path.touch()
    assert found_in(computer) == {path}


def found_in(computer: Path) -> set[Path]:
    """Files outside of the chosen folder that hold or are called a marker, in any writing of it."""
    chosen = computer / "chosen"
    everything = [path for path in computer.rglob("*") if not path.is_relative_to(chosen)]
    named = {path for path in everything if any(form in os.fsencode(path.name) for form in _forms())}
    files = ((path, path.read_bytes()) for path in everything if path.is_file())
    return named | {path for path, content in files if any(form in content for form in _forms())}


def _forms() -> Sequence[bytes]:
    """The beginning that all markers have, as different programs would write it."""
    words = {form for word in (STEM, anyascii(STEM)) for form in (word, word.lower(), word.upper())}
    return [word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "utf-16-be")]


def _type_everywhere(computer: Path, rounds: int) -> Told:
    """Run the process on a new vault; it must come to its end."""
    _prepare(computer)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [
        sys.executable,
        "-m",
        "tests.journeys.marking_process",
        str(computer / "vault"),
        str(computer / "chosen"),
        str(rounds),
    ]
    run = subprocess.run(
        command, env=environment, cwd=computer, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    assert run.returncode == 0, run.stderr[-4000:]
    assert "Traceback" not in run.stderr, run.stderr[-4000:]
    *before, last = run.stdout.splitlines()
    return Told(**json.loads(last), said="\n".join([*before, run.stderr]))


def _prepare(computer: Path) -> None:
    """A vault with three users, and files to bring in."""
    place, chosen = computer / "vault", computer / "chosen"
    with vault.create(place, USER, PASSPHRASE, clock=Clock(), device="KX7", kdf=CHEAP).open as opened:
        users.add(opened, "gulnara", PASSPHRASE, "supervisor", one_time=False)
        users.add(opened, "feruza", PASSPHRASE, "caseworker", one_time=False)
    chosen.mkdir()
    Image.new("RGB", (300, 200), "red").save(chosen / "photo.png")
    rows = f"person_id,given_name,sex\n1,{STEM}9001zz,F\n2,{STEM}9002zz,nobody\n"
    (chosen / "list.csv").write_text(rows, "utf-8")


def _kept(place: Path, typed: Mapping[str, str]) -> set[str]:
    """The markers that a record holds: not only a draft, the search or the journal."""
    folder = VaultFolder(place)
    with closing(connect(folder.db, keys.unlock(folder, USER, PASSPHRASE).key)) as store:
        names = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        records = [name for name in names if not name.startswith(("draft", "journal", "find", "name_key"))]
        told = "\n".join(str(row) for name in records for row in store.execute(f'SELECT * FROM "{name}"').fetchall())
    return {word for word in typed if word in told}
