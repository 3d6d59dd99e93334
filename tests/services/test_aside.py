"""A record set aside is hidden everywhere, and brought back everything is as it was before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import PASSPHRASE
from tests.examples import examples
from tests.services.erasing_people import HEAD, bring_in, office
from tests.services.test_erasing import family
from tests.services.test_merging import _content

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Task
from panoh.domain.lines import QueueFilter
from panoh.domain.person import IdentityDocument, Person
from panoh.domain.tracing import TracingRequest
from panoh.services import (
    aside,
    border,
    cases,
    completing,
    dashboards,
    duplicates,
    families,
    imports,
    merging,
    papers,
    people,
    search,
    tracing,
    triage,
    vault,
)
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.today import today
from panoh.store import finding


def content(desk: Desk) -> dict[str, object]:
    with desk.reading() as reading:
        return {name: rows for name, rows in _content(reading).items() if name != "Removal"}


def test_a_record_with_everything_comes_back_whole(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        person_id, _markers = bring_in(opened.desk)
        before = content(opened.desk)
        aside.set_aside(opened.desk, person_id, "mistake")
        assert content(opened.desk) != before
        aside.bring_back(opened.desk, person_id)
        assert content(opened.desk) == before


_rows = st.builds(
    FamilyRow,
    name=st.sampled_from(["Каримова Зулфия", "Karimov Bek", "Юсупова", "Турсунов Азиз Бекович"]),
    sex=st.sampled_from(["F", "M", ""]),
    birth=st.sampled_from(["34", "12.3.1992", "", "3"]),
    needs=st.sampled_from([(), ("WR-PY",), ("SM-CI",)]),
)


@examples(15, share_fixtures=True)
@given(rows=st.lists(_rows, min_size=1, max_size=4), data=st.data())
def test_set_aside_and_brought_back_is_as_before(rows: list[FamilyRow], data: st.DataObject, desk: Desk) -> None:
    found = save_family(desk, FamilyForm(rows=rows, phone="+996 555 010 203")).people
    person = data.draw(st.sampled_from(found))
    if data.draw(st.booleans()):
        cases.take(desk, person.id)
    before = content(desk)
    others = data.draw(st.lists(st.sampled_from(found), max_size=2, unique=True))
    gone = list(dict.fromkeys([person.id, *(other.id for other in others)]))
    for person_id in gone:
        aside.set_aside(desk, person_id, "test")
    for person_id in data.draw(st.permutations(gone)):
        aside.bring_back(desk, person_id)
    assert content(desk) == before
    assert desk.store.verify_journal()[1] is None


def test_it_stands_in_no_list(desk: Desk) -> None:
    person, other = family(desk, "Каримова Зулфия Анваровна", "Каримова Азиза")
    twin = family(desk, "Каримова Зулфия Анваровна")[0]
    request = TracingRequest(
        id=new_id(), number="KX7-90002-1", inquirer_id=person.id, given_name="Азиза", family_name="Каримова"
    )
    paper = IdentityDocument(id=new_id(), person_id=person.id, kind="passport", state="lost")
    keep(desk, request, paper, Task(id=new_id(), person_id=person.id, what="call", owner_id=desk.user.id))
    cases.take(desk, person.id)
    assert search.people(desk, person.number, 5)
    aside.set_aside(desk, person.id, "mistake")

    assert [line.id for line in people.page(desk, 0, 99)] == [twin.id, other.id]
    assert people.count(desk) == 2
    assert search.people(desk, person.number, 5) == []
    assert person.id not in [hit.line.id for hit in search.people(desk, "Каримова Зулфия", 9)]
    with pytest.raises(AppError, match="number"):
        people.by_number(desk, person.number)
    assert person.id not in [item.line.id for item in triage.queue(desk, QueueFilter(), 0, 99)]
    first = today(desk)
    assert (first.people, first.due.all) == (2, 0)
    assert papers.count(desk) == len(papers.page(desk, 0, 9)) == 0
    assert tracing.count(desk) == len(tracing.page(desk, 0, 9)) == 0
    assert list(tracing.matches(desk)) == []
    assert person.id not in [one.line.id for one in completing.page(desk, 0, 99)]
    assert [line.id for line in people.person(desk, other.id).members] == [other.id]
    assert families.page(desk, 0, 9)[-1].people == 1
    duplicates.sweep(desk)
    assert duplicates.worklist(desk, 0, 9) == []
    assert border.points(desk) == []
    assert sum(band.female.least for band in dashboards.ages(desk)) <= 2
    with pytest.raises(AppError, match="joined to another"):
        merging.merge(desk, other.id, person.id)
    with pytest.raises(AppError, match="set aside or joined"):
        aside.set_aside(desk, person.id, "mistake")


def test_numbers_and_chains_of_joined_records_never_loop(desk: Desk) -> None:
    kept, gone = family(desk, "Каримова Зулфия")[0], family(desk, "Karimova Zulfiya")[0]
    merging.merge(desk, kept.id, gone.id)
    aside.set_aside(desk, kept.id, "test")
    with desk.reading() as reading:
        assert finding.numbered(reading, gone.number, "") == finding.numbered(reading, kept.number, "") == ""
        assert finding.numbered_any(reading, [gone.number, kept.number]) == []
    assert duplicates.answered(desk, "same") == []
    duplicates.sweep(desk)


def test_a_list_that_names_somebody_set_aside_registers_them_anew(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("person_id,given_name,family_name,sex\nX-1,Zulfiya,Karimova,F\n", "utf-8")
    imports.bring_in_as_typed(desk, imports.ListKind.PEOPLE, file, imports.Typed())
    first = people.page(desk, 0, 9)[0]
    aside.set_aside(desk, first.id, "mistake")
    imports.bring_in_as_typed(desk, imports.ListKind.PEOPLE, file, imports.Typed())
    assert [line.external_id for line in people.page(desk, 0, 9)] == ["X-1"]
    imports.bring_in_as_typed(desk, imports.ListKind.PEOPLE, file, imports.Typed())
    with desk.reading() as reading:
        assert len(reading.all(Person)) == 2


def test_thirty_days_are_there_to_bring_it_back(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        person = family(opened.desk, "Каримова Зулфия")[0]
        aside.set_aside(opened.desk, person.id, "mistake")
        assert [(one.days_left, one.by, one.why) for one in aside.listed(opened.desk)] == [(30, HEAD, "mistake")]
        clock.at += timedelta(days=29, hours=23)
        assert aside.listed(opened.desk)[0].days_left == 1
        clock.at += timedelta(hours=2)
        assert aside.listed(opened.desk)[0].days_left == 0
        with pytest.raises(AppError, match="30 days"):
            aside.bring_back(opened.desk, person.id)
        assert aside.count(opened.desk) == 1
    with vault.unlock(tmp_path / "vault", HEAD, PASSPHRASE, clock=clock) as opened:
        assert aside.count(opened.desk) == 1  # nothing is ever erased by itself
