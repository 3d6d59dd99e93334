"""Papers of tracing on the command line: written, protected, and refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from panoh import cli
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.services.records import keep
from panoh.services.vault import OpenVault
from tests.conftest import PASSPHRASE

NUMBERS = ["", ""]  # of the person and of the request


@pytest.fixture
def common(opened: OpenVault, tmp_path: Path) -> tuple[str, ...]:
    with opened.desk.writing() as unit:
        NUMBERS[:] = unit.next_numbers(2)
    person = Person(id=new_id(), number=NUMBERS[0], given_name="Mavluda", family_name="Tursunova", sex="F")
    asked = TracingRequest(
        id=new_id(), number=NUMBERS[1], inquirer_id=person.id, given_name="Gulnoza", sex="F", consent_to_trace="yes", consent_to_show="yes"
    )  # fmt: skip
    keep(opened.desk, person, asked)
    (tmp_path / "phrase").write_text(PASSPHRASE, "utf-8")
    opened.close()
    return ("--vault", str(tmp_path / "vault"), "--user", "feruza", "--passphrase-file", str(tmp_path / "phrase"))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    named = {"PERSON": NUMBERS[0], "REQUEST": NUMBERS[1]}
    with pytest.raises(SystemExit) as ended:
        cli.main([named.get(word, word) for word in words])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_every_paper_is_written_under_its_number(
    common: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "news.txt"
    text.write_text("We are well.\nYour sister walks.", "utf-8")
    phrase = tmp_path / "pdf phrase"
    phrase.write_text("seven rivers", "utf-8")
    for words in (
        ("tracing", "REQUEST", "--reason", "asked for"), ("tracing", "--blank"), ("board",), ("readaloud",),
        ("family", "PERSON"), ("family", "PERSON", "--named", "--reason", "asked for"),
        ("news", "PERSON", "--to", "Rustam", "--text-file", str(text)),
    ):  # fmt: skip
        code, out, err = run(
            capsys, "report", *words, "--out", str(tmp_path), "--json", "--pdf-passphrase-file", str(phrase), *common
        )
        assert code == 0, err
        told = json.loads(out)
        assert Path(told["file"]).name == f"{told['export_no']}.pdf"
        with pikepdf.open(told["file"], password="seven rivers") as pdf:
            assert len(pdf.pages)


@pytest.mark.parametrize(
    "words",
    [
        ("tracing",), ("tracing", "KX7-99999-9"), ("tracing", "REQUEST"), ("board", "--plain"), ("family", "PERSON", "--named"),
        ("reunification", "PERSON"), ("board", "--language", "xx"), ("board", "--out", "nowhere/a.pdf"),
        ("news", "PERSON", "--to", "call 0555 123 456"), ("news", "PERSON", "--to", "A", "--text-file", "nowhere"),
        ("news", "PERSON", "--to", " "),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_told_and_leaves_no_file(
    common: tuple[str, ...],
    tmp_path: Path,
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _out, err = run(capsys, "report", *words, *common)
    assert code == 1
    assert AppError("bug").sentence() not in err
    assert len(err.strip().splitlines()) <= 2
    assert not list(tmp_path.glob("*.pdf"))
