"""When a laptop is lost, in Settings: the list from a backup, and whose caseload the vault holds; by keys and buttons alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtWidgets import QFileDialog
from tests.conftest import PASSPHRASE
from tests.services.access_people import desk_of
from tracing_helpers import said, unnamed, window_of

from panoh.base.settings import DeviceSettings
from panoh.services import caseload, erasing, exposed, journal, registration, sites
from panoh.services.registration import FamilyForm, FamilyRow
from panoh.services.sites import SiteForm
from panoh.services.vault import OpenVault
from panoh.ui.privacy import Privacy
from panoh.ui.registration.household_block import HouseholdBlock
from panoh.ui.registration.person_form import RegisterPersonView
from panoh.ui.registration.services import services_of
from panoh.ui.settings.erasure import ErasureView
from panoh.ui.settings.erasure_model import erasure_model
from panoh.ui.settings.erasure_presenter import ErasurePresenter
from panoh.ui.settings.loss_panel import CaseloadForm, LostForm
from panoh.ui.settings.presenter import SettingsPresenter
from panoh.ui.settings.view import SettingsView
from panoh.ui.shell.window import MainWindow
from panoh.ui.tasks import InlineRunner

ROW = FamilyRow(name="Эргашева Дилноза", sex="F")


class Screen:
    """Settings of a supervisor or head of office."""

    def __init__(self, opened: OpenVault, *, head: bool = True) -> None:
        self.keeper = MainWindow(DeviceSettings(theme="light"), lambda _settings: None)
        self.view = SettingsView([("en", "English")], supervisor=True, head=head)
        self.presenter = SettingsPresenter(self.view, opened, InlineRunner(), self.keeper)
        self.acts, self.panel = self.presenter.loss, self.view.loss

    def lost_form(self) -> LostForm:
        form = self.acts.form
        assert isinstance(form, LostForm)
        return form


@pytest.fixture
def screen(opened: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    desk = opened.desk
    for name in ("School 14", "Tents"):
        sites.add(desk, SiteForm(name=name))
    school = caseload.site_named(desk, "School 14")
    assert school is not None
    registration.save_family(desk, FamilyForm(site_id=school.id, rows=(ROW,)))
    made = Screen(opened)
    with window_of(made.view):
        made.presenter.opened()
        yield made
    made.keeper.deleteLater()


@pytest.fixture
def backup(screen: Screen, opened: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of a laptop, chosen in the dialog for folders; the list goes to list.pdf."""
    made = opened.backup(tmp_path / "stick")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(made))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "list"), ""))
    return made


def test_the_list_is_made_saved_noted_and_its_password_told_once(
    screen: Screen, backup: Path, opened: OpenVault, tmp_path: Path
) -> None:
    screen.panel.list_button.click()
    form = screen.lost_form()
    assert backup.name in said(form)
    assert form.values()["user"] == "feruza"
    form.form.rows["passphrase"].control.line.setText(PASSPHRASE)  # type: ignore[attr-defined]
    form.act.click()
    told = said(screen.panel.note)
    assert "1 person: 1 unknown." in told
    password = told.partition("shown this once: ")[2].partition(".")[0]
    with pikepdf.open(tmp_path / "list.pdf", password=password) as document:
        assert len(document.pages) == 2
    entry = journal.page(opened.desk, journal.Filter(), 0, 1)[0]
    assert entry.record_class == exposed.LIST_OF_EXPOSED
    assert str(entry.new).startswith(entry.record_id)
    assert "Эргашева" not in told


def test_what_is_missing_and_a_wrong_passphrase_are_told_at_their_fields(
    screen: Screen, backup: Path, tmp_path: Path
) -> None:
    screen.panel.list_button.click()
    form = screen.lost_form()
    form.set_value("user", "")
    form.act.click()
    assert form.form.rows["user"].error
    assert form.form.rows["passphrase"].error
    form.set_value("user", "feruza")
    form.form.rows["passphrase"].control.line.setText("something else")  # type: ignore[attr-defined]
    form.act.click()
    assert "do not open" in form.form.rows["passphrase"].error
    form.set_value("recovery", "AAAA")
    form.act.click()
    assert "recovery text does not open" in form.form.rows["recovery"].error
    assert form.act.isEnabled()
    assert not (tmp_path / "list.pdf").exists()


def test_nothing_is_made_when_the_dialogs_are_left(
    screen: Screen, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    screen.panel.list_button.click()
    form = screen.lost_form()
    form.form.rows["passphrase"].control.line.setText(PASSPHRASE)  # type: ignore[attr-defined]
    form.act.click()
    assert form.isVisible()
    form.reject()
    screen.acts.form = None
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    screen.panel.list_button.click()
    assert screen.acts.form is None


def test_what_cannot_be_written_is_told_and_the_form_stays(
    screen: Screen, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "nowhere" / "x.pdf"), ""))
    screen.panel.list_button.click()
    form = screen.lost_form()
    form.form.rows["passphrase"].control.line.setText(PASSPHRASE)  # type: ignore[attr-defined]
    form.act.click()
    assert form.isVisible()
    assert "x.pdf" in said(form.note)


def test_whose_caseload_it_is_is_chosen_told_and_taken_back(screen: Screen, opened: OpenVault) -> None:
    assert "all sites" in screen.panel.held.text()
    tents = caseload.site_named(opened.desk, "Tents")
    assert tents is not None
    screen.panel.caseload_button.click()
    form = screen.acts.form
    assert isinstance(form, CaseloadForm)
    form.set_value("site", tents.id)
    form.act.click()
    assert "only the caseload of Tents" in screen.panel.held.text()
    assert "1 person in it is of another site" in screen.panel.held.text()
    screen.panel.caseload_button.click()
    again = screen.acts.form
    assert isinstance(again, CaseloadForm)
    assert again.values()["site"] == tents.id
    again.set_value("site", "")
    again.act.click()
    assert caseload.of_vault(opened.desk).site is None


def test_only_the_head_of_office_is_offered_it(opened: OpenVault) -> None:
    other = Screen(opened, head=False)
    with window_of(other.view):
        assert not other.panel.caseload_button.isVisible()
        assert other.panel.list_button.isVisible()
    other.keeper.deleteLater()


def test_a_caseworker_is_offered_neither(opened: OpenVault) -> None:
    view = SettingsView([("en", "English")], supervisor=False, head=False)
    with window_of(view):
        assert not view.loss.isVisible()
    view.deleteLater()


def test_every_widget_has_a_name(screen: Screen, backup: Path) -> None:
    screen.panel.list_button.click()
    assert unnamed(screen.lost_form()) == []
    screen.lost_form().reject()
    screen.panel.caseload_button.click()
    form = screen.acts.form
    assert form is not None
    assert unnamed(form) == []
    assert unnamed(screen.panel) == []


# --- what follows from the setting ---------------------------------------------------------------------------------------


def test_people_of_other_sites_stand_on_the_page_of_erasures(opened: OpenVault, screen: Screen) -> None:
    desk = opened.desk
    tents = caseload.site_named(desk, "Tents")
    assert tents is not None
    caseload.hold_only(desk, tents.id)
    model = erasure_model(InlineRunner(), desk.vocabularies, Privacy(), desk.clock.today)
    page = ErasurePresenter(ErasureView(model, head=True), desk, InlineRunner(), Privacy())
    page.opened()
    shown = [[str(model.data(model.index(0, at))) for at in range(len(model.columns))]]
    assert "of another site: School 14" in shown[0]
    page._view.table.setCurrentIndex(model.index(0, 0))
    assert page._view.ask.isEnabled()
    page.ask()
    assert [one.erasure.why for one in erasing.waiting(desk)] == ["elsewhere"]
    assert model.rowCount() == 1
    other = desk_of(opened, "Gulnara", "supervisor")
    assert erasing.waiting(other)[0].mine is False


def test_the_own_site_stands_in_the_form_and_is_the_only_one_on_offer(opened: OpenVault, screen: Screen) -> None:
    desk = opened.desk
    services = services_of(desk, lambda *_args: [])
    assert len(services.choices()["site_id"]) == 2
    assert services.choices()["own_site"] == []
    tents = caseload.site_named(desk, "Tents")
    assert tents is not None
    caseload.hold_only(desk, tents.id)
    assert services.choices()["site_id"] == services.choices()["own_site"] == [(tents.id, "Tents")]
    block = HouseholdBlock(desk.vocabularies)
    page = RegisterPersonView(desk.vocabularies)
    for form in (block, page):
        form.show_form(FamilyForm())
        form.set_choices(services.choices())
    assert block.values()["site_id"] == tents.id
    assert page.family_form().site_id == tents.id
    for form in (block, page):
        form.show_form(FamilyForm())
    assert block.values()["site_id"] == page.family_form().site_id == tents.id
