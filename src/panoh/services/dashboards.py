"""The numbers that are drawn: of everyone, or of one site. Each is read by itself, so that a page can show them as they come.

**Who is told exact numbers.** Supervisors and the head of office. For everyone else a number under five is left out of a
chart, and so is what would give it away (domain/few.py says how): of a few people at one place, whoever knows the place
knows who is meant. The lists that they work from stay whole: these name people one by one, and withhold by need to know.

A site's numbers are told beside those of every other site and of everyone, which the same user may open: what one chart
leaves out is not what the sum of the sites lacks either. Row by row and column by column, that is; somebody who solves all
of them together may come closer than "fewer than five".

**At risk of being sent back** can be read from no number here:
- Levels are counted for everyone together only. There a level says nothing about why, because in each of them people with
  restricted reasons stand among others; the queue shows the same levels, line by line. How many people of a site are at
  critical would tell more: where one of few families is known to be hunted, a "critical" at that site is theirs. So levels of a
  site are for those who may see restricted facts, and for nobody else, not even left out by few.
- Whoever is behind a shield, with everyone who lives with them, has no site in the record: that is sealed. In no number of a
  site are they counted, and no number tells how many people have no site. In the numbers of everyone they count like
  others, by registration, sex, age, level and need, so nothing there moves when a shield goes up. What moves at the site
  is what moves when somebody leaves it, to the digit: `tests/services/test_dashboards.py` holds both beside each other.
- What is overdue is counted of one's own tasks and cases, of which one may know everything; of everybody's for supervisors.
- A site's people in all are told exactly, to everyone: without it nobody finds room for a family.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from panoh.domain.few import Told, exactly, told, told_table, total
from panoh.domain.household import Site
from panoh.domain.lines import PeopleFilter
from panoh.domain.triage.levels import LEVELS
from panoh.services import due
from panoh.services.desk import Desk
from panoh.store import dashboards as store
from panoh.store import lines
from panoh.store.units import Reading

__all__ = ["AgeBand", "PeopleFilter", "Told", "total"]

AGE_BANDS = ((0, 4), (5, 11), (12, 17), (18, 29), (30, 39), (40, 49), (50, 59), (60, 200))
DAYS = 14


@dataclass(frozen=True, slots=True)
class AgeBand:
    """One row of the pyramid as it is told; `oldest` is 200 for the last band."""

    youngest: int
    oldest: int
    female: Told
    male: Told


def registered(desk: Desk, site_id: str = "") -> tuple[tuple[date, Told], ...]:
    """How many people were registered on each of the last days, today last; of a site, of those who are there now."""
    today = desk.believed.today()
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    midnights = [_midnight(day) for day in (*days, today + timedelta(days=1))]
    with desk.reading() as reading:
        if site_id:
            by_site = store.registered_by_site(reading, midnights, _only(desk, site_id))
            sums = [0] * DAYS if desk.is_supervisor else store.registered(reading, midnights)
            shown = _of_site(desk, reading, site_id, {one: found[::-1] for one, found in by_site.items()}, sums[::-1])
        else:
            # Backwards, so that an old day is left out rather than today.
            shown = _of_all(desk, store.registered(reading, midnights)[::-1], lines.people_count(reading)[0])
    return tuple(zip(days, reversed(shown), strict=True))


def ages(desk: Desk, site_id: str = "") -> tuple[AgeBand, ...]:
    """Who is here by age and sex, the youngest first; whoever's age or sex is not known is in no band."""
    today = desk.believed.today()
    with desk.reading() as reading:
        if site_id:
            found = store.sexes_and_ages_by_site(reading, today, _only(desk, site_id))
            by_site = {one: bands_of(groups) for one, groups in found.items()}
            sums = [sum(column) for column in zip(*by_site.values(), strict=True)] or [0] * (2 * len(AGE_BANDS))
            shown = _of_site(desk, reading, site_id, by_site, sums)
        else:
            shown = _of_all(desk, bands_of(store.sexes_and_ages(reading, today)), store.people_here(reading))
    pairs = zip(AGE_BANDS, shown[::2], shown[1::2], strict=True)
    return tuple(AgeBand(*band, female, male) for band, female, male in pairs)


def levels(desk: Desk, site_id: str = "") -> tuple[tuple[str, Told], ...]:
    """How many people stand at each level, in the order of the queue; nothing of a site for whoever is no supervisor."""
    if site_id and not desk.is_supervisor:
        return ()
    with desk.reading() as reading:
        found = store.levels(reading, site_id)
    counts = [found.get(level, 0) for level in LEVELS]
    shown = [exactly(count) for count in counts] if desk.is_supervisor else told(counts, sum(counts), covers=True)
    return tuple(zip(LEVELS, shown, strict=True))


def overdue(desk: Desk, site_id: str = "") -> tuple[tuple[str, str, int], ...]:
    """For how many people something of each kind is overdue, with its words, the most first: of one's own work, for
    supervisors of everybody's.
    """
    with desk.reading() as reading:
        found = store.overdue(reading, *due.whose(desk), site_id)
    return tuple(
        (kind, due.kind_words(kind), n) for kind, n in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    )


def occupancy(desk: Desk, site_id: str = "") -> tuple[tuple[Site, int], ...]:
    """Every site, or one, with how many people stay there: exactly, for everyone."""
    with desk.reading() as reading:
        return tuple(store.sites(reading, site_id))


def open_needs(desk: Desk, site_id: str = "") -> tuple[tuple[str, str, Told], ...]:
    """How many people who are here lack something of each sector, with its words, the most first."""
    with desk.reading() as reading:
        if site_id:
            by_site = store.open_needs_by_site(reading, _only(desk, site_id))
            sectors = sorted({sector for found in by_site.values() for sector in found})
            rows = {one: [found.get(sector, 0) for sector in sectors] for one, found in by_site.items()}
            sums = [sum(column) for column in zip(*rows.values(), strict=True)]
            shown = _of_site(desk, reading, site_id, rows, sums, whole=False)
        else:
            everyone = store.open_needs(reading)
            sectors = sorted(everyone)
            shown = _of_all(desk, [everyone[one] for one in sectors], None)
    # What is told alone says which is drawn, and in which order.
    cells = [(sector, cell) for sector, cell in zip(sectors, shown, strict=True) if cell != exactly(0)]
    cells.sort(key=lambda one: (-one[1].least, one[0]))
    return tuple((sector, desk.name_of("sector", sector), cell) for sector, cell in cells)


def bands_of(groups: Iterable[tuple[str, tuple[int, int], int]]) -> list[int]:
    """People by sex and span of ages in the bands of the pyramid: women and girls, men and boys of each band in turn."""
    counts = [0] * (2 * len(AGE_BANDS))
    for sex, span, people in groups:
        if sex in ("F", "M"):
            middle = sum(span) // 2
            band = next(at for at, band in enumerate(AGE_BANDS) if middle <= band[1])
            counts[2 * band + (sex == "M")] += people
    return counts


def _only(desk: Desk, site_id: str) -> str:
    """The one site that has to be read; '' for all of them, where one must not be worked out from the others."""
    return site_id if desk.is_supervisor else ""


def _of_all(desk: Desk, counts: Sequence[int], whole: int | None) -> list[Told]:
    return [exactly(count) for count in counts] if desk.is_supervisor else told(counts, whole)


def _of_site(
    desk: Desk,
    reading: Reading,
    site_id: str,
    by_site: Mapping[str, Sequence[int]],
    sums: Sequence[int],
    *,
    whole: bool = True,
) -> list[Told]:
    """The numbers of one site beside those of the others and of everyone, which the same user may open as well.

    With `whole` a chart counts everybody once, so that the people of the site are its sum at most.
    """
    none = [0] * len(sums)
    if desk.is_supervisor:
        return [exactly(count) for count in by_site.get(site_id, none)]
    people = store.people_by_site(reading)
    sites = sorted(people.keys() | {site_id})
    rows = [by_site.get(one, none) for one in sites]
    table = told_table(rows, [people.get(one, 0) if whole or one not in people else None for one in sites], sums)
    return table[sites.index(site_id)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
