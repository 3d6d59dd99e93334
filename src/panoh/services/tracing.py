"""Tracing: requests, and the people who may be the one sought, best first and with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from panoh.base.i18n import gettext as _
from panoh.domain.lines import RequestFilter, RequestLine
from panoh.domain.names import to_latin
from panoh.domain.person import Unanswered
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services import candidates as finding
from panoh.services.candidates import Alike, Candidate, RuledOut
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import both_words, require_known, told_request
from panoh.services.records import OF_REQUEST_BY_VERBS, is_withheld
from panoh.services.tracing_consent import NO, OF_TRACING, SHOWN, follow, may_be_matched, share
from panoh.services.tracing_hold import HELD, held_with, hold_together
from panoh.store import drafts, lines, tracing_work
from panoh.store.tables import table
from panoh.store.units import ONE_OF, Reading, Unit

__all__ = [
    "ALL",
    "SHARED",
    "Alike",
    "Candidate",
    "RuledOut",
    "alike",
    "ask",
    "candidates",
    "count",
    "matches",
    "page",
    "request",
    "told",
    "told_decision",
    "unanswered",
    "words_withheld",
]

ALL = RequestFilter()
# Of whoever asks: the same in all requests of an inquiry.
SHARED = ("inquirer_id", "inquirer_name", "contact", *OF_TRACING)
_WITHHELD = frozenset({"contact", "wish_why", "closed_words"})  # words that may tell what is restricted
WORDS = _WITHHELD | {"held_why"}  # and those of whoever held it back


def page(desk: Desk, offset: int, limit: int, wanted: RequestFilter = ALL) -> list[RequestLine]:
    """A page of tracing requests, open ones first; those without consent to trace only when they are asked for."""
    with desk.reading() as reading:
        where, ids = _of_filter(desk, reading, wanted)
        return [told_request(desk, line) for line in lines.requests_page(reading, offset, limit, where, ids)]


def count(desk: Desk, wanted: RequestFilter = ALL) -> int:
    """How many requests there are."""
    with desk.reading() as reading:
        return lines.requests_count(reading, *_of_filter(desk, reading, wanted))


def _of_filter(desk: Desk, reading: Reading, wanted: RequestFilter) -> tuple[list[Any], list[str]]:
    """The conditions of a filter, and the ids that one of them asks for. Who is masked for the user is found by no name."""
    c = table(TracingRequest).c
    where: list[Any] = [(c.consent_to_trace == NO) if wanted.no_consent else (c.consent_to_trace != NO)]
    where += [c.status == wanted.status] if wanted.status else []
    where += [c.held_why != ""] if wanted.held else []
    if not wanted.text.strip():
        return where, []
    known = tracing_work.known_to(desk.limited_reader)
    ids = [row[0] for row in tracing_work.names(reading, known) if _named(wanted.text, row[1:])]
    return [*where, c.id.in_(ONE_OF)], ids


def _named(text: str, values: Sequence[Any]) -> bool:
    """Whether each word of the text begins a word of these names and numbers, in whatever script."""
    told = [part for value in values for part in ([value] if isinstance(value, str) else value or ())]
    begins = tuple(piece for part in told for word in _read(part) for piece in _pieces(word))
    return all(any(one.startswith(word) for one in begins) for word in _read(text))


def _pieces(word: str) -> tuple[str, ...]:
    """The word, and what stands after a hyphen in it: 'kx7-00481-r' is found by 00481 and by 481 as well."""
    after = word.split("-")[1:]
    return word, *after, *(piece.lstrip("0") for piece in after if piece.startswith("0"))


def _read(text: str) -> list[str]:
    return to_latin(text).casefold().split()


def request(desk: Desk, request_id: str) -> TracingRequest:
    """One request, without words that may tell restricted facts which this user may not see.

    Raises AppError record.not_found, shield.withheld.
    """
    with desk.reading() as reading:
        return told(desk, reading, _wanted(desk, reading, request_id))


def told(desk: Desk, reading: Reading, found: TracingRequest) -> TracingRequest:
    """The request as this user may read it: how to reach somebody, why it is held, what a child wishes may tell more."""
    if not words_withheld(desk, reading, found):
        return found
    hidden: dict[str, Any] = dict.fromkeys(_WITHHELD, "")
    if found.held_why and found.held_by != desk.user.id:
        hidden["held_why"] = _(desk.rulebook.restricted.reason)
    return replace(found, **hidden)


def words_withheld(desk: Desk, reading: Reading, found: TracingRequest) -> bool:
    """Whether words beside a request may tell of either side what this user may not see."""
    return any(one and is_withheld(desk, reading, one) for one in (found.inquirer_id, found.sought_person_id))


def _wanted(desk: Desk, reading: Reading, request_id: str) -> TracingRequest:
    found = reading.get(TracingRequest, request_id)
    require_known(desk, reading, found.inquirer_id, found.sought_person_id)
    return found


def ask(
    desk: Desk, wanted: TracingRequest, unanswered: Sequence[Unanswered] = (), draft_id: str = ""
) -> tuple[TracingRequest, Changes]:
    """Save a new request under a number of its own, or changes to one, with its questions without an answer.

    All in one write; the draft that it was typed in is forgotten. Who asks, how to reach them and the consent to trace are
    alike in all requests that were asked together: they change in all of them. What verbs of their own decide, and words
    that this user does not see, stay as they are.
    """
    with desk.writing() as unit:
        made = _changed(desk, unit, wanted) if wanted.number else _begun(desk, unit, wanted)
        for old in unit.where_in(Unanswered, "record_id", [made.id]):
            unit.remove(old)
        unit.add(*unanswered)
        if draft_id:
            drafts.drop(unit, draft_id)
        return made, Changes.of(unit)


def _begun(desk: Desk, unit: Unit, wanted: TracingRequest) -> TracingRequest:
    require_known(desk, unit, wanted.inquirer_id, wanted.sought_person_id)
    first = _wanted(desk, unit, wanted.inquiry) if wanted.inquiry else None
    made = replace(wanted, number=unit.next_numbers()[0], opened_at=wanted.opened_at or desk.clock.now())
    if first is not None:  # one of an inquiry that is held back is held back; a No stands until somebody changes it
        taken = (*HELD, *OF_TRACING) if first.consent_to_trace == NO else HELD
        made = replace(made, inquiry=first.inquiry or first.id, **{name: getattr(first, name) for name in taken})
    made = held_with(unit, made, first)
    unit.add(made)
    if first is not None:
        share(unit, made, SHARED)
        hold_together(unit, made)
    return made


def _changed(desk: Desk, unit: Unit, wanted: TracingRequest) -> TracingRequest:
    before = _wanted(desk, unit, wanted.id)
    require_known(desk, unit, wanted.inquirer_id, wanted.sought_person_id)
    kept: dict[str, Any] = {name: getattr(before, name) for name in OF_REQUEST_BY_VERBS}
    if words_withheld(desk, unit, before):
        kept |= {
            name: both_words(getattr(before, name), getattr(wanted, name)) for name in _WITHHELD - OF_REQUEST_BY_VERBS
        }
    if before.consent_withdrawn_on not in (None, wanted.consent_withdrawn_on):  # taken back since the form was begun
        kept |= {name: getattr(before, name) for name in (*OF_TRACING, *SHOWN)}
    elif wanted.consent_to_trace != NO:
        kept["consent_withdrawn_on"] = None
    made = held_with(unit, replace(wanted, **kept), before)
    unit.save(made)
    if made.consent_to_trace != before.consent_to_trace:
        follow(unit, made.id, made.consent_to_trace)
    share(unit, made, SHARED)
    if not before.held_why:
        hold_together(unit, made)
    return made


def alike(desk: Desk, request_id: str, limit: int = 20) -> Alike:
    """People who may be the one sought, best first, and those who are like them and cannot be, with the reason.

    Without consent to trace nobody is looked for, and of a request that is held back they are shown to supervisors alone.
    The inquirer, those who stay with the inquirer, rejected people and who refused to be looked for are left out.
    """
    with desk.reading() as reading:
        wanted = _wanted(desk, reading, request_id)
        if not may_be_matched(desk, wanted):
            return Alike()
        found = finding.of_request(desk, reading, wanted, limit)
        told = [replace(each, decision=told_decision(desk, reading, each.decision)) for each in found.candidates]
        return replace(found, candidates=told)


def candidates(desk: Desk, request_id: str, limit: int = 20) -> Sequence[Candidate]:
    """Those alone who may be the one sought."""
    return alike(desk, request_id, limit).candidates


def told_decision(desk: Desk, reading: Reading, decision: MatchDecision | None) -> MatchDecision | None:
    """A decision without its reason, where that may tell restricted facts of either side; one's own words stay."""
    if decision is None or decision.decided_by == desk.user.id:
        return decision
    request = reading.first(TracingRequest, table(TracingRequest).c.id == decision.request_id)
    asker_s = request is not None and words_withheld(desk, reading, request)
    if not asker_s and not is_withheld(desk, reading, decision.person_id):
        return decision
    return replace(decision, reason=_(desk.rulebook.restricted.reason))


def unanswered(desk: Desk, request_id: str) -> dict[str, str]:
    """The questions of a request without an answer: field and which of the four unknowns."""
    with desk.reading() as reading:
        return {gap.field: gap.answer for gap in reading.where_in(Unanswered, "record_id", [request_id])}


def matches(desk: Desk, limit: int = 10) -> Iterator[tuple[TracingRequest, list[Candidate]]]:
    """Every request in which somebody is looked for, with its candidates, best first, at most `limit` each.

    Requests without any are passed over.
    """
    with desk.reading() as reading:
        for wanted, found in finding.of_all(desk, reading, limit):
            yield wanted, [replace(each, decision=told_decision(desk, reading, each.decision)) for each in found]
