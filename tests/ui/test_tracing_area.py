"""The area Tracing: several people of one inquiry, a child who asks, the page about a request, what is to do, the flow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from tracing_helpers import CTRL, Ways, press, register, rich, said, type_in, unnamed, window_of

from panoh.base.ids import new_id
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.tracing import TracingAction, TracingRequest
from panoh.services import attachments, drafts, tracing, tracing_actions, tracing_hold, tracing_work
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.tracing_work import WorkLine
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.tracing.about.forms import ActionForm, CloseForm, HoldForm
from panoh.ui.tracing.screen import TracingScreen
from panoh.ui.tracing_area import tracing_screen
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.small_form import SmallForm

SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


class Area(Ways):
    """The area in a window of its own, and where it wanted to go."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.privacy, self.begun = desk, Privacy(), cast("list[str]", [])
        self.visits, self.papers = cast("list[Any]", []), cast("list[Any]", [])
        work: Any = SimpleNamespace(
            desk=desk, runner=InlineRunner(), privacy=self.privacy, changed=self.wrote, told_saved=self.status.append,
            open_person=self.open_person, open_request=self.show, new_request=self.begun.append, open_verification=print,
            open_reunions=lambda *pair: self.visits.append(pair), open_tracing_paper=lambda *of: self.papers.append(of),
        )  # fmt: skip
        self.screen: TracingScreen = tracing_screen(work)
        self.form = self.screen.requests.asking._view.form
        self.view = self.screen.requests._view

    def wrote(self, changes: Any) -> None:
        self.changes.append(changes)
        self.screen.refresh(changes.kinds)

    def show(self, request_id: str) -> None:
        self.screen.open_request(request_id)

    def requests(self) -> list[TracingRequest]:
        return [tracing.request(self.desk, line.id) for line in tracing.page(self.desk, 0, 99)]

    def about(self) -> Any:
        """The page about one request."""
        return self.screen._about_page

    def act(self, act: str) -> None:
        self.about()._acts[act].click()


@pytest.fixture
def area(desk: Desk) -> Iterator[Area]:
    made = Area(desk)
    with window_of(made.screen.widget):
        made.screen.opened()
        yield made


def form_of(root: QWidget, kind: type[SmallForm]) -> Any:
    """The small form that is open."""
    return next(one for one in root.findChildren(kind) if one.isVisible())


def ask(desk: Desk, **fields: Any) -> TracingRequest:
    values = {"given_name": "Азиз", "inquirer_name": "Гулбаҳор", "consent_to_trace": "yes", **fields}
    return tracing.ask(desk, TracingRequest(id=new_id(), **values))[0]


def child(desk: Desk, **more: Any) -> Person:
    born = {"birth_precision": "year", "birth_earliest": date(2000, 1, 1), "birth_latest": date(2000, 12, 31)}
    return register(desk, "Мафтуна", "Йўлчиева", sex="F", presence="here", **born, **more)


def test_by_name_and_village_are_enough_and_the_next_one_is_asked_for_at_once(area: Area) -> None:
    press(Qt.Key.Key_N, CTRL)
    type_in("Gulbahor")
    rows = area.form.form.rows
    for key, words in (
        ("nickname", "Qora"),
        ("origin", "Чек"),
        ("contact", "at the mosque"),
        ("separated_where", "bridge"),
    ):
        rows[key].take_focus()
        type_in(words)
    area.form._control("consent_to_trace").set_value("yes")
    rows["consent_by"].take_focus()  # unfolds its group
    assert area.form._fields.given.is_open
    press(Qt.Key.Key_Return, SHIFT)
    (first,) = area.requests()
    assert (first.nickname, first.origin, first.consent_on) == ("Qora", "Чек", area.desk.clock.today())
    assert area.view.form_open
    assert QApplication.focusWidget() is rows["sought"].control
    assert area.form.picker.text() == "Gulbahor"
    assert rows["nickname"].control.text() == ""
    area.view.pane.leave_asked.emit()
    assert not drafts.mine(area.desk)  # nothing was added: nothing to keep


def test_the_second_one_belongs_to_the_first_and_keeps_the_parting(area: Area) -> None:
    press(Qt.Key.Key_N, CTRL)
    type_in("Gulbahor")
    rows = area.form.form.rows
    for key, words in (("sought", "Bekzod"), ("separated_where", "bridge"), ("relatives", "Ravshan")):
        rows[key].take_focus()
        type_in(words)
    press(Qt.Key.Key_Return, SHIFT)
    type_in("Lola")
    press(Qt.Key.Key_Return, CTRL)
    first, second = sorted(area.requests(), key=lambda one: one.number)
    assert (second.inquiry, second.given_name, second.separated_where) == (first.id, "Lola", "bridge")
    assert second.relatives == ()
    area.screen._show_about()
    (link,) = area.about()._others.findChildren(LinkButton)
    assert link.text() == f"{first.number}, Bekzod, open"
    link.click()
    assert area.screen.subject == first.id
    assert area.view.page.pages.currentWidget() is area.about()
    assert "Ravshan" in said(area.about())


def test_a_child_who_asks_is_asked_what_it_wishes(area: Area) -> None:
    girl, grown = child(area.desk), register(area.desk, "Саодат", "Йўлчиева", birth_precision="year",
        birth_earliest=date(1950, 1, 1), birth_latest=date(1950, 12, 31))  # fmt: skip
    area.screen.new_request(grown.id)
    assert area.form._fields.child.isHidden()
    area.screen.new_request(girl.id)
    assert not area.form._fields.child.isHidden()
    for key, words in (("sought", "Onasi"), ("wish_order", "x"), ("wish_why", "she sings")):
        area.form.form.rows[key].take_focus()
        type_in(words)
    area.form._control("wishes_reunion").set_value("later")
    press(Qt.Key.Key_Return, CTRL)
    assert "1 for whom" in area.form.form.rows["wish_order"].error
    area.form._line("wish_order").setText("1")
    press(Qt.Key.Key_Return, CTRL)
    (made,) = area.requests()
    assert (made.wish_order, made.wishes_reunion, made.wish_why) == (1, "later", "she sings")
    area.screen._show_about()
    assert "she sings" in said(area.about())


def test_every_fact_comes_back_into_the_form(area: Area) -> None:
    made = ask(area.desk, nickname="Қора", other_names=("Aziz", "Азизов"), marks="a scar", clothes="blue", languages=("uz", "xx"),
        phone="0555", document_no="AN1", last_seen_on=date(2010, 6, 11), last_seen_with="an aunt", consent_by="self",
        consent_on=date(2010, 6, 12), consent_to_show="no", relatives=("Ravshan",))  # fmt: skip
    area.show(made.id)
    area.view.page.change_asked.emit()
    assert area.form._fields.about.is_open
    press(Qt.Key.Key_Return, CTRL)
    assert tracing.request(area.desk, made.id) == made


def test_the_page_about_a_request_holds_it_back_notes_actions_closes_and_opens_it_again(area: Area) -> None:
    made = ask(area.desk, marks="<b>scar</b>")
    area.show(made.id)
    press(Qt.Key.Key_I, CTRL)
    assert area.view.page.pages.currentWidget() is area.about()
    assert area.screen.tabs.isHidden()
    area.act("hold")
    form = form_of(area.about(), HoldForm)
    form.act.click()
    assert "Say why" in said(form)
    form.set_value("why", "he beat her")
    form.act.click()
    assert "may be the danger (he beat her)" in said(area.view.page.told)
    assert area.view.page.pages.currentWidget() is area.about()
    assert area.about()._acts["print"].isHidden()
    assert tracing.page(area.desk, 0, 1)[0].held
    area.act("lift")
    area.about().findChildren(SmallForm)[-1].act.click()
    assert not tracing.request(area.desk, made.id).held_why
    area.act("note")
    form = form_of(area.about(), ActionForm)
    form.set_value("kind", "referral_icrc")
    form.set_value("reference", "ICRC-77")
    form.act.click()
    (row,) = tracing_actions.of_request(area.desk, made.id).rows
    assert (row.kind, row.reference, row.done_on) == ("referral_icrc", "ICRC-77", area.desk.clock.today())
    assert "Tracing in progress" in said(area.about())
    assert "<b>scar</b>" in said(area.about())
    assert not unnamed(area.about())
    assert not rich(area.about())
    area.act("close")
    form = form_of(area.about(), CloseForm)
    form.set_value("why", "died")
    form.act.click()
    assert "The sought person died" in said(area.about())
    area.act("reopen")
    assert tracing.request(area.desk, made.id).status == "in_progress"
    area.act("withdraw")
    area.about().findChildren(SmallForm)[-1].act.click()
    assert "took their consent back" in said(area.view.page.told)
    area.view.page.tabs.setCurrentIndex(0)
    assert "Nobody is looked for" in said(area.view.page)
    assert not drafts.mine(area.desk)


def test_what_is_done_about_a_candidate_is_offered_beside_the_comparison_alone(area: Area) -> None:
    child(area.desk)
    made = ask(area.desk, given_name="Мафтуна", family_name="Йўлчиева", sex="F")
    area.show(made.id)
    page = area.view.page
    assert page.current() is not None
    assert page.footer.isVisible()
    press(Qt.Key.Key_I, CTRL)
    area.screen.opened()  # came back from another screen
    assert not page.footer.isVisible()
    page.tabs.setCurrentIndex(0)
    assert page.footer.isVisible()


def test_the_tabs_of_the_lists_give_way_to_those_of_the_request(area: Area) -> None:
    made, page = ask(area.desk), area.view.page
    assert area.screen.tabs.isVisible()
    area.show(made.id)
    assert not area.screen.tabs.isVisible()
    for part in (area.about(), page.history):
        area.screen._step(1)
        assert page.pages.currentWidget() is part
    page.back_asked.emit()
    assert area.screen.tabs.isVisible()


def test_a_photo_of_the_sought_shows_and_is_hidden_with_names(
    area: Area, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (40, 30), "red").save(tmp_path / "a.png")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "a.png"), ""))
    made = ask(area.desk)
    area.show(made.id)
    press(Qt.Key.Key_I, CTRL)
    area.act("add_photo")
    assert len(attachments.of_request(area.desk, made.id)) == 1
    assert not area.about().picture.pixmap().isNull()
    area.privacy.set_hidden(True)
    assert area.about().picture.pixmap().isNull()
    area.act("remove_photo")
    area.about().findChildren(SmallForm)[-1].act.click()
    assert not attachments.of_request(area.desk, made.id)


def test_what_is_to_do_is_listed_and_opens_its_record(area: Area) -> None:
    girl = child(area.desk)
    keep(area.desk, SpecificNeed(id=new_id(), person_id=girl.id, code="SC-UC", status="noticed"))
    made = ask(area.desk, opened_at=area.desk.clock.now() - timedelta(days=9))
    area.screen.show_list("work")
    view = area.screen.work._view
    assert view.lists.hasFocus()
    assert [view.lists_model.row_at(at).count for at in range(5)] == [1, 1, 0, 0, 0]
    assert view.table.current().person.id == girl.id
    press(Qt.Key.Key_N, CTRL)
    assert area.begun == [girl.id]
    view.table.opened.emit(view.table.current())
    assert area.people == [girl.id]
    press(Qt.Key.Key_Down)
    assert view.table.current().request.id == made.id
    assert view.begin.isHidden()
    press(Qt.Key.Key_Down)
    assert "Every strong match was looked at" in said(view)
    assert not unnamed(view)
    press(Qt.Key.Key_Up)
    view.table.opened.emit(view.table.current())
    assert area.screen.subject == made.id
    idle = view.table.current()
    sought = tracing_work.page(area.desk, "children", 0, 1)[0].person
    view.table.opened.emit(WorkLine("follow_ups", idle.request, sought, None))
    assert area.visits == [(girl.id, made.id)]


def test_the_form_of_a_request_is_printed_from_its_page(area: Area) -> None:
    made = ask(area.desk)
    area.show(made.id)
    press(Qt.Key.Key_I, CTRL)
    area.act("print")
    assert area.papers == [("tracing_form", made.id)]


def test_the_flow_leads_to_the_filtered_list_and_names_are_found_there(area: Area) -> None:
    made, other = ask(area.desk), ask(area.desk, given_name="Бекзод")
    keep(area.desk, TracingAction(id=new_id(), request_id=other.id, kind="mass"))
    tracing_actions.close(area.desk, made.id, "died", "")
    ask(area.desk, given_name="Лола", consent_to_trace="no")
    area.screen.show_list("flow")
    view = area.screen.flow._view
    assert [(view.model.row_at(at).status, view.model.row_at(at).count) for at in (0, 4)] == [
        ("open", 1),
        ("closed", 1),
    ]
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Return)
    listed = area.view.requests
    assert [listed.row_at(at).id for at in range(listed.rowCount())] == [made.id]
    area.view.filters.show_status("")
    area.view.filters.search.setText("bekz")
    area.view.filters.changed.emit()
    assert [listed.row_at(at).id for at in range(listed.rowCount())] == [other.id]
    area.view.filters.show_status("no_consent")
    assert [listed.row_at(at).sought_name for at in range(listed.rowCount())] == ["Лола"]
    area.view.filters.show_status("verified")
    assert listed.rowCount() == 0
    assert "No request fits" in said(area.view)
    show_all = area.view.list.currentWidget().findChildren(KeyButton)[-1]
    assert area.view.list.focusProxy() is show_all
    show_all.click()
    assert listed.rowCount() == 2
    assert area.view.filters.search.hasFocus()
    for digits in (other.number.split("-")[1], other.number.split("-")[1].lstrip("0")):
        area.view.filters.search.setText(digits)
        area.view.filters.changed.emit()
        assert [listed.row_at(at).id for at in range(listed.rowCount())] == [other.id]
    area.view.filters.search.clear()
    tracing_hold.hold_back(area.desk, other.id, "her brother asked whether she came")
    area.view.filters.show_status("held")
    assert [listed.row_at(at).id for at in range(listed.rowCount())] == [other.id]
    assert not unnamed(area.view)
