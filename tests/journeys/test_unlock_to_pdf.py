"""One day's work by keyboard alone, in the real window: from the passphrase to a protected paper that names nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog
from tests.conftest import PASSPHRASE
from tests.journeys.caseworker import Caseworker

NAMES = ("Сатторқуллиева", "Сатторқуллиев", "Дилноза", "Муроджон", "Малика", "Жавоҳир")
# What is said, then the keys that go on: to the next cell, or with Enter to the next row.
FAMILY = (
    "Сатторқуллиева Дилноза\tж34\n",
    "Сатторқуллиев Муроджон\tм36\thus\t\tmiss\n",
    "Сатторқуллиева Малика\tж12\tdau\n",
    "Сатторқуллиев Жавоҳир\tм6\tson\t",
)
Open = Callable[[], Caseworker]


def test_from_unlock_to_a_paper(start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = start()
    at.unlock()
    number = _register_the_family(at)
    _assess(at)
    _look_at_the_queue(at)
    _look_at_the_request(at)
    paper = tmp_path / "paper.pdf"
    chosen: list[tuple[Any, ...]] = []

    def choose(*asked: Any) -> tuple[str, str]:
        chosen.append(asked)
        return str(paper), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    password = _print(at, number)
    assert len(chosen) == 1
    _read_paper(paper, password)


def test_lock_and_find(start: Open) -> None:
    at = start()
    at.unlock()
    _register_the_family(at)
    at.press("Ctrl+L")
    at.sees("Unlock the vault")
    assert not any(name in at.screen() for name in NAMES)
    at.type("feruza")
    at.tab_to("Passphrase")
    at.type("apricot ladder seven river\n")
    at.sees("do not open the vault")
    at.type(f"{PASSPHRASE}\n")
    at.sees("Tabs of the record", "Vault healthy")  # where one was before
    at.press("Ctrl+K", sign="л")
    assert at.focus == "Find a person, a number, an action"
    at.type("Sattorqulliyev Murodjon")
    at.until(lambda: any("Муроджон" in found.title for found in at.window.centralWidget().top.find_box.results()))
    at.type("\n")
    at.sees("Сатторқуллиев Муроджон", "Search for kin: open")


def test_a_draft_survives_a_kill(start: Open) -> None:
    at = start()
    at.unlock()
    at.press("Ctrl+Shift+N")
    at.press("Alt+M")
    at.type(FAMILY[0] + "Сатторқуллиев Муро")
    at.sees("Draft saved", "1 draft")
    at.die()
    again = start()
    again.unlock()
    again.sees("1 draft")
    again.press("Ctrl+Shift+N")
    again.sees("Recover the draft of", "Сатторқуллиева Дилноза")
    again.press("Shift+Tab")
    again.tab_to("Recover")
    again.type("\n")
    again.sees("2, of whom 2 are here")


def test_drafts_are_listed_opened_and_thrown_away(start: Open) -> None:
    at = start()
    at.unlock()
    at.press("Ctrl+Shift+N")
    at.press("Alt+M")
    at.type(FAMILY[0])
    at.sees("Draft saved", "1 draft")
    at.press("Ctrl+K", sign="k")
    at.type("Drafts\n")
    at.until(lambda: len(at.rows("Drafts")) == 1)
    assert "Family, Сатторқуллиева Дилноза, today" in at.rows("Drafts")[0]
    at.press("Return")
    at.sees("Members of the family")
    at.press("Ctrl+K", sign="k")
    at.type("Drafts\n")
    at.until(lambda: len(at.rows("Drafts")) == 1)
    at.settle()
    at.press("Del")
    at.sees("Thrown away: Family.", "0 drafts")


def _register_the_family(at: Caseworker) -> str:
    at.press("Ctrl+Shift+N")
    at.sees("Members of the family")
    assert at.focus == "Address before"
    at.type("Ош, Навоий 14")
    at.tab_to("Country they fled from")
    at.until(lambda: at.offers("Kyrgyzstan"))
    at.type("kg\tuz\t")
    at.press("Alt+M")
    at.type("".join(FAMILY))
    at.press("Ctrl+S")
    at.sees("Сатторқуллиева Дилноза", "Tabs of the record", "Level unknown")
    number = re.search(r"KX7-\d{5}-\w", at.screen())
    assert number
    return number[0]


def _assess(at: Caseworker) -> None:
    at.press("Ctrl+PgDown")
    at.press("Ctrl+PgDown")
    at.sees("Restricted")
    at.tab_to("Take this case to see it")
    at.type("\n")
    at.sees("Refoulement assessment")
    at.tab_to("Country whose State the person fears")
    at.type("Uzb\t")
    at.press("Ctrl+S")
    at.sees("Nothing to save.", "Level critical")


def _look_at_the_queue(at: Caseworker) -> None:
    at.press("Ctrl+2")
    at.until(lambda: bool(at.rows("Triage queue")))
    first = at.rows("Triage queue")[0]
    assert "critical" in first.lower()
    assert "Сатторқуллиева Дилноза" in first
    at.sees("Fears Uzbekistan and is there now", "T02")


def _look_at_the_request(at: Caseworker) -> None:
    at.press("Ctrl+5")
    at.until(lambda: bool(at.rows("Tracing requests")))
    (request,) = at.rows("Tracing requests")
    assert "Муроджон" in request


def _print(at: Caseworker, number: str) -> str:
    at.press("Ctrl+7")
    at.until(lambda: at.focus == "Who")
    at.type(number)
    at.until(lambda: len(at.rows("People found")) == 1)
    at.type("\n")
    at.sees("A supervisor reads it inside this organisation.")
    at.tab_to("Level: Supervisor")
    at.press("Down")
    at.sees("Every word and name")  # what the level Carry leaves out
    at.press("Up")
    at.sees("Testimony")  # and what the level Supervisor does
    at.press("Ctrl+S")
    at.sees("recorded as export", "The password, shown this once")
    said = re.search(r"shown this once: (.+?)\. Say it", at.screen())
    assert said
    return said[1]


def _read_paper(paper: Path, password: str) -> None:
    with pikepdf.open(paper, password=password) as document:
        assert document.encryption.R == 6
        assert document.encryption.bits == 256
    with pypdfium2.PdfDocument(paper, password=password) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    assert "CRITICAL" in text
    assert "Fears the State where this person now is" in " ".join(text.split())
    assert not any(name in text for name in NAMES)
