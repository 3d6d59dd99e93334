"""Who may read and write what: restricted facts, words that could tell them, cases in another's hands, levels set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import CHEAP, PASSPHRASE

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Case, CaseAction, CaseOption, Note, Task
from panoh.domain.household import Household
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person, PersonName
from panoh.domain.records import Record
from panoh.domain.redaction import SUPERVISOR, redact
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.services import cases, people, summaries, triage, users, vault
from panoh.services.desk import Desk
from panoh.services.records import keep

SECRET = "Hears that a request came from Tashkent"


@dataclass
class Two:
    """A supervisor, two caseworkers, and an exile whose case the first caseworker holds."""

    supervisor: Desk
    holder: Desk
    other: Desk
    exile_id: str
    wife_id: str
    case: Case
    assessment: RefoulementAssessment


def _as(desk: Desk, opened: vault.OpenVault, name: str) -> Desk:
    user = users.add(opened, name, f"{PASSPHRASE} {name}", "caseworker")
    return desk.of(user)


@pytest.fixture
def two(tmp_path: Path, clock: FixedClock) -> Iterator[Two]:
    """The vault with everyone in it."""
    made = vault.create(tmp_path / "vault", "dilbar", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP)
    with made.open as opened:
        desk, now = opened.desk, clock.now()
        holder, other = _as(desk, opened, "Feruza Aminova"), _as(desk, opened, "Bakyt")
        home = Household(id=new_id(), number="KX7-00090-1")
        exile = Person(
            id=new_id(), number="KX7-00091-K", household_id=home.id, relation="head", given_name="Farhod",
            family_name="Hamidov", sex="M", fled_from="KG", country_now="KG", intends_to_go="UZ",
        )  # fmt: skip
        wife = Person(
            id=new_id(), number="KX7-00092-Z", household_id=home.id, relation="spouse", given_name="Dilnoza", sex="F"
        )
        case = Case(
            id=new_id(), person_id=exile.id, owner_id=holder.user.id, opened_at=now, question=SECRET, wish=SECRET
        )
        assessment = RefoulementAssessment(id=new_id(), person_id=exile.id, feared_country="UZ", extradition="yes")
        keep(
            desk, home, exile, wife, case, assessment,
            PersonName(id=new_id(), person_id=wife.id, kind="maiden", text="Тўрабоева Дилноза"),
            CaseOption(id=new_id(), case_id=case.id, letter="A", what=SECRET),
            CaseAction(id=new_id(), case_id=case.id, done_on=clock.today(), what=SECRET),
            Note(id=new_id(), case_id=case.id, written_at=now, author_id=holder.user.id, text=SECRET),
            Task(id=new_id(), person_id=exile.id, what=SECRET, owner_id=holder.user.id),
            TracingRequest(
                id=new_id(), number="KX7-00093-X", inquirer_id=wife.id, given_name="Sherzod", relatives=("Gulchehra",)
            ),
        )  # fmt: skip
        triage.set_level(holder, exile.id, "critical", SECRET, clock.today() + timedelta(days=3))
        yield Two(desk, holder, other, exile.id, wife.id, case, assessment)


def test_who_may_not_see_restricted_facts_reads_no_word_that_could_tell_them(two: Two) -> None:
    view = people.person(two.other, two.exile_id)
    told = [view, people.what_happened(two.other, view), triage.why(two.other, two.exile_id)]
    assert SECRET not in repr(told)
    assert view.case_withheld
    assert view.case is not None
    assert view.case.owner_id == two.holder.user.id
    assert next(reason.text for reason in view.level.reasons) == "Restricted reason"
    assert view.level.override is not None
    assert view.level.override.reason == "Restricted reason"
    assert SECRET in repr(people.person(two.holder, two.exile_id))
    assert SECRET in repr(people.person(two.supervisor, two.exile_id))


def test_a_paper_made_by_someone_who_may_not_see_holds_no_such_word(two: Two) -> None:
    for level in summaries.LEVELS:
        summary, *_page = summaries.preview(two.other, two.exile_id, summaries.Wanted(level=level))
        assert SECRET not in repr(summary)


def test_words_that_are_withheld_are_not_written_over(two: Two) -> None:
    seen = people.person(two.other, two.exile_id).case
    assert seen is not None
    with pytest.raises(AppError, match="role"):
        keep(two.other, replace(seen, question="What now?"))
    cases.add_note(two.other, two.exile_id, "Asked for a doctor")
    assert SECRET in repr(people.person(two.holder, two.exile_id).case)


def test_from_anothers_hands_only_a_supervisor_takes_a_case(two: Two) -> None:
    for taken in (replace(two.case, owner_id=two.other.user.id), replace(two.case, owner_id="")):
        with pytest.raises(AppError, match="role"):
            keep(two.other, taken)
    with pytest.raises(AppError, match="role"):
        cases.take(two.other, two.exile_id)
    with pytest.raises(AppError, match="stays with you"):
        cases.assign(two.holder, two.exile_id, two.other.user.id)
    cases.assign(two.supervisor, two.exile_id, two.other.user.id)
    assert not people.person(two.other, two.exile_id).case_withheld
    cases.take(two.supervisor, two.exile_id)


def test_a_case_that_nobody_holds_may_be_taken(two: Two) -> None:
    cases.take(two.other, two.wife_id)
    assert people.person(two.other, two.wife_id).may_see_restricted


def test_restricted_records_are_not_reached_by_way_of_another_person_or_code(two: Two) -> None:
    cases.take(two.other, two.wife_id)
    need = SpecificNeed(id=new_id(), person_id=two.exile_id, code="TR-PI")
    keep(two.holder, need)
    forged: list[Record] = [
        replace(two.assessment, person_id=two.wife_id),
        replace(need, code="PG"),
        replace(need, person_id=two.wife_id),
    ]
    for record in forged:
        with pytest.raises(AppError, match="role"):
            keep(two.other, record)


def test_a_level_that_someone_raised_is_lowered_by_a_supervisor_alone(two: Two, clock: FixedClock) -> None:
    review = clock.today() + timedelta(days=3)
    alone = Person(id=new_id(), number="KX7-00094-V", given_name="Aziza", sex="F", urgent="none", fled_from="KG")
    keep(two.supervisor, alone)
    computed = triage.why(two.supervisor, alone.id).computed_level
    assert computed != "critical"
    triage.set_level(two.holder, alone.id, "critical", "Heard a threat", review)
    with pytest.raises(AppError, match="role"):
        triage.set_level(two.other, alone.id, computed, "It is calm now", review)
    triage.set_level(two.supervisor, alone.id, computed, "It is calm now", review)


def test_a_paper_masks_every_name_of_household_kin_and_staff_in_both_scripts(two: Two) -> None:
    typed = "Фарход Ҳамидов, Dilnoza Toraboyeva, Шерзод, Гулчехра and Feruza Aminova were heard. Move him?"
    keep(two.holder, replace(two.case, question=typed))
    summary, *_page = summaries.preview(two.holder, two.exile_id, summaries.Wanted())
    assert redact(summary, SUPERVISOR).question == (
        "[name] [name], [name] [name], [name], [name] and [name] [name] were heard. Move him?"
    )
