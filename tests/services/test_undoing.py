"""What was saved can be taken back: one field, one row, one whole save. What others built on it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.conftest import PASSPHRASE

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.person import IdentityDocument, Person, Unanswered
from panoh.domain.records import RECORDS
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.services import people, search, tracing, undoing, users, vault
from panoh.services.desk import Desk
from panoh.services.people import Happened
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, SavedFamily, save_family

ROWS = (
    FamilyRow(name="Каримова Зулфия", sex="F", birth="34", relation="head", needs=("WR-PY",), talk_alone=True),
    FamilyRow(name="Каримов Анвар", sex="M", birth="40", relation="spouse", presence="missing"),
)


def _saved(desk: Desk) -> SavedFamily:
    return save_family(desk, FamilyForm(rows=ROWS, address_before="Ўш"))


def _history(desk: Desk, person: Person) -> list[Happened]:
    return people.what_happened(desk, people.person(desk, person.id))


def _records(desk: Desk) -> dict[str, list[Any]]:
    with desk.reading() as reading:
        return {kind.__name__: reading.all(kind) for kind in RECORDS}


class TestOneField:
    def test_a_field_goes_back_to_what_it_was(self, desk: Desk) -> None:
        person = _saved(desk).people[0]
        keep(desk, replace(person, occupation="nurse", languages=("uz", "ru")))
        for name in ("occupation", "languages"):
            entry = next(e for e in _history(desk, person) if e.field == name)
            assert undoing.can_restore(entry)
            undoing.restore(desk, entry)
        with desk.reading() as reading:
            assert reading.get(Person, person.id) == person

    def test_a_birth_goes_back_whole_whichever_of_its_fields_was_chosen(self, desk: Desk, clock: FixedClock) -> None:
        person = _saved(desk).people[0]
        exact = date(1976, 3, 12)
        told = replace(person, birth_precision="day", birth_earliest=exact, birth_latest=exact, birth_said="12.3.1976")
        keep(desk, told)
        clock.at += timedelta(minutes=1)
        keep(
            desk,
            replace(told, birth_precision="year", birth_earliest=date(1976, 1, 1), birth_latest=date(1976, 12, 31)),
        )
        for name, wanted in (("birth_latest", told), ("birth_precision", person), ("birth_earliest", person)):
            entries = [e for e in _history(desk, person) if e.field == name and e.change == "changed"]
            undoing.restore(desk, entries[0] if wanted == told else entries[-1])
            with desk.reading() as reading:
                assert reading.get(Person, person.id) == wanted, name

    def test_a_household_and_a_file_do_not_come_back_alone(self, desk: Desk) -> None:
        person = _saved(desk).people[0]
        entry = _history(desk, person)[0]
        assert not undoing.can_restore(replace(entry, change="changed", record_class="Person", field="household_id"))
        assert not undoing.can_restore(replace(entry, change="removed", record_class="Attachment", field=""))

    def test_a_row_that_was_taken_away_comes_back(self, desk: Desk) -> None:
        person = _saved(desk).people[0]
        paper = IdentityDocument(id=new_id(), person_id=person.id, kind="passport", noted_on=desk.clock.today())
        keep(desk, paper)
        changes = keep(desk, without=[paper])
        assert people.person(desk, person.id).documents == ()
        undoing.undo_save(desk, changes)
        assert people.person(desk, person.id).documents == (paper,)

    def test_what_was_made_is_not_taken_back_on_its_own(self, desk: Desk) -> None:
        entry = _history(desk, _saved(desk).people[0])[-1]
        assert not undoing.can_restore(entry)
        with pytest.raises(AppError, match="Nothing was changed"):
            undoing.restore(desk, entry)


class TestOneSave:
    def test_a_whole_family_goes_as_if_it_had_not_been_saved(self, desk: Desk) -> None:
        before = _records(desk)
        saved = _saved(desk)
        undoing.undo_save(desk, saved.changes)
        assert _records(desk) == before
        assert people.count(desk) == 0
        assert search.people(desk, "Каримова") == []
        assert desk.store.verify_journal()[1] is None

    def test_a_change_of_several_fields_and_rows_goes_back_whole(self, desk: Desk) -> None:
        person = _saved(desk).people[0]
        before = _records(desk)
        paper = IdentityDocument(id=new_id(), person_id=person.id, kind="passport")
        undoing.undo_save(desk, keep(desk, replace(person, occupation="nurse", education="higher"), paper))
        assert _records(desk) == before

    @pytest.mark.parametrize("since", ["changed", "built upon"])
    def test_what_was_changed_or_built_upon_since_is_not_taken_back(self, desk: Desk, since: str) -> None:
        saved = _saved(desk)
        person = saved.people[0]
        if since == "changed":
            keep(desk, replace(person, occupation="nurse"))
        else:
            keep(desk, IdentityDocument(id=new_id(), person_id=person.id, kind="passport"))
        before = _records(desk)
        with pytest.raises(AppError, match="since"):
            undoing.undo_save(desk, saved.changes)
        assert _records(desk) == before

    def test_a_request_beside_which_another_was_asked_is_not_taken_back(self, desk: Desk) -> None:
        asked = TracingRequest(id=new_id(), given_name="Азиз", inquirer_name="Гулбаҳор")
        first, changes = tracing.ask(desk, asked)
        tracing.ask(desk, replace(asked, id=new_id(), inquiry=first.id))
        with pytest.raises(AppError, match="since"):
            undoing.undo_save(desk, changes)

    def test_a_record_of_which_it_was_noted_since_what_nobody_knows_is_not_taken_back(self, desk: Desk) -> None:
        gap = Unanswered(id=new_id(), record_id="", field="origin", answer="unknown")
        first, changes = tracing.ask(desk, TracingRequest(id=new_id(), given_name="Азиз"), [])
        _again, since = tracing.ask(desk, first, [replace(gap, record_id=first.id)])
        with pytest.raises(AppError, match="since"):
            undoing.undo_save(desk, changes)
        undoing.undo_save(desk, since)
        undoing.undo_save(desk, changes)

    def test_twice_is_once(self, desk: Desk) -> None:
        saved = _saved(desk)
        undoing.undo_save(desk, saved.changes)
        with pytest.raises(AppError):
            undoing.undo_save(desk, saved.changes)


def test_restricted_facts_are_not_restored_by_whoever_may_not_see_them(desk: Desk, opened: vault.OpenVault) -> None:
    person = _saved(desk).people[0]
    made = RefoulementAssessment(id=new_id(), person_id=person.id, feared_country="UZ")
    keep(desk, made)
    changes = keep(desk, replace(made, feared_country="none"))
    user = users.add(opened, "bakyt", f"{PASSPHRASE} bakyt", "caseworker")
    caseworker = desk.of(user)
    with pytest.raises(AppError, match="role"):
        undoing.undo_save(caseworker, changes)
    with desk.reading() as reading:
        assert reading.get(RefoulementAssessment, made.id).feared_country == "none"
