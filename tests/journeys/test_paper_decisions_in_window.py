"""A decision comes back on paper: keyed in by keyboard alone in the real window, in less than 15 seconds."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from tests.conftest import PASSPHRASE
from tests.journeys.caseworker import Caseworker

from panoh.base.clock import Clock, FixedClock
from panoh.base.ids import new_id
from panoh.domain.cases import CaseOption
from panoh.domain.check_codes import SIGNS
from panoh.domain.person import Person
from panoh.services import cases, summaries, vault
from panoh.services.records import keep


@pytest.fixture
def sheet(vault_at: Path, clock: FixedClock) -> str:
    """What stands on the first page of a summary that asks whether somebody may be moved."""
    with vault.unlock(vault_at, "feruza", PASSPHRASE, clock=clock) as opened:
        desk = opened.desk
        person = Person(id=new_id(), number="KX7-00042-3", given_name="Лола", family_name="Каримова", sex="F")
        keep(desk, person)
        cases.take(desk, person.id)
        case = cases.case_or_new(desk, person.id)
        keep(desk, replace(case, question="May she be moved?", recommended_option="A"))
        keep(desk, *(CaseOption(id=new_id(), case_id=case.id, letter=at, what=f"Way {at}") for at in "AB"))
        made = summaries.export_case(desk, person.id, summaries.Wanted(plain=True, reason="For the night"))
        return pypdfium2.PdfDocument(made.pdf)[0].get_textpage().get_text_range()


def test_a_paper_is_keyed_in_from_today(
    panoh_at: Callable[[Path, Clock], Caseworker], vault_at: Path, clock: FixedClock, sheet: str
) -> None:
    number = re.search(f"[{SIGNS}]{{4}}-[{SIGNS}]{{3}}", sheet)
    check = re.search(rf"(?<!\S)[{SIGNS}]{{4}}-[{SIGNS}]{{2}}(?!\S)", sheet)
    assert number
    assert check
    at = panoh_at(vault_at, clock)
    at.unlock()
    at.settle()
    began = time.monotonic()
    at.press("Ctrl+Shift+K", sign="л")  # on a Russian layout
    at.until(lambda: at.focus == "Number, check code and digit")
    at.type(f"{number[0]} {check[0]} 2b".lower())
    at.sees("Asked: May she be moved?")
    at.type("\n")
    at.until(lambda: at.focus == "Who signed, as written")
    at.type("D. Saidova\n")
    at.sees("Asked and decided", "Approved with changes", "B: Way B")
    assert time.monotonic() - began < 15
    at.sees(f"On paper {number[0]}, signed D. Saidova, 14 Jun 2010, 09:00; keyed in by feruza")
    at.press("Ctrl+K", sign="k")
    at.type("paper\n")
    at.until(lambda: at.focus == "Number, check code and digit")
    at.type(f"{check[0]} 1\n")
    at.sees("Answered already: Approved with changes, keyed in by feruza. A correction needs a reason.")
