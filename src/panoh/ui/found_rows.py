"""What a search found, as rows of the find box: people, households, places, each with what tells it from another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from panoh.base.i18n import day, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine, RequestFilter, RequestLine
from panoh.services import search, tracing
from panoh.services.cards import Scanned
from panoh.services.desk import Desk
from panoh.services.search import Everything
from panoh.ui.shell.results import Found
from panoh.ui.words import who_words

_BY_NAME = 95  # a score that a place alone does not give
_AT_MOST = 8  # people
_REQUESTS = 3  # at most, of one number
Sought = tuple[Everything, list[RequestLine]]


def numbered_requests(desk: Desk, text: str) -> list[RequestLine]:
    """The tracing requests that this number begins, as it stands on a paper; a name alone finds people, not requests."""
    if not any(sign.isdigit() for sign in text):
        return []
    return tracing.page(desk, 0, _REQUESTS, RequestFilter(text=text))


def look_for(desk: Desk, text: str) -> Sought:
    """Everything that the find box finds."""
    return search.everything(desk, text, _AT_MOST), numbered_requests(desk, text)


def request_rows(
    requests: Sequence[RequestLine], named: Callable[[str], str], open_request: Callable[[str], object]
) -> list[Found]:
    """Tracing requests as rows, each with whom it looks for."""
    return [
        Found(_("Tracing requests"), one.number, named(one.sought_name), "area.tracing", partial(open_request, one.id))
        for one in requests
    ]


def found_rows(
    found: Everything,
    today: date,
    named: Callable[[str], str],
    open_person: Callable[[str], object],
    list_people: Callable[[str], object],
) -> list[Found]:
    """Rows in groups. `named` gives a name, or nothing while names are hidden: the number stands for it then.

    A household opens the record of its head, a place the list of who stays there. People whose names were typed come
    first; where it was a place that was typed, the place does.
    """
    people = [_person(each.line, found, today, named, open_person) for each in found.people]
    homes = [
        _household(home.household.number, home.members, named, open_person) for home in found.households if home.members
    ]
    places = [
        Found(_("Places"), site.name, _people(count), "area.sites", partial(list_people, site.name))
        for site, count in found.sites
    ]
    cards = [_card(found.card, open_person)] if found.card else []
    by_name = any(each.score >= _BY_NAME for each in found.people)
    return [*cards, *homes, *people, *places] if by_name else [*cards, *homes, *places, *people]


def _card(scanned: Scanned, open_person: Callable[[str], object]) -> Found:
    """A card that holds tells until when; one that does not, that it must not be honoured."""
    card = scanned.card
    until = _("valid until {day}").format(day=day(card.valid_until)) if card.valid_until else ""
    told = _("not valid any more: ask for the newer card") if scanned.ended else until
    return Found(
        _("Cards"),
        card.card_no,
        told,
        "state.card_ended" if scanned.ended else "area.families",
        partial(open_person, scanned.person_id),
    )


def _person(
    line: PersonLine,
    found: Everything,
    today: date,
    named: Callable[[str], str],
    open_person: Callable[[str], object],
) -> Found:
    home = found.household_numbers.get(line.household_id, "")
    household = _("household {number}").format(number=home) if home else ""
    title = named(line.full_name) or line.number
    detail = _joined(who_words(line.sex, line.birth, today), line.number, line.site_name, household)
    photo = found.photos.get(line.id, b"") if title == line.full_name else b""  # faces are hidden with the names
    return Found(_("People"), title, detail, "area.people", partial(open_person, line.id), photo)


def _household(
    number: str,
    members: tuple[PersonLine, ...],
    named: Callable[[str], str],
    open_person: Callable[[str], object],
) -> Found:
    head = next((line for line in members if line.relation == "head"), members[0])
    title = _joined(number, named(head.full_name))
    detail = _joined(_people(len(members)), head.site_name)
    return Found(_("Households"), title, detail, "area.families", partial(open_person, head.id))


def _people(count: int) -> str:
    return ngettext("{n} person", "{n} people", count).format(n=count)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
