"""How a person can be known again, noted and shown in the tab 'Family and tracing' of the record."""

from __future__ import annotations

from datetime import date

from tests.ui.person_screen import Screen, as_caseworker, family, words_of

from panoh.services import descriptions
from panoh.services.desk import Desk
from panoh.ui.person.view import FAMILY


def test_a_description_is_noted_shown_put_right_and_taken_away(desk: Desk, usual_look: None) -> None:
    man = family(desk)
    screen = Screen(desk).open(man.id)
    screen.view.show_tab(FAMILY)
    panel = screen.view.family.description
    assert "Nothing was noted yet" in words_of(panel)
    panel.add.click()
    form = screen.presenter.actions.dialog
    assert form is not None
    form.act.click()
    assert "at least one thing" in words_of(form)
    for key, words in (("marks", "<b>scar</b>, left knee"), ("found_on", "12.6.2010"), ("kin_said", "Gulya, Ravshan")):
        form.set_value(key, words)
    form.act.click()
    (kept,) = descriptions.of_person(desk, man.id).rows
    assert (kept.marks, kept.found_on, kept.kin_said) == (
        "<b>scar</b>, left knee",
        date(2010, 6, 12),
        ("Gulya", "Ravshan"),
    )
    assert kept.noted_by == desk.user.id
    assert "<b>scar</b>, left knee" in words_of(panel)
    panel.asked.emit(kept)
    form = screen.presenter.actions.dialog
    assert form is not None
    form.set_value("away", "yes")
    form.act.click()
    assert descriptions.of_person(desk, man.id).rows == []
    panel.add.click()
    form = screen.presenter.actions.dialog
    assert form is not None
    form.set_value("says", "a blue gate")
    form.act.click()
    other = Screen(as_caseworker(desk)).open(man.id)
    other.view.show_tab(FAMILY)
    told = words_of(other.view.family.description)
    assert "a blue gate" not in told
    assert "shown to supervisors" in told
