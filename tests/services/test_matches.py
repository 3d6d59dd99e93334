"""Decisions about candidates in a vault: who may, what stands in the way, what each reader is told, what a merge keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.conftest import CHEAP, PASSPHRASE

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import Case
from panoh.domain.consent import Consent
from panoh.domain.description import Description
from panoh.domain.family import KinLink
from panoh.domain.person import Person
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services import (
    match_sides,
    matches,
    merging,
    people,
    shield,
    sought_family,
    tracing,
    tracing_inquiry,
    undoing,
    users,
    vault,
)
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.store.tables import table

WHY = "The scar is on the left knee, both sides told it apart"
SECRET = "Taken out of the school at night"


@dataclass
class Office:
    """A vault with a supervisor, a caseworker who holds cases, and another caseworker."""

    supervisor: Desk
    holder: Desk
    other: Desk
    numbers: int = 0

    def person(self, given: str = "Азизбек", **more: Any) -> Person:
        """Somebody registered."""
        self.numbers += 1
        values: dict[str, Any] = {"family_name": "Тўрабоев", "sex": "M", "origin": "Ош, Черёмушки", **more}
        made = Person(id=new_id(), number=f"KX7-{self.numbers:05}-S", given_name=given, **values)
        keep(self.supervisor, made)
        return made

    def request(self, **more: Any) -> TracingRequest:
        """A request for Azizbek by his mother, who is only named."""
        values: dict[str, Any] = {
            "inquirer_name": "Gulbahor", "given_name": "Azizbek", "family_name": "Turaboev", "sex": "M", "relation": "child",
            "consent_to_trace": "yes", **more,
        }  # fmt: skip
        return tracing.ask(self.supervisor, TracingRequest(id=new_id(), **values))[0]

    def states(self, request: TracingRequest) -> dict[str, str]:
        """What stands, by number."""
        return {one.number: one.decision.state for one in matches.standing(self.supervisor, request.id)}


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    clock = FixedClock(datetime(2010, 6, 14, 9, 0, tzinfo=UTC))
    made = vault.create(
        tmp_path_factory.mktemp("matches") / "vault", "dilbar", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP
    )
    with made.open as opened:
        desks = [opened.desk.of(users.add(opened, name, f"{PASSPHRASE} {name}", "caseworker")) for name in ("fe", "ba")]
        yield Office(opened.desk, *desks)


def code(work: Any) -> str:
    """The code of the error that this raises."""
    with pytest.raises(AppError) as told:
        work()
    return told.value.code


def hold(at: Office, person: Person) -> None:
    """The holder takes the case of this person."""
    keep(at.supervisor, Case(id=new_id(), person_id=person.id, owner_id=at.holder.user.id))


class TestStates:
    def test_a_confirmation_has_the_others_wait_and_opening_it_again_gives_them_back(self, at: Office) -> None:
        asked, a, b, c = at.request(), at.person(), at.person(), at.person()
        matches.review(at.other, asked.id, a.id)
        matches.review(at.other, asked.id, b.id)
        matches.reject(at.other, asked.id, c.id, "Older by four years")
        before = matches.standing(at.supervisor, asked.id)
        assert matches.confirm(at.other, asked.id, a.id, WHY).also == ()
        assert at.states(asked) == {a.number: "confirmed", b.number: "waiting", c.number: "rejected"}
        assert code(lambda: matches.confirm(at.supervisor, asked.id, b.id, WHY)) == "match.another"
        matches.reopen(at.other, asked.id, a.id, "The mother says that it is the other knee")
        now = {one.number: one.decision for one in matches.standing(at.supervisor, asked.id)}
        for one in before:
            if one.number != a.number:
                assert now[one.number] == one.decision
        assert now[a.number].state == "under_review"

    def test_all_of_it_is_one_write(self, at: Office) -> None:
        asked, a, b = at.request(), at.person(), at.person()
        matches.review(at.other, asked.id, b.id)
        changes = matches.confirm(at.other, asked.id, a.id, WHY).changes
        first, last = changes.entries
        entries = [one for one in matches.what_happened(at.supervisor, asked.id) if first <= one.seq <= last]
        assert {one.field or one.change for one in entries} == {"made", "state", "was"}
        assert code(lambda: undoing.undo_save(at.other, changes)) == "access.denied"

    def test_nothing_but_the_verbs_writes_a_decision(self, at: Office) -> None:
        asked, a = at.request(), at.person()
        matches.reject(at.other, asked.id, a.id, "Older")
        with at.supervisor.reading() as reading:
            (stored,) = reading.all(MatchDecision, table(MatchDecision).c.request_id == asked.id)
        assert code(lambda: keep(at.supervisor, replace(stored, state="confirmed"))) == "access.denied"
        assert code(lambda: keep(at.supervisor, without=[stored])) == "access.denied"
        assert not any(undoing.can_restore(one) for one in matches.what_happened(at.supervisor, asked.id)[:3])

    def test_every_no_and_yes_has_its_words(self, at: Office) -> None:
        asked, a = at.request(), at.person()
        for work in (matches.reject, matches.confirm, matches.reopen):
            with pytest.raises(FormProblems):
                work(at.supervisor, asked.id, a.id, "  ")
        assert at.states(asked) == {}

    def test_a_no_is_opened_by_who_said_it_who_holds_the_case_or_a_supervisor(self, at: Office) -> None:
        asked, a = at.request(), at.person()
        hold(at, a)
        matches.reject(at.supervisor, asked.id, a.id, "Older")
        assert code(lambda: matches.reopen(at.other, asked.id, a.id, "Not older")) == "access.denied"
        assert code(lambda: matches.review(at.holder, asked.id, a.id)) == "match.rejected"
        assert code(lambda: matches.confirm(at.holder, asked.id, a.id, WHY)) == "match.rejected"
        matches.reopen(at.holder, asked.id, a.id, "The paper says 2006")
        assert at.states(asked) == {}
        assert code(lambda: matches.reopen(at.holder, asked.id, a.id, "Again")) == "match.not_decided"

    def test_after_verification_only_a_supervisor_takes_a_confirmation_back(self, at: Office) -> None:
        asked, a = at.request(), at.person()
        matches.confirm(at.other, asked.id, a.id, WHY)
        keep(at.supervisor, replace(asked, status="verified"))
        assert code(lambda: matches.reopen(at.other, asked.id, a.id, "Wrong")) == "access.denied"
        matches.reopen(at.supervisor, asked.id, a.id, "Wrong")

    def test_two_families_ask_for_one_child_and_neither_wins(self, at: Office) -> None:
        mother, uncle, child = at.request(), at.request(inquirer_name="Ravshan", relation="niece_nephew"), at.person()
        matches.confirm(at.other, mother.id, child.id, WHY)
        assert [one.inquirer for one in matches.beforehand(at.other, uncle.id, child.id).also] == ["Gulbahor"]
        also = matches.confirm(at.other, uncle.id, child.id, WHY).also
        assert [(one.number, one.inquirer) for one in also] == [(mother.number, "Gulbahor")]
        assert [one.inquirer for one in matches.also_confirmed(at.other, mother.id, child.id)] == ["Ravshan"]
        assert at.states(mother) == at.states(uncle) == {child.number: "confirmed"}


class TestWhatStandsInTheWay:
    @pytest.mark.parametrize(
        ("fields", "wanted"),
        [
            ({"consent_to_trace": ""}, "match.no_consent"),
            ({"consent_to_trace": "no"}, "match.no_consent"),
            ({"consent_withdrawn_on": date(2010, 6, 13)}, "match.no_consent"),
            ({"held_why": "He beat her"}, "match.held_back"),
            ({"status": "closed"}, "match.closed"),
        ],
    )
    def test_of_the_request(self, at: Office, fields: dict[str, Any], wanted: str) -> None:
        asked, a = at.request(**fields), at.person()
        assert matches.beforehand(at.supervisor, asked.id, a.id).refused == wanted
        assert code(lambda: matches.confirm(at.supervisor, asked.id, a.id, WHY)) == wanted
        assert at.states(asked) == {}

    def test_whoever_refused_tracing_is_not_looked_into(self, at: Office) -> None:
        asked, a = at.request(consent_to_trace="no"), at.person()
        assert code(lambda: matches.review(at.supervisor, asked.id, a.id)) == "match.no_consent"
        matches.reject(at.supervisor, asked.id, a.id, "Older")  # a No may always be said

    def test_a_person_who_said_no_to_tracing_is_no_hit(self, at: Office) -> None:
        asked, a = at.request(), at.person()
        keep(at.supervisor, Consent(id=new_id(), person_id=a.id, purpose="tracing", recipient="icrc", answer="no"))
        assert code(lambda: matches.confirm(at.supervisor, asked.id, a.id, WHY)) == "match.refused"

    def test_the_dead_are_confirmed_only_when_it_is_said(self, at: Office) -> None:
        asked, a = at.request(), at.person(presence="dead")
        assert matches.beforehand(at.other, asked.id, a.id).died
        assert code(lambda: matches.confirm(at.other, asked.id, a.id, WHY)) == "match.died"
        matches.confirm(at.other, asked.id, a.id, WHY, although_dead=True)
        assert [one.what for one in tracing_inquiry.changed_since(at.other, asked.id)] == [tracing_inquiry.DIED]


class TestNeedToKnow:
    def test_who_is_shielded_while_a_match_is_open_stays_by_number_alone(self, at: Office) -> None:
        asked, a = at.request(), at.person()
        hold(at, a)
        matches.confirm(at.holder, asked.id, a.id, WHY)
        shield.put_up(at.supervisor, a.id, SECRET)
        for work in (
            lambda: matches.confirm(at.other, asked.id, a.id, WHY),
            lambda: matches.reopen(at.other, asked.id, a.id, WHY),
            lambda: matches.reject(at.other, asked.id, a.id, WHY),
            lambda: matches.review(at.other, asked.id, a.id),
            lambda: matches.beforehand(at.other, asked.id, a.id),
            lambda: match_sides.sides(at.other, asked.id, a.id),
        ):
            assert code(work) == "shield.withheld"
        assert matches.standing(at.other, asked.id) == []
        (told,) = matches.standing(at.holder, asked.id)
        assert (told.number, told.decision.state, told.decision.reason) == (a.number, "confirmed", WHY)
        assert a.number not in repr(matches.called(at.other, matches.what_happened(at.other, asked.id)))
        assert WHY not in repr(matches.what_happened(at.other, asked.id))
        assert WHY in repr(matches.what_happened(at.holder, asked.id))
        assert a.id not in [one.person.id for one in tracing.candidates(at.other, asked.id)]

    def test_a_request_of_somebody_shielded_is_closed_whole(self, at: Office) -> None:
        mother, a = at.person("Gulbahor", sex="F"), at.person()
        asked = at.request(inquirer_id=mother.id, inquirer_name="")
        other = at.request(inquirer_name="Ravshan")
        matches.confirm(at.supervisor, asked.id, a.id, WHY)
        shield.put_up(at.supervisor, mother.id, SECRET)
        for work in (
            lambda: matches.standing(at.other, asked.id),
            lambda: matches.what_happened(at.other, asked.id),
            lambda: matches.reject(at.other, asked.id, a.id, WHY),
            lambda: sought_family.of_request(at.other, asked.id),
        ):
            assert code(work) == "shield.withheld"
        (also,) = matches.also_confirmed(at.other, other.id, a.id)
        assert (also.number, also.inquirer) == (asked.number, "")

    def test_place_phone_and_household_are_for_supervisors_and_who_holds_the_case(self, at: Office) -> None:
        asked = at.request(origin="Ош")
        a = at.person(phone="+996 555 010203", patronymic="Равшанович", arrival_on=date(2010, 6, 12))
        hold(at, a)
        seen = Description(
            id=new_id(), person_id=a.id, marks="scar on the left knee", found_where="Behind the bus station",
            kin_said=("Gulya",), found_on=date(2010, 6, 12),
        )  # fmt: skip
        keep(at.supervisor, seen)
        closed, opened = (match_sides.sides(desk, asked.id, a.id) for desk in (at.other, at.holder))
        for secret in ("010203", "Черёмушки", "bus station"):
            assert secret not in repr(closed)
            assert secret in repr(opened)
        assert closed.of("place").sealed
        assert closed.of("paper").sealed
        assert closed.of("marks").told == ("scar on the left knee",)
        assert closed.of("parents").told == ("Равшанович", "Gulya")
        assert "Gulbahor" in closed.of("parents").asked


class TestHistory:
    def test_both_records_tell_it(self, at: Office) -> None:
        asked, a = at.request(), at.person()
        matches.reject(at.holder, asked.id, a.id, "Older by four years")
        of_request = matches.what_happened(at.other, asked.id)
        of_person = people.what_happened(at.other, people.person(at.other, a.id))
        for entries in (of_request, of_person):
            assert [one.new["reason"] for one in entries if one.record_class == "MatchDecision"] == [
                "Older by four years"
            ]


class TestMerging:
    def test_a_no_outlives_the_merge_and_no_pair_doubles(self, at: Office) -> None:
        asked, kept, gone = at.request(), at.person(), at.person()
        matches.review(at.supervisor, asked.id, kept.id)
        matches.reject(at.supervisor, asked.id, gone.id, "Older")
        made, _changes = merging.merge(at.supervisor, kept.id, gone.id)
        assert at.states(asked) == {kept.number: "rejected"}
        assert not [one for one in tracing.candidates(at.supervisor, asked.id) if one.person.id == kept.id]
        merging.undo(at.supervisor, made.id)
        assert at.states(asked) == {kept.number: "under_review", gone.number: "rejected"}

    def test_a_no_moves_to_a_record_that_was_not_decided(self, at: Office) -> None:
        asked, kept, gone = at.request(), at.person(), at.person()
        matches.reject(at.supervisor, asked.id, gone.id, "Older")
        merging.merge(at.supervisor, kept.id, gone.id)
        assert at.states(asked) == {kept.number: "rejected"}

    def test_no_merge_chooses_between_a_yes_and_a_no(self, at: Office) -> None:
        asked, kept, gone = at.request(), at.person(), at.person()
        matches.confirm(at.supervisor, asked.id, kept.id, WHY)
        matches.reject(at.supervisor, asked.id, gone.id, "Older")
        assert code(lambda: merging.merge(at.supervisor, kept.id, gone.id)) == "merge.matches"
        assert at.states(asked) == {kept.number: "confirmed", gone.number: "rejected"}


class TestFamily:
    def test_whom_no_record_is_of_stands_in_the_drawing_and_is_missing(self, at: Office) -> None:
        mother, girl = at.person("Gulbahor", sex="F"), at.person("Maftuna", sex="F")
        keep(at.supervisor, KinLink(id=new_id(), from_person_id=mother.id, to_person_id=girl.id, kind="birth_parent"))
        asked = at.request(inquirer_id=mother.id, inquirer_name="")
        family, sought = sought_family.of_request(at.other, asked.id)
        rows = {one.line.id: family.tree.place(one.line.id).row for one in family.relatives}  # type: ignore[union-attr]
        assert sought == sought_family.SOUGHT
        assert rows == {mother.id: 0, girl.id: 1, sought: 1}
        assert family.relative(sought).line.presence == "missing"  # type: ignore[union-attr]

    def test_somebody_only_named_and_somebody_registered_and_not_linked(self, at: Office) -> None:
        family, sought = sought_family.of_request(at.other, at.request().id)
        assert [one.line.given_name for one in family.relatives] == ["Gulbahor", "Azizbek"]
        boy = at.person(presence="missing")
        family, sought = sought_family.of_request(at.other, at.request(sought_person_id=boy.id).id)
        assert sought == boy.id
        assert {one.line.id for one in family.relatives} == {sought_family.ASKS, boy.id}
