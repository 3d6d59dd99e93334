"""Taking stock of one site that holds everybody, nine sectors of each household noted twice."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import insert

from panoh.base.ids import new_id
from panoh.domain.assistance import MET, OPEN, PARTLY, Assistance, BasicNeed
from panoh.domain.household import Site
from panoh.services import assistance, distribution
from panoh.services.desk import Desk
from panoh.services.distribution import HomeFilter
from panoh.store.tables import table, to_values
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import vault_of

PEOPLE = 100_000
_TIMES = (20, 2)  # days ago
_TURN = (MET, PARTLY, OPEN)


def run(count: int, source: Path) -> Line:
    """The stock-taking, against reading every row that was ever noted, once; told: a page and the count of a
    distribution's list, and giving to 400 households.
    """
    with vault_of(source) as desk:
        site_id = _everybody_at_one_site(desk)

        def floor() -> float:
            with desk.reading() as reading:
                read = reading.connection.exec_driver_sql
                return milliseconds(
                    lambda: read("SELECT household_id, sector, state, noted_on, id FROM basic_need").all()
                )

        ours, peer, noise = raced(partial(milliseconds, partial(assistance.open_needs, desk, site_id)), floor, 5)
        food = HomeFilter("food")
        homes = distribution.homes(desk, site_id, food, 0, 400)
        gift = Assistance(id="", sector="food", what="Flour", quantity=5, unit="kg")
        more: dict[str, object] = {
            "page_ms": milliseconds(partial(distribution.homes, desk, site_id, food, 0, 200)),
            "count_ms": milliseconds(partial(distribution.home_count, desk, site_id, food)),
            "give_400_ms": milliseconds(
                partial(distribution.distribute, desk, site_id, gift, [one.id for one in homes])
            ),
        }
    return Line("site_stock", count, ours, "one read of what was noted", peer, ours / peer, 3.0, noise, more)


def _everybody_at_one_site(desk: Desk) -> str:
    """Put everyone at one new site and note what their households need; without the journal, which is not raced here."""
    site, today = Site(id=new_id(), name=f"All {new_id()}", number=new_id()), desk.clock.today()
    sectors = assistance.sectors(desk)
    with desk.store.writing(desk.user.id) as unit:
        unit.connection.execute(insert(table(Site)), [to_values(site)])
        unit.connection.exec_driver_sql("UPDATE person SET presence = 'here', site_id = ?", (site.id,))
        homes = [row[0] for row in unit.connection.exec_driver_sql("SELECT id FROM household")]
        for ago in _TIMES:
            noted = [
                BasicNeed(
                    id=new_id(), sector=sector, state=_TURN[(at + nth) % 3], household_id=home,
                    noted_on=today - timedelta(days=ago),
                )
                for at, home in enumerate(homes) for nth, sector in enumerate(sectors)
            ]  # fmt: skip
            unit.connection.execute(insert(table(BasicNeed)), [to_values(need) for need in noted])
    return site.id
