"""Reports › Papers of tracing: each paper by the keys, what keeps it back, and how it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from tracing_helpers import CTRL, Ways, picker, press, register, rich, said, type_in, unnamed, window_of

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Export
from panoh.domain.tracing import TracingRequest
from panoh.domain.tracing_papers import ALOUD, BLANK_FORM, BOARD, FAMILY, FORM, KINDS, NEWS, REUNION
from panoh.services import records, tracing_papers
from panoh.services.desk import Desk
from panoh.ui.privacy import Privacy
from panoh.ui.reports.presenter import languages
from panoh.ui.reports.tracing_pane import TracingPane
from panoh.ui.reports.tracing_presenter import TracingPapersPresenter
from panoh.ui.reports.view import PaperView
from panoh.ui.tasks import InlineRunner


class Screen:
    """The papers of tracing in a window of their own."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.changes, self.ways = desk, [], Ways()  # type: ignore[var-annotated]
        kin = [("child", "Child"), ("parent", "Parent")]
        self.pane = TracingPane(
            picker(desk, Privacy(), number_only=True), list(tracing_papers.names().items()), kin, languages()
        )
        self.view = PaperView(self.pane)
        self.presenter = TracingPapersPresenter(self.pane, self.view, desk, InlineRunner(), self.ways)
        self.presenter.changed.connect(self.changes.append)

    def take(self, kind: str) -> None:
        """Choose a paper by the arrow keys."""
        self.pane.form.rows["kind"].take_focus()
        press(Qt.Key.Key_Home)
        for _step in range(list(KINDS).index(kind)):
            press(Qt.Key.Key_Down)
        assert self.pane.kind.value() == kind

    def find(self, number: str) -> None:
        self.pane.form.rows["who"].take_focus()
        type_in(f"{number}\n")

    def shows(self) -> bool:
        return self.presenter._shown is not None


@pytest.fixture
def screen(desk: Desk) -> Iterator[Screen]:
    made = Screen(desk)
    with window_of(made.view):
        made.presenter.opened()
        yield made


@pytest.fixture
def person(desk: Desk) -> str:
    born = {"birth_earliest": date(1981, 1, 1), "birth_latest": date(1981, 12, 31)}
    return register(desk, "Gulbahor", "Yulchieva", sex="F", birth_precision="year", **born).number


@pytest.fixture
def request_no(desk: Desk, person: str) -> str:
    with desk.writing() as unit:
        number = unit.next_numbers()[0]
    records.keep(
        desk,
        TracingRequest(id=new_id(), number=number, given_name="Rustam", consent_to_trace="yes", consent_to_show="yes"),
    )
    return number


@pytest.fixture
def saved_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "paper"), ""))
    return tmp_path / "paper.pdf"


def text_of(path: Path, password: str | None = None) -> str:
    with pypdfium2.PdfDocument(path, password=password) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def test_every_widget_is_named_and_plain(screen: Screen) -> None:
    for kind in KINDS:
        screen.take(kind)
        assert not unnamed(screen.view)
        assert not rich(screen.view)


@pytest.mark.parametrize("kind", [FORM, NEWS, REUNION, FAMILY])
def test_it_says_what_is_missing_and_makes_nothing(screen: Screen, kind: str) -> None:
    screen.take(kind)
    assert not screen.shows()
    press(Qt.Key.Key_S, CTRL)
    row = screen.pane.form.rows["request" if kind == FORM else "who"]
    assert row.error
    assert row.error in said(screen.view)


@pytest.mark.parametrize("kind", [BOARD, ALOUD])
def test_a_public_paper_is_saved_protected_at_once(screen: Screen, kind: str, saved_at: Path, request_no: str) -> None:
    screen.take(kind)
    assert screen.shows()
    password = screen.pane.password.line.text()
    press(Qt.Key.Key_S, CTRL)
    assert request_no in text_of(saved_at, password)
    assert screen.changes
    assert screen.pane.password.line.text() != password
    assert "Saved as paper.pdf" in said(screen.view)


def test_the_password_of_a_paper_goes_when_another_one_begins(screen: Screen, saved_at: Path) -> None:
    screen.take(BOARD)
    press(Qt.Key.Key_S, CTRL)
    assert screen.view.saved.isVisible()
    screen.presenter.open_paper(ALOUD)
    assert not screen.view.saved.isVisible()


def test_without_a_password_it_asks_why(screen: Screen, saved_at: Path) -> None:
    screen.take(BOARD)
    screen.pane.plain.setChecked(True)
    press(Qt.Key.Key_S, CTRL)
    assert screen.pane.form.rows["reason"].error
    assert not saved_at.exists()
    screen.pane.form.rows["reason"].take_focus()
    type_in("camp board")
    press(Qt.Key.Key_S, CTRL)
    assert saved_at.exists()


def test_the_empty_form_needs_nothing(screen: Screen, saved_at: Path) -> None:
    screen.take(BLANK_FORM)
    screen.pane.plain.setChecked(True)
    press(Qt.Key.Key_S, CTRL)
    assert "Tracing request" in text_of(saved_at)


def test_a_request_by_its_number_needs_a_reason(screen: Screen, saved_at: Path, request_no: str, person: str) -> None:
    screen.take(FORM)
    screen.pane.form.rows["request"].take_focus()
    type_in("KX7-99999-9")
    screen.pane._typed.timeout.emit()
    assert "no tracing request" in said(screen.view)
    screen.pane.request.clear()
    type_in(request_no)
    screen.pane._typed.timeout.emit()
    assert screen.shows()
    assert screen.pane.reason.isVisible()
    press(Qt.Key.Key_S, CTRL)
    assert screen.pane.form.rows["reason"].error
    assert not saved_at.exists()


def test_it_is_opened_with_a_request_or_a_person(screen: Screen, request_no: str, person: str, desk: Desk) -> None:
    from panoh.services.people import by_number

    screen.presenter.open_paper(FORM, tracing_papers.request_of(desk, request_no))
    assert screen.pane.request.text() == request_no
    assert screen.shows()
    screen.presenter.open_paper(FAMILY, by_number(desk, person))
    assert screen.shows()
    assert "A supervisor reads it" in said(screen.view)


def test_words_of_family_news_are_checked_and_left_out(screen: Screen, person: str, saved_at: Path) -> None:
    screen.take(NEWS)
    screen.find(person)
    screen.pane.form.rows["recipient"].take_focus()
    type_in("Rustam")
    screen.pane.text.setPlainText("We are well. <b>Osh</b> is far.")
    screen.pane._typed.timeout.emit()
    assert "“Osh”" in said(screen.view)
    assert "Decide 1 warning first" in said(screen.view)
    press(Qt.Key.Key_S, CTRL)
    assert not saved_at.exists()
    screen.view.leaks.cards.cards[0].change.click()
    assert screen.pane.text.hasFocus()
    screen.view.leaks.cards.cards[0].leave_out.click()
    assert "Decide" not in said(screen.pane)
    password = screen.pane.password.line.text()
    screen.pane.form.rows["recipient"].take_focus()
    press(Qt.Key.Key_S, CTRL)
    assert "<b>[…]</b> is far." in text_of(saved_at, password)
    with screen.desk.reading() as reading:
        assert [one.kind for one in reading.all(Export)] == [NEWS]


def test_too_many_lines_are_told_at_the_field(screen: Screen, person: str) -> None:
    screen.take(NEWS)
    screen.find(person)
    screen.pane.recipient.setText("Rustam")
    screen.pane.text.setPlainText("well\n" * 30)
    screen.pane._typed.timeout.emit()
    assert "25 lines" in screen.pane.form.rows["text"].error
    assert not screen.shows()


def test_a_page_that_cannot_be_painted_does_not_end_a_saving(screen: Screen) -> None:
    screen.presenter._begin()
    screen.presenter._fail(AppError("disk.full"))
    assert screen.presenter._saving
    screen.presenter._not_made(AppError("disk.full"))
    assert not screen.presenter._saving
