"""What is asked of supervisors and decided on the screen: each effect, who decides, who reads what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.services.access_people import TYPED, Kind, Office, bring_in, desk_of, need, told

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import Case, CaseOption
from panoh.domain.casework import Approval, PlanRow
from panoh.domain.person import Person
from panoh.domain.shield import Shield
from panoh.services import approvals, cases, decisions, shield, triage
from panoh.services.approvals import AskedLine
from panoh.services.decisions import Verdict, decide
from panoh.services.desk import HEAD, Desk
from panoh.services.records import keep
from panoh.services.today import today
from panoh.store.tables import table

OPEN_ONE = Kind("hurt", {}, (told(feared_country="none"), need("PX-WO")))
SURVIVOR = Kind("survivor", {}, (need("SV-VF"),))
WHY = "He is healed, and lives with his aunt"


@pytest.fixture
def hurt(at: Office) -> Person:
    """Somebody whose case the holder holds, who asked for advice."""
    return bring_in(at, OPEN_ONE)


def waiting(desk: Desk, kind: str = "") -> list[AskedLine]:
    found = approvals.page(desk, 0, 99, decided=False)
    assert approvals.count(desk, decided=False) == len(found)
    return [one for one in found if kind in ("", one.approval.kind)]


def decided(desk: Desk) -> list[AskedLine]:
    found = approvals.page(desk, 0, 99, decided=True)
    assert approvals.count(desk, decided=True) == len(found)
    return found


def asked(at: Office, person: Person, kind: str, proposed: str = "", by: Desk | None = None) -> str:
    by = by or at.holder
    with by.writing() as unit:
        return approvals.ask_in(by, unit, person.id, kind, WHY, proposed).id


def case_of(desk: Desk, person: Person) -> Case:
    with desk.reading() as reading:
        found = cases.case_of(reading, person.id)
    assert found is not None
    return found


def test_a_lowering_that_is_approved_lowers_until_its_review(at: Office, hurt: Person) -> None:
    triage.ask_lowering(at.holder, hurt.id, "low", WHY)
    [one] = waiting(at.supervisor, "lowering")
    assert (one.asked_by, one.approval.why, one.approval.proposed, one.mine) == ("Feruza", WHY, "low", False)
    with pytest.raises(FormProblems) as found:
        decide(at.supervisor, one.approval.id, Verdict(decision="approve"))
    assert [problem.field for problem in found.value.problems] == ["review_on"]
    until = at.clock.today() + timedelta(days=7)
    decide(at.supervisor, one.approval.id, Verdict(decision="approve", review_on=until))
    level = triage.why(at.supervisor, hurt.id)
    assert (level.level, level.override and level.override.review_on) == ("low", until)
    assert level.override is not None
    assert level.override.reason == WHY
    assert waiting(at.supervisor, "lowering") == []
    [done] = decided(at.supervisor)
    assert (done.approval.decision, done.keyed_by, done.on_paper) == ("approve", "dilbar", False)


def test_a_lowering_may_be_granted_to_another_level_or_not_at_all(at: Office, hurt: Person) -> None:
    first, until = asked(at, hurt, "lowering", "low"), at.clock.today() + timedelta(days=2)
    decide(at.supervisor, first, Verdict(decision="amend", instead="medium", words="Not yet", review_on=until))
    assert triage.why(at.supervisor, hurt.id).level == "medium"
    assert decided(at.supervisor)[0].approval.words == "medium: Not yet"
    second = asked(at, hurt, "lowering", "low")
    with pytest.raises(FormProblems):
        decide(at.supervisor, second, Verdict(decision="refuse"))
    decide(at.supervisor, second, Verdict(decision="refuse", words="Too early"))
    assert triage.why(at.supervisor, hurt.id).level == "medium"
    with pytest.raises(AppError, match="decided"):
        decide(at.supervisor, second, Verdict(decision="approve", review_on=until))


def test_what_is_to_be_discussed_waits_on(at: Office, hurt: Person) -> None:
    found = asked(at, hurt, "assessment")
    decide(at.supervisor, found, Verdict(decision="discuss"))
    [one] = waiting(at.supervisor, "assessment")
    assert (one.approval.decision, one.waits) == ("discuss", True)
    decide(at.supervisor, found, Verdict(decision="approve", words="With two visits"))
    assert waiting(at.supervisor, "assessment") == []


def test_a_closing_that_is_approved_closes_with_its_reason(at: Office, hurt: Person) -> None:
    found = asked(at, hurt, "closure", "no_contact")
    decide(at.supervisor, found, Verdict(decision="amend", instead="left_known", words="She wrote"))
    case = case_of(at.supervisor, hurt)
    assert (case.status, case.closing_why, case.closed_on) == ("closed", "left_known", at.clock.today())
    again = asked(at, hurt, "closure", "no_contact")
    with pytest.raises(AppError, match="closed"):
        decide(at.supervisor, again, Verdict(decision="approve"))
    wrong = asked(at, hurt, "closure", "something that is in no list")
    with pytest.raises(FormProblems):
        decide(at.supervisor, wrong, Verdict(decision="approve"))


def test_a_shield_is_taken_down_by_a_second_person_here_too(at: Office, hurt: Person) -> None:
    shield.put_up(at.holder, hurt.id, "Men asked for her")
    assert waiting(at.supervisor, "shield") == []
    shield.ask_off(at.holder, hurt.id, "They left")
    [one] = waiting(at.supervisor, "shield")
    assert (one.approval.why, one.asked_by) == ("They left", "Feruza")
    assert [each.approval.kind for each in waiting(at.other)] == []
    with pytest.raises(FormProblems):
        decide(at.supervisor, one.approval.id, Verdict(decision="discuss"))
    decide(at.supervisor, one.approval.id, Verdict(decision="refuse", words="Wait a week"))
    assert (waiting(at.supervisor, "shield"), decided(at.supervisor)[0].approval.kind) == ([], "shield")
    shield.ask_off(at.holder, hurt.id, "Still gone")
    approvals.withdraw(at.holder, waiting(at.holder, "shield")[0].approval.id)
    shield.ask_off(at.supervisor, hurt.id, "I think so too")
    [own] = waiting(at.supervisor, "shield")
    with pytest.raises(AppError, match="yourself"):
        decide(at.supervisor, own.approval.id, Verdict(decision="approve"))
    decide(desk_of(at.opened, "Gulnara", HEAD), own.approval.id, Verdict(decision="approve"))
    with at.supervisor.reading() as reading:
        assert [one.off_by != "" for one in reading.all(Shield)] == [True]
    assert [each.approval.kind for each in decided(at.other)] == []  # nor that there was one
    assert "shield" not in [each.approval.kind for each in approvals.of_person(at.other, hurt.id)]


def test_advice_is_an_answer_in_words_or_an_option(at: Office, hurt: Person) -> None:
    case = case_of(at.supervisor, hurt)
    keep(at.holder, CaseOption(id=new_id(), case_id=case.id, letter="B", what="Move her tonight"))
    [one] = waiting(at.supervisor, "advice")
    assert approvals.to_decide(at.supervisor, one.approval.id).options[0].what == "Move her tonight"
    with pytest.raises(FormProblems):
        decide(at.supervisor, one.approval.id, Verdict(decision="approve"))
    decide(at.supervisor, one.approval.id, Verdict(decision="approve", instead="B", words="Before dark"))
    answer = next(each for each in approvals.of_person(at.holder, hurt.id) if each.approval.kind == "advice")
    assert answer.approval.words == "Option B: Before dark"


def test_assessment_and_plan_are_asked_for_and_stand_in_the_history(at: Office, hurt: Person) -> None:
    bare = bring_in(at, OPEN_ONE, held=False)
    approvals.ask(at.holder, hurt.id, "assessment", "  All was asked ")
    approvals.ask(at.holder, hurt.id, "plan", "Agreed with her")
    for kind, why in (("plan", "Agreed"), ("closure", "Over"), ("assessment", " ")):
        with pytest.raises(FormProblems):
            approvals.ask(at.holder, bare.id, kind, why)
    with at.supervisor.reading() as reading:
        assert reading.first(PlanRow) is not None
    decide(at.supervisor, waiting(at.supervisor, "assessment")[0].approval.id, Verdict(decision="approve"))
    history = [one for one in approvals.of_person(at.holder, hurt.id) if one.approval.kind != "closure"]
    assert [(one.approval.kind, one.approval.decision) for one in history] == [
        ("plan", ""),
        ("assessment", "approve"),
        ("advice", ""),
    ]
    assert history[1].approval.why == "All was asked"


def test_today_counts_for_a_supervisor_what_others_asked(at: Office, hurt: Person) -> None:
    before = today(at.supervisor).to_decide
    asked(at, hurt, "assessment")
    asked(at, hurt, "assessment", by=at.supervisor)
    assert today(at.supervisor).to_decide == before + 1
    assert today(at.holder).to_decide == today(at.other).to_decide == 0


def test_nobody_decides_what_they_asked_and_no_caseworker_decides(at: Office, hurt: Person) -> None:
    mine = asked(at, hurt, "assessment", by=at.supervisor)
    with pytest.raises(AppError, match="yourself"):
        decide(at.supervisor, mine, Verdict(decision="approve"))
    for desk in (at.holder, at.other):
        with pytest.raises(AppError, match="role"):
            decide(desk, mine, Verdict(decision="approve"))
        with pytest.raises(AppError, match="role"):
            approvals.withdraw(desk, mine)
    with at.supervisor.reading() as reading:
        waits = reading.get(Approval, mine)
    with pytest.raises(AppError, match="role"):
        keep(at.holder, replace(waits, decision="approve"))
    approvals.withdraw(at.supervisor, mine)
    with pytest.raises(AppError, match="decided"):
        approvals.withdraw(at.supervisor, mine)
    assert decided(at.supervisor)[0].approval.decision == "withdrawn"


def test_a_caseworker_sees_what_they_asked_and_reads_no_withheld_word(at: Office, hurt: Person) -> None:
    survivor = bring_in(at, SURVIVOR)
    asked(at, survivor, "closure", "detained", by=at.other)
    asked(at, hurt, "closure", "no_contact", by=at.other)
    mine = waiting(at.other)
    assert [(one.approval.why, one.approval.proposed) for one in mine] == [("", ""), (WHY, "no_contact")]
    assert {one.approval.person_id for one in waiting(at.holder)} == {hurt.id, survivor.id}
    assert TYPED not in repr(mine)
    assert approvals.of_person(at.other, survivor.id) == ()
    assert not approvals.to_decide(at.other, mine[0].approval.id).question
    with pytest.raises(AppError, match="not in the vault"):
        approvals.to_decide(at.other, waiting(at.holder)[0].approval.id)
    shield.put_up(at.holder, hurt.id, "Men asked for her")
    [_first, masked] = waiting(at.other)
    assert (masked.line.full_name, masked.approval.why) == (hurt.number, "")
    with pytest.raises(AppError, match="shown to supervisors"):
        approvals.ask(at.other, hurt.id, "advice", "What now?")


def test_every_kind_has_a_word_and_every_effect_a_kind(desk: Desk) -> None:
    kinds = desk.vocabularies["approval_kind"]
    assert set(decisions.EFFECTS) <= {term.code for term in kinds}
    assert set(decisions.DECISIONS) <= {term.code for term in desk.vocabularies["approval_decision"]}


def test_whoever_asks_again_takes_back_what_was_to_be_discussed(at: Office, hurt: Person) -> None:
    first = asked(at, hurt, "assessment")
    decide(at.supervisor, first, Verdict(decision="discuss", words="Call me"))
    asked(at, hurt, "assessment")
    with at.supervisor.reading() as reading:
        found = reading.get(Approval, first)
        assert (found.decision, found.words) == ("withdrawn", "Call me")
        assert reading.first(Approval, table(Approval).c.decision == "discuss") is None
