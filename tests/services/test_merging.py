"""Two records of one person joined and taken apart: nothing is lost, and afterwards everything is as it was."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date
from typing import Any, get_type_hints

import pytest
from tests.conftest import PASSPHRASE

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Case, CaseOption, Note, Task
from panoh.domain.casework import FollowUp, PlanRow, Referral, Service
from panoh.domain.consent import Consent
from panoh.domain.family import KinLink
from panoh.domain.merging import Merge, differences
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone, Unanswered
from panoh.domain.records import RECORDS
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.services import cases, merging, people, search, triage, users, vault
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.store.tables import table
from panoh.store.units import Reading

_DERIVED = ("person_level", "first_held", "name_key")


def _register(desk: Desk, *rows: FamilyRow, **block: Any) -> list[Person]:
    return list(save_family(desk, FamilyForm(rows=rows, **block)).people)


def _content(reading: Reading) -> dict[str, list[tuple[Any, ...]]]:
    """Every record and everything that is worked out, but the merges themselves."""
    kept = [kind for kind in RECORDS if kind is not Merge]
    told: dict[str, list[tuple[Any, ...]]] = {
        kind.__name__: sorted(reading.all(kind), key=lambda record: record.id)  # type: ignore[misc]
        for kind in kept
    }
    for name in _DERIVED:
        told[name] = sorted(map(tuple, reading.connection.exec_driver_sql(f"SELECT * FROM {name}")))
    return told


def _two(desk: Desk) -> tuple[Person, Person]:
    first, second = (
        _register(
            desk, FamilyRow(name="Каримова Зулфия Анваровна", sex="F", birth="34", relation="head", needs=("WR-PY",))
        )[0],
        _register(
            desk,
            FamilyRow(name="Karimova Zulfiya", sex="F", birth="12.3.1992", relation="head"),
            phone="+996 555 000 777",
        )[0],
    )
    return first, replace(second, phone="+996 555 000 777", occupation="nurse")


class TestMerging:
    def test_blanks_are_filled_and_the_other_name_is_kept(self, desk: Desk) -> None:
        kept, gone = _two(desk)
        keep(desk, gone)
        merging.merge(desk, kept.id, gone.id)
        with desk.reading() as reading:
            made = reading.get(Person, kept.id)
            names = [name.text for name in reading.all(PersonName, table(PersonName).c.person_id == kept.id)]
        assert (made.phone, made.occupation) == ("+996 555 000 777", "nurse")
        assert made.family_name == "Каримова"
        assert names == ["Karimova Zulfiya"]

    def test_what_was_chosen_comes_from_the_other_record_with_its_whole_group(self, desk: Desk) -> None:
        kept, gone = _two(desk)
        chosen = [d for kind, d in merging.to_choose(desk, kept.id, gone.id) if "birth_said" in d.names]
        assert len(chosen) == 1
        merging.merge(desk, kept.id, gone.id, [("Person", "birth_said")])
        with desk.reading() as reading:
            made = reading.get(Person, kept.id)
        assert (made.birth_precision, made.birth_earliest) == (gone.birth_precision, gone.birth_earliest)
        assert made.birth_earliest == made.birth_latest == date(1992, 3, 12)

    def test_the_other_number_leads_to_the_record_that_goes_on_and_nobody_stands_twice(self, desk: Desk) -> None:
        kept, gone = _two(desk)
        merging.merge(desk, kept.id, gone.id)
        assert people.by_number(desk, gone.number) == kept.id
        assert people.count(desk) == 1
        assert [found.line.id for found in search.people(desk, "Karimova Zulfiya")] == [kept.id]
        assert [item.line.id for item in triage.whole_queue(desk, 9)] == [kept.id]

    def test_everything_that_hangs_on_the_other_record_moves_over(self, desk: Desk) -> None:
        kept, gone = _two(desk)
        other = _register(desk, FamilyRow(name="Каримов Анвар", sex="M"))[0]
        rows = (
            SpecificNeed(id=new_id(), person_id=gone.id, code="SM-CI"),
            IdentityDocument(id=new_id(), person_id=gone.id, document_no="AN1"),
            PersonPhone(id=new_id(), person_id=gone.id, phone_no="1"),
            Unanswered(id=new_id(), record_id=gone.id, field="education", answer="refused"),
            KinLink(id=new_id(), from_person_id=other.id, to_person_id=gone.id, kind="birth_parent"),
            TracingRequest(id=new_id(), number="KX7-90001-0", inquirer_id=gone.id, given_name="Ali"),
            Task(id=new_id(), person_id=gone.id, what="Ask", owner_id=desk.user.id),
        )
        keep(desk, *rows)
        keep(desk, KinLink(id=new_id(), from_person_id=kept.id, to_person_id=gone.id, kind="sibling"))
        merging.merge(desk, kept.id, gone.id)
        with desk.reading() as reading:
            for row in rows:
                now = reading.get(type(row), row.id)
                assert gone.id not in [getattr(now, f.name) for f in fields(now)]
            assert [link.kind for link in reading.all(KinLink)] == ["birth_parent"]  # nobody is their own sister

    def test_two_cases_become_one_and_no_word_is_lost(self, desk: Desk) -> None:
        kept, gone = _two(desk)
        for person, wish in ((kept, "Stay"), (gone, "Go on")):
            case = replace(cases.case_or_new(desk, person.id), wish=wish, owner_id=desk.user.id)
            keep(desk, case, CaseOption(id=new_id(), case_id=case.id, letter="A", what=wish))
        merging.merge(desk, kept.id, gone.id)
        view = people.person(desk, kept.id)
        assert view.case is not None
        assert view.case.wish == "Stay"
        assert sorted((o.letter, o.what) for o in view.options) == [("A", "Stay"), ("B", "Go on")]
        assert "Go on" in view.notes[0].text

    def test_the_plan_services_referrals_and_follow_ups_of_both_cases_go_on_and_come_back(self, desk: Desk) -> None:
        kept, gone = _two(desk)
        rows: list[Any] = []
        for at, person in enumerate((kept, gone)):
            case = replace(
                cases.case_or_new(desk, person.id), assess_by=date(2010, 6, 16 - at), plan_by=date(2010, 6, 20 + at)
            )
            keep(desk, case)
            rows += [
                PlanRow(id=new_id(), case_id=case.id, goal="Safe", action="Ask"),
                Service(id=new_id(), case_id=case.id, kind="health"),
                Referral(id=new_id(), case_id=case.id, reference=f"5T8-2K{at}"),
                FollowUp(id=new_id(), case_id=case.id, kind="visit"),
            ]
        keep(desk, *rows)
        with desk.reading() as reading:
            before = _content(reading)
        made, _changes = merging.merge(desk, kept.id, gone.id)
        with desk.reading() as reading:
            case = reading.all(Case, table(Case).c.person_id == kept.id)[0]
            assert {reading.get(type(row), row.id).case_id for row in rows} == {case.id}
            assert (case.assess_by, case.plan_by) == (date(2010, 6, 15), date(2010, 6, 20))  # the earlier of the two
        assert merging.undo(desk, made.id).changed_since == 0
        with desk.reading() as reading:
            assert _content(reading) == before

    def test_a_no_of_either_record_holds(self, desk: Desk) -> None:
        kept, gone = _two(desk)
        for person, answer in ((kept, "yes"), (gone, "no")):
            keep(desk, Consent(id=new_id(), person_id=person.id, purpose="tracing", recipient="icrc", answer=answer))
        merging.merge(desk, kept.id, gone.id)
        with desk.reading() as reading:
            consents = reading.all(Consent, table(Consent).c.person_id == kept.id)
        assert [c.holds_on(desk.clock.today()) for c in consents] == [False, False]

    def test_a_clock_runs_from_when_either_record_first_held_the_fact(self, desk: Desk, clock: Any) -> None:
        gone = _register(
            desk, FamilyRow(name="Karimova Zulfiya", sex="F", birth="34", needs=("DS-PM",)), shelter="open_air"
        )[0]
        due = triage.whole_queue(desk, 1)[0].line.due_at
        clock.at = clock.at.replace(day=clock.at.day + 1)
        kept = _register(
            desk, FamilyRow(name="Каримова Зулфия", sex="F", birth="34", needs=("DS-PM",)), shelter="open_air"
        )[0]
        merging.merge(desk, kept.id, gone.id)
        assert triage.whole_queue(desk, 1)[0].line.due_at == due

    @pytest.mark.parametrize("other", ["itself", "joined"])
    def test_what_cannot_be_joined_is_told(self, desk: Desk, other: str) -> None:
        kept, gone = _two(desk)
        if other == "itself":
            gone = kept
        else:
            merging.merge(desk, kept.id, gone.id)
        with pytest.raises(AppError, match="Nothing was changed"):
            merging.merge(desk, kept.id, gone.id)


class TestUndoing:
    def test_what_was_changed_since_stays_and_is_counted(self, desk: Desk) -> None:
        kept, gone = _two(desk)
        keep(desk, gone)
        made, _changes = merging.merge(desk, kept.id, gone.id)
        with desk.reading() as reading:
            now = reading.get(Person, kept.id)
        keep(desk, replace(now, occupation="doctor"))
        assert merging.undo(desk, made.id).changed_since == 1
        with desk.reading() as reading:
            assert reading.get(Person, kept.id).occupation == "doctor"
            assert reading.get(Person, gone.id).occupation == "nurse"

    def test_a_merge_is_taken_apart_once(self, desk: Desk) -> None:
        kept, gone = _two(desk)
        made, _changes = merging.merge(desk, kept.id, gone.id)
        merging.undo(desk, made.id)
        with pytest.raises(AppError):
            merging.undo(desk, made.id)

    def test_two_hundred_pairs_joined_and_taken_apart_leave_the_vault_as_it_was(self, desk: Desk) -> None:
        rng = random.Random(5)
        with desk.writing() as unit:
            made = [_random_person(rng, unit.next_numbers()[0]) for _ in range(400)]
            unit.add(*made)
            for person in made:
                unit.add(*_random_rows(rng, person, desk.user.id))
        with desk.reading() as reading:
            before = _content(reading)
        merges = [merging.merge(desk, a.id, b.id)[0] for a, b in zip(made[::2], made[1::2], strict=True)]
        assert people.count(desk) == 200
        for each in reversed(merges):
            assert merging.undo(desk, each.id).changed_since == 0
        with desk.reading() as reading:
            after = _content(reading)
        assert [name for name in before if before[name] != after[name]] == []
        assert desk.store.verify_journal()[1] is None


class TestAccess:
    def test_restricted_facts_are_not_moved_by_whoever_may_not_see_them(
        self, desk: Desk, opened: vault.OpenVault
    ) -> None:
        user = users.add(opened, "bakyt", f"{PASSPHRASE} bakyt", "caseworker")
        caseworker = desk.of(user)
        kept, gone = _two(desk)
        keep(desk, RefoulementAssessment(id=new_id(), person_id=gone.id, feared_country="UZ"))
        with pytest.raises(AppError, match="role"):
            merging.merge(caseworker, kept.id, gone.id)
        with pytest.raises(AppError, match="role"):
            merging.to_choose(caseworker, kept.id, gone.id)
        assert people.count(desk) == 2


def _random_person(rng: random.Random, number: str) -> Person:
    values: dict[str, Any] = {"id": new_id(), "number": number}
    for name, hint in get_type_hints(Person).items():
        if name in ("id", "number", "household_id", "site_id", "merged_into_id") or rng.random() < 0.5:
            continue
        if hint is str:
            values[name] = rng.choice(("a", "b", "c"))
        elif hint == tuple[str, ...]:
            values[name] = (rng.choice("ab"),)
    return Person(**values)


def _random_rows(rng: random.Random, person: Person, user_id: str) -> list[Any]:
    rows: list[Any] = []
    if rng.random() < 0.6:
        rows.append(
            RefoulementAssessment(id=new_id(), person_id=person.id, feared_country=rng.choice(("UZ", "KG", "none")))
        )
    if rng.random() < 0.6:
        case = Case(id=new_id(), person_id=person.id, owner_id=user_id, wish=rng.choice(("stay", "go", "")))
        rows += [case, CaseOption(id=new_id(), case_id=case.id, letter=rng.choice("AB"), what="x")]
        rows.append(
            Note(id=new_id(), case_id=case.id, written_at=person.registered_at or _then(), author_id=user_id, text="n")
        )
    rows += [
        SpecificNeed(id=new_id(), person_id=person.id, code=code)
        for code in rng.sample(("SC-UC", "DS-PM", "SM-CI"), rng.randint(0, 2))
    ]
    rows += [
        Consent(id=new_id(), person_id=person.id, purpose="tracing", recipient=r, answer=rng.choice(("yes", "no", "")))
        for r in ("icrc", "unhcr")
    ]
    rows += [
        Unanswered(id=new_id(), record_id=person.id, field=f, answer="refused")
        for f in rng.sample(("sex", "phone", "religion"), 1)
    ]
    return rows


def _then() -> Any:
    from datetime import UTC, datetime

    return datetime(2010, 6, 14, tzinfo=UTC)


def test_no_difference_where_one_side_is_silent() -> None:
    mine, yours = Person(id="a", given_name="Ali"), Person(id="b", given_name="Ali", phone="1")
    assert differences(mine, yours) == []
