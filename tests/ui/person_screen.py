"""A small family in a vault and the record's screen over it, for tests of that screen."""

from __future__ import annotations

import copy
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from panoh.base.ids import new_id
from panoh.domain.cases import User
from panoh.domain.household import Household
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, PersonName
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.ui.navigator import Among
from panoh.ui.person.presenter import PersonPresenter
from panoh.ui.person.view import PersonView
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.widgets.buttons import LinkButton
from panoh.ui.widgets.control_values import read, write
from panoh.ui.widgets.small_form import SmallForm


class Steps:
    """A navigator that remembers where one wanted to go."""

    def __init__(self) -> None:
        self.went: list[tuple[str, str]] = []

    def open_person(self, person_id: str, among: Among | None = None) -> None:
        self.went.append(("person", person_id))

    def open_request(self, request_id: str) -> None:
        self.went.append(("request", request_id))

    def new_request(self, person_id: str) -> None:
        self.went.append(("new_request", person_id))

    def open_report(self, person_id: str) -> None:
        self.went.append(("report", person_id))

    def back(self) -> None:
        self.went.append(("back", ""))


class Screen:
    """The record's screen with its presenter, reading one vault."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.privacy, self.steps = desk, Privacy(), Steps()
        self.view = PersonView(desk.vocabularies, self.privacy, InlineRunner(), desk.clock.today)
        self.presenter = PersonPresenter(self.view, desk, InlineRunner(), self.steps, self.privacy)
        self.changes: list[frozenset[str]] = []
        self.view.changed.connect(lambda changes: self.changes.append(changes.kinds))

    def open(self, person_id: str, among: Among | None = None) -> Screen:
        self.presenter.show(person_id, among, "People")
        self.presenter.opened()
        return self

    def write(self, tab: str, key: str, value: str) -> None:
        """Type into a field of a tab as a person does."""
        write(self.view.edit_tabs[tab].form.rows[key].control, value)
        self.view.edit_tabs[tab].edited.emit()

    def read(self, tab: str, key: str) -> str:
        return read(self.view.edit_tabs[tab].form.rows[key].control)

    def rows(self, tab: str, key: str, rows: list[dict[str, str]]) -> None:
        """Fill the rows of a list."""
        self.view.edit_tabs[tab].set_values({key: rows})
        self.view.edit_tabs[tab].edited.emit()

    def problems(self, tab: str) -> dict[str, str]:
        """The errors that stand at fields."""
        return {key: row.error for key, row in self.view.edit_tabs[tab].form.rows.items() if row.error}


def words_of(widget: QWidget) -> str:
    """Every label of a page."""
    labels = [label.text() for label in widget.findChildren(QLabel)]
    return "\n".join([*labels, *(w.accessibleName() for w in widget.findChildren(QWidget))])


def family(desk: Desk) -> Person:
    """A man who fears the State he is about to enter, his wife here and his son missing."""
    home = Household(id=new_id(), number=_number(desk))
    born = {"birth_precision": "year", "birth_earliest": date(1972, 1, 1), "birth_latest": date(1972, 12, 31)}
    man = Person(
        id=new_id(), number=_number(desk), household_id=home.id, relation="head", given_name="Илҳом",
        family_name="Сатторқуллиев", sex="M", birth_said="1972", birth_basis="stated", languages=("uz", "ru"),
        nationalities=("UZ",), fled_from="KG", country_now="KG", intends_to_go="UZ", urgent="none",
        registered_at=desk.clock.now(), **born,
    )  # fmt: skip
    wife = Person(
        id=new_id(), number=_number(desk), household_id=home.id, relation="spouse", given_name="Гулнора", sex="F"
    )
    son = Person(
        id=new_id(), number=_number(desk), household_id=home.id, relation="child", given_name="Шерзод", sex="M",
        presence="missing",
    )  # fmt: skip
    keep(desk, home, man, wife, son)
    keep(
        desk,
        PersonName(id=new_id(), person_id=man.id, kind="other_script", text="Ilhom Sattorqulliyev"),
        IdentityDocument(id=new_id(), person_id=man.id, kind="passport", issuer="UZ", state="lost"),
        SpecificNeed(id=new_id(), person_id=man.id, code="LP-ND", source="own_account"),
        RefoulementAssessment(id=new_id(), person_id=man.id, feared_country="UZ", source="own_account", sure="stated"),
    )
    return man


def as_caseworker(desk: Desk, name: str = "Nurlan B.") -> Desk:
    """The same vault in the hands of a caseworker who holds no case."""
    user = User(id=new_id(), name=name, role="caseworker")
    keep(desk, user)
    other = copy.copy(desk)
    other.user = user
    return other


def _number(desk: Desk) -> str:
    with desk.writing() as unit:
        return unit.next_numbers()[0]


def dialog(screen: Screen) -> SmallForm:
    """The small form that was opened last."""
    found = screen.presenter.actions.dialog
    assert found is not None
    return found


def fill(screen: Screen, **values: str) -> SmallForm:
    """Fill it in and press its button."""
    form = dialog(screen)
    for key, value in values.items():
        form.set_value(key, value)
    form.act.click()
    return form


def errors(form: SmallForm) -> set[str]:
    """The fields at which a problem is told."""
    return {key for key, row in form.form.rows.items() if row.error}


def link(screen: Screen, words: str) -> LinkButton:
    """A link of the tab Case, by its first words."""
    return next(each for each in screen.view.case.findChildren(LinkButton) if each.accessibleName().startswith(words))
