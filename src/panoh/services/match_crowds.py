"""Who of everyone is worth comparing with one request that was saved, without reading everyone.

Those who share keys of names are found in the vault's table of keys, some thousands; their few columns are read, and the
likeliest at a glance are compared in full, as in a full run (domain.matching.finding). A phone or a paper in common,
and a household in which somebody bears a name of the kin, always count.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from panoh.domain.dates import AGE, DAY, MONTH, RANGE, YEAR
from panoh.domain.matching.keys import family_keys, given_keys, kin_keys, number_keys
from panoh.domain.matching.sides import Sought
from panoh.domain.name_keys import own_keys
from panoh.domain.names import read_name
from panoh.store import candidates as store
from panoh.store import duplicates
from panoh.store.units import Reading

if TYPE_CHECKING:
    from panoh.domain.duplicates.arrays import Ints
    from panoh.domain.duplicates.crowds import Crowds

MOST_READ = 800  # people of whom some columns are read
_SURE = 60  # of those by a number or by kin, who are compared whatever they look like at a glance
_HOMES = 300  # that are read to see whether kin is in them
_YEARS_WRONG = 6  # by which a birth that a relative tells may be wrong
_YEAR = timedelta(days=366)


def likeliest(reading: Reading, sought: Sought) -> list[str]:
    """Ids of the people who are compared with this request."""
    import numpy as np

    from panoh.domain.duplicates.crowds import Crowds, first_of
    from panoh.domain.duplicates.nearness import Nearness
    from panoh.domain.matching.columns import Building, PersonRow
    from panoh.domain.matching.finding import Finding

    crowds = Crowds()
    sure, likely = _crowds(reading, sought, crowds)
    pinned = first_of(sure, _SURE)
    ids = crowds.ids(first_of([pinned, *likely], MOST_READ))
    rows = duplicates.some(reading, ids)
    building = Building()
    nothing = tuple(PersonRow())
    building.add_people([(*row, *nothing) for _one, row in rows])
    number = {one: at for at, (one, _row) in enumerate(rows)}
    building.add_others(
        (number[one], other, rows[number[one]][1]) for one, other in store.names_of(reading, ids) if one in number
    )
    building.add_sought([sought])
    sides = building.sides()
    _q, p = Finding(sides, Nearness(sides.register.sounds)).all()
    best = {rows[at][0] for at in np.unique(sides.register.owner[p]).tolist()}
    return sorted(best | set(crowds.ids(pinned)))


def _crowds(reading: Reading, sought: Sought, crowds: Crowds) -> tuple[list[Ints], Iterator[Ints]]:
    """Those who are compared in any case, and the others, the likeliest first."""
    from panoh.domain.duplicates.crowds import both, in_two, union

    given, family, numbers = given_keys(sought), family_keys(sought), number_keys(sought)
    others = frozenset().union(*(own_keys(read_name(each)) for each in sought.other_names))
    holders = duplicates.key_holders(reading, sorted(given | family | numbers | others))
    of = {key: crowds.of(ids) for key, ids in holders.items()}
    by_given, by_family = [of[key] for key in sorted(given)], [of[key] for key in sorted(family | others)]
    about = crowds.of(_born_about(reading, sought))
    with_kin = _at_home_with_kin(reading, sought, (union(by_given), union(by_family), about), crowds)

    def likely() -> Iterator[Ints]:
        first, second = union(by_given), union(by_family)
        if sought.birth.precision == DAY and sought.birth.earliest:
            yield crowds.of(duplicates.born_on(reading, _sexes(sought.sex), [sought.birth.earliest.isoformat()]))
        yield both(both(first, second), about)
        yield both(first, second)
        yield both(second, about)  # a slip in the given name may have left it without a key
        whole = in_two(by_given) if len(by_given) > 1 else first
        yield both(whole, about)
        yield both(first, about)
        yield second
        if sought.birth.earliest is None:
            yield whole
        yield first

    return [union([of[key] for key in sorted(numbers)]), with_kin], likely()


def _at_home_with_kin(reading: Reading, sought: Sought, alike: tuple[Ints, Ints, Ints], crowds: Crowds) -> Ints:
    """Those alike, by given name (or family name) and not of another age, in whose home somebody bears a name of the kin.

    The homes of the fewer are read, theirs or those of the kin's namesakes, and of some hundred at most: where both names
    are that common, a namesake in the home says little, and each home that is read costs pages of the vault.
    """
    from panoh.domain.duplicates.crowds import both, first_of, union

    keys = sorted(kin_keys(sought))
    if not keys:
        return union([])
    by_given, by_family, about = alike
    kin = union([crowds.of(ids) for ids in duplicates.key_holders(reading, keys).values()])
    some = by_given if given_keys(sought) else by_family
    if sought.birth.earliest is not None:
        some = both(some, union([about, crowds.of(duplicates.born_unknown(reading, _sexes(sought.sex)))]))

    def at_home(people: Ints) -> Ints:
        return crowds.of(store.in_homes_of(reading, crowds.ids(first_of([both(people, by_family), people], _HOMES))))

    if len(some) < len(kin):
        kin = both(kin, at_home(some))
    return both(some, at_home(kin))


def _born_about(reading: Reading, sought: Sought) -> bytes:
    """Those who may be born when a relative says; nobody where no birth is told."""
    birth = sought.birth
    if birth.earliest is None or birth.latest is None:
        return b""
    first, last = birth.earliest - _YEARS_WRONG * _YEAR, birth.latest + _YEARS_WRONG * _YEAR
    precisions = (AGE, RANGE, MONTH, YEAR, DAY)
    return duplicates.born_about(reading, _sexes(sought.sex), precisions, first.isoformat(), last.isoformat())


def _sexes(sex: str) -> tuple[str, ...]:
    return ("F", "M", "X", "") if sex in ("", "X") else (sex, "X", "")
