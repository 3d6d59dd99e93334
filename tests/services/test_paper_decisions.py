"""A decision on paper, keyed in: the right paper, the right person, what it does, corrections, and the real PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.services.access_people import TYPED, Office, bring_in, words_of
from tests.services.test_decisions import OPEN_ONE, SURVIVOR, WHY, asked, case_of

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import CaseOption, Export
from panoh.domain.check_codes import SIGNS
from panoh.domain.person import Person
from panoh.domain.shield import Shield
from panoh.services import approvals, aside, paper_decisions, shield, summaries, triage
from panoh.services.approvals import AskedLine
from panoh.services.desk import Desk
from panoh.services.paper_decisions import Answer, find, key_in
from panoh.services.records import keep
from panoh.store import history as journal

REASON = "For the night shift"


@pytest.fixture
def hurt(at: Office) -> Person:
    """Somebody whose case asks a question with two options, of which A is recommended."""
    person = bring_in(at, OPEN_ONE)
    case = case_of(at.supervisor, person)
    keep(
        at.supervisor,
        replace(case, question="May she be moved?", recommended_option="A"),
        CaseOption(id=new_id(), case_id=case.id, letter="A", what="To the school"),
        CaseOption(id=new_id(), case_id=case.id, letter="B", what="To her aunt"),
    )
    return person


def paper(at: Office, person: Person, level: str = "supervisor") -> Export:
    made = summaries.export_case(at.holder, person.id, summaries.Wanted(level=level, plain=True, reason=REASON))
    at.clock.at += timedelta(minutes=10)
    return made.export


def code(export: Export, digit: str = "") -> str:
    return f"{export.export_no} {export.check_code} {digit}"


def answer(export: Export, digit: str, **more: object) -> Answer:
    return Answer(**{"code": code(export, digit), "signed_by": "D. Saidova", **more})  # type: ignore[arg-type]


def history(desk: Desk, person: Person) -> list[AskedLine]:
    return [one for one in approvals.of_person(desk, person.id) if one.on_paper]


def fields_of(raised: pytest.ExceptionInfo[FormProblems]) -> set[str]:
    return {problem.field for problem in raised.value.problems}


def test_keying_in_walks_the_journal_back_once(at: Office, hurt: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    export, walked = paper(at, hurt), list[str]()
    walk = journal.of_records
    monkeypatch.setattr(journal, "of_records", lambda *a, **more: walked.append("") or walk(*a, **more))
    assert key_in(at.holder, answer(export, "1"))[0] == hurt.id
    assert len(walked) == 1


def test_an_answer_stands_in_the_history_as_from_paper(at: Office, hurt: Person) -> None:
    export = paper(at, hurt)
    found = find(at.holder, code(export, "1"))
    assert (found.question, found.recommended, found.typed.decision) == ("May she be moved?", "A", "approve")
    assert (found.answered, found.changed_since, [one.what for one in found.options][1]) == (None, False, "To her aunt")
    signed = at.clock.now() - timedelta(minutes=5)
    until = at.clock.today() + timedelta(days=3)
    key_in(at.holder, answer(export, "2 b", words="Tonight", signed_at=signed, review_on=until))
    [one] = history(at.holder, hurt)
    said = one.approval
    assert (said.kind, said.decision, said.proposed, said.words) == ("advice", "amend", "B", "B: To her aunt\nTonight")
    assert (said.why, said.export_no, said.decided_name) == ("May she be moved?", export.export_no, "D. Saidova")
    assert (one.keyed_by, said.decided_at, one.asked_by) == ("Feruza", signed, "Feruza")
    assert case_of(at.holder, hurt).review_on == until
    again = find(at.supervisor, code(export))
    assert again.answered
    assert (again.answered.decision, again.keyed_by) == ("amend", "Feruza")


def test_approve_means_the_option_that_was_recommended_when_it_was_printed(at: Office, hurt: Person) -> None:
    export = paper(at, hurt)
    case = case_of(at.supervisor, hurt)
    with at.supervisor.reading() as reading:
        first = next(one for one in reading.all(CaseOption) if one.letter == "A")
    keep(at.supervisor, replace(case, question="May she stay?", recommended_option="B"), without=[first])
    found = find(at.holder, code(export))
    assert (found.question, found.recommended, found.changed_since) == ("May she be moved?", "A", True)
    assert [one.what for one in found.options] == ["To the school", "To her aunt"]
    key_in(at.holder, answer(export, "1"))
    said = history(at.holder, hurt)[0].approval
    assert (said.why, said.proposed, said.words) == ("May she be moved?", "A", "A: To the school")


def test_the_same_question_asked_on_the_screen_is_answered_with_it(at: Office, hurt: Person) -> None:
    triage.escalate(at.holder, hurt.id, "May she be moved?")
    export = paper(at, hurt)
    assert [one.kind for one in find(at.holder, code(export)).waiting] == ["closure"]
    key_in(at.holder, answer(export, "1"))
    found = approvals.of_person(at.holder, hurt.id)
    assert [one.approval.decision for one in found if one.approval.why == "May she be moved?"] == ["approve"]
    assert [one.approval.kind for one in found if one.waits] == ["closure"]


def test_what_is_wrong_is_told_without_telling_of_whom_the_paper_speaks(at: Office, hurt: Person) -> None:
    export, other = paper(at, hurt), paper(at, hurt, "carry")
    wrong = {
        "Q": "no number of a paper",
        export.export_no: "check code is missing",
        f"{export.export_no} {other.check_code} 1": "is not the check code of that paper",
        f"2222-222 {export.check_code} 1": f"is that of {export.export_no}",
        "2222-222 2222-22 1": "No case summary with the number 2222-222",
        "2222-22 1": "No case summary of this vault has the check code",
    }
    for typed, words in wrong.items():
        with pytest.raises(AppError, match=words) as raised:
            find(at.holder, typed)
        with pytest.raises(AppError, match=words):
            key_in(at.holder, Answer(code=typed, signed_by="D. S."))
        assert not {hurt.family_name, hurt.given_name, hurt.number} & set(re.split(r"\W+", str(raised.value)))
    key_in(at.holder, Answer(code=f"{other.check_code} 3", signed_by="D. S."))  # as it is said by radio
    assert history(at.holder, hurt)[0].approval.export_no == other.export_no


def test_what_is_missing_is_told_at_its_field(at: Office, hurt: Person) -> None:
    export = paper(at, hurt)
    missing = {
        "": {"decision", "signed_by"},
        "2": {"words", "signed_by"},
        "3 b": {"option", "signed_by"},
        "2 c": {"option", "signed_by"},
    }
    for digit, fields in missing.items():
        with pytest.raises(FormProblems) as raised:
            key_in(at.holder, Answer(code=code(export, digit)))
        assert fields_of(raised) == fields
    for moment in (at.clock.now() + timedelta(hours=1), at.clock.now() - timedelta(days=1)):
        with pytest.raises(FormProblems) as raised:
            key_in(at.holder, answer(export, "1", signed_at=moment))
        assert fields_of(raised) == {"signed_on"}
    with pytest.raises(FormProblems) as raised:
        key_in(at.holder, answer(export, "1", review_on=at.clock.today() - timedelta(days=1)))
    assert fields_of(raised) == {"review_on"}
    with pytest.raises(AppError, match="yourself"):
        key_in(at.holder, answer(export, "1", signed_by=" feruza "))
    assert history(at.holder, hurt) == []
    key_in(at.holder, answer(export, "2 b", decision="refuse"))  # chosen by hand against what was typed
    assert (history(at.holder, hurt)[0].approval.decision, history(at.holder, hurt)[0].approval.proposed) == (
        "refuse",
        "",
    )


def test_a_paper_is_answered_once_and_corrected_with_a_reason(at: Office, hurt: Person) -> None:
    export = paper(at, hurt)
    key_in(at.holder, answer(export, "4"))
    key_in(at.other, answer(export, "1", words="By phone"))  # after the talk that was asked for
    with pytest.raises(FormProblems) as raised:
        key_in(at.other, answer(export, "3"))
    assert fields_of(raised) == {"because"}
    with pytest.raises(AppError, match="role"):
        key_in(at.holder, answer(export, "3", because="It was a 3"))
    key_in(at.supervisor, answer(export, "3", because="It was a 3"))
    [one] = history(at.holder, hurt)
    assert (one.approval.decision, one.keyed_by) == ("refuse", "dilbar")
    assert "It was a 3. Before: Approved." in one.approval.words
    assert "By phone" in one.approval.words


def test_a_lowering_is_decided_on_paper_and_a_slip_is_put_right(at: Office, hurt: Person) -> None:
    first = asked(at, hurt, "lowering", "low")
    export = paper(at, hurt)
    late = asked(at, hurt, "closure", "no_contact")  # was not asked yet when the paper was made
    assert {one.kind for one in find(at.holder, code(export)).waiting} == {"advice", "lowering"}
    with pytest.raises(AppError, match="decided"):
        key_in(at.holder, answer(export, "1", verdict_on=late))
    with pytest.raises(FormProblems) as raised:
        key_in(at.holder, answer(export, "1", verdict_on=first))
    assert fields_of(raised) == {"review_on"}
    until = at.clock.today() + timedelta(days=7)
    key_in(at.holder, answer(export, "1", verdict_on=first, review_on=until))
    level = triage.why(at.supervisor, hurt.id)
    assert (level.level, level.override and level.override.reason) == (
        "low",
        f"{WHY}; Paper {export.export_no}, D. Saidova",
    )
    key_in(at.holder, answer(export, "3", because="Read wrongly"))
    assert triage.why(at.supervisor, hurt.id).level == "high"
    [one] = history(at.holder, hurt)
    assert (one.approval.id, one.approval.kind, one.approval.decision) == (first, "lowering", "refuse")


def test_a_closing_is_decided_on_paper_and_a_slip_is_put_right(at: Office, hurt: Person) -> None:
    wanted = asked(at, hurt, "closure", "no_contact")
    export = paper(at, hurt)
    key_in(at.other, answer(export, "1", verdict_on=wanted))
    assert case_of(at.supervisor, hurt).closing_why == "no_contact"
    key_in(at.other, answer(export, "2", instead="left_known", words="She wrote", because="It was a 2"))
    case = case_of(at.supervisor, hurt)
    assert (case.status, case.closing_why) == ("closed", "left_known")
    key_in(at.other, answer(export, "3", because="It was a 3"))
    case = case_of(at.supervisor, hurt)
    assert (case.status, case.closed_on, case.closing_why) == ("open", None, "")


def test_a_paper_is_the_second_person_who_takes_a_shield_down(at: Office, hurt: Person) -> None:
    shield.put_up(at.holder, hurt.id, "Men asked for her")
    shield.ask_off(at.holder, hurt.id, "They left")
    with at.supervisor.reading() as reading:
        up = reading.all(Shield)[0]
    export = paper(at, hurt)
    with pytest.raises(AppError, match="shown to supervisors"):
        find(at.other, code(export))
    with pytest.raises(AppError, match="shown to supervisors"):
        key_in(at.other, answer(export, "1"))
    key_in(at.holder, answer(export, "1", verdict_on=up.id))
    with at.supervisor.reading() as reading:
        assert reading.get(Shield, up.id).off_by == at.holder.user.id
    told = find(at.other, code(export))
    assert told.answered
    assert told.answered.kind == ""
    with pytest.raises(AppError, match="Put the shield up again"):
        key_in(at.holder, answer(export, "3", because="It was a 3"))


def test_whoever_may_not_read_the_case_keys_in_and_reads_nothing(at: Office) -> None:
    person = bring_in(at, SURVIVOR)
    export = paper(at, person)
    found = find(at.other, code(export))
    assert (found.question, found.options, found.waiting) == ("", (), ())
    key_in(at.other, answer(export, "3", words="My own words"))
    told = find(at.other, code(export))
    assert TYPED not in repr(told)
    assert "My own words" not in repr(told)
    [mine] = approvals.page(at.other, 0, 9, decided=True)
    assert (mine.approval.words, mine.approval.why, mine.withheld) == ("", "", True)
    assert history(at.holder, person)[0].approval.why == TYPED


def test_number_and_code_are_read_out_of_the_real_paper(at: Office, hurt: Person) -> None:
    for level in ("supervisor", "carry"):
        wanted = summaries.Wanted(level=level, plain=True, reason=REASON)
        made = summaries.export_case(at.holder, hurt.id, wanted)
        at.clock.at += timedelta(minutes=1)
        first = next(iter(words_of(made.pdf)))
        number = re.search(f"[{SIGNS}]{{4}}-[{SIGNS}]{{3}}", first)
        check = re.search(rf"(?<!\S)[{SIGNS}]{{4}}-[{SIGNS}]{{2}}(?!\S)", first)
        assert number
        assert check
        sloppy = f"{number[0]}{check[0]} 1".lower().replace("-", "").replace("a", "а").replace("e", "Е")
        key_in(at.holder, Answer(code=sloppy, signed_by="D. S."))
        assert history(at.holder, hurt)[0].approval.export_no == made.export.export_no


def test_a_record_that_was_set_aside_stands_in_no_list_and_is_not_decided(at: Office, hurt: Person) -> None:
    export = paper(at, hurt)
    assert approvals.count(at.supervisor, decided=False) == 2
    aside.set_aside(at.supervisor, hurt.id, "mistake")
    assert approvals.page(at.supervisor, 0, 9, decided=False) == []
    with pytest.raises(AppError, match="not in the vault"):
        find(at.holder, code(export))


@given(st.text(SIGNS, min_size=13, max_size=13))
@examples(40, share_fixtures=True)
def test_no_other_code_opens_a_paper(at: Office, signs: str) -> None:
    with at.supervisor.reading() as reading:
        person, export = reading.first(Person), reading.first(Export)
    export = export or paper(at, person or bring_in(at, OPEN_ONE))
    if signs != code(export).replace("-", "").replace(" ", ""):
        with pytest.raises(AppError, match="Nothing was kept"):
            paper_decisions.find(at.holder, signs)
    with pytest.raises(AppError, match="is not the check code"):
        paper_decisions.find(at.holder, f"{export.export_no} {_next(export.check_code)}")


def _next(check: str) -> str:
    """The same with another last sign."""
    return check[:-1] + SIGNS[(SIGNS.index(check[-1]) + 1) % len(SIGNS)]


def test_the_day_it_was_signed_may_be_the_minute_in_which_it_was_made(at: Office, hurt: Person) -> None:
    at.clock.at = datetime(2010, 6, 14, 9, 0, 40, tzinfo=at.clock.at.tzinfo)
    export = summaries.export_case(at.holder, hurt.id, summaries.Wanted(plain=True, reason=REASON)).export
    key_in(at.holder, answer(export, "1", signed_at=at.clock.at.replace(second=0)))
    assert len(history(at.holder, hurt)) == 1
