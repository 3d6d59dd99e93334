"""Who may be the one sought, for one request or for all: kept candidates with their reasons, and who was ruled out.

What the background has not done yet is worked out while it is asked for; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from panoh.domain.lines import PersonLine
from panoh.domain.match_parts import Match
from panoh.domain.matching.weights import BANDS
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.tracing_decisions import CONFIRMED, REJECTED
from panoh.services import match_facts as facts
from panoh.services import rematching
from panoh.services.desk import Desk
from panoh.services.match_crowds import likeliest
from panoh.services.need_to_know import known_to, told_line
from panoh.services.tracing_consent import NO, may_be_matched
from panoh.store import candidates as store
from panoh.store import lines
from panoh.store.masking import masked_ids
from panoh.store.tables import table
from panoh.store.units import Reading

if TYPE_CHECKING:
    from panoh.domain.matching.between import Scored

LEAST = BANDS[-1][0]  # points below which nobody is shown: less than a possible hit, unless a request tells very little
_MASKED = 20  # so many of the best may be masked for the user, who is told of those after them


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered person who may be the one sought. A hit is a lead, not a reunion."""

    person: PersonLine
    match: Match
    decision: MatchDecision | None


@dataclass(frozen=True, slots=True)
class RuledOut:
    """Somebody who is like the one sought and cannot be them, and why: 'a girl, sex verified'."""

    person: PersonLine
    why: str
    match: Match


@dataclass(frozen=True, slots=True)
class Alike:
    """Who may be the one sought, best first, and who would be a candidate, were it not impossible: of one comparison."""

    candidates: Sequence[Candidate] = ()
    ruled_out: Sequence[RuledOut] = ()


def of_request(desk: Desk, reading: Reading, wanted: TracingRequest, limit: int) -> Alike:
    """Who is like the one sought, as far as the caller may know of them; whoever is confirmed stands first.

    Once nobody is looked for any more, as after a verification, they stand there alone; after a No to tracing nobody does.
    """
    decisions = decisions_on(reading, wanted.id)
    confirmed = [one for one, each in decisions.items() if each.state == CONFIRMED]
    if facts.requests(reading, [wanted.id]):
        ids, scored, best = _compared(desk, reading, wanted, limit + _MASKED, confirmed)
    elif confirmed and not _is_refused(reading, wanted):
        ids, scored, best = *rematching.score(desk, reading, [wanted], confirmed), confirmed
    else:
        return Alike()
    cannot = [ids[person] for person in scored.person[scored.impossible(LEAST)].tolist()]
    left = {*best, *cannot} - facts.refused(reading, ids)
    shown = known_to(desk, lines.people_by_id(reading, left))
    match_of = {
        ids[person]: scored.match(at) for at, person in enumerate(scored.person.tolist()) if ids[person] in shown
    }
    not_meant = facts.not_meant(reading, [wanted])[wanted.id]
    candidates = [
        Candidate(told_line(desk, shown[one]), match_of[one], decisions.get(one))
        for one in best
        if one in match_of
        and (match_of[one].score >= _least(wanted) or one in confirmed)
        and (one not in decisions or decisions[one].state != REJECTED)
    ]
    candidates.sort(key=lambda each: (each.person.id not in confirmed, -each.match.score, each.person.id))
    ruled_out = [
        RuledOut(told_line(desk, shown[one]), match_of[one].impossible, match_of[one])
        for one in cannot
        if one in match_of and one not in not_meant and one not in decisions
    ]
    ruled_out.sort(key=lambda each: (-sum(part.points for part in each.match.parts), each.person.id))
    return Alike(candidates[:limit], ruled_out[:limit])


def _is_refused(reading: Reading, wanted: TracingRequest) -> bool:
    """Whether whoever asks, or a record of the one sought, says No to tracing."""
    no = wanted.consent_to_trace == NO or wanted.consent_withdrawn_on is not None
    return no or bool(wanted.sought_person_id and facts.refused(reading, [wanted.sought_person_id]))


def _compared(
    desk: Desk, reading: Reading, wanted: TracingRequest, most: int, confirmed: list[str]
) -> tuple[list[str], Scored, list[str]]:
    """Whoever is like the one sought beside the request, each once: their ids by number, the pairs scored, and of those
    the best, who are kept for it, or would be, were what is due done already; whoever is confirmed is one of them.
    """
    (told,) = facts.sought(reading, [wanted])
    like = {*likeliest(reading, told), *confirmed}
    if not rematching.is_due(reading, wanted.id):
        best = [person for person, _points in store.of_request(reading, wanted.id, _least(wanted), most)]
        return *rematching.score(desk, reading, [wanted], like.union(best)), _with(confirmed, best)
    ids, scored = rematching.score(desk, reading, [wanted], like)
    ranked = rematching.ranked(reading, wanted, ids, scored)
    return ids, scored, _with(confirmed, [person for person, points in ranked if points >= _least(wanted)][:most])


def _with(some: list[str], others: list[str]) -> list[str]:
    return list(dict.fromkeys([*some, *others]))


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
