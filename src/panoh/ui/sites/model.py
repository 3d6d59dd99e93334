"""Tables of Sites and their words: the list of sites, the households at one, the shelter that they have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from panoh.base.i18n import country_name, day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.sites import HouseholdLine, Site, SiteLine
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel

NAME = 0  # the column that takes the rest of the width
SOON = 14  # days before the closing from which it is near, as rule T21 has it
_LACKING = ("open_air", "inadequate")


def sites_model(runner: TaskRunner, words: Vocabularies, today: Callable[[], date]) -> PagedModel:
    """The list of sites; its rows are SiteLine."""

    def name(line: SiteLine) -> Cell:
        refused = _("access refused") if line.site.access == "refused" else ""
        below = ", ".join(part for part in (refused, kind_words(words, line.site)) if part)
        return Cell(line.site.name, below=below, icon="state.warning" if refused else "")

    def spoken(line: SiteLine) -> str:
        people = ngettext("{n} person", "{n} people", line.people).format(n=number(line.people))
        refused = _("access refused") if line.site.access == "refused" else ""
        parts = (
            line.site.name,
            refused,
            kind_words(words, line.site),
            people,
            state_spoken(line),
            closing(line).words(),
        )
        return ", ".join(part for part in parts if part)

    def closing(line: SiteLine) -> Cell:
        on = line.site.closing_on
        if on is None:
            return Cell(_("no day set"), tone="secondary", spoken=_("no closing day set"))
        near = (on - today()).days <= SOON
        below = closing_words(on, today())
        told = _("closes on {day}, {when}").format(day=day(on), when=below)
        return Cell(day(on), below=below, icon="state.due" if near else "", spoken=told)

    columns = (
        Column("name", _("Site"), 0, name, sort=True),
        Column("people", _("There now"), 104, lambda line: Cell(number(line.people), right=True), True, sort=True),
        Column("room", _("Room for"), 104, room, numeric=True, sort=True),
        Column("state", _("State"), 168, state, sort=True),
        Column("closing", _("Closes"), 152, closing, sort=True),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda line: line.site.id)


def kind_words(words: Vocabularies, site: Site) -> str:
    """'Tents, Uzbekistan'; '' when neither is recorded."""
    kind = words.label("site_kind", site.kind) if site.kind else ""
    country = country_name(site.country) or site.country if site.country else ""
    return ", ".join(part for part in (kind, country) if part)


def room(line: SiteLine) -> Cell:
    """For how many people there is room."""
    if line.site.capacity is None:
        return Cell(_("not known"), right=True, tone="secondary")
    return Cell(number(line.site.capacity), right=True)


def state(line: SiteLine) -> Cell:
    """Over capacity in words and with a triangle, never by colour alone."""
    capacity = line.site.capacity
    if capacity is None:
        return Cell(_("room not known"), tone="secondary")
    if line.over:
        words = _("{n} over capacity").format(n=number(line.over))
        return Cell(words, icon="state.warning", tone="error", spoken=state_spoken(line))
    left = capacity - line.people
    return Cell(_("room for {n} more").format(n=number(left)) if left else _("full"), spoken=state_spoken(line))


def state_spoken(line: SiteLine) -> str:
    """The same for screen readers, in a whole phrase."""
    capacity = line.site.capacity
    if capacity is None:
        return _("room not known")
    if line.over:
        return _("{n} over its capacity of {capacity}").format(n=number(line.over), capacity=number(capacity))
    left = capacity - line.people
    return _("room for {n} more of {capacity}").format(n=number(left), capacity=number(capacity)) if left else _("full")


def closing_words(on: date, today: date) -> str:
    """'in 4 days', 'today', '3 days ago'."""
    days = (on - today).days
    if days == 0:
        return _("today")
    words = ngettext("in {n} day", "in {n} days", days) if days > 0 else ngettext("{n} day ago", "{n} days ago", -days)
    return words.format(n=number(abs(days)))


def shelter_cell(words: Vocabularies, code: str) -> Cell:
    """A shelter in words, with a triangle when it is lacking."""
    if not code:
        return Cell(_("not recorded"), tone="secondary")
    return Cell(words.label("shelter", code), icon="state.warning" if code in _LACKING else "")


def households_model(runner: TaskRunner, words: Vocabularies) -> PagedModel:
    """The households at a site, by number; its rows are HouseholdLine."""

    def people(line: HouseholdLine) -> str:
        return ngettext("{n} person", "{n} people", line.people).format(n=number(line.people))

    def spoken(line: HouseholdLine) -> str:
        number_words = _("Household {number}").format(number=line.number)
        shelter = _("shelter {words}").format(words=shelter_cell(words, line.shelter).text.lower())
        return ", ".join((number_words, people(line), shelter))

    columns = (
        Column("number", _("Household"), 136, lambda line: Cell(line.number)),
        Column("people", _("People"), 68, lambda line: Cell(number(line.people), right=True), numeric=True),
        Column("shelter", _("Shelter"), 0, lambda line: shelter_cell(words, line.shelter)),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda line: line.id)
