"""Making somebody public: off by default, with a yes and a day, never anybody in danger, and called back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import PASSPHRASE

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import Export
from panoh.domain.consent import Consent
from panoh.domain.erasing import Erasure
from panoh.domain.household import Household
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.exchange.pfif import PfifPerson
from panoh.exchange.pfif_fields import PERSON_FIELDS
from panoh.exchange.pfif_values import read_pfif
from panoh.services import erasing, matches, public_file, publishing, shield, tracing, tracing_hold, users
from panoh.services.desk import Desk
from panoh.services.publishing import State
from panoh.services.records import keep
from panoh.services.vault import OpenVault

TODAY = date(2010, 6, 14)
UNTIL = TODAY + timedelta(days=90)
ORGANISATION = "Invented Red Crescent"


@pytest.fixture
def on(desk: Desk) -> Desk:
    publishing.turn_on(desk, ORGANISATION, "crescent.example.org", "Families look abroad")
    return desk


def registered(desk: Desk, *, yes: bool = True, **more: Any) -> Person:
    values: dict[str, Any] = {
        "number": "KX7-00001-1", "given_name": "Лола", "family_name": "Каримова", "sex": "F", "birth_precision": "day",
        "birth_earliest": date(1980, 3, 4), "birth_latest": date(1980, 3, 4), "origin": "Ala-Buka", "phone": "0555 12 34 56",
        **more,
    }  # fmt: skip
    person = Person(id=new_id(), **values)
    keep(desk, person)
    keep(desk, IdentityDocument(id=new_id(), person_id=person.id, kind="passport", document_no="AC1234567"))
    if yes:
        keep(desk, said(person.id))
    return person


def said(person_id: str, answer: str = "yes", **more: Any) -> Consent:
    values: dict[str, Any] = {
        "purpose": "tracing", "recipient": "public", "given_by": "self", "how": "signed", "given_on": TODAY, **more,
    }  # fmt: skip
    return Consent(id=new_id(), person_id=person_id, answer=answer, **values)


def asked(desk: Desk, inquirer: Person, **more: Any) -> TracingRequest:
    values: dict[str, Any] = {
        "given_name": "Ҳасан", "family_name": "Каримов", "sex": "M", "birth_precision": "year",
        "birth_earliest": date(2003, 1, 1), "birth_latest": date(2003, 12, 31), "origin": "Somewhere else",
        "consent_to_publish": "yes", "phone": "0777 00 00 01", "marks": "A scar", "contact": "Tent 12", **more,
    }  # fmt: skip
    made, _changes = tracing.ask(desk, TracingRequest(id=new_id(), inquirer_id=inquirer.id, **values))
    return made


def left(desk: Desk, folder: Path) -> list[PfifPerson]:
    """The people of the next file."""
    path = folder / "out.xml"
    path.write_bytes(public_file.export_pfif(desk, "icrc", "A list for other countries").content)
    read = read_pfif(path, desk.clock.now())
    assert (read.refused, read.warnings, read.notes) == ([], [], [])
    return read.people


def test_it_is_off_until_a_supervisor_turns_it_on(opened: OpenVault) -> None:
    desk = opened.desk
    person = registered(desk)
    other = desk.of(users.add(opened, "Bakyt", f"{PASSPHRASE} x", "caseworker"))
    assert publishing.publisher(desk) is None
    for work in (
        lambda: publishing.publish(desk, UNTIL, person_id=person.id),
        lambda: public_file.export_pfif(desk, "icrc", "A list"),
    ):
        with pytest.raises(AppError, match="turned off"):
            work()
    for organisation, domain, why in (("", "a.org", "why"), ("A house", "no site", "why"), ("A house", "a.org", " ")):
        with pytest.raises(FormProblems):
            publishing.turn_on(desk, organisation, domain, why)
    everything: list[Callable[[], object]] = [
        lambda: publishing.turn_on(other, ORGANISATION, "example.org", "Because"),
        lambda: publishing.turn_off(other, "Because"),
        lambda: publishing.publish(other, UNTIL, person_id=person.id),
        lambda: publishing.listed(other),
        lambda: publishing.standing(other, person_id=person.id),
        lambda: publishing.whom(other, person.number),
        lambda: publishing.withdraw(other, new_id()),
        lambda: public_file.export_pfif(other, "icrc", "A list"),
        lambda: public_file.preview(other, new_id()),
    ]
    for work in everything:
        with pytest.raises(AppError) as told:
            work()
        assert told.value.code == "access.denied"
    publishing.turn_on(desk, ORGANISATION, "Example.org ", "Because")
    assert publishing.publisher(desk) == publishing.Publisher(ORGANISATION, "example.org")


def test_no_more_than_was_agreed_leaves(on: Desk, tmp_path: Path) -> None:
    person = registered(on)
    publishing.publish(on, UNTIL, person_id=person.id)
    (one,) = publishing.listed(on)
    assert one.publication.consent_how == "signed"
    (public,) = left(on, tmp_path)
    assert public == public_file.preview(on, one.publication.id)
    filled = {name: getattr(public, name) for name in PERSON_FIELDS if getattr(public, name)}
    assert filled == {
        "person_record_id": one.publication.public_no, "entry_date": on.clock.now(), "source_date": on.clock.now(),
        "expiry_date": datetime(2010, 9, 12, tzinfo=UTC), "author_name": ORGANISATION, "source_name": ORGANISATION,
        "full_name": "Каримова Лола", "given_name": "Лола", "family_name": "Каримова", "sex": "female", "age": "30-34",
        "home_state": "J", "home_country": "KG",
    }  # fmt: skip
    text = (tmp_path / "out.xml").read_text("utf-8")
    for secret in ("0555", "1980", "Ala-Buka", "AC1234567", "KX7-00001", "feruza", person.id):
        assert secret not in text
    with on.reading() as reading:
        (export,) = reading.all(Export)
    assert (export.kind, export.person_id, export.recipient, export.reason) == (
        public_file.KIND, person.id, "icrc", "A list for other countries",
    )  # fmt: skip
    assert len(export.sha256) == 64


def test_a_request_tells_of_the_one_sought_and_nothing_of_who_asks(on: Desk, tmp_path: Path) -> None:
    inquirer = registered(on, yes=False)
    request = asked(on, inquirer)
    publishing.publish(on, UNTIL, request_id=request.id)
    (public,) = left(on, tmp_path)
    assert (public.full_name, public.age, public.home_country) == ("Каримов Ҳасан", "5-9", "")
    assert [note.status for note in public.notes] == ["information_sought"]
    text = (tmp_path / "out.xml").read_text("utf-8")
    for secret in ("Лола", "0777", "scar", "Tent", "Somewhere", "0555", request.number):
        assert secret not in text


@pytest.mark.parametrize("days", [0, -1, 361])
def test_the_day_is_ahead_and_not_too_far(on: Desk, days: int) -> None:
    person = registered(on)
    with pytest.raises(FormProblems):
        publishing.publish(on, TODAY + timedelta(days=days), person_id=person.id)


NO_YES: list[list[dict[str, Any]]] = [
    [],
    [{"answer": "no"}],
    [{"purpose": "sharing"}],
    [{"recipient": "icrc"}],
    [{"withdrawn_on": TODAY}],
    [{"expires_on": TODAY - timedelta(days=1)}],
    [{"assent": "no", "given_by": "carer"}],
    [{}, {"recipient": "this_organisation", "answer": "no"}],
]


def test_without_a_yes_that_holds_nobody_is_public(on: Desk) -> None:
    for at, consents in enumerate(NO_YES):
        person = registered(on, yes=False, number=f"KX7-0000{at}-1")
        keep(on, *(said(person.id, **each) for each in consents))
        with pytest.raises(AppError, match="No yes"):
            publishing.publish(on, UNTIL, person_id=person.id)


NOT_SO: list[tuple[dict[str, Any], str]] = [
    ({"consent_to_publish": ""}, "publishing.consent"),
    ({"consent_to_trace": "no"}, "publishing.consent"),
    ({"consent_withdrawn_on": TODAY}, "publishing.consent"),
    ({"held_why": "He may be the danger"}, "publishing.not_possible"),
    ({"status": "closed"}, "publishing.not_possible"),
    ({"status": "reunified"}, "publishing.not_possible"),
]


def test_a_request_needs_its_own_yes(on: Desk) -> None:
    inquirer = registered(on)
    for fields, code in NOT_SO:
        request = asked(on, inquirer, **fields)
        with pytest.raises(AppError) as told:
            publishing.publish(on, UNTIL, request_id=request.id)
        assert told.value.code == code


def put_shield(desk: Desk, person: Person) -> None:
    shield.put_up(desk, person.id, "Threatened by letter")


DANGERS: dict[str, Callable[[Desk, Person], object]] = {
    "shield": put_shield,
    "refoulement": lambda desk, person: keep(
        desk, RefoulementAssessment(id=new_id(), person_id=person.id, feared_country="UZ", hiding_from="state")
    ),
    "violence": lambda desk, person: keep(
        desk, SpecificNeed(id=new_id(), person_id=person.id, code="SV-VA", status="confirmed")
    ),
    "legal status": lambda desk, person: keep(desk, replace(person, legal_status="refugee")),
}


@pytest.mark.parametrize(
    ("danger", "who"), [*((each, "self") for each in DANGERS), ("violence", "household"), ("refoulement", "inquirer")]
)
def test_nobody_in_danger_is_public_and_all_are_answered_alike(on: Desk, tmp_path: Path, danger: str, who: str) -> None:
    home = Household(id=new_id(), number="KX7-00009-X")
    keep(on, home)
    person = registered(on, household_id=home.id, relation="head")
    other = registered(on, yes=False, number="KX7-00002-9", given_name="Аъзам", sex="M", household_id=home.id)
    whom = {"request_id": asked(on, person).id} if who == "inquirer" else {"person_id": person.id}
    publishing.publish(on, UNTIL, **whom)
    assert len(left(on, tmp_path)) == 1
    with on.reading() as reading:
        endangered = reading.get(Person, (other if who == "household" else person).id)
    DANGERS[danger](on, endangered)
    assert [one.state for one in publishing.listed(on)] == [State.NOT_POSSIBLE]
    (called_back,) = left(on, tmp_path)
    assert called_back.is_emptied
    with pytest.raises(AppError) as told:
        publishing.publish(on, UNTIL, **whom)
    assert told.value.sentence() == AppError("publishing.not_possible").sentence()


def test_who_takes_it_back_is_called_back_in_every_later_file(on: Desk, clock: FixedClock, tmp_path: Path) -> None:
    person = registered(on, yes=False)
    consent = said(person.id)
    keep(on, consent)
    publishing.publish(on, UNTIL, person_id=person.id)
    with pytest.raises(AppError, match="already"):
        publishing.publish(on, UNTIL, person_id=person.id)
    (first,) = left(on, tmp_path)
    clock.at += timedelta(days=1)
    (second,) = left(on, tmp_path)
    assert first.entry_date is not None
    assert second.entry_date == first.entry_date + timedelta(days=1)
    keep(on, replace(consent, withdrawn_on=clock.today()))
    clock.at += timedelta(days=1)
    (gone,) = left(on, tmp_path)
    assert gone == PfifPerson(
        person_record_id=first.person_record_id,
        entry_date=clock.at,
        source_date=clock.at,
        expiry_date=first.expiry_date,
    )
    clock.at += timedelta(days=1)
    assert left(on, tmp_path) == [gone]
    assert [one.state for one in publishing.listed(on)] == [State.WITHDRAWN]


def test_what_expired_or_was_turned_off_is_called_back(on: Desk, clock: FixedClock, tmp_path: Path) -> None:
    first, second = registered(on), registered(on, number="KX7-00002-9")
    publishing.publish(on, TODAY + timedelta(days=2), person_id=first.id)
    publishing.publish(on, UNTIL, person_id=second.id)
    assert [one.is_emptied for one in left(on, tmp_path)] == [False, False]
    clock.at += timedelta(days=2)
    assert sorted(one.is_emptied for one in left(on, tmp_path)) == [False, True]
    (standing,) = publishing.standing(on, person_id=second.id)
    publishing.turn_off(on, "The list was misused")
    assert [one.is_emptied for one in left(on, tmp_path)] == [True, True]
    publishing.withdraw(on, standing.id)
    with pytest.raises(AppError, match="taken back"):
        publishing.withdraw(on, standing.id)
    with pytest.raises(AppError, match="turned off"):
        public_file.preview(on, standing.id)


def test_who_is_erased_is_called_back(opened: OpenVault, on: Desk, tmp_path: Path) -> None:
    person = registered(on)
    publishing.publish(on, UNTIL, person_id=person.id)
    left(on, tmp_path)
    second = on.of(users.add(opened, "Gulnara", f"{PASSPHRASE} x", "supervisor"))
    erasing.ask(on, person.id, "asked")
    with on.reading() as reading:
        (wanted,) = reading.all(Erasure)
    erasing.agree(second, wanted.id, {})
    (gone,) = left(on, tmp_path)
    assert gone.is_emptied
    (one,) = publishing.listed(on)
    assert (one.number, one.state, one.publication.person_id) == ("", State.WITHDRAWN, "")


def test_a_file_needs_to_whom_and_what_for(on: Desk) -> None:
    for recipient, purpose in (("", "A list"), ("icrc", " ")):
        with pytest.raises(AppError, match="to whom"):
            public_file.export_pfif(on, recipient, purpose)
    with pytest.raises(AppError, match="Nothing stands"):
        public_file.export_pfif(on, "icrc", "A list")


def test_what_somebody_noted_in_a_name_does_not_leave(on: Desk) -> None:
    home = Household(id=new_id(), number="KX7-00009-X", address_before="Camp Kara")
    keep(on, home)
    for at, typed in enumerate(
        ["Лола 0555 99 88 77", "Лола (in tent 4)", "Лола AC1234567", "Лола, ask feruza", "Лола of Camp Kara"]
    ):
        person = registered(on, given_name=typed, household_id=home.id, number=f"KX7-0000{at}-1")
        publishing.publish(on, UNTIL, person_id=person.id)
        with pytest.raises(AppError) as told:
            public_file.export_pfif(on, "icrc", "A list")
        assert told.value.code == "publishing.leaks"
        assert person.number in told.value.sentence()
        assert "Лола" not in told.value.sentence()
        (one,) = publishing.standing(on, person_id=person.id)
        publishing.withdraw(on, one.id)
    with on.reading() as reading:
        assert not reading.all(Export)


def test_whoever_is_sought_by_somebody_held_back_is_called_back(on: Desk, tmp_path: Path) -> None:
    """A danger reads public lists too."""
    wife = registered(on)
    publishing.publish(on, UNTIL, person_id=wife.id)
    man = TracingRequest(
        id=new_id(), inquirer_name="Рустам", given_name="Лола", family_name="Каримова", consent_to_trace="yes"
    )
    request, _changes = tracing.ask(on, man)
    matches.review(on, request.id, wife.id)
    assert publishing.listed(on)[0].state is State.STANDS
    tracing_hold.hold_back(on, request.id, "he beats her")
    assert publishing.listed(on)[0].state is State.NOT_POSSIBLE
    tracing_hold.lift(on, request.id)
    tracing.ask(on, replace(request, sought_person_id=wife.id))
    matches.reject(on, request.id, wife.id, "another age")
    tracing_hold.hold_back(on, request.id, "he beats her")
    assert publishing.listed(on)[0].state is State.NOT_POSSIBLE


def test_nobody_is_public_who_refused_to_be_looked_for(on: Desk) -> None:
    mother = registered(on, yes=False)
    son = registered(on, yes=False, number="KX7-00002-9", given_name="Ҳасан", presence="elsewhere")
    request = asked(on, mother, sought_person_id=son.id, consent_to_trace="yes")
    publishing.publish(on, UNTIL, request_id=request.id)
    keep(on, said(son.id, "no", recipient="this_organisation"))
    assert publishing.listed(on)[0].state is State.WITHDRAWN
