"""Border points on the Sites screen: the list with today's state, states by date, who was noted there by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from tracing_helpers import CTRL, press, register, rich, said, unnamed, window_of

from panoh.domain.border import BorderEvent, BorderPoint, BorderPointState
from panoh.services import border
from panoh.services.desk import Changes, Desk
from panoh.ui.sites.borders.model import days_model, points_model, states_model
from panoh.ui.sites.borders.presenter import BordersPresenter
from panoh.ui.sites.borders.view import BordersView
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.paged import PagedModel


class Screen:
    """The list over one vault."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.changes = desk, list[Changes]()
        words, runner, today = desk.vocabularies, InlineRunner(), desk.clock.today
        self.view = BordersView(points_model(runner, words, today), states_model(runner, words), days_model(runner))
        self.presenter = BordersPresenter(self.view, desk, runner)
        self.presenter.changed.connect(self.changes.append)

    @property
    def form(self):
        assert self.presenter.keeping.form is not None
        return self.presenter.keeping.form

    def problems(self) -> dict[str, str]:
        return {key: row.error for key, row in self.form.form.rows.items() if row.error}


def spoken(model: PagedModel) -> list[str]:
    """The rows as they are read out."""
    return [str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


def point(desk: Desk, name: str = "Dostuk") -> BorderPoint:
    border.keep_point(desk, BorderPoint(id="", name=name, from_country="KG", to_country="UZ"))
    return next(row.point for row in border.points(desk) if row.point.name == name)


def state(desk: Desk, at: BorderPoint, day: int, what: str, **more: str) -> None:
    border.keep_state(
        desk, BorderPointState(id="", border_point_id=at.id, since=date(2010, 6, day), state=what, **more)
    )


def event(desk: Desk, person_id: str, at: BorderPoint, status: str, day: int) -> None:
    on = date(2010, 6, day)
    border.record(desk, BorderEvent(id="", person_id=person_id, status=status, happened_on=on, border_point_id=at.id))


@pytest.fixture
def screen(desk: Desk) -> Iterator[Screen]:
    made = Screen(desk)
    with window_of(made.view):
        made.presenter.opened()
        yield made


def test_an_empty_list_says_what_will_be_here_and_ctrl_n_adds_a_point(screen: Screen, desk: Desk) -> None:
    assert "No border points yet" in said(screen.view)
    press(Qt.Key.Key_N, CTRL)
    screen.form.act.click()
    assert list(screen.problems()) == ["name"]
    screen.form.set_value("location", "BCP-DOSTUK")
    screen.form._location.answered.emit()
    assert screen.form.values()["name"] == "Dostuk crossing"
    screen.form.set_value("to_country", "KG")
    screen.form.act.click()
    assert list(screen.problems()) == ["to_country"]
    screen.form.set_value("to_country", "UZ")
    screen.form.act.click()
    found = border.points(desk)[0].point
    assert (found.name, found.location, found.from_country, found.to_country) == (
        "Dostuk crossing", "BCP-DOSTUK", "KG", "UZ",
    )  # fmt: skip
    assert screen.changes[-1].kinds == {"BorderPoint"}
    assert spoken(screen.view.model) == [
        "Dostuk crossing, Kyrgyzstan to Uzbekistan, state not noted yet, 0 people wait, today 0 let in, 0 turned back"
    ]
    words = said(screen.view)
    assert "Its state was never noted." in words
    assert "Nobody was noted there." in words


def test_no_two_points_have_one_name_and_a_point_is_changed(screen: Screen, desk: Desk) -> None:
    point(desk)
    point(desk, "Kara-Suu")
    screen.presenter.refresh(frozenset({"BorderPoint"}))
    press(Qt.Key.Key_E, CTRL)
    assert screen.form.values()["name"] == "Dostuk"
    screen.form.set_value("name", "kara-suu")
    screen.form.act.click()
    assert "already" in screen.problems()["name"]
    screen.form.set_value("name", "Dostuk, old bridge")
    screen.form.act.click()
    assert [row.point.name for row in border.points(desk)] == ["Dostuk, old bridge", "Kara-Suu"]


def test_states_are_noted_by_day_and_the_list_tells_today_s(screen: Screen, desk: Desk) -> None:
    state(desk, point(desk), 11, "open")
    screen.presenter.refresh(frozenset({"BorderPoint"}))
    press(Qt.Key.Key_D, CTRL)
    assert screen.form.values()["since"] == "14 Jun 2010"
    screen.form.act.click()
    assert list(screen.problems()) == ["state"]
    screen.form.set_value("state", "some_let_through")
    screen.form.set_value("since", "16.6.2010")
    screen.form.act.click()
    assert list(screen.problems()) == ["since"]  # no day to come
    screen.form.set_value("since", "")
    screen.form.act.click()
    assert screen.problems()["since"] == "Say from which day on."
    screen.form.set_value("since", "13.6.2010")
    screen.form.set_value("let_through", "women and children")
    screen.form.set_value("source", "observed")
    screen.form.act.click()
    assert spoken(screen.view.states) == [
        "since 13 Jun 2010, Some let through: women and children, Observed", "since 11 Jun 2010, Open",
    ]  # fmt: skip
    assert "Some let through: women and children, since 13 Jun 2010" in spoken(screen.view.model)[0]
    assert screen.changes[-1].kinds == {"BorderPointState"}


def test_undo_save_takes_a_state_back(screen: Screen, desk: Desk) -> None:
    point(desk)
    screen.presenter.refresh(frozenset({"BorderPoint"}))
    press(Qt.Key.Key_D, CTRL)
    screen.form.set_value("state", "closed")
    screen.form.act.click()
    assert border.points(desk)[0].now is not None
    assert "Saved" in screen.view.told.words()
    screen.view.told._act()
    assert border.points(desk)[0].now is None
    assert "Taken back" in screen.view.told.words()
    assert spoken(screen.view.states) == []


def test_people_are_counted_by_day_and_nobody_is_named(screen: Screen, desk: Desk) -> None:
    at, other = point(desk), point(desk, "Kara-Suu")
    people = [register(desk, name, "Сатторқуллиев") for name in ("Илҳом", "Лола", "Али", "Гул")]
    for person in people[:3]:
        event(desk, person.id, at, "waiting", 12)
    event(desk, people[0].id, at, "admitted", 14)
    event(desk, people[1].id, at, "turned_back", 14)
    event(desk, people[3].id, other, "waiting", 14)
    screen.presenter.refresh(frozenset({"BorderEvent"}))
    first, second = spoken(screen.view.model)
    assert "1 person waits, today 1 let in, 1 turned back" in first
    assert "1 person waits, today 0 let in, 0 turned back" in second
    assert spoken(screen.view.days) == [
        "14 Jun 2010, 0 began to wait, 1 let in, 1 turned back",
        "12 Jun 2010, 3 began to wait, 0 let in, 0 turned back",
    ]
    words = "\n".join((said(screen.view), first, second))
    assert "Сатторқуллиев" not in words
    assert not any(level_word(level) in words for level in ("critical", "high", "medium", "low"))
    screen.view.table.setFocus()
    press(Qt.Key.Key_Down)
    assert "Kara-Suu" in said(screen.view.split.side)
    assert spoken(screen.view.days) == ["14 Jun 2010, 1 began to wait, 0 let in, 0 turned back"]


def test_everything_has_a_name_and_nothing_is_markup(screen: Screen, desk: Desk) -> None:
    state(desk, point(desk, "<b>x</b>"), 11, "closed", let_through="<i>y</i>")
    screen.presenter.refresh(frozenset({"BorderPoint"}))
    said(screen.view)
    assert unnamed(screen.view) == []
    assert rich(screen.view) == []
    for keys in (Qt.Key.Key_N, Qt.Key.Key_D):
        press(keys, CTRL)
        assert unnamed(screen.form) == []
        screen.form.reject()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_is_wider_than_the_page(screen: Screen, desk: Desk, percent: int) -> None:
    state(desk, point(desk), 11, "closed")
    screen.presenter.refresh(frozenset({"BorderPoint"}))
    look().set_text_size(percent)
    screen.view.resize(1254, 640)
    said(screen.view)
    assert screen.view.minimumSizeHint().width() <= 1254
    screen.view.split.open_side()
    said(screen.view)
    area = screen.view._whole
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
