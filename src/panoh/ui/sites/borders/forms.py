"""Small forms of the border points: a point, and what it is like from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.border import BorderPoint, BorderPointState
from panoh.domain.vocabulary import Vocabularies
from panoh.services.person_edit import Choice
from panoh.ui.form_reader import FormReader
from panoh.ui.widgets.choices import ChoiceBox, RadioChoice
from panoh.ui.widgets.controls import choice_box, day_edit, fitted, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

MOST_TEXT = 200  # characters


class PointForm(SmallForm):
    """A place where people cross or wait. A known one fills in its name and the country that it leads out of."""

    def __init__(self, parent: QWidget, words: Vocabularies, countries: Sequence[Choice], point: BorderPoint) -> None:
        title = _("Change {name}").format(name=point.name) if point.id else _("Add a border point")
        said = _("Its state is noted apart, day by day. No person is named here.")
        super().__init__(parent, title, said, _("Save") if point.id else _("Add it"))
        self._terms = {term.code: term for term in words["locations"].offers() if term.category == "border"}
        known = [(code, words.label("locations", code)) for code in self._terms]
        self._location = fitted(ChoiceBox([("", ""), *known], search=True))
        hint = _("Choose it here, or leave this empty and write its name.")
        self.form.add("location", FieldRow(_("A known crossing"), self._location, hint=hint, optional=True))
        self.form.add("name", FieldRow(_("Name"), QLineEdit(), hint=_("As people there call it.")))
        start = FieldRow(_("Leads out of"), choice_box(countries, search=True), optional=True)
        end = FieldRow(_("Leads into"), choice_box(countries, search=True), optional=True)
        self.form.add_beside(("from_country", start), ("to_country", end))
        self.form.finish()
        for key in ("location", "name", "from_country", "to_country"):
            self.set_value(key, getattr(point, key))
        self._location.answered.connect(self._fill)

    def _fill(self) -> None:
        """What is known of the crossing goes where nothing stands yet."""
        term = self._terms.get(self._location.value())
        values = self.values()
        if term is None:
            return
        if not values["name"]:
            self.set_value("name", self._location.currentText())
        if not values["from_country"]:
            self.set_value("from_country", term.country)


def point_of(form: FormReader, before: BorderPoint, others: Sequence[str], countries: Sequence[Choice]) -> BorderPoint:
    """The point that was typed; problems go to the reader. `others` are the names of the other points."""
    location = form.code("location", "locations")
    name = " ".join(form.needed("name", _("Say what people call this place.")).split())
    if len(name) > MOST_TEXT:
        form.wrong("name", _("Shorten this to {most} characters.").format(most=MOST_TEXT))
    if name.casefold() in {other.casefold() for other in others}:
        form.wrong("name", _("There is a border point of this name already. Add what tells them apart."))
    start, end = (form.code(key, "countries", countries) for key in ("from_country", "to_country"))
    if start and start == end:
        form.wrong("to_country", _("It leads into another country than it leads out of."))
    return replace(before, name=name, location=location, from_country=start, to_country=end)


class StateForm(SmallForm):
    """What a point is like from a day on."""

    def __init__(self, parent: QWidget, words: Vocabularies, name: str, today: str) -> None:
        said = _("It holds until the next state that is noted. A day that is past may be noted too.")
        super().__init__(parent, _("State of {name}").format(name=name), said, _("Note it"))
        states = offered(words, "border_state")
        self.form.add("state", FieldRow(_("State"), RadioChoice(states, columns=len(states))))
        self.form.add("since", FieldRow(_("From"), day_edit()))
        hint = _("As told: women and children, people with a passport.")
        self.form.add("let_through", FieldRow(_("Who is let through"), QLineEdit(), hint=hint, optional=True))
        self.form.add("source", FieldRow(_("How this is known"), choice_box(offered(words, "source"))))
        self.form.finish()
        self.set_value("since", today)


def state_of(form: FormReader, point: BorderPoint, today: date) -> BorderPointState:
    """The state that was typed; problems go to the reader."""
    state = form.needed("state", _("Choose what it is like."))
    since = form.day("since")
    if since is None and not form.raw("since"):
        form.wrong("since", _("Say from which day on."))
    return BorderPointState(
        id="",
        border_point_id=point.id,
        since=since or today,
        state=state,
        let_through=form.text("let_through", MOST_TEXT),
        source=form.text("source"),
    )
