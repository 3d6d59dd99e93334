"""The dashboard of a site and of everyone: every bar opens its list by keys, and tells no more than its reader may know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QTableView, QWidget
from queue_people import Ways, caseworker, faults, grown, register, window
from registration_helpers import Keyboard

from panoh.base.ids import new_id
from panoh.base.progress import Silent
from panoh.domain.assistance import BasicNeed
from panoh.domain.cases import Task
from panoh.domain.few import FEWER, MORE, NOTHING
from panoh.domain.household import Site
from panoh.domain.lines import PeopleFilter
from panoh.services import dashboards, people, records
from panoh.services.dashboards import AGE_BANDS
from panoh.services.desk import Desk
from panoh.services.triage import QueueFilter
from panoh.ui.dashboard import filling
from panoh.ui.dashboard.charts import Charts
from panoh.ui.dashboard.filling import Filling
from panoh.ui.people.model import people_model
from panoh.ui.people.presenter import PeoplePresenter
from panoh.ui.people.view import PeopleView
from panoh.ui.privacy import Privacy
from panoh.ui.shell.help import help_text
from panoh.ui.sites.dashboard.presenter import DashboardPresenter
from panoh.ui.sites.dashboard.view import DashboardView
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.widgets.amounts import is_exact
from panoh.ui.widgets.chart_kinds import AgeRow, BarChart, LevelBars, Occupancy, Place, Pyramid
from panoh.ui.widgets.charts import Bar, Chart, ChartPanel
from panoh.ui.widgets.row_bars import RowBars

Key = Qt.Key


class Screen:
    """The dashboard in a window."""

    def __init__(self, desk: Desk, site_id: str = "") -> None:
        self.ways, self.keys = Ways(), Keyboard()
        self.view = DashboardView(supervisor=desk.is_supervisor)
        self.presenter = DashboardPresenter(self.view, desk, InlineRunner(), self.ways, lambda: site_id)
        self.window = window(self.view)
        self.presenter.opened()

    def labels(self) -> list[str]:
        return [label.text() for label in self.view.findChildren(QLabel) if label.isVisible() and label.text()]


@pytest.fixture
def school(desk: Desk) -> Site:
    """Twelve people at a school, six men and six women, and the five of Triage elsewhere."""
    site = Site(id=new_id(), number="KX7-90000-1", name="School 14", capacity=10)
    register(desk)
    records.keep(desk, site)
    for at in range(12):
        person = grown(f"KX7-{at + 100:05}-1", "Орозова", str(at), born=1985 + at, sex="FM"[at % 2])
        records.keep(desk, replace(person, site_id=site.id, presence="here", registered_at=desk.clock.now()))
    with desk.reading() as reading:
        first = next(one for one in reading.all(type(person)) if one.site_id)
    late = desk.clock.now() - timedelta(days=1)
    records.keep(
        desk,
        Task(id=new_id(), person_id=first.id, what="Call", owner_id=desk.user.id, due_at=late),
        BasicNeed(id=new_id(), sector="food", state="open", person_id=first.id, noted_on=date(2010, 6, 14)),
    )
    return site


@pytest.fixture
def screen(qapp: QApplication, desk: Desk, school: Site) -> Iterator[Screen]:
    made = Screen(desk, school.id)
    yield made
    made.window.close()
    look().set_text_size(100)


def test_each_bar_opens_the_list_of_those_whom_it_counts(screen: Screen, desk: Desk, school: Site) -> None:
    charts = screen.view.numbers
    for chart, way in (
        (charts.days, [Key.Key_End]),
        (charts.ages, [Key.Key_Up]),
        (charts.overdue, []),
        (charts.needs, []),
    ):
        chart.setFocus()
        for key in way:
            screen.keys.press(key)
        if chart is charts.ages:
            at = next(at for at, bar in enumerate(charts.ages.bars) if bar.length)
            for _step in range(at):
                screen.keys.press(Key.Key_Right)
        screen.keys.press(Key.Key_Return)
        wanted, bar = screen.ways.parts[-1], chart.bars[chart.current]
        assert bar.length
        assert people.count(desk, wanted) == bar.length
        assert wanted.site_id == school.id
    first = screen.ways.parts
    assert [first[0].registered_on, first[2].overdue, first[3].sector] == [date(2010, 6, 14), "task", "food"]


def test_a_level_opens_the_queue_of_the_site_and_a_site_its_record(screen: Screen, school: Site) -> None:
    screen.view.numbers.levels.setFocus()
    screen.keys.press(Key.Key_Down)
    screen.keys.press(Key.Key_Return)
    assert screen.ways.filters == [QueueFilter(levels=("high",), site_id=school.id)]
    screen.view.numbers.sites.setFocus()
    screen.keys.press(Key.Key_Enter)
    assert screen.ways.sites == [school.id]


def test_in_the_pyramid_up_and_down_stay_on_their_side(screen: Screen) -> None:
    pyramid = screen.view.numbers.ages
    pyramid.setFocus()
    screen.keys.press(Key.Key_Home)
    for key, at in ((Key.Key_Down, 2), (Key.Key_Right, 3), (Key.Key_Down, 5), (Key.Key_Up, 3), (Key.Key_End, 15)):
        screen.keys.press(key)
        assert pyramid.current == at
    screen.keys.press(Key.Key_Down)
    assert pyramid.current == 15


def test_space_shows_the_table_and_the_chart_again(screen: Screen) -> None:
    charts = screen.view.numbers
    for chart, panel in charts.panels.items():
        chart.setFocus()
        screen.keys.press(Key.Key_Space)
        table = panel.findChild(QTableView)
        assert table.isVisible()
        assert table.model().rowCount() == len(chart.table_rows())
        assert QApplication.focusWidget() is table
        screen.keys.press(Key.Key_Space)
        assert QApplication.focusWidget() is chart


def test_another_site_is_chosen_and_nothing_of_the_one_before_stays(screen: Screen, desk: Desk) -> None:
    assert screen.view.site.currentText() == "School 14"
    screen.view.site.setFocus()
    screen.keys.press(Key.Key_Up)
    assert screen.view.site.currentText() == "Everyone, at all sites"
    assert sum(bar.length for bar in screen.view.numbers.levels.bars) == 17
    empty = Site(id=new_id(), number="KX7-90001-1", name="Stadium")
    records.keep(desk, empty)
    screen.presenter.show_site(empty.id)
    assert "Nobody is counted here yet" in screen.labels()


def test_a_caseworker_reads_no_level_of_a_site_and_no_few(qapp: QApplication, desk: Desk, school: Site) -> None:
    screen = Screen(caseworker(desk), school.id)
    charts = screen.view.numbers
    assert not charts.levels.isVisible()
    assert not charts.levels.bars
    assert not any(is_exact(bar.value) for bar in charts.ages.bars)
    assert "12" not in charts.ages.accessibleName()
    assert charts.ages.bars[0].words() in ("Women and girls, 60+: fewer than 5", "Women and girls, 60+: not told")
    assert any("fewer than five" in text for text in screen.labels())
    screen.presenter.show_site("")
    assert charts.levels.isVisible()
    assert not faults(screen.window)
    screen.window.close()


def test_a_save_is_counted_at_once_and_many_after_a_pause(
    qapp: QApplication, desk: Desk, school: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "PAUSE", 200)
    screen, read = Screen(desk, school.id), []
    real = dashboards.levels
    monkeypatch.setattr(dashboards, "levels", lambda *asked: read.append(asked) or real(*asked))
    for _save in range(20):
        screen.presenter.refresh(frozenset({"Person"}))
    assert not read
    QTest.qWait(300)
    assert len(read) == 1
    QTest.qWait(250)
    screen.presenter.refresh(frozenset({"Person"}))
    assert len(read) == 2
    screen.window.close()


class Slow:
    """A runner that does one thing when told to: the numbers of a large vault come one by one."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def start(self, work, on_done, _on_error=None, *_more, **_named) -> None:  # type: ignore[no-untyped-def]
        self.waiting.append(lambda: on_done(work(Silent())))

    def step(self) -> None:
        self.waiting.pop(0)()


def test_the_numbers_come_one_by_one_and_those_of_another_site_are_dropped(
    qapp: QApplication, desk: Desk, school: Site
) -> None:
    page, slow = QWidget(), Slow()
    charts = Charts(page, 4)
    made = Filling(charts, desk, slow, Ways(), lambda _error: None)  # type: ignore[arg-type]
    made.read()
    assert len(slow.waiting) == 1  # so that whatever else is asked comes in between
    slow.step()
    assert [bar.length for bar in charts.levels.bars] == [2, 1, 0, 13, 1]
    assert not charts.days.bars
    made.read(school.id)
    assert not charts.levels.bars
    slow.step()  # the days of everyone are not shown any more
    assert not charts.days.bars
    while slow.waiting:
        slow.step()
    assert sum(bar.length for bar in charts.levels.bars) == 12
    assert len(charts.days.bars) == dashboards.DAYS
    assert len(charts.ages.bars) == 2 * len(AGE_BANDS)


# --- the list behind --------------------------------------------------------------------------------------------------


def test_the_list_says_which_part_it_shows_and_goes_back_to_everyone(
    qapp: QApplication, desk: Desk, school: Site
) -> None:
    privacy, runner = Privacy(), InlineRunner()
    view = PeopleView(people_model(runner, desk.vocabularies, privacy, desk.clock.today), privacy)
    presenter = PeoplePresenter(view, desk, runner, Ways())  # type: ignore[arg-type]
    shown = window(view)
    presenter.opened()
    assert view.model.rowCount() == 17
    presenter.show_part(PeopleFilter(sex="F", ages=(12, 17), site_id=school.id))
    labels = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert "Women and girls, 12 to 17 years old, at School 14" in labels
    count = view.model.rowCount()
    assert 0 < count < 6
    presenter.search("Жолборсов")
    assert view.model.rowCount() == 1
    presenter.search("")
    assert view.model.rowCount() == count
    presenter.show_part(PeopleFilter(overdue="referral"))
    assert "Nobody is in this part of the list" in [
        label.text() for label in view.findChildren(QLabel) if label.isVisible()
    ]
    view.everyone_asked.emit()
    assert view.model.rowCount() == 17
    assert not view._part_row.isVisible()
    shown.close()


# --- how charts are drawn ---------------------------------------------------------------------------------------------


def _painted(chart: Chart, width: int = 300, height: int = 220) -> QImage:
    chart.resize(width, height)
    return chart.grab().toImage()


@pytest.mark.parametrize("told", [FEWER, MORE, NOTHING])
def test_what_is_not_told_is_hatched_and_drawn_alike_whatever_it_is(qapp: QApplication, told: object) -> None:
    hidden = BarChart("Registered a day", [Bar("Thu 10", 40), Bar("Fri 11", told)])  # type: ignore[arg-type]
    assert hidden.bars[1].figures in ("<5", "5+", "–")
    assert hidden.accessibleName() == "Registered a day"
    assert hidden.table_rows()[0][1] == hidden.bars[1].figures  # the newest on top
    if told != NOTHING:
        exact = BarChart("Registered a day", [Bar("Thu 10", 40), Bar("Fri 11", hidden.bars[1].length)])
        assert _painted(hidden) != _painted(exact)
    pyramid = Pyramid("Age", "Women", "Men", [AgeRow("0–4", told, 7)])  # type: ignore[arg-type]
    assert not _painted(pyramid).isNull()


def test_as_many_days_are_drawn_as_can_be_read_and_the_table_has_all(qapp: QApplication) -> None:
    bars = BarChart("Registered a day", [Bar(f"Thu {day}", 1000 + day) for day in range(14)])
    bars.resize(900, 200)
    assert bars.first() == 0
    bars.resize(240, 200)
    assert 0 < bars.first() < 13
    assert len(bars.places()) == 14
    assert len(bars.table_rows()) == 14
    bars._go(0)
    assert bars.current == bars.first()


def test_a_long_name_stands_above_its_bar(qapp: QApplication) -> None:
    rows = RowBars("Чего не хватает людям", 9, grows=True)
    rows.show_rows([("nfi", "Непродовольственные товары и предметы домашнего обихода", 40), ("food", "Еда", FEWER)])
    rows.resize(260, 200)
    assert rows._names_above
    assert rows.minimumSizeHint().height() >= 2 * rows.places()[0].height()
    rows.resize(1200, 200)
    assert not rows._names_above


@pytest.mark.parametrize("size", [100, 150, 200])
@pytest.mark.parametrize("width", [800, 1254])
def test_nothing_is_wider_than_the_page_at_any_text_size(screen: Screen, size: int, width: int) -> None:
    look().set_text_size(size)
    screen.view.resize(width, 640)
    QApplication.processEvents()
    page = screen.view.charts.parentWidget()
    assert page is not None
    assert page.minimumSizeHint().width() <= width


def test_every_widget_has_a_name_and_the_page_its_help(screen: Screen) -> None:
    assert not faults(screen.window)
    assert help_text(screen.presenter.help_page)[0] == "Dashboard"
    for chart in screen.view.numbers.panels:
        assert isinstance(chart.parentWidget().parentWidget(), ChartPanel)
        assert chart.accessibleName().startswith(chart.title)
    assert isinstance(screen.view.numbers.sites, Occupancy)
    assert isinstance(screen.view.numbers.levels, LevelBars)
    assert screen.view.numbers.sites.sites == (Place("School 14", 12, 10),)


def test_enter_in_the_table_opens_the_same_list_as_the_bar(qapp: QApplication) -> None:
    chart = BarChart("Registered a day", [Bar("Sun 13", 611, "Sunday 13 June"), Bar("Today", 437)])
    panel = ChartPanel(chart)
    panel.resize(264, 240)
    shown, keys, opened = window(panel), Keyboard(), list[int]()
    chart.opened.connect(opened.append)
    chart.setFocus()
    for key in (Key.Key_Space, Key.Key_Return, Key.Key_Down, Key.Key_Return):
        keys.press(key)
    assert opened == [1, 0]
    table = panel.findChild(QTableView)
    assert table.columnWidth(0) > table.columnWidth(1)
    shown.close()


def test_it_stands_in_its_window_also_under_the_words_for_a_caseworker(
    qapp: QApplication, desk: Desk, school: Site
) -> None:
    screen = Screen(caseworker(desk), school.id)
    screen.view.resize(1230, 625)  # what a window of 1366 × 768 leaves it under the bar of the system
    for _turn in range(3):
        qapp.processEvents()
    assert screen.view.findChildren(QScrollArea)[0].verticalScrollBar().maximum() == 0
    screen.window.close()
