"""The page Incidents in Triage: noting by keyboard, filters and charts, people and reports, what is withheld; the person's panel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from test_sites import made as site
from tracing_helpers import CTRL, press, rich, said, unnamed, window_of

from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.domain.cases import User
from panoh.domain.incidents import Incident, IncidentReport
from panoh.domain.person import Person
from panoh.services import incidents
from panoh.services.desk import CASEWORKER, Changes, Desk
from panoh.services.incidents import IncidentFilter
from panoh.services.records import keep
from panoh.ui.incidents.model import Chosen, incidents_model
from panoh.ui.incidents.presenter import IncidentsPresenter
from panoh.ui.incidents.record_panel import IncidentPanel
from panoh.ui.incidents.view import IncidentsView
from panoh.ui.person.incidents import IncidentsPanel
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import LinkButton
from panoh.ui.widgets.control_values import TYPED
from panoh.ui.widgets.notes import NoteBar

ANY = IncidentFilter()


class Ways:
    """Where the screen leads."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open_person(self, person_id: str, among: object = None) -> None:
        self.opened.append(person_id)


class Screen:
    """The page over one vault."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.changes, self.ways = desk, list[Changes](), Ways()
        words = desk.vocabularies
        self.view = IncidentsView(incidents_model(InlineRunner(), words), IncidentPanel(words, Privacy()))
        self.presenter = IncidentsPresenter(self.view, desk, InlineRunner(), self.ways, Privacy())  # type: ignore[arg-type]
        self.presenter.changed.connect(self.changes.append)

    @property
    def form(self):
        assert self.presenter.form is not None
        return self.presenter.form

    def fill(self, **values: str) -> None:
        for key, value in values.items():
            self.form.set_value(key, value)
        self.form.act.click()

    def problems(self) -> dict[str, str]:
        return {key: row.error for key, row in self.form.form.rows.items() if row.error}

    def shown(self) -> str:
        links = [link.accessibleName() for link in self.view.record.findChildren(LinkButton) if not link.isHidden()]
        return "\n".join((said(self.view.record), *links))


@pytest.fixture
def screen(desk: Desk) -> Iterator[Screen]:
    made = Screen(desk)
    with window_of(made.view):
        made.presenter.opened()
        yield made


@pytest.fixture
def other(desk: Desk) -> Desk:
    """A caseworker who holds no case."""
    user = User(id=new_id(), name="Bakyt", role=CASEWORKER)
    with desk.store.writing(desk.user.id) as unit:
        unit.add(user)
    return desk.of(user)


def person(desk: Desk, number: str = "KX7-00042-3") -> Person:
    made = Person(id=new_id(), number=number, given_name="Лола", family_name="Каримова", sex="F")
    keep(desk, made)
    return made


def note(desk: Desk, kind: str = "beating", day: int = 12, **facts: object) -> str:
    on = date(2010, 6, day)
    told = {"happened_precision": "day", "happened_earliest": on, "happened_latest": on}
    return incidents.note(desk, Incident(id="", kind=kind, **told, **facts))[0]  # type: ignore[arg-type]


def test_an_empty_page_says_what_will_be_here_and_ctrl_n_notes_one(screen: Screen, desk: Desk) -> None:
    school = site(desk, "School 5")
    screen.presenter.refresh(frozenset({"Site"}))
    assert "No incidents yet" in said(screen.view)
    press(Qt.Key.Key_N, CTRL)
    assert "Never write a name" in said(screen.form)
    screen.fill(people_told="many", happened="44.6.2010")
    assert sorted(screen.problems()) == ["happened", "kind", "people_told"]
    screen.fill(kind="arson", happened="12.6.2010", people_told="4", place=f"site:{school.id}", by_whom="Crowd, Police")
    [row] = incidents.page(desk, ANY, 0, 9)
    one = row.incident
    assert (one.kind, one.happened_precision, one.happened_earliest) == ("arson", "day", date(2010, 6, 12))
    assert (one.site_id, one.people_told, one.by_whom) == (school.id, 4, ("crowd", "police"))
    assert one.number in screen.shown()
    assert "whoever holds their case" not in screen.shown()  # its kind is open
    assert "School 5" in screen.shown()
    assert screen.changes[-1].kinds == {"Incident"}


def test_ctrl_e_changes_the_one_chosen_and_typed_places_stay_as_said(screen: Screen, desk: Desk) -> None:
    note(desk, place="the old mill", happened_said="12.6")
    screen.presenter.opened()
    press(Qt.Key.Key_E, CTRL)
    values = screen.form.values()
    assert values["place"] == TYPED + "the old mill"
    screen.fill(at_hour="at night", what="Two men came back")
    one = incidents.page(desk, ANY, 0, 9)[0].incident
    assert (one.at_hour, one.what, one.place) == ("at night", "Two men came back", "the old mill")
    assert (one.happened_earliest, one.happened_said) == (date(2010, 6, 12), "12.6")
    assert "Two men came back" in screen.shown()


def test_a_date_is_kept_as_roughly_as_it_is_known_and_is_no_age(screen: Screen, desk: Desk) -> None:
    press(Qt.Key.Key_N, CTRL)
    screen.fill(kind="threat", happened="7")
    assert list(screen.problems()) == ["happened"]
    screen.fill(happened="May 2010")
    one = incidents.page(desk, ANY, 0, 9)[0].incident
    assert (one.happened_precision, one.happened_earliest, one.happened_latest) == (
        "month",
        date(2010, 5, 1),
        date(2010, 5, 31),
    )


def test_filters_and_bars_leave_what_they_say(screen: Screen, desk: Desk) -> None:
    note(desk, "beating", 12)
    note(desk, "arson", 12)
    note(desk, "arson", 3)
    screen.presenter.opened()
    assert [bar.value for bar in screen.view.days.bars if bar.value] == [1, 2]
    assert screen.view.kinds.table_rows() == [("Arson", "2"), ("Beating", "1")]
    screen.view.kinds.opened.emit(0)
    assert screen.view.model.rowCount() == 2
    screen.view.days.opened.emit(len(screen.view.days.bars) - 3)  # 12 June
    assert screen.view.model.rowCount() == 1
    assert screen.view.period.value() == "2010-06-12"
    screen.view.chosen.emit(Chosen(kind="looting"))
    assert "No incident fits this filter" in said(screen.view)
    screen.view.clear_asked.emit()
    assert screen.view.model.rowCount() == 3


def test_people_and_reports_are_added_beside_it(screen: Screen, desk: Desk) -> None:
    made, who = note(desk), person(desk)
    screen.presenter.opened()
    screen.view.record.add_button.click()
    screen.fill(role="harmed")
    assert list(screen.problems()) == ["person"]
    screen.form.form.rows["person"].control.show_person(_line(desk, who))  # type: ignore[attr-defined]
    screen.fill()
    assert "Каримова" in screen.shown()
    screen.view.record.person_asked.emit(who.id)
    assert screen.ways.opened == [who.id]
    screen.view.record.report_button.click()
    screen.fill()
    assert list(screen.problems()) == ["told_to"]
    screen.fill(told_to="Health team", reference="H-7")
    assert "Health team" in screen.shown()
    assert incidents.record(desk, made).reports[0].told_on == desk.clock.today()
    screen.view.record.away_asked.emit(incidents.record(desk, made).people[0].link.id)
    assert "Каримова" not in screen.shown()


def _line(desk: Desk, who: Person):
    from panoh.services import people

    return people.line(desk, who.id)


def test_of_a_restricted_kind_who_may_not_see_reads_the_same_whoever_was_touched(desk: Desk, other: Desk) -> None:
    who = person(desk)
    texts = set()
    for what, linked in (("", False), ("Taken from her house", True)):
        made = note(desk, "detention", what=what, people_told=2)
        if linked:
            incidents.add_person(desk, made, who.id, "taken")
            incidents.tell_onwards(desk, IncidentReport(id="", incident_id=made, told_to="UNHCR"))
        number = incidents.record(desk, made).line.incident.number
        screen = Screen(other)
        with window_of(screen.view):
            screen.presenter.opened()
            screen.view.table.select_key(made)
            texts.add(screen.shown().replace(number, "NUMBER"))
            assert screen.view.record.change_button.isHidden()
    [text] = texts
    assert "whoever holds their case" in text
    assert "UNHCR" not in text
    assert "Лола" not in text


def test_the_panel_of_a_person_shows_what_the_reader_may_see(desk: Desk, other: Desk) -> None:
    who = person(desk)
    for kind in ("beating", "detention"):
        incidents.add_person(desk, note(desk, kind), who.id, "harmed")
    for reader, shown in ((desk, ("Beating", "Detention")), (other, ("Beating",))):
        panel = IncidentsPanel()
        with window_of(panel):
            panel.read(reader, InlineRunner(), who.id, NoteBar(tone="error", icon="state.error"))
            text = said(panel)
        assert [word for word in ("Beating", "Detention") if word in text] == list(shown)


def test_more_than_one_page(screen: Screen, desk: Desk, clock: FixedClock) -> None:
    with desk.writing() as unit:
        unit.add(*(Incident(id=f"{at:032x}", number=f"n{at}", kind="arson", place=f"place {at}") for at in range(450)))
    screen.presenter.refresh(frozenset({"Incident"}))
    assert screen.view.model.rowCount() == 450
    screen.view.model.row_at(449)
    assert screen.view.model.row_at(449).place == "place 0"


def test_everything_has_a_name_and_nothing_is_markup(screen: Screen, desk: Desk) -> None:
    made = note(desk, place="<b>x</b>", what="<i>y</i>")
    incidents.add_person(desk, made, person(desk).id, "harmed")
    screen.presenter.refresh(frozenset({"Incident"}))
    said(screen.view)
    assert unnamed(screen.view) == []
    assert rich(screen.view) == []
    for ask in (screen.presenter.note, screen.presenter.add_person, screen.presenter.tell_onwards):
        ask()
        assert unnamed(screen.form) == []
        screen.form.reject()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_is_wider_than_the_page(screen: Screen, desk: Desk, percent: int) -> None:
    note(desk, place="KG-GO")
    screen.presenter.refresh(frozenset({"Incident"}))
    look().set_text_size(percent)
    screen.view.resize(1254, 640)
    said(screen.view)
    assert screen.view.minimumSizeHint().width() <= 1254
