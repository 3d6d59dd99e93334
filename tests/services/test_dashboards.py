"""The numbers that are drawn: right to the digit beside a count by hand, and no closer than each reader may know."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.services.access_people import GROUPS, Office, bring_in, office

from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.domain.assistance import BasicNeed
from panoh.domain.cases import Case, Task
from panoh.domain.casework import PlanRow
from panoh.domain.dates import age_span
from panoh.domain.few import FEW, FEWER, NOTHING, Told, exactly
from panoh.domain.household import Household, Site
from panoh.domain.lines import PeopleFilter
from panoh.domain.person import Person
from panoh.services import assistance, dashboards, due, people, records, shield, sites, triage
from panoh.services.dashboards import AGE_BANDS, DAYS, bands_of
from panoh.services.desk import Desk
from panoh.store import dashboards as store

SOME_DAY = st.dates(min_value=date(2010, 1, 1), max_value=date(2013, 1, 1))


@pytest.fixture
def drawn(desk: Desk) -> Callable[[date], list[int]]:
    """How the domain draws three hundred people: some births are spans, some unknown, some on 29 February."""
    chance = random.Random(7)
    made = []
    for at in range(300):
        first = date(1920, 1, 1) + timedelta(days=chance.randrange(33_000))
        first = date(1900 + 4 * chance.randrange(1, 27), 2, 29) if at % 20 == 0 else first
        last = first + timedelta(days=chance.choice((0, 0, 30, 364, 900)))
        born = {} if at % 15 == 0 else {"birth_precision": "range", "birth_earliest": first, "birth_latest": last}
        presence = chance.choice(("here", "here", "missing"))
        made.append(
            Person(id=new_id(), number=str(at), sex=chance.choice(("F", "M", "X", "")), presence=presence, **born)
        )  # type: ignore[arg-type]
    records.keep(desk, *made)
    here = [person for person in made if person.presence == "here"]
    return lambda on: _by_age_and_sex(here, on)


def _by_age_and_sex(people: Iterable[Person], on: date) -> list[int]:
    """Women and girls, men and boys of each band in turn, by the domain's own rule of what somebody's age may be."""
    found = Counter(
        (next(band for band in AGE_BANDS if sum(span) // 2 <= band[1]), one.sex)
        for one in people
        if (span := age_span(one.birth, on))
    )
    return [found[band, sex] for band in AGE_BANDS for sex in "FM"]


@examples(60, share_fixtures=True)
@given(on=SOME_DAY)
def test_ages_are_those_of_the_domain(desk: Desk, drawn: Callable[[date], list[int]], on: date) -> None:
    with desk.reading() as reading:
        found = bands_of(store.sexes_and_ages(reading, on))
    assert found == drawn(on)
    assert sum(found) > 50


def test_registered_a_day_counts_from_midnight_to_midnight_here(desk: Desk, clock: FixedClock) -> None:
    midnight = datetime(2010, 6, 14).astimezone().astimezone(UTC)
    for hours in (-14 * 24, -13 * 24, -49, -1, 0, 8, 23):
        clock.at = midnight + timedelta(hours=hours)
        records.keep(desk, Person(id=new_id(), number=str(hours), registered_at=clock.now()))
    clock.at = midnight + timedelta(hours=20)
    found = {day.day: count.least for day, count in dashboards.registered(desk)}
    assert found == dict.fromkeys(range(1, 15), 0) | {1: 1, 11: 1, 13: 1, 14: 3}


# --- everything, beside a count that goes through all records one by one ------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """A vault with a few hundred people, and another caseworker at it."""

    desk: Desk
    other: Desk
    sites: tuple[str, ...]

    def all(self, kind: type[Any]) -> list[Any]:
        with self.desk.reading() as reading:
            return reading.all(kind)

    def there(self, site_id: str) -> list[Person]:
        """Whoever is at a site; everyone without one."""
        return [one for one in self.all(Person) if not site_id or (one.site_id == site_id and one.presence == "here")]


def _people(desk: Desk, chance: random.Random, sites: Sequence[str], homes: Sequence[str], count: int) -> list[Person]:
    made = []
    for at in range(count):
        born = date(1925, 1, 1) + timedelta(days=chance.randrange(31_000))
        made.append(
            Person(
                id=new_id(), number=f"N{at}", sex=chance.choice(("F", "M", "M", "")),
                presence=chance.choice(("here", "here", "here", "missing")), birth_precision="range", birth_earliest=born,
                birth_latest=born + timedelta(days=chance.choice((0, 500))), site_id=chance.choice(("", *sites, sites[0])),
                household_id=chance.choice(("", *homes)), urgent=chance.choice(("none", "none", "bleeding")),
                registered_at=desk.clock.now() - timedelta(hours=chance.randrange(18 * 24)),
            )
        )  # fmt: skip
    return made


def _work(desk: Desk, chance: random.Random, person: Person, owners: Sequence[str]) -> list[Any]:
    """A case with rows that are overdue and others that are not, and tasks of several people."""
    day = desk.clock.today() + timedelta(days=chance.choice((-3, 3)))
    case = Case(
        id=new_id(), person_id=person.id, owner_id=chance.choice(owners), opened_at=desk.clock.now(), assess_by=day
    )
    who = chance.choice(owners)
    task = Task(
        id=new_id(), person_id=person.id, what="w", owner_id=who, due_at=desk.clock.now() + timedelta(days=chance.choice((-2, 2))),
        private=chance.random() < 0.3,
    )  # fmt: skip
    return [case, task, PlanRow(id=new_id(), case_id=case.id, goal="g", action="a", by_when=day)]


def _lacking(desk: Desk, chance: random.Random, **whose: str) -> BasicNeed:
    return BasicNeed(
        id=new_id(), sector=chance.choice(("food", "legal", "water")), state=chance.choice(("met", "partly", "open")),
        noted_on=desk.clock.today() - timedelta(days=chance.randrange(4)), **whose,
    )  # fmt: skip


@pytest.fixture(scope="module", params=[3, 8])
def counted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    """Two of them, drawn by chance."""
    chance, clock = random.Random(request.param), FixedClock(datetime(2010, 6, 14, 9, 0, tzinfo=UTC))
    at = office(tmp_path_factory.mktemp("counted") / "vault", clock)
    with at.opened:
        desk, sites, homes = at.supervisor, tuple(new_id() for _one in range(3)), [new_id() for _one in range(60)]
        records.keep(desk, *(Site(id=one, number=one[-6:], name=one[-5:], capacity=20) for one in sites))
        records.keep(desk, *(Household(id=one, number=one[-6:]) for one in homes))
        people = _people(desk, chance, sites, homes, 260)
        records.keep(desk, *people)
        owners = [user.user.id for user in (at.supervisor, at.holder, at.other)]
        for person in chance.sample(people, 60):
            records.keep(desk, *_work(desk, chance, person, owners))
        needs = [_lacking(desk, chance, person_id=one.id) for one in chance.choices(people, k=90)]
        needs += [_lacking(desk, chance, household_id=one) for one in chance.choices(homes, k=40)]
        records.keep(desk, *needs, _lacking(desk, chance, site_id=sites[0]))
        yield Counted(desk, at.other, sites)


def _exact(cells: Iterable[tuple[Any, Told]]) -> dict[Any, int]:
    assert all(cell.exact for _key, cell in cells)
    return {key: cell.least for key, cell in cells if cell.least}


@pytest.mark.parametrize("where", [None, 0, 1, 2])
def test_every_number_is_that_of_a_count_by_hand(counted: Counted, where: int | None) -> None:
    desk, site_id = counted.desk, "" if where is None else counted.sites[where]
    there, today = counted.there(site_id), counted.desk.clock.today()
    first = today - timedelta(days=DAYS - 1)
    days = Counter(one.registered_at.astimezone().date() for one in there)
    assert _exact(dashboards.registered(desk, site_id)) == {day: n for day, n in days.items() if day >= first}
    bands = [side for band in dashboards.ages(desk, site_id) for side in (band.female, band.male)]
    assert [side.least for side in bands] == _by_age_and_sex([one for one in there if one.presence == "here"], today)
    stand = Counter(triage.why(desk, one.id).level for one in there)
    assert _exact(dashboards.levels(desk, site_id)) == stand
    for site, count in dashboards.occupancy(desk, site_id):
        assert count == len(counted.there(site.id))
    assert len(dashboards.occupancy(desk, site_id)) == (1 if site_id else 3)


def _lack(counted: Counted, person: Person, sector: str) -> bool:
    mine: dict[bool, list[BasicNeed]] = {True: [], False: []}
    for need in counted.all(BasicNeed):
        if need.sector == sector and (need.person_id == person.id or (need.household_id or "-") == person.household_id):
            mine[bool(need.person_id)].append(need)
    said = mine[True] or mine[False]  # what somebody said of themselves counts before what their household said
    return bool(said) and max(said, key=lambda one: (one.noted_on, one.id)).state != "met"


@pytest.mark.parametrize("where", [None, 0])
def test_open_needs_are_the_newest_word_on_each(counted: Counted, where: int | None) -> None:
    site_id = "" if where is None else counted.sites[where]
    here = [one for one in counted.there(site_id) if one.presence == "here"]
    by_hand = {sector: sum(_lack(counted, one, sector) for one in here) for sector in ("food", "legal", "water")}
    found = [(sector, cell) for sector, _words, cell in dashboards.open_needs(counted.desk, site_id)]
    assert _exact(found) == by_hand
    assert [cell.least for _sector, cell in found] == sorted(by_hand.values(), reverse=True)


@pytest.mark.parametrize("where", [None, 0])
def test_overdue_is_the_own_work_or_everybodys(counted: Counted, where: int | None) -> None:
    site_id = "" if where is None else counted.sites[where]
    there = {one.id for one in counted.there(site_id)}
    for desk in (counted.desk, counted.other):
        late: dict[str, set[str]] = defaultdict(set)
        for person_id in there:
            for line in due.of_person(desk, person_id):
                mine = line.owner_id == desk.user.id
                seen = mine if desk is counted.other else mine or not getattr(line.record, "private", False)
                if line.state == due.OVERDUE and seen:
                    late[line.kind].add(person_id)
        assert {kind: n for kind, _words, n in dashboards.overdue(desk, site_id)} == {
            kind: len(late[kind]) for kind in late
        }
        assert late


@pytest.mark.parametrize("where", [None, 0, 1])
def test_the_list_behind_a_bar_holds_as_many_as_it_counts(counted: Counted, where: int | None) -> None:
    site_id = "" if where is None else counted.sites[where]
    for desk in (counted.desk, counted.other):
        bars = [
            (cell, PeopleFilter(registered_on=day, site_id=site_id))
            for day, cell in dashboards.registered(desk, site_id)
        ]
        for band in dashboards.ages(desk, site_id):
            for sex, cell in (("F", band.female), ("M", band.male)):
                bars.append((cell, PeopleFilter(sex=sex, ages=(band.youngest, band.oldest), site_id=site_id)))
        bars += [
            (exactly(n), PeopleFilter(overdue=kind, site_id=site_id))
            for kind, _words, n in dashboards.overdue(desk, site_id)
        ]
        bars += [
            (cell, PeopleFilter(sector=one, site_id=site_id))
            for one, _words, cell in dashboards.open_needs(desk, site_id)
            if desk.is_supervisor or one not in assistance.TELLING  # of these one's own cases: test_access_attacks.py
        ]
        for cell, wanted in bars:
            count = people.count(desk, wanted)
            assert cell.least <= count
            assert cell.most is None or count <= cell.most
            assert len(people.page(desk, 0, 999, wanted)) == count


# --- who is told how much -----------------------------------------------------------------------------------------------


def _everything(desk: Desk, site_id: str = "") -> tuple[Any, ...]:
    every = (dashboards.registered, dashboards.ages, dashboards.levels, dashboards.overdue, dashboards.open_needs)
    return tuple(each(desk, site_id) for each in (*every, dashboards.occupancy))


def test_numbers_under_five_are_for_supervisors(counted: Counted) -> None:
    for site_id in ("", *counted.sites):
        for part in (dashboards.registered, dashboards.levels, dashboards.open_needs):
            theirs = {one[0]: one[-1] for one in part(counted.other, site_id)}  # type: ignore[arg-type]
            for key, *_words, cell in part(counted.desk, site_id):  # type: ignore[attr-defined]
                shown = theirs.get(key, FEWER)
                assert not shown.exact or shown == cell
                assert not shown.exact or shown.least >= FEW
        for mine, shown in zip(
            dashboards.ages(counted.desk, site_id), dashboards.ages(counted.other, site_id), strict=True
        ):
            for cell, told in ((mine.female, shown.female), (mine.male, shown.male)):
                assert not told.exact or (told == cell and cell.least >= FEW)


def test_what_one_site_leaves_out_is_not_what_the_others_lack(counted: Counted) -> None:
    """Of everyone less the other sites, at the least one more cell is left out, or nobody knows how many have no site."""
    every = {part: part(counted.other) for part in (dashboards.registered, dashboards.ages, dashboards.open_needs)}
    seen = 0
    for part, of_all in every.items():
        by_site = [_cells(part(counted.other, one)) for one in counted.sites]
        for key, whole in _cells(of_all).items():
            out = [cells[key] for cells in by_site if not cells[key].exact]
            seen += len(out)
            if out and whole.exact:
                left = whole.least - sum(cells[key].least for cells in by_site if cells[key].exact)
                assert len(out) > 1 or NOTHING in out
                assert NOTHING in out or left - sum(cell.least for cell in out) >= FEW - 1
    assert seen > 20


def _cells(found: Any) -> dict[Any, Told]:
    """Every number of a chart by what it is about."""
    if found and isinstance(found[0], dashboards.AgeBand):
        pairs = [((band.youngest, sex), getattr(band, sex)) for band in found for sex in ("female", "male")]
        return dict(pairs)
    return {one[0]: one[-1] for one in found}


def test_levels_of_a_site_are_for_supervisors(counted: Counted) -> None:
    assert dashboards.levels(counted.desk, counted.sites[0])
    assert dashboards.levels(counted.other, counted.sites[0]) == ()
    assert len(dashboards.levels(counted.other)) == 5


def test_the_record_of_a_site_tells_its_ages_no_closer(counted: Counted) -> None:
    for site_id in counted.sites:
        record = sites.record(counted.other, site_id)
        assert record.ages == dashboards.ages(counted.other, site_id)
        if any(not side.exact for band in record.ages for side in (band.female, band.male)):
            assert record.not_drawn == 0


# --- forty people behind the shield -------------------------------------------------------------------------------------


def _camp(tmp_path: Path, clock: FixedClock) -> tuple[Office, list[list[Person]], tuple[str, str]]:
    """Two sites with forty households of five each; of twenty at the first, two stand out."""
    at = office(tmp_path / "vault", clock)
    places = (new_id(), new_id())
    records.keep(at.supervisor, *(Site(id=one, number=one[-6:], name=one[-5:], capacity=300) for one in places))
    homes: list[list[Person]] = []
    chance = random.Random(5)
    for n in range(80):
        home = Household(id=new_id(), number=f"H{n}", site_id=places[n % 2])
        made = _people(at.supervisor, chance, [places[n % 2]], [home.id], 5)
        members = [
            replace(one, number=f"N{n}.{k}", site_id=home.site_id, household_id=home.id, presence="here")
            for k, one in enumerate(made)
        ]
        records.keep(at.supervisor, home, *members, _lacking(at.supervisor, chance, household_id=home.id))
        homes.append(members)
    return at, homes, places


def test_a_shield_moves_no_number_of_everyone_and_at_the_site_looks_like_leaving(
    tmp_path: Path, clock: FixedClock
) -> None:
    """Forty people (eight households) go behind the shield in one office; in its twin they are recorded at no site."""
    twins = []
    for act in ("shield", "leave"):
        folder = tmp_path / act
        folder.mkdir()
        at, homes, places = _camp(folder, clock)
        with at.opened:
            before = _everything(at.other)
            for members in homes[0:16:2]:
                if act == "shield":
                    shield.put_up(at.holder, members[0].id, "an extradition request")
                else:
                    homeless = [replace(one, site_id="") for one in members]
                    home = Household(id=members[0].household_id, number=_number(at, members[0].household_id))
                    records.keep(at.supervisor, home, *homeless)
            after = _everything(at.other)
            assert before[:5] == after[:5]  # everyone's
            near, far = ([*_everything(at.other, one)] for one in places)
            twins.append([[*each[:5], _count(each[5])] for each in (near, far)])
            assert _count(near[5]) == 160
            assert [count for _site, count in after[5]] == [200, 160]
    shielded, left = twins
    assert shielded == left


def _number(at: Office, household_id: str) -> str:
    with at.supervisor.reading() as reading:
        return reading.get(Household, household_id).number


def _count(occupied: tuple[tuple[Site, int], ...]) -> int:
    ((_site, people),) = occupied
    return people


@pytest.mark.parametrize("group", ["critical", "high", "medium", "gone"])
def test_no_number_tells_an_exile_from_a_survivor(tmp_path: Path, clock: FixedClock, group: str) -> None:
    """People who differ in one restricted fact alone stand at a site: what another caseworker reads is the same for all."""
    seen = set()
    for n, facts in enumerate(GROUPS[group][:4]):
        folder = tmp_path / str(n)
        folder.mkdir()
        at = office(folder / "vault", clock)
        with at.opened:
            site = Site(id=f"{n:032}", number="S1", name="School")
            records.keep(at.supervisor, site)
            for _one in range(6):
                person = bring_in(at, facts, held=False)
                with at.supervisor.reading() as reading:
                    stored = reading.get(Person, person.id)
                records.keep(at.supervisor, replace(stored, site_id=site.id))
            told = (*_everything(at.other)[:5], *_everything(at.other, site.id)[:5])
            seen.add(repr(told))
    assert len(seen) == 1
