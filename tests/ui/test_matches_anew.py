"""Candidates appear by themselves: what a save left to be compared is done beside other work."""

from __future__ import annotations

from PySide6.QtCore import QObject

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.services import rematching, tracing
from panoh.services.open_vault import OpenVault
from panoh.ui.matches_anew import MatchesAnew
from panoh.ui.tasks import InlineRunner


def test_what_is_due_is_done_and_told_once(opened: OpenVault) -> None:
    desk = opened.desk
    told: list[frozenset[str]] = []
    failed: list[AppError] = []
    parent = QObject()
    matches = MatchesAnew(opened, InlineRunner(), told.append, failed.append, parent)
    with desk.writing() as unit:
        unit.add(
            Person(id=new_id(), number=unit.next_numbers()[0], given_name="Азизбек", family_name="Тўрабоев", sex="M")
        )
    tracing.ask(desk, TracingRequest(id=new_id(), given_name="Azizbek", family_name="Turaboev", sex="M"))
    matches.start()
    assert (told, failed, rematching.step(desk)) == ([frozenset({"MatchDecision"})], [], 0)
    matches.start()  # nothing is due
    assert len(told) == 1


def test_a_vault_that_is_locked_meanwhile_waits_for_it_and_keeps_what_is_due(opened: OpenVault) -> None:
    failed: list[AppError] = []
    matches = MatchesAnew(opened, InlineRunner(), lambda _kinds: None, failed.append, QObject())
    opened.works.end()
    matches.start()
    assert failed == []
