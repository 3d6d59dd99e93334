"""panoh-cli erase and journal: two users, place by place, and what was taken out stands in the journal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from panoh import cli
from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.domain.person import Person
from tests.conftest import PASSPHRASE
from tests.services.erasing_people import CASEWORKER, HEAD, SECOND, office
from tests.services.test_erasing import family, note


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "phrase").write_text(PASSPHRASE, "utf-8")
    return tmp_path


def run(place: Path, user: str, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Any]:
    options = ["--vault", str(place / "vault"), "--user", user, "--passphrase-file", str(place / "phrase"), "--json"]
    capsys.readouterr()
    cli.app(args=[*arguments, *options], standalone_mode=False)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def brought_in(place: Path) -> tuple[Person, Person]:
    with office(place / "vault", Clock()) as opened:
        mother, daughter = family(opened.desk, "Каримова Зулфия", "Каримова Азиза")
        note(opened.desk, daughter, "Her mother Зулфия is ill.")
        return mother, daughter


def test_two_users_erase_somebody(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mother, daughter = brought_in(place)
    with pytest.raises(AppError, match="role"):
        run(place, CASEWORKER, capsys, "erase", "ask", mother.number)
    with pytest.raises(typer.BadParameter):
        run(place, HEAD, capsys, "erase", "ask", mother.number, "--why", "because")
    run(place, HEAD, capsys, "erase", "ask", mother.number)
    with pytest.raises(AppError, match="two people"):
        run(place, HEAD, capsys, "erase", "agree", mother.number, "--blank")
    (asked,) = run(place, SECOND, capsys, "erase", "list")
    assert (asked["number"], asked["asked_by"], asked["why"]) == (mother.number, HEAD, "request")
    assert [one["number"] for one in asked["places"]] == [daughter.number]
    with pytest.raises(AppError, match="1 other places"):
        run(place, SECOND, capsys, "erase", "agree", mother.number)
    kept = f"{asked['places'][0]['place']}=her treatment depends on it"
    assert run(place, SECOND, capsys, "erase", "agree", mother.number, "--keep", kept) == [
        {"number": mother.number, "erased": True}
    ]
    with pytest.raises(AppError, match="number"):
        run(place, SECOND, capsys, "erase", "ask", mother.number)
    (checked,) = run(place, CASEWORKER, capsys, "journal", "--check")
    assert checked["whole"] is True


def test_a_wish_is_taken_away(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mother, _daughter = brought_in(place)
    run(place, HEAD, capsys, "erase", "ask", mother.number)
    assert run(place, SECOND, capsys, "erase", "agree", mother.number, "--refuse") == [
        {"number": mother.number, "erased": False}
    ]
    assert run(place, SECOND, capsys, "erase", "list") == []
    with pytest.raises(AppError, match="not there on its own"):
        run(place, SECOND, capsys, "erase", "agree", mother.number)


def test_lists_that_were_taken_out_are_told_by_the_journal(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mother, _daughter = brought_in(place)
    people = run(place, CASEWORKER, capsys, "people")
    run(place, CASEWORKER, capsys, "triage")
    run(place, CASEWORKER, capsys, "duplicates")
    run(place, CASEWORKER, capsys, "tracing", "matches")
    with pytest.raises(AppError, match="role"):
        run(place, CASEWORKER, capsys, "journal")
    told = run(place, SECOND, capsys, "journal", "--by", CASEWORKER, "--change", "exported")
    assert [(line["record"], line["by"]) for line in told] == [("List", CASEWORKER)] * 4
    assert told[-1]["new"] == str(len(people))
    notes = run(place, SECOND, capsys, "journal", "--record", "Note", "--number", mother.number)
    assert notes == []
    taken = run(place, SECOND, capsys, "journal", "--limit", "1", "--since", "2000-01-01", "--until", "2100-01-01")
    assert (taken[0]["change"], taken[0]["by"]) == ("exported", SECOND)  # the reading before this one
    with pytest.raises(AppError, match="user"):
        run(place, SECOND, capsys, "journal", "--by", "nobody")


def test_a_code_is_compared(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brought_in(place)
    (told,) = run(place, CASEWORKER, capsys, "journal", "--check")
    (same,) = run(place, CASEWORKER, capsys, "journal", "--code", told["head"])
    assert same["code_stands"] is True
    assert run(place, CASEWORKER, capsys, "journal", "--code", "5-00000000")[0]["code_stands"] is False
