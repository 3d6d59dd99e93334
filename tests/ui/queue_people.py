"""People, a caseworker's desk and a window, for the tests of Today and Triage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from panoh.base.ids import new_id
from panoh.domain.cases import Case, Task, User
from panoh.domain.lines import PeopleFilter
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import records
from panoh.services.desk import Desk
from panoh.services.drafts import Draft
from panoh.services.triage import QueueFilter
from panoh.ui.navigator import Among


def grown(number: str, family: str, given: str, born: int = 1970, sex: str = "F", **values: str) -> Person:
    """An adult of whom nothing urgent is known."""
    return Person(
        id=new_id(),
        number=number,
        family_name=family,
        given_name=given,
        sex=sex,
        birth_precision="year",
        birth_earliest=date(born, 1, 1),
        birth_latest=date(born, 12, 31),
        urgent="none",
        fled_from="KG",
        **values,
    )


def afraid_of(person: Person, country: str) -> RefoulementAssessment:
    """What the person said about a country; 'none' is asked, and there is none."""
    return RefoulementAssessment(
        id=new_id(), person_id=person.id, feared_country=country, source="own_account", sure="stated"
    )


@dataclass
class People:
    """Five people in the vault, one for each level."""

    wounded: Person
    exile: Person
    child: Person
    unasked: Person
    calm: Person


def register(desk: Desk) -> People:
    """Write the five into the vault: critical, critical (restricted), high (a child alone), unknown, low."""
    found = People(
        wounded=grown("KX7-00001-1", "Жолборсов", "Эркинбек", sex="M"),
        exile=grown("KX7-00002-2", "Каримов", "Илҳом", sex="M", intends_to_go="UZ", border_status="waiting"),
        child=grown("KX7-00003-3", "", "Азиз", born=1998, sex="M"),
        unasked=Person(id=new_id(), number="KX7-00004-4", family_name="Тиллабоева", sex="F"),
        calm=grown("KX7-00005-5", "Орозова", "Гулнора"),
    )
    need = {"noticed_at": desk.clock.now(), "source": "observed"}
    records.keep(
        desk,
        *(found.wounded, found.exile, found.child, found.unasked, found.calm),
        afraid_of(found.exile, "UZ"),
        *(afraid_of(person, "none") for person in (found.wounded, found.child, found.calm)),
        SpecificNeed(id=new_id(), person_id=found.wounded.id, code="PX-WL", **need),  # type: ignore[arg-type]
        SpecificNeed(id=new_id(), person_id=found.child.id, code="SC-UC", **need),  # type: ignore[arg-type]
    )
    return found


def caseworker(desk: Desk) -> Desk:
    """The desk of someone who may not see what is restricted, in the same vault."""
    user = User(id=new_id(), name="Nurlan B.", role="caseworker")
    records.keep(desk, user)
    return desk.of(user)


def task(desk: Desk, person: Person, what: str, **values: object) -> Task:
    """A task of this desk's user."""
    made = Task(id=new_id(), person_id=person.id, what=what, owner_id=desk.user.id, **values)  # type: ignore[arg-type]
    records.keep(desk, made)
    return made


def owner(desk: Desk, person: Person) -> str:
    """The user who holds the person's case."""
    with desk.reading() as reading:
        return next((case.owner_id for case in reading.all(Case) if case.person_id == person.id), "")


@dataclass
class Ways:
    """Remembers where a screen led."""

    people: list[tuple[str, Among | None]] = field(default_factory=list)
    families: int = 0
    filters: list[QueueFilter] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    draft_lists: int = 0
    decision_lists: int = 0
    tracing_lists: int = 0
    sites: list[str] = field(default_factory=list)
    parts: list[PeopleFilter] = field(default_factory=list)

    def open_person(self, person_id: str, among: Among | None = None) -> None:
        self.people.append((person_id, among))

    def register_family(self) -> None:
        self.families += 1

    def register_person(self) -> None:
        self.families += 1

    def open_triage(self, wanted: QueueFilter) -> None:
        self.filters.append(wanted)

    def open_people(self, wanted: PeopleFilter) -> None:
        self.parts.append(wanted)

    def open_draft(self, draft: Draft) -> None:
        self.drafts.append(draft)

    def list_drafts(self) -> None:
        self.draft_lists += 1

    def list_decisions(self) -> None:
        self.decision_lists += 1

    def list_tracing(self) -> None:
        self.tracing_lists += 1

    def open_site(self, site_id: str) -> None:
        self.sites.append(site_id)

    def open_request(self, request_id: str) -> None: ...

    def new_request(self, person_id: str) -> None: ...

    def open_report(self, person_id: str) -> None: ...

    def back(self) -> None: ...


def window(view: QWidget) -> QWidget:
    """The view in a window of the size designed for, ready for keys."""
    made = QWidget()
    view.setParent(made)
    made.resize(1230, 692)
    view.resize(1230, 692)
    made.show()
    QTest.qWaitForWindowExposed(made)
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    return made


def faults(view: QWidget) -> list[str]:
    """Widgets that take the focus without a name, and labels that would read markup."""
    nameless = [
        repr(widget)
        for widget in view.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not widget.accessibleName()
    ]
    rich = [label.text() for label in view.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText]
    return nameless + rich
