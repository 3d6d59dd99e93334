"""The command line as IT uses it: its exit codes, its JSON lines, its words; started as it is, where the start matters."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pikepdf
import pytest

from panoh import cli
from panoh.base import paths
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Case, Export
from panoh.services import imports
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family

PASSPHRASE = "apricot ladder seven rivers"


def _started(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run panoh-cli as it is started."""
    return subprocess.run(
        [sys.executable, "-m", "panoh.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(env or {})},
    )


def _run(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run panoh-cli in this process: a start takes longer than what it does. A traceback would come through."""
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, env or {}),
        patch.object(sys, "argv", ["panoh-cli"]),
        patch.object(paths, "guard_process"),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main(list(arguments))
    return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault made by the command line, and beside it a list of three people."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "phrase").write_text(PASSPHRASE + "\n", "utf-8")
    made = _run(
        "vault",
        "create",
        str(folder / "vault"),
        "--user",
        "anna",
        "--passphrase-file",
        str(folder / "phrase"),
        "--json",
    )
    assert made.returncode == 0, made.stderr
    assert len(json.loads(made.stdout)["recovery"]) > 30
    rows = [
        {"person_id": "A", "given_name": "Илҳом", "family_name": "Сатторқуллиев", "sex": "M", "birth_date": "1972",
         "fled_from": "KG", "country_now": "KG", "intends_to_go": "UZ", "feared_country": "UZ", "needs": ""},
        {"person_id": "B", "given_name": "Лола", "sex": "F", "birth_date": "1990-01-01", "fled_from": "KG", "feared_country": "KG", "needs": ""},
        {"person_id": "C", "given_name": "Лола", "sex": "F", "birth_date": "2011-02-29", "needs": ""},
    ]  # fmt: skip
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


@pytest.fixture(scope="module")
def imported(made: Path) -> subprocess.CompletedProcess[str]:
    """What the command line says when it brings the list in."""
    return _run("import", "people", str(made / "people.csv"), "--json", env=_env(made))


@pytest.fixture(scope="module")
def place(made: Path, imported: subprocess.CompletedProcess[str]) -> Path:
    """Where the vault lies, with the people of the list in it."""
    assert imported.returncode == 0
    return made


def _env(place: Path) -> dict[str, str]:
    return {"PANOH_VAULT": str(place / "vault"), "PANOH_USER": "anna", "PANOH_PASSPHRASE_FILE": str(place / "phrase")}


def test_the_way_of_a_list_through_the_command_line(place: Path, imported: subprocess.CompletedProcess[str]) -> None:
    env = _env(place)
    assert json.loads(imported.stdout) == {"added": 2, "updated": 0, "refused": 1, "warnings": 0}
    assert "row 4" in imported.stderr
    found = [
        json.loads(line) for line in _started("people", "Ilhom Sattorqulliyev", "--json", env=env).stdout.splitlines()
    ]
    assert [line["external_id"] for line in found] == ["A"]
    queue = [json.loads(line) for line in _started("triage", "--json", env=env).stdout.splitlines()]
    assert (queue[0]["external_id"], queue[0]["level"], queue[0]["reasons"][0]["rule"]) == ("A", "critical", "T02")
    made = _started("report", "case", queue[0]["number"], "--out", str(place), env=env)
    assert made.returncode == 0, made.stderr
    password = made.stderr.strip().rsplit(": ", 1)[1]
    with pikepdf.open(made.stdout.strip(), password=password) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
    assert _started("vault", "check", env=env).returncode == 0


def test_who_was_registered_twice_is_listed_with_reasons(place: Path) -> None:
    env = _env(place)
    rows = [
        {
            "person_id": "D1",
            "given_name": "Anvar",
            "family_name": "Tursunqulov",
            "sex": "M",
            "birth_date": "2001-02-05",
        },
        {
            "person_id": "D2",
            "given_name": "Анвар",
            "family_name": "Турсункулов",
            "sex": "M",
            "birth_date": "2001-05-02",
        },
    ]
    with (place / "twice.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert _run("import", "people", str(place / "twice.csv"), env=env).returncode == 0
    (told,) = [json.loads(line) for line in _run("duplicates", "--json", env=env).stdout.splitlines()]
    assert {told["a"]["external_id"], told["b"]["external_id"]} == {"D1", "D2"}
    assert told["score"] > 40
    assert "Birth: day and month swapped" in told["reasons"]


def test_a_caseworker_reads_no_restricted_reason_and_no_clock_of_one(place: Path) -> None:
    (place / "other phrase").write_text("olma daryo bulut qalam", "utf-8")
    rows = [
        {"person_id": "E1", "feared_country": "UZ", "legal_status": "previously recognised"},
        {"person_id": "E2", "extradition_requested": "yes", "legal_status": "asylum seeker"},
        {"person_id": "E3", "needs": "SV-VF"},
    ]
    same = {"given_name": "Нигора", "sex": "F", "birth_date": "1980-01-01", "country_now": "UZ", "needs": "PX-PR"}
    with (place / "exiles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*same, "person_id", "feared_country", "legal_status", "extradition_requested"])
        writer.writeheader()
        writer.writerows({**same, **row} for row in rows)
    env = _env(place)
    assert _run("import", "people", str(place / "exiles.csv"), env=env).returncode == 0
    added = _run("vault", "add-user", "bahodir", "--new-passphrase-file", str(place / "other phrase"), env=env)
    assert added.returncode == 0, added.stderr
    handed = env | {"PANOH_USER": "bahodir", "PANOH_PASSPHRASE_FILE": str(place / "other phrase")}
    refused = _run("triage", "--json", env=handed)
    assert (refused.returncode, refused.stdout) == (1, "")
    (place / "own phrase").write_text("tog' shamol kitob anor", "utf-8")
    own = str(place / "own phrase")
    assert _run("user", "passphrase", "--new-passphrase-file", own, env=handed).returncode == 0
    other = handed | {"PANOH_PASSPHRASE_FILE": own}
    told = [json.loads(line) for line in _run("triage", "--json", env=other).stdout.splitlines()]
    mine = [line for line in told if line["external_id"].startswith("E")]
    assert [reason for line in mine for reason in line["reasons"] if not reason["rule"].startswith("T1")] == [
        {"rule": "", "text": "Restricted reason"}
    ] * 3
    assert len({(line["level"], line["due"]) for line in mine}) == 1
    for line in _run("people", "Нигора", "--json", env=other).stdout.splitlines():
        assert set(json.loads(line)) == {"number", "external_id", "name", "score"}
    theirs = [json.loads(line) for line in _run("triage", "--json", env=env).stdout.splitlines()]
    assert len({line["due"] for line in theirs if line["external_id"].startswith("E")}) > 1


def test_words_instead_of_tracebacks(place: Path) -> None:
    (place / "wrong").write_text("not the phrase at all", "utf-8")
    (place / "empty").write_text("\n", "utf-8")
    (place / "long").write_text("я" * 64, "utf-8")
    papers = list(place.rglob("*.pdf*"))
    for arguments in (
        ["people", "--passphrase-file", str(place / "wrong")],
        ["people", "--vault", str(place / "nowhere")],
        ["import", "people", str(place / "missing.csv")],
        ["import", "people", str(place / "people.csv"), "--map", "a=b"],
        ["import", "people", str(place / "people.csv"), "--strict"],
        ["report", "case", "XX"],
        ["report", "case", "A", "--level", "named"],
        ["report", "case", "A", "--plain"],
        ["report", "case", "A", "--level", "loud"],
        ["report", "case", "A", "--language", "ru"],
        ["report", "case", "A", "--out", str(place / "nowhere" / "a.pdf")],
        ["report", "case", "A", "--pdf-passphrase-file", str(place / "empty")],
        ["report", "case", "A", "--pdf-passphrase-file", str(place / "long")],
        ["vault", "backup", str(place / "phrase")],
        ["vault", "create", str(place / "vault")],
        ["vault", "create", str(place / "other"), "--device", "KX7KX7"],
        ["vault", "create", str(place / "other"), "--user", " "],
    ):
        told = _run(*arguments, env=_env(place))
        assert told.returncode == 1, (arguments, told.stderr)
        assert told.stderr.strip().count(". ") >= 1 or "user name" in told.stderr, told.stderr
        assert told.stdout == ""
    assert not (place / "other").exists()
    assert list(place.rglob("*.pdf*")) == papers


def test_who_and_which_vault_may_stand_before_the_command(place: Path) -> None:
    common = ["--vault", str(place / "vault"), "--user", "anna", "--passphrase-file", str(place / "marked")]
    (place / "marked").write_text(PASSPHRASE + "\r\n", "utf-8-sig")  # as Notepad saves it
    before, after = _run(*common, "vault", "check", "--json"), _run("vault", "check", "--json", *common)
    assert before.returncode == after.returncode == 0, before.stderr
    assert before.stdout == after.stdout


def test_papers_and_backups_tell_where_they_are(place: Path) -> None:
    env = _env(place)
    password = place / "password"
    password.write_text("x" * 127, "utf-8")
    paper = _run("report", "case", "A", "--level", "carry", "--pdf-passphrase-file", str(password),
                 "--out", str(place / "carry.pdf"), "--json", env=env)  # fmt: skip
    told = json.loads(paper.stdout)
    assert (told["file"], told["level"], paper.stderr) == (str(place / "carry.pdf"), "carry", "")
    pikepdf.open(told["file"], password="x" * 127).close()
    backup = json.loads(_run("vault", "backup", str(place / "backups"), "--json", env=env).stdout)["backup"]
    restored = _run("vault", "restore", backup, str(place / "restored"), env=env)
    assert (restored.returncode, restored.stdout) == (0, "")


def test_a_list_of_somebody_else_at_the_command_line(place: Path) -> None:
    env, path, refused = _env(place), place / "their list.csv", place / "refused.csv"
    path.write_text("Список;;;\n№;Имя;Пол;Рождён\n7;Лола;F;03/04/1980\n8;Азиз;Q;05/06/2001\n", "utf-8")
    columns = ["--map", "№=person_id", "--map", "Имя=given_name", "--map", "Пол=sex", "--map", "Рождён=birth_date"]
    common = ["import", "people", str(path), "--rows-before", "1", "--json"]
    tried = _run(
        *common, *columns, "--dates", "birth_date=month-first", "--dry-run", "--refused", str(refused), env=env
    )
    assert json.loads(tried.stdout) == {"added": 1, "updated": 0, "refused": 1, "warnings": 0}, tried.stderr
    assert "Panoh: why it was refused,№,Имя" in refused.read_text("utf-8-sig")
    assert "in clear" in tried.stderr
    unknown = _run(*common, "--as-before", env=env)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    kept = _run(*common, *columns, "--dates", "birth_date=month-first", env=env)
    assert json.loads(kept.stdout)["added"] == 1
    again = _run(*common, "--as-before", env=env)
    assert json.loads(again.stdout) == {"added": 0, "updated": 1, "refused": 1, "warnings": 0}, again.stderr
    for wrong in (["--dates", "birth_date=backwards"], ["--dates", "sex=day-first"], ["--map", "Имя=shoe"]):
        assert _run(*common, *wrong, env=env).returncode == 1


def test_ctrl_c_in_an_import_is_told_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_arguments: object) -> imports.Result:
        raise KeyboardInterrupt

    monkeypatch.setattr(imports, "import_people", stopped)
    with pytest.raises(AppError) as told:
        imports.bring_in_as_typed(desk, imports.ListKind.PEOPLE, Path("people.csv"), imports.Typed())
    assert told.value.code == "import.interrupted"


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["import", "people"], ["vault", "create"], ["people", "--limit", "0"]]
)
def test_wrong_usage_is_two(arguments: list[str]) -> None:
    assert _started(*arguments).returncode == 2


def test_version_and_self_check() -> None:
    assert _started("--version").stdout.startswith("panoh ")
    checked = _started("self-check")
    assert checked.returncode == 0, checked.stderr
    assert len(checked.stdout.splitlines()) >= 8


def test_a_paper_with_words_that_give_away_is_refused_left_out_or_kept(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    person = save_family(desk, FamilyForm(rows=(FamilyRow(name="Каримов Азиз", sex="M", relation="head"),))).people[0]
    keep(desk, Case(id=new_id(), person_id=person.id, wish="Not to Ўзбекистонга"))

    @contextmanager
    def opened(*_arguments: object) -> Iterator[object]:
        yield SimpleNamespace(desk=desk)

    monkeypatch.setattr(cli, "open_vault", opened)

    def report(*more: str) -> int:
        monkeypatch.setattr(sys, "argv", ["panoh-cli"])
        with pytest.raises(SystemExit) as ended:
            cli.main(["report", "case", person.number, "--out", str(tmp_path), *more])
        return int(ended.value.code or 0)

    assert report() == 1
    told = capsys.readouterr()
    assert "A State: “Ўзбекистонга” (wish)" in told.err
    assert told.out == ""
    assert not list(tmp_path.glob("*.pdf"))
    assert report("--leave-out") == 0
    assert report("--keep-because", "The reader knows", "--plain", "--reason", "No computer there") == 0
    assert len(list(tmp_path.glob("*.pdf"))) == 2
    with desk.reading() as reading:
        reasons = sorted(export.reason for export in reading.all(Export))
    assert reasons == ["", "No computer there; A State kept (wish): The reader knows"]
