"""The slip of a referral on the command line: written encrypted, with words in place of a traceback."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from panoh.services import referrals
from panoh.services.vault import OpenVault
from tests.conftest import PASSPHRASE
from tests.services.casework_people import agree, office
from tests.test_cli import _run


@pytest.fixture
def place(opened: OpenVault, tmp_path: Path) -> tuple[Path, str]:
    at = office(opened)
    agree(at.supervisor, at.person.id)
    asked = referrals.Wanted(
        service_kind="health",
        recipient="health",
        asked="Look at a wound",
        answer_by=opened.desk.clock.now() + timedelta(days=1),
    )
    made, _changes = referrals.refer(at.supervisor, at.person.id, asked)
    (tmp_path / "phrase").write_text(PASSPHRASE, "utf-8")
    opened.close()
    return tmp_path, made.reference


def test_a_slip_is_written_and_named_by_its_reference(place: tuple[Path, str]) -> None:
    folder, reference = place
    common = ("--vault", str(folder / "vault"), "--user", "feruza", "--passphrase-file", str(folder / "phrase"))
    done = _run("report", "referral", reference, "--out", str(folder), "--json", *common)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == {"file": str(folder / f"{reference}.pdf"), "export_no": reference, "level": "referral"}
    password = done.stderr.strip().rpartition(": ")[2]
    with pikepdf.open(told["file"], password=password) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    "more",
    [
        ("2222-222",),
        ("REFERENCE", "--plain"),
        ("REFERENCE", "--language", "xx"),
        ("REFERENCE", "--out", "nowhere/a.pdf"),
    ],
)
def test_what_cannot_be_made_is_told_in_one_line(place: tuple[Path, str], more: tuple[str, ...]) -> None:
    folder, reference = place
    common = ("--vault", str(folder / "vault"), "--user", "feruza", "--passphrase-file", str(folder / "phrase"))
    done = _run("report", "referral", more[0].replace("REFERENCE", reference), *more[1:], *common)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
