"""Tricks by which someone who may not see restricted facts could get at them, or write over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from tests.services.access_people import (
    DOORS,
    TYPED,
    Office,
    bring_in,
    copy_of_paper,
    kind,
    need,
    paper,
    seen,
    told,
)

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import CaseOption, LevelOverride, Note, Task
from panoh.domain.consent import AUTHORITIES, Consent
from panoh.domain.household import Household
from panoh.domain.key_sheet import reason_key
from panoh.domain.lines import PeopleFilter
from panoh.domain.needs import MET, SpecificNeed
from panoh.domain.person import IdentityDocument, Person
from panoh.services import (
    assistance,
    attachments,
    cases,
    drafts,
    key_sheets,
    merging,
    papers,
    people,
    shield,
    summaries,
    triage,
    undoing,
)
from panoh.services.records import keep

EXILE = kind(
    "exile", told(feared_country="UZ", extradition="yes"), paper("refugee_certificate"), need("TR-PI"),
    legal_status="mandate_refugee", presence="detained",
)  # fmt: skip
SURVIVOR = kind("survivor", need("SV-GM"))


def _stored(at: Office, record: Any) -> Any:
    with at.supervisor.reading() as reading:
        return reading.get(type(record), record.id)


def _parts(at: Office, which: type, person: Person) -> list[Any]:
    with at.supervisor.reading() as reading:
        return reading.where_in(which, "person_id", [person.id])


def test_neither_death_nor_a_need_that_was_met_opens_what_was_typed(at: Office, clock: FixedClock) -> None:
    exile, survivor = bring_in(at, EXILE), bring_in(at, SURVIVOR)
    keep(at.other, replace(people.person(at.other, exile.id).person, presence="dead"))
    keep(at.holder, replace(_parts(at, SpecificNeed, survivor)[0], status=MET))
    for person in (exile, survivor):
        assert not any(reason.withheld for reason in triage.why(at.other, person.id).reasons)
        for name, door in DOORS.items():
            if name != "tracing":
                assert TYPED not in seen(door, at.other, person), name
        with pytest.raises(AppError, match="role"):
            keep(at.other, replace(cases.case_or_new(at.other, person.id), question="What now?"))


def test_a_form_leaves_what_its_reader_does_not_see_as_it_is(at: Office) -> None:
    exile = bring_in(at, EXILE)
    shown = people.person(at.other, exile.id)
    assert (shown.person.legal_status, shown.person.presence, shown.documents, shown.needs) == ("", "elsewhere", (), ())
    keep(at.other, replace(shown.person, phone="0555 00 00 00", legal_status="citizen"))
    kept = _stored(at, exile)
    assert (kept.phone, kept.legal_status, kept.presence) == ("0555 00 00 00", "mandate_refugee", "detained")
    keep(at.other, replace(shown.person, presence="here"))
    assert _stored(at, exile).presence == "here", "that someone came back is no secret"
    keep(at.holder, replace(exile, legal_status="claim_rejected"))
    assert _stored(at, exile).legal_status == "claim_rejected"


def test_no_answer_tells_what_the_legal_status_is(at: Office) -> None:
    """Guessing it right and guessing it wrong end alike."""
    exile = bring_in(at, EXILE)
    shown = people.person(at.other, exile.id).person
    changes = {status: keep(at.other, replace(shown, legal_status=status)) for status in ("mandate_refugee", "idp", "")}
    assert len(set(changes.values())) == 1
    assert _stored(at, exile).legal_status == "mandate_refugee"


def test_restricted_rows_are_neither_taken_away_nor_turned_into_open_ones(at: Office) -> None:
    exile = bring_in(at, EXILE)
    wife = bring_in(at, kind("wife"), held=False)
    cases.take(at.other, wife.id)
    torture, certificate = _parts(at, SpecificNeed, exile)[0], _parts(at, IdentityDocument, exile)[0]
    forged: list[Any] = [
        torture, replace(torture, code="PX-PR"), replace(torture, code="PX-PR", person_id=wife.id),
        certificate, replace(certificate, kind="passport"), replace(certificate, kind="passport", person_id=wife.id),
        replace(certificate, person_id=wife.id),
    ]  # fmt: skip
    for record in forged:
        with pytest.raises(AppError, match="role"):
            keep(at.other, without=[record])
        if record not in (torture, certificate):
            with pytest.raises(AppError, match="role"):
                keep(at.other, record)
    assert (_stored(at, torture), _stored(at, certificate)) == (torture, certificate)


def test_the_words_of_a_withheld_case_are_not_written_over(at: Office, clock: FixedClock) -> None:
    exile = bring_in(at, EXILE)
    case = cases.case_or_new(at.holder, exile.id)
    option = CaseOption(id=new_id(), case_id=case.id, letter="A", what=TYPED)
    task = Task(id=new_id(), person_id=exile.id, what=TYPED, owner_id=at.holder.user.id)
    alone = Task(id=new_id(), person_id=exile.id, what="Talk alone", owner_id=at.holder.user.id, private=True)
    keep(at.holder, option, task, alone)
    with at.supervisor.reading() as reading:
        note = reading.where_in(Note, "case_id", [case.id])[0]
    for record in (
        replace(option, what="No"),
        replace(note, text="No"),
        replace(task, what="No"),
        replace(alone, what="No"),
    ):
        with pytest.raises(AppError, match="role"):
            keep(at.other, record)
        with pytest.raises(AppError, match="role"):
            keep(at.other, without=[record])
    cases.add_note(at.other, exile.id, "Asked for a doctor")
    assert "Asked for a doctor" in repr(people.person(at.holder, exile.id).notes)
    with pytest.raises(AppError, match="role"):
        keep(at.other, without=[case])


def test_nobody_makes_themselves_a_supervisor_or_lowers_a_level_by_the_back_stairs(
    at: Office, clock: FixedClock
) -> None:
    exile = bring_in(at, EXILE)
    lower = LevelOverride(
        id=new_id(), person_id=exile.id, level="low", reason="calm", set_by=at.other.user.id, set_at=clock.now(),
        review_on=clock.today() + timedelta(days=3),
    )  # fmt: skip
    for record in (lower, replace(at.other.user, role="supervisor")):
        with pytest.raises(AppError, match="role"):
            keep(at.other, record)


def _family(at: Office) -> tuple[Person, Person]:
    home = Household(id=new_id(), number="KX7-80000-1")
    keep(at.supervisor, home)
    exile = bring_in(at, kind("exile", told(extradition="yes"), household_id=home.id, relation="head"))
    wife = bring_in(at, kind("wife", household_id=home.id, relation="spouse"), held=False)
    return exile, wife


def test_who_holds_a_relatives_case_alone_learns_neither_of_whom_nor_why(at: Office) -> None:
    _exile, wife = _family(at)
    cases.take(at.other, wife.id)
    why = triage.why(at.other, wife.id)
    assert (why.level, [reason.text for reason in why.reasons if reason.restricted]) == ("high", ["Restricted reason"])
    assert why.first_action == at.other.rulebook.restricted.first_action
    assert not why.shielded
    code = key_sheets.current(at.supervisor).codes[reason_key("T02b", "household")]
    for name in ("queue", "reasons panel", "record", "paper at level supervisor", "paper at level carry"):
        text = seen(DOORS[name], at.other, wife)
        for word in ("T02", "danger", "return", code, "Interview"):
            assert word not in text.replace("danger sign", ""), (name, word)
    assert triage.why(at.supervisor, wife.id).reasons[0].rule == "T02b"


def test_who_holds_the_cases_of_both_is_told(at: Office) -> None:
    exile, wife = _family(at)
    cases.take(at.holder, wife.id)
    assert triage.why(at.holder, wife.id).reasons[0].rule == "T02b"
    cases.assign(at.supervisor, exile.id, at.other.user.id)
    assert triage.why(at.holder, wife.id).reasons[0].text == "Restricted reason"


def test_with_the_case_goes_the_sight(at: Office) -> None:
    exile = bring_in(at, EXILE)
    before = people.person(at.holder, exile.id)
    drafts.keep(
        at.holder, f"{exile.id}.needs.mine", "person",
        {"person_id": exile.id, "tab": "needs", "values": {
            "feared_country": "UZ", "legal_status": "mandate_refugee", "urgent": "none", "names": [{"kind": "maiden", "text": "Турабоева"}],
            "needs": [{"code": "TR-PI"}, {"code": "PX-PR"}], "documents": [{"kind": "refugee_certificate"}, {"kind": "passport"}],
        }},
    )  # fmt: skip
    assert "mandate_refugee" in repr(drafts.mine(at.holder))
    cases.assign(at.supervisor, exile.id, at.other.user.id)
    assert "TR-PI" not in repr(people.what_happened(at.holder, before)), "a view that is out of date opens nothing"
    left = next(draft for draft in drafts.mine(at.holder) if draft.id.endswith("mine"))
    assert left.payload["values"] == {
        "urgent": "none", "names": [{"kind": "maiden", "text": "Турабоева"}], "needs": [{"code": "PX-PR"}],
        "documents": [{"kind": "passport"}],
    }  # fmt: skip


def test_a_draft_is_its_writers_alone(at: Office) -> None:
    drafts.keep(at.holder, "same", "person", {"words": TYPED})
    with pytest.raises(AppError, match="role"):
        drafts.keep(at.other, "same", "person", {"words": "mine"})
    drafts.drop(at.other, "same")
    assert drafts.mine(at.other) == []
    assert drafts.mine(at.holder)[0].payload == {"words": TYPED}


def test_a_paper_by_someone_who_may_not_see_tells_neither_kind_nor_number_nor_clock(at: Office) -> None:
    exile = bring_in(at, EXILE)
    summary = summaries.preview(at.other, exile.id, summaries.Wanted()).summary
    hidden = [reason for reason in summary.reasons if reason.restricted]
    assert [(one.rule, one.text, one.neutral_code, one.clock, one.on) for one in hidden] == [("", "", "", "", None)]
    assert not [one for one in summary.papers if "efugee" in one.kind]
    assert not any("fraid" in one.text or "feared" in one.text for one in summary.not_known)


def test_the_journal_of_rows_that_changed_their_kind_tells_no_restricted_one(at: Office) -> None:
    """Whoever may, corrects a paper, and in older vaults a code; it must not tell others what stood there before."""
    person = bring_in(at, kind("corrected", paper("refugee_certificate"), need("TR-PI")))
    certificate, torture = _parts(at, IdentityDocument, person)[0], _parts(at, SpecificNeed, person)[0]
    keep(at.holder, replace(certificate, kind="passport"))
    with at.supervisor.store.writing(at.holder.user.id) as unit:
        unit.save(replace(torture, code="PX-PR"))
    text = seen(DOORS["history"], at.other, person)
    assert "passport" not in text
    for word in ("refugee_certificate", "TR-PI"):
        assert word not in text
        assert word in seen(DOORS["history"], at.holder, person)


def test_the_check_of_a_paper_does_not_tell_the_year_of_recognition(at: Office) -> None:
    """Whoever types one year after another, and looks which of them may not stand on the paper, learns nothing."""
    refugee = bring_in(at, kind("recognised", told(recognised_by="UNHCR", recognised_year=2006)))
    survivor = bring_in(at, SURVIVOR)
    years = [str(year) for year in range(1995, 2010)]
    found = []
    for person in (refugee, survivor):
        cases.add_task(at.other, person.id, f"Ask about {', '.join(years)}", None)
        leaks = summaries.preview(at.other, person.id, summaries.Wanted()).leaks
        found.append([leak.words for leak in leaks])
    assert found[0] == found[1] == years
    cases.add_task(at.holder, refugee.id, f"Ask about {', '.join(years)}", None)
    assert [leak.words for leak in summaries.preview(at.holder, refugee.id, summaries.Wanted()).leaks] == ["2006"]


def test_no_letter_to_an_authority_tells_whom_a_person_fears(at: Office) -> None:
    """Someone may say yes for a person, move them in the record, and look whether a letter is refused."""
    told_of = []
    for each in (EXILE, SURVIVOR):
        person = bring_in(at, each)
        keep(at.supervisor, IdentityDocument(id=new_id(), person_id=person.id, kind="passport", state="lost"))
        refused = []
        for country, recipient in product(("UZ", "KG"), sorted(AUTHORITIES)):
            keep(at.other, replace(people.person(at.other, person.id).person, country_now=country, fled_from=country))
            keep(
                at.other,
                Consent(id=new_id(), person_id=person.id, purpose="sharing", recipient=recipient, answer="yes"),
            )
            try:
                papers.letter(at.other, person.id, recipient)
            except AppError as error:
                refused.append(error.code)
        told_of.append(refused)
    assert told_of[0] == told_of[1] == ["paper.not_to_them"] * 4


def test_files_of_whoever_is_withheld_are_not_opened(at: Office) -> None:
    exile = bring_in(at, EXILE)
    copy = copy_of_paper(exile)
    keep(at.holder, copy)
    assert attachments.of_person(at.other, exile.id) == []
    for ask in (lambda: attachments.opened(at.other, copy.id), lambda: attachments.take_away(at.other, copy)):
        with pytest.raises(AppError, match="role"):
            ask()
    assert attachments.of_person(at.holder, exile.id) == [copy]


def test_a_merge_tells_its_values_only_to_whoever_may_see_them(at: Office) -> None:
    exile, double = bring_in(at, EXILE), bring_in(at, SURVIVOR, held=False)
    merging.merge(at.supervisor, exile.id, double.id, [("Person", "legal_status")])
    assert [merge.steps for merge in merging.merges_of(at.other, exile.id)] == [()]
    assert merging.merges_of(at.holder, exile.id)[0].steps


def test_what_is_restored_is_what_stood_there_not_what_was_shown(at: Office) -> None:
    exile = bring_in(at, EXILE)
    keep(at.holder, replace(_stored(at, exile), presence="here", legal_status="idp"))
    shown = next(
        entry
        for entry in people.what_happened(at.other, people.person(at.other, exile.id))
        if entry.field == "presence"
    )
    assert (shown.old, shown.new) == ("elsewhere", "here")
    undoing.restore(at.other, shown)
    assert _stored(at, exile).presence == "detained"
    theirs = people.what_happened(at.holder, people.person(at.holder, exile.id))
    undoing.restore(at.other, next(entry for entry in theirs if entry.field == "legal_status"))
    assert _stored(at, exile).legal_status == "idp", "what a reader does not see they do not change"


def test_only_ones_own_save_is_taken_back(at: Office) -> None:
    exile = bring_in(at, EXILE)
    changes = keep(at.holder, replace(cases.case_or_new(at.holder, exile.id), question="What now?"))
    with pytest.raises(AppError, match="role"):
        undoing.undo_save(at.other, changes)
    undoing.undo_save(at.holder, changes)
    assert cases.case_or_new(at.holder, exile.id).question == TYPED


def test_no_list_names_who_lacks_what_would_tell(at: Office) -> None:
    """Psychosocial support, legal help and security: of the own cases alone; of somebody masked nothing."""
    survivor, masked, mine = bring_in(at, SURVIVOR), bring_in(at, SURVIVOR), bring_in(at, kind("mine"), held=False)
    cases.take(at.other, mine.id)
    assistance.note(at.other, assistance.PERSON, mine.id, [assistance.Said("security", "open")])
    shield.put_up(at.holder, masked.id, "Asked for at the gate")
    for sector in assistance.sectors(at.other):
        wanted = PeopleFilter(sector=sector)
        theirs = {line.id for line in people.page(at.supervisor, 0, 99, wanted)}
        assert {survivor.id, masked.id} <= theirs
        told = [line.id for line in people.page(at.other, 0, 99, wanted)]
        own = [mine.id] if sector == "security" else []
        assert told == (own if sector in assistance.TELLING else [survivor.id]), sector
        assert people.count(at.other, wanted) == len(told)
