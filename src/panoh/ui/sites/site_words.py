"""Words for whether a site is reached and safe, who is expected there, and what is lacking."""

from __future__ import annotations

from datetime import date

from panoh.base.i18n import day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.sites import Site
from panoh.ui.sites.model import closing_words


def reached_facts(words: Vocabularies, site: Site, today: date) -> list[tuple[str, str]]:
    """Whether a site is reached and safe, who is expected, what is lacking; what nobody recorded is said to be so."""
    facts = [
        (_("Access"), _access(words, site) or _("not recorded")),
        (_("Last visit"), _visit(site, today)),
        (_("Security"), words.label("site_security", site.security) if site.security else _("not recorded")),
        (_("Expected"), _expected(site, today)),
    ]
    lacks = [words.label("site_lack", code) for code in site.lacks]
    facts.append((_("Lacking there"), ", ".join(lacks) or _("not recorded")))
    if site.place:
        facts.append((_("Where it lies"), words.label("locations", site.place)))
    if site.remarks:
        facts.append((_("Remarks"), site.remarks))
    return facts


def _access(words: Vocabularies, site: Site) -> str:
    """'Refused: the district commander'; '' when nothing is recorded."""
    access = words.label("site_access", site.access) if site.access else ""
    return ": ".join(part for part in (access, site.access_by) if part)


def standing_against(site: Site) -> str:
    """What whoever wants to go there must know first; '' where nothing stands against it."""
    said = []
    if site.access == "refused":
        by = _("Access is refused by {who}.").format(who=site.access_by)
        said.append(by if site.access_by else _("Access is refused."))
    if site.security == "unsafe":
        said.append(_("It is unsafe there."))
    return " ".join(said)


def _visit(site: Site, today: date) -> str:
    on = site.visited_on
    return _("{day}, {when}").format(day=day(on), when=closing_words(on, today)) if on else _("no visit recorded")


def _expected(site: Site, today: date) -> str:
    count, on = site.expected_people, site.expected_on
    people = ngettext("{n} person", "{n} people", count).format(n=number(count)) if count is not None else ""
    when = _("on {day}, {when}").format(day=day(on), when=closing_words(on, today)) if on else ""
    if on and not people:
        people = _("people, nobody said how many")
    return " ".join(part for part in (people, when) if part) or _("nobody that is known")
