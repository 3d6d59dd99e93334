"""One person with a case in the hands of a caseworker, for the tests of casework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from tests.conftest import PASSPHRASE

from panoh.base.ids import new_id
from panoh.domain.consent import Consent
from panoh.domain.person import Person
from panoh.services import cases, users
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.vault import OpenVault

NAME = ("Тўхтасинова", "Мавлуда")


@dataclass(frozen=True)
class Office:
    """A supervisor, a caseworker who holds the case, another one, and the person."""

    supervisor: Desk
    holder: Desk
    other: Desk
    person: Person


def office(opened: OpenVault, **facts: Any) -> Office:
    """Register a woman of 34, with these facts beside, whose case the holder takes."""
    desk = opened.desk
    usual: dict[str, Any] = {
        "number": "KX7-00001-1", "family_name": NAME[0], "given_name": NAME[1], "sex": "F", "urgent": "none",
        "birth_precision": "year", "birth_earliest": date(1976, 1, 1), "birth_latest": date(1976, 12, 31),
        "fled_from": "KG", "origin": "Ўзган", "phone": "0555 12 34 56", "languages": ("uz", "ru"), "interpreter": "any",
    }  # fmt: skip
    person = Person(id=new_id(), **{**usual, **facts})
    keep(desk, person)
    holder, other = (
        desk.of(users.add(opened, name, f"{PASSPHRASE} {name}", "caseworker")) for name in ("Zamira", "Bakyt")
    )
    cases.take(holder, person.id)
    return Office(desk, holder, other, person)


def agree(desk: Desk, person_id: str, answer: str = "yes", recipient: str = "health", **values: Any) -> Consent:
    """What the person says on sharing with a recipient."""
    usual: dict[str, Any] = {"given_by": "self", "how": "spoken", "given_on": desk.clock.today() - timedelta(days=1)}
    made = Consent(
        id=new_id(), person_id=person_id, purpose="sharing", recipient=recipient, answer=answer, **{**usual, **values}
    )
    keep(desk, made)
    return made


@pytest.fixture
def at(opened: OpenVault) -> Office:
    """Her case in the hands of the holder."""
    return office(opened)
