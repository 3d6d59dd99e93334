"""Two hundred markers typed, everything used that leaves a file or could: whatever a program of ours opened to write, and
whatever lies on the disk afterwards, holds none of them but the vault and what somebody chose to take out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from tests import watching
from tests.conftest import PASSPHRASE
from tests.services.access_people import DOORS, seen
from tests.services.erasing_people import CASEWORKER, HEAD, SECOND, bring_in, desk_of, mark, office

from panoh.base import logs, paths
from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.person import IdentityDocument, Person
from panoh.services import (
    aside,
    attachments,
    backups,
    cards,
    cases,
    drafts,
    duplicates,
    erasing,
    imports,
    journal,
    key_sheets,
    matches,
    merging,
    papers,
    person_edit,
    recovery,
    seal,
    search,
    summaries,
    tracing,
    users,
    vault,
)
from panoh.services.records import keep
from panoh.services.vault import OpenVault

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders are set by XDG variables")
FOLDERS = ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "TMPDIR", "TEMP", "TMP")
LEAST = 200


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home, a temporary folder, a place for what is taken out."""
    for name in FOLDERS:
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "chosen").mkdir()
    return tmp_path


@pytest.fixture
def written(disk: Path) -> Iterator[list[str]]:
    """Every file that is opened to write."""
    del disk
    yield watching.begin()
    watching.end()


def test_nothing_typed_lies_anywhere_after_everything_was_used(
    disk: Path, written: list[str], clock: FixedClock
) -> None:
    logs.start(paths.logs_folder())
    chosen = disk / "chosen"
    with office(disk / "vault", clock) as opened:
        (first, some), (second, more) = bring_in(opened.desk), bring_in(opened.desk)
        markers = [*some, *more]
        for use in (_look, _ask, _take_out, _bring_in, _join_and_erase):
            markers += use(opened, first, second, chosen)
        opened.backup(disk / "stick")
        opened.backup()
        backups.drill(opened)
        newest = max((disk / "vault" / "backups").iterdir())
    _at_the_command_line(disk / "vault", chosen, markers)
    vault.restore(newest, disk / "restored", HEAD, PASSPHRASE, clock=clock)
    recovery.look(disk / "vault", HEAD, PASSPHRASE, clock=clock)
    logs.bug(ValueError(markers[0]))
    assert len(set(markers)) >= LEAST
    assert _found_in(disk, chosen, markers) == set()
    allowed = (
        disk / "vault",
        disk / "stick",
        disk / "restored",
        disk / "xdg_state_home",
        disk / "xdg_data_home",
        chosen,
    )
    assert written
    assert {
        path for path in written if not path.startswith((*map(str, allowed), "/dev/")) and ".pyc" not in path
    } == set()
    assert [path for path in (disk / "tmpdir").rglob("*") if path.is_file()] == []


def _look(opened: OpenVault, first: str, _second: str, _chosen: Path) -> list[str]:
    """Every door that reads, by everyone."""
    for name in (HEAD, SECOND, CASEWORKER):
        desk = desk_of(opened, name)
        with desk.reading() as reading:
            person = reading.get(Person, first)
        for door in DOORS.values():
            try:
                seen(door, desk, person)
            except (AppError, AssertionError, IndexError):  # some need an office of their own
                continue
    search.everything(opened.desk, person.family_name, 20)
    duplicates.sweep(opened.desk)
    journal.page(opened.desk, journal.Filter(), 0, 500)
    return []


def _ask(opened: OpenVault, first: str, second: str, _chosen: Path) -> list[str]:
    """Everything that takes words."""
    desk, said = opened.desk, [mark() for _ in range(12)]
    words = iter(said)
    cases.take(desk, first)
    cases.add_note(desk, first, next(words))
    cases.add_task(desk, first, next(words), desk.clock.now(), desk.user.id)
    seal.seal(desk, first, "whereabouts", {"text": next(words)})
    seal.seal(desk, first, "safe_contact", {"text": next(words), "who": next(words), "words": next(words)})
    for line in seal.lines(desk, first):
        if line.opens:
            seal.open_sealed(desk, line.id, next(words))
    drafts.keep(desk, new_id(), "family", {"rows": [{"name": next(words)}]})
    view = person_edit.opened(desk, first).view
    keep(desk, IdentityDocument(id=new_id(), person_id=first, kind="passport", document_no=next(words), state="lost"))
    duplicates.decide(desk, first, second, "different", next(words))
    assert view.person.id == first
    return said


def _take_out(opened: OpenVault, first: str, _second: str, chosen: Path) -> list[str]:
    """Papers, cards, photos: into the folder that somebody chose, and nowhere else."""
    desk, said = opened.desk, [mark() for _ in range(6)]
    for level in ("supervisor", "carry", "named"):
        wanted = summaries.Wanted(level=level, reason=said[0], recipient=said[1])
        wanted, _open = summaries.answer_all(desk, first, wanted, because=said[1])
        made = summaries.export_case(desk, first, wanted)
        vault.write_file(chosen / f"{level}.pdf", made.pdf)
    vault.write_file(chosen / "sheet.pdf", key_sheets.export_sheet(desk, printed=True, reason=said[2]).pdf)
    vault.write_file(chosen / "cards.pdf", cards.issue(desk, [first]).pdf)
    with pytest.raises(AppError):
        papers.letter(desk, first, "authorities", office=said[3], plain=True, reason=said[3])
    photo = chosen / f"{said[4]}.png"
    Image.new("RGB", (300, 200), "red").save(photo)
    attached, _changes = attachments.add_picture(desk, first, photo, title=said[5])
    vault.write_file(chosen / "photo.jpg", attachments.give_out(desk, attached.id, said[5]).content)
    return said


def _bring_in(opened: OpenVault, _first: str, _second: str, chosen: Path) -> list[str]:
    """A list with rows that are refused, and the file of those."""
    desk, said = opened.desk, [mark() for _ in range(8)]
    path = chosen / "list.csv"
    rows = [f"{n},{word},{'F' if n % 2 else 'nobody'}" for n, word in enumerate(said)]
    path.write_text("person_id,given_name,sex\n" + "\n".join(rows), "utf-8")
    result = imports.import_people(desk, path, imports.Options())
    assert result.added
    assert result.refused
    imports.write_refused(result, chosen / "refused.csv")
    return said


def _join_and_erase(opened: OpenVault, first: str, second: str, _chosen: Path) -> list[str]:
    desk, other, why = opened.desk, desk_of(opened, SECOND), mark()
    merge, _changes = merging.merge(desk, first, second)
    merging.undo(desk, merge.id)
    aside.set_aside(desk, second, why)
    aside.bring_back(desk, second)
    request = tracing.page(desk, 0, 10)[0]
    matches.reject(desk, request.id, first, why)
    erasing.ask(desk, second, "asked")
    asked = next(one for one in erasing.waiting(other) if one.erasure.subject_id == second)
    found = erasing.mentioned(other, second)
    erasing.agree(other, asked.erasure.id, {}, [place.key for place in found.places])
    users.add(opened, why, f"{PASSPHRASE} {why}", "caseworker")
    return [why]


def _at_the_command_line(place: Path, chosen: Path, markers: list[str]) -> None:
    """The same vault by panoh-cli, whose output goes through a pipe."""
    phrase = chosen / "phrase"
    phrase.write_text(PASSPHRASE, "utf-8")
    environment = {
        **os.environ, "PANOH_VAULT": str(place), "PANOH_USER": HEAD, "PANOH_PASSPHRASE_FILE": str(phrase),
    }  # fmt: skip
    for arguments in (
        ("people", markers[0], "--json"), ("triage", "--json"), ("duplicates", "--json"), ("journal", "--json"),
        ("tracing", "matches", "--json"), ("report", "case", markers[0]), ("people", "--vault", markers[1]),
    ):  # fmt: skip
        run = subprocess.run(
            [sys.executable, "-m", "panoh.cli", *arguments],
            capture_output=True, text=True, check=False, env=environment, cwd=place.parent,
        )  # fmt: skip
        assert "Traceback" not in run.stderr
        assert run.returncode in (0, 1), (arguments, run.stderr)
        for line in run.stdout.splitlines()[:5]:
            json.loads(line)


def _found_in(disk: Path, chosen: Path, markers: list[str]) -> set[Path]:
    forms = [form for word in markers for form in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))]
    searched = [path for path in disk.rglob("*") if path.is_file() and not path.is_relative_to(chosen)]
    assert len(searched) > 10
    named = {path for path in disk.rglob("*") if any(word in path.name for word in markers) and path.parent != chosen}
    return named | {
        path for path in searched for content in [path.read_bytes()] if any(form in content for form in forms)
    }
