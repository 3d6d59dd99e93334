"""What one sees first: what is due, who waits for an owner, and a few numbers that open their lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from panoh.domain.dates import PartialDate, age_span
from panoh.domain.household import Site
from panoh.domain.lines import PersonLine, QueueFilter
from panoh.services.desk import Desk
from panoh.services.due import Counts, count_in
from panoh.services.need_to_know import told_line
from panoh.store import drafts, lines
from panoh.store.units import Reading

AGE_BANDS = ((0, 4), (5, 11), (12, 17), (18, 29), (30, 39), (40, 49), (50, 59), (60, 200))
DAYS = 5


@dataclass(frozen=True, slots=True)
class AgeBand:
    """One bar of the pyramid; `oldest` is 200 for the last band."""

    youngest: int
    oldest: int
    female: int
    male: int


@dataclass(frozen=True, slots=True)
class Today:
    """Everything on the first screen."""

    people: int
    households: int
    due: Counts  # of what this user is to do; its lines are read page by page (services/due.py)
    nobody: tuple[PersonLine, ...]
    nobody_count: int
    drafts: int
    oldest_draft: datetime | None
    registered: tuple[tuple[date, int], ...]
    pyramid: tuple[AgeBand, ...]
    levels: dict[str, int]
    sites: tuple[tuple[Site, int], ...]


def today(desk: Desk) -> Today:
    """The first screen's facts, as of now."""
    now, day = desk.believed.now(), desk.believed.today()
    with desk.reading() as reading:
        people, households = lines.people_count(reading)
        wanted = QueueFilter(levels=("critical", "high"), nobody=True)
        mine = drafts.of_user(reading, desk.user.id)
        return Today(
            people=people,
            households=households,
            due=count_in(desk, reading),
            nobody=tuple(
                told_line(desk, line) for line in lines.queue(reading, wanted, now, 0, 4, desk.limited_reader)
            ),
            nobody_count=lines.queue_count(reading, wanted, now, desk.limited_reader),
            drafts=len(mine),
            oldest_draft=min((draft.saved_at for draft in mine), default=None),
            registered=_registered(reading, day),
            pyramid=pyramid_of_ages(lines.sexes_and_ages(reading, day)),
            levels=lines.level_counts(reading),
            sites=tuple(lines.site_occupancy(reading)),
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


def _registered(reading: Reading, day: date) -> tuple[tuple[date, int], ...]:
    days = [day - timedelta(days=back) for back in reversed(range(DAYS))]
    return tuple(
        (each, lines.registered_between(reading, _midnight(each), _midnight(each + timedelta(days=1)))) for each in days
    )


def pyramid(groups: Iterable[tuple[str, PartialDate, int]], day: date) -> tuple[AgeBand, ...]:
    """People by age and sex, the youngest first; whoever's age or sex is not known is in no band."""
    spans = ((sex, age_span(birth, day), people) for sex, birth, people in groups)
    return pyramid_of_ages((sex, span, people) for sex, span, people in spans if span)


def pyramid_of_ages(groups: Iterable[tuple[str, tuple[int, int], int]]) -> tuple[AgeBand, ...]:
    """The same, of people by sex and span of ages."""
    counts = {band: {"F": 0, "M": 0} for band in AGE_BANDS}
    for sex, span, people in groups:
        if sex in ("F", "M"):
            middle = sum(span) // 2
            counts[next(band for band in AGE_BANDS if middle <= band[1])][sex] += people
    return tuple(AgeBand(*band, found["F"], found["M"]) for band, found in counts.items())
