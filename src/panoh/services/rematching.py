"""Keeping up who may be the one sought: in the background, only what a write touched, or all of it in one run.

What is due is marked in the vault in the same write that made it so (match_marks), and the mark goes when it is done: a
laptop that dies between the two loses nothing. The full run and the single comparison score alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress, Silent
from panoh.domain.matching.keys import own_keys
from panoh.domain.matching.sides import Known, Sought
from panoh.domain.places import Places
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services import match_facts as facts
from panoh.services.desk import Desk
from panoh.services.match_crowds import likeliest
from panoh.store import candidates as store
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

if TYPE_CHECKING:
    from panoh.domain.matching.between import Scored
    from panoh.domain.matching.commonness import Names

VERSION = "2"  # of keys, weights and limits: a vault that was compared by others is compared anew
KEPT = 50  # candidates of one request
LEAST, LEAST_OF_LITTLE = 20.0, 12.0  # points below which nobody is kept; of a request that tells very little
AT_ONCE = 12  # requests, or people, that are compared in one write
_MATCHED, _NAMES = (
    "tracing_matched",
    "tracing_names",
)  # facts about the vault: by which version, and how common names are
_READ, _SCORED = 0.4, 0.95  # shares of the work


class Run:
    """Everyone compared with every request: pairs by their numbers, with the ids behind them."""

    def __init__(self, scored: Scored, people: Sequence[str], asked: Sequence[TracingRequest], names: Names) -> None:
        self.scored, self.people, self.asked, self.names = scored, people, asked, names


def places(desk: Desk) -> Places:
    """The places that the list of locations knows."""
    return _places_of(desk.vocabularies["locations"])


def step(desk: Desk, limit: int = AT_ONCE, progress: Progress | None = None) -> int:
    """Do some of what is due; how much of it was done, 0 when nothing is. Raises AppError('cancelled') when stopped."""
    with desk.reading() as reading:
        everything = _all_due(reading)
        due = [] if everything else store.due(reading, store.REQUEST, limit)
        people = [] if everything or due else store.due(reading, store.PERSON, limit)
    if everything:
        run_all(desk, progress)
        return 1
    if due:
        _rematch_requests(desk, due)
    elif people:
        _rematch_people(desk, people)
    return len(due) + len(people)


def is_due(reading: Reading, request_id: str) -> bool:
    """Whether something is due that may change who is kept for this request."""
    return reading.meta(_MATCHED) != VERSION or store.is_due(reading, request_id)


def _all_due(reading: Reading) -> bool:
    return bool(store.due(reading, store.ALL, 1)) or reading.meta(_MATCHED) != VERSION


# --- everything ------------------------------------------------------------------------------------------------------


def run_all(desk: Desk, progress: Progress | None = None) -> int:
    """Compare everyone with every request, and keep whom it finds; returns how many requests were compared."""
    watch = progress or Silent()
    with desk.reading() as reading:
        before = [(kind, store.due(reading, kind)) for kind in (store.ALL, store.PERSON, store.REQUEST)]
        run = compare_everyone(desk, reading, watch)
        rejected = _rejected(reading, [each.id for each in run.asked])
        not_meant = facts.not_meant(reading, run.asked)
        refused = facts.refused(reading)
    rows = [
        (run.asked[asked].id, run.people[person], score)
        for asked, person, score in _kept(run.scored, run.asked)
        if run.people[person] not in refused
        and run.people[person] not in rejected.get(run.asked[asked].id, set()) | not_meant[run.asked[asked].id]
    ]
    with desk.writing() as unit:
        store.clear(unit)
        matched = facts.requests(unit)
        there = {each.id for each in matched}
        store.put(unit, (), [row for row in rows if row[0] in there])
        _put_keys(unit, matched)
        for kind, ids in before:
            store.settle(unit, kind, ids)
        unit.set_meta(_MATCHED, VERSION)
        unit.set_meta(_NAMES, run.names.dump())
    watch.step(100, 100, _("Looking for those who are sought"))
    return len(run.asked)


def compare_everyone(desk: Desk, reading: Reading, watch: Progress | None = None) -> Run:
    """Every request against everyone; nothing is kept."""
    from panoh.domain.matching import between
    from panoh.domain.matching.commonness import Names

    def told(share: float) -> None:
        (watch or Silent()).step(round(100 * share), 100, _("Looking for those who are sought"))

    told(0)
    asked = facts.requests(reading)
    ids, sides = facts.everyone(desk, reading, asked)
    told(_READ)
    names = Names.of(sides.register, sides.people, sides.origins)
    scored = between.run(
        sides, names, desk.clock.today(), places(desk), lambda share: told(_READ + share * (_SCORED - _READ))
    )
    return Run(scored, ids, asked, names)


def tells_little(asked: TracingRequest) -> bool:
    """Whether a request tells neither family name nor birth: even a good hit has few points then."""
    return not asked.family_name and asked.birth_earliest is None


def _kept(scored: Scored, asked: Sequence[TracingRequest]) -> Iterable[tuple[int, int, float]]:
    at = scored.best([LEAST_OF_LITTLE if tells_little(each) else LEAST for each in asked], KEPT)
    columns = (scored.asked[at].tolist(), scored.person[at].tolist(), scored.scores[at].tolist())
    return ((asked, person, round(score, 1)) for asked, person, score in zip(*columns, strict=True))


# --- what a write touched --------------------------------------------------------------------------------------------


def _rematch_requests(desk: Desk, request_ids: Sequence[str]) -> None:
    with desk.reading() as reading:
        asked = facts.requests(reading, request_ids)
        told = facts.sought(reading, asked)
        rows = [
            row
            for each, one in zip(asked, told, strict=True)
            for row in _compared(desk, reading, [each], likeliest(reading, one))
        ]
    with desk.writing() as unit:
        matched = facts.requests(unit, request_ids)
        there = {each.id for each in matched}
        store.put(unit, request_ids, _still_there(unit, [row for row in rows if row[0] in there]))
        _put_keys(unit, matched)
        store.settle(unit, store.REQUEST, request_ids)


def _rematch_people(desk: Desk, person_ids: Sequence[str]) -> None:
    with desk.reading() as reading:
        like = store.requests_like(reading, person_ids) | store.kept_for(reading, person_ids)
        asked = facts.requests(reading, like)
        rows = list(_compared(desk, reading, asked, person_ids)) if asked else []
    with desk.writing() as unit:
        store.put_pairs(unit, like, person_ids, _still_there(unit, rows))
        store.settle(unit, store.PERSON, person_ids)


def _still_there(unit: Unit, rows: Sequence[tuple[str, str, float]]) -> list[tuple[str, str, float]]:
    """Without records that were erased while they were compared."""
    people = store.existing(unit, {row[1] for row in rows})
    asked = {each.id for each in unit.where_in(TracingRequest, "id", {row[0] for row in rows})}
    return [row for row in rows if row[0] in asked and row[1] in people]


def _compared(
    desk: Desk, reading: Reading, asked: Sequence[TracingRequest], person_ids: Iterable[str]
) -> Iterable[tuple[str, str, float]]:
    return _left(reading, asked, *score(desk, reading, asked, person_ids))


def _left(
    reading: Reading, asked: Sequence[TracingRequest], ids: Sequence[str], found: Scored
) -> Iterable[tuple[str, str, float]]:
    """Whom to keep of these pairs: without those who refused, who were rejected, and whom a request cannot mean."""
    refused = facts.refused(reading, ids)
    rejected = _rejected(reading, [each.id for each in asked])
    not_meant = facts.not_meant(reading, asked)
    for at, person, points in _kept(found, asked):
        out = rejected.get(asked[at].id, set()) | not_meant[asked[at].id] | refused
        if ids[person] not in out:
            yield asked[at].id, ids[person], points


def ranked(reading: Reading, asked: TracingRequest, ids: Sequence[str], found: Scored) -> list[tuple[str, float]]:
    """Who of these may be the one sought and how many points they have, as a full run would find them, best first."""
    left = _left(reading, [asked], ids, found)
    return sorted(((person, points) for _asked, person, points in left), key=lambda each: (-each[1], each[0]))


def score(
    desk: Desk, reading: Reading, asked: Sequence[TracingRequest], person_ids: Iterable[str]
) -> tuple[list[str], Scored]:
    """Each of these requests beside each of these people: the ids by their numbers, and the pairs scored."""
    ids, known = facts.known(desk, reading, person_ids)
    return ids, scored(desk, reading, facts.sought(reading, asked), known)


def scored(desk: Desk, reading: Reading, sought: Sequence[Sought], known: Sequence[Known]) -> Scored:
    """Each of these beside each of those, as everything is scored in this vault."""
    from panoh.domain.matching import between
    from panoh.domain.matching.columns import Building
    from panoh.domain.matching.commonness import Names

    building = Building()
    building.add_known(known)
    building.add_sought(sought)
    sides = building.sides()
    names = Names.load(reading.meta(_NAMES))
    return between.compare(sides, between.all_pairs(sides), names, desk.clock.today(), places(desk))


def _rejected(reading: Reading, request_ids: Sequence[str]) -> dict[str, set[str]]:
    """Who was ruled out by somebody, by request: a No is remembered."""
    found: dict[str, set[str]] = {}
    c = table(MatchDecision).c
    for each in reading.all(MatchDecision, c.state == "rejected"):
        found.setdefault(each.request_id, set()).add(each.person_id)
    return {one: found[one] for one in request_ids if one in found}


def _put_keys(unit: Unit, asked: Sequence[TracingRequest]) -> None:
    told = facts.sought(unit, asked)
    store.put_request_keys(unit, {each.id: own_keys(one) for each, one in zip(asked, told, strict=True)})


_kept_places: dict[int, Places] = {}


def _places_of(terms: object) -> Places:
    if id(terms) not in _kept_places:
        _kept_places.clear()
        _kept_places[id(terms)] = Places(terms)  # type: ignore[arg-type]
    return _kept_places[id(terms)]
