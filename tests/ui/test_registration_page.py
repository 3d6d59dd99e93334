from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from registration_helpers import ALT, CTRL, Memory, Page, duplicate, without_draft

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FieldProblem
from panoh.services.registration import FamilyForm, FamilyRow
from panoh.ui.registration import drafts
from panoh.ui.registration.candidates import Answer
from panoh.ui.registration.cells import Column
from panoh.ui.widgets.form import focusable

Key = Qt.Key


@pytest.fixture
def memory(clock: FixedClock) -> Memory:
    return Memory(clock)


@pytest.fixture
def page(memory: Memory, clock: FixedClock) -> Iterator[Page]:
    made = Page(memory.services(), clock)
    yield made
    made.close()


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


# --- the household -----------------------------------------------------------------------------------------------


def test_the_page_begins_at_the_address_and_tab_goes_in_reading_order(page: Page) -> None:
    names = []
    for _step in range(11):
        names.append(focus().accessibleName())
        page.keys.type("\t")
    assert names == [
        "Address before",
        "Where they stay now",
        "Phone",
        "Language to speak with them",
        "Shelter",
        "Notice read to them",
        "Country they fled from",
        "Country now",
        "At the border",
        "Where they intend to go",
        "Members of the family",
    ]


def test_boxes_take_a_few_letters_in_any_script_and_what_is_chosen_by_arrow(page: Page) -> None:
    page.keys.type("Ош\tcott\t+996 555\tузб\topen\ty\tКиргизия\tu")
    page.keys.press(Key.Key_Down)
    page.keys.type("\twait\trus\t")
    assert without_draft(page.view.form()) == FamilyForm(
        address_before="Ош",
        site_id="s2",
        phone="+996 555",
        language="uz",
        shelter="open_air",
        notice_read="yes",
        fled_from="KG",
        country_now="UZ",
        border_status="waiting",
        intends_to_go="RU",
        rows=(FamilyRow(relation="head"),),
    )


def test_alt_h_and_alt_m_jump_between_household_and_members(page: Page) -> None:
    page.members()
    assert focus() is page.view.grid
    page.keys.press(Key.Key_H, ALT)
    assert focus().accessibleName() == "Address before"


def test_the_next_family_of_the_session_keeps_site_countries_and_language_only(page: Page, memory: Memory) -> None:
    page.keys.type("Ош\tsch\t123\tuz\tade\tyes\tkg\tuz\twait\tru\t")
    page.keys.type("Малика\t")
    page.keys.press(Key.Key_Return, CTRL)
    assert memory.saved
    form = page.view.form()
    assert (form.site_id, form.language, form.fled_from, form.country_now, form.intends_to_go) == (
        "s1",
        "uz",
        "KG",
        "UZ",
        "RU",
    )
    assert (form.address_before, form.phone, form.shelter, form.notice_read, form.border_status) == ("",) * 5
    assert not page.view.household.rows["fled_from"].isVisible()


def test_a_word_that_a_box_does_not_know_is_told_on_saving_and_stays(page: Page, memory: Memory) -> None:
    page.keys.type("Ош\tqqqq\t")
    page.members()
    page.keys.type("Малика\t")
    page.keys.press(Key.Key_Return, CTRL)
    assert not memory.saved
    assert "not in the list" in page.view.household.rows["site_id"].error
    assert page.view.household.rows["site_id"].control.words() == "qqqq"


# --- saving ------------------------------------------------------------------------------------------------------


def test_ctrl_enter_saves_while_a_cell_is_open_and_starts_the_next_family(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Эргашева Дилноза\tж34\tHead\nМали")
    page.keys.press(Key.Key_Return, CTRL)
    assert [row.name for row in memory.saved[0].rows] == ["Эргашева Дилноза", "Мали"]
    assert page.names() == [""]
    assert "household KX7-00361-A, 2 people" in page.view.note.words()
    assert page.status[-1].startswith("Saved")
    assert page.changes[0].kinds == {"Person", "Household"}
    assert focus().accessibleName() == "Address before"
    assert page.opened_people == []


def test_ctrl_s_opens_the_head_also_on_a_cyrillic_keyboard(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Малика\tж12\tdau\nДилноза\tж34\thead\n")
    page.keys.press(Key(ord("Ы")), CTRL, "ы")
    assert len(memory.saved) == 1
    assert page.opened_people == ["p1"]


def test_the_head_is_the_first_row_where_nobody_is_named_head(page: Page) -> None:
    page.members()
    page.keys.type("Малика\tж12\tdau\n")
    page.keys.press(Key.Key_S, CTRL)
    assert page.opened_people == ["p0"]


def test_every_problem_is_told_at_once_on_top_and_at_its_place(page: Page, memory: Memory) -> None:
    memory.refusal = [FieldProblem("phone", "Too long."), FieldProblem("rows.1.name", "This row has no name.")]
    page.members()
    page.keys.type("Дилноза\tж30.2.1998\tкум\n\tм12\t")
    page.keys.press(Key.Key_Return, CTRL)
    assert memory.saved == []
    links = [link.text() for link in page.view.summary._links]
    assert links[0] == "Too long."
    assert links[1].startswith("Row 1, age or birth date: 30 Feb 1998 does not exist")
    assert links[2].startswith("Row 1, relation: ")
    assert links[3] == "Row 2, name, as said: This row has no name."
    assert page.view.household.rows["phone"].error == "Too long."
    assert page.model.problem(1, Column.NAME) == "This row has no name."
    assert focus() is page.view.summary
    page.view.summary._links[3].click()
    assert focus() is page.view.grid
    assert page.view.grid.here() == (1, Column.NAME)
    page.keys.type("Муроджон\t")
    assert page.model.problem(1, Column.NAME) == ""


def test_the_link_to_a_folded_field_opens_it(page: Page, memory: Memory) -> None:
    page.view.household.show_form(
        FamilyForm(fled_from="KG", country_now="UZ", intends_to_go="RU", border_status="waiting")
    )
    assert not page.view.household.rows["country_now"].isVisible()
    memory.refusal = [FieldProblem("country_now", "Not so.")]
    page.members()
    page.keys.type("A\t")
    page.keys.press(Key.Key_Return, CTRL)
    page.view.summary._links[0].click()
    assert page.view.household.rows["country_now"].isVisible()
    assert focus().accessibleName() == "Country now"


def test_a_full_disk_is_told_and_nothing_typed_is_lost(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Дилноза\tж34\t")
    before = page.view.form()
    memory.failure = AppError("disk.full")
    page.keys.press(Key.Key_Return, CTRL)
    assert page.view.form() == before
    assert "disk is full" in page.view.failure.words()
    assert "still stands here" in page.view.failure.words()
    memory.failure = None
    page.keys.press(Key.Key_Return, CTRL)
    assert len(memory.saved) == 1
    assert page.view.failure.isHidden()


# --- what saving will do -----------------------------------------------------------------------------------------


def test_lines_under_the_grid_tell_tracing_requests_and_private_tasks(page: Page) -> None:
    page.members()
    page.keys.type("Дилноза\tж34\t\t\t\t \n")
    page.keys.type("Эргашев Муроджон\tм36\thus\t\tstop\t")
    words = [line.words for line in page.view.lines.lines]
    assert words[0] == "Row 2, stopped at the border: a tracing request is drafted for Эргашев Муроджон."
    assert words[1].startswith("Row 1, talk alone: a private task for you, due tomorrow ")
    assert words[1].endswith("It states no reason.")
    marks = page.model.index(1, Column.MARKS).data(Qt.ItemDataRole.AccessibleTextRole)
    assert marks == "Row 2, marks, a tracing request is drafted"


def test_where_nobody_is_here_no_request_is_promised(page: Page) -> None:
    page.members()
    page.keys.type("Муроджон\tм36\t\t\tmiss\t")
    assert "no tracing request" in page.view.lines.lines[0].words
    assert "none" in page.model.index(0, Column.MARKS).data(Qt.ItemDataRole.AccessibleTextRole)


# --- drafts ------------------------------------------------------------------------------------------------------


def test_what_is_typed_stands_in_a_draft_before_the_cell_is_left(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Эргаш")
    page.settle()
    (draft,) = memory.drafts.values()
    assert drafts.from_payload(draft.payload, "").rows[0].name == "Эргаш"
    assert page.status[-1].startswith("Draft saved")
    page.keys.type("ева\tж")
    page.settle()
    (draft,) = memory.drafts.values()
    assert drafts.from_payload(draft.payload, "").rows[0] == FamilyRow(name="Эргашева", sex="F", relation="head")
    page.keys.press(Key.Key_Return, CTRL)
    assert memory.drafts == {}
    assert memory.saved[0].draft_id == draft.id


def test_the_first_key_starts_the_clock_of_the_draft_and_later_ones_do_not_put_it_off(page: Page) -> None:
    page.members()
    page.keys.type("Э")
    timer = page.view._draft_timer
    assert timer.isActive()
    assert timer.interval() < 2000
    left = timer.remainingTime()
    page.keys.type("ргаш")
    assert timer.remainingTime() <= left


def test_a_form_with_nothing_of_a_family_makes_no_draft(page: Page, memory: Memory) -> None:
    page.keys.type("\tsch\t")
    page.settle()
    assert memory.drafts == {}


def test_a_draft_is_offered_above_an_empty_form_and_opened_when_wanted(memory: Memory, clock: FixedClock) -> None:
    form = FamilyForm(
        address_before="Ош", site_id="s1", rows=(FamilyRow(name="Эргашева Дилноза", sex="F"), FamilyRow(name="B"))
    )
    memory.services().keep_draft("d7", drafts.to_payload(form))
    page = Page(memory.services(), clock)
    assert page.view.offer.isVisible()
    assert "Recover the draft of" in page.view.offer.words()
    assert "Эргашева Дилноза" in page.view.offer.words()
    assert page.names() == [""]
    page.view.offer._act()
    assert page.view.form() == form
    assert page.view.offer.isHidden()
    assert focus() is page.view.grid or page.view.grid.isAncestorOf(focus())
    page.members()
    page.keys.press(Key.Key_Return, CTRL)
    assert memory.saved[0] == replace(form, draft_id="d7")
    assert memory.drafts == {}
    page.close()


def test_a_draft_is_not_offered_where_someone_began_to_type(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Малика\t")
    page.settle()
    memory.services().keep_draft("other", drafts.to_payload(FamilyForm(address_before="Ўш")))
    page.screen.opened()
    assert page.view.offer.isHidden()
    assert page.names() == ["Малика"]


def test_a_draft_of_another_day_tells_its_day(memory: Memory, clock: FixedClock) -> None:
    memory.services().keep_draft("d7", drafts.to_payload(FamilyForm(address_before="Ош")))
    clock.at += timedelta(days=2)
    page = Page(memory.services(), clock)
    assert "14 Jun 2010" in page.view.offer.words()
    page.close()


def test_leaving_as_a_draft_keeps_it_and_begins_the_next(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Малика")
    page.view._leave()
    (draft,) = memory.drafts.values()
    assert draft.payload["title"] == "Малика"
    assert page.names() == [""]
    assert "Kept as a draft" in page.view.note.words()
    page.view._leave()
    assert len(memory.drafts) == 1


def test_a_draft_that_was_emptied_again_does_not_come_back_full(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Малика\t")
    page.settle()
    page.keys.press(Key.Key_Z, CTRL)
    page.settle()
    (draft,) = memory.drafts.values()
    assert drafts.from_payload(draft.payload, "").rows[0].empty


def test_another_screen_in_front_keeps_the_draft_at_once(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Мал")
    page.view.hide()
    assert len(memory.drafts) == 1


# --- perhaps registered already ----------------------------------------------------------------------------------


@pytest.fixture
def known(memory: Memory) -> Memory:
    memory.found["Эргашева Малика"] = [duplicate("KX7-00042-3", "Ergasheva", "Malika", 84, other="Малика Эргашева")]
    memory.found["Эргашева Дилноза"] = [
        duplicate("KX7-00051-B", "Irgasheva", "Dilnoza", 52, birth="41"),
        duplicate("KX7-00052-9", "Ergashova", "Dilnoz", 47, birth="40"),
    ]
    return memory


def type_two(page: Page) -> None:
    page.members()
    page.keys.type("Эргашева Дилноза\tж34\t\nЭргашева Малика\tж12.3.98\tdau\t")
    page.settle()


def test_cards_appear_while_one_types_the_likeliest_first_without_taking_the_focus(page: Page, known: Memory) -> None:
    heard: list[str] = []
    page.view.announce = heard.append  # type: ignore[method-assign]
    type_two(page)
    assert focus() is page.view.grid
    cards = page.view.panel.cards
    assert [card.candidate.found.match.score for card in cards] == [84, 52, 47]
    assert heard == ["3 people perhaps already registered"]
    page.keys.type("x\t")
    page.settle()
    assert len(heard) == 1
    assert "Row 2, Эргашева Малика" in cards[0].accessibleName()
    assert "+35" in cards[0].accessibleName()
    assert "not known" not in cards[0].accessibleName()
    assert [page.model.index(at, Column.MARKS).data(Qt.ItemDataRole.AccessibleTextRole) for at in (0, 1)] == [
        "Row 1, marks, perhaps already registered",
        "Row 2, marks, perhaps already registered",
    ]


def test_a_row_is_looked_for_once_as_long_as_it_stays_the_same(page: Page, known: Memory) -> None:
    type_two(page)
    asked = len(known.asked)
    page.keys.type("preg\t")
    page.settle()
    assert len(known.asked) == asked
    page.screen.refresh(frozenset({"Person"}))
    assert len(known.asked) == asked + 2


def test_different_hides_the_pair_for_this_family_and_later_until_the_row_changes(page: Page, known: Memory) -> None:
    type_two(page)
    page.keys.press(Key.Key_3, ALT)
    assert [card.candidate.found.line.number for card in page.view.panel.cards] == ["KX7-00051-B", "KX7-00052-9"]
    page.keys.press(Key.Key_4, ALT)
    assert [card.candidate.found.line.number for card in page.view.panel.cards] == ["KX7-00052-9"]
    page.view.grid.go_to(0, Column.BIRTH)
    page.keys.type("35\t")
    page.settle()
    assert [card.candidate.found.line.number for card in page.view.panel.cards] == ["KX7-00051-B", "KX7-00052-9"]


def test_keys_act_on_the_card_with_the_focus_and_the_last_answer_goes_back_to_the_cell(
    page: Page, known: Memory
) -> None:
    type_two(page)
    here = page.view.grid.here()
    page.view.panel.cards[1].setFocus()
    page.keys.press(Key.Key_3, ALT)
    assert [card.candidate.found.line.number for card in page.view.panel.cards] == ["KX7-00042-3", "KX7-00052-9"]
    assert focus() is page.view.panel.cards[1]
    page.keys.press(Key.Key_4, ALT)
    page.keys.press(Key.Key_4, ALT)
    assert page.view.panel.cards == []
    assert focus() is page.view.grid
    assert page.view.grid.here() == here


def test_same_person_asks_then_takes_the_row_out_and_says_who_stays(page: Page, known: Memory) -> None:
    type_two(page)
    page.keys.press(Key.Key_1, ALT)
    assert page.names()[:2] == ["Эргашева Дилноза", "Эргашева Малика"]
    assert focus().accessibleName() == "Take the row out"
    page.keys.press(Key.Key_Space, text=" ")
    assert page.names() == ["Эргашева Дилноза"]
    told = [line.words for line in page.view.lines.lines]
    assert any("KX7-00042-3" in words and "Ctrl+Z" in words for words in told)
    assert focus() is page.view.grid
    page.keys.press(Key.Key_Z, CTRL)
    assert page.names() == ["Эргашева Дилноза", "Эргашева Малика"]
    assert not any("KX7-00042-3" in line.words for line in page.view.lines.lines)


def test_same_person_can_be_taken_back_before_it_counts(page: Page, known: Memory) -> None:
    type_two(page)
    page.keys.press(Key.Key_1, ALT)
    card = page.view.panel.cards[0]
    card._stop_asking()
    assert not card.asking
    assert page.names() == ["Эргашева Дилноза", "Эргашева Малика"]
    assert focus() is card


def test_every_answer_stands_on_a_card(page: Page, known: Memory) -> None:
    type_two(page)
    words = [child.accessibleName() for child in page.view.panel.cards[0].findChildren(QWidget)]
    assert {"Same person", "Relatives", "Different", "Later"} <= set(words)


def test_what_was_decided_about_look_alikes_is_saved_with_the_family(page: Page, known: Memory, memory: Memory) -> None:
    type_two(page)
    candidate = page.view.panel.cards[0].candidate
    page.view.panel.answered.emit(Answer.RELATIVES, candidate)
    assert candidate not in [card.candidate for card in page.view.panel.cards]
    page.members()
    page.keys.press(Key.Key_Return, CTRL)
    saved = memory.saved[-1].alike
    assert [(one.row, one.person_id, one.state) for one in saved] == [
        (candidate.at, candidate.found.line.id, "relatives")
    ]


def test_privacy_mode_hides_names_on_the_cards(page: Page, known: Memory) -> None:
    type_two(page)
    page.privacy.set_hidden(True)
    words = " ".join(label.text() for label in page.view.panel.findChildren(QLabel) if label.isVisible())
    assert "Malika" not in words
    assert "E. M." in words


def test_a_failing_search_stops_nothing(page: Page, memory: Memory) -> None:
    def fail(*_asked: str) -> None:
        raise AppError("disk.failed")

    page.screen.look_alikes._services = replace(memory.services(), probable=fail)
    type_two(page)
    assert page.names()[0] == "Эргашева Дилноза"
    assert page.view.panel.cards == []


# --- looks -------------------------------------------------------------------------------------------------------


def test_every_widget_that_takes_the_focus_has_a_name_and_every_label_is_plain(page: Page, known: Memory) -> None:
    type_two(page)
    page.keys.press(Key.Key_1, ALT)
    page.view.failure.say("x")
    for widget in focusable(page.view):
        assert widget.accessibleName(), widget
    for widget in page.view.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName(), widget
    for label in page.view.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()


def test_markup_that_people_type_is_text(page: Page, memory: Memory) -> None:
    memory.found["<b>x</b>"] = [duplicate("KX7-00042-3", "<b>x", "<img src=/etc/hostname>", 84)]
    page.keys.type("<b>Ош</b>\t")
    page.members()
    page.keys.type("A\n<b>x</b>\tж\t\t\tstop\t")
    page.settle()
    assert "<b>x</b>" in page.view.lines.lines[0].words
    for label in page.view.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_at_large_text_the_household_folds_into_one_line_and_the_panel_into_another(page: Page, known: Memory) -> None:
    page.set_text_size(150)
    page.keys.type("Ош, Навоий 14\tsch\t")
    page.members()
    household = page.view.household
    assert not household.rows["phone"].isVisible()
    assert "School 7" in household._home_line.button.accessibleDescription()
    type_two(page)
    assert page.view.split.fold.isVisible()
    page.keys.press(Key.Key_H, ALT)
    assert household.rows["phone"].isVisible()
    assert focus().accessibleName() == "Address before"


@pytest.mark.parametrize("size", [80, 100, 150, 200])
def test_the_cell_with_the_keys_is_always_in_sight(page: Page, size: int) -> None:
    page.set_text_size(size)
    page.members()
    page.keys.type("".join(f"Name {n}\n" for n in range(14)) + "Last")
    QApplication.processEvents()
    QApplication.processEvents()
    editor = page.view.grid._delegate.editor
    assert editor is not None
    viewport = page.view._page.viewport()
    place = editor.mapTo(viewport, editor.rect().center())
    assert viewport.rect().contains(place)


def test_a_key_only_updates_the_model(page: Page, known: Memory) -> None:
    """The path of a key holds no search, no draft and no reading of the whole family."""
    page.members()
    page.keys.type("Эргашева Малик")
    assert known.asked == []
    assert known.drafts == {}


def test_a_draft_that_cannot_be_written_keeps_the_family_on_the_page(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Малика\t")
    memory.failure = AppError("disk.full")
    page.view._leave()
    assert page.names() == ["Малика"]
    assert "disk is full" in page.view.failure.words()
    memory.failure = None
    page.keys.type("ж")
    page.settle()
    assert page.view.failure.isHidden()
    assert len(memory.drafts) == 1


def test_opening_another_draft_keeps_what_stands_on_the_page(page: Page, memory: Memory) -> None:
    memory.services().keep_draft("d7", drafts.to_payload(FamilyForm(address_before="Ош")))
    page.members()
    page.keys.type("Малика\t")
    page.screen.open_draft(memory.drafts["d7"])
    assert page.view.form().address_before == "Ош"
    assert len(memory.drafts) == 2
    page.screen.open_draft(memory.drafts["d7"])
    assert page.view.form().address_before == "Ош"


def test_a_draft_brings_back_codes_also_before_the_lists_are_there(page: Page) -> None:
    page.view.household.set_choices({"site_id": [], "fled_from": []})
    page.view.show_form(FamilyForm(site_id="s2", fled_from="FR"))
    assert (page.view.form().site_id, page.view.form().fled_from) == ("s2", "FR")
    page.screen.refresh(frozenset({"Site"}))
    assert page.view.household.rows["site_id"].control.words() == "Tents at the cotton depot"
    assert page.view.form().fled_from == "FR"


def test_privacy_mode_turns_the_typed_names_into_initials_outside_the_open_cell(page: Page) -> None:
    page.members()
    page.keys.type("Эргашева Дилноза\n")
    page.privacy.set_hidden(True)
    name = page.model.index(0, Column.NAME)
    assert name.data() == "Э. Д."
    assert name.data(Qt.ItemDataRole.EditRole) == "Эргашева Дилноза"
    assert "Дилноза" not in name.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_save_that_failed_stays_told_though_the_draft_was_written(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Малика")

    def fail(_form: FamilyForm) -> None:
        raise AppError("access.denied")

    page.screen._services = replace(page.screen._services, save=fail)
    page.keys.press(Key.Key_Return, CTRL)
    assert len(memory.drafts) == 1
    assert page.view.failure.isVisible()
    assert "role" in page.view.failure.words()


# --- depth, and taking a save back ---------------------------------------------------------------------------------


def test_a_group_asks_for_its_size_first_and_the_next_one_is_a_group_too(page: Page, memory: Memory) -> None:
    assert not page.view.group.isVisibleTo(page.view)
    page.view.depth_box.set_value("group")
    page.view.depth_box.answered.emit()
    assert focus().accessibleName() == "People"
    page.keys.type("12\t4\t")
    page.view.group.rows["needs_told"].control.setText("pregnant")  # type: ignore[attr-defined]
    page.members()
    page.keys.type("Эргашева Дилноза\t")
    page.keys.press(Key.Key_Return, CTRL)
    form = memory.saved[0]
    assert (form.depth, form.people_told, form.women_told) == ("group", "12", "4")
    assert form.needs_told == ("WR-PY",) or form.needs_told
    assert page.view.form().depth == "group"
    assert page.view.form().people_told == ""


def test_a_need_that_must_not_be_typed_with_the_family_looking_on_is_refused(page: Page, memory: Memory) -> None:
    page.view.depth_box.set_value("group")
    page.view.depth_box.answered.emit()
    page.view.group.rows["needs_told"].control.setText("TR-PI")  # type: ignore[attr-defined]
    page.members()
    page.keys.type("Эргашева Дилноза\t")
    page.keys.press(Key.Key_Return, CTRL)
    assert memory.saved == []
    assert "no need" in page.view.group.rows["needs_told"].error


def test_a_draft_of_a_group_comes_back_whole(page: Page) -> None:
    form = FamilyForm(depth="group", people_told="12", needs_told=("DS-PM",), rows=(FamilyRow(name="Али"),))
    assert without_draft(drafts.from_payload(drafts.to_payload(form), "d")) == form


def test_a_save_is_taken_back_and_stands_on_the_page_again(page: Page, memory: Memory) -> None:
    page.members()
    page.keys.type("Эргашева Дилноза\tж34\t")
    page.keys.press(Key.Key_Return, CTRL)
    assert len(memory.saved) == 1
    page.view.note._act()
    assert memory.saved == []
    assert page.names() == ["Эргашева Дилноза"]
    assert "Taken back" in page.view.note.words()
