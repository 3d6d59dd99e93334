"""The Sites screen: the list, the record beside it, adding and changing, drafts, and that no number tells levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tracing_helpers import CTRL, Ways, press, register, rich, said, type_in, unnamed, window_of

from panoh.domain.household import Site
from panoh.services import drafts, sites
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.sites import SiteForm
from panoh.ui.privacy import Privacy
from panoh.ui.screens import AREAS
from panoh.ui.shell.help import help_text
from panoh.ui.sites.model import households_model, sites_model
from panoh.ui.sites.presenter import SitesPresenter
from panoh.ui.sites.record_panel import RecordPanel
from panoh.ui.sites.site_form import SiteFormPane
from panoh.ui.sites.view import SitesView
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.widgets.level import level_word


class Screen:
    """The Sites screen over one vault."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.ways = desk, Ways()
        words, runner = desk.vocabularies, InlineRunner()
        households = households_model(runner, words)
        record, pane = RecordPanel(words, households), SiteFormPane(words)
        self.view = SitesView(sites_model(runner, words, desk.clock.today), record, pane)
        self.presenter = SitesPresenter(self.view, households, desk, runner, self.ways, Privacy())
        self.presenter.changed.connect(self.ways.changes.append)
        self.presenter.told_saved.connect(self.ways.status.append)

    def rows(self) -> list[str]:
        """The list as it is read out."""
        model = self.view.model
        return [
            str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
        ]

    def cell(self, row: int, key: str) -> str:
        model = self.view.model
        column = [known.key for known in model.columns].index(key)
        return str(model.data(model.index(row, column)))

    def errors(self) -> dict[str, str]:
        return {key: row.error for key, row in self.view.pane.form.rows.items() if row.error}


def type_on(text: str) -> None:
    """Go on typing where a list of suggestions may have the keys."""
    popup = QApplication.activePopupWidget()
    if popup:
        press(Qt.Key.Key_Escape, on=popup)
    type_in(text)


def made(desk: Desk, name: str, **more: str) -> Site:
    return sites.add(desk, SiteForm(name=name, **more))[0]


def family(desk: Desk, site: Site, shelter: str = "", people: int = 2) -> str:
    rows = [FamilyRow(name="Каримова Лола", sex="F", birth="34", relation="head")]
    rows += [FamilyRow(name=f"Каримов {n}", sex="M", birth=str(3 * n), relation="child") for n in range(1, people)]
    return save_family(desk, FamilyForm(rows=tuple(rows), site_id=site.id, shelter=shelter)).people[0].id


@pytest.fixture
def tents(desk: Desk) -> Site:
    return made(desk, "Tents, cotton depot", kind="tents", country="UZ", capacity="3", closing_on="18.6.2010")


@pytest.fixture
def school(desk: Desk) -> Site:
    return made(desk, "Мактаб 14", kind="school", capacity="100")


@pytest.fixture
def screen(desk: Desk, tents: Site, school: Site) -> Iterator[Screen]:
    family(desk, tents, "open_air")
    family(desk, tents, "adequate", 3)
    family(desk, school)
    made_screen = Screen(desk)
    with window_of(made_screen.view):
        made_screen.presenter.opened()
        yield made_screen


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_fullest_stands_first_and_over_capacity_is_told_in_words(screen: Screen) -> None:
    assert screen.rows() == [
        "Tents, cotton depot, Tents, Uzbekistan, 5 people, 2 over its capacity of 3, closes on 18 Jun 2010, in 4 days",
        "Мактаб 14, School, 2 people, room for 98 more of 100, no closing day set",
    ]
    assert screen.cell(0, "state") == "2 over capacity"
    assert "2 sites" in said(screen.view)
    assert screen.view.table.hasFocus()


def test_the_head_of_a_column_sorts(screen: Screen) -> None:
    screen.view.table._sort(0)
    assert screen.cell(0, "name") == "Tents, cotton depot"
    screen.view.table._sort(0)
    assert screen.cell(0, "name") == "Мактаб 14"
    screen.view.table._sort(4)
    assert screen.cell(0, "name") == "Tents, cotton depot"


def test_no_sites_yet_says_what_will_be_here_and_ctrl_n_adds_one(desk: Desk) -> None:
    screen = Screen(desk)
    with window_of(screen.view):
        screen.presenter.opened()
        assert "No sites yet" in said(screen.view)
        press(Qt.Key.Key_N, CTRL)
        type_in("Stadium")
        press(Qt.Key.Key_S, CTRL)
        assert [line.site.name for line in sites.page(desk, "name", False, 0, 10)] == ["Stadium"]
        assert "No sites yet" not in said(screen.view)
        assert "Stadium" in said(screen.view.record)
        assert screen.view.table.hasFocus()


def test_more_sites_than_one_page(desk: Desk) -> None:
    with desk.writing() as unit:
        numbers = unit.next_numbers(450)
        unit.add(*(Site(id=f"{at:032x}", number=number, name=f"S{at:03}") for at, number in enumerate(numbers)))
    screen = Screen(desk)
    screen.presenter.opened()
    screen.presenter._sort("name", False)
    assert screen.view.model.rowCount() == 450
    screen.view.model.row_at(449)  # asks for its page
    assert screen.view.model.row_at(449).site.name == "S449"


# --- the record -------------------------------------------------------------------------------------------------------


def test_the_record_tells_room_closing_shelter_and_households(screen: Screen) -> None:
    words = said(screen.view.record)
    assert "2 over its capacity of 3. Find room elsewhere" in words
    assert "Closes on 18 Jun 2010, in 4 days" in words
    assert "In the open\n1 household, 2 people" in words
    assert "Adequate\n1 household, 3 people" in words
    model = screen.view.record.table.model()
    first = str(model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole))
    assert first.startswith("Household KX7-")
    assert first.endswith("2 people, shelter in the open")
    assert screen.view.record._ages.accessibleName() == "Who is there, by age and sex, 5 in all"
    screen.view.table.setFocus()
    press(Qt.Key.Key_Down)
    assert "Мактаб 14" in said(screen.view.record)
    assert "over its capacity" not in said(screen.view.record)
    assert "Closes on" not in said(screen.view.record)


def test_a_household_opens_the_record_of_its_head(screen: Screen, desk: Desk, tents: Site) -> None:
    head = sites.households(desk, tents.id, 0, 1)[0].first_person_id
    press(Qt.Key.Key_Return)  # from the list into the record
    screen.view.record.table.setFocus()
    press(Qt.Key.Key_Return)
    assert screen.ways.people == [head]


def test_nobody_is_named_and_no_level_is_told(screen: Screen, desk: Desk, tents: Site) -> None:
    register(desk, "Илҳом", "Сатторқуллиев", site_id=tents.id, urgent="yes")
    screen.presenter.refresh(frozenset({"Person"}))
    words = "\n".join((said(screen.view), *screen.rows()))
    for name in ("Каримов", "Лола", "Илҳом"):
        assert name not in words
    for level in ("critical", "high", "medium", "low", "unknown"):
        assert level_word(level) not in words.replace("room not known", "")


def test_a_site_without_people_has_no_empty_charts(screen: Screen, desk: Desk) -> None:
    empty = made(desk, "Empty")
    screen.presenter.open_site(empty.id)
    assert "Empty" in said(screen.view.record)
    assert not screen.view.record._ages_panel.isVisible()
    assert not screen.view.record._households_panel.isVisible()
    assert "room not known" in "\n".join(screen.rows())


def test_a_closed_site_with_people_says_what_to_do(screen: Screen, desk: Desk, tents: Site) -> None:
    sites.change(desk, tents.id, replace(sites.form_of(tents), closing_on="12.6.2010"))
    screen.presenter.refresh(frozenset({"Site"}))
    assert "Closed on 12 Jun 2010, 2 days ago" in said(screen.view.record)


# --- adding and changing ----------------------------------------------------------------------------------------------


def test_a_site_is_added_by_keys_alone(screen: Screen, desk: Desk) -> None:
    press(Qt.Key.Key_N, CTRL)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Name"
    type_in("Stadium\t\tKyrgyzstan")
    type_on("\t250\t20.6.2010")
    press(Qt.Key.Key_S, CTRL)
    site = next(line.site for line in sites.page(desk, "name", False, 0, 10) if line.site.name == "Stadium")
    assert (site.country, site.capacity, str(site.closing_on)) == ("KG", 250, "2010-06-20")
    assert screen.ways.changes[-1].kinds == {"Site"}
    assert screen.ways.status[-1].startswith("Saved ")
    assert not screen.view.form_open
    current = screen.view.table.current()
    assert current is not None
    assert current.site.id == site.id


def test_a_site_is_changed_in_place_of_its_record(screen: Screen, desk: Desk, tents: Site) -> None:
    press(Qt.Key.Key_E, CTRL)
    assert screen.view.form_open
    assert screen.view.pane.values() == sites.form_of(tents)
    screen.view.pane.form.rows["capacity"].take_focus()
    screen.view.pane.form.rows["capacity"].control.selectAll()  # type: ignore[attr-defined]
    type_in("40")
    press(Qt.Key.Key_S, CTRL)
    assert sites.record(desk, tents.id).line.site.capacity == 40
    assert "room for 35 more of 40" in "\n".join(screen.rows())


def test_what_cannot_be_kept_is_told_and_kept_as_a_draft(screen: Screen, desk: Desk) -> None:
    press(Qt.Key.Key_N, CTRL)
    type_in("МАКТАБ 14\t\tAtlantis")
    type_on("\tmany\t31.6.2010")
    press(Qt.Key.Key_S, CTRL)
    assert list(screen.errors()) == ["name", "country", "capacity", "closing_on"]
    assert "kept in the draft of" in said(screen.view.pane)
    assert sites.count(desk) == 2
    assert len(drafts.mine(desk, "site")) == 1
    screen.view.pane.leave_asked.emit()
    assert drafts.mine(desk, "site") == []
    assert not screen.view.form_open


def test_a_half_typed_site_is_offered_again(screen: Screen, desk: Desk, tents: Site) -> None:
    press(Qt.Key.Key_E, CTRL)
    type_in("Tents, south")
    screen.presenter.keep_draft()
    again = Screen(desk)
    with window_of(again.view):
        again.presenter.opened()
        again.presenter._change()
        assert again.view.pane.values().name == "Tents, cotton depot"
        again.view.pane.offer._act()
        assert again.view.pane.values().name.endswith("Tents, south")
        assert again.view.pane.values().country == "UZ"
        press(Qt.Key.Key_S, CTRL)
        assert drafts.mine(desk, "site") == []


def test_a_draft_opens_from_today(screen: Screen, desk: Desk, tents: Site) -> None:
    drafts.keep(desk, "d1", "site", {"site_id": "", "form": {"name": "Stadium", "country": "KG", "other": 3}})
    screen.presenter.open_draft(drafts.mine(desk, "site")[0])
    assert screen.view.form_open
    assert screen.view.pane.values() == SiteForm(name="Stadium", country="KG")
    screen.view.pane.leave_asked.emit()
    assert drafts.mine(desk, "site") == []


def test_an_unchanged_form_leaves_no_draft(screen: Screen, desk: Desk) -> None:
    press(Qt.Key.Key_E, CTRL)
    screen.presenter.keep_draft()
    press(Qt.Key.Key_N, CTRL)
    screen.presenter.keep_draft()
    assert drafts.mine(desk, "site") == []


def test_a_cancelled_change_keeps_everything_as_it_was(
    screen: Screen, desk: Desk, tents: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from panoh.base.errors import AppError

    def cancelled(*_args: object) -> None:
        raise AppError("cancelled")

    monkeypatch.setattr(sites, "change", cancelled)
    press(Qt.Key.Key_E, CTRL)
    type_in("New name")
    press(Qt.Key.Key_S, CTRL)
    assert screen.view.form_open
    assert screen.view.pane.values().name.endswith("New name")
    assert screen.view.pane.note.isVisible()


# --- the window -------------------------------------------------------------------------------------------------------


def test_sites_stand_between_tracing_and_reports() -> None:
    areas = [area.shown() for area in AREAS]
    assert [area.key for area in areas] == [
        "today",
        "triage",
        "people",
        "families",
        "tracing",
        "sites",
        "reports",
        "settings",
    ]
    assert [area.place for area in areas] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_the_screen_has_a_help_page_of_its_own() -> None:
    assert help_text("sites")[0] == "Sites"


def test_everything_has_a_name_and_nothing_is_markup(screen: Screen, desk: Desk) -> None:
    made(desk, "<b>x</b>", capacity="5")
    screen.presenter.refresh(frozenset({"Site"}))
    for open_it in (lambda: None, screen.presenter._change):
        open_it()
        said(screen.view)
        assert unnamed(screen.view) == []
        assert rich(screen.view) == []


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_is_wider_than_the_page(screen: Screen, percent: int) -> None:
    look().set_text_size(percent)
    screen.view.resize(1254, 640)
    said(screen.view)
    assert screen.view.minimumSizeHint().width() <= 1254
    screen.view.split.open_side()
    said(screen.view)
    body = screen.view.record._area
    assert body.widget().minimumSizeHint().width() <= body.viewport().width()
    screen.presenter._change()
    said(screen.view)
    body = screen.view.pane._area
    assert body.widget().minimumSizeHint().width() <= body.viewport().width()


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_it_paints_in_every_theme(screen: Screen, theme: str) -> None:
    look().choose_theme(theme)
    assert not screen.view.grab().isNull()


def test_changes_elsewhere_reach_the_list_and_the_record(screen: Screen, desk: Desk, school: Site) -> None:
    screen.presenter.open_site(school.id)
    lola = register(desk, "Лола", "Каримова", site_id=school.id)
    screen.presenter.refresh(frozenset({"Person"}))
    assert "room for 97 more" in "\n".join(screen.rows())
    assert "3 people" in said(screen.view.record)
    keep(desk, replace(lola, presence="missing"))
    screen.presenter.refresh(frozenset({"Person"}))
    assert "2 people" in said(screen.view.record)


# --- access, security, what is lacking --------------------------------------------------------------------------------


def test_access_security_and_lacks_are_typed_kept_and_told(screen: Screen, desk: Desk, tents: Site) -> None:
    press(Qt.Key.Key_E, CTRL)
    rows = screen.view.pane.form.rows
    for key, code in (("access", "refused"), ("security", "unsafe"), ("place", "KG-GO")):
        screen.view.pane._write(rows[key].control, code)
    rows["access_by"].take_focus()
    type_in("the commandant\t12.6.2010")
    rows["expected_people"].take_focus()
    type_in("1 500\t17.6.2010\t ")  # the blank ticks the first box: water
    rows["remarks"].take_focus()
    type_in("Gate at the back.")
    press(Qt.Key.Key_S, CTRL)
    site = sites.record(desk, tents.id).line.site
    assert (site.access, site.access_by, site.security, site.place) == ("refused", "the commandant", "unsafe", "KG-GO")
    assert (site.expected_people, site.lacks, site.remarks) == (1500, ("water",), "Gate at the back.")
    assert (str(site.visited_on), str(site.expected_on)) == ("2010-06-12", "2010-06-17")
    words = said(screen.view.record)
    assert "Access is refused by the commandant. It is unsafe there." in words
    assert "12 Jun 2010, 2 days ago" in words
    assert "1,500 people on 17 Jun 2010, in 3 days" in words
    assert "Lacking there\nWater" in words
    assert "Osh city" in words
    assert "access refused" in screen.rows()[0]
    press(Qt.Key.Key_E, CTRL)
    assert screen.view.pane.values() == sites.form_of(site)


def test_what_nobody_recorded_of_a_site_is_said_to_be_so(screen: Screen) -> None:
    words = said(screen.view.record)
    assert "Access\nnot recorded" in words
    assert "no visit recorded" in words
    assert "nobody that is known" in words
    assert not screen.view.record._access.isVisible()


def test_what_is_wrong_with_access_is_told_at_its_field(screen: Screen, desk: Desk) -> None:
    press(Qt.Key.Key_E, CTRL)
    rows = screen.view.pane.form.rows
    for key, text in (("access_by", "x" * 201), ("visited_on", "15.6.2010"), ("expected_people", "many")):
        screen.view.pane._write(rows[key].control, text)
    press(Qt.Key.Key_S, CTRL)
    assert list(screen.errors()) == ["access_by", "visited_on", "expected_people"]
