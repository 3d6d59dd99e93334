"""Handing a case over: who asks, who answers, what each of them reads before and after."""

from __future__ import annotations

from typing import Any

import pytest
from tests.conftest import PASSPHRASE
from tests.services import casework_people
from tests.services.casework_people import NAME, Office

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.casework import PlanRow
from panoh.domain.needs import SpecificNeed
from panoh.services import cases, casework, closing, due, people, person_edit, seal, shield, transfers, users
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.today import today
from panoh.services.transfers import Transfers
from panoh.services.vault import OpenVault

WHY = "I leave for Bishkek on Monday"
at = casework_people.at


def read(desk: Desk, at: Office) -> Transfers:
    return person_edit.opened(desk, at.person.id).transfers


def ask(at: Office) -> str:
    transfers.ask(at.holder, at.person.id, at.other.user.id, WHY)
    return read(at.holder, at).rows[0].transfer.id


def holder(at: Office) -> str:
    return cases.case_or_new(at.supervisor, at.person.id).owner_id


def secret(at: Office) -> None:
    keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="TR-PI"))
    casework.plan(at.holder, at.person.id, PlanRow(id="", case_id="", goal="Secret", action="Secret act"))


class TestAsking:
    def test_the_holder_stays_the_holder_until_the_other_accepts(self, at: Office) -> None:
        made = ask(at)
        assert holder(at) == at.holder.user.id
        (line,) = due.mine(at.other, 0, 9)
        assert (line.kind, line.state, line.person and line.person.id) == ("transfer", "soon", at.person.id)
        assert today(at.other).due.all == 1
        waits = read(at.other, at).to_me
        assert waits is not None
        assert (waits.from_name, waits.transfer.why) == ("Zamira", WHY)
        assert read(at.supervisor, at).to_me is None
        transfers.accept(at.other, made)
        assert holder(at) == at.other.user.id
        assert [line for line in due.mine(at.other, 0, 9) if line.kind == "transfer"] == []

    def test_only_the_holder_asks_and_only_a_colleague(self, at: Office) -> None:
        with pytest.raises(AppError, match="role"):
            transfers.ask(at.other, at.person.id, at.other.user.id, WHY)
        for whom in ("", "nobody", at.holder.user.id):
            with pytest.raises(FormProblems):
                transfers.ask(at.holder, at.person.id, whom, WHY)
        with pytest.raises(FormProblems) as problems:
            transfers.ask(at.holder, at.person.id, at.other.user.id, " ")
        assert [one.field for one in problems.value.problems] == ["why"]
        assert (read(at.holder, at).may_ask, read(at.other, at).may_ask) == (True, False)

    def test_one_is_asked_at_a_time(self, at: Office) -> None:
        first = ask(at)
        transfers.ask(at.holder, at.person.id, at.supervisor.user.id, WHY)
        assert [one.transfer.answer for one in read(at.holder, at).rows] == ["", "withdrawn"]
        with pytest.raises(AppError, match="answered or taken back"):
            transfers.accept(at.other, first)

    def test_not_of_a_closed_case_and_closing_ends_it(self, at: Office) -> None:
        ask(at)
        closing.close(at.supervisor, at.person.id, "goals_met", "All done")
        assert due.mine(at.other, 0, 9) == []
        assert read(at.holder, at).rows[0].transfer.answer == "withdrawn"
        with pytest.raises(AppError, match="closed already"):
            transfers.ask(at.holder, at.person.id, at.other.user.id, WHY)


class TestAnswering:
    def test_nobody_else_answers(self, at: Office) -> None:
        made = ask(at)
        for desk in (at.holder, at.supervisor):
            for act in (transfers.accept, lambda d, one: transfers.refuse(d, one, "No time")):
                with pytest.raises(AppError, match="role"):
                    act(desk, made)
        with pytest.raises(AppError, match="role"):
            transfers.withdraw(at.other, made)

    def test_it_is_refused_with_words_that_the_holder_reads(self, at: Office) -> None:
        made = ask(at)
        with pytest.raises(FormProblems):
            transfers.refuse(at.other, made, " ")
        transfers.refuse(at.other, made, "I hold sixty")
        row = read(at.holder, at).rows[0]
        assert (row.transfer.answer, row.transfer.answer_words, row.waits) == ("refused", "I hold sixty", False)
        assert holder(at) == at.holder.user.id
        for act in (transfers.accept, lambda d, one: transfers.refuse(d, one, "Again")):
            with pytest.raises(AppError, match="answered or taken back"):
                act(at.other, made)

    def test_it_is_taken_back(self, at: Office) -> None:
        made = ask(at)
        transfers.withdraw(at.holder, made)
        assert due.mine(at.other, 0, 9) == []
        for act in (transfers.withdraw, transfers.accept):
            with pytest.raises(AppError, match="answered or taken back"):
                act(at.holder if act is transfers.withdraw else at.other, made)

    @pytest.mark.parametrize("verb", ["assign", "take"])
    def test_a_supervisor_gives_the_case_at_once_and_ends_it(self, at: Office, verb: str) -> None:
        made = ask(at)
        if verb == "assign":
            cases.assign(at.supervisor, at.person.id, at.other.user.id)
        else:
            cases.take(at.supervisor, at.person.id)
        assert read(at.supervisor, at).rows[0].transfer.answer == "withdrawn"
        with pytest.raises(AppError, match="answered or taken back"):
            transfers.accept(at.other, made)


class TestNeedToKnow:
    def test_the_colleague_reads_why_and_nothing_of_the_case(self, at: Office) -> None:
        secret(at)
        made = ask(at)
        seen = person_edit.opened(at.other, at.person.id)
        assert "Secret" not in repr(seen)
        assert seen.transfers.to_me is not None
        (line,) = due.mine(at.other, 0, 9)
        assert line.record is None
        transfers.accept(at.other, made)
        assert "Secret" in repr(person_edit.opened(at.other, at.person.id))

    def test_whom_a_shield_masks_goes_by_the_number_until_then(self, at: Office) -> None:
        shield.put_up(at.holder, at.person.id, "Men asked for her")
        made = ask(at)
        seen: tuple[Any, ...] = (person_edit.opened(at.other, at.person.id), due.mine(at.other, 0, 9))
        assert NAME[0] not in repr(seen)
        assert at.person.number in repr(seen[1])
        assert seen[0].transfers.to_me.transfer.why == WHY
        transfers.accept(at.other, made)
        assert people.person(at.other, at.person.id).person.family_name == NAME[0]
        assert people.person(at.holder, at.person.id).masked

    def test_who_handed_it_over_reads_that_it_went_and_when(self, at: Office) -> None:
        secret(at)
        transfers.accept(at.other, ask(at))
        seen = person_edit.opened(at.holder, at.person.id)
        assert "Secret" not in repr(seen)
        (row,) = seen.transfers.rows
        assert (row.from_name, row.to_name, row.transfer.answer) == ("Zamira", "Bakyt", "accepted")
        assert row.transfer.answered_at == at.holder.clock.now()

    def test_others_read_nothing_of_it_where_the_case_is_withheld(self, at: Office, opened: OpenVault) -> None:
        ask(at)
        third = _third(at, opened)
        assert WHY in repr(person_edit.opened(third, at.person.id))
        secret(at)
        seen = person_edit.opened(third, at.person.id)
        assert WHY not in repr(seen)
        assert "transfer" not in [line.kind for line in seen.due]

    def test_what_is_sealed_opens_for_the_new_holder(self, at: Office) -> None:
        seal.seal(at.holder, at.person.id, "note", {"text": "Behind the mill"})
        transfers.accept(at.other, ask(at))
        seal.hand_out(at.supervisor)  # at the next unlocking of somebody who has the key
        assert [line.kind for line in seal.lines(at.other, at.person.id)] == ["note"]
        assert seal.lines(at.holder, at.person.id) == []


def _third(at: Office, opened: OpenVault) -> Desk:
    return at.supervisor.of(users.add(opened, "Asel", f"{PASSPHRASE} third", "caseworker"))
