"""Candidates in a vault: kept up after every write, the same in a full run, and never of whom nobody may be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.services.access_people import desk_of

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.base.progress import Progress
from panoh.domain.consent import Consent
from panoh.domain.dates import parse_date
from panoh.domain.description import Description
from panoh.domain.family import KinLink
from panoh.domain.household import Household
from panoh.domain.person import IdentityDocument, Person, PersonName
from panoh.domain.shield import Shield
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services import match_crowds, matches, rematching, tracing, tracing_work
from panoh.services.desk import Desk
from panoh.services.registration import birth_fields
from panoh.services.vault import OpenVault
from panoh.store import candidates as store
from panoh.store.tables import candidate, match_due

TODAY = date(2010, 6, 14)


def register(
    desk: Desk, given_name: str = "Азизбек", family: str = "Тўрабоев", said: str = "about 4", **more: Any
) -> Person:
    facts = {"sex": "M", "origin": "Ош", "presence": "here", **birth_fields(parse_date(said, TODAY)), **more}
    with desk.writing() as unit:
        person = Person(
            id=new_id(), number=unit.next_numbers()[0], given_name=given_name, family_name=family,
            registered_at=desk.clock.now(), **facts,
        )  # fmt: skip
        unit.add(person)
    return person


def ask(
    desk: Desk, given_name: str = "Azizbek", family: str = "Turaboev", said: str = "about 4", **more: Any
) -> TracingRequest:
    facts = {"sex": "M", "origin": "Osh", "relatives": ("Gulbahor",), **birth_fields(parse_date(said, TODAY)), **more}
    wanted = TracingRequest(id=new_id(), given_name=given_name, family_name=family, **facts)
    return tracing.ask(desk, wanted)[0]


def home(desk: Desk, *people: Person) -> None:
    """Put these people into one household."""
    with desk.writing() as unit:
        household = Household(id=new_id(), number=unit.next_numbers()[0])
        unit.add(household)
        for person in people:
            unit.save(replace(unit.get(Person, person.id), household_id=household.id))


def do_all(desk: Desk) -> None:
    while rematching.step(desk):
        pass


def kept(desk: Desk) -> dict[tuple[str, str], float]:
    with desk.reading() as reading:
        return {(row[0], row[1]): row[2] for row in reading.connection.execute(candidate.select())}


def due(desk: Desk) -> set[tuple[str, str]]:
    with desk.reading() as reading:
        return {(row[0], row[1]) for row in reading.connection.execute(match_due.select())}


def people_found(desk: Desk, wanted: TracingRequest) -> list[str]:
    return [each.person.id for each in tracing.candidates(desk, wanted.id)]


def test_a_saved_person_and_a_saved_request_find_each_other(desk: Desk) -> None:
    do_all(desk)
    boy = register(desk)
    assert due(desk) == {("person", boy.id)}
    wanted = ask(desk)
    assert ("request", wanted.id) in due(desk)
    assert people_found(desk, wanted) == [boy.id]  # worked out while it is asked for
    do_all(desk)
    assert not due(desk)
    assert people_found(desk, wanted) == [boy.id]
    before = kept(desk)
    assert set(before) == {(wanted.id, boy.id)}
    mother = register(desk, "Гулбаҳор", "Йўлчиева", "1981", sex="F")
    home(desk, boy, mother)
    do_all(desk)
    assert kept(desk)[wanted.id, boy.id] > before[wanted.id, boy.id]  # kin named in the request is there now
    (found,) = tracing.candidates(desk, wanted.id)
    assert found.match.score == pytest.approx(kept(desk)[wanted.id, boy.id])
    assert found.match.score == pytest.approx(sum(part.points for part in found.match.parts))


def test_a_full_run_finds_the_same_as_one_save_after_another(desk: Desk) -> None:
    boy, mother = register(desk), register(desk, "Гулбаҳор", "Йўлчиева", "1981", sex="F", languages=("uz",))
    aunt = register(desk, "Нодира", "Каримова", "1970", sex="F")
    home(desk, mother, boy)
    with desk.writing() as unit:
        unit.add(
            PersonName(id=new_id(), person_id=boy.id, kind="nickname", text="Азик"),
            IdentityDocument(id=new_id(), person_id=aunt.id, document_no="AN 1234567"),
            Description(id=new_id(), person_id=boy.id, marks="шрам на колене", kin_said=("Гуля", "Равшан")),
            KinLink(id=new_id(), from_person_id=aunt.id, to_person_id=boy.id, kind="aunt_uncle"),
        )
    ask(desk, "", "", "", nickname="Азик", inquirer_id=aunt.id, relation="child", relatives=())
    ask(desk, marks="шрам", phone="0555 123456", languages=("uz",), separated_on=date(2010, 6, 11), last_seen_on=TODAY)
    ask(desk, "Nodira", "Karimova", "1970", sex="F", document_no="AN1234567", relatives=("Azizbek",))
    rematching.run_all(desk)
    whole = kept(desk)
    assert len(whole) >= 3
    with desk.writing() as unit:  # everything is due once more, one after another
        store.mark(unit, store.PERSON, [boy.id, mother.id, aunt.id])
    do_all(desk)
    assert kept(desk) == pytest.approx(whole)
    with desk.writing() as unit:
        store.mark(unit, store.REQUEST, {request for request, _person in whole})
    do_all(desk)
    assert kept(desk) == pytest.approx(whole)


def test_who_stays_with_kin_is_compared_among_however_many_namesakes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match_crowds, "MOST_READ", 2)
    for said in ("about 4", "about 3", "about 5", "about 4", "about 5"):
        register(desk, said=said)
    boy, mother = register(desk, family="", said=""), register(desk, "Гулбаҳор", "Йўлчиева", "1981", sex="F")
    home(desk, boy, mother)
    wanted = ask(desk)
    do_all(desk)
    assert (wanted.id, boy.id) in kept(desk)  # of no told birth, and of no family name
    for _each in range(7):  # now the kin's name is the commoner one, and the homes of the others are read
        register(desk, "Гулбаҳор", "Каримова", "1981", sex="F")
    with desk.writing() as unit:
        store.mark(unit, store.REQUEST, [wanted.id])
    do_all(desk)
    assert (wanted.id, boy.id) in kept(desk)


def test_a_slip_in_both_names_hides_nobody_who_was_born_on_the_very_day(desk: Desk) -> None:
    man = register(desk, "Нодир", "Баҳоғалиев", "26.12.1959")
    wanted = ask(desk, "Ноир", "Баҳоғаилев", "26.12.1959", relatives=())
    do_all(desk)
    assert set(kept(desk)) == {(wanted.id, man.id)}
    rematching.run_all(desk)
    assert set(kept(desk)) == {(wanted.id, man.id)}


def test_nothing_is_lost_when_it_is_stopped(desk: Desk) -> None:
    wanted = ask(desk)
    boy = register(desk)

    class Stop:
        def step(self, _done: int, _total: int, _words: str) -> None:
            raise AppError("cancelled")

    stop: Progress = Stop()
    with desk.writing() as unit:
        store.mark(unit, store.ALL, ())
    with pytest.raises(AppError):
        rematching.step(desk, progress=stop)
    assert (("all", "")) in due(desk)
    do_all(desk)
    assert set(kept(desk)) == {(wanted.id, boy.id)}


def test_consent_refused_or_withdrawn_is_never_matched(desk: Desk) -> None:
    register(desk)
    refused = ask(desk, consent_to_trace="no")
    wanted = ask(desk, consent_to_trace="yes")
    do_all(desk)
    assert {request for request, _person in kept(desk)} == {wanted.id}
    assert tracing.alike(desk, refused.id) == tracing.Alike()
    tracing.ask(desk, replace(wanted, consent_to_trace="no", consent_withdrawn_on=TODAY))
    assert not tracing.candidates(desk, wanted.id)
    do_all(desk)
    assert kept(desk) == {}
    assert list(tracing.matches(desk)) == []


def test_nobody_is_looked_for_whose_record_says_no_to_tracing(desk: Desk) -> None:
    boy, missing = register(desk), register(desk, presence="missing")
    wanted = ask(desk, sought_person_id=missing.id)
    do_all(desk)
    assert set(kept(desk)) == {(wanted.id, boy.id)}
    said = Consent(id=new_id(), person_id=missing.id, purpose="tracing", recipient="this_organisation", answer="no")
    with desk.writing() as unit:
        unit.add(said)
    assert not tracing.candidates(desk, wanted.id)
    assert not tracing_work.page(desk, "strong", 0, 9)
    do_all(desk)
    assert kept(desk) == {}
    rematching.run_all(desk)
    assert kept(desk) == {}
    with desk.writing() as unit:
        unit.save(replace(said, answer="yes"))
    do_all(desk)
    assert set(kept(desk)) == {(wanted.id, boy.id)}


@examples(6, share_fixtures=True)
@given(st.sampled_from(["Азизбек", "Azizbek", "Азиз"]), st.sampled_from(["about 4", "2006", ""]))
def test_a_rejected_pair_never_returns(desk: Desk, given_name: str, said: str) -> None:
    boy, wanted = register(desk, given_name, said=said), ask(desk)
    matches.reject(desk, wanted.id, boy.id, "another boy")
    with desk.writing() as unit:
        unit.save(replace(unit.get(Person, boy.id), origin="Ош, Черёмушки", phone="0555 123456"))
    assert boy.id not in people_found(desk, wanted)
    do_all(desk)
    assert (wanted.id, boy.id) not in kept(desk)
    assert boy.id not in people_found(desk, wanted)
    assert all(
        boy.id not in {c.person.id for c in found} for each, found in tracing.matches(desk) if each.id == wanted.id
    )
    rematching.run_all(desk)
    assert (wanted.id, boy.id) not in kept(desk)


def test_who_cannot_be_meant_is_left_out_with_the_reason(desk: Desk) -> None:
    girl = register(desk, sex="F", sex_basis="observed")
    father = register(desk, "Азизбек", "Тўрабоев", "about 5")
    wanted = ask(desk, inquirer_id=father.id)
    do_all(desk)
    assert people_found(desk, wanted) == []
    assert [(each.person.id, each.why) for each in tracing.alike(desk, wanted.id).ruled_out] == [
        (girl.id, "a woman or girl, sex verified")
    ]


def test_twins_and_a_child_sought_by_two_families(desk: Desk) -> None:
    hasan, husan = (register(desk, name, "Каримов", "4.4.2003") for name in ("Ҳасан", "Ҳусан"))
    home(desk, hasan, husan)
    first = ask(desk, "Hasan", "Karimov", "4.4.2003", relatives=("Husan",))
    second = ask(desk, "Hasan", "Karimov", "about 7", relatives=())
    do_all(desk)
    assert people_found(desk, first)[0] == people_found(desk, second)[0] == hasan.id
    assert husan.id not in people_found(desk, first)


def test_a_nickname_and_a_village(desk: Desk) -> None:
    girl = register(desk, "Гулнора", "Каримова", "", sex="F", origin="Черёмушки")
    with desk.writing() as unit:
        unit.add(PersonName(id=new_id(), person_id=girl.id, kind="nickname", text="Гуля"))
    wanted = ask(desk, "", "", "", nickname="Гуля", origin="Cheremushki", sex="", relatives=())
    assert people_found(desk, wanted) == [girl.id]
    do_all(desk)
    assert people_found(desk, wanted) == [girl.id]


def test_the_order_of_candidates_does_not_depend_on_the_order_of_rows(desk: Desk) -> None:
    boys = [register(desk, said=said, origin=origin) for said in ("about 4", "2006") for origin in ("Ош", "Баткен", "")]
    wanted = ask(desk)
    do_all(desk)
    scores = [each.match.score for each in tracing.candidates(desk, wanted.id)]
    assert scores == sorted(scores, reverse=True)
    assert set(people_found(desk, wanted)) <= {boy.id for boy in boys}


def test_a_decision_taken_back_brings_the_candidate_back(desk: Desk) -> None:
    boy, wanted = register(desk), ask(desk)
    matches.reject(desk, wanted.id, boy.id, "another boy")
    do_all(desk)
    with desk.writing() as unit:
        (decision,) = unit.where_in(MatchDecision, "request_id", [wanted.id])
        unit.remove(decision)
    assert due(desk)
    do_all(desk)
    assert people_found(desk, wanted) == [boy.id]


def test_a_text_with_the_sign_between_columns_is_read_all_the_same(desk: Desk) -> None:
    boy = register(desk, origin="Ош\x1fЧерёмушки")
    other = register(desk, "Нодир")
    with desk.reading() as reading:
        ids, columns = store.everyone(reading)
    assert ids == [boy.id, other.id]
    assert columns[7][0] == "Ош\x1fЧерёмушки"


def test_who_is_behind_a_shield_is_told_to_those_alone_who_may_know(opened: OpenVault) -> None:
    desk = opened.desk
    boy = register(desk)
    girl = register(desk, "Азизбек", sex="F", sex_basis="document")
    wanted = ask(desk)
    with desk.writing() as unit:
        unit.add(
            *(Shield(id=new_id(), person_id=one.id, on_at=desk.clock.now(), on_by=desk.user.id) for one in (boy, girl))
        )
    do_all(desk)
    other = desk_of(opened, "Bakyt")
    assert people_found(desk, wanted) == [boy.id]
    assert [each.person.id for each in tracing.alike(desk, wanted.id).ruled_out] == [girl.id]
    assert tracing.alike(other, wanted.id) == tracing.Alike([], [])
    assert list(tracing.matches(other)) == []


def test_nobody_who_is_masked_speaks_for_their_kin(opened: OpenVault) -> None:
    desk = opened.desk
    boy, exile = register(desk), register(desk, "Гулбаҳор", "Йўлчиева", "1981", sex="F")
    with desk.writing() as unit:
        unit.add(KinLink(id=new_id(), from_person_id=exile.id, to_person_id=boy.id, kind="birth_parent"))
    wanted = ask(desk)
    do_all(desk)
    before = kept(desk)[wanted.id, boy.id]
    with desk.writing() as unit:
        unit.add(Shield(id=new_id(), person_id=exile.id, on_at=desk.clock.now(), on_by=desk.user.id))
    (found,) = tracing.candidates(desk_of(opened, "Bakyt"), wanted.id)
    assert found.match.score < before
    do_all(desk)
    assert kept(desk)[wanted.id, boy.id] < before
