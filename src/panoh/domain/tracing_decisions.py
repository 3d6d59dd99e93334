"""What becomes of the decisions about the candidates of one request: one is confirmed at most, the others wait for it.

A No stands for ever: nothing brings a rejected pair back but opening it again, with a reason. Every function takes all
decisions of the request and gives those that are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from panoh.base.errors import AppError
from panoh.domain.tracing import MatchDecision

UNDER_REVIEW, REJECTED, CONFIRMED, WAITING, NONE = "under_review", "rejected", "confirmed", "waiting", ""
DECIDED = (REJECTED, CONFIRMED)  # what is opened again
# Of two decisions about one person the one that stands, when two records are found to be that person's.
_STRENGTH = (NONE, WAITING, UNDER_REVIEW, CONFIRMED, REJECTED)


def standing(decisions: Sequence[MatchDecision]) -> list[MatchDecision]:
    """The decisions as they stand now: where the confirmed one is gone, erased with the person, nobody waits for it."""
    if confirmed_one(decisions) is not None:
        return list(decisions)
    return [_awake(one) for one in decisions]


def confirmed_one(decisions: Sequence[MatchDecision]) -> MatchDecision | None:
    """The decision that confirms somebody, if there is one."""
    return next((one for one in decisions if one.state == CONFIRMED), None)


def about(decisions: Sequence[MatchDecision], person_id: str) -> MatchDecision | None:
    """What was decided about this person, if anything ever was."""
    return next((one for one in decisions if one.person_id == person_id), None)


def reviewed(decisions: Sequence[MatchDecision], signed: MatchDecision) -> list[MatchDecision]:
    """Somebody looks into this pair. `signed` tells of whom, who decides and when.

    Raises AppError match.rejected, match.confirmed, match.another: another candidate is confirmed.
    """
    now = standing(decisions)
    before = _undecided(now, signed.person_id)
    _require_nobody_else(now, signed.person_id)
    return _written(decisions, now, [_next(signed, before, UNDER_REVIEW)])


def rejected(decisions: Sequence[MatchDecision], signed: MatchDecision) -> list[MatchDecision]:
    """This is not the one sought, whatever else becomes of the request. Raises AppError match.rejected, match.confirmed."""
    now = standing(decisions)
    return _written(decisions, now, [_next(signed, _undecided(now, signed.person_id), REJECTED)])


def confirmed(decisions: Sequence[MatchDecision], signed: MatchDecision) -> list[MatchDecision]:
    """This is the one sought; whoever is under review waits. What was rejected stays so.

    Raises AppError match.rejected, match.confirmed, match.another.
    """
    now = standing(decisions)
    before = _undecided(now, signed.person_id)
    _require_nobody_else(now, signed.person_id)
    mine = replace(_next(signed, before, CONFIRMED), was=before.state if before else NONE)
    others = [
        replace(one, state=WAITING, was=one.state)
        for one in now
        if one.person_id != signed.person_id and one.state == UNDER_REVIEW
    ]
    return _written(decisions, now, [mine, *others])


def opened_again(decisions: Sequence[MatchDecision], signed: MatchDecision) -> list[MatchDecision]:
    """A confirmation or a No is taken back. After a confirmation everybody is where they were before it.

    Raises AppError match.not_decided when neither stands.
    """
    now = standing(decisions)
    before = about(now, signed.person_id)
    if before is None or before.state not in DECIDED:
        raise AppError("match.not_decided")
    if before.state == REJECTED:
        return _written(decisions, now, [_next(signed, before, NONE)])
    others = [_awake(one) for one in now if one.person_id != signed.person_id]
    return _written(decisions, now, [_next(signed, before, before.was), *others])


def joined(mine: MatchDecision, yours: MatchDecision) -> MatchDecision:
    """The one decision that stands where two records with a decision each, for one request, are one person.

    A No stands above all that is open. Raises AppError merge.matches where the one is confirmed and the other rejected:
    somebody was wrong, and no merge decides who.
    """
    if {mine.state, yours.state} == {CONFIRMED, REJECTED}:
        raise AppError("merge.matches")
    stronger = max(mine, yours, key=lambda one: _STRENGTH.index(one.state))
    if mine.state != yours.state:
        return replace(stronger, id=mine.id, person_id=mine.person_id)
    reasons = dict.fromkeys(reason for reason in (mine.reason, yours.reason) if reason)
    return replace(mine, reason="; ".join(reasons))


def _awake(one: MatchDecision) -> MatchDecision:
    return replace(one, state=one.was, was=NONE) if one.state == WAITING else one


def _undecided(now: Sequence[MatchDecision], person_id: str) -> MatchDecision | None:
    before = about(now, person_id)
    if before is not None and before.state in DECIDED:
        raise AppError(f"match.{before.state}")
    return before


def _require_nobody_else(now: Sequence[MatchDecision], person_id: str) -> None:
    other = confirmed_one(now)
    if other is not None and other.person_id != person_id:
        raise AppError("match.another")


def _next(signed: MatchDecision, before: MatchDecision | None, state: str) -> MatchDecision:
    return replace(signed, id=before.id if before else signed.id, state=state, was=NONE)


def _written(
    stored: Sequence[MatchDecision], now: Sequence[MatchDecision], changed: Sequence[MatchDecision]
) -> list[MatchDecision]:
    """What differs from what is stored: the changed ones, and those that no longer wait for somebody who is gone."""
    after = {one.id: one for one in (*now, *changed)}
    before = {one.id: one for one in stored}
    return [one for one in after.values() if before.get(one.id) != one]
