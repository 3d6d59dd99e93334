"""Which people a bar of a chart counts: the part of everyone that the list behind it shows."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from panoh.base.i18n import day as day_words
from panoh.base.i18n import gettext as _
from panoh.domain.household import Site
from panoh.domain.lines import EVERYONE, PeopleFilter
from panoh.services import due
from panoh.services.assistance import TELLING
from panoh.services.desk import Desk
from panoh.store import dashboards as store
from panoh.store.dashboards import Where

_OLDEST = 120  # years

__all__ = ["EVERYONE", "PeopleFilter"]


def words(desk: Desk, wanted: PeopleFilter) -> str:
    """The part in words: 'Women and girls, 18 to 29, at School 7'; '' of everyone."""
    told = []
    if wanted.registered_on:
        told.append(_("registered on {day}").format(day=day_words(wanted.registered_on)))
    if wanted.ages:
        told.append(_("women and girls") if wanted.sex == "F" else _("men and boys"))
        told.append(_ages(*wanted.ages))
    if wanted.overdue:
        told.append(_("overdue: {what}").format(what=due.kind_words(wanted.overdue)))
    if wanted.sector:
        pattern = _("your cases, lacking: {what}") if _of_own(desk, wanted.sector) else _("lacking: {what}")
        told.append(pattern.format(what=desk.name_of("sector", wanted.sector)))
    if wanted.site_id:
        with desk.reading() as reading:
            told.append(_("at {site}").format(site=reading.get(Site, wanted.site_id).name))
    text = ", ".join(told)
    return text[:1].upper() + text[1:]


def _ages(first: int, last: int) -> str:
    if last > _OLDEST:
        return _("{years} and older").format(years=first)
    return _("{first} to {last} years old").format(first=first, last=last)


def conditions(desk: Desk, wanted: PeopleFilter) -> list[Where]:
    """What the store is asked of each of them, as this user may ask it: of what is overdue, one's own alone.

    So with who lacks what would tell (assistance.TELLING); and what somebody masked lacks is not told.
    """
    if wanted == EVERYONE:
        return []
    where = list(store.at_site(wanted.site_id))
    if wanted.registered_on:
        day = datetime.combine(wanted.registered_on, time())
        where.append(store.registered_between(day.astimezone(), (day + timedelta(days=1)).astimezone()))
    if wanted.ages:
        where.extend(store.of_sex_and_age(wanted.sex, wanted.ages, desk.believed.today()))
    if wanted.overdue:
        where.append(store.with_overdue(wanted.overdue, *due.whose(desk)))
    if wanted.sector:
        where.extend(store.lacks(wanted.sector, desk.limited_reader, own=_of_own(desk, wanted.sector)))
    return where


def _of_own(desk: Desk, sector: str) -> bool:
    """Whether this user is told of their own cases alone who lacks something of this sector."""
    return not desk.is_supervisor and sector in TELLING
