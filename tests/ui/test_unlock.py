from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from panoh.base.errors import AppError, FieldProblem
from panoh.base.settings import DeviceSettings
from panoh.ui.shell.window import MainWindow
from panoh.ui.theme import look
from panoh.ui.unlock.pages import CREATE
from panoh.ui.unlock.port import KnownVault, OnCreated, OnError, OnOpened, OnStep
from panoh.ui.unlock.presenter import UnlockPresenter
from panoh.ui.unlock.tries import Tries, wait_after
from panoh.ui.unlock.view import UnlockView

RIGHT = "lantern orbit maple quiet seven"
HOME = Path("/home/field/Panoh")


class Vaults:
    """Two vaults in memory; the passphrase is RIGHT, and answers wait until `answer`."""

    def __init__(self, names: Sequence[str]) -> None:
        self.vaults = [KnownVault(name, HOME / name) for name in names]
        self.asked: list[tuple[object, ...]] = []
        self.fails: AppError | None = None
        self.waiting: list[Callable[[], object]] = []
        self.handed_over, self.paper = False, ""

    def known_vaults(self) -> Sequence[KnownVault]:
        return self.vaults

    def facts(self, path: Path) -> Sequence[tuple[str, str]]:
        return [("Last backup", f"of {path.name}"), ("Key files", "both copies match")]

    def default_place(self) -> Path:
        return HOME / "vault"

    def suggest_passphrase(self) -> str:
        return RIGHT

    def unlock(
        self, path: Path, user: str, passphrase: str, on_done: OnOpened, on_error: OnError, on_step: OnStep
    ) -> None:
        self.tell = on_step
        self.asked.append(("unlock", path, user))
        wrong = AppError("vault.wrong_passphrase") if passphrase != RIGHT else self.fails
        self.waiting.append(lambda: on_error(wrong) if wrong else on_done("open"))

    def work(self, job: object, on_done: OnOpened, on_error: OnError, on_step: OnStep) -> None:
        """What the recovery screen asks for: here no backup is found, nor can the vault be looked at."""
        self.asked.append(("work",))
        self.waiting.append(lambda: on_error(self.fails or AppError("bug")))

    def create(self, path: Path, user: str, passphrase: str, on_done: OnCreated, on_error: OnError) -> None:
        self.asked.append(("create", path, user, passphrase))
        self.waiting.append(lambda: on_error(self.fails) if self.fails else on_done("made", "AB12-CD34"))

    def recover(
        self, path: Path, recovery: str, user: str, passphrase: str, on_done: OnCreated, on_error: OnError
    ) -> None:
        self.asked.append(("recover", path, recovery, user, passphrase))
        self.waiting.append(lambda: on_error(self.fails) if self.fails else on_done("recovered", "NEW1-TEXT"))

    def was_handed_over(self, opened: object) -> bool:
        return self.handed_over

    def begin(self, opened: object, path: Path, handed: str, own: str, on_done: OnCreated, on_error: OnError) -> None:
        self.asked.append(("begin", opened, path, handed, own))
        self.waiting.append(lambda: on_error(self.fails) if self.fails else on_done("begun", self.paper))

    def paper_opens(self, opened: object, text: str, on_done: Callable[[bool], object], on_error: OnError) -> None:
        self.waiting.append(lambda: on_done(text == "AB12-CD34"))

    def close(self, opened: object) -> None:
        self.asked.append(("close", opened))

    def answer(self) -> None:
        self.waiting.pop()()


class Screen:
    """The window with the Unlock screen."""

    def __init__(self, *names: str) -> None:
        self.port = Vaults(names)
        self.opened: list[tuple[object, Path]] = []
        self.window = MainWindow(DeviceSettings(), lambda _settings: None)
        self.view = UnlockView([("en", "English")], "en")
        self.presenter = UnlockPresenter(self.view, self.port, lambda opened, path: self.opened.append((opened, path)))
        self.window.show_page(self.view, lambda: "unlock")
        self.window.show()
        self.window.activateWindow()
        self.presenter.start()
        QApplication.processEvents()


@pytest.fixture
def make() -> Iterator[Callable[..., Screen]]:
    made: list[Screen] = []

    def one(*names: str) -> Screen:
        made.append(Screen(*names))
        return made[-1]

    yield one
    for screen in made:
        screen.window.close()
        screen.window.deleteLater()


@pytest.fixture
def screen(make: Callable[..., Screen]) -> Screen:
    return make("South team 2", "North")


def test_unlocking_by_keyboard_alone(screen: Screen) -> None:
    page = screen.view.unlock
    assert page.user.hasFocus()
    QTest.keyClicks(page.user, " feruza ")
    QTest.keyClick(page.user, Qt.Key.Key_Tab)
    assert page.key.line.hasFocus()
    QTest.keyClicks(page.key.line, RIGHT)
    QTest.keyClick(page.key.line, Qt.Key.Key_Return)
    assert screen.port.asked == [("unlock", HOME / "South team 2", "feruza")]
    screen.port.answer()
    assert screen.opened == [("open", HOME / "South team 2")]
    assert page.key.text() == ""  # no passphrase stays in a field


def test_a_wrong_passphrase_stands_at_its_field_and_is_kept_for_mending(screen: Screen) -> None:
    page = screen.view.unlock
    page.user.setText("feruza")
    page.key.set_text("wrong")
    page.main.click()
    assert page.main.text() == "Unlocking…"
    screen.port.tell("Bringing the vault up to date: 40 %")
    assert page.main.text() == "Bringing the vault up to date: 40 %"
    page.main.click()  # pressed again while it works: nothing happens
    assert len(screen.port.asked) == 1
    screen.port.answer()
    assert page.form.rows["passphrase"].error.startswith("This user name and passphrase do not open the vault.")
    assert page.key.line.hasFocus()
    assert page.key.line.selectedText() != ""
    assert page.main.text() == "Unlock"
    assert screen.opened == []


def test_damage_is_another_sentence_in_the_note(screen: Screen) -> None:
    screen.port.fails = AppError("vault.damaged", backup="14 Jun 2010")
    page = screen.view.unlock
    page.user.setText("feruza")
    page.key.set_text(RIGHT)
    page.main.click()
    screen.port.answer()
    screen.port.answer()
    assert page.note.isVisible()
    assert "the vault file is damaged" in page.note.words()
    assert page.form.rows["passphrase"].error == ""


def test_what_is_missing_is_said_in_the_summary(screen: Screen) -> None:
    page = screen.view.unlock
    page.main.click()
    assert page.form.summary.isVisible()
    assert page.form.rows["user"].error == "Type your user name"
    assert screen.port.asked == []


def test_user_names_are_never_offered(screen: Screen) -> None:
    assert screen.view.unlock.user.completer() is None


def test_the_vault_chosen_tells_its_path_and_facts(screen: Screen) -> None:
    page = screen.view.unlock
    page.vault.set_value(str(HOME / "North"))
    page.vault.answered.emit()
    assert page.path == HOME / "North"
    assert page.vault_row._hint_label.text() == str(HOME / "North")
    page.other_asked.emit("/media/stick/other")
    assert page.path == Path("/media/stick/other")
    assert page.vault.currentText() == "other"


def test_no_vault_yet_leads_to_creating_one(make: Callable[..., Screen]) -> None:
    screen = make()
    page = screen.view.making
    assert screen.view.current() is page
    assert not page.back.isVisible()
    page.user.setText("feruza")
    page.key.set_text("one")
    page.again.set_text("other")
    page.main.click()
    assert page.form.rows["again"].error == "The two passphrases differ: type the same one twice"
    page._use()
    page.main.click()
    screen.port.answer()
    assert screen.port.asked == [("create", HOME / "vault", "feruza", RIGHT)]
    shown = screen.view.recovery_text
    assert screen.view.current() is shown
    assert shown.text.toPlainText() == "AB12-CD34"
    assert screen.opened == []  # not before it is written down
    shown.main.click()
    paper = screen.view.paper
    assert screen.view.current() is paper
    paper.main.click()
    assert paper.form.rows["recovery"].error == "Type the recovery text from the paper"
    paper.text.setPlainText("AB12-CD35")
    paper.main.click()
    screen.port.answer()
    assert "mend the paper" in paper.form.rows["recovery"].error
    paper.again_asked.emit()
    assert screen.view.current() is shown
    assert shown.text.toPlainText() == "AB12-CD34"
    shown.main.click()
    assert screen.opened == []  # not before the paper was tried
    paper.text.setPlainText("AB12-CD34")
    paper.main.click()
    screen.port.answer()
    assert screen.opened == [("made", HOME / "vault")]
    assert shown.text.toPlainText() == paper.text.toPlainText() == ""


def test_who_was_handed_a_passphrase_chooses_an_own_one_first(screen: Screen) -> None:
    screen.port.handed_over = True
    page, own = screen.view.unlock, screen.view.own_key
    page.user.setText("nurlan")
    page.key.set_text(RIGHT)
    page.main.click()
    screen.port.answer()
    assert screen.view.current() is own
    assert page.key.text() == ""
    own.main.click()
    assert own.form.rows["passphrase"].error == "Type a passphrase of your own"
    own.key.set_text("one")
    own.main.click()
    assert "differ" in own.form.rows["again"].error
    own.again.set_text("one")
    screen.port.fails = AppError("vault.weak_passphrase", least=15)
    own.main.click()
    screen.port.answer()
    assert "too easy to guess" in own.form.rows["passphrase"].error
    screen.port.fails = None
    own.main.click()
    screen.port.answer()
    assert screen.port.asked[-1] == ("begin", "open", HOME / "South team 2", RIGHT, "one")
    assert screen.opened == [("begun", HOME / "South team 2")]
    assert own.key.text() == own.again.text() == ""


def test_the_first_of_all_gets_a_paper_too_and_may_go_back_before(screen: Screen) -> None:
    screen.port.handed_over, screen.port.paper = True, "AB12-CD34"
    page, own = screen.view.unlock, screen.view.own_key
    page.user.setText("feruza")
    for back in (True, False):
        page.key.set_text(RIGHT)
        page.main.click()
        screen.port.answer()
        if back:
            own.back_asked.emit()
            assert screen.port.asked[-1] == ("close", "open")
            assert screen.view.current() is page
    own.key.set_text("one two three")
    own.again.set_text("one two three")
    own.main.click()
    screen.port.answer()
    assert screen.view.current() is screen.view.recovery_text
    assert screen.opened == []


@pytest.mark.parametrize("shows", ["own_key", "recovery_text", "paper"])
def test_who_does_not_go_on_leaves_no_open_vault_behind(screen: Screen, shows: str) -> None:
    screen.port.handed_over, screen.port.paper = True, "AB12-CD34"
    page, own = screen.view.unlock, screen.view.own_key
    page.user.setText("feruza")
    page.key.set_text(RIGHT)
    page.main.click()
    screen.port.answer()
    own.key.set_text("one two three")
    own.again.set_text("one two three")
    if shows != "own_key":
        own.main.click()
        screen.presenter._steps._left_alone()
        assert screen.view.current() is own  # at work
        screen.port.answer()
    if shows == "paper":
        screen.view.recovery_text.main.click()
    assert screen.view.current() is getattr(screen.view, shows)
    screen.presenter._steps._left_alone()
    assert screen.view.current() is page
    assert screen.port.asked[-1][0] == "close"
    assert own.key.text() == screen.view.recovery_text.text.toPlainText() == ""
    told = page.note.words()
    assert "nobody went on" in told
    assert ("new one" in told) == (shows != "own_key")
    assert screen.opened == []


def test_each_wrong_try_after_the_third_makes_the_wait_longer(screen: Screen) -> None:
    page = screen.view.unlock
    page.user.setText("feruza")
    for _wrong in range(3):
        page.key.set_text("wrong")
        page.main.click()
        screen.port.answer()
    asked = len(screen.port.asked)
    page.key.set_text(RIGHT)
    page.main.click()
    assert len(screen.port.asked) == asked
    assert "Wait 2 seconds" in page.note.words()
    waits = [wait_after(wrong) for wrong in range(12)]
    assert waits == sorted(waits)
    assert (waits[2], waits[3], waits[4], waits[-1]) == (0, 2, 4, 60)
    now = [0.0]
    tries = Tries(lambda: now[0])
    for _wrong in range(4):
        tries.failed()
    assert tries.left == 4
    now[0] = 3.5
    assert tries.left == 1
    now[0] = 4.1
    assert tries.left == 0
    tries.right()
    assert tries.failed() == 0


def test_a_weak_passphrase_stands_at_its_field(make: Callable[..., Screen]) -> None:
    screen = make()
    screen.port.fails = AppError("vault.weak_passphrase", least=15)
    page = screen.view.making
    page.user.setText("f")
    page.key.set_text("a")
    page.again.set_text("a")
    page.main.click()
    screen.port.answer()
    assert "too easy to guess" in page.form.rows["passphrase"].error


def test_another_vault_can_be_created_and_left_again(screen: Screen) -> None:
    page = screen.view.unlock
    page.vault.set_value(CREATE)
    page.vault.answered.emit()
    assert screen.view.current() is screen.view.making
    screen.view.making.back.click()
    assert screen.view.current() is page
    assert page.path == HOME / "South team 2"


def test_recovering_gives_a_new_passphrase_and_a_new_text(screen: Screen) -> None:
    screen.view.unlock.recover_asked.emit()
    page = screen.view.recover
    assert page.recovery.hasFocus()
    page.recovery.setPlainText("ab12 cd34")
    page.user.setText("feruza")
    page.key.set_text(RIGHT)
    page.again.set_text(RIGHT)
    screen.port.fails = AppError("vault.wrong_recovery")
    page.main.click()
    screen.port.answer()
    assert page.form.rows["recovery"].error.startswith("This recovery text does not open the vault.")
    screen.port.fails = None
    page.main.click()
    screen.port.answer()
    assert screen.view.recovery_text.text.toPlainText() == "NEW1-TEXT"
    assert page.recovery.toPlainText() == page.key.text() == page.again.text() == ""


def test_the_wait_is_counted_down_and_then_the_note_goes(
    screen: Screen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, now = screen.view.unlock, [0.0]
    monkeypatch.setattr(screen.presenter._tries, "_now", lambda: now[0])
    page.user.setText("feruza")
    for _wrong in range(3):
        page.key.set_text("wrong")
        page.main.click()
        screen.port.answer()
    page.main.click()
    assert "Wait 2 seconds" in page.note.words()
    now[0] = 1.0
    qtbot.waitUntil(lambda: "Wait 1 second," in page.note.words())
    now[0] = 2.5
    qtbot.waitUntil(page.note.isHidden)


@pytest.mark.parametrize("page", ["paper", "recover"])
def test_enter_in_the_recovery_text_does_what_the_button_does(screen: Screen, page: str) -> None:
    shown = getattr(screen.view, page)
    box = shown.text if page == "paper" else shown.recovery
    asked: list[bool] = []
    shown.submitted.connect(lambda: asked.append(True))
    QTest.keyClicks(box, "AAAA")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert asked == [True]
    assert box.toPlainText() == "AAAA"


def test_nothing_scrolls_while_the_page_has_room(dressed: QApplication) -> None:
    view = UnlockView((("en", "English"),), "en")
    view.resize(1366, 600)
    view.show()
    page = view.unlock
    page.note.say("Wait 14 seconds, then try again.", heading="Several tries were wrong")
    for _round in range(5):
        dressed.processEvents()
    assert view._scroll is None
    assert page.mapTo(view, page.rect().bottomLeft()).y() < view.height()
    view.close()
    view.deleteLater()


def test_the_page_scrolls_when_the_text_is_large(screen: Screen) -> None:
    look().set_text_size(200)
    QApplication.processEvents()
    page = screen.view.unlock
    page.key.line.setFocus()
    assert screen.view._scroll is not None
    assert page.width() <= screen.window.width()
    look().set_text_size(100)


def test_at_large_text_the_keys_are_in_the_first_field_from_the_start(dressed: QApplication) -> None:
    look().set_text_size(200)
    window = QMainWindow()
    view = UnlockView((("en", "English"),), "en")
    window.setCentralWidget(view)
    view.show_page(view.unlock, view.unlock.user)
    window.resize(1366, 600)
    window.show()
    window.activateWindow()
    assert view._scroll is not None
    assert view._scroll.isVisible()
    QTest.qWaitForWindowActive(window)
    assert view.unlock.user.hasFocus()
    window.close()
    look().set_text_size(100)


def test_the_first_screen_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    heavy = "sqlalchemy sqlmodel alembic reportlab babel panoh.services panoh.store panoh.domain stdnum".split()
    code = (
        "import sys; import panoh.ui.start, panoh.ui.shell.window, panoh.ui.unlock.presenter;"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_an_error_makes_the_page_scroll_and_squeezes_no_field(dressed: QApplication) -> None:
    view = UnlockView((("en", "English"),), "en")
    view.resize(1366, 720)
    view.show()
    page = view.making
    view.show_page(page, page.user)
    page.form.show_problems([FieldProblem(key, "Type it") for key in ("user", "passphrase", "again")])
    for _round in range(5):
        dressed.processEvents()
    assert page.key.line.height() >= page.key.line.minimumSizeHint().height()
    assert page.form.rows["again"].control.height() >= page.form.rows["again"].control.minimumSizeHint().height()
    view.close()
    view.deleteLater()
