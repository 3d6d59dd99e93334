from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.ui.person_screen import Screen, as_caseworker, family

from panoh.domain.casework import Approval
from panoh.domain.person import Person, Unanswered
from panoh.services import drafts, people
from panoh.services.desk import Desk
from panoh.services.person_edit import opened
from panoh.store.tables import table
from panoh.ui.level_dialog import LevelDialog
from panoh.ui.person.rows import RowsEdit
from panoh.ui.person.view import CASE, CONSENT, IDENTITY, NEEDS
from panoh.ui.widgets.control_values import EXACTNESS, TYPED, UNKNOWN


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


@pytest.fixture
def screen(desk: Desk, man: Person) -> Screen:
    return Screen(desk).open(man.id)


def test_an_unchanged_record_has_nothing_to_save(screen: Screen) -> None:
    for tab in (IDENTITY, NEEDS, CASE, CONSENT):
        screen.presenter.save(tab)
    assert screen.changes == []


def test_identity_is_saved(screen: Screen, man: Person) -> None:
    screen.write(IDENTITY, "given_name", "Илхом")
    screen.write(IDENTITY, "birth", f"12.3.1972{EXACTNESS}day")
    screen.write(IDENTITY, "nationalities", "Узбекистан, KG")
    screen.write(IDENTITY, "intends_to_go", "KZ")
    screen.write(IDENTITY, "phone", UNKNOWN + "refused")
    screen.write(IDENTITY, "border_status", "waiting")
    screen.write(IDENTITY, "border_status_on", "13.6.2010")
    screen.presenter.save(IDENTITY)
    assert screen.problems(IDENTITY) == {}
    now = opened(screen.desk, man.id)
    person = now.view.person
    assert (person.given_name, person.family_name) == ("Илхом", "Сатторқуллиев")
    assert (person.birth_precision, person.birth_earliest) == ("day", date(1972, 3, 12))
    assert person.nationalities == ("UZ", "KG")
    assert person.intends_to_go == "KZ"
    assert person.border_status_on == date(2010, 6, 13)
    assert [(entry.field, entry.answer) for entry in now.unanswered] == [("phone", "refused")]
    assert screen.read(IDENTITY, "phone") == UNKNOWN + "refused"
    assert "Person" in screen.changes[-1]


def test_an_answer_takes_the_unknown_away(screen: Screen, man: Person) -> None:
    screen.write(IDENTITY, "phone", UNKNOWN + "not_asked")
    screen.presenter.save(IDENTITY)
    screen.write(IDENTITY, "phone", "0555 100200")
    screen.presenter.save(IDENTITY)
    assert opened(screen.desk, man.id).unanswered == ()
    with screen.desk.reading() as reading:
        assert reading.all(Unanswered) == []


def test_papers_and_names_are_added_changed_and_removed(screen: Screen, man: Person) -> None:
    before = screen.view.identity.values()
    paper = before["documents"][0]
    changed = {**paper, "state": "replacement_asked"}
    new = {"id": "", "kind": "birth_certificate", "document_no": "7", "issuer": "KG", "state": "seen", "noted_on": ""}
    screen.rows(IDENTITY, "documents", [changed, new])
    screen.rows(IDENTITY, "names", [{"id": "", "kind": "nickname", "text": "Ilhom aka"}])
    screen.presenter.save(IDENTITY)
    view = people.person(screen.desk, man.id)
    assert {(p.kind, p.state) for p in view.documents} == {
        ("passport", "replacement_asked"),
        ("birth_certificate", "seen"),
    }
    assert [(name.kind, name.text) for name in view.names] == [("nickname", "Ilhom aka")]
    assert paper["id"] in [document.id for document in view.documents]


def test_what_cannot_be_kept_is_told_at_its_field_and_nothing_is_written(screen: Screen, man: Person) -> None:
    screen.write(IDENTITY, "border_status_on", "31.6.2010")
    screen.write(IDENTITY, "languages", "Uzbek, Klingonish")
    screen.write(IDENTITY, "fled_from", TYPED + "Atlantis")
    screen.rows(
        IDENTITY, "documents", [{"id": "", "kind": "", "document_no": "7", "issuer": "", "state": "", "noted_on": ""}]
    )
    screen.presenter.save(IDENTITY)
    problems = screen.problems(IDENTITY)
    assert "does not exist" in problems["border_status_on"]
    assert "Klingonish" in problems["languages"]
    assert "Atlantis" in problems["fled_from"]
    assert {"documents.0.kind", "documents.0.state"} <= problems.keys()
    assert screen.changes == []
    assert people.person(screen.desk, man.id).person.languages == ("uz", "ru")
    assert screen.read(IDENTITY, "languages") == "Uzbek, Klingonish"


def test_someone_who_was_here_and_is_missing_has_disappeared(screen: Screen, man: Person) -> None:
    screen.write(IDENTITY, "presence", "missing")
    screen.write(IDENTITY, "presence_since", "12.6.2010")
    screen.presenter.save(IDENTITY)
    assert people.person(screen.desk, man.id).person.disappeared_on == date(2010, 6, 12)


def test_needs_get_a_status_and_a_new_one_is_found_by_its_words(screen: Screen, man: Person) -> None:
    need = screen.view.needs.values()["needs"][0]
    new = {
        "id": "",
        "code": TYPED + "pregnant",
        "status": "",
        "source": "observed",
        "event_on": "",
        "due_on": "1.9.2010",
    }
    screen.rows(NEEDS, "needs", [{**need, "status": "confirmed", "care_refused": "yes"}, {**new, "care_refused": ""}])
    screen.write(NEEDS, "urgent", "yes")
    screen.presenter.save(NEEDS)
    view = people.person(screen.desk, man.id)
    needs = {one.code: one for one in view.needs}
    assert needs["LP-ND"].status == "confirmed"
    assert needs["LP-ND"].care_refused
    assert needs["PX-PR"].due_on == date(2010, 9, 1)
    assert needs["PX-PR"].noticed_at == screen.desk.clock.now()
    assert view.person.urgent == "yes"


def test_the_same_need_twice_is_refused(screen: Screen) -> None:
    rows = screen.view.needs.values()["needs"]
    screen.rows(NEEDS, "needs", [*rows, {**rows[0], "id": ""}])
    screen.presenter.save(NEEDS)
    assert "recorded already" in screen.problems(NEEDS)["needs.1.code"]


def test_the_assessment_is_saved_with_its_unknowns(screen: Screen, man: Person) -> None:
    screen.write(NEEDS, "extradition", UNKNOWN + "does_not_know")
    screen.write(NEEDS, "recognised_by", "UNHCR")
    screen.write(NEEDS, "recognised_year", "2006")
    screen.presenter.save(NEEDS)
    assert screen.problems(NEEDS) == {}
    now = opened(screen.desk, man.id)
    assert now.view.assessment is not None
    assert (now.view.assessment.recognised_by, now.view.assessment.recognised_year) == ("UNHCR", 2006)
    assert now.view.assessment.asked_at == screen.desk.clock.now()
    assert [(e.record_id, e.field) for e in now.unanswered] == [(now.view.assessment.id, "extradition")]
    assert screen.read(NEEDS, "extradition") == UNKNOWN + "does_not_know"


def test_a_first_case_is_opened_by_its_form(screen: Screen, man: Person) -> None:
    screen.write(CASE, "question", "Move this family away from the border tonight?")
    screen.write(CASE, "answer_day", "today")
    screen.write(CASE, "answer_time", "16.30")
    screen.rows(
        CASE, "options", [{"id": "", "what": "Move", "consequence": "Safe", "ready": "Car"}, {"id": "", "what": "Stay"}]
    )
    screen.write(CASE, "recommended_option", "A")
    screen.rows(CASE, "actions", [{"id": "", "done_on": "13.6.2010", "what": "Asked", "result": "No answer"}])
    screen.presenter.save(CASE)
    assert screen.problems(CASE) == {}
    view = people.person(screen.desk, man.id)
    assert view.case is not None
    assert view.case.answer_by is not None
    assert view.case.answer_by.astimezone().strftime("%d %H:%M") == "14 16:30"
    assert [(option.letter, option.what) for option in view.options] == [("A", "Move"), ("B", "Stay")]
    assert [action.done_on for action in view.actions] == [date(2010, 6, 13)]
    screen.rows(CASE, "options", [])
    screen.presenter.save(CASE)
    assert "no option A" in screen.problems(CASE)["recommended_option"]


def test_a_long_question_is_counted_and_refused(screen: Screen) -> None:
    screen.write(CASE, "question", "x" * 161)
    screen.presenter.save(CASE)
    assert "160" in screen.problems(CASE)["question"]


def test_consent_is_kept_by_purpose_and_recipient(screen: Screen, man: Person) -> None:
    write = screen.view.consent.set_values
    write({"tracing|icrc": "yes", "sharing|authorities_origin": "no", "how": "thumbprint"})
    screen.presenter.save(CONSENT)
    given = {(c.purpose, c.recipient): c for c in people.person(screen.desk, man.id).consents}
    assert given["tracing", "icrc"].state_on(date(2010, 6, 14)) == "yes"
    assert given["tracing", "icrc"].how == "thumbprint"
    assert given["tracing", "icrc"].given_on == date(2010, 6, 14)
    assert given["sharing", "authorities_origin"].answer == "no"
    assert len(given) == 2
    write({"tracing|icrc": "withdrawn"})
    screen.presenter.save(CONSENT)
    given = {(c.purpose, c.recipient): c for c in people.person(screen.desk, man.id).consents}
    assert given["tracing", "icrc"].state_on(date(2010, 6, 14)) == "withdrawn"


def test_what_was_said_beside_a_consent_is_kept_with_it_and_it_runs_out(screen: Screen, man: Person) -> None:
    tab = screen.view.consent
    beside = {
        "expires_on": "13.7.2010", "notice_read": "yes", "language": "uz", "interpreter": "Zarina, a neighbour",
        "witness": "the teacher",
    }  # fmt: skip
    tab.set_values(beside)
    screen.presenter.save(CONSENT)
    assert "now" in screen.problems(CONSENT)["how"]  # nothing to hold for
    tab.set_values({"sharing|unhcr": "yes"})
    screen.presenter.save(CONSENT)
    given = people.person(screen.desk, man.id).consents[0]
    assert (given.language, given.interpreter, given.witness) == ("uz", "Zarina, a neighbour", "the teacher")
    assert (given.notice_read, given.expires_on) == ("yes", date(2010, 7, 13))
    assert tab.values()["expires_on"] == tab.values()["witness"] == ""  # the next answers say it anew
    assert "until" in tab._given["sharing|unhcr"].text()
    screen.desk.clock.at = datetime(2010, 7, 14, 9, tzinfo=UTC)
    screen.presenter.refresh(frozenset({"Consent"}))
    assert "run out" in tab._given["sharing|unhcr"].text()


def test_tasks_notes_and_a_level_by_hand(screen: Screen, man: Person) -> None:
    actions = screen.presenter.actions
    actions.ask_task()
    assert actions.dialog is not None
    actions.dialog.act.click()
    assert "what" in {key for key, row in actions.dialog.form.rows.items() if row.error}
    actions.dialog.set_value("what", "Call the duty officer")
    actions.dialog.set_value("day", "tomorrow")
    actions.dialog.act.click()
    view = people.person(screen.desk, man.id)
    assert [task.what for task in view.tasks] == ["Call the duty officer"]
    screen.view.case.due.done_asked.emit(screen.presenter._opened.due[-1])
    actions.add_note("Agreed a safe way of contact.")
    actions.ask_level()
    dialog = _level_dialog(screen)
    dialog.act.click()
    assert dialog.form.rows["reason"].error
    dialog.level.set_value("high")
    dialog.reason.setText("Moved to the north, alone with his family.")
    dialog.act.click()
    view = people.person(screen.desk, man.id)
    assert view.tasks[0].done_at is not None
    assert [note.text for note in view.notes] == ["Agreed a safe way of contact."]
    assert (view.level.level, view.level.computed_level) == ("high", "critical")
    assert screen.view.header.chip.level == "high"


def test_a_lower_level_is_asked_of_a_supervisor(desk: Desk, man: Person) -> None:
    screen, said = Screen(as_caseworker(desk)).open(man.id), []
    screen.view.told_saved.connect(said.append)
    screen.presenter.actions.ask_level()
    dialog = _level_dialog(screen)
    dialog.level.set_value("low")
    dialog.reason.setText("He has left for the north.")
    dialog.act.click()
    assert said[-1] == f"A supervisor is asked to lower {man.number}."
    assert people.person(desk, man.id).level.level == "critical"
    with desk.reading() as reading:
        asked = reading.all(Approval, table(Approval).c.person_id == man.id)
    assert [(one.kind, one.proposed, one.decision) for one in asked] == [("lowering", "low", "")]


def _level_dialog(screen: Screen) -> LevelDialog:
    return next(found for found in screen.view.findChildren(LevelDialog) if found.isVisible())


def test_unsaved_edits_stay_when_the_tab_changes_or_others_write(screen: Screen, man: Person) -> None:
    screen.write(IDENTITY, "origin", "Ош")
    screen.view.show_tab(CONSENT)
    screen.presenter.actions.take()
    screen.presenter.refresh(frozenset({"Person"}))
    assert screen.read(IDENTITY, "origin") == "Ош"
    screen.view.show_tab(IDENTITY)
    screen.presenter.undo(IDENTITY)
    assert screen.read(IDENTITY, "origin") == ""


def test_a_draft_is_kept_and_offered_after_a_crash(desk: Desk, screen: Screen, man: Person) -> None:
    screen.write(CASE, "wish", "Stay with the children")
    screen.view.draft_due.emit()
    assert [draft.payload["tab"] for draft in drafts.mine(desk, "person")] == [CASE]
    after = Screen(desk).open(man.id)
    assert "Recover the draft of" in after.view.offer.words()
    assert after.read(CASE, "wish") == ""
    after.view.offer._act()
    assert after.read(CASE, "wish") == "Stay with the children"
    assert after.view.tab == CASE
    after.presenter.save(CASE)
    assert people.person(desk, man.id).case.wish == "Stay with the children"
    assert drafts.mine(desk, "person") == []


def test_another_record_keeps_the_draft_of_the_first(desk: Desk, screen: Screen, man: Person) -> None:
    screen.write(IDENTITY, "origin", "Ош")
    other = next(line.id for line in people.page(desk, 0, 9) if line.id != man.id)
    screen.open(other)
    assert screen.read(IDENTITY, "origin") == ""
    assert [draft.payload["person_id"] for draft in drafts.mine(desk, "person")] == [man.id]


def test_the_keys_stay_in_their_row_when_it_is_saved(screen: Screen) -> None:
    screen.view.show()
    screen.view.show_tab(IDENTITY)
    papers = screen.view.identity._controls["documents"]
    assert isinstance(papers, RowsEdit)
    papers.add_row()
    new = {"id": "", "kind": "passport", "document_no": "7", "state": "seen"}
    papers.set_values([*papers.values()[:-1], new])
    papers.field_rows("documents")["documents.1.document_no"].take_focus()
    screen.presenter.save(IDENTITY)
    assert screen.changes
    assert papers.field_rows("documents")["documents.1.document_no"].control is screen.view.focusWidget()
    screen.view.close()


def test_a_refresh_keeps_what_is_typed_in_boxes_that_search(screen: Screen) -> None:
    screen.write(IDENTITY, "intends_to_go", TYPED + "Kazakhs")
    screen.write(IDENTITY, "fled_from", UNKNOWN + "refused")
    screen.presenter.refresh(frozenset({"Person"}))
    assert screen.read(IDENTITY, "intends_to_go") == TYPED + "Kazakhs"
    assert screen.read(IDENTITY, "fled_from") == UNKNOWN + "refused"


def test_the_keys_save(screen: Screen, man: Person) -> None:
    screen.view.show_tab(IDENTITY)
    screen.write(IDENTITY, "origin", "Ош")
    screen.view.save.click()
    assert people.person(screen.desk, man.id).person.origin == "Ош"
