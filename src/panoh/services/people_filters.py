"""Which people a bar of a chart counts: the part of everyone that the list behind it shows."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from panoh.domain.lines import EVERYONE, PeopleFilter
from panoh.services import due
from panoh.services.desk import Desk
from panoh.store import dashboards as store
from panoh.store.dashboards import Where


def conditions(desk: Desk, wanted: PeopleFilter) -> list[Where]:
    """What the store is asked of each of them, as this user may ask it: of what is overdue, one's own alone."""
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
        where.extend(store.lacks(wanted.sector))
    return where
