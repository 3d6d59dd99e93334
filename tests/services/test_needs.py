"""Needs: noticed, reviewed, listed for review by those who may see them, and never lost."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.services.access_people import Office

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import Case
from panoh.domain.casework import PlanRow, Referral, Service
from panoh.domain.needs import CONFIRMED, MET, NOT_APPLICABLE, NOTICED, PENDING, SpecificNeed
from panoh.domain.person import Person
from panoh.services import cases, imports, merging, needs, people, person_edit, undoing
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.store.tables import table


def someone(desk: Desk, *codes: str, name: str = "Каримова Лола", birth: str = "30") -> Person:
    form = FamilyForm(rows=(FamilyRow(name=name, sex="F", birth=birth, relation="head", needs=codes),))
    return save_family(desk, form).people[0]


def of(desk: Desk, person: Person, code: str = "") -> SpecificNeed:
    found = [one for one in people.person(desk, person.id).needs if code in ("", one.code)]
    assert len(found) == 1, found
    return found[0]


# --- noticed ------------------------------------------------------------------------------------------------------------


def test_a_need_seen_at_registration_waits_under_the_name_of_who_saw_it(at: Office) -> None:
    person = someone(at.holder, "ER-NF")
    need = of(at.holder, person)
    assert (need.status, need.noticed_by, need.noticed_at) == (NOTICED, at.holder.user.id, at.clock.now())
    assert [one.need.id for one in needs.to_review(at.other, 0, 9)] == [need.id]
    assert needs.to_review(at.other, 0, 9)[0].noticed_by == at.holder.user.name


def test_a_need_of_a_list_waits_too_and_a_code_nobody_knows_is_kept_as_a_local_one(at: Office, tmp_path: Any) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "person_id,given_name,family_name,sex,age,needs\nA1,Лола,Каримова,F,30,WR-WR;XQ-77;Trauma  camp\n", "utf-8"
    )
    for _again in range(2):
        result = imports.import_people(at.supervisor, file, imports.Options())
    assert result.updated == 1
    with at.supervisor.reading() as reading:
        found = {one.code: one for one in reading.all(SpecificNeed)}
    assert set(found) == {"WR-WR", "XQ-77", "Trauma camp"}
    assert {one.noticed_by for one in found.values()} == {at.supervisor.user.id}
    assert needs.called(at.supervisor.vocabularies, "XQ-77") == "XQ-77 (local code)"
    assert needs.count(at.supervisor) == 3
    assert [one.need.code for one in needs.to_review(at.other, 0, 9)] == ["WR-WR"]  # what nobody knows is shown by role


def test_the_same_need_stands_once(at: Office) -> None:
    person = someone(at.supervisor, "PX-PR")
    with pytest.raises(FormProblems, match="code"):
        needs.notice(at.supervisor, person.id, "PX-PR")
    first = of(at.supervisor, person)
    needs.review(at.supervisor, first.id, MET)
    needs.notice(at.supervisor, person.id, "PX-PR", severity="severe", until=date(2010, 9, 1), note="Seen again")
    with pytest.raises(FormProblems, match="code"):
        needs.review(at.supervisor, first.id, CONFIRMED)
    with pytest.raises(FormProblems, match="code"):
        needs.save(at.supervisor, [replace(first, status=PENDING)])
    assert sorted(one.status for one in people.person(at.supervisor, person.id).needs) == [MET, NOTICED]


# --- reviewed -----------------------------------------------------------------------------------------------------------


def test_a_review_is_signed_and_leaves_the_list(at: Office) -> None:
    person = someone(at.holder, "ER-NF", "WR-WR", "SP-PT")
    at.clock.at += timedelta(days=1)
    needs.review(at.other, of(at.other, person, "ER-NF").id, CONFIRMED, until=date(2010, 7, 1))
    needs.review(at.other, of(at.other, person, "WR-WR").id, MET)
    with pytest.raises(FormProblems, match="why"):
        needs.review(at.other, of(at.other, person, "SP-PT").id, NOT_APPLICABLE, "  ")
    needs.review(at.other, of(at.other, person, "SP-PT").id, NOT_APPLICABLE, "Her sister cares with her")
    assert needs.count(at.other) == 0
    found = people.person(at.other, person.id).needs
    assert {one.code: one.status for one in found} == {"ER-NF": CONFIRMED, "WR-WR": MET, "SP-PT": NOT_APPLICABLE}
    assert {(one.reviewed_by, one.reviewed_at) for one in found} == {(at.other.user.id, at.clock.now())}
    assert of(at.other, person, "SP-PT").review_why == "Her sister cares with her"


def test_a_need_comes_back_after_its_last_day(at: Office) -> None:
    person = someone(at.holder, "PX-PR")
    needs.review(at.holder, of(at.holder, person).id, CONFIRMED, until=date(2010, 6, 20))
    at.clock.at += timedelta(days=6)
    assert needs.count(at.holder) == 0  # its last day
    at.clock.at += timedelta(days=1)
    (row,) = needs.to_review(at.holder, 0, 9)
    assert row.lapsed
    assert needs.count(at.holder) == 1
    needs.review(at.holder, row.need.id, CONFIRMED)
    assert of(at.holder, person).until is None
    assert needs.count(at.holder) == 0


def test_severity_last_day_and_note_are_changed(at: Office) -> None:
    person = someone(at.holder, "ER-NF")
    needs.edit(at.holder, of(at.holder, person).id, severity="severe", until=date(2010, 7, 1), note="Lives alone")
    need = of(at.holder, person)
    assert (need.severity, need.until, need.note, need.status) == ("severe", date(2010, 7, 1), "Lives alone", NOTICED)


def test_the_gravest_and_oldest_come_first(at: Office) -> None:
    calm = someone(at.supervisor, "WR-WR")
    at.clock.at += timedelta(hours=1)
    old = someone(at.supervisor, "ER-NF")
    critical = someone(at.supervisor, "PX-WL")
    severe = someone(at.supervisor, "ER-FR")
    needs.edit(at.supervisor, of(at.supervisor, severe).id, severity="severe")
    order = [row.line.id for row in needs.to_review(at.supervisor, 0, 9)]
    assert order[:2] == [severe.id, critical.id]
    assert set(order) == {severe.id, critical.id, old.id, calm.id}
    pages = [needs.to_review(at.supervisor, offset, 1)[0].line.id for offset in range(4)]
    assert pages == order


# --- who may see ----------------------------------------------------------------------------------------------------------


def test_a_restricted_need_is_listed_and_counted_for_whoever_may_see_it_alone(at: Office) -> None:
    person = someone(at.supervisor, "ER-NF")
    needs.notice(at.supervisor, person.id, "SV-VF", note="Told alone")
    needs.notice(at.supervisor, person.id, "LP-IH")
    for desk in (at.holder, at.other):
        assert [row.need.code for row in needs.to_review(desk, 0, 9)] == ["ER-NF"]
        assert needs.count(desk) == 1
    cases.take(at.holder, person.id)
    assert needs.count(at.holder) == len(needs.to_review(at.holder, 0, 9)) == 3
    assert needs.count(at.supervisor) == 3
    assert needs.count(at.other) == 1
    hidden = of(at.holder, person, "SV-VF")
    for act in (
        lambda: needs.review(at.other, hidden.id, MET),
        lambda: needs.edit(at.other, hidden.id, note="x"),
        lambda: needs.notice(at.other, person.id, "SV-VF"),
        lambda: needs.notice(at.other, person.id, "TR-PI"),  # and no answer differs by whether it is recorded
    ):
        with pytest.raises(AppError, match="role"):
            act()


def test_words_of_a_need_are_withheld_and_not_written_over(at: Office) -> None:
    person = someone(at.supervisor, "ER-NF")
    cases.take(at.holder, person.id)
    need = of(at.holder, person)
    needs.edit(at.holder, need.id, note="She hides at her aunt's")
    assert of(at.other, person).note == "She hides at her aunt's"  # nothing restricted is recorded yet
    needs.notice(at.holder, person.id, "LP-IH")
    view = people.person(at.other, person.id)
    assert [one.note for one in view.needs] == [""]
    assert "aunt" not in repr(people.what_happened(at.other, view))
    assert "aunt" not in repr(needs.to_review(at.other, 0, 9))
    needs.save(at.other, [replace(view.needs[0], severity="severe")])
    needs.review(at.other, need.id, NOT_APPLICABLE, "Her son came")
    kept = of(at.holder, person, "ER-NF")
    assert (kept.note, kept.severity, kept.review_why) == ("She hides at her aunt's", "severe", "Her son came")


def test_what_is_done_about_a_need_is_told_to_whoever_may_read_the_case(at: Office) -> None:
    person = someone(at.supervisor, "ER-FR", "WR-WR")
    cases.take(at.holder, person.id)
    need = of(at.holder, person, "ER-FR")
    needs.edit(at.holder, need.id, severity="severe")
    assert needs.about(at.holder, person.id).without_action == frozenset()
    needs.review(at.holder, need.id, CONFIRMED)
    assert needs.about(at.holder, person.id).without_action == {need.id}
    with at.holder.reading() as reading:
        case = reading.first(Case, table(Case).c.person_id == person.id)
    assert case is not None
    row = PlanRow(id=new_id(), case_id=case.id, need_id=need.id, action="A neighbour cooks", by_when=date(2010, 6, 20))
    service = Service(id=new_id(), case_id=case.id, need_id=need.id, provider="Mahalla", done_on=date(2010, 6, 13))
    sent = Referral(
        id=new_id(), case_id=case.id, reference="R1", need_id=need.id, organisation="Clinic", answer="refused"
    )
    keep(at.holder, service, sent)
    assert needs.about(at.holder, person.id).without_action == {need.id}  # done, or refused: nothing goes on
    keep(at.holder, row)
    about = needs.about(at.holder, person.id)
    assert about.without_action == frozenset()
    assert len(about.doing[need.id]) == 3
    assert "A neighbour cooks, by 20 Jun 2010" in about.doing[need.id][0]
    assert needs.about(at.other, person.id).doing == about.doing
    needs.notice(at.holder, person.id, "LP-IH")
    hidden = needs.about(at.other, person.id)
    assert hidden.withheld
    assert (hidden.doing, hidden.without_action) == ({}, frozenset())
    keep(at.holder, replace(row, done_on=date(2010, 6, 14)))
    needs.save(at.holder, [replace(of(at.holder, person, "ER-FR"), review_why="She wants no help")])
    assert needs.about(at.holder, person.id).without_action == frozenset()


def test_contradictions_are_told_without_what_one_may_not_see(at: Office) -> None:
    person = someone(at.supervisor, "ER-NF", birth="20")
    needs.notice(at.supervisor, person.id, "CR-AF")
    assert {one.kind for one in needs.about(at.supervisor, person.id).contradictions} == {
        "old_too_young",
        "child_adult",
    }
    assert {one.kind for one in needs.about(at.other, person.id).contradictions} == {"old_too_young"}
    (row,) = needs.to_review(at.other, 0, 9)
    assert len(row.contradictions) == 1


# --- never lost -------------------------------------------------------------------------------------------------------------

CODES = ("ER-NF", "PX-PR", "SV-VF", "LP-IH", "SC-UC", "XQ-77")
OPERATIONS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 5), st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=25
)


class Acts:
    """Everything that the window can do with needs, with the needs that must still stand."""

    def __init__(self, at: Office) -> None:
        self.desks = (at.supervisor, at.holder, at.other)
        self.clock = at.clock
        self.people = [someone(at.supervisor, name=f"Каримова {n}").id for n in ("Лола", "Зулфия", "Ойша", "Гулнора")]
        self.ended: set[str] = set()
        self.before: dict[str, SpecificNeed] = {n.id: n for n in self.needs()}

    def needs(self) -> list[SpecificNeed]:
        with self.desks[0].reading() as reading:
            mine = {person.id for person in reading.where_in(Person, "id", self.people)}
            return [one for one in reading.all(SpecificNeed) if one.person_id in mine]

    def do(self, act: int, which: int, whom: int, who: int) -> None:
        desk, person_id = self.desks[who], self.people[whom]
        mine = [one for one in self.needs() if one.person_id == person_id]
        need = mine[which % len(mine)] if mine else None
        if act == 0 or need is None:
            needs.notice(desk, person_id, CODES[which])
        elif act == 1:
            found = (CONFIRMED, MET, NOT_APPLICABLE)[which % 3]
            needs.review(desk, need.id, found, "Looked at" if which else "")
            if found != CONFIRMED:
                self.ended.add(need.id)
        elif act == 2:
            needs.edit(desk, need.id, until=self.clock.today() - timedelta(days=which), severity="mild", note="n")
        elif act == 3:  # what a form of somebody who sees less hands in
            view = people.person(desk, person_id)
            person_edit.save(desk, [view.person, *(replace(one, source="observed") for one in view.needs)])
        elif act == 4:
            keep(desk, without=[need])
        elif act == 5:
            keep(desk, replace(need, code="WR-WR"))
        elif act == 6:
            keep(desk, replace(need, person_id=self.people[(whom + 1) % 4]))
        elif act == 7:
            view = people.person(desk, person_id)
            entry = next(
                e
                for e in people.what_happened(desk, view)
                if e.record_class == "SpecificNeed" and e.change == "changed"
            )
            now = {n.id: n.stands for n in self.needs()}
            undoing.restore(desk, entry)
            self.ended |= {n.id for n in self.needs() if now[n.id] and not n.stands}  # back to what a review had found
        else:
            self.clock.at += timedelta(days=which)


@examples(30, share_fixtures=True)
@given(OPERATIONS)
def test_nothing_but_a_review_takes_a_need_off(at: Office, operations: list[tuple[int, int, int, int]]) -> None:
    acts = Acts(at)
    for operation in operations:
        with suppress(AppError, FormProblems, StopIteration):
            acts.do(*operation)
        now = {need.id: need for need in acts.needs()}
        for need_id, was in acts.before.items():
            assert (now[need_id].code, now[need_id].person_id) == (was.code, was.person_id)
            assert now[need_id].stands or need_id in acts.ended, operation
        today = acts.clock.today()
        waiting = {row.need.id for row in needs.to_review(acts.desks[0], 0, 9999)}
        assert {need.id for need in now.values() if need.waits(today)} <= waiting
        assert needs.count(acts.desks[0]) == len(waiting)
        acts.before = now


def test_a_merge_takes_needs_along(at: Office) -> None:
    one, other = someone(at.supervisor, "ER-NF"), someone(at.supervisor, "WR-WR")
    merging.merge(at.supervisor, one.id, other.id)
    assert {need.code for need in people.person(at.supervisor, one.id).needs} == {"ER-NF", "WR-WR"}
    assert {row.line.id for row in needs.to_review(at.supervisor, 0, 9)} == {one.id}
