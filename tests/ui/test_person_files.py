"""Photos and files in the record: taken in, looked at, given out with a reason, taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from tests.ui.person_screen import Screen, as_caseworker, family

from panoh.domain.person import Person
from panoh.services import attachments, people
from panoh.services.desk import Desk
from panoh.ui.person.view import FILES, HISTORY


@pytest.fixture
def man(desk: Desk) -> Person:
    return family(desk)


@pytest.fixture
def screen(desk: Desk, man: Person) -> Screen:
    opened = Screen(desk).open(man.id)
    opened.view.show_tab(FILES)
    return opened


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_0001.jpg"
    Image.new("RGB", (600, 400), "teal").save(path)
    return path


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Whatever dialog asks for a file is answered with this one."""
    for asked in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, asked, lambda *_args: (str(path), ""))


def add(screen: Screen, monkeypatch: pytest.MonkeyPatch, path: Path, **values: str) -> None:
    choose(monkeypatch, path)
    screen.view.files.add.click()
    form = screen.presenter.files.dialog
    assert form is not None
    for key, value in values.items():
        form.set_value(key, value)
    form.act.click()


def test_a_photo_is_taken_in_and_shows_in_list_and_header(
    screen: Screen, man: Person, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = screen.view.files
    assert tab.model.rowCount() == 0
    assert screen.view.header.photo.text() == "No photo taken"
    add(screen, monkeypatch, photo, title="<b>at the school</b>")
    assert [(one.kind, one.title) for one in attachments.of_person(screen.desk, man.id)] == [
        ("photo", "<b>at the school</b>")
    ]
    tab.table.selectRow(0)
    assert not tab.picture.pixmap().isNull()
    assert not screen.view.header.photo.pixmap().isNull()
    screen.privacy.set_hidden(True)
    assert tab.picture.pixmap().isNull()
    assert "hidden" in tab.picture.text()
    assert screen.view.header.photo.text() == "Photo hidden"


def test_what_is_no_picture_is_told_in_the_form_and_nothing_is_kept(
    screen: Screen, man: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(b"nothing")
    add(screen, monkeypatch, path)
    form = screen.presenter.files.dialog
    assert form is not None
    assert "x.png" in form.note.words()
    assert attachments.of_person(screen.desk, man.id) == []


def test_a_copy_leaves_with_a_reason_that_stands_in_the_history(
    screen: Screen, man: Person, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(screen, monkeypatch, photo)
    tab = screen.view.files
    tab.table.selectRow(0)
    choose(monkeypatch, tmp_path / "out")
    tab.copy.click()
    form = screen.presenter.files.dialog
    assert form is not None
    form.act.click()
    assert "recorded" in form.form.rows["reason"].error
    assert not (tmp_path / "out.jpg").exists()
    form.set_value("reason", "For the tracing board of the Red Crescent")
    form.act.click()
    assert (tmp_path / "out.jpg").read_bytes().startswith(b"\xff\xd8")
    screen.view.show_tab(HISTORY)
    model = screen.view.history.model
    told = [model.row_at(row) for row in range(model.rowCount())]
    assert [one.values for one in told if one.what == "Photo or file given out"] == [
        "For the tracing board of the Red Crescent"
    ]


def test_a_file_that_is_taken_away_is_gone(
    screen: Screen, man: Person, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(screen, monkeypatch, photo)
    tab = screen.view.files
    tab.table.selectRow(0)
    tab.remove.click()
    form = screen.presenter.files.dialog
    assert form is not None
    form.act.click()
    assert attachments.of_person(screen.desk, man.id) == []
    assert tab.model.rowCount() == 0
    assert not tab.copy.isEnabled()
    assert screen.view.header.photo.text() == "No photo taken"


def test_a_copy_of_a_paper_is_withheld_and_no_history_tells_it(
    screen: Screen, man: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.4 x")
    add(screen, monkeypatch, path, title="Letter of UNHCR")
    assert [one.kind for one in attachments.of_person(screen.desk, man.id)] == ["document_copy"]
    other = Screen(as_caseworker(screen.desk)).open(man.id)
    other.view.show_tab(FILES)
    assert other.view.files.model.rowCount() == 0
    entries = people.what_happened(other.desk, people.person(other.desk, man.id))
    assert not any("UNHCR" in f"{entry.old}{entry.new}" for entry in entries)
