"""Giving to many at once: the households of a site, who waits and since when, and a distribution that is noted in one write."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.assistance import Assistance
from panoh.domain.few import FEW
from panoh.domain.household import Site
from panoh.services.assistance import MOST_QUANTITY, TELLING, refuse_gift, signed
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import told_family, told_line
from panoh.store import assistance as store
from panoh.store import lines
from panoh.store.assistance import HomeFilter, HomeRow, Round
from panoh.store.units import Reading

__all__ = ["HomeFilter", "HomeLine", "Round"]

RATION_DAYS = 30  # a general food ration is given for a month; whoever gives for less says how many days
_EVERYBODY = 1_000_000
_LATELY = 6


@dataclass(frozen=True, slots=True)
class HomeLine:
    """A household in the list of a distribution; one whom this user need not know has no name and stands by its number."""

    id: str
    number: str
    people: int  # of it who are at the site now
    head_name: str
    state: str  # how the sector stands (need_state); '' nobody has said
    given_on: date | None  # the last day on which it was given something for this sector
    told: bool = True  # state and day are shown to this user


@dataclass(frozen=True, slots=True)
class Distributed:
    """What a distribution wrote."""

    homes: int
    people: int
    gone: int  # of those chosen who are not at the site any more, and were given nothing
    changes: Changes


def waiting_since(desk: Desk, days: int) -> date:
    """The day since which nothing was given, when households are wanted that wait for so many days."""
    return desk.clock.today() - timedelta(days=days)


def homes(desk: Desk, site_id: str, wanted: HomeFilter, offset: int, limit: int) -> list[HomeLine]:
    """A page of the households at a site: whoever was given nothing for this sector first, then the longest ago.

    Sectors that would tell what is withheld of somebody are told to supervisors alone; others see every household then.
    """
    told = _told(desk, wanted.sector)
    with desk.reading() as reading:
        rows = store.homes(reading, site_id, _asked(desk, wanted), offset, limit, told=told)
        return _lines(desk, reading, rows, told=told)


def home_count(desk: Desk, site_id: str, wanted: HomeFilter) -> tuple[int, int]:
    """How many households those are, and how many people."""
    with desk.reading() as reading:
        return store.home_count(reading, site_id, _asked(desk, wanted), told=_told(desk, wanted.sector))


def rounds(desk: Desk, site_id: str) -> list[Round]:
    """What was given lately at a site, the last first; what fewer than five households got is for supervisors alone."""
    with desk.reading() as reading:
        return store.rounds(reading, site_id, _LATELY, 1 if desk.is_supervisor else FEW)


def distribute(
    desk: Desk,
    site_id: str,
    gift: Assistance,
    chosen: Collection[str] | None,
    *,
    wanted: HomeFilter | None = None,
    without: Collection[str] = (),
    each_person: bool = False,
    progress: Progress | None = None,
) -> Distributed:
    """Note that the same was given to many households of a site, in one write that can be taken back whole.

    `chosen` are ids of `homes`, None is everyone whom `wanted` lists but those `without`. With `each_person` the quantity is that of one
    person, and a household gets as many times as much as it has people at the site.
    Raises FormProblems, AppError record.not_found, cancelled.
    """
    refuse_gift(desk, gift)
    given, wanted = signed(desk, gift), wanted or HomeFilter(gift.sector)
    with desk.writing() as unit:
        unit.progress = progress or Silent()
        unit.get(Site, site_id)
        asked = wanted if chosen is None else HomeFilter(gift.sector)  # who was chosen stays so under another filter
        there = store.homes(unit, site_id, _asked(desk, asked), 0, _EVERYBODY, told=_told(desk, asked.sector))
        found = [row for row in there if (row.id not in without if chosen is None else row.id in chosen)]
        made = [_for(given, row, each_person=each_person) for row in found]
        _refuse(made)
        unit.add(*made)
        gone = 0 if chosen is None else len(chosen) - len(found)
        return Distributed(len(found), sum(row.people for row in found), gone, Changes.of(unit))


def _for(gift: Assistance, row: HomeRow, *, each_person: bool) -> Assistance:
    quantity = gift.quantity * row.people if gift.quantity is not None and each_person else gift.quantity
    home, person = (row.id, "") if row.is_home else ("", row.id)
    return replace(gift, id=new_id(), quantity=quantity, household_id=home, person_id=person)


def _refuse(made: Sequence[Assistance]) -> None:
    if not made:
        raise FormProblems([FieldProblem("homes", _("Choose whom it was given to: nobody is chosen yet."))])
    if any((row.quantity or 0) > MOST_QUANTITY for row in made):
        raise FormProblems([FieldProblem("quantity", _("This is too much for one household. Look at the number."))])


def _told(desk: Desk, sector: str) -> bool:
    """Whether a list may say how this sector stands for whom, and when it was given."""
    return desk.is_supervisor or sector not in TELLING


def _asked(desk: Desk, wanted: HomeFilter) -> HomeFilter:
    return wanted if _told(desk, wanted.sector) else HomeFilter(wanted.sector)


def _lines(desk: Desk, reading: Reading, rows: Sequence[HomeRow], *, told: bool = True) -> list[HomeLine]:
    families = lines.households_by_id(reading, [row.id for row in rows if row.is_home])
    alone = lines.people_by_id(reading, [row.id for row in rows if not row.is_home])
    found = []
    for row in rows:
        if row.is_home:
            family = told_family(desk, families[row.id])
            number, name = family.number, family.head_name
        else:
            person = told_line(desk, alone[row.id])
            number, name = person.number, person.full_name
        name = "" if name == number else name
        found.append(HomeLine(row.id, number, row.people, name, row.state, row.given_on, told))
    return found
