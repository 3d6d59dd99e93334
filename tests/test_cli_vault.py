"""The vault's commands: every failure is one clear line and exit 1, wrong usage is 2, and nothing is changed by either."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from panoh import cli, terminal
from panoh.base import paths
from panoh.base.clock import Clock
from panoh.services import vault
from panoh.store import backup as backups
from tests.conftest import CHEAP, PASSPHRASE
from tests.store.small_vault import fill, flip, mounted

OTHER = "olma daryo bulut qalam"


@dataclass(frozen=True)
class Answer:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run panoh-cli in this process, without a terminal."""
    monkeypatch.setattr(paths, "guard_process", lambda: None)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    for name in ("PANOH_VAULT", "PANOH_USER", "PANOH_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)

    def command(*words: object) -> Answer:
        capsys.readouterr()
        code = 0
        try:
            cli.main([str(word) for word in words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Answer(code, *capsys.readouterr())

    return command


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a vault of anna's, passphrases good and bad, and a folder `full` that holds a letter."""
    vault.create(tmp_path / "vault", "anna", PASSPHRASE, clock=Clock(), kdf=CHEAP).open.close()
    for name, content in {"phrase": PASSPHRASE, "other": OTHER, "weak": "12345", "empty": ""}.items():
        (tmp_path / name).write_text(content + "\n", "utf-8")
    (tmp_path / "noise").write_bytes(b"\xff\xfeo\0l\0m\0a\0")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    return tmp_path


def who(place: Path, phrase: str = "phrase", user: str = "anna") -> list[object]:
    return ["--user", user, "--passphrase-file", place / phrase]


def mine(place: Path, phrase: str = "phrase", user: str = "anna") -> list[object]:
    return ["--vault", place / "vault", *who(place, phrase, user)]


def refused(answer: Answer, words: str) -> None:
    """Exit 1, one line with these words on standard error, no answer."""
    assert (answer.code, answer.out) == (1, ""), answer
    assert answer.err.count("\n") == 1, answer.err
    assert words in answer.err, answer.err
    assert "Traceback" not in answer.err


def test_what_is_refused_when_a_vault_is_made(run: Run, place: Path) -> None:
    before = sorted(place.iterdir())
    new = place / "new"
    for words, arguments in {
        "already something": [place / "vault", *who(place)],
        "something at this place": [place / "full", *who(place)],
        "may not read or write": [place / "phrase" / "vault", *who(place)],
        "too easy to guess": [new, *who(place, "weak")],
        "easy to guess": [new, *who(place, "empty")],
        "not found: nowhere": [new, *who(place, "nowhere")],
        "could be read from this file: noise": [new, *who(place, "noise")],
        "could be read from this file: full": [new, *who(place, "full")],
        "user name": [new, *who(place, user=" ")],
        "device code": [new, *who(place), "--device", "KL"],
    }.items():
        refused(run("vault", "create", *arguments), words)
    assert sorted(place.iterdir()) == before


def test_what_is_refused_of_a_vault_that_is_there(run: Run, place: Path) -> None:
    bob = ["vault", "add-user", "bob"]
    for words, arguments in {
        "no vault at this place": ["vault", "info", "--vault", place / "nowhere"],
        "no vault at": ["vault", "check", "--vault", place / "full", *who(place)],
        "do not open the vault": ["vault", "check", *mine(place, "other")],
        "not open the vault": ["vault", "check", *mine(place, user="bob")],
        "not found": ["vault", "check", *mine(place, "nowhere")],
        "too easy": [*bob, *mine(place), "--new-passphrase-file", place / "weak"],
        "was not found": [*bob, *mine(place), "--new-passphrase-file", place / "nowhere"],
        "no role called": [*bob, *mine(place), "--new-passphrase-file", place / "other", "--role", "boss"],
        "user name": ["vault", "add-user", " ", *mine(place), "--new-passphrase-file", place / "other"],
        "already a user": ["vault", "add-user", "Anna", *mine(place), "--new-passphrase-file", place / "other"],
        "may not read or write": ["vault", "backup", place / "phrase", *mine(place)],
    }.items():
        refused(run(*arguments), words)
    with vault.unlock(place / "vault", "anna", PASSPHRASE, clock=Clock()):
        refused(run("vault", "check", *mine(place)), "already open in another window")
        refused(run("vault", "restore", place / "vault", place / "new", *who(place)), "already open")
    assert run("vault", "check", *mine(place)).code == 0


def test_a_user_is_added_once_and_may_add_nobody(run: Run, place: Path) -> None:
    added = run("vault", "add-user", "bob", *mine(place), "--new-passphrase-file", place / "other", "--json")
    assert (added.code, json.loads(added.out)) == (0, {"user": "bob", "role": "caseworker"})
    refused(run("vault", "check", *mine(place, "other", "bob")), "handed to you")
    (place / "own").write_text("tog' shamol kitob anor", "utf-8")
    chosen = run("user", "passphrase", *mine(place, "other", "bob"), "--new-passphrase-file", place / "own")
    assert (chosen.code, chosen.out) == (0, "")
    refused(
        run("vault", "add-user", "eve", *mine(place, "own", "bob"), "--new-passphrase-file", place / "phrase"),
        "head of office",
    )
    assert run("vault", "check", *mine(place, "own", "bob")).code == 0
    refused(run("vault", "check", *mine(place, "other", "bob")), "do not open the vault")


def test_backup_and_restore(run: Run, place: Path) -> None:
    made = run("vault", "backup", place / "stick", *mine(place), "--json")
    backup = Path(json.loads(made.out)["backup"])
    back = place / "back"
    for words, arguments in {
        "already something": [backup, place / "full", *who(place)],
        "something at": [backup, place / "vault", *who(place)],
        "do not open": [backup, back, *who(place, "other")],
        "no vault at": [place / "stick", back, *who(place)],
        "vault at this place": [place / "nowhere", back, *who(place)],
        "may not read or write": [backup, place / "phrase" / "vault", *who(place)],
    }.items():
        refused(run("vault", "restore", *arguments), words)
    flip(backup / "vault.db", 9000)
    refused(run("vault", "restore", backup, back, *who(place)), "could not be read back")
    flip(backup / "vault.db", 9000)
    assert not back.exists()
    restored = run("vault", "restore", backup, back, *who(place), "--json")
    told = json.loads(restored.out)
    assert (restored.code, told["vault"], len(told["device"])) == (0, str(back), 4)
    assert run("vault", "check", "--vault", back, *who(place)).code == 0


def test_what_is_said_of_damage(run: Run, place: Path) -> None:
    key, mirror, db = (place / "vault" / name for name in ("vault.key", "vault.key.mirror", "vault.db"))
    good, store = key.read_bytes(), db.read_bytes()
    mirror.unlink()
    told = run("vault", "info", "--vault", place / "vault")
    assert "unlocking repairs" in told.out
    key.write_bytes(b"")
    told = run("vault", "info", "--vault", place / "vault", "--json")
    assert {name: json.loads(told.out)[name] for name in ("key_files_match", "key_files_whole")} == {
        "key_files_match": False,
        "key_files_whole": 0,
    }
    told = run("vault", "info", "--vault", place / "vault")
    assert (told.code, "put back vault.key from a backup" in told.out, "repairs" in told.out) == (0, True, False)
    refused(run("vault", "check", *mine(place)), "Both key files")
    key.write_bytes(good)
    db.write_bytes(store[:5000])
    assert "vault file is damaged" in run("vault", "check", *mine(place)).out
    refused(run("vault", "backup", place / "stick", *mine(place)), "vault file is damaged")
    for page in range(len(store) // 4096):
        db.write_bytes(store)
        flip(db, page * 4096 + 4000)
        found = run("vault", "check", *mine(place), "--json")
        assert (found.code, found.err.splitlines()) == (1, json.loads(found.out)["problems"])
    db.unlink()
    refused(run("vault", "check", *mine(place)), "no vault at this place")


@pytest.mark.skipif(sys.platform != "linux", reason="a place where nothing can be made")
def test_a_place_where_nothing_can_be_made(run: Run, place: Path) -> None:
    refused(run("vault", "create", "/proc/vault", *who(place)), "may not read or write")
    refused(run("vault", "backup", "/proc/stick", *mine(place)), "may not read or write")
    refused(run("vault", "restore", place / "vault", "/proc/vault", *who(place)), "may not read or write")


def test_a_full_disk(run: Run, place: Path) -> None:
    with mounted(place / "disk", "4m") as disk:
        vault.create(disk / "vault", "anna", PASSPHRASE, clock=Clock(), kdf=CHEAP).open.close()
        fill(disk)
        refused(run("vault", "create", disk / "new", *who(place)), "disk is full")
        refused(run("vault", "backup", disk / "stick", *mine(place)), "disk is full")
        refused(run("vault", "restore", place / "vault", disk / "back", *who(place)), "disk is full")
        theirs = ["--vault", disk / "vault", *who(place), "--new-passphrase-file", place / "other"]
        refused(run("vault", "add-user", "bob", *theirs), "disk is full")
        (disk / "filler").unlink()
        assert run("vault", "add-user", "bob", *theirs).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        "vault bogus",
        "vault create",
        "vault create new",
        "vault create new --user anna",
        "vault info",
        "vault check --user anna --passphrase-file phrase",
        "vault check --vault vault --passphrase-file phrase",
        "vault check --vault vault --user anna",
        "vault backup --vault vault --user anna --passphrase-file phrase",
        "vault backup stick --vault vault --user anna",
        "vault restore vault --user anna --passphrase-file phrase",
        "vault restore vault new",
        "vault restore vault new --user anna",
        "vault add-user --vault vault --user anna --passphrase-file phrase",
        "vault add-user bob --vault vault --user anna --passphrase-file phrase",
        "vault add-user bob --bogus",
    ],
)
def test_wrong_usage(run: Run, place: Path, arguments: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    before = sorted(place.iterdir())
    answer = run(*arguments.split())
    assert (answer.code, answer.out) == (2, "")
    assert sorted(place.iterdir()) == before


def test_which_passphrase_file_is_missing_is_said(run: Run, place: Path) -> None:
    assert "--new-passphrase-file" in run("vault", "add-user", "bob", *mine(place)).err


def test_a_passphrase_that_is_to_hold_from_now_on_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, bool]] = []

    def prompt(text: str, *, hide_input: bool, confirmation_prompt: bool, **_named: object) -> str:
        assert hide_input
        asked.append((text, confirmation_prompt))
        return PASSPHRASE

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", prompt)
    assert terminal.secret(None, "Passphrase") == terminal.secret(None, "New passphrase", new=True) == PASSPHRASE
    assert asked == [("Passphrase", False), ("New passphrase", True)]


def test_ctrl_c_is_told_in_words_and_leaves_nothing(run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_arguments: object) -> None:
        raise KeyboardInterrupt

    before = sorted(place.iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(backups, "read_back", stopped)
        refused(run("vault", "restore", place / "vault", place / "new", *who(place)), "Stopped")
    with monkeypatch.context() as patch:
        patch.setattr(vault, "refresh_due", stopped)
        patch.setattr(vault, "STANDARD", CHEAP)
        refused(run("vault", "create", place / "new", *who(place)), "Stopped")
    assert sorted(place.iterdir()) == before


def test_what_a_terminal_cannot_show_stops_nothing(run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, "ascii"))
    assert run("vault", "info", "--vault", place / "vault").code == 0
    sys.stdout.flush()
    assert b"key files" in shown.getvalue()
