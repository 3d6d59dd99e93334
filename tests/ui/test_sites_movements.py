"""Movements on the Sites screen: the list, planned and done, south to north; the tabs of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from queue_people import Ways as QueueWays
from test_sites import Screen as Places
from test_sites import made as site
from test_sites_borders import Screen as Borders
from test_sites_borders import spoken
from tracing_helpers import CTRL, press, rich, said, unnamed, window_of

from panoh.domain.border import Movement
from panoh.services import border, drafts
from panoh.services.desk import Changes, Desk
from panoh.ui.sites.dashboard.presenter import DashboardPresenter
from panoh.ui.sites.dashboard.view import DashboardView
from panoh.ui.sites.movements.model import movements_model
from panoh.ui.sites.movements.presenter import MovementsPresenter
from panoh.ui.sites.movements.view import MovementsView
from panoh.ui.sites.screen import SitesScreen
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.widgets.control_values import TYPED


class Screen:
    """The list over one vault."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.changes = desk, list[Changes]()
        self.view = MovementsView(movements_model(InlineRunner()))
        self.presenter = MovementsPresenter(self.view, desk, InlineRunner())
        self.presenter.changed.connect(self.changes.append)

    @property
    def form(self):
        assert self.presenter.keeping.form is not None
        return self.presenter.keeping.form

    def fill(self, **values: str) -> None:
        for key, value in values.items():
            self.form.set_value(key, value)
        self.form.act.click()

    def problems(self) -> dict[str, str]:
        return {key: row.error for key, row in self.form.form.rows.items() if row.error}


@pytest.fixture
def screen(desk: Desk) -> Iterator[Screen]:
    made = Screen(desk)
    with window_of(made.view):
        made.presenter.opened()
        yield made


def test_an_empty_list_says_what_will_be_here_and_ctrl_n_records_one(screen: Screen, desk: Desk) -> None:
    school = site(desk, "School 5", place="KG-GO")
    assert "No movements yet" in said(screen.view)
    press(Qt.Key.Key_N, CTRL)
    screen.fill()
    assert list(screen.problems()) == ["start"]
    screen.fill(start=f"site:{school.id}", end=f"site:{school.id}", people="many", moved_on="31.6.2010")
    assert list(screen.problems()) == ["end", "moved_on", "people"]
    screen.fill(end="KG-GB", people="1 200", moved_on="16.6.2010", remarks="24 buses")
    row = border.movements(desk)[0]
    assert (row.movement.from_site_id, row.movement.to_place, row.movement.people) == (school.id, "KG-GB", 1200)
    assert (row.planned, row.way) == (True, "south_to_north")
    assert spoken(screen.view.model) == [
        "16 Jun 2010, planned, from School 5 to Bishkek city, 1,200 people, South to north, 24 buses"
    ]
    assert screen.changes[-1].kinds == {"Movement"}
    assert "1 movement" in said(screen.view)


def test_typed_places_find_their_site_or_stay_as_said(screen: Screen, desk: Desk) -> None:
    school = site(desk, "School 5")
    press(Qt.Key.Key_N, CTRL)
    screen.fill(start=TYPED + "school 5", end=TYPED + "the  old mill", moved_on="12.6.2010")
    movement = border.movements(desk)[0].movement
    assert (movement.from_site_id, movement.from_place, movement.to_place) == (school.id, "", "the old mill")
    assert "done, from School 5 to the old mill" in spoken(screen.view.model)[0]


def test_enter_changes_a_movement_and_undo_save_takes_the_change_back(screen: Screen, desk: Desk) -> None:
    border.keep_movement(
        desk, Movement(id="", from_place="the old mill", to_place="KG-C", people=40, moved_on=date(2010, 6, 12))
    )
    screen.presenter.opened()
    press(Qt.Key.Key_Return)
    values = screen.form.values()
    assert (values["start"], values["end"], values["people"]) == (TYPED + "the old mill", "KG-C", "40")
    screen.fill(people="55")
    assert border.movements(desk)[0].movement.people == 55
    screen.view.told._act()
    assert border.movements(desk)[0].movement.people == 40
    assert "40 people" in spoken(screen.view.model)[0]


def test_more_than_one_page(screen: Screen, desk: Desk) -> None:
    with desk.writing() as unit:
        unit.add(*(Movement(id=f"{at:032x}", to_place=f"place {at}") for at in range(450)))
    screen.presenter.refresh(frozenset({"Movement"}))
    assert screen.view.model.rowCount() == 450
    screen.view.model.row_at(449)
    assert screen.view.model.row_at(449).to_name == "place 0"


def test_everything_has_a_name_and_nothing_is_markup(screen: Screen, desk: Desk) -> None:
    border.keep_movement(desk, Movement(id="", to_place="<b>x</b>"))
    screen.presenter.refresh(frozenset({"Movement"}))
    said(screen.view)
    assert unnamed(screen.view) == []
    assert rich(screen.view) == []
    press(Qt.Key.Key_N, CTRL)
    assert unnamed(screen.form) == []


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_is_wider_than_the_page(screen: Screen, desk: Desk, percent: int) -> None:
    border.keep_movement(desk, Movement(id="", to_place="Osh"))
    screen.presenter.refresh(frozenset({"Movement"}))
    look().set_text_size(percent)
    screen.view.resize(1254, 640)
    said(screen.view)
    assert screen.view.minimumSizeHint().width() <= 1254


# --- the tabs ---------------------------------------------------------------------------------------------------------


def test_ctrl_page_down_turns_to_the_next_list_and_a_draft_back_to_the_sites(desk: Desk) -> None:
    places, borders, movements, view = Places(desk), Borders(desk), Screen(desk), DashboardView(supervisor=True)
    dashboard = DashboardPresenter(view, desk, InlineRunner(), QueueWays(), lambda: places.presenter.marked)
    whole = SitesScreen(places.presenter, dashboard, borders.presenter, movements.presenter)
    with window_of(whole.widget):
        whole.opened()
        assert "No sites yet" in said(whole.widget)
        press(Qt.Key.Key_PageDown, CTRL)
        assert whole.current is dashboard
        assert "Nobody is counted here yet" in said(whole.widget)
        press(Qt.Key.Key_PageDown, CTRL)
        assert whole.current is borders.presenter
        assert "No border points yet" in said(whole.widget)
        press(Qt.Key.Key_PageDown, CTRL)
        assert "No movements yet" in said(whole.widget)
        drafts.keep(desk, "d1", "site", {"site_id": "", "form": {"name": "Stadium"}})
        whole.open_draft(drafts.mine(desk, "site")[0])
        assert whole.current is places.presenter
        assert places.view.pane.values().name == "Stadium"
