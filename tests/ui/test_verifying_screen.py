"""The worksheet by keys: sides apart, the comparison, a supervisor's signature, the handing over and what is told of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from tests.services import verification_people
from tests.services.access_people import at_of_module
from tests.services.verification_people import NOTED, Pair, ask_side, both_asked, compared, granted
from tracing_helpers import press, rich, said, unnamed, window_of

from panoh.services import (
    after_reunification,
    casework,
    decisions,
    merging,
    tracing,
    verification,
    verification_asking,
    verification_compared,
)
from panoh.services.decisions import Verdict
from panoh.services.desk import Changes, Desk
from panoh.services.records import keep
from panoh.ui.person_picker import PersonPicker
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.tracing.reuniting.presenter import ReunitingPresenter
from panoh.ui.tracing.reuniting.view import ReunitingView
from panoh.ui.tracing.verifying.forms import SignForm
from panoh.ui.tracing.verifying.presenter import VerifyingPresenter
from panoh.ui.tracing.verifying.side_page import PHOTO
from panoh.ui.tracing.verifying.view import ANEW, ASK, HAND_OVER, SHEET, SIGN, VerifyingView
from panoh.ui.widgets.buttons import KeyButton

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Ways:
    """Where the pages lead."""

    def __init__(self) -> None:
        self.went: list[tuple[str, ...]] = []

    def back(self) -> None:
        self.went.append(("back",))

    def open_reunions(self, person_id: str, request_id: str = "") -> None:
        self.went.append(("reunions", person_id, request_id))

    def open_case_field(self, person_id: str, key: str) -> None:
        self.went.append((person_id, key))

    def open_person(self, person_id: str, among: object = None) -> None:
        self.went.append(("person", person_id))

    def open_tracing_paper(self, kind: str, about: str = "") -> None:
        self.went.append((kind, about))


class Sheet:
    """The worksheet as one user sees it."""

    def __init__(self, desk: Desk, two: Pair) -> None:
        self.changes, self.ways = list[Changes](), Ways()
        self.view = VerifyingView(desk.vocabularies)
        self.presenter = VerifyingPresenter(self.view, desk, InlineRunner(), self.ways, Privacy())
        self.presenter.changed.connect(self.changes.append)
        self.presenter.show(two.request.id, two.girl.id)
        self.presenter.opened()

    def type(self, question: str, text: str) -> None:
        control = self.view.side.form.rows[question].control
        assert isinstance(control, QPlainTextEdit)
        control.setPlainText(text)


at, second, two = at_of_module, verification_people.second, verification_people.two


def test_a_side_is_asked_by_keys_kept_while_typing_and_hides_the_other(two: Pair) -> None:
    mine = Sheet(two.at.holder, two)
    with window_of(mine.view):
        press(Qt.Key.Key_Return, CTRL)  # Begin
        told = said(mine.view)
        assert two.woman.number in told
        assert "Send out of the room" in told
        mine.presenter.refresh(frozenset({"Verification"}))  # as the window does after every write
        assert two.woman.number in said(mine.view)
        assert QApplication.focusWidget().text() == "Ask side A"  # type: ignore[union-attr]
        press(Qt.Key.Key_1, ALT)
        assert mine.view.on_side
        assert f"Send out of the room: Юсупова Гульнара, {two.woman.number}" in said(mine.view)
        questions = list(mine.view.side.form.rows)
        photo = mine.view.side.form.rows[PHOTO].control
        assert not photo.isEnabled()
        for key in questions[:-1]:
            mine.type(key, f"apricot {key[-3:]}")
        assert photo.isEnabled()
        mine.view.keep_now()
        one = verification.of_pair(two.at.holder, two.request.id, two.girl.id)
        assert one is not None
        assert "apricot" in repr(verification.side_view(two.at.holder, one.id, "a"))
        assert not unnamed(mine.view)
        assert not rich(mine.view)
        press(Qt.Key.Key_Return, CTRL)  # Complete
        assert mine.view.on_side
        assert "Say whom they picked out of the photos, or that it was not done." in said(mine.view)
        photo.set_value("not_done")
        press(Qt.Key.Key_Return, CTRL)
        assert not mine.view.on_side
        assert "apricot" not in said(mine.view)
        assert "Complete since" in said(mine.view)
    theirs = Sheet(two.at.other, two)
    with window_of(theirs.view):
        press(Qt.Key.Key_2, ALT)
        assert theirs.view.on_side
        fields = theirs.view.side.findChildren(QPlainTextEdit)
        assert not any(field.toPlainText() for field in fields)
        theirs.type(next(iter(theirs.view.side.form.rows)), "walnut")
        press(Qt.Key.Key_Return, CTRL)
        assert "apricot" in said(theirs.view)


def test_tab_goes_down_the_page_although_its_parts_are_made_anew(two: Pair) -> None:
    both_asked(two)
    mine = Sheet(two.at.holder, two)
    with window_of(mine.view, height=900):
        page = mine.view.compared
        *_, (_box, last_remark) = page.answers.rows.values()
        last_remark.setFocus()
        press(Qt.Key.Key_Tab)
        assert page.form.rows["papers_seen"].control.hasFocus()


def test_who_is_alone_asks_both_sides_with_a_hint_and_never_reads_the_first_again(two: Pair) -> None:
    mine = Sheet(two.at.holder, two)

    def held() -> str:
        return "".join(field.toPlainText() for field in mine.view.findChildren(QPlainTextEdit))

    with window_of(mine.view, height=900):
        press(Qt.Key.Key_Return, CTRL)  # Begin
        assert two.woman.number in said(mine.view)
        press(Qt.Key.Key_1, ALT)
        assert mine.view.on_side
        assert "heard the other side" not in said(mine.view)
        mine.type(list(mine.view.side.form.rows)[-2], "apricot")
        assert "apricot" in held()
        press(Qt.Key.Key_Return, CTRL)
        assert not mine.view.on_side
        assert "apricot" not in held()  # no field holds it, not even one that is hidden
        assert "You heard the other side: better a colleague asks this one." in said(mine.view)
        press(Qt.Key.Key_2, ALT)
        assert mine.view.on_side
        assert "You heard the other side." in said(mine.view)
        assert "apricot" not in held()
        mine.type(list(mine.view.side.form.rows)[-2], "walnut")
        press(Qt.Key.Key_Return, CTRL)
        assert "Both sides were heard by Feruza, one after the other." in said(mine.view)


def test_a_side_of_a_colleague_is_not_offered(two: Pair) -> None:
    one = two.begin()
    verification.side_view(two.at.holder, one.id, "a")
    theirs = Sheet(two.at.other, two)
    with window_of(theirs.view):
        assert "Feruza asks this side." in said(theirs.view)
        press(Qt.Key.Key_1, ALT)
        assert not theirs.view.on_side


def test_what_is_missing_leads_there_and_then_a_supervisor_signs(two: Pair) -> None:
    both_asked(two)
    mine = Sheet(two.at.holder, two)
    with window_of(mine.view, height=900):
        assert "Write the child’s own view: nothing is decided without it." in said(mine.view) or "child" in said(
            mine.view
        )
        page = mine.view.compared
        for box, _remark in page.answers.rows.values():
            box.set_value("agree")
        for name, value in NOTED.items():
            control = page.form.rows[name].control
            if isinstance(control, QPlainTextEdit):
                control.setPlainText(value)
            elif isinstance(control, QLineEdit):
                control.setText(value)
            else:
                control.set_value(value)  # type: ignore[attr-defined]
        press(Qt.Key.Key_S, CTRL)
        assert not page._missing_panel.isVisible()
        mine.view.acts[ASK].click()
        form = mine.presenter.acts.form
        assert form is not None
        form.set_value("why", "May she hear her voice?")
        form.act.click()
        assert "A supervisor was asked" in said(mine.view)
        assert mine.view.acts[SHEET].isVisible()
        assert not mine.view.acts[SIGN].isVisible()
    boss = Sheet(two.at.supervisor, two)
    with window_of(boss.view):
        assert "Asked by Feruza (side A) and Bakyt (side B)." in said(boss.view)
        boss.view.acts[SIGN].click()
        form = boss.presenter.acts.form
        assert isinstance(form, SignForm)
        assert "Asked by Feruza (side A) and Bakyt (side B)." in said(form)
        form.act.click()
        assert form.form.rows["decision"].error
        form.set_value("decision", "approve")
        form.act.click()
        assert "Verified" in said(boss.view)
        assert boss.view.acts[HAND_OVER].isVisible()


def test_what_is_typed_stays_when_somebody_else_saves(two: Pair) -> None:
    both_asked(two)
    mine = Sheet(two.at.holder, two)
    with window_of(mine.view, height=900):
        key, (box, remark) = next(iter(mine.view.compared.answers.rows.items()))
        box.set_value("partly")
        remark.setText("spelled two ways")
        mine.presenter.refresh(frozenset({"Verification"}))
        box, remark = mine.view.compared.answers.rows[key]
        assert (box.value(), remark.text()) == ("partly", "spelled two ways")
        mine.presenter.keep_drafts()
        mine.presenter.refresh(frozenset({"Verification"}))
        assert mine.view.compared.answers.rows[key][1].text() == ""
        assert said(mine.view).count("spelled two ways") == 1


def test_answers_that_stay_hidden_are_not_told_to_be_none(two: Pair) -> None:
    one = two.begin()
    ask_side(two.at.holder, one, "a", "apricot")
    verification.give_up(two.at.holder, one.id, "she went away")
    mine = Sheet(two.at.holder, two)
    with window_of(mine.view, height=900):
        told = said(mine.view)
        assert "Not both sides were complete: their answers stay hidden." in told
        assert "apricot" not in told
        assert "no answer" not in told
        assert "not shown" in told


def test_who_are_asked_again_are_asked_fresh_questions_and_it_is_said_why(two: Pair) -> None:
    one = both_asked(two)
    verification.give_up(two.at.holder, one.id, "she went away")
    mine = Sheet(two.at.holder, two)
    with window_of(mine.view, height=900):
        assert "Given up, 14 Jun 2010" in said(mine.view)
        assert "They may speak" not in said(mine.view)
        mine.view.acts[ANEW].click()
        told = said(mine.view)
        assert "Asked before: begun 14 Jun 2010, given up 14 Jun 2010." in told
        assert "seen by Feruza (side A) and Bakyt (side B)" in told
        assert "First write 3 questions of your own" in told
        press(Qt.Key.Key_1, ALT)
        assert not mine.view.on_side
        for at in range(3):
            mine.view.overview.question.click()
            form = mine.presenter.acts.form
            assert form is not None
            form.set_value("words", "Pet or animal")
            form.act.click()
            assert form.form.rows["words"].error
            form.set_value("words", f"What was broken on stair {at}?")
            form.act.click()
        assert "First write" not in said(mine.view)
        press(Qt.Key.Key_1, ALT)
        assert mine.view.on_side


def test_a_danger_takes_the_sheet_from_the_caseworker(two: Pair) -> None:
    compared(two, danger_trafficking="signs", danger_words="another man asked for her")
    mine = Sheet(two.at.holder, two)
    with window_of(mine.view):
        assert "There are signs of trafficking" in mine.view.warning.words()
        assert not mine.view.acts[SHEET].isVisible()


def reuniting(desk: Desk, two: Pair, request_id: str) -> tuple[ReunitingView, ReunitingPresenter]:
    view = ReunitingView()
    picker = partial(PersonPicker, desk, InlineRunner(), Privacy())
    made = ReunitingPresenter(view, desk, InlineRunner(), Ways(), Privacy(), picker)  # type: ignore[arg-type]
    made.show(two.girl.id, request_id)
    made.opened()
    return view, made


def fill(made: ReunitingPresenter, **more: str) -> None:
    form = made.form
    assert form is not None
    usual = {
        "relation": "parent",
        "kind": "case_by_case",
        "place": "School 7",
        "identity_shown": "none",
        "witness": "teacher",
    }
    for key, value in {**usual, **more}.items():
        form.set_value(key, value)
    form.act.click()


def test_a_signed_hand_over_stands_on_the_page_with_its_visits(two: Pair) -> None:
    granted(two)
    view, made = reuniting(two.at.holder, two, two.request.id)
    with window_of(view, height=900):
        assert "a supervisor approved the hand-over" in said(view)
        made.ask_record()
        assert made.form is not None
        assert "emergency_why" not in made.form.form.rows
        fill(made, care="parents")
        told = said(view)
        assert told.count("not made yet") == 3
        assert "Юсупова Гульнара" in told
        assert not unnamed(view)
        assert not rich(view)


def test_after_a_hand_over_the_next_step_is_the_visit_and_then_how_it_goes_on(two: Pair) -> None:
    granted(two)
    view, made = reuniting(two.at.holder, two, two.request.id)
    ways = made._navigator
    with window_of(view, height=900):
        assert main_of(view) == ["Record a reunification…"]
        assert not view.paper.isVisible()
        made.ask_record()
        fill(made, care="parents")
        assert not view.twice.words()
        view.paper.click()  # to be signed at once
        assert ways.went[-1] == ("reunification", two.girl.id)  # type: ignore[attr-defined]
        assert main_of(view) == ["Record the visit of 21 Jun 2010…"]
        assert view.record.text() == "Record another reunification…"
        press(Qt.Key.Key_Return, CTRL)
        assert ways.went[-1] == (two.girl.id, "follow_ups")  # type: ignore[attr-defined]
        [reunion] = after_reunification.of_person(two.at.holder, two.girl.id)
        for visit in reunion.visits:
            casework.followed_up(two.at.holder, replace(visit, seen="yes", done_on=two.at.clock.today()))
        made.refresh(frozenset({"FollowUp"}))
        assert main_of(view) == ["Say how it goes on…"]
        view.step.click()
        assert made.form is not None
        made.form.set_value("outcome", "done")
        made.form.set_value("outcome_words", "all is well")
        made.form.act.click()
        assert main_of(view) == ["Record another reunification…"]


def test_the_record_by_which_somebody_was_sought_is_told_until_it_is_joined(two: Pair) -> None:
    missing = verification_people.person(two.at, "Мадина", "F", 9)
    keep(two.at.supervisor, replace(missing, presence="missing"))
    request = tracing.request(two.at.supervisor, two.request.id)
    tracing.ask(two.at.supervisor, replace(request, sought_person_id=missing.id))
    granted(two)
    view, made = reuniting(two.at.holder, two, two.request.id)
    with window_of(view, height=900):
        assert not view.twice.words()  # nobody was handed over yet
        made.ask_record()
        fill(made, care="parents")
        assert f"{missing.number} still tells of them as missing" in view.twice.words()
        view.twice.focus_action()
        press(Qt.Key.Key_Space)
        assert made._navigator.went[-1] == ("person", missing.id)  # type: ignore[attr-defined]
        merging.merge(two.at.supervisor, two.girl.id, missing.id)
        made.refresh(frozenset({"Person"}))
        assert not view.twice.words()


def test_the_hand_over_is_asked_for_with_how_each_differing_answer_was_cleared(two: Pair) -> None:
    one = compared(two)
    [question] = verification_compared.compared(two.at.holder, one.id).questions[:1]
    verification_compared.judge(two.at.holder, one.id, {question.id: ("differ", "")})
    asked, _changes = verification_asking.ask_contact(two.at.holder, one.id)
    decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve"))
    mine = Sheet(two.at.holder, two)
    with window_of(mine.view, height=900):
        mine.presenter.act("hand_over")
        form = mine.presenter.acts.form
        assert form is not None
        assert "They differ on" in said(form)
        form.set_value("why", "On Monday")
        form.act.click()
        assert "Say how it was cleared" in said(form)
        form.set_value(f"cleared.{question.id}", "a by-name")
        form.act.click()
        assert "A supervisor is asked about the hand-over" in said(mine.view)
        assert "a by-name" in said(mine.view)


def test_the_worksheet_has_one_main_button_the_next_step(two: Pair) -> None:
    mine = Sheet(two.at.holder, two)
    with window_of(mine.view, height=900):
        assert main_of(mine.view) == ["Begin the verification"]
        one = compared(two)
        mine.presenter.opened()
        assert main_of(mine.view) == ["Ask a supervisor…"]
        asked, _changes = verification_asking.ask_contact(two.at.holder, one.id)
        mine.presenter.opened()
        assert main_of(mine.view) == []  # a supervisor's turn
        decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve"))
        mine.presenter.opened()
        assert main_of(mine.view) == ["Ask for the hand-over…"]
        mine.presenter.act("hand_over")
        form = mine.presenter.acts.form
        assert form is not None
        assert "nobody has cleared it" not in said(form)  # a remark says it already
        form.close()
        asked, _changes = verification_asking.ask_hand_over(two.at.holder, one.id, "On Monday")
        mine.presenter.opened()
        assert main_of(mine.view) == []
        decisions.decide(two.at.supervisor, asked.id, Verdict(decision="approve"))
        mine.presenter.opened()
        assert main_of(mine.view) == ["Reunification…"]


def main_of(view: QWidget) -> list[str]:
    """The main buttons that show."""
    QApplication.processEvents()
    buttons = [one for one in view.findChildren(KeyButton) if one.isVisibleTo(view)]
    return [one.text() for one in buttons if one.property("kind") == "main"]


def test_an_emergency_stands_on_the_page(two: Pair) -> None:
    view, made = reuniting(two.at.holder, two, two.request.id)
    with window_of(view, height=900):
        assert "nobody has signed the hand-over" in said(view)
        made.ask_record()
        fill(made)
        assert made.form is not None
        assert "Nobody signed this hand-over" in made.form.note.words()
        fill(made, emergency_why="Her grandmother leaves with the last bus today")
        assert "Without a signed verification" in said(view)
        assert "Feruza did not wait for it: Her grandmother leaves with the last bus today" in said(view)
        view.act_asked.emit("outcome", after_reunification.of_person(two.at.holder, two.girl.id)[0].reunification.id)
        assert made.form is not None
        made.form.set_value("outcome", "separated_again")
        made.form.set_value("outcome_words", "he drinks")
        made.form.act.click()
        assert made.form.form.rows["care"].error
        made.form.set_value("care", "none")
        made.form.act.click()
        assert "Separated again" in said(view)
