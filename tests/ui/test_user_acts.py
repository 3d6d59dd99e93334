from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from tests.conftest import PASSPHRASE
from tracing_helpers import said, window_of

from panoh.base.clock import FixedClock
from panoh.services import users, vault
from panoh.services.desk import Changes
from panoh.services.vault import OpenVault
from panoh.ui.settings.user_acts import PaperForm, PassphraseForm, RoleForm, SureForm, UserActs
from panoh.ui.settings.user_panel import UserPanel, UserRow
from panoh.ui.tasks import InlineRunner
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.notes import NoteBar

NEW = "olma daryo bulut qalam"


class Page:
    """The panel with its presenter, and what it asks of the window."""

    def __init__(self, opened: OpenVault) -> None:
        self.locked: list[str] = []
        self.kept = 0
        self.changes: list[Changes] = []
        self.panel, self.note = UserPanel(head=opened.desk.is_head), NoteBar(tone="info", icon="state.saved")
        self.acts = UserActs(self.panel, self.note, opened, InlineRunner(), self.changes.append, self)
        self.acts.read()

    def keep_drafts(self) -> None:
        self.kept += 1

    def lock(self, words: str) -> None:
        self.locked.append(words)

    def row(self, name: str) -> UserRow:
        return next(row for row in self.panel.findChildren(UserRow) if name in said(row) and not row.isHidden())

    def submit(self, form: type, **values: str) -> None:
        dialog = self.acts.dialog
        assert isinstance(dialog, form)
        for key, value in values.items():
            dialog.set_value(key, value)
        dialog.act.click()


@pytest.fixture
def page(opened: OpenVault) -> Iterator[Page]:
    users.add(opened, "nurlan", NEW, "caseworker")
    made = Page(opened)
    with window_of(made.panel):
        yield made


def test_users_are_told_with_role_and_cases(page: Page) -> None:
    assert "Head of office · 0 cases" in said(page.row("feruza"))
    assert "Caseworker · 0 cases · has not chosen their own passphrase yet" in said(page.row("nurlan"))


def test_a_role_is_changed_and_the_last_head_stays(page: Page, opened: OpenVault) -> None:
    page.row("nurlan").role_asked.emit(users.listed(opened)[1])
    assert page.acts.dialog is not None
    assert page.acts.dialog.windowTitle() == "Panoh", "the system lists window titles: they name nobody"
    assert page.acts.dialog.accessibleName() == "Role of nurlan"
    page.submit(RoleForm, role="supervisor")
    assert "nurlan has another role now" in page.note.words()
    assert "Supervisor" in said(page.row("nurlan"))
    page.row("feruza").role_asked.emit(users.listed(opened)[0])
    page.submit(RoleForm, role="caseworker")
    dialog = page.acts.dialog
    assert isinstance(dialog, RoleForm)
    assert "Somebody has to be head of office" in dialog.note.words()


def test_the_own_passphrase_is_changed(page: Page, opened: OpenVault, clock: FixedClock) -> None:
    page.acts.change_passphrase()
    form = page.acts.dialog
    assert isinstance(form, PassphraseForm)
    form.act.click()
    assert form.form.rows["old"].error
    form.old.set_text(PASSPHRASE)
    form.new.set_text(NEW + " yana")
    form.again.set_text(NEW)
    form.act.click()
    assert "differ" in form.form.rows["again"].error
    form.again.set_text(NEW + " yana")
    form.old.set_text("not this one")
    form.act.click()
    assert "do not open" in form.form.rows["old"].error
    form.old.set_text(PASSPHRASE)
    form.act.click()
    assert "Your new passphrase opens this vault" in page.note.words()
    place = opened.desk.folder
    opened.close()
    vault.unlock(place, "feruza", NEW + " yana", clock=clock).close()


def test_a_new_paper_counts_when_it_was_typed_back(page: Page, opened: OpenVault) -> None:
    page.acts.new_paper()
    page.submit(SureForm)
    form = page.acts.dialog
    assert isinstance(form, PaperForm)
    page.submit(PaperForm, typed="AAAA-BBBB")
    assert "does not open the vault" in form.form.rows["typed"].error
    shown = next(box for box in form.findChildren(QPlainTextEdit) if box.isReadOnly())
    page.submit(PaperForm, typed=shown.toPlainText().lower())
    assert "The recovery paper opens this vault" in page.note.words()


def test_taking_the_way_in_away_ends_at_unlock(page: Page, opened: OpenVault, clock: FixedClock) -> None:
    page.row("nurlan").remove_asked.emit(users.listed(opened)[1])
    page.submit(SureForm)
    assert page.kept == 1
    assert page.locked == ["The vault has another key. Unlock it again with your passphrase."]
    with vault.unlock(opened.desk.folder, "feruza", PASSPHRASE, clock=clock) as again:
        assert [line.user.name for line in users.listed(again) if line.user.left_on] == ["nurlan"]
        told = Page(again)
        assert "left on 14 Jun 2010" in said(told.row("nurlan"))


def test_tab_goes_through_the_users_before_the_buttons_below_them(page: Page) -> None:
    settings = QWidget()
    column = QVBoxLayout(settings)
    above, below = QPushButton("Above"), QPushButton("Below")
    for part in (above, page.panel, below):
        column.addWidget(part)
    order_tabs(settings)
    page.acts.read()
    keys, widget = [above.text()], above.nextInFocusChain()
    while widget is not above:
        if isinstance(widget, QPushButton) and widget.isVisibleTo(settings):
            keys.append(widget.text())
        widget = widget.nextInFocusChain()
    users_then = ["Role…", "Role…", "Remove access…", "Add a user…", "New recovery paper…", "Change the vault's key…"]
    assert keys == ["Above", *users_then, "Below"]
    page.panel.setParent(None)


def test_nobody_takes_their_own_access_away(page: Page, opened: OpenVault) -> None:
    assert "Remove access…" not in said(page.row("feruza"))
    page.row("feruza").remove_asked.emit(users.listed(opened)[0])
    page.submit(SureForm)
    dialog = page.acts.dialog
    assert isinstance(dialog, SureForm)
    assert "their own access" in dialog.note.words()
    assert dialog.act.isEnabled()
    assert page.locked == []


def test_a_supervisor_sees_users_and_changes_none(opened: OpenVault, clock: FixedClock) -> None:
    users.add(opened, "nurlan", NEW, "supervisor", one_time=False)
    opened.close()
    with vault.unlock(opened.desk.folder, "nurlan", NEW, clock=clock) as theirs:
        page = Page(theirs)
        assert "Head of office" in said(page.row("feruza"))
        assert "Remove access…" not in said(page.panel)
        assert "The head of office lets users in" in said(page.panel)
