"""The queue: what stands in it, its filters, and keys. What is wanted for one person is in test_triage_person.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from queue_people import People, Ways, afraid_of, caseworker, faults, grown, register, window
from registration_helpers import Keyboard

from panoh.base.clock import FixedClock
from panoh.services import records
from panoh.services.desk import Desk
from panoh.services.triage import QueueFilter, take
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.triage.model import queue_model
from panoh.ui.triage.presenter import TriagePresenter
from panoh.ui.triage.view import TriageView

Key = Qt.Key


class Screen:
    """Triage in a window."""

    def __init__(self, qapp: QApplication, desk: Desk) -> None:
        self.ways, self.privacy, self.keys = Ways(), Privacy(), Keyboard()
        self.view = TriageView(queue_model(InlineRunner(), desk.clock, self.privacy), supervisor=desk.is_supervisor)
        self.presenter = TriagePresenter(self.view, desk, InlineRunner(), self.ways, self.privacy)
        self.overdue: list[int] = []
        self.presenter.overdue_counted.connect(self.overdue.append)
        self.window = window(self.view)
        self.presenter.opened()

    def rows(self, column: int = 2) -> list[str]:
        """The texts of a column, by default the names."""
        model = self.view.model
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def chip(self, key: str) -> str:
        return self.view.chips[key].text()

    def chosen(self) -> str:
        return str(self.view.table.current().line.full_name)


@pytest.fixture
def people(desk: Desk) -> People:
    return register(desk)


@pytest.fixture
def screen(qapp: QApplication, desk: Desk, people: People, clock: FixedClock) -> Iterator[Screen]:
    clock.at += timedelta(hours=4, minutes=40)
    made = Screen(qapp, desk)
    yield made
    made.window.close()
    look().set_text_size(100)


def test_the_queue_holds_all_but_low_the_most_urgent_first(screen: Screen) -> None:
    assert screen.rows() == ["Жолборсов Эркинбек", "Каримов Илҳом", "Азиз", "Тиллабоева"]
    assert screen.rows(1)[:2] == ["Overdue 4 h", "Overdue 40 min"]
    assert screen.rows(4)[0] == "4 h 40 min"
    assert screen.rows(5) == ["nobody"] * 4


def test_a_row_is_spoken_in_full_words(screen: Screen) -> None:
    spoken = screen.view.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "Critical, overdue 40 minutes, Каримов Илҳом, KX7-00002-2, About to enter the State they fear, "
        "waiting 4 hours 40 minutes, nobody"
    )


def test_chips_tell_how_many_they_leave_and_the_navigation_how_many_are_overdue(screen: Screen) -> None:
    assert [screen.chip(key) for key in screen.view.chips] == [
        "All levels",
        "Overdue 2",
        "Nobody’s 4",
        "Mine 0",
        "Children alone 1",
    ]
    assert screen.overdue[-1] == 2


def test_a_chip_narrows_the_queue_and_is_marked(screen: Screen) -> None:
    screen.view.chips["children"].click()
    assert screen.rows() == ["Азиз"]
    assert [key for key, chip in screen.view.chips.items() if chip.isChecked()] == ["children"]
    screen.view.chips["all"].click()
    assert len(screen.rows()) == 4


def test_the_saved_filter_everyone_brings_the_low_ones(screen: Screen) -> None:
    screen.view.saved.set_value("")
    screen.view.saved_chosen.emit("")
    assert screen.rows()[-1] == "Орозова Гулнора"
    assert screen.view.saved.currentText() == "Everyone"


def test_a_filter_without_a_hit_says_so_and_offers_everyone(screen: Screen) -> None:
    screen.view.chips["mine"].setFocus()
    screen.keys.press(Key.Key_Space)
    assert screen.view.list.currentWidget() is not screen.view.table
    screen.presenter.panes()[1].setFocus()
    screen.keys.press(Key.Key_Space)
    assert screen.view.list.currentWidget() is screen.view.table
    assert len(screen.rows()) == 5


def test_another_screen_opens_a_part_of_the_queue(screen: Screen) -> None:
    screen.presenter.show_filter(QueueFilter(levels=("critical", "high"), nobody=True))
    assert screen.rows() == ["Жолборсов Эркинбек", "Каримов Илҳом", "Азиз"]
    assert screen.view.chips["nobody"].isChecked()
    assert screen.view.saved.currentText() == "Critical, High"


def test_enter_opens_the_person_with_the_neighbours_of_the_queue(screen: Screen, people: People) -> None:
    screen.keys.press(Key.Key_Down)
    screen.keys.press(Key.Key_Return)
    person_id, among = screen.ways.people[-1]
    assert person_id == people.exile.id
    assert among is not None
    assert (among.at, among.count, among.id_at(2)) == (1, 4, people.child.id)
    assert among.words.format(n=among.at + 1, count=among.count) == "2 of 4 in this queue"


def test_the_person_chosen_stays_chosen_after_a_refresh(screen: Screen, desk: Desk, people: People) -> None:
    screen.view.table.selectRow(2)
    take(desk, people.wounded.id)
    screen.presenter.refresh(frozenset({"Case"}))
    assert screen.chosen() == "Азиз"
    assert screen.rows(5)[0] == "feruza"


def test_whoever_leaves_the_queue_leaves_the_row_to_the_next(screen: Screen) -> None:
    screen.view.chips["nobody"].click()
    screen.view.table.selectRow(1)
    screen.presenter.take()
    assert screen.rows() == ["Жолборсов Эркинбек", "Азиз", "Тиллабоева"]
    assert screen.chosen() == "Азиз"


def test_someone_far_down_a_long_queue_stays_chosen_too(screen: Screen, desk: Desk, people: People) -> None:
    many = [grown(f"KX7-1{at:04}-1", "Орозов", f"Мирлан {at}") for at in range(220)]
    records.keep(desk, *many, *(afraid_of(person, "none") for person in many))
    screen.presenter.show_filter(QueueFilter())
    screen.view.table.selectRow(215)
    chosen = screen.chosen()
    take(desk, people.wounded.id)
    screen.presenter.refresh(frozenset({"Case"}))
    assert screen.view.table.currentIndex().row() == 215
    assert screen.chosen() == chosen


def test_due_times_go_on_by_the_minute(screen: Screen, clock: FixedClock) -> None:
    clock.at += timedelta(hours=15, minutes=30)
    screen.presenter.tick()
    assert screen.overdue[-1] == 2
    clock.at += timedelta(hours=5)
    screen.presenter.tick()
    assert screen.overdue[-1] == 3
    assert screen.rows(1)[0] == "Overdue 25 h"


def test_hidden_names_become_initials(screen: Screen) -> None:
    screen.privacy.toggle()
    assert screen.rows()[0] == "Ж. Э."
    assert not any("Жолборсов" in label.text() for label in screen.view.panel.findChildren(type(screen.view._count)))


def test_an_empty_vault_says_what_will_be_here(qapp: QApplication, desk: Desk) -> None:
    screen = Screen(qapp, desk)
    assert screen.view.list.currentWidget() is not screen.view.table
    screen.keys.press(Key.Key_Space)
    assert screen.ways.families == 1
    assert not faults(screen.window)
    screen.window.close()


def test_a_caseworker_sees_a_lock_and_two_words(qapp: QApplication, desk: Desk, people: People) -> None:
    screen = Screen(qapp, caseworker(desk))
    assert screen.rows(3)[1] == "Restricted reason"
    assert screen.rows()[1] == "Каримов Илҳом"
    told = [screen.view.model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(4)]
    assert not any("fear" in words for words in told)
    exile = next(words for words in told if "KX7-00002-2" in words)
    assert "Каримов Илҳом, KX7-00002-2, restricted reason" in exile
    screen.window.close()


def test_the_menu_key_offers_what_the_panel_offers(screen: Screen) -> None:
    screen.view.table.menu_asked.emit(screen.view.table.current(), screen.view.mapToGlobal(screen.view.pos()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    assert words == ["Open the record", "Take", "Assign", "Set another level…", "Ask for advice…"]
    first: QAction = menu.actions()[0]
    first.trigger()
    menu.close()
    assert len(screen.ways.people) == 1


def test_every_widget_has_a_name_and_no_label_reads_markup(screen: Screen) -> None:
    assert not faults(screen.window)


@pytest.mark.parametrize("size", [100, 150, 200])
def test_at_any_text_size_the_reasons_in_the_queue_keep_their_room(screen: Screen, size: int) -> None:
    look().set_text_size(size)
    screen.view.resize(1220, 690)
    QApplication.processEvents()
    assert screen.view.table.columnWidth(3) >= look().grown(110)


def test_tab_goes_from_the_filters_to_the_queue_and_on_to_the_panel(screen: Screen) -> None:
    screen.view.saved.setFocus()
    names = []
    for _step in range(10):
        screen.keys.press(Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        names.append(focus.accessibleName())
    assert names[:6] == [
        "All levels",
        "Overdue 2",
        "Nobody’s 4",
        "Mine 0",
        "Children alone 1",
        "Filter…",
    ]
    assert "Take" in names
