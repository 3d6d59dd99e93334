"""The small form of a movement: its values, and the movement out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.domain.border import Movement
from panoh.domain.vocabulary import Vocabularies
from panoh.services import sites
from panoh.services.person_edit import Choice
from panoh.ui.form_reader import FormReader, day_text
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.control_values import TYPED, known_in, typed_in
from panoh.ui.widgets.controls import LongEdit, day_edit, fitted, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

_SITE = "site:"  # stands before the id of a site among the places that are offered
_MOST_PLACE = 200  # characters


class MovementForm(SmallForm):
    """Who moved together, or is about to. Each end is a site, a place of the list, or words."""

    def __init__(self, parent: QWidget, words: Vocabularies, known: Sequence[Choice], movement: Movement) -> None:
        title = _("Change a movement") if movement.id else _("Record a movement")
        said = _("Groups that moved or are about to: it moves nobody's record. A day to come is a plan.")
        super().__init__(parent, title, said, _("Save") if movement.id else _("Record it"))
        places = [("", ""), *((_SITE + code, name) for code, name in known), *offered(words, "locations")]
        hint = _("A site, a place of the list, or as people say it.")
        start = FieldRow(_("From"), fitted(ChoiceBox(places, search=True)), hint=hint)
        end = FieldRow(_("To"), fitted(ChoiceBox(places, search=True)), hint=hint)
        self.form.add_beside(("start", start), ("end", end))
        on = FieldRow(_("Day"), day_edit(), hint=_("Also one that is still to come."), optional=True)
        people = FieldRow(_("How many people"), QLineEdit(), hint=_("People, not families."), optional=True)
        self.form.add_beside(("moved_on", on), ("people", people))
        never = _("How they went, who told it. Never whose case it is, or where somebody hides: everyone reads it.")
        self.form.add("remarks", FieldRow(_("Remarks"), LongEdit(3), hint=never, optional=True))
        self.form.finish()
        self.set_value("start", _end_value(words, movement.from_site_id, movement.from_place))
        self.set_value("end", _end_value(words, movement.to_site_id, movement.to_place))
        self.set_value("moved_on", day_text(movement.moved_on))
        self.set_value("people", "" if movement.people is None else number(movement.people))
        self.set_value("remarks", movement.remarks)


def movement_of(form: FormReader, before: Movement, known: Sequence[Choice]) -> Movement:
    """The movement that was typed; problems go to the reader."""
    from_site, from_place = _end(form, "start", known)
    to_site, to_place = _end(form, "end", known)
    if not (from_site or from_place or to_site or to_place):
        form.wrong("start", _("Say where they came from, or where they went."))
    elif (from_site, from_place) == (to_site, to_place):
        form.wrong("end", _("They went to another place than they came from."))
    people = None
    try:
        people = sites.people_in("people", form.raw("people"), _("Write how many people moved, for example 40."))
    except FieldProblem as problem:
        form.wrong("people", problem.text)
    return replace(
        before,
        moved_on=form.day("moved_on", ahead=True),
        from_site_id=from_site,
        from_place=from_place,
        to_site_id=to_site,
        to_place=to_place,
        people=people,
        remarks=form.text("remarks", sites.MOST_REMARKS),
    )


def _end(form: FormReader, key: str, known: Sequence[Choice]) -> tuple[str, str]:
    """The site, or else the place, that stands at one end of the movement."""
    value, said = known_in(form.raw(key)), " ".join(typed_in(form.raw(key)).split())
    site = next((site_id for site_id, name in known if said and name.casefold() == said.casefold()), "")
    if len(said) > _MOST_PLACE:
        form.wrong(key, _("Shorten this to {most} characters.").format(most=_MOST_PLACE))
    if value.startswith(_SITE) or site:
        return site or value.removeprefix(_SITE), ""
    return "", value or said


def _end_value(words: Vocabularies, site_id: str, place: str) -> str:
    if site_id:
        return _SITE + site_id
    return place if not place or place in words["locations"] else TYPED + place
