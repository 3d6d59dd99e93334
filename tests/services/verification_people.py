"""A girl who was found alone, a woman who asks for her, and the two sides of their verification."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from tests.services.access_people import Office, desk_of

from panoh.base.ids import new_id
from panoh.domain.cases import Case
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.domain.verification import Verification
from panoh.services import decisions, verification, verification_asking, verification_compared
from panoh.services.decisions import Verdict
from panoh.services.desk import Desk
from panoh.services.records import keep

PHOTO = "at_once"


@dataclass
class Pair:
    """The two, the request, and who works with whom."""

    at: Office
    girl: Person
    woman: Person
    request: TracingRequest
    second: Desk  # another supervisor

    def begin(self) -> Verification:
        """A verification of the two."""
        return verification.begin(self.at.holder, self.request.id, self.girl.id)[0]


def person(at: Office, given: str, sex: str, age: int, **more: Any) -> Person:
    """Somebody here, whose case the holder holds."""
    day = date(at.clock.today().year - age, 3, 1)
    with at.supervisor.writing() as unit:
        number = unit.next_numbers()[0]
    made = Person(
        id=new_id(), number=number, given_name=given, family_name="Юсупова", sex=sex, birth_precision="day",
        birth_earliest=day, birth_latest=day, presence="here", registered_at=at.clock.now(), urgent="none", **more,
    )  # fmt: skip
    case = Case(id=new_id(), person_id=made.id, owner_id=at.holder.user.id, opened_at=at.clock.now())
    keep(at.supervisor, made, case)
    return made


def pair(at: Office, **request: Any) -> Pair:
    """A girl of nine and the woman who looks for her."""
    girl, woman = person(at, "Мадина", "F", 9), person(at, "Гульнара", "F", 38)
    with at.supervisor.writing() as unit:
        number = unit.next_numbers()[0]
    usual: dict[str, Any] = {
        "inquirer_id": woman.id, "relation": "child", "given_name": "Мадина", "family_name": "Юсупова", "sex": "F",
        "consent_to_trace": "yes", "opened_at": at.clock.now(),
    }  # fmt: skip
    asked = TracingRequest(id=new_id(), number=number, **{**usual, **request})
    keep(at.supervisor, asked)
    return Pair(at, girl, woman, asked, desk_of(at.opened, "Zulfiya", "supervisor"))


def another(at: Office, before: Pair) -> Pair:
    """Another girl and another woman, with the same second supervisor."""
    girl, woman = person(at, "Мадина", "F", 9), person(at, "Гульнара", "F", 38)
    request = replace(before.request, id=new_id(), number=f"R-{girl.number}", inquirer_id=woman.id, status="open")
    keep(at.supervisor, request)
    return Pair(at, girl, woman, request, before.second)


@pytest.fixture(scope="module")
def second(at: Office) -> Pair:
    """The first two of a module, who bring in the second supervisor."""
    return pair(at)


@pytest.fixture
def two(at: Office, second: Pair) -> Pair:
    """Two of a test's own."""
    return another(at, second)


def ask_side(desk: Desk, one: Verification, side: str, word: str) -> None:
    """Ask everything of a side and complete it; every answer holds this word."""
    shown = verification.side_view(desk, one.id, side)
    answers = {asked.id: f"{word} {at}" for at, asked in enumerate(shown.questions)}
    verification.answer(desk, one.id, side, answers, PHOTO)
    verification.complete(desk, one.id, side)


def both_asked(two: Pair) -> Verification:
    """Both sides are complete, each asked by another caseworker."""
    one = two.begin()
    ask_side(two.at.holder, one, "a", "apricot")
    ask_side(two.at.other, one, "b", "walnut")
    return one


NOTED = {
    "papers_seen": "birth certificate, copy", "referee": "one neighbour, knows both", "can_care": "yes",
    "child_view": "wants to hear her voice first", "child_told": "that we have perhaps found someone",
    "danger_state": "none_found", "danger_violence": "none_found", "danger_trafficking": "none_found",
    "recommendation": "contact_first",
}  # fmt: skip


def compared(two: Pair, **noted: str) -> Verification:
    """Both sides are compared and everything is noted."""
    one = both_asked(two)
    found = verification_compared.compared(two.at.holder, one.id)
    agreements = ["agree"] * 5 + ["partly"] * 3 + ["differ"] + ["open"] * 9
    remarks = {"differ": "she thought of the older house"}
    judged = {q.id: (agreements[at], remarks.get(agreements[at], "")) for at, q in enumerate(found.questions)}
    verification_compared.judge(two.at.holder, one.id, judged)
    verification_compared.note(two.at.holder, one.id, {**NOTED, **noted})
    return one


def signed(two: Pair) -> Verification:
    """A supervisor let them speak."""
    one = compared(two)
    asked, _changes = verification_asking.ask_contact(two.at.holder, one.id)
    decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve", words="voice first"))
    return one


def granted(two: Pair) -> Verification:
    """And the handing over was approved."""
    one = signed(two)
    asked, _changes = verification_asking.ask_hand_over(two.at.holder, one.id, "On Monday, at the school")
    decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve", words=""))
    return one
