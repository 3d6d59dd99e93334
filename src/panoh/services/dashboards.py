"""The numbers that are drawn: of everyone, or of one site. Each is read by itself, so that a page can show them as they come.

**Who is told exact numbers.** Supervisors and the head of office. For everyone else a number under five is left out of a
chart, and so is what would give it away (domain/few.py says how): of a few people at one place, whoever knows the place
knows who is meant. The lists that they work from stay whole: these name people one by one, and withhold by need to know.

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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from panoh.domain.dates import PartialDate, age_span
from panoh.domain.few import Told, exactly, told, total
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


class Band(NamedTuple):
    """How many women and girls, men and boys there are between two ages, both counted."""

    youngest: int
    oldest: int
    female: int
    male: int


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
    with desk.reading() as reading:
        counts = store.registered(reading, [_midnight(day) for day in (*days, today + timedelta(days=1))], site_id)
        shown = _told(desk, reading, counts, site_id)
    return tuple(zip(days, shown, strict=True))


def ages(desk: Desk, site_id: str = "") -> tuple[AgeBand, ...]:
    """Who is here by age and sex, the youngest first; whoever's age or sex is not known is in no band."""
    today = desk.believed.today()
    with desk.reading() as reading:
        bands = pyramid_of_ages(store.sexes_and_ages(reading, today, site_id))
        return told_bands(desk, bands, store.people_here(reading, site_id))


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
        found = store.open_needs(reading, site_id)
    counts = sorted((count, sector) for sector, count in found.items() if count)
    shown = [exactly(count) for count, _sector in counts] if desk.is_supervisor else told([one for one, _s in counts])
    cells = reversed(list(zip(counts, shown, strict=True)))
    return tuple((sector, desk.name_of("sector", sector), cell) for (_count, sector), cell in cells)


def told_bands(desk: Desk, bands: Sequence[Band], people: int) -> tuple[AgeBand, ...]:
    """These bands as this user may read them, out of so many people whose age or sex may not be known."""
    counts = [count for band in bands for count in (band.female, band.male)]
    shown = [exactly(count) for count in counts] if desk.is_supervisor else told(counts, people)
    pairs = zip(shown[::2], shown[1::2], strict=True)
    return tuple(AgeBand(band.youngest, band.oldest, *pair) for band, pair in zip(bands, pairs, strict=True))


def pyramid(groups: Iterable[tuple[str, PartialDate, int]], day: date) -> tuple[Band, ...]:
    """People by age and sex, the youngest first; whoever's age or sex is not known is in no band."""
    spans = ((sex, age_span(birth, day), people) for sex, birth, people in groups)
    return pyramid_of_ages((sex, span, people) for sex, span, people in spans if span)


def pyramid_of_ages(groups: Iterable[tuple[str, tuple[int, int], int]]) -> tuple[Band, ...]:
    """The same, of people by sex and span of ages."""
    counts = {band: {"F": 0, "M": 0} for band in AGE_BANDS}
    for sex, span, people in groups:
        if sex in ("F", "M"):
            middle = sum(span) // 2
            counts[next(band for band in AGE_BANDS if middle <= band[1])][sex] += people
    return tuple(Band(*band, found["F"], found["M"]) for band, found in counts.items())


def _told(desk: Desk, reading: Reading, counts: Sequence[int], site_id: str) -> list[Told]:
    if desk.is_supervisor:
        return [exactly(count) for count in counts]
    whole = store.people_here(reading, site_id) if site_id else lines.people_count(reading)[0]
    return told(counts[::-1], whole)[::-1]  # an old day is left out rather than today


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
