"""Who may be the one sought, for one request or for all: kept candidates with their reasons, and who was ruled out.

What the background has not done yet is worked out while it is asked for; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from panoh.domain.lines import PersonLine
from panoh.domain.match_parts import Match
from panoh.domain.matching.weights import BANDS
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services import match_facts as facts
from panoh.services import rematching
from panoh.services.desk import Desk
from panoh.services.need_to_know import known_to, told_line
from panoh.services.tracing_consent import may_be_matched
from panoh.store import candidates as store
from panoh.store import lines
from panoh.store.masking import masked_ids
from panoh.store.tables import table
from panoh.store.units import Reading

LEAST = BANDS[-1][0]  # points below which nobody is shown: less than a possible hit, unless a request tells very little
REJECTED = "rejected"
_MASKED = 20  # so many of the best may be masked for the user, who is told of those after them


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered person who may be the one sought. A hit is a lead, not a reunion."""

    person: PersonLine
    match: Match
    decision: MatchDecision | None


@dataclass(frozen=True, slots=True)
class RuledOut:
    """Somebody who is like the one sought and cannot be them, and why."""

    person: PersonLine
    why: str
    match: Match


def of_request(desk: Desk, reading: Reading, wanted: TracingRequest, limit: int) -> list[Candidate]:
    """Candidates of one request that the caller may read, best first; none where nobody is to be looked for."""
    if not facts.requests(reading, [wanted.id]):
        return []
    least = _least(wanted)
    best = _best(desk, reading, wanted, limit + _MASKED)
    shown = known_to(desk, lines.people_by_id(reading, set(best) - facts.refused(reading, best)))
    decisions = decisions_on(reading, wanted.id)
    found = [
        Candidate(told_line(desk, shown[person]), match, decisions.get(person))
        for person, match in _matches(desk, reading, wanted, [person for person in best if person in shown])
        if match.score >= least and (person not in decisions or decisions[person].state != REJECTED)
    ]
    found.sort(key=lambda each: (-each.match.score, each.person.id))
    return found[:limit]


def ruled_out(desk: Desk, reading: Reading, wanted: TracingRequest, limit: int) -> list[RuledOut]:
    """People who would be candidates, were it not impossible: '1 more cannot be him: a girl, sex verified'."""
    from panoh.services.match_crowds import likeliest

    if not facts.requests(reading, [wanted.id]):
        return []
    (told,) = facts.sought(reading, [wanted])
    ids, scored = rematching.score(desk, reading, [wanted], likeliest(reading, told))
    not_meant = facts.not_meant(reading, [wanted])[wanted.id] | facts.refused(reading, ids)
    decisions = decisions_on(reading, wanted.id)
    matches = [(ids[scored.person[at]], scored.match(at)) for at in scored.impossible(LEAST).tolist()]
    shown = known_to(desk, lines.people_by_id(reading, [person for person, _match in matches]))
    found = [
        RuledOut(told_line(desk, shown[person]), match.impossible, match)
        for person, match in matches
        if person in shown and person not in not_meant and person not in decisions
    ]
    found.sort(key=lambda each: (-sum(part.points for part in each.match.parts), each.person.id))
    return found[:limit]


def of_all(desk: Desk, reading: Reading, limit: int) -> Iterator[tuple[TracingRequest, list[Candidate]]]:
    """Every request with its candidates, best first, at most `limit` each; requests without any are passed over."""
    run = rematching.compare_everyone(desk, reading)
    hidden = masked_ids(reading)
    decisions: dict[str, dict[str, MatchDecision]] = {}
    for each in reading.all(MatchDecision):
        decisions.setdefault(each.request_id, {})[each.person_id] = each
    not_meant, refused = facts.not_meant(reading, run.asked), facts.refused(reading)
    places = run.scored.of_requests(
        run.scored.best([_least(each) for each in run.asked], limit + rematching.KEPT), len(run.asked)
    )
    for wanted, pairs in zip(run.asked, places, strict=True):
        sides = {wanted.inquirer_id, wanted.sought_person_id} & hidden
        if not may_be_matched(desk, wanted) or any(
            not desk.may_see_restricted(reading.holder_of(one)) for one in sides
        ):
            continue
        mine = decisions.get(wanted.id, {})
        out = not_meant[wanted.id] | refused | {one for one, each in mine.items() if each.state == REJECTED}
        at = [place for place in pairs if run.people[run.scored.person[place]] not in out][: limit + _MASKED]
        ids = [run.people[run.scored.person[place]] for place in at]
        shown = known_to(desk, lines.people_by_id(reading, ids))
        found = [
            Candidate(told_line(desk, shown[person]), run.scored.match(place), mine.get(person))
            for person, place in zip(ids, at, strict=True)
            if person in shown
        ][:limit]
        if found:
            yield wanted, found


def _least(wanted: TracingRequest) -> float:
    return rematching.LEAST_OF_LITTLE if rematching.tells_little(wanted) else LEAST


def decisions_on(reading: Reading, request_id: str) -> dict[str, MatchDecision]:
    """What was decided about people for a request, by person."""
    return {d.person_id: d for d in reading.all(MatchDecision, table(MatchDecision).c.request_id == request_id)}


def _best(desk: Desk, reading: Reading, wanted: TracingRequest, limit: int) -> list[str]:
    """Who is kept for a request, or would be, were what is due done already."""
    if rematching.is_due(reading, wanted.id):
        return [person for person, points in rematching.ranked(desk, reading, wanted) if points >= _least(wanted)][
            :limit
        ]
    return [person for person, _points in store.of_request(reading, wanted.id, _least(wanted), limit)]


def _matches(
    desk: Desk, reading: Reading, wanted: TracingRequest, person_ids: list[str]
) -> Iterator[tuple[str, Match]]:
    if not person_ids:
        return
    ids, scored = rematching.score(desk, reading, [wanted], person_ids)
    for at, person in enumerate(scored.person.tolist()):
        yield ids[person], scored.match(at)
