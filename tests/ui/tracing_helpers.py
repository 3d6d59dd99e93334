"""What the tests of Tracing, Reports and Settings share: keys as a person presses them, windows, people to find."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from panoh.base.ids import new_id
from panoh.domain.person import Person
from panoh.services import records
from panoh.services.desk import Changes, Desk
from panoh.ui.person_picker import PersonPicker
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.widgets.labels import SpanLabel

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
_NAMED = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return, " ": Qt.Key.Key_Space}


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "", *, on: QWidget | None = None) -> None:
    """One key where the focus is; in a dialog, which no window system makes active here, `on` says where that is."""
    target = on or QApplication.focusWidget()
    assert target is not None
    QTest.sendKeyEvent(QTest.KeyAction.Click, target, key, text, modifiers)


def type_in(text: str) -> None:
    """Signs of any script; a tab, a line end and a blank are the keys of that name."""
    for sign in text:
        press(_NAMED.get(sign, Qt.Key(ord(sign.upper()[0]))), text=sign if sign not in "\t\n" else "")


@contextmanager
def window_of(view: QWidget, width: int = 1230, height: int = 690) -> Iterator[QWidget]:
    """A window that holds this view and is active."""
    window = QWidget()
    view.setParent(window)
    window.resize(width, height)
    view.resize(width, height)
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    yield window
    window.close()
    window.deleteLater()


def unnamed(root: QWidget) -> list[str]:
    """Widgets that Tab reaches without a name for screen readers."""
    found = [one for one in root.findChildren(QWidget) if one.isVisibleTo(root)]
    return [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for one in found
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None and not one.accessibleName()
    ]


def rich(root: QWidget) -> list[str]:
    """Labels that would read text that people typed as markup."""
    return [one.text() for one in root.findChildren(QLabel) if one.textFormat() != Qt.TextFormat.PlainText]


def said(root: QWidget) -> str:
    """Every word of the labels that show, once what was just put on the page is laid out."""
    QApplication.processEvents()
    labels = [*root.findChildren(QLabel), *root.findChildren(SpanLabel)]
    return "\n".join(one.text() for one in labels if one.isVisibleTo(root))


@dataclass
class Ways:
    """Notes where the screen wanted to go, and what it said was changed."""

    people: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)

    def open_person(self, person_id: str, among: object = None) -> None:
        self.people.append(person_id)

    def open_request(self, request_id: str) -> None: ...

    def new_request(self, person_id: str) -> None: ...

    def open_report(self, person_id: str) -> None: ...

    def open_tracing_paper(self, kind: str, about: str = "") -> None: ...

    def open_case_field(self, person_id: str, key: str) -> None:
        self.fields.append((person_id, key))

    def back(self) -> None: ...


def register(desk: Desk, given: str, family: str, **more: object) -> Person:
    """Someone registered now."""
    with desk.writing() as unit:
        number = unit.next_numbers()[0]
    values: dict[str, object] = {"given_name": given, "family_name": family, "registered_at": desk.clock.now(), **more}
    person = Person(id=new_id(), number=number, **values)  # type: ignore[arg-type]
    records.keep(desk, person)
    return person


def picker(desk: Desk, privacy: Privacy | None = None, *, number_only: bool = False) -> PersonPicker:
    """A box to find people in, that finds them at once."""
    return PersonPicker(desk, InlineRunner(), privacy or Privacy(), number_only=number_only)
