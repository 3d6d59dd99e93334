from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from tracing_helpers import CTRL, Ways, picker, press, register, rich, said, type_in, unnamed, window_of

from panoh.base.ids import new_id
from panoh.domain.cases import Case, Export
from panoh.domain.consent import Consent
from panoh.domain.redaction import CARRY, LEFT_OUT, NAMED, SUPERVISOR
from panoh.services import records
from panoh.services.desk import Desk
from panoh.ui.privacy import Privacy
from panoh.ui.reports.presenter import ReportsPresenter, languages, recipients
from panoh.ui.reports.preview import paint_page, read_paper
from panoh.ui.reports.view import ReportsView, WishPane
from panoh.ui.tasks import InlineRunner


class Screen:
    """The Reports screen in a window of its own."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.changes = desk, []  # type: ignore[var-annotated]
        who = picker(desk, Privacy(), number_only=True)
        self.wish = WishPane(who, recipients(desk), languages(), supervisor=desk.is_supervisor)
        self.view = ReportsView(self.wish)
        self.ways = Ways()
        self.presenter = ReportsPresenter(self.view, desk, InlineRunner(), self.ways)
        self.presenter.changed.connect(self.changes.append)

    def choose(self, level: str) -> None:
        """Choose a level as the arrow keys do."""
        self.wish.level._buttons[level].setFocus()
        press(Qt.Key.Key_Space)

    def exports(self) -> list[Export]:
        """What is recorded."""
        with self.desk.reading() as reading:
            return reading.all(Export)


@pytest.fixture
def screen(desk: Desk) -> Iterator[Screen]:
    made = Screen(desk)
    with window_of(made.view):
        made.presenter.opened()
        yield made


@pytest.fixture
def someone(desk: Desk) -> str:
    """A person with everything that must not be told."""
    person = register(
        desk,
        "Gulbahor",
        "Yulchieva",
        sex="F",
        phone="+996 555 010203",
        origin="Cheryomushki, Osh",
        birth_precision="year",
        birth_earliest=date(1981, 1, 1),
        birth_latest=date(1981, 12, 31),
    )
    records.keep(desk, Consent(id=new_id(), person_id=person.id, purpose="sharing", recipient="unhcr", answer="yes"))
    return person.number


def case_of(desk: Desk, number: str, **more: object) -> None:
    """Write a case for this person."""
    from panoh.services.people import by_number

    records.keep(desk, Case(id=new_id(), person_id=by_number(desk, number), **more))  # type: ignore[arg-type]


def find(screen: Screen, number: str) -> None:
    """Type the number and take the one found."""
    screen.wish.form.rows["who"].take_focus()
    type_in(f"{number}\n")


def text_of(pdf: bytes, password: str | None = None) -> str:
    document = pypdfium2.PdfDocument(pdf, password=password)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.fixture
def saved_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "paper"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    return tmp_path / "paper.pdf"


def test_without_a_person_it_says_what_to_do(screen: Screen) -> None:
    assert "type a name or a number" in said(screen.view)
    press(Qt.Key.Key_S, CTRL)
    assert screen.wish.form.rows["who"].error == "Take the person it is about"
    assert not screen.exports()


def test_the_page_shows_what_is_left_out_and_that_nothing_was_found(screen: Screen, someone: str) -> None:
    find(screen, someone)
    spoken = said(screen.view.leaks)
    assert "none" in spoken
    assert "No number of a paper, State, authority, year of recognition, name, name of staff, phone, place" in spoken
    assert "Checked in every word that somebody typed." in spoken
    assert all(fact[:1].upper() + fact[1:] in spoken for fact in LEFT_OUT[SUPERVISOR])
    assert "Page 1 of" in said(screen.view.preview)
    assert not screen.view.preview._sheet._image.isNull()
    assert "SUPERVISOR" in screen.view.preview._sheet.accessibleDescription().upper()


def test_the_saved_paper_is_the_one_that_was_seen(screen: Screen, someone: str, saved_at: Path) -> None:
    find(screen, someone)
    seen = screen.presenter._shown
    assert seen is not None
    assert not screen.exports()
    press(Qt.Key.Key_S, CTRL)
    (export,) = screen.exports()
    assert (export.export_no, export.check_code) == seen.numbers
    assert (export.level, export.plain, export.recipient) == (SUPERVISOR, False, "Supervisor")
    told = screen.view.saved.words()
    password = told.split("shown this once: ")[1].split(". Say")[0]
    text = text_of(saved_at.read_bytes(), password)
    assert seen.numbers[0] in text
    assert "Gulbahor" not in text
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(saved_at.read_bytes()))
    with pikepdf.open(io.BytesIO(saved_at.read_bytes()), password=password) as document:
        assert document.encryption.bits == 256
    screen.view.saved._act()
    assert QGuiApplication.clipboard().text() == password
    assert screen.wish.password.line.text() != password
    following = screen.presenter._shown
    assert following is not None
    assert following.numbers != seen.numbers
    assert screen.changes


def test_the_password_is_made_and_shown_only_on_demand(screen: Screen) -> None:
    line = screen.wish.password.line
    assert len(line.text().split()) == 5
    assert line.displayText() != line.text()
    screen.wish.password.show_button.setFocus()
    press(Qt.Key.Key_Space)
    assert line.displayText() == line.text()


def test_a_plain_paper_needs_a_reason_and_is_recorded_as_plain(screen: Screen, someone: str, saved_at: Path) -> None:
    find(screen, someone)
    screen.wish.plain.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_S, CTRL)
    assert screen.wish.form.rows["reason"].error == "Say why: it is recorded"
    assert not saved_at.exists()
    screen.wish.form.rows["reason"].take_focus()
    type_in("The reader has no computer")
    press(Qt.Key.Key_S, CTRL)
    (export,) = screen.exports()
    assert (export.plain, export.reason) == (True, "The reader has no computer")
    assert export.export_no in text_of(saved_at.read_bytes())
    assert "no password" in screen.view.saved.words()


def test_a_named_paper_asks_for_a_reason_and_holds_the_name(screen: Screen, someone: str, saved_at: Path) -> None:
    find(screen, someone)
    screen.choose(NAMED)
    assert screen.wish.form.rows["reason"].isVisible()
    assert "names stand in it as asked for" in said(screen.view.leaks)
    screen.wish.form.rows["reason"].take_focus()
    type_in("Hospital admission")
    press(Qt.Key.Key_S, CTRL)
    password = screen.view.saved.words().split("shown this once: ")[1].split(". Say")[0]
    assert "Gulbahor" in text_of(saved_at.read_bytes(), password)


def test_a_carried_paper_tells_neither_number_nor_name(screen: Screen, someone: str) -> None:
    find(screen, someone)
    screen.choose(CARRY)
    shown = screen.presenter._shown
    assert shown is not None
    text = text_of(shown.pdf)
    assert someone not in text
    assert "Gulbahor" not in text
    assert "none" in said(screen.view.leaks)


def test_a_place_that_somebody_typed_is_found_before_the_paper_leaves(screen: Screen, someone: str) -> None:
    case_of(screen.desk, someone, question="May she go back to Cheryomushki, Osh?")
    find(screen, someone)
    spoken = said(screen.view.leaks)
    assert "“Cheryomushki, Osh”" in spoken or "“Cheryomushki”" in spoken
    assert "A place: decision asked" in spoken
    assert "Decide 2 warnings first" in screen.wish.warning.words()


def test_consent_is_told_for_the_recipient_chosen(screen: Screen, someone: str) -> None:
    find(screen, someone)
    screen.wish.recipient.set_value("unhcr")
    screen.wish.recipient.answered.emit()
    spoken = said(screen.view.leaks)
    assert "Consent for this recipient: yes" in spoken
    shown = screen.presenter._shown
    assert shown is not None
    assert f"Saving records it as export {shown.numbers[0]}" in spoken
    screen.wish.recipient.setEditText("Head of the camp")
    screen.wish.recipient_changed.emit()
    assert "Nobody asked the person about this reader" in said(screen.view.leaks)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody may write to")
def test_a_disk_that_does_not_answer_is_told_in_words(
    screen: Screen, someone: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    gone = str(tmp_path / "a file" / "paper.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (gone, ""))
    find(screen, someone)
    press(Qt.Key.Key_S, CTRL)
    assert screen.view.note.isVisible()
    (export,) = screen.exports()
    assert f"Export {export.export_no} is recorded, but there is no paper of it" in screen.view.note.words()
    assert screen.wish.save.isEnabled()
    assert not screen.view.saved.isVisible()


def test_pages_turn_and_are_painted_at_the_width_asked_for(screen: Screen, someone: str) -> None:
    find(screen, someone)
    shown = screen.presenter._shown
    assert shown is not None
    paper = read_paper(shown.pdf)
    assert paint_page(shown.pdf, 0, 600).width() in (600, 601)
    if len(paper.texts) > 1:
        screen.view.preview.next.setFocus()
        press(Qt.Key.Key_Return)
        assert screen.view.preview.page == 1
        assert "Page 2 of" in said(screen.view.preview)
    screen.view.preview.previous.click()
    assert screen.view.preview.page == 0


def test_another_person_or_level_has_numbers_of_its_own_but_looking_again_has_not(screen: Screen, someone: str) -> None:
    find(screen, someone)
    first = screen.presenter._shown
    assert first is not None
    screen.presenter.refresh(frozenset({"Person"}))
    again = screen.presenter._shown
    assert again is not None
    assert again.numbers == first.numbers
    screen.choose(CARRY)
    other = screen.presenter._shown
    assert other is not None
    assert other.numbers[0] != first.numbers[0]


def test_typing_another_name_takes_the_page_away(screen: Screen, someone: str) -> None:
    find(screen, someone)
    screen.wish.form.rows["who"].take_focus()
    press(Qt.Key.Key_Backspace)
    assert screen.presenter._shown is None
    assert "The page will stand here" in said(screen.view)


def test_a_narrow_window_shows_one_part_after_the_other(screen: Screen, someone: str) -> None:
    find(screen, someone)
    screen.view.resize(640, 600)
    assert screen.view.tabs.isVisible()
    assert not screen.view.split.isVisible()
    screen.view.tabs.setCurrentIndex(1)
    assert screen.view.split.isVisible()
    assert not screen.wish.isVisible()


def test_a_report_opens_from_a_record(screen: Screen, someone: str) -> None:
    from panoh.services.people import by_number

    screen.presenter.open_report(by_number(screen.desk, someone))
    assert screen.wish.picker.text() == someone
    assert screen.presenter._shown is not None


def test_everything_has_a_name_and_no_text_is_markup(screen: Screen, someone: str) -> None:
    find(screen, someone)
    assert unnamed(screen.view) == []
    assert rich(screen.view) == []
    assert QApplication.focusWidget() is not None
