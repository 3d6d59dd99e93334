"""Columns of the list of who is public, and what leaves of one in words."""

from __future__ import annotations

from panoh.base.i18n import N_, day
from panoh.base.i18n import gettext as _
from panoh.services.public_file import PublicRecord
from panoh.services.publishing import Published, State
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel

_STATES = {
    State.STANDS: N_("Public"),
    State.EXPIRED: N_("Expired"),
    State.WITHDRAWN: N_("Taken back"),
    State.NOT_POSSIBLE: N_("Not possible any more"),
}


def state_words(one: Published) -> str:
    """Where it stands, and whether something has to be done: what left is called back by the next file."""
    stands = one.state is State.STANDS
    if one.publication.out_at is None:
        return _("In the next file") if stands else _(_STATES[one.state])
    if stands or one.publication.emptied_at is not None:
        return _(_STATES[one.state])
    return _("{state}: call it back").format(state=_(_STATES[one.state]))


def facts_of(person: PublicRecord, privacy: Privacy) -> list[tuple[str, str]]:
    """All that leaves, a label and a value each."""
    place = ", ".join(part for part in (person.home_state, person.home_country) if part)
    found = [
        (_("Name"), privacy.name(person.full_name)),
        (_("Sex"), person.sex),
        (_("Age"), person.age),
        (_("Region and country"), place),
        *((_("Note"), note.text) for note in person.notes),
        (_("In the name of"), person.source_name),
        (_("Public record"), person.person_record_id),
        (_("Expires"), day(person.expiry_date.date()) if person.expiry_date else ""),
    ]
    return [(label, value) for label, value in found if value]


def public_model(runner: TaskRunner) -> PagedModel:
    """The model of the list; its rows are Published."""

    def number(one: Published) -> str:
        return one.number or _("erased")

    def until(one: Published) -> str:
        return day(one.publication.expires_on) if one.publication.expires_on else ""

    def last(one: Published) -> str:
        return day(one.publication.out_at.astimezone().date()) if one.publication.out_at else _("not yet")

    def state(one: Published) -> Cell:
        words = state_words(one)
        return Cell(words, tone="" if one.state is State.STANDS else "secondary")

    def spoken(one: Published) -> str:
        parts = (number(one), state_words(one), _("until {day}").format(day=until(one)), one.publication.public_no)
        return ", ".join(part for part in parts if part)

    columns = (
        Column("number", _("Number"), 136, lambda one: Cell(number(one))),
        Column("state", _("State"), 0, state),
        Column("until", _("Until"), 120, lambda one: Cell(until(one))),
        Column("last", _("Last left"), 120, lambda one: Cell(last(one))),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda one: one.publication.id)
