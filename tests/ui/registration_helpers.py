"""What the tests of 'Register a family' share: keys as a person presses them, and a page with services of memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from panoh.base.clock import Clock
from panoh.base.errors import AppError, FieldProblem
from panoh.domain.dates import parse_date
from panoh.domain.household import Household
from panoh.domain.lines import PersonLine
from panoh.domain.match_parts import Match, Part, band_of
from panoh.domain.person import Person
from panoh.services import resources
from panoh.services.desk import Changes
from panoh.services.drafts import Draft
from panoh.services.duplicates import Duplicate
from panoh.services.registration import FamilyForm, SavedFamily
from panoh.ui.privacy import Privacy
from panoh.ui.registration.cells import Cells
from panoh.ui.registration.grid_model import GridModel
from panoh.ui.registration.presenter import RegisterFamily, Wishes
from panoh.ui.registration.services import FamilyServices
from panoh.ui.registration.view import RegisterFamilyView
from panoh.ui.tasks import InlineRunner, TaskRunner
from panoh.ui.theme import look

COUNTRIES = [("KG", "Kyrgyzstan"), ("UZ", "Uzbekistan"), ("RU", "Russia"), ("FR", "France")]
CHOICES = {
    "site_id": [("s1", "School 7, Aravan road"), ("s2", "Tents at the cotton depot")],
    "language": [("uz", "Uzbek"), ("ky", "Kyrgyz"), ("ru", "Russian")],
    "fled_from": COUNTRIES,
    "country_now": COUNTRIES,
    "intends_to_go": COUNTRIES,
}
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
_NAMED = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return, " ": Qt.Key.Key_Space}


class Keyboard:
    """Presses keys where the focus is, and counts them."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "") -> None:
        """One key; with `text` the sign that the layout gives for it."""
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None
        self.pressed += 1
        QTest.sendKeyEvent(QTest.KeyAction.Click, target, key, text, modifiers)

    def type(self, text: str) -> None:
        """Signs of any script; a tab, a line end and a blank are the keys of that name."""
        for sign in text:
            key = _NAMED.get(sign, Qt.Key(ord(sign.upper()[0])))
            self.press(key, text=sign if sign not in "\t\n" else "")


PARTS = (
    Part("name", 35, 35, "same", "same, other script"),
    Part("birth", 14, 15, "same", "same day, stated"),
    Part("place", 12, 12, "same", "same street"),
    Part("paper", 0, 20, "not_known", "not known"),
)


def duplicate(
    number: str, family: str, given: str, score: int, *, other: str = "", sex: str = "F", birth: str = "12.3.1998"
) -> Duplicate:
    """A registered person who looks like someone being typed."""
    line = PersonLine(
        id=f"id-{number}",
        number=number,
        external_id="",
        given_name=given,
        family_name=family,
        patronymic="",
        sex=sex,
        birth=parse_date(birth, date(2010, 6, 14)),
        relation="child",
        household_id="h",
        presence="here",
        site_name="Tents at the cotton depot",
        level="high",
        due_at=None,
        waiting_since=None,
        restricted=False,
        reasons="",
        owner_id="",
        owner_name="",
    )
    return Duplicate(line, other, Match(score, band_of(score), PARTS))


@dataclass
class Memory:
    """Services that keep everything in memory and can be told to fail."""

    clock: Clock
    saved: list[FamilyForm] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)
    found: dict[str, Sequence[Duplicate]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    refusal: list[FieldProblem] = field(default_factory=list)
    failure: AppError | None = None

    def services(self) -> FamilyServices:
        return FamilyServices(
            save=self._save,
            undo_save=lambda changes: (self.saved.pop(), changes)[1],
            check=lambda _form: self.refusal,
            choices=lambda: CHOICES,
            probable=self._probable,
            keep_draft=self._keep,
            drop_draft=self._drop,
            drafts=lambda: sorted(self.drafts.values(), key=lambda draft: draft.saved_at, reverse=True),
        )

    def _save(self, form: FamilyForm) -> SavedFamily:
        if self.failure:
            raise self.failure
        self.saved.append(form)
        self.drafts.pop(form.draft_id, None)
        rows = [row for row in form.rows if not row.empty]
        people = tuple(Person(id=f"p{at}", given_name=row.name, relation=row.relation) for at, row in enumerate(rows))
        household = Household(id="h1", number="KX7-00361-A")
        return SavedFamily(household, people, (), Changes(frozenset({"Person", "Household"})))

    def _probable(self, name: str, _sex: str, _birth: str, _address: str) -> Sequence[Duplicate]:
        self.asked.append(name)
        return self.found.get(name, ())

    def _keep(self, draft_id: str, payload: dict[str, Any]) -> None:
        if self.failure:
            raise self.failure
        self.drafts[draft_id] = Draft(draft_id, "u1", "family", self.clock.now(), payload)

    def _drop(self, draft_id: str) -> None:
        self.drafts.pop(draft_id, None)


class Page:
    """The screen in a window of its own."""

    def __init__(self, services: FamilyServices, clock: Clock, runner: TaskRunner | None = None) -> None:
        self.words = resources.vocabularies()
        self.model = GridModel(Cells(self.words, clock.today))
        self.view = RegisterFamilyView(self.words, self.model)
        self.opened_people: list[str] = []
        self.changes: list[Changes] = []
        self.status: list[str] = []
        self.privacy = Privacy()
        wishes = Wishes(self.opened_people.append, self.changes.append, self.status.append)
        self.screen = RegisterFamily(
            self.view, services, runner or InlineRunner(), clock, self.words, self.privacy, wishes
        )
        self.window = QWidget()
        self.keys = Keyboard()
        self.view.setParent(self.window)
        self.view.resize(1230, 640)
        self.window.resize(1230, 640)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.screen.opened()

    def members(self) -> None:
        """Go to the grid, as Alt+M does."""
        self.keys.press(Qt.Key.Key_M, ALT)

    def settle(self) -> None:
        """As if a moment had gone by: what waits for a pause in typing happens now."""
        for timer in (self.view._search_timer, self.view._draft_timer):
            if timer.isActive():
                timer.stop()
                timer.timeout.emit()

    def set_text_size(self, percent: int) -> None:
        """Another text size, in a window of another size."""
        look().set_text_size(percent)
        self.view.resize(1230, 641)
        self.wait()

    def wait(self) -> None:
        """Let layouts and what was put off by a moment happen."""
        for _round in range(4):
            QApplication.processEvents()

    def names(self) -> list[str]:
        """The names in the grid."""
        return [row.name for row in self.model.rows()]

    def close(self) -> None:
        """Take the page away."""
        if shiboken6.isValid(self.window):
            self.window.close()
            self.window.deleteLater()


def without_draft(form: FamilyForm) -> FamilyForm:
    """The form without the id of its draft."""
    return replace(form, draft_id="")
