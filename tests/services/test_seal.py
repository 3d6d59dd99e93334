"""What is sealed opens for supervisors and the holder of the case, says why, and for nobody else: not with the vault's key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import CHEAP, PASSPHRASE
from tests.services.test_vault_users import outcome
from tests.store.killed_at_every_step import NEW

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.domain.person import Person
from panoh.domain.sealing import KINDS, Sealed, SealKey
from panoh.services import cases, people, seal, users, vault
from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.vault import OpenVault
from panoh.store import boxes

HIDDEN = {"text": "Behind the mill, ask for Zuhra"}
WHY = "To bring medicine today"


@pytest.fixture
def mother(desk: Desk) -> Person:
    return save_family(desk, FamilyForm(rows=(FamilyRow(name="Namunayeva Lola", sex="F", birth="30"),))).people[0]


@pytest.fixture
def place(opened: OpenVault) -> Path:
    """A vault in which the head let in a caseworker and a supervisor."""
    users.add(opened, "nurlan", NEW, "caseworker", one_time=False)
    users.add(opened, "aziza", NEW + " yana", "supervisor", one_time=False)
    return opened.desk.folder


def as_user(place: Path, name: str, phrase: str, clock: FixedClock) -> OpenVault:
    return vault.unlock(place, name, phrase, clock=clock)


@pytest.fixture
def nurlan(opened: OpenVault, place: Path, mother: Person, clock: FixedClock) -> Iterator[OpenVault]:
    """The caseworker's own session, after the head sealed where the mother is."""
    seal.seal(opened.desk, mother.id, "whereabouts", HIDDEN)
    opened.close()
    with as_user(place, "nurlan", NEW, clock) as theirs:
        yield theirs


def sealed_id(desk: Desk) -> str:
    with desk.reading() as reading:
        return reading.all(Sealed)[0].id


def test_what_was_sealed_is_read_with_a_reason_that_the_journal_keeps(desk: Desk, mother: Person) -> None:
    for kind in KINDS:
        seal.seal(desk, mother.id, kind, {**HIDDEN, "words": " ", "who": kind})
    found = seal.lines(desk, mother.id)
    assert [line.kind for line in found] == list(KINDS)
    assert all(line.opens and line.made_by == "feruza" for line in found)
    for line in found:
        for short in ("", "  ", "ok"):
            assert outcome(seal.open_sealed, desk, line.id, short) == "seal.reason_needed"
        assert seal.open_sealed(desk, line.id, WHY) == {**HIDDEN, "who": line.kind}
    with desk.reading() as reading:
        told = reading.connection.exec_driver_sql(
            "SELECT record_id, new FROM journal JOIN journal_value USING (seq) WHERE change = 'read'"
        ).all()
    assert [(row[0], json.loads(row[1])) for row in told] == [(line.id, WHY) for line in found]
    assert outcome(seal.seal, desk, mother.id, "note", {"text": " "}) == "seal.empty"
    with pytest.raises(ValueError, match="rumour"):
        seal.seal(desk, mother.id, "rumour", HIDDEN)


def test_a_caseworker_without_the_case_learns_nothing_and_may_seal(nurlan: OpenVault, mother: Person) -> None:
    desk = nurlan.desk
    assert seal.lines(desk, mother.id) == []
    for door in (
        lambda: seal.open_sealed(desk, sealed_id(desk), WHY),
        lambda: seal.change(desk, sealed_id(desk), {"text": "elsewhere"}),
        lambda: seal.take_away(desk, sealed_id(desk)),
    ):
        assert outcome(door) == "access.denied"
    seal.seal(desk, mother.id, "note", {"text": "Her brother told me"})
    assert seal.lines(desk, mother.id) == []
    assert "Sealed" not in repr(people.what_happened(desk, people.person(desk, mother.id)))


def test_the_vault_s_key_and_an_sql_console_read_nothing(nurlan: OpenVault, mother: Person) -> None:
    """Everything that a caseworker's session holds, against everything that lies in the store."""
    desk, ring = nurlan.desk, nurlan.keyring
    with desk.reading() as reading:
        rows = reading.all(SealKey)
        box = reading.all(Sealed)[0]
        dump = "".join(
            repr(tuple(row))
            for (name,) in reading.connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).all()
            for row in reading.connection.exec_driver_sql(f'SELECT * FROM "{name}"')
        )
    assert rows
    assert desk.user.id not in {row.holder_id for row in rows}
    assert "mill" not in dump
    assert "Zuhra" not in dump
    secrets = (desk.secret_key, ring.unlocked.key.key, ring.unlocked.key.derive("journal"))
    assert not [row for row in rows for key in secrets if boxes.unwrap(row.wrapped, key)]
    for key in secrets:
        assert outcome(boxes.opened, key, f"{box.id} {box.kind}", box.box) == "seal.damaged"


def test_the_holder_of_the_case_reads_and_no_more_when_it_went_to_another(
    nurlan: OpenVault, place: Path, mother: Person, clock: FixedClock
) -> None:
    cases.take(nurlan.desk, mother.id)
    line = seal.lines(nurlan.desk, mother.id)[0]
    assert not line.opens  # nobody who holds the key was there yet
    assert outcome(seal.open_sealed, nurlan.desk, line.id, WHY) == "seal.no_key"
    nurlan.close()
    as_user(place, "aziza", NEW + " yana", clock).close()  # a supervisor unlocks: that is all
    with as_user(place, "nurlan", NEW, clock) as theirs:
        assert seal.open_sealed(theirs.desk, line.id, WHY) == HIDDEN
        seal.change(theirs.desk, line.id, {"text": "At the school"})
        with theirs.desk.reading() as reading:
            kept = [row for row in reading.all(SealKey) if row.holder_id == theirs.desk.user.id]
        secret = theirs.desk.secret_key
    with as_user(place, "aziza", NEW + " yana", clock) as hers:
        assert seal.open_sealed(hers.desk, line.id, WHY) == {"text": "At the school"}
        cases.assign(hers.desk, mother.id, hers.desk.user.id)
    with as_user(place, "nurlan", NEW, clock) as theirs:
        assert seal.lines(theirs.desk, mother.id) == []
        with theirs.desk.reading() as reading:
            box = reading.get(Sealed, line.id)
        old = boxes.unwrap(kept[0].wrapped, secret)
        assert old
        assert outcome(boxes.opened, old, f"{box.id} {box.kind}", box.box) == "seal.damaged", "it has another key now"


def test_a_new_supervisor_gets_the_keys_and_one_who_is_none_any_more_loses_them(
    opened: OpenVault, place: Path, mother: Person, clock: FixedClock
) -> None:
    seal.seal(opened.desk, mother.id, "testimony", HIDDEN)
    nurlan = users.named(opened, "nurlan")
    users.change_role(opened, nurlan.id, "supervisor")
    opened.close()
    with as_user(place, "nurlan", NEW, clock) as theirs:
        assert seal.open_sealed(theirs.desk, sealed_id(theirs.desk), WHY) == HIDDEN
    with as_user(place, "feruza", PASSPHRASE, clock) as head:
        users.change_role(head, nurlan.id, "caseworker")
        with head.desk.reading() as reading:
            assert nurlan.id not in {row.holder_id for row in reading.all(SealKey)}
        assert seal.open_sealed(head.desk, sealed_id(head.desk), WHY) == HIDDEN


def test_another_key_of_the_vault_and_another_passphrase_change_nothing(
    opened: OpenVault, place: Path, mother: Person, clock: FixedClock
) -> None:
    seal.seal(opened.desk, mother.id, "safe_contact", {"text": "By the baker", "never": "The uncle"})
    users.change_passphrase(opened, PASSPHRASE, NEW + " uchinchi")
    users.remove(opened, users.named(opened, "nurlan").id)
    with as_user(place, "feruza", NEW + " uchinchi", clock) as again:
        assert seal.open_sealed(again.desk, sealed_id(again.desk), WHY)["never"] == "The uncle"
    with as_user(place, "aziza", NEW + " yana", clock) as again:
        assert seal.open_sealed(again.desk, sealed_id(again.desk), WHY)["never"] == "The uncle"


def test_who_recovers_by_the_paper_reads_what_was_sealed(tmp_path: Path, clock: FixedClock) -> None:
    made = vault.create(tmp_path / "vault", "feruza", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP)
    with made.open as opened:
        person = save_family(opened.desk, FamilyForm(rows=(FamilyRow(name="Lola", sex="F"),))).people[0]
        seal.seal(opened.desk, person.id, "whereabouts", HIDDEN)
    paper = made.recovery
    for phrase in (NEW, NEW + " yana"):
        again = vault.recover(tmp_path / "vault", paper, "feruza", phrase, clock=clock)
        paper = again.recovery
        with again.open as opened:
            assert seal.open_sealed(opened.desk, sealed_id(opened.desk), WHY) == HIDDEN
        with as_user(tmp_path / "vault", "feruza", phrase, clock) as opened:
            assert seal.open_sealed(opened.desk, sealed_id(opened.desk), WHY) == HIDDEN


def test_a_moved_or_changed_box_does_not_open(desk: Desk, mother: Person) -> None:
    seal.seal(desk, mother.id, "note", HIDDEN)
    with desk.writing() as unit:
        box = unit.all(Sealed)[0]
        unit.connection.exec_driver_sql("UPDATE sealed SET kind = 'testimony'")
    with pytest.raises(AppError, match="changed outside Panoh"):
        seal.open_sealed(desk, box.id, WHY)


@given(
    st.dictionaries(st.text(max_size=8), st.text(max_size=80)), st.text(max_size=20), st.binary(min_size=1, max_size=1)
)
def test_boxes_give_back_what_was_shut_and_nothing_else(told: dict[str, str], bound: str, other: bytes) -> None:
    key = boxes.new_key()
    box = boxes.shut(key, bound, told)
    assert boxes.opened(key, bound, box) == told
    for wrong in (
        (boxes.new_key(), bound, box),
        (key, bound + "x", box),
        (key, bound, box[:-4]),
        (key, bound, "ü" + box),
    ):
        with pytest.raises(AppError):
            boxes.opened(*wrong)
    assert boxes.unwrap(boxes.wrap(key, b"\x09" + b"\0" * 31), other * 32) is None
