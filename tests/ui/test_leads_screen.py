"""Leads, the last tab of Tracing: brought in by a trial first, compared with ours when that is asked, names hidden with the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from tests.services.test_leads import GULNORA, registered
from tests.ui.person_screen import Steps, words_of
from tests.ui.tracing_helpers import unnamed

from panoh.base.i18n import day as day_words
from panoh.exchange.pfif import write_pfif
from panoh.services import leads
from panoh.services.desk import Desk
from panoh.services.import_leads import import_pfif
from panoh.services.import_options import Options
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner
from panoh.ui.tracing.leads.model import LeadWords, leads_model
from panoh.ui.tracing.leads.presenter import LeadsPresenter
from panoh.ui.tracing.leads.view import LeadsView
from panoh.ui.widgets.buttons import LinkButton
from panoh.ui.widgets.cells import CELL


class Listed:
    def __init__(self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk, self.privacy, self.steps, self.runner = desk, Privacy(), Steps(), InlineRunner()
        self.file = tmp_path / "list.xml"
        self.file.write_bytes(write_pfif([GULNORA]))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(self.file), ""))
        words = LeadWords(desk.vocabularies, self.privacy, desk.clock.today)
        self.view = LeadsView(leads_model(self.runner, words))
        self.screen = LeadsPresenter(self.view, desk, self.runner, self.steps, words, self.privacy)
        self.changes: list[frozenset[str]] = []
        self.screen.changed.connect(lambda changes: self.changes.append(changes.kinds))
        self.view.resize(1366, 768)
        self.view.show()
        self.screen.opened()

    def bring_in(self) -> None:
        self.screen.bring_in()
        dialog = self.screen.dialog
        assert dialog is not None
        dialog.choose_button.click()
        assert leads.count(self.desk) == 0
        assert dialog.keep_button.isVisible()
        dialog.keep_button.click()
        dialog.close()
        QApplication.processEvents()
        self.view.table.selectRow(0)

    def said(self) -> str:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as the loop of the program does
        return words_of(self.view.split.side)


@pytest.fixture
def listed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dressed: QApplication) -> Listed:
    return Listed(desk, tmp_path, monkeypatch)


def test_a_file_is_tried_before_it_is_brought_in(listed: Listed) -> None:
    listed.bring_in()
    assert leads.count(listed.desk) == 1
    assert frozenset({"Lead", "LeadNote"}) in listed.changes
    said = listed.said()
    for words in (
        "Гулнора Абдуллаева",
        "Osh, KG",
        "Believed alive",
        "I saw her at the school",
        "0555 999 888",
        "Not checked",
    ):
        assert words in said
    assert unnamed(listed.view) == []
    listed.privacy.set_hidden(True)
    assert "Гулнора" not in listed.said()
    assert "Abdullayeva" not in listed.said()


def test_a_file_that_harms_is_refused_in_words(listed: Listed) -> None:
    listed.file.write_bytes(b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')
    listed.screen.bring_in()
    dialog = listed.screen.dialog
    assert dialog is not None
    dialog.choose_button.click()
    assert "entities" in dialog.note.words()
    assert not dialog.keep_button.isVisible()
    assert unnamed(dialog) == []


def test_a_lead_is_compared_with_ours_and_leads_to_them(listed: Listed) -> None:
    person = registered(listed.desk)
    listed.bring_in()
    listed.screen.compare()
    (hit,) = (one for one in listed.view.split.side.findChildren(LinkButton) if person.number in one.text())
    assert "possible" in hit.text()
    hit.click()
    assert listed.steps.went == [("person", person.id)]


def test_what_was_done_is_kept(listed: Listed) -> None:
    listed.bring_in()
    listed.screen.ask_mark()
    form = listed.screen.form
    assert form is not None
    form.act.click()
    assert form.isVisible()
    form.set_value("state", "followed")
    form.set_value("words", "Wrote to the society")
    form.act.click()
    (lead,) = leads.page(listed.desk, 0, 9)
    assert (lead.state, lead.state_words) == ("followed", "Wrote to the society")


def test_news_of_a_lead_that_was_followed_stands_beside_what_it_said(listed: Listed) -> None:
    listed.bring_in()
    (lead,) = leads.page(listed.desk, 0, 10)
    leads.mark(listed.desk, lead.id, "followed", "Her mother asks")
    day = timedelta(days=1)
    newer = replace(
        GULNORA, source_date=GULNORA.source_date + day, full_name="Лола", description="A red coat", notes=()
    )
    listed.file.write_bytes(write_pfif([newer]))
    import_pfif(listed.desk, listed.file, Options(without_backup=True))
    listed.screen.refresh(frozenset({"Lead"}))
    listed.view.table.selectRow(0)
    said = listed.said()
    news = f"News since {day_words(listed.desk.clock.today())}"
    for words in ("A grey coat", "A red coat", "The record now says: Лола", news):
        assert words in " ".join(said.split())
    assert (listed.view.table.model().index(0, 4).data(CELL).below) == "News since"


def test_with_little_room_a_name_is_read_and_an_empty_list_folds_nothing(listed: Listed) -> None:
    listed.view.resize(700, 768)
    QApplication.processEvents()
    assert not listed.view.split.fold.isVisible()
    listed.bring_in()
    assert listed.view.split.fold.isVisible()
    listed.view.resize(1366, 768)
    QApplication.processEvents()
    hidden = [key for at, key in enumerate(("name", "says", "home")) if listed.view.table.isColumnHidden(at)]
    assert hidden == []
    listed.view.resize(1024, 768)
    QApplication.processEvents()
    assert listed.view.table.isColumnHidden(2)
    assert listed.view.table.columnWidth(0) > 130
