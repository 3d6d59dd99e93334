"""A vault that holds only one site's caseload: less to lose when the laptop is lost.

The head of office sets it. From then on nobody of another site is registered here or brought in by a list; whoever is
here already, or moves to another site, is counted and proposed for erasure, never removed by
itself: two people decide each time. A laptop that goes along on a journey is set up so: a new vault that holds only
the site that it goes to.
"""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.i18n import gettext as _
from panoh.domain.household import Site
from panoh.domain.lines import PersonLine
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import told_line
from panoh.store import lines, sites
from panoh.store.tables import table
from panoh.store.units import Reading

ONLY_SITE = "only_site"  # the fact about the vault that tells the site's id; '' or missing: everyone
RECORD = "Caseload"  # record class of its entries in the journal


@dataclass(frozen=True, slots=True)
class Caseload:
    """Whose caseload the vault holds: that of one site, or everyone's. `others` are people here who stay at another site."""

    site: Site | None
    others: int


def hold_only(desk: Desk, site_id: str) -> Changes:
    """Hold only this site's caseload from now on, or everyone's with ''; for the head of office.

    Nobody is removed by it. Raises AppError access.head, record.not_found.
    """
    desk.require_head()
    with desk.writing() as unit:
        name = unit.get(Site, site_id).name if site_id else _("everyone")
        before = only_site(unit)
        if (before.id if before else "") != site_id:
            unit.set_meta(ONLY_SITE, site_id)
            unit.tell("changed", RECORD, site_id, f"{before.name if before else _('everyone')} → {name}")
        return Changes(frozenset({"Site"}))


def of_vault(desk: Desk) -> Caseload:
    """Whose caseload this vault holds, and how many people of others are in it."""
    with desk.reading() as reading:
        site = only_site(reading)
        return Caseload(site, sites.elsewhere_count(reading, site.id) if site else 0)


def of_other_sites(desk: Desk, limit: int) -> list[PersonLine]:
    """The first people here who stay at another site than the vault's own. Raises AppError access.denied."""
    desk.require_supervisor()
    with desk.reading() as reading:
        site = only_site(reading)
        ids = sites.elsewhere(reading, site.id, limit) if site else []
        found = lines.people_by_id(reading, ids)
        return [told_line(desk, found[one]) for one in ids]


def site_named(desk: Desk, text: str) -> Site | None:
    """The site of this name or number, however it is typed; None where there is none."""
    said = " ".join(text.split()).casefold()
    with desk.reading() as reading:
        known = reading.all(Site)
    return next((site for site in known if said in (site.name.casefold(), site.number.casefold())), None)


def only_site(reading: Reading) -> Site | None:
    """The one site whose caseload this vault holds; None when it holds everyone."""
    site_id = reading.meta(ONLY_SITE)
    return reading.first(Site, table(Site).c.id == site_id) if site_id else None


def refusal(site: Site) -> str:
    """Why somebody of another site is not taken into a vault that holds only this site's caseload."""
    words = _(
        "This vault holds only the caseload of {site}. Register people of other sites in the vault of their site."
    )
    return words.format(site=site.name)
