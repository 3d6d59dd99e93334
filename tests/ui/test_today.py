from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from queue_people import People, Ways, caseworker, faults, register, task, window
from registration_helpers import Keyboard

from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.domain.household import Site
from panoh.domain.tracing import TracingRequest
from panoh.services import drafts, records, tracing, triage
from panoh.services.desk import Changes, Desk
from panoh.services.triage import QueueFilter, take
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.today.model import nobody_model, task_model
from panoh.ui.today.presenter import TodayPresenter
from panoh.ui.today.view import TodayView
from panoh.ui.widgets.table import PagedTable

Key = Qt.Key


class Screen:
    """Today in a window."""

    def __init__(self, qapp: QApplication, desk: Desk) -> None:
        self.ways, self.privacy, self.keys, runner = Ways(), Privacy(), Keyboard(), InlineRunner()
        self.view = TodayView(task_model(runner, desk, self.privacy), nobody_model(runner, desk, self.privacy))
        self.presenter = TodayPresenter(self.view, desk, runner, self.ways, self.privacy)
        self.changes: list[Changes] = []
        self.presenter.changed.connect(self.changes.append)
        self.window = window(self.view)
        self.presenter.opened()

    def labels(self) -> list[str]:
        return [label.text() for label in self.view.findChildren(QLabel) if label.isVisible()]


def rows(table: PagedTable, column: int) -> list[str]:
    model = table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


@pytest.fixture
def people(desk: Desk) -> People:
    found = register(desk)
    now = desk.clock.now()
    task(desk, found.child, "Midwife's visit", due_at=now + timedelta(hours=6))
    task(desk, found.wounded, "Take him to the surgeon", due_at=now + timedelta(hours=4))
    return found


@pytest.fixture
def screen(qapp: QApplication, desk: Desk, people: People, clock: FixedClock) -> Iterator[Screen]:
    clock.at += timedelta(hours=4, minutes=40)
    made = Screen(qapp, desk)
    yield made
    made.window.close()
    look().set_text_size(100)


def test_the_day_and_how_many_are_registered(screen: Screen) -> None:
    assert "Monday 14 June 2010" in screen.labels()
    assert "5 people registered here, in 0 households" in screen.labels()


def test_my_tasks_the_first_due_first(screen: Screen) -> None:
    assert rows(screen.view.tasks, 1)[0] == "Overdue 40 min"
    assert rows(screen.view.tasks, 2) == ["Take him to the surgeon", "Midwife's visit"]
    assert rows(screen.view.tasks, 3) == ["Жолборсов Эркинбек", "Азиз"]
    spoken = screen.view.tasks.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Critical, overdue 40 minutes, Take him to the surgeon, Жолборсов Эркинбек"
    assert "1 overdue, 1 more today" in screen.labels()


def test_space_marks_a_task_as_done_and_undo_brings_it_back(screen: Screen) -> None:
    screen.view.tasks.setFocus()
    screen.keys.press(Key.Key_Space)
    assert rows(screen.view.tasks, 2) == ["Midwife's visit"]
    assert screen.changes[0].kinds == {"Task"}
    assert screen.view.said.words() == "Done: Take him to the surgeon"
    screen.view.said._act()
    assert len(rows(screen.view.tasks, 2)) == 2
    assert not screen.view.said.isVisible()


def test_the_button_asks_for_a_row_first(screen: Screen) -> None:
    screen.view.done.click()
    assert not screen.changes
    assert QApplication.focusWidget() is screen.view.tasks
    screen.view.done.click()
    assert len(screen.changes) == 1


def test_enter_opens_the_person_of_a_task(screen: Screen, people: People) -> None:
    screen.view.tasks.setFocus()
    screen.keys.press(Key.Key_Down)
    screen.keys.press(Key.Key_Return)
    person_id, among = screen.ways.people[-1]
    assert person_id == people.child.id
    assert among is not None
    assert (among.at, among.count, among.id_at(0)) == (1, 2, people.wounded.id)


def test_who_waits_without_an_owner_and_the_way_to_all_of_them(screen: Screen, desk: Desk, people: People) -> None:
    assert rows(screen.view.nobody, 1) == ["Жолборсов Эркинбек", "Каримов Илҳом", "Азиз"]
    assert rows(screen.view.nobody, 2)[0] == "4 h 40 min"
    assert screen.view.all_nobody.text() == "All 3"
    screen.view.all_nobody.click()
    assert screen.ways.filters == [QueueFilter(levels=("critical", "high"), nobody=True)]
    take(desk, people.wounded.id)
    screen.presenter.refresh(frozenset({"Case"}))
    assert rows(screen.view.nobody, 1) == ["Каримов Илҳом", "Азиз"]


def test_enter_opens_someone_without_an_owner(screen: Screen, people: People) -> None:
    screen.view.nobody.setFocus()
    screen.keys.press(Key.Key_Return)
    assert screen.ways.people[-1][0] == people.wounded.id


def test_a_restricted_row_has_a_lock_in_words_too(qapp: QApplication, desk: Desk, people: People) -> None:
    screen = Screen(qapp, caseworker(desk))
    spoken = screen.view.nobody.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Critical, Каримов Илҳом, restricted reason")
    assert not rows(screen.view.tasks, 2)
    screen.window.close()


def test_a_draft_opens_at_once_and_several_as_a_list(screen: Screen, desk: Desk) -> None:
    assert not screen.view.drafts.isVisible()
    drafts.keep(desk, "one", "family", {"rows": []})
    screen.presenter.refresh(frozenset({"Draft"}))
    screen.view.drafts.click()
    assert [draft.id for draft in screen.ways.drafts] == ["one"]
    drafts.keep(desk, "two", "family", {"rows": []})
    screen.presenter.refresh(frozenset({"Draft"}))
    screen.view.drafts.click()
    assert screen.ways.draft_lists == 1
    assert len(screen.ways.drafts) == 1


def test_what_waits_for_a_supervisor_is_counted_and_one_step_away(screen: Screen, desk: Desk, people: People) -> None:
    assert not screen.view.decisions.isVisible()
    triage.escalate(caseworker(desk), people.wounded.id, "Which hospital takes him?")
    screen.presenter.refresh(frozenset({"Approval"}))
    assert screen.view.decisions.isVisible()
    assert screen.view.decisions.accessibleName() == "Open 1 decision that waits"
    screen.view.decisions.click()
    assert screen.ways.decision_lists == 1


def test_what_is_late_in_tracing_is_counted_and_one_step_away(screen: Screen, desk: Desk) -> None:
    assert not screen.view.tracing.isVisible()
    opened = desk.clock.now() - timedelta(days=9)
    tracing.ask(desk, TracingRequest(id="late", nickname="Қора", opened_at=opened))
    screen.presenter.refresh(frozenset({"TracingRequest"}))
    assert screen.view.tracing.accessibleName() == "Open 1 that is late in tracing"
    screen.view.tracing.click()
    assert screen.ways.tracing_lists == 1


def test_a_bar_of_a_level_opens_triage_with_that_level(screen: Screen) -> None:
    screen.view.numbers.levels.setFocus()
    screen.keys.press(Key.Key_Down)
    screen.keys.press(Key.Key_Return)
    assert screen.ways.filters == [QueueFilter(levels=("high",))]


def test_a_bar_of_a_site_opens_that_site(screen: Screen, desk: Desk) -> None:
    site = Site(id=new_id(), number="KX7-1", name="School 14", capacity=10)
    records.keep(desk, site)
    screen.presenter.opened()
    screen.view.numbers.sites.setFocus()
    screen.keys.press(Key.Key_Return)
    assert screen.ways.sites == [site.id]


def test_the_charts_show_the_vault(screen: Screen, desk: Desk) -> None:
    assert [bar.length for bar in screen.view.numbers.levels.bars] == [2, 1, 0, 1, 1]
    assert sum(bar.length for bar in screen.view.numbers.ages.bars) == 4
    for at in range(5):
        records.keep(desk, Site(id=new_id(), number=str(at), name=f"School {at}", capacity=10 + at))
    screen.presenter.opened()
    assert len(screen.view.numbers.sites.bars) == 4
    assert len(screen.view.numbers.sites.table_rows()) == 5


def test_ctrl_shift_n_registers_a_family(screen: Screen) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    screen.view.nobody.setFocus()
    screen.keys.press(Key.Key_N, both)
    assert screen.ways.families == 1


def test_an_empty_vault_is_calm_and_offers_the_first_action(qapp: QApplication, desk: Desk) -> None:
    screen = Screen(qapp, desk)
    for words in ("Nothing to do now", "Nobody waits", "Nobody is registered yet"):
        assert words in screen.labels()
    assert not screen.view.charts.isVisible()
    assert QApplication.focusWidget() is screen.view.register
    screen.keys.press(Key.Key_Space)
    assert screen.ways.families == 1
    assert not faults(screen.window)
    screen.window.close()


def test_hidden_names_become_initials(screen: Screen) -> None:
    screen.privacy.toggle()
    assert rows(screen.view.tasks, 3)[0] == "Ж. Э."


def test_another_day_begins(screen: Screen, clock: FixedClock) -> None:
    clock.at += timedelta(days=1)
    screen.presenter.tick()
    assert "Tuesday 15 June 2010" in screen.labels()
    assert rows(screen.view.tasks, 1)[0] == "Overdue 24 h"


def test_every_widget_has_a_name_and_no_label_reads_markup(screen: Screen) -> None:
    assert not faults(screen.window)


@pytest.mark.parametrize("size", [100, 150, 200])
def test_nothing_is_wider_than_the_page_at_any_text_size(screen: Screen, size: int) -> None:
    look().set_text_size(size)
    screen.view.resize(1220, 690)
    QApplication.processEvents()
    page = screen.view.charts.parentWidget()
    assert page.minimumSizeHint().width() <= screen.view.width()


@pytest.mark.parametrize("size", [150, 200])
def test_at_large_text_the_tables_keep_their_rows_and_the_page_scrolls(screen: Screen, size: int) -> None:
    look().set_text_size(size)
    screen.view.resize(1220, 690)
    QApplication.processEvents()
    for table in (screen.view.tasks, screen.view.nobody):
        assert table.viewport().height() >= 4 * table.verticalHeader().defaultSectionSize()


def test_a_draft_makes_the_page_no_higher_than_its_window(screen: Screen, desk: Desk) -> None:
    drafts.keep(desk, "one", "family", {"rows": []})
    screen.presenter.opened()
    screen.view.resize(1230, 672)  # what a window of 1366 × 768 leaves it under the bar of the system
    QApplication.processEvents()
    area = next(found for found in screen.view.findChildren(QScrollArea) if found.isAncestorOf(screen.view.tasks))
    assert screen.view.drafts.isVisible()
    assert area.verticalScrollBar().maximum() == 0
    assert screen.view.charts.height() >= 240
