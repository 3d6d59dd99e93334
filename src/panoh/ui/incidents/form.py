"""The form of an incident, and the incident out of its values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.domain.dates import AGE, UNKNOWN, PartialDate
from panoh.domain.incidents import Incident
from panoh.domain.vocabulary import Vocabularies
from panoh.services import sites
from panoh.ui.form_reader import FormReader
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.control_values import EXACTNESS, TYPED, known_in, typed_in
from panoh.ui.widgets.controls import CodesEdit, LongEdit, choice_box, fitted, offered
from panoh.ui.widgets.date import PartialDateEdit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

_WIDE = 720  # pixels at 100 % text
SITE, POINT = "site:", "point:"  # stand before the id of a site, or of a crossing point, among the places


class IncidentForm(SmallForm):
    """What happened, where and when. `places` are sites and crossing points, by their marked ids."""

    def __init__(
        self,
        parent: QWidget,
        words: Vocabularies,
        places: Sequence[Choice],
        incident: Incident,
        today: Callable[[], date],
    ) -> None:
        title = _("Change an incident") if incident.id else _("Note an incident")
        said = _("An event apart from people. Whom it touched is added afterwards, by their number.")
        super().__init__(parent, title, said, _("Save") if incident.id else _("Note it"))
        self._words, self._places = words, places
        self._when = PartialDateEdit(today, placeholder=_("12.6 or June 2010"))
        self._when.exactness.removeItem(self._when.exactness.findData(AGE))
        self._add_facts()
        self._add_source()
        self.form.finish()
        self._fill(incident)
        self.take_room(_WIDE)

    def _add_facts(self) -> None:
        words = self._words
        by_role = _("Of some kinds, only supervisors and whoever holds their case see who was touched.")
        self.form.add(
            "kind",
            FieldRow(
                _("What kind"), fitted(ChoiceBox([("", _("choose")), *offered(words, "incident_kind")])), hint=by_role
            ),
        )
        self.form.add("happened", FieldRow(_("When"), self._when, optional=True))
        places = [("", ""), *self._places, *offered(words, "locations")]
        where = FieldRow(
            _("Where"),
            fitted(ChoiceBox(places, search=True)),
            hint=_("A site, a crossing point, a place of the list, or as people say it. Everyone reads it."),
            optional=True,
        )
        hour = FieldRow(_("At what time"), QLineEdit(), hint=_("As said: at night, about 4."), optional=True)
        self.form.add_beside(("place", where), ("at_hour", hour), stretches=(2, 1))
        people = FieldRow(
            _("How many people it touched"), QLineEdit(), hint=_("As told, registered here or not."), optional=True
        )
        whom = FieldRow(
            _("By whom"), CodesEdit(offered(words, "harm_agent")), hint=_("Several with commas."), optional=True
        )
        self.form.add_beside(("people_told", people), ("by_whom", whom))
        never = _("Never write a name, a phone or where somebody stays now: people are added by their number.")
        self.form.add("what", FieldRow(_("What happened"), LongEdit(4), hint=never, optional=True))

    def _add_source(self) -> None:
        words = self._words
        source = FieldRow(_("Where this comes from"), choice_box(offered(words, "source")))
        sure = FieldRow(_("How reliable"), choice_box(offered(words, "reliability")))
        ended = FieldRow(_("How it ended"), choice_box(offered(words, "incident_outcome")))
        self.form.add_beside(("source", source), ("reliability", sure), ("outcome", ended))

    def _fill(self, one: Incident) -> None:
        place = SITE + one.site_id if one.site_id else POINT + one.border_point_id if one.border_point_id else one.place
        known = place in dict(self._places) or place in self._words["locations"]
        values = {
            "kind": one.kind,
            "place": place if known or not place else TYPED + place,
            "at_hour": one.at_hour,
            "people_told": "" if one.people_told is None else number(one.people_told),
            "by_whom": ", ".join(self._words.label("harm_agent", code) for code in one.by_whom),
            "what": one.what,
            "source": one.source,
            "reliability": one.reliability,
            "outcome": one.outcome,
        }
        for key, value in values.items():
            self.set_value(key, value)
        self._when.set_value(one.happened)


def incident_of(form: FormReader, before: Incident, words: Vocabularies, places: Sequence[Choice]) -> Incident:
    """The incident that was typed; what cannot be read goes to the reader."""
    told = _happened(form, before.happened)
    site_id, point_id, place = _place(form.raw("place"), places)
    people = before.people_told
    try:
        wanted = _("Write how many people it touched, for example 4.")
        people = sites.people_in("people_told", form.raw("people_told"), wanted)
    except FieldProblem as problem:
        form.wrong("people_told", problem.text)
    return replace(
        before,
        kind=form.code("kind", "incident_kind"),
        happened_precision=told.precision,
        happened_earliest=told.earliest,
        happened_latest=told.latest,
        happened_said=told.said,
        happened_as_of=told.as_of,
        at_hour=form.text("at_hour"),
        place=place,
        site_id=site_id,
        border_point_id=point_id,
        source=form.code("source", "source"),
        reliability=form.code("reliability", "reliability"),
        by_whom=form.codes("by_whom", "harm_agent", offered(words, "harm_agent")),
        people_told=people,
        what=form.text("what"),
        outcome=form.code("outcome", "incident_outcome"),
    )


def _happened(form: FormReader, before: PartialDate) -> PartialDate:
    """When it happened; the day known already when nobody changed it. A bare number would be an age."""
    told = form.birth("happened", before)
    said = known_in(form.raw("happened")).partition(EXACTNESS)[0]
    if told != before and said and told.precision in (AGE, UNKNOWN):
        form.wrong("happened", _("Write a day, a month or a year, for example 12 June 2010, or leave it empty."))
        return before
    return told


def _place(value: str, places: Sequence[Choice]) -> tuple[str, str, str]:
    """Site, crossing point, or place; one of the first two also where its name was typed."""
    code, said = known_in(value), " ".join(typed_in(value).split())
    code = next((marked for marked, name in places if said and name.casefold() == said.casefold()), code)
    if code.startswith(SITE):
        return code.removeprefix(SITE), "", ""
    if code.startswith(POINT):
        return "", code.removeprefix(POINT), ""
    return "", "", code or said
