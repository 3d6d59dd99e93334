"""The list of drafts: told without names where they are hidden, opened, thrown away and put back."""

from __future__ import annotations

import pytest
from tests.ui.person_screen import family

from panoh.services import drafts
from panoh.services.desk import Desk
from panoh.services.drafts import Draft
from panoh.ui.people.drafts.model import drafts_model
from panoh.ui.people.drafts.screen import DraftsPresenter, DraftsView
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import InlineRunner


class Listed:
    def __init__(self, desk: Desk) -> None:
        self.privacy, self.opened, self.counted = Privacy(), list[Draft](), 0
        self.view = DraftsView(drafts_model(InlineRunner(), self.privacy, desk.clock.today))
        self.screen = DraftsPresenter(self.view, desk, InlineRunner(), self.opened.append, self._count)
        self.screen.opened()

    def rows(self) -> list[list[str]]:
        model = self.view.model
        return [
            [str(model.data(model.index(row, column))) for column in range(len(model.columns))]
            for row in range(model.rowCount())
        ]

    def _count(self) -> None:
        self.counted += 1


@pytest.fixture
def listed(desk: Desk) -> Listed:
    man = family(desk)
    drafts.keep(desk, "one", "family", {"title": "Каримова Зулфия", "form": {}})
    drafts.keep(desk, "two", "person", {"person_id": man.id, "tab": "identity", "values": {}})
    return Listed(desk)


def test_each_draft_says_what_it_is_about(listed: Listed) -> None:
    told = {row[0]: row[1] for row in listed.rows()}
    assert told["Family"] == "Каримова Зулфия"
    assert "Сатторқуллиев Илҳом" in told["Change of a record"]
    assert all(row[2].startswith("today ") for row in listed.rows())


def test_hidden_names_stay_hidden(listed: Listed) -> None:
    listed.privacy.set_hidden(True)
    assert not any(name in " ".join(row) for row in listed.rows() for name in ("Зулфия", "Илҳом"))


def test_one_is_thrown_away_and_put_back(desk: Desk, listed: Listed) -> None:
    before = {one.id: one.payload for one in drafts.mine(desk)}
    listed.view.table.selectRow(0)
    gone = listed.view.table.current().draft.id
    listed.view.away.click()
    assert [one.id for one in drafts.mine(desk)] == [one for one in before if one != gone]
    assert len(listed.rows()) == 1
    listed.view.told._action.click()
    assert {one.id: one.payload for one in drafts.mine(desk)} == before
    assert listed.counted == 2


def test_enter_goes_on_with_a_draft(listed: Listed) -> None:
    listed.view.table.opened.emit(listed.view.model.row_at(0))
    assert len(listed.opened) == 1
