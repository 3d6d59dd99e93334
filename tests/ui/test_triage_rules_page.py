"""The page of the rules of triage: a setting is tried, then kept, and everyone is assessed anew a few at a time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from tests.services.test_triage_settings import someone

from panoh.services import levels, triage
from panoh.services.desk import Desk
from panoh.ui.levels_anew import LevelsAnew
from panoh.ui.settings.rules import RulesView
from panoh.ui.settings.rules_model import RuleRow, rules_model
from panoh.ui.settings.rules_presenter import RulesPresenter
from panoh.ui.tasks import InlineRunner


def page(desk: Desk) -> RulesPresenter:
    runner = InlineRunner()
    screen = RulesPresenter(RulesView(rules_model(runner)), desk, runner)
    screen.opened()
    return screen


def choose(screen: RulesPresenter, key: str) -> RuleRow:
    screen._view.table.select_key(key)
    row = screen._row()
    assert row is not None
    return row


def spoken(screen: RulesPresenter) -> list[str]:
    model = screen._view.model
    return [model.row_words(model.row_at(at)) for at in range(model.rowCount())]


@pytest.mark.usefixtures("qapp")
def test_a_rule_is_raised_after_a_try(desk: Desk) -> None:
    one = someone(desk, "PX-HB")
    screen = page(desk)
    again: list[bool] = []
    screen.rules_changed.connect(lambda: again.append(True))
    choose(screen, "T14.shelter")
    assert (screen._view.set.isEnabled(), screen._view.end.isEnabled()) == (True, False)
    screen._view.set.click()
    form = screen.form
    assert form is not None
    form.set_value("level", "high")
    form.act.click()
    assert form.is_tried(form.values())
    told = " ".join(label.text() for label in form.said.findChildren(QLabel))
    assert "1 person would change level: 1 to high." in told
    form.act.click()  # the reason is missing
    assert form.form.rows["why"].error
    assert not again
    form.set_value("why", "Nights are cold")
    form.forget()
    form.act.click()
    form.act.click()
    assert again == [True]
    assert "set, Whole vault, High, 24 hours" in spoken(screen)
    assert triage.why(desk, one.id).level == "medium"
    levels.refresh_due(desk)
    assert triage.why(desk, one.id).level == "high"


@pytest.mark.usefixtures("qapp")
def test_what_was_changed_after_a_try_is_tried_again(desk: Desk) -> None:
    someone(desk, "PX-HB")
    screen = page(desk)
    choose(screen, "T14.shelter")
    screen.set()
    form = screen.form
    assert form is not None
    form.set_value("level", "high")
    form.set_value("why", "Nights are cold")
    form.act.click()
    form.set_value("level", "critical")
    form.act.click()
    assert "set," not in " ".join(spoken(screen))
    assert form.tried["level"] == "critical"


@pytest.mark.usefixtures("qapp")
def test_a_setting_ends(desk: Desk) -> None:
    test_a_rule_is_raised_after_a_try(desk)
    screen = page(desk)
    row = next(row for row in (screen._view.model.row_at(at) for at in range(99)) if row and row.setting)
    choose(screen, row.key)
    screen._view.end.click()
    form = screen.form
    assert form is not None
    form.act.click()
    assert "1 person would change level: 1 to medium." in " ".join(
        label.text() for label in form.said.findChildren(QLabel)
    )
    form.act.click()
    assert "set," not in " ".join(spoken(screen))


@pytest.mark.usefixtures("qapp")
def test_how_far_it_is_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        someone(desk)
    with desk.writing() as unit:
        unit.set_meta("rules", "of another edition")
    monkeypatch.setattr(levels, "REFRESH_AT_ONCE", 2)
    said: list[str] = []
    parent = QObject()
    anew = LevelsAnew(
        desk, InlineRunner(), said.append, lambda: said.append("done"), lambda e: said.append(str(e)), parent
    )
    anew.start()
    assert said == ["Levels are worked out anew: 2 of 5", "Levels are worked out anew: 4 of 5", "", "done"]
    anew.start()
    assert said[-1] == "done"
    assert len(said) == 4
