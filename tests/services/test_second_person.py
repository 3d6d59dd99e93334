"""Tricks by which one alone could do what takes two: close a case, take a shield down, take a case, lower a level."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.services.access_people import Office, bring_in, desk_of, kind, need, told

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import Case, Export, User
from panoh.domain.casework import Transfer
from panoh.domain.erasing import Erasure
from panoh.domain.household import Household
from panoh.domain.person import Person
from panoh.domain.sealing import SealKey
from panoh.domain.shield import Shield
from panoh.services import (
    approvals,
    cases,
    closing,
    decisions,
    households,
    merging,
    paper_decisions,
    people,
    seal,
    shield,
    summaries,
    transfers,
    triage,
    undoing,
    users,
)
from panoh.services.decisions import Verdict
from panoh.services.desk import Changes, Desk
from panoh.services.paper_decisions import Answer
from panoh.services.records import keep
from panoh.store import history

EXILE = kind("exile", told(extradition="yes"), need("TR-PI"))
OPEN_ONE = kind("open", need("SM-CC"))
WHY = "Asked for it"


@pytest.fixture
def second(at: Office) -> Desk:
    """Another supervisor."""
    return desk_of(at.opened, "Second", "supervisor")


def case_of(at: Office, person: Person) -> Case:
    with at.supervisor.reading() as reading:
        found = cases.case_of(reading, person.id)
    assert found is not None
    return found


def shield_of(at: Office, person: Person) -> Shield:
    found = shield.of_person(at.supervisor, person.id)
    assert found is not None
    return found


class TestShield:
    def test_no_form_takes_one_down(self, at: Office) -> None:
        exile = bring_in(at, EXILE)
        shield.put_up(at.holder, exile.id, WHY)
        up, now = shield_of(at, exile), at.clock.now()
        for forged in (
            replace(up, off_at=now, off_by=at.supervisor.user.id),
            replace(up, off_asked_by=at.other.user.id, off_asked_at=now),
        ):
            for desk in (at.holder, at.supervisor):
                with pytest.raises(AppError, match="role"):
                    keep(desk, forged)
        assert shield_of(at, exile) == up

    def test_whoever_put_it_up_does_not_undo_it(self, at: Office) -> None:
        exile = bring_in(at, EXILE)
        for desk in (at.holder, at.supervisor):
            changes = shield.put_up(desk, exile.id, WHY)
            with pytest.raises(AppError):
                undoing.undo_save(desk, changes)
            shield_of(at, exile)
            shield.ask_off(at.holder, exile.id, WHY)
            shield.agree_off(at.supervisor, exile.id)

    def test_nobody_asks_in_the_name_of_whoever_asked_before(self, at: Office, second: Desk) -> None:
        exile = bring_in(at, EXILE)
        shield.put_up(at.holder, exile.id, WHY)
        shield.ask_off(second, exile.id, WHY)
        shield.keep_on(at.supervisor, exile.id)
        with at.supervisor.reading() as reading:
            entries = history.of_records(reading, [shield_of(at, exile).id], 99)
        taken_back = [one for one in entries if one.change == "changed" and one.old and not one.new]
        assert taken_back
        for entry in taken_back:
            with pytest.raises(AppError):
                undoing.restore(at.supervisor, entry)
        with pytest.raises(AppError):
            shield.agree_off(at.supervisor, exile.id)

    def test_a_second_shield_in_a_household_opens_nobody_s_case(self, at: Office) -> None:
        """Whoever is masked and held by nobody goes to nobody by a shield over somebody who lives with them."""
        home = Household(id=new_id(), number="KX7-80000-1")
        keep(at.supervisor, home)
        exile = bring_in(at, replace(EXILE, person={"household_id": home.id}), held=False)
        wife = bring_in(at, replace(OPEN_ONE, person={"household_id": home.id}), held=False)
        son = bring_in(at, replace(OPEN_ONE, person={"household_id": home.id}))
        shield.put_up(at.supervisor, exile.id, WHY)
        for ask in (shield.put_up, lambda desk, one, _why: shield.preview(desk, one)):
            with pytest.raises(AppError, match="upervisor"):
                ask(at.other, wife.id, WHY)
        shield.put_up(at.holder, son.id, WHY)
        assert people.person(at.holder, exile.id).masked
        assert case_of(at, son).owner_id == at.holder.user.id


class TestClosing:
    def test_whoever_opened_a_case_again_does_not_close_it_by_undoing(self, at: Office) -> None:
        hurt = bring_in(at, OPEN_ONE)
        closing.close(at.supervisor, hurt.id, "goals_met", WHY)
        changes = closing.reopen(at.holder, hurt.id, WHY)
        with pytest.raises(AppError):
            undoing.undo_save(at.holder, changes)
        assert case_of(at, hurt).status == "open"

    def test_giving_the_case_away_makes_nobody_the_second_person(self, at: Office, second: Desk) -> None:
        hurt = bring_in(at, OPEN_ONE)
        closing.take_back(at.holder, hurt.id)
        cases.assign(at.supervisor, hurt.id, at.supervisor.user.id)
        for to in ("", at.other.user.id):
            cases.assign(at.supervisor, hurt.id, to)
            assert not closing.before(at.supervisor, hurt.id).direct
            with pytest.raises(AppError, match="nother"):
                closing.close(at.supervisor, hurt.id, "goals_met", WHY)
            cases.assign(at.supervisor, hurt.id, at.supervisor.user.id)
        cases.assign(at.supervisor, hurt.id, at.other.user.id)
        closing.ask(at.other, hurt.id, "goals_met", WHY)
        closing.close(at.supervisor, hurt.id, "goals_met", WHY)
        assert case_of(at, hurt).status == "closed"

    @pytest.mark.parametrize("closed_goes_on", [True, False])
    def test_joining_two_records_closes_no_case(self, at: Office, closed_goes_on: bool) -> None:
        one, two = bring_in(at, OPEN_ONE), bring_in(at, OPEN_ONE)
        closing.close(at.supervisor, one.id, "goals_met", WHY)
        kept, gone = (one, two) if closed_goes_on else (two, one)
        fields = ("status", "closed_on", "closing_why")
        merging.merge(at.holder, kept.id, gone.id, [("Case", name) for name in fields] if not closed_goes_on else ())
        case = case_of(at, kept)
        assert (case.status, case.closed_on, case.closing_why) == ("open", None, "")


class TestTaking:
    def test_nobody_writes_for_the_holder_that_they_ask_one(self, at: Office) -> None:
        exile = bring_in(at, EXILE)
        case = case_of(at, exile)
        forged = Transfer(
            id=new_id(), case_id=case.id, from_user=case.owner_id, to_user=at.other.user.id, asked_at=at.clock.now(), why=WHY
        )  # fmt: skip
        with pytest.raises(AppError, match="role"):
            keep(at.other, forged)
        with pytest.raises(AppError):
            transfers.accept(at.other, forged.id)
        assert case_of(at, exile).owner_id == at.holder.user.id

    def test_a_case_that_one_holds_becomes_nobody_else_s(self, at: Office) -> None:
        """A masked person whom nobody holds is given by supervisors: nor does one's own case turn into theirs."""
        exile, mine = bring_in(at, EXILE, held=False), bring_in(at, OPEN_ONE, held=False)
        cases.take(at.other, mine.id)
        shield.put_up(at.supervisor, exile.id, WHY)
        case = case_of(at, mine)
        for forged in (replace(case, person_id=exile.id), replace(case, id=new_id(), person_id=exile.id)):
            with pytest.raises(AppError, match="role"):
                keep(at.other, forged)
        assert people.person(at.other, exile.id).masked


class TestHousehold:
    @pytest.fixture
    def home(self, at: Office) -> tuple[Person, Person]:
        """Two who live together, of whom the first is meant by a shield."""
        home = Household(id=new_id(), number="KX7-80000-1")
        keep(at.supervisor, home)
        found = [bring_in(at, replace(each, person={"household_id": home.id})) for each in (EXILE, OPEN_ONE)]
        shield.put_up(at.holder, found[0].id, WHY)
        return found[0], found[1]

    def test_nobody_moves_out_to_see_who_is_meant(self, at: Office, home: tuple[Person, Person]) -> None:
        alone = bring_in(at, OPEN_ONE, held=False)
        for person in home:
            for move in (
                lambda one=person: households.move_out(at.other, one.id),
                lambda one=person: households.join(at.other, one.id, alone.id, "other"),
                lambda one=person: households.join(at.other, alone.id, one.id, "other"),
            ):
                with pytest.raises(AppError, match="upervisor"):
                    move()
            assert people.person(at.other, person.id).masked
        households.move_out(at.holder, home[1].id)
        assert not people.person(at.other, home[1].id).masked


def test_nobody_asks_for_an_erasure_in_another_s_name(at: Office, second: Desk) -> None:
    hurt = bring_in(at, OPEN_ONE)
    forged: Any = Erasure(id=new_id(), subject_id=hurt.id, why="asked", asked_by=second.user.id)
    with pytest.raises(AppError, match="role"):
        keep(at.supervisor, forged)


def test_no_caseworker_signs_as_the_supervisor(at: Office) -> None:
    hurt = bring_in(at, OPEN_ONE)
    triage.ask_lowering(at.holder, hurt.id, "low", WHY)
    made = summaries.export_case(at.other, hurt.id, summaries.Wanted(plain=True, reason=WHY)).export
    code = f"{made.export_no} {made.check_code} 3"
    for name in ("Bakyt", " bakyt ", "Feruza"):
        with pytest.raises((AppError, FormProblems)):
            paper_decisions.key_in(at.other, Answer(code=code, words="No", signed_by=name))
    paper_decisions.key_in(at.other, Answer(code=code, words="No", signed_by="dilbar"))


def test_no_paper_is_keyed_in_below_what_supervisors_have_read(at: Office) -> None:
    one, two = bring_in(at, OPEN_ONE), bring_in(at, OPEN_ONE)
    made = summaries.export_case(at.holder, one.id, summaries.Wanted(plain=True, reason=WHY)).export
    signed = at.clock.at = at.clock.at + timedelta(minutes=1)
    at.clock.at += timedelta(days=60)
    triage.escalate(at.holder, two.id, WHY)
    asked = next(a for a in approvals.page(at.supervisor, 0, 99, decided=False) if a.approval.why == WHY)
    decisions.decide(at.supervisor, asked.approval.id, Verdict(decision="refuse", words="No"))
    at.clock.at += timedelta(days=1)
    code = f"{made.export_no} {made.check_code} 3"
    paper_decisions.key_in(at.holder, Answer(code=code, words="No", signed_by="D. Saidova", signed_at=signed))
    first, second = approvals.page(at.supervisor, 0, 2, decided=True)
    assert (first.approval.export_no, first.approval.decided_at) == (made.export_no, signed)
    assert (first.keyed_at, second.keyed_at) == (at.clock.at, None)


def test_no_form_takes_the_keys_of_what_is_sealed_away_or_makes_a_paper(at: Office) -> None:
    exile = bring_in(at, EXILE)
    seal.seal(at.holder, exile.id, "whereabouts", {"text": "At her aunt's"})
    with at.supervisor.reading() as reading:
        keys = reading.all(SealKey)
    assert keys
    paper = Export(id=new_id(), export_no="2222-222", check_code="2222-22", kind="case_summary", level="supervisor",
                   person_id=exile.id, made_at=at.clock.now())  # fmt: skip
    for act in (lambda: keep(at.other, without=keys), lambda: keep(at.other, paper)):
        with pytest.raises(AppError, match="role"):
            act()


def test_a_head_of_office_that_was_does_not_undo_that(at: Office, second: Desk) -> None:
    users.change_role(at.opened, second.user.id, "head")
    users.change_role(at.opened, at.supervisor.user.id, "supervisor")
    with at.supervisor.reading() as reading:
        last = history.page(reading, history.Wanted(record_class="User"), 0, 1)[0]
        was = at.supervisor.of(reading.get(User, at.supervisor.user.id))
    with pytest.raises(AppError, match="role"):
        undoing.undo_save(was, Changes(frozenset(), (last.seq, last.seq)))


def test_a_paper_of_one_s_own_puts_no_review_of_a_withheld_case_off(at: Office) -> None:
    exile, soon = bring_in(at, EXILE), at.clock.today() + timedelta(days=3)
    keep(at.holder, replace(case_of(at, exile), review_on=soon))
    for desk, day, kept in ((at.other, 900, soon), (at.other, 2, None), (at.holder, 900, None)):
        made = summaries.export_case(desk, exile.id, summaries.Wanted(plain=True, reason=WHY)).export
        at.clock.at += timedelta(minutes=1)
        on = at.clock.today() + timedelta(days=day)
        code = f"{made.export_no} {made.check_code} 3"
        paper_decisions.key_in(desk, Answer(code=code, words="No", signed_by="D. Saidova", review_on=on))
        assert case_of(at, exile).review_on == (kept or on)


def test_no_paper_lowers_whoever_the_case_is_withheld_of(at: Office) -> None:
    exile = bring_in(at, EXILE)
    for desk in (at.other, at.holder):
        triage.ask_lowering(desk, exile.id, "low", WHY)
        asked = next(a for a in approvals.page(desk, 0, 99, decided=False) if a.approval.kind == "lowering" and a.mine)
        made = summaries.export_case(desk, exile.id, summaries.Wanted(plain=True, reason=WHY)).export
        until, code = at.clock.today() + timedelta(days=9), f"{made.export_no} {made.check_code} 1"
        answer = Answer(code=code, signed_by="D. Saidova", review_on=until, verdict_on=asked.approval.id)
        if desk is at.other:
            with pytest.raises(AppError, match="role"):
                paper_decisions.key_in(desk, answer)
            assert triage.why(at.supervisor, exile.id).level == "critical"
        else:
            paper_decisions.key_in(desk, answer)
            assert triage.why(at.supervisor, exile.id).level == "low"
