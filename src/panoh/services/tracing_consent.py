"""Consent to trace, which is apart from all other consent: who may be looked for, and who may be found.

Of whoever asks it stands in the request, alike in all that were asked together: refused or withdrawn, nobody is matched
and nothing is listed. Not asked yet, it is matched inside the vault and told to nobody. Of whoever may be found it is
their own consent for the purpose tracing: a No forbids that they are matched at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from panoh.base.errors import AppError
from panoh.domain.consent import AUTHORITIES, Consent
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known
from panoh.store import tracing_work
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

TRACING = "tracing"  # vocab purpose
YES, NO = "yes", "no"
_OURS = "this_organisation"  # vocab recipient
_TOLD_ONLY = AUTHORITIES | {"public"}
# Of the tracing itself; alike in all requests of one inquiry.
OF_TRACING = ("consent_to_trace", "consent_by", "consent_how", "consent_on", "consent_withdrawn_on")
SHOWN = ("consent_to_show", "consent_to_publish")  # of each request its own


def tracing_refused(reading: Reading, person_ids: Iterable[str]) -> set[str]:
    """Those of these people who said No to tracing, or took their Yes back: they are matched with no request.

    The answer about this organisation decides, which does the looking. Where it was not asked, a No to others forbids it
    too, unless somebody else may look. That no authority and no board is told is no answer to whether one may look.
    """
    answers: dict[str, dict[str, str]] = {}
    for one in reading.where_in(Consent, "person_id", person_ids):
        if one.purpose == TRACING and one.recipient not in _TOLD_ONLY:
            answers.setdefault(one.person_id, {})[one.recipient] = one.state_on(date.min)  # expiry forbids nothing
    return {person_id for person_id, told in answers.items() if _refuses(told)}


def _refuses(told: Mapping[str, str]) -> bool:
    ours = told.get(_OURS, "")
    return (ours or (YES if YES in told.values() else next(filter(None, told.values()), ""))) in (NO, "withdrawn")


def may_be_matched(desk: Desk, request: TracingRequest) -> bool:
    """Whether this user may be shown who may be the one sought: not without consent, and held back only a supervisor."""
    return request.consent_to_trace != NO and (not request.held_why or desk.is_supervisor)


def require_shown(request: TracingRequest) -> None:
    """What every paper, list and publication of a request asks first: raises AppError('tracing.held'),
    AppError('tracing.no_consent') where whoever asks said no, or was not asked yet.
    """
    if request.held_why:
        raise AppError("tracing.held")
    if request.consent_to_trace != YES:
        raise AppError("tracing.no_consent")


def withdraw(desk: Desk, request_id: str) -> Changes:
    """Whoever asks takes the consent back, for everyone for whom they asked together: nobody is matched or listed any more.

    Reviews that are open wait; what was confirmed stays as it was noted.
    Raises AppError: record.not_found, shield.withheld.
    """
    with desk.writing() as unit:
        found = unit.get(TracingRequest, request_id)
        require_known(desk, unit, found.inquirer_id, found.sought_person_id)
        for one in together(unit, found):
            unit.save(
                replace(
                    one,
                    consent_to_trace=NO,
                    consent_withdrawn_on=desk.clock.today(),
                    consent_to_show=NO,
                    consent_to_publish=NO,
                )
            )
            follow(unit, one.id, NO)
        return Changes.of(unit)


def follow(unit: Unit, request_id: str, consent: str) -> None:
    """What follows for candidates from the consent as it is now: under a No they go, and reviews wait; else those go on.

    Who decided it, and in which words, stays with each decision.
    """
    c = table(MatchDecision).c
    decisions = unit.all(MatchDecision, c.request_id == request_id)
    if consent == NO:
        tracing_work.drop_candidates(unit, [request_id])
        for one in decisions:
            if one.state == "under_review":
                unit.save(replace(one, state="waiting", was="under_review"))
    elif not any(one.state == "confirmed" for one in decisions):
        for one in decisions:
            if (one.state, one.was) == ("waiting", "under_review"):
                unit.save(replace(one, state="under_review", was=""))


def share(unit: Unit, made: TracingRequest, names: Sequence[str]) -> None:
    """Bring the requests that were asked together with this one to what it says in these fields."""
    alike: dict[str, Any] = {name: getattr(made, name) for name in names}
    for one in together(unit, made):
        if one.id != made.id and unit.save(replace(one, **alike)) and one.consent_to_trace != made.consent_to_trace:
            follow(unit, one.id, made.consent_to_trace)


def together(reading: Reading, request: TracingRequest) -> Sequence[TracingRequest]:
    """The requests that were asked together with this one, and itself, the first first."""
    first, c = request.inquiry or request.id, table(TracingRequest).c
    return reading.all(TracingRequest, (c.id == first) | (c.inquiry == first))
