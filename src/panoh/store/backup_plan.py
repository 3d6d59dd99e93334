"""Which backups go: seven days, four weeks and six months are kept, told by the backups' own names.

Plain functions over names and times. Ages are never measured with a clock that jumped: then nothing goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

DAYS, WEEKS, MONTHS = 7, 4, 6
DAY = timedelta(days=1)
GUARDED_FOR = timedelta(days=30)  # a backup made before a migration, the only way back to the Panoh before
LEAP = timedelta(days=365)  # a clock that is so much later than the newest backup is not believed


class Made(NamedTuple):
    """A backup as the plan sees it; `good` is False once a drill found it damaged."""

    name: str
    made_at: datetime
    guarded: bool = False  # made before a migration, or nobody can tell why it was made
    good: bool = True


_BUCKETS: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
    (DAYS, lambda at: (at.year, at.month, at.day)),
    (WEEKS, lambda at: tuple(at.isocalendar()[:2])),
    (MONTHS, lambda at: (at.year, at.month)),
)


def surplus(made: Iterable[Made], now: datetime) -> list[str]:
    """The names of those that may go: the newest never does, nor the only good one, nor one that a drill found damaged.

    None goes that is younger than a day: a wrong list is often noticed the same day, after the next backup. Of each of
    the last seven days, four weeks (ISO 8601) and six months that have a good backup, the newest is kept.
    """
    ordered = sorted(made, key=lambda each: (each.made_at, each.name), reverse=True)
    if len(ordered) < 2 or not _believed(ordered, now):
        return []
    good = [each for each in ordered if each.good]
    kept = {ordered[0].name}
    kept |= {each.name for each in good if now - each.made_at < (GUARDED_FOR if each.guarded else DAY)}
    for count, bucket in _BUCKETS:
        newest_of: dict[tuple[int, ...], str] = {}
        for each in good:
            newest_of.setdefault(bucket(each.made_at), each.name)
        kept.update(list(newest_of.values())[:count])
    return [each.name for each in good if each.name not in kept]


def _believed(ordered: list[Made], now: datetime) -> bool:
    """Whether the clock fits the backups; the newest may just have been made by the very clock that is in doubt."""
    newest, before = ordered[0].made_at, ordered[1].made_at
    return newest <= now and now - before <= LEAP


def is_due(times: Iterable[datetime], now: datetime) -> bool:
    """Whether a day has passed since the newest backup; one that is dated later than now tells nothing."""
    past = [at for at in times if at <= now]
    return not past or now - max(past) >= DAY
