"""Care of a child and its best interests: verbs, who reads them, what triage and the list of what is due make of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.services.casework_people import Office, office

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.best_interests import hint_for
from panoh.domain.casework import BestInterests, CareArrangement
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.services import best_interests, care, due, people, person_edit, shield, triage
from panoh.services.best_interests import Procedures
from panoh.services.care import Care
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.vault import OpenVault

DAY = date(2010, 6, 14)
CHILD = {"birth_earliest": date(2001, 1, 1), "birth_latest": date(2001, 12, 31)}
AUNT = "Холмирзаева"


@pytest.fixture
def at(opened: OpenVault) -> Office:
    return office(opened, **CHILD)


@pytest.fixture
def aunt(at: Office) -> Person:
    made = replace(at.person, id=new_id(), number="KX7-00002-1", family_name=AUNT, birth_earliest=date(1970, 1, 1),
                   birth_latest=date(1970, 12, 31))  # fmt: skip
    keep(at.supervisor, made)
    return made


def arrange(desk: Desk, at: Office, **values: Any) -> None:
    usual: dict[str, Any] = {"kind": "foster", "since": DAY}
    care.arrange(desk, at.person.id, CareArrangement(person_id="", **{"id": "", **usual, **values}))


def cared(desk: Desk, at: Office) -> Care:
    return person_edit.opened(desk, at.person.id).care


def procedures(desk: Desk, at: Office) -> Procedures:
    return person_edit.opened(desk, at.person.id).best_interests


def fields(problems: pytest.ExceptionInfo[FormProblems]) -> set[str]:
    return {one.field for one in problems.value.problems}


def reasons(at: Office) -> set[str]:
    return {reason.rule for reason in triage.why(at.supervisor, at.person.id).reasons}


class TestCare:
    def test_a_new_one_ends_the_one_before_and_history_stays(self, at: Office, aunt: Person) -> None:
        arrange(at.holder, at, kind="none", since=DAY - timedelta(9))
        arrange(
            at.holder, at, kind="kinship", carer_id=aunt.id, relation="mother's sister", safe="yes", assessed_on=DAY
        )
        force, before = cared(at.holder, at).rows
        assert force.carer is not None
        assert (force.in_force, force.arrangement.kind, force.carer.family_name) == (True, "kinship", AUNT)
        assert (before.in_force, before.arrangement.until) == (False, DAY)
        history = people.what_happened(at.holder, people.person(at.holder, at.person.id))
        assert "CareArrangement" in {entry.record_class for entry in history}

    def test_it_feeds_the_level(self, at: Office) -> None:
        arrange(at.holder, at, kind="none")
        assert "T06" in reasons(at)
        arrange(at.holder, at, kind="unrelated_adult", carer="A man from the market")
        assert "T08" in reasons(at)
        arrange(at.holder, at, kind="parents", carer="Her mother")
        assert not {"T06", "T08"} & reasons(at)

    def test_it_ends_with_a_day_and_a_reason(self, at: Office) -> None:
        arrange(at.holder, at, since=DAY - timedelta(2))
        one = cared(at.holder, at).rows[0].arrangement
        for until, why, wrong in (
            (None, "Moved on", {"until"}), (DAY + timedelta(1), "Moved on", {"until"}), (DAY, " ", {"why"}),
            (DAY - timedelta(5), "Moved on", {"until"}),
        ):  # fmt: skip
            with pytest.raises(FormProblems) as problems:
                care.end(at.holder, one.id, until, why)
            assert fields(problems) == wrong
        care.end(at.holder, one.id, DAY, "The family moved on")
        assert cared(at.holder, at).in_force is None
        assert cared(at.holder, at).rows[0].arrangement.ended_why == "The family moved on"

    @pytest.mark.parametrize(
        ("values", "wrong"),
        [
            ({"kind": ""}, "kind"), ({"since": None}, "since"), ({"since": DAY + timedelta(1)}, "since"),
            ({"safe": "yes"}, "assessed_on"), ({"assessed_on": DAY}, "safe"),
            ({"safe": "no", "assessed_on": DAY + timedelta(1)}, "assessed_on"),
        ],
    )  # fmt: skip
    def test_what_it_needs(self, at: Office, values: dict[str, Any], wrong: str) -> None:
        with pytest.raises(FormProblems) as problems:
            arrange(at.holder, at, **values)
        assert fields(problems) == {wrong}

    def test_a_child_is_not_its_own_carer(self, at: Office) -> None:
        with pytest.raises(FormProblems) as problems:
            arrange(at.holder, at, carer_id=at.person.id)
        assert fields(problems) == {"carer"}

    def test_a_carer_who_is_a_child_is_told(self, at: Office, aunt: Person) -> None:
        keep(at.supervisor, replace(aunt, **CHILD))  # type: ignore[arg-type]
        arrange(at.holder, at, carer_id=aunt.id)
        assert "a child too" in cared(at.holder, at).rows[0].contradictions[0]

    def test_it_is_changed_in_place_and_a_mistake_taken_away(self, at: Office) -> None:
        arrange(at.holder, at)
        one = cared(at.holder, at).rows[0].arrangement
        care.arrange(at.holder, at.person.id, replace(one, safe="no", assessed_on=DAY))
        assert [row.arrangement.safe for row in cared(at.holder, at).rows] == ["no"]
        care.take_away(at.holder, one.id)
        with pytest.raises(AppError):  # of nobody's, or of another person
            arrange(at.holder, at, id=one.id)
        assert cared(at.holder, at).rows == ()


class TestBestInterests:
    def begin(self, at: Office, **values: Any) -> BestInterests:
        usual: dict[str, Any] = {"kind": "assessment", "why": "at_risk"}
        best_interests.start(at.holder, at.person.id, **{**usual, **values})
        return procedures(at.holder, at).rows[0]

    def test_a_child_without_an_adult_calls_for_it(self, at: Office) -> None:
        assert not procedures(at.holder, at).called_for
        arrange(at.holder, at, kind="none")
        assert procedures(at.holder, at).called_for
        arrange(at.holder, at, kind="foster")
        assert not procedures(at.holder, at).called_for
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="SC-UC"))  # alone, in a foster family
        assert procedures(at.holder, at).called_for
        self.begin(at)
        assert not procedures(at.holder, at).called_for

    def test_by_when_follows_from_the_level(self, at: Office) -> None:
        arrange(at.holder, at, kind="none")  # high, or worse
        assert self.begin(at).review_on == DAY + timedelta(1)
        assert self.begin(at, kind="determination", why="durable_solution").review_on == DAY + timedelta(3)
        assert self.begin(at, decide_by=DAY + timedelta(9)).review_on == DAY + timedelta(9)

    @pytest.mark.parametrize(
        ("values", "wrong"),
        [({"kind": ""}, "kind"), ({"why": "x"}, "why"), ({"started_on": DAY + timedelta(1)}, "started_on")],
    )
    def test_what_it_needs_to_begin(self, at: Office, values: dict[str, Any], wrong: str) -> None:
        with pytest.raises(FormProblems) as problems:
            self.begin(at, **values)
        assert fields(problems) == {wrong}

    def test_not_of_an_adult(self, at: Office, aunt: Person) -> None:
        with pytest.raises(FormProblems) as problems:
            best_interests.start(at.holder, aunt.id, "assessment", "at_risk")
        assert fields(problems) == {"kind"}

    def test_nothing_is_decided_without_the_child(self, at: Office) -> None:
        one = self.begin(at)
        whole = replace(one, options="Stay, or go to the aunt", decision="Stay")
        with pytest.raises(FormProblems) as problems:
            best_interests.decide(at.holder, replace(whole, child_view=" "))
        assert fields(problems) == {"child_view"}
        best_interests.decide(at.holder, replace(whole, child_view="She wants to stay with Asel"))
        (kept,) = procedures(at.holder, at).rows
        assert (kept.decided_on, kept.review_on, kept.decision) == (DAY, DAY + timedelta(90), "Stay")
        for act in (best_interests.write, best_interests.decide):
            with pytest.raises(AppError, match="decided already"):
                act(at.holder, replace(kept, decision="Go"))
        with pytest.raises(AppError, match="decided already"):
            best_interests.take_away(at.holder, kept.id)

    def test_a_determination_takes_a_panel(self, at: Office) -> None:
        one = replace(
            self.begin(at, kind="determination", why="separation"), child_view="-x-", options="Two", decision="One"
        )
        for panel in ((), ("health",), ("health", "Health")):
            with pytest.raises(FormProblems) as problems:
                best_interests.decide(at.holder, replace(one, panel=panel))
            assert fields(problems) == {"panel"}
        best_interests.decide(at.holder, replace(one, panel=("child protection", "health")), DAY, DAY + timedelta(30))
        assert procedures(at.holder, at).rows[0].review_on == DAY + timedelta(30)

    def test_what_is_written_is_kept_on_the_way(self, at: Office) -> None:
        one = self.begin(at)
        best_interests.write(at.holder, replace(one, child_view=" Stay ", family_view="Come", made_by="", why="x"))
        (kept,) = procedures(at.holder, at).rows
        assert (kept.child_view, kept.family_view, kept.made_by, kept.why) == (
            "Stay",
            "Come",
            at.holder.user.id,
            "at_risk",
        )
        best_interests.take_away(at.holder, kept.id)
        assert procedures(at.holder, at).rows == ()

    def test_it_is_due_until_it_is_decided_and_again_for_its_review(self, at: Office, clock: FixedClock) -> None:
        def lines() -> list[tuple[str, str]]:
            return [(line.what, line.state) for line in due.mine(at.holder, 0, 99) if line.kind == "best_interests"]

        one = self.begin(at, decide_by=DAY)
        assert lines() == [("Best interests: decide", "due")]
        clock.at += timedelta(days=1)
        assert lines() == [("Best interests: decide", "overdue")]
        best_interests.decide(at.holder, replace(one, child_view="Stay", options="Two", decision="Stay"))
        assert lines() == [("Best interests: look at the decision again", "later")]
        clock.at += timedelta(days=91)
        assert lines()[0][1] == "overdue"
        self.begin(at, decide_by=clock.today())  # the review is another one of its kind
        assert lines() == [("Best interests: decide", "due")]

    def test_a_child_is_asked_by_its_age(self, at: Office) -> None:
        assert procedures(at.holder, at).hint == hint_for(9) != hint_for(4) != hint_for(15) == hint_for(None)


class TestNeedToKnow:
    def fill(self, at: Office) -> tuple[str, str]:
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="SV-VF"))
        arrange(at.holder, at, carer="Secret carer", relation="Secret aunt")
        best_interests.start(at.holder, at.person.id, "assessment", "interim_care")
        one = procedures(at.holder, at).rows[0]
        best_interests.write(at.holder, replace(one, child_view="Secret view"))
        return cared(at.holder, at).rows[0].arrangement.id, one.id

    def test_of_a_withheld_case_nothing_is_read(self, at: Office) -> None:
        self.fill(at)
        view = person_edit.opened(at.other, at.person.id)
        told = repr((view, people.what_happened(at.other, view.view), due.of_person(at.other, at.person.id)))
        assert "Secret" not in told
        assert (view.care, view.best_interests) == (Care(), Procedures())
        assert "decide" not in [line.what for line in view.due]
        assert "Secret view" in repr(person_edit.opened(at.supervisor, at.person.id))

    def test_nor_changed_but_one_may_add(self, at: Office) -> None:
        arrangement, procedure = self.fill(at)
        kept = procedures(at.holder, at).rows[0]
        for act in (
            lambda: care.end(at.other, arrangement, DAY, "Moved on"),
            lambda: care.take_away(at.other, arrangement),
            lambda: arrange(at.other, at, id=arrangement),
            lambda: best_interests.write(at.other, replace(kept, child_view="Other")),
            lambda: best_interests.decide(at.other, replace(kept, child_view="O", options="O", decision="O")),
            lambda: best_interests.take_away(at.other, procedure),
        ):
            with pytest.raises(AppError, match="role"):
                act()
        care.arrange(at.other, at.person.id, CareArrangement(id="", person_id="", kind="kinship", since=DAY))
        best_interests.start(at.other, at.person.id, "assessment", "custody")
        assert len(cared(at.holder, at).rows) == len(procedures(at.holder, at).rows) == 2
        assert "Secret carer" in repr(cared(at.holder, at).rows)

    def test_a_carer_under_a_shield_goes_by_the_number(self, at: Office, aunt: Person) -> None:
        arrange(at.holder, at, carer_id=aunt.id)
        shield.put_up(at.supervisor, aunt.id, "Men asked for her")
        assert AUNT not in repr(person_edit.opened(at.holder, at.person.id))
        assert AUNT in repr(cared(at.supervisor, at))
        keep(at.supervisor, replace(aunt, presence="dead"))
        assert cared(at.holder, at).rows[0].contradictions == ()
        assert cared(at.supervisor, at).rows[0].contradictions
