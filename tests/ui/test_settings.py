from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QScrollArea
from tracing_helpers import press, rich, said, type_in, unnamed, window_of

from panoh.base.clock import FixedClock
from panoh.base.settings import LOCK_AFTER, DeviceSettings
from panoh.services import people, person_edit, vault
from panoh.services.vault import OpenVault
from panoh.ui.locking import capture
from panoh.ui.settings.import_dialog import ImportDialog
from panoh.ui.settings.presenter import SettingsPresenter
from panoh.ui.settings.users import AddUserDialog
from panoh.ui.settings.view import SettingsView
from panoh.ui.shell.window import MainWindow
from panoh.ui.tasks import InlineRunner
from panoh.ui.theme import look


class Screen:
    """The Settings screen in a window of its own."""

    def __init__(self, opened: OpenVault, supervisor: bool = True, head: bool = True) -> None:
        self.vault, self.kept, self.changes = opened, [], []  # type: ignore[var-annotated]
        self.keeper = MainWindow(DeviceSettings(theme="light"), self.kept.append)
        self.view = SettingsView([("en", "English")], supervisor=supervisor, head=head)
        self.presenter = SettingsPresenter(self.view, opened, InlineRunner(), self.keeper)
        self.presenter.changed.connect(self.changes.append)


@pytest.fixture
def screen(opened: OpenVault) -> Iterator[Screen]:
    made = Screen(opened)
    with window_of(made.view):
        made.presenter.opened()
        yield made
    made.keeper.deleteLater()


def test_theme_and_text_size_are_taken_on_at_once_and_kept(screen: Screen) -> None:
    screen.view.theme._buttons["high_contrast"].setFocus()
    press(Qt.Key.Key_Space)
    assert look().theme.name == "high_contrast"
    screen.view.text_size.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    screen.view.text_size.set_value("150")
    screen.view.text_size.answered.emit()
    assert look().text_size == 150
    assert (screen.keeper.settings.theme, screen.keeper.settings.text_size) == ("high_contrast", 150)
    assert screen.kept[-1] == screen.keeper.settings


def test_the_look_is_shown_when_it_was_changed_elsewhere(screen: Screen) -> None:
    look().choose_theme("dark")
    look().set_text_size(125)
    assert screen.view.theme.value() == "dark"
    assert screen.view.text_size.value() == "125"


def test_when_it_locks_is_chosen_by_keys_and_what_the_system_tells_is_told(screen: Screen) -> None:
    locking = screen.view.locking
    assert locking.minutes.value() == "5"
    locking.minutes.setFocus()
    press(Qt.Key.Key_Down)
    assert screen.keeper.settings.lock_after == 10
    assert [int(locking.minutes.itemData(at)) for at in range(locking.minutes.count())] == list(LOCK_AFTER)
    assert "this system does not tell" in said(locking)
    locking.show_known({"screen", "lid", "sleep", "switched"})
    assert "this system does not tell" not in said(locking)


def test_pictures_of_the_screen_are_offered_where_the_system_can_and_told_where_not(
    opened: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "offered", lambda: True)
    made = Screen(opened)
    with window_of(made.view):
        made.presenter.opened()
        assert made.view.locking.guard.value() == "off"
        assert "a screen magnifier" in said(made.view.locking)
        made.view.locking.guard._buttons["on"].setFocus()
        press(Qt.Key.Key_Space)
        assert made.keeper.settings.capture_guard
        assert unnamed(made.view) == []
    made.keeper.deleteLater()
    monkeypatch.setattr(capture, "offered", lambda: False)
    made = Screen(opened)
    with window_of(made.view):
        made.presenter.opened()
        assert not made.view.locking.guard.isVisible()
        assert "this system cannot leave a window out of them" in said(made.view.locking)
    made.keeper.deleteLater()


def test_a_whole_vault_is_told_as_whole(screen: Screen) -> None:
    screen.view.check_asked.emit()
    assert "The vault is whole" in screen.view.note.words()
    assert not screen.view.failure.isVisible()


def test_what_was_done_at_the_end_of_the_page_is_told_in_sight(screen: Screen) -> None:
    area = screen.view.findChild(QScrollArea)
    assert area is not None
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    screen.view.check_asked.emit()
    assert not area.isAncestorOf(screen.view.note)
    assert not screen.view.note.visibleRegion().isEmpty()


def test_a_damaged_vault_is_told_with_what_was_found(screen: Screen) -> None:
    (screen.vault.desk.folder / "vault.key").write_bytes(b"nonsense")
    screen.view.check_asked.emit()
    assert "The check found 1 problem" in screen.view.failure.words()
    assert "unlock it again" in screen.view.failure.words()
    assert not screen.vault.desk.store.read_only


def test_a_backup_counts_after_it_was_read_back_and_shows_its_time(screen: Screen, tmp_path: Path) -> None:
    assert "none yet" in said(screen.view)
    screen.view.backup_asked.emit()
    assert "The backup is good" in screen.view.note.words()
    assert "14 Jun 2010" in said(screen.view)
    info = vault.facts(screen.vault.desk.folder)
    assert info.newest_backup is not None


def test_a_backup_goes_to_another_place(screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "stick"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(place))
    screen.view.backup_elsewhere_asked.emit()
    assert list(place.iterdir())
    assert "The backup is good" in screen.view.note.words()


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody may write to")
def test_an_error_while_backing_up_is_told_in_words(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path / "a file" / "backups"))
    screen.view.backup_elsewhere_asked.emit()
    assert "may not read or write this place" in screen.view.failure.words()
    assert all(button.isEnabled() for button in screen.view._on_vault)


def test_a_user_is_added_with_the_passphrase_on_offer(screen: Screen, clock: FixedClock) -> None:
    screen.view.users.add_asked.emit()
    dialog = screen.view.findChild(AddUserDialog)
    assert dialog is not None
    offered = dialog.key.text()
    assert len(offered.split()) == 5
    dialog._save.click()
    assert dialog.form.rows["name"].error == "Type the user name"
    dialog.name.setText("nurlan")
    dialog._save.click()
    assert "nurlan can unlock this vault now" in screen.view.note.words()
    assert "has not chosen their own passphrase yet" in said(screen.view)
    assert [user.name for user in person_edit.offers(screen.vault.desk).users] == ["feruza", "nurlan"]
    assert "User" in screen.changes[-1].kinds
    folder = screen.vault.desk.folder
    screen.vault.close()
    with vault.unlock(folder, "nurlan", offered, clock=clock) as again:
        assert again.desk.user.role == "caseworker"


def test_a_name_that_is_taken_and_a_weak_passphrase_stand_at_their_fields(screen: Screen) -> None:
    screen.view.users.add_asked.emit()
    dialog = screen.view.findChild(AddUserDialog)
    assert dialog is not None
    dialog.name.setText("Feruza")
    dialog._save.click()
    assert "already a user of this name" in dialog.form.rows["name"].error
    dialog.name.setText("nurlan")
    dialog.key.set_text("12345")
    dialog._save.click()
    assert "too easy to guess" in dialog.form.rows["passphrase"].error
    assert dialog._save.isEnabled()


def test_only_a_supervisor_sees_users(opened: OpenVault) -> None:
    made = Screen(opened, supervisor=False)
    with window_of(made.view):
        made.presenter.opened()
        assert "Add a user" not in [button.text() for button in made.view.findChildren(type(made.view._on_vault[0]))]


def test_a_list_is_brought_in_from_here(screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.csv"
    path.write_text("person_id,given_name,sex,age\n1,Aziz,M,4\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    screen.view.import_asked.emit()
    dialog = screen.view.findChild(ImportDialog)
    assert dialog is not None
    dialog.choose_button.click()
    while not dialog.columns.ready:
        QApplication.processEvents()
    dialog.try_button.click()
    dialog.keep_button.click()
    assert people.count(screen.vault.desk) == 1
    assert "Person" in screen.changes[-1].kinds


def test_everything_has_a_name_and_no_text_is_markup(screen: Screen) -> None:
    assert unnamed(screen.view) == []
    assert rich(screen.view) == []
    assert "Apache-2.0" in said(screen.view)
    type_in("\t")
    assert QApplication.focusWidget() is not screen.view.text_size


def test_the_second_place_is_chosen_copied_to_and_given_up(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, stick = screen.view.backups, tmp_path / "stick"
    assert "No second place was chosen" in said(panel)
    assert not panel.copy_button.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(stick))
    panel.second_button.click()
    assert screen.keeper.settings.second_place == str(stick)
    assert "copy in the second place is good" in screen.view.note.words()
    assert "Last copy there: 14 Jun 2010" in said(panel)
    (stick / "panoh-second-place").unlink()
    panel.copy_button.click()
    assert "second place for backups is not there" in screen.view.failure.words()
    panel.forget_button.click()
    assert screen.keeper.settings.second_place == ""
    assert "No second place was chosen" in said(panel)


def test_a_backup_is_tried(screen: Screen) -> None:
    panel = screen.view.backups
    assert "None yet" in said(panel)
    assert not panel.try_button.isVisible()
    screen.view.backup_asked.emit()
    assert "read back when it was made" in said(panel)
    panel.try_button.click()
    assert "The restore drill went well" in screen.view.note.words()
    assert "restored on trial" in said(panel)


def test_what_there_is_to_look_at_stands_under_the_vault(screen: Screen) -> None:
    screen.view.check_asked.emit()
    assert "before this Panoh was made" in said(screen.view.health)  # the tests' clock says 2010
