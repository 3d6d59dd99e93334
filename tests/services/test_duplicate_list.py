"""People registered twice, in a vault: what is found, what was answered and stays answered, and what brings a pair back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.services.access_people import GROUPS, bring_in, office

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.base.progress import Progress
from panoh.domain.person import IdentityDocument, Person, PersonName
from panoh.services import duplicates, merging
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family

FAMILY = (
    FamilyRow(name="Каримова Лола Бековна", sex="F", birth="5.5.1975", relation="head"),
    FamilyRow(name="Каримов Анвар Искандарович", sex="M", birth="2.1.2001", relation="child"),
    FamilyRow(name="Каримов Ҳасан Искандарович", sex="M", birth="4.4.2003", relation="child"),
    FamilyRow(name="Каримов Ҳусан Искандарович", sex="M", birth="4.4.2003", relation="child"),
)
AGAIN = FamilyRow(name="Karimov Anvar", sex="M", birth="1.2.2001", relation="head")


def register(desk: Desk, *rows: FamilyRow, place: str = "Ош, Навоий 14") -> list[Person]:
    return list(save_family(desk, FamilyForm(rows=rows, address_before=place)).people)


def listed(desk: Desk, *, waiting: bool = False) -> list[tuple[str, str]]:
    return [(pair.a.id, pair.b.id) for pair in duplicates.worklist(desk, 0, 99, waiting=waiting)]


@pytest.fixture
def twice(desk: Desk) -> tuple[Person, Person]:
    """Anvar of a family, and Anvar who came again alone."""
    _mother, anvar, *_twins = register(desk, *FAMILY)
    (again,) = register(desk, AGAIN, place="Osh")
    return anvar, again


def test_a_sweep_keeps_what_it_found_with_its_reasons(desk: Desk, twice: tuple[Person, Person]) -> None:
    assert duplicates.last_search(desk) is None
    found = duplicates.sweep(desk)
    assert duplicates.last_search(desk) == found
    assert found.people == 5
    assert sum(found.bands.values()) == duplicates.count(desk) == 1
    (pair,) = duplicates.worklist(desk, 0, 9)
    assert (pair.a.id, pair.b.id) == (twice[0].id, twice[1].id)
    assert pair.sentences[:2] == ["Name: same, other script", "Birth: day and month swapped"]
    assert pair.match.score == min(100, round(sum(part.points for part in pair.match.parts), 1))
    assert pair.decision is None
    assert duplicates.worklist(desk, 1, 9) == []
    assert duplicates.count(desk, least=101) == 0


def test_nothing_of_anybody_s_record_changes(desk: Desk, twice: tuple[Person, Person]) -> None:
    before = desk.store.journal_head()
    duplicates.sweep(desk)
    assert desk.store.journal_head() == before
    with desk.reading() as reading:
        assert reading.get(Person, twice[0].id) == twice[0]


@pytest.mark.parametrize("state", ["same", "relatives", "different"])
def test_an_answered_pair_stays_away(desk: Desk, twice: tuple[Person, Person], state: str) -> None:
    duplicates.sweep(desk)
    changes = duplicates.decide(desk, twice[1].id, twice[0].id, state, " as she said ")
    assert "DuplicateDecision" in changes.kinds
    assert listed(desk) == []
    duplicates.sweep(desk)
    assert listed(desk) == []
    (answer,) = duplicates.answered(desk, state)
    assert (answer.person_a_id, answer.person_b_id, answer.reason) == (twice[0].id, twice[1].id, "as she said")
    assert answer.decided_by == desk.user.id


def test_later_waits_on_a_list_of_its_own_and_can_be_answered_again(desk: Desk, twice: tuple[Person, Person]) -> None:
    duplicates.sweep(desk)
    duplicates.decide(desk, twice[0].id, twice[1].id, "later")
    duplicates.sweep(desk)
    assert listed(desk) == []
    assert listed(desk, waiting=True) == [(twice[0].id, twice[1].id)]
    assert duplicates.count(desk, waiting=True) == 1
    duplicates.decide(desk, twice[0].id, twice[1].id, "different")
    assert listed(desk, waiting=True) == []
    assert duplicates.answered(desk, "later") == []
    assert len(duplicates.answered(desk, "different")) == 1


def test_a_pair_comes_back_when_what_told_the_two_apart_was_corrected(desk: Desk, clock: FixedClock) -> None:
    _mother, anvar, *_twins = register(desk, *FAMILY)
    (other,) = register(desk, replace(AGAIN, birth="2003"), place="Osh")
    duplicates.sweep(desk)
    duplicates.decide(desk, anvar.id, other.id, "different", "Two years apart")
    clock.at += timedelta(days=1)
    keep(desk, replace(other, presence="elsewhere", care="x"))  # says nothing of who it is
    duplicates.sweep(desk)
    assert listed(desk) == []
    keep(
        desk,
        replace(other, birth_precision="day", birth_earliest=anvar.birth_earliest, birth_latest=anvar.birth_latest),
    )
    duplicates.sweep(desk)
    assert listed(desk) == [(anvar.id, other.id)]
    (pair,) = duplicates.worklist(desk, 0, 9)
    assert pair.decision is not None
    assert pair.decision.reason == "Two years apart"
    duplicates.decide(desk, anvar.id, other.id, "different", "His cousin")
    duplicates.sweep(desk)
    assert listed(desk) == []


def test_a_paper_that_was_added_brings_a_pair_back(desk: Desk) -> None:
    _mother, anvar, *_twins = register(desk, *FAMILY)
    (other,) = register(desk, replace(AGAIN, birth=""), place="Osh")
    duplicates.sweep(desk)
    duplicates.decide(desk, anvar.id, other.id, "relatives")
    for person in (anvar, other):
        keep(desk, IdentityDocument(id=new_id(), person_id=person.id, kind="passport", document_no="AN 1234567"))
    duplicates.sweep(desk)
    assert listed(desk) == [(anvar.id, other.id)]


def test_papers_that_not_everyone_may_see_are_not_compared(desk: Desk) -> None:
    _mother, anvar, *_twins = register(desk, *FAMILY)
    (other,) = register(desk, AGAIN, place="Osh")
    kind = next(
        term.code
        for term in desk.vocabularies["document_kind"]
        if desk.vocabularies["document_kind"].restricted(term.code)
    )
    for person in (anvar, other):
        keep(desk, IdentityDocument(id=new_id(), person_id=person.id, kind=kind, document_no="R 1234567"))
    duplicates.sweep(desk)
    (pair,) = duplicates.worklist(desk, 0, 9)
    assert not any("paper" in sentence and "same paper" in sentence for sentence in pair.sentences)


def test_another_name_is_another_way_to_be_found(desk: Desk) -> None:
    (one,) = register(desk, FamilyRow(name="Эргашева Зулфия", sex="F", birth="3.3.1980"))
    (other,) = register(desk, FamilyRow(name="Petrova Zulfiya", sex="F", birth="1980"))
    duplicates.sweep(desk)
    before = [pair.match.score for pair in duplicates.worklist(desk, 0, 9)]
    keep(desk, PersonName(id=new_id(), person_id=other.id, kind="maiden", text="Ergasheva Zulfiya"))
    duplicates.sweep(desk)
    (pair,) = duplicates.worklist(desk, 0, 9)
    assert (pair.a.id, pair.b.id) == (one.id, other.id)
    assert pair.match.score > max(before, default=0)


def test_records_that_were_joined_are_no_pair(desk: Desk, twice: tuple[Person, Person]) -> None:
    duplicates.sweep(desk)
    merging.merge(desk, twice[0].id, twice[1].id)
    assert listed(desk) == []
    duplicates.sweep(desk)
    assert listed(desk) == []


def test_an_answer_about_a_record_that_was_joined_is_one_about_the_one_that_goes_on(desk: Desk) -> None:
    _mother, anvar, *_twins = register(desk, *FAMILY)
    first, second = (register(desk, AGAIN, place="Osh")[0] for _time in range(2))
    duplicates.sweep(desk)
    duplicates.decide(desk, anvar.id, second.id, "different")
    duplicates.decide(desk, first.id, second.id, "same")
    merging.merge(desk, first.id, second.id)
    duplicates.sweep(desk)
    assert listed(desk) == []
    assert duplicates.answered(desk, "same") == []


class Meanwhile(Progress):
    """Does something while the search runs."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.work: Callable[[], object] | None = work

    def step(self, done: int, total: int, what: str = "") -> None:
        if self.work and done > 50:
            self.work, work = None, self.work
            work()


def test_an_answer_that_is_given_while_a_search_runs_counts(desk: Desk, twice: tuple[Person, Person]) -> None:
    watch = Meanwhile(lambda: duplicates.decide(desk, twice[0].id, twice[1].id, "different"))
    assert sum(duplicates.sweep(desk, watch).bands.values()) == 0
    assert watch.work is None
    assert listed(desk) == []


def test_words_beside_an_answer_are_read_by_role(tmp_path: Path, clock: FixedClock) -> None:
    at = office(tmp_path / "vault", clock)
    with at.opened:
        exile, open_one = bring_in(at, GROUPS["high"][0]), register(at.supervisor, AGAIN)[0]
        another = register(at.supervisor, AGAIN)[0]
        duplicates.sweep(at.supervisor)
        duplicates.decide(at.supervisor, exile.id, open_one.id, "later", "Fled the same State")
        duplicates.decide(at.supervisor, another.id, open_one.id, "later", "Brothers, she says")
        told = {
            d: {one.reason for one in duplicates.answered(d, "later")} for d in (at.supervisor, at.holder, at.other)
        }
        assert told[at.supervisor] == told[at.holder] == {"Fled the same State", "Brothers, she says"}
        assert told[at.other] == {"Restricted reason", "Brothers, she says"}


class Stop(Progress):
    """Stops at one step."""

    def __init__(self, at: int) -> None:
        self.left = at
        self.told: list[tuple[int, int]] = []

    def step(self, done: int, total: int, what: str = "") -> None:
        self.told.append((done, total))
        assert what
        if not self.left:
            raise AppError("cancelled")
        self.left -= 1


def test_a_search_that_was_stopped_leaves_the_list_as_it_was(desk: Desk, twice: tuple[Person, Person]) -> None:
    watch = Stop(-1)
    before = duplicates.sweep(desk, watch)
    assert [done for done, _total in watch.told] == sorted(done for done, _total in watch.told)
    assert watch.told[-1] == (100, 100)
    kept = listed(desk)
    register(desk, replace(AGAIN, name="Карим Анвар"), place="Osh")
    for at in range(len(watch.told)):
        with pytest.raises(AppError, match="Stopped"):
            duplicates.sweep(desk, Stop(at))
        assert listed(desk) == kept
        assert duplicates.last_search(desk) == before


def test_an_answer_is_about_two_people_who_are_there(desk: Desk, twice: tuple[Person, Person]) -> None:
    one, other = (person.id for person in twice)
    with pytest.raises(ValueError, match="two people"):
        duplicates.decide(desk, one, one, "same")
    with pytest.raises(ValueError, match="one of"):
        duplicates.decide(desk, one, other, "perhaps")
    with pytest.raises(AppError, match="not"):
        duplicates.decide(desk, one, new_id(), "same")


def test_an_empty_vault_has_no_pairs(desk: Desk) -> None:
    assert duplicates.sweep(desk).people == 0
    assert duplicates.worklist(desk, 0, 9) == []
    assert duplicates.probable(desk, "Каримов Анвар", "M", "2001", "Ош") == []


@pytest.mark.parametrize(
    ("name", "birth"),
    [
        ("Каримов Анвар", "2.1.2001"),
        ("Anvar Karimov", "2001"),
        ("Karimow Anwar", "9"),
        ("Karimv Anvar", "1.2.2001"),
        ("Каримов Анв", "2.1.2001"),
        ("Каримов Анвар", ""),
        ("Каримов Анвар", "no date yet"),
    ],
)
def test_somebody_registered_is_found_while_the_row_is_typed(desk: Desk, name: str, birth: str) -> None:
    _mother, anvar, *_twins = register(desk, *FAMILY)
    found = duplicates.probable(desk, name, "M", birth, "Osh")
    assert found[0].line.id == anvar.id
    assert found[0].match.parts[0].words
    assert all(one.match.score >= 25 for one in found)
    assert duplicates.probable(desk, name, "F", birth, "Osh") == []


def test_a_typed_phone_speaks_too(desk: Desk) -> None:
    _mother, anvar, *_twins = register(desk, *FAMILY)
    keep(desk, replace(anvar, phone="+996 555 123456"))
    without = duplicates.probable(desk, "Каримов Анвар", "M", "2001", "")[0].match.score
    assert duplicates.probable(desk, "Каримов Анвар", "M", "2001", "", phone="0555123456")[0].match.score > without
