"""panoh-cli vault exposed and hold-only."""

# ruff: noqa: F811 - the fixtures of the vault's other commands

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from panoh.base.clock import Clock
from panoh.services import journal, registration, sites, users, vault
from panoh.services.registration import FamilyForm, FamilyRow
from panoh.services.sites import SiteForm
from tests.conftest import CHEAP, PASSPHRASE
from tests.test_cli_vault import Answer, Run, mine, place, refused, run, who  # noqa: F401


@pytest.fixture
def backup(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of anna's vault with two people, and a caseworker's slot in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(place / "data"))
    monkeypatch.setenv("HOME", str(place))
    with vault.unlock(place / "vault", "anna", PASSPHRASE, clock=Clock()) as opened:
        desk = opened.desk
        school = sites.add(desk, SiteForm(name="School 14"))[0]
        sites.add(desk, SiteForm(name="Tents"))
        rows = (FamilyRow(name="Эргашева Дилноза", sex="F"), FamilyRow(name="Эргашев Улуғбек", sex="M"))
        registration.save_family(desk, FamilyForm(site_id=school.id, rows=rows))
        users.add(opened, "bakyt", PASSPHRASE, "caseworker", one_time=False)
        return opened.backup(place / "stick")


def made(run: Run, place: Path, *more: object) -> Answer:
    return run("vault", "exposed", place / "stick", *who(place), *more)


def test_the_list_is_written_with_its_password_told_once(run: Run, place: Path, backup: Path) -> None:
    answer = made(run, place, "--out", place / "full", "--json")
    assert answer.code == 0, answer
    told = json.loads(answer.out)
    assert (told["people"], told["backup"]) == (2, str(backup))
    assert told["groups"]["unknown"] == 2
    file = Path(told["file"])
    assert file.name == f"{told['export_no']}.pdf"
    password = answer.err.rstrip().rpartition(": ")[2]
    with pikepdf.open(BytesIO(file.read_bytes()), password=password) as document:
        assert document.encryption.R == 6
    assert password not in answer.out
    assert "noted in no vault" in answer.err
    assert "Эргашева" not in answer.out + answer.err


def test_a_given_password_is_not_told(run: Run, place: Path, backup: Path) -> None:
    (place / "pdf").write_text("seven rivers\n")
    answer = made(run, place, "--out", place / "list.pdf", "--pdf-passphrase-file", place / "pdf")
    assert (answer.code, answer.out.strip()) == (0, str(place / "list.pdf"))
    assert "seven rivers" not in answer.err
    pikepdf.open(place / "list.pdf", password="seven rivers").close()


def test_the_recovery_text_opens_it(run: Run, place: Path) -> None:
    new = vault.create(place / "new", "anna", PASSPHRASE, clock=Clock(), kdf=CHEAP)
    with new.open as opened:
        opened.backup(place / "stick")
    (place / "paper").write_text(new.recovery.lower() + "\n")
    answer = run("vault", "exposed", place / "stick", "--recovery-file", place / "paper", "--out", place / "list.pdf")
    assert answer.code == 0, answer
    assert "0 people." in answer.err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--passphrase-file", "other"], "do not open"),
        (["--user", "bakyt"], "role"),
        (["--out", "nowhere/list.pdf"], "list.pdf"),
        (["--pdf-passphrase-file", "empty"], "password"),
    ],
)
def test_what_is_refused_is_one_line_and_no_file(
    run: Run,
    place: Path,
    backup: Path,
    more: list[str],
    words: str,
) -> None:
    there = sorted(place.rglob("*.pdf"))
    given = [str(place / word) if not word.startswith("--") and word != "bakyt" else word for word in more]
    refused(made(run, place, *([] if "--out" in more else ["--out", place / "full"]), *given), words)
    assert sorted(place.rglob("*.pdf")) == there


def test_no_backup_and_nobody_named(run: Run, place: Path) -> None:
    refused(run("vault", "exposed", place / "full", *who(place)), "no vault at this place")
    assert run("vault", "exposed", place / "full").code == 2


def test_hold_only_is_set_told_and_taken_back(run: Run, place: Path, backup: Path) -> None:
    answer = run("vault", "hold-only", *mine(place), "--json")
    assert json.loads(answer.out) == {"only_site": None, "others": 0}
    answer = run("vault", "hold-only", "tents", *mine(place), "--json")
    assert json.loads(answer.out) == {"only_site": "Tents", "others": 2}
    assert "erase ask" in answer.err
    assert "only the caseload of Tents" in run("vault", "hold-only", *mine(place)).out
    refused(run("vault", "hold-only", "Castle", *mine(place)), "no site called Castle")
    refused(run("vault", "hold-only", "School 14", *mine(place, user="bakyt")), "head of office")
    assert run("vault", "hold-only", "Tents", "--everyone", *mine(place)).code == 2
    assert "all sites" in run("vault", "hold-only", "--everyone", *mine(place)).out
    with vault.unlock(place / "vault", "anna", PASSPHRASE, clock=Clock()) as opened:
        told = [
            entry.new for entry in journal.page(opened.desk, journal.Filter(), 0, 9) if entry.record_class == "Caseload"
        ]
    assert told == ["Tents → everyone", "everyone → Tents"]
