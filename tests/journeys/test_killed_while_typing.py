"""Panoh is killed while somebody types: at most the last two seconds are lost, and the draft is offered where it belongs."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.conftest import CHEAP, PASSPHRASE
from tests.journeys import typing_process
from tests.journeys.caseworker import Caseworker
from tests.journeys.typing_process import FAMILY

from panoh.base.clock import Clock
from panoh.base.i18n import clock_time
from panoh.services import drafts, people, registration, vault
from panoh.services.drafts import Draft
from panoh.ui.registration import drafts as drafts_of

MOST_LOST = 2.0  # seconds
OFFER = "Recover the draft of"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
Open = Callable[[Path, Clock], Caseworker]


@dataclass(frozen=True, slots=True)
class Killed:
    """One run that was killed: the keys that were taken, and when it ended, by the monotonic clock."""

    at: float
    keys: Sequence[tuple[float, int]]  # when, and how many signs of data had been typed then

    def must_be_kept(self) -> int:
        """Signs that were typed longer ago than may be lost."""
        return max((signs for when, signs in self.keys if when <= self.at - MOST_LOST), default=0)

    def lost(self, kept: int) -> float:
        """For how many seconds the first sign that was lost had stood on the screen; 0 if nothing was lost."""
        return max((self.at - when for when, signs in self.keys if signs > kept), default=0.0)


@pytest.fixture
def place(computer: Path) -> Path:
    """A vault with two people."""
    with vault.create(computer / "vault", "feruza", PASSPHRASE, clock=Clock(), device="KX7", kdf=CHEAP).open as opened:
        rows = tuple(registration.FamilyRow(name=name, sex="F", birth="30") for name in ("Азиза", "Барно"))
        registration.save_family(opened.desk, registration.FamilyForm(rows=rows, depth="emergency"))
    return computer / "vault"


def test_three_kills_lose_two_seconds_at_most(place: Path, panoh_at: Open) -> None:
    kills(place, panoh_at, 3, longest=4)


@pytest.mark.soak
def test_fifty_kills_lose_two_seconds_at_most(place: Path, panoh_at: Open) -> None:
    lost = sorted(kills(place, panoh_at, 50, longest=8))
    print(f"50 kills while typing; lost at most {lost[-1]:.2f} s, half of them less than {lost[25]:.2f} s")


def kills(place: Path, panoh_at: Open, count: int, longest: float) -> list[float]:
    """Type, kill and look, by turns in the grid of a family and in a record; how many seconds each lost.

    `longest` is how many seconds of typing come before a kill at most.
    """
    chance, lost = random.Random(20100614), []
    with vault.unlock(place, "feruza", PASSPHRASE, clock=Clock()) as opened:
        numbers = sorted(line.number for line in people.page(opened.desk, 0, 2))
    for run in range(count):
        form = numbers[run // 2 % 2] if run % 2 else FAMILY
        killed = _type_and_kill(place, run, form, chance.uniform(0.5, longest))
        with vault.unlock(place, "feruza", PASSPHRASE, clock=Clock()) as opened:
            found = drafts.mine(opened.desk)
            kept = _signs_kept(found, run, form)
            assert kept >= killed.must_be_kept(), f"run {run}: {kept} of {killed.must_be_kept()} signs were kept"
            lost.append(killed.lost(kept))
        if found:
            at = panoh_at(place, Clock())
            at.unlock()
            _look(at, form, numbers, found[0], run)
        with vault.unlock(place, "feruza", PASSPHRASE, clock=Clock()) as opened:
            for draft in drafts.mine(opened.desk):
                drafts.drop(opened.desk, draft.id)
    return lost


def _type_and_kill(place: Path, run: int, form: str, after: float) -> Killed:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.typing_process", str(place), str(run), form],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first.endswith("\n"), "the process ended before anything was typed"
    time.sleep(after)
    ended = time.monotonic()
    assert process.poll() is None, "the process ended before it was killed"
    process.send_signal(signal.SIGKILL)
    told = (first + process.stdout.read()).split("\n")[:-1]  # a line that the kill cut off is left out
    process.wait()
    process.stdout.close()
    return Killed(ended, [(float(when), int(signs)) for when, signs in (line.split() for line in told)])


def _signs_kept(found: Sequence[Draft], run: int, form: str) -> int:
    """How many of the signs that were typed the draft holds; what it holds is what was typed, from its beginning on."""
    if not found:
        return 0
    (draft,) = found
    if form != FAMILY:
        assert (draft.kind, draft.payload["tab"]) == ("person", "identity")
        return _counted((draft.payload["values"][field], text) for field, text in typing_process.answers(run).items())
    assert draft.kind == "family"
    rows = draft.payload["form"]["rows"]
    cells = zip(rows, typing_process.members(run), strict=False)
    return _counted(
        (row[field], text)
        for row, member in cells
        for field, text in zip(("name", "sex", "birth"), member, strict=True)
    )


def _counted(fields: Iterable[tuple[str, str]]) -> int:
    """The signs in these fields, each with what was typed into it; only the last begun one may be a part of that."""
    signs, whole = 0, True
    for stands, typed in fields:
        assert typed.startswith(stands), "a field holds what was never typed there"
        assert whole or not stands, "a field before this one lacks something"
        signs, whole = signs + len(stands), stands == typed
    return signs


def _look(at: Caseworker, form: str, numbers: Sequence[str], draft: Draft, run: int) -> None:
    """The draft is offered on its own record or page and on no other, and what it holds comes back."""
    for number in numbers:
        if number != form:
            at.find(number)
            at.sees("Tabs of the record")
            at.settle()
            assert OFFER not in at.screen(), f"run {run}: offered on another record"
    for keys, page in (("Ctrl+Shift+E", "Register a person"), ("Ctrl+Shift+N", "Members of the family")):
        if form != FAMILY or keys == "Ctrl+Shift+E":
            at.press(keys)
            at.sees(page)
            at.settle()
            assert OFFER not in at.screen(), f"run {run}: offered on another page"
    if form == FAMILY:
        at.press("Ctrl+Shift+N")
    else:
        at.find(form)
    at.sees(f"{OFFER} {clock_time(draft.saved_at)}")
    at.press("Shift+Tab")
    at.tab_to("Recover")
    at.type("\n")
    if form == FAMILY:
        registered = at.program.workplace.screens.registration()
        at.until(lambda: _signs_of(registered.widget.form()) == _signs_of(drafts_of.from_payload(draft.payload, "")))
    else:
        tab = at.program.workplace.screens.person().widget.edit_tabs["identity"]
        at.until(lambda: tab.values() == draft.payload["values"])
    at.die()


def _signs_of(form: registration.FamilyForm) -> object:
    return [(row.name, row.sex, row.birth) for row in form.rows]
