"""Requests that are held back because whoever asks may be the danger.

Anyone holds one back, with a reason; only a supervisor lifts it. Meanwhile candidates are shown to supervisors alone,
nothing is printed or published, and no verification is begun. Whoever is the danger asks for nobody beside it: what the
same asker has asked, or asks anew, is held back with it, also where only a name tells that it may be the same
(`tracing_askers`). That finds too much rather than too little: nobody holds such a one (`held_by` is empty), nothing more is
held for its sake, and a supervisor lifts what is another's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.domain.match_parts import LEAST_STRONG
from panoh.domain.person import Person, PersonName
from panoh.domain.records import Record
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known
from panoh.services.tracing_askers import Asked, asked_by, may_be_one_asker
from panoh.services.tracing_consent import together
from panoh.store import candidates
from panoh.store.masking import is_masked
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

HELD = ("held_why", "held_by", "held_on")
_FREE: dict[str, Any] = {"held_why": "", "held_by": "", "held_on": None}
_r = table(TracingRequest).c


class Holds:
    """What is held back, to be held beside what is asked."""

    def __init__(self, reading: Reading, held: Iterable[TracingRequest] | None = None) -> None:
        self._reading = reading
        every = reading.all(TracingRequest, _r.held_by != "") if held is None else held
        self._held = asked_by(reading, every)

    def over(self, request: TracingRequest, before: TracingRequest | None = None) -> TracingRequest:
        """The request, held back where its asker may be that of one that is.

        Of one that stood as `before` beside the same, and is free, a supervisor has said that it may go on.
        """
        if request.held_why or not self._held:
            return request
        now, *stood = asked_by(self._reading, [request, *([before] if before else [])])
        return self.over_asked(now, *stood)

    def over_asked(self, now: Asked, *stood: Asked) -> TracingRequest:
        """The same of a request with the names of both sides."""
        for held in self._held:
            if may_be_one_asker(held, now) and not any(may_be_one_asker(held, one) for one in stood):
                return _held_like(self._reading, held.request, now.request)
        return now.request


def hold_back(desk: Desk, request_id: str, why: str) -> Changes:
    """Hold back everything that was asked together with this request, and what its asker has asked beside it; one that is
    held already keeps its reason.

    Raises FormProblems without a reason; AppError: record.not_found, shield.withheld.
    """
    if not why.strip():
        raise FormProblems([FieldProblem("why", _("Say why: a supervisor decides by it whether it may go on"))])
    with desk.writing() as unit:
        said: dict[str, Any] = {"held_why": why.strip(), "held_by": desk.user.id, "held_on": desk.clock.today()}
        held = [replace(one, **said) for one in _together(desk, unit, request_id) if not one.held_by]
        for one in held:
            unit.save(one)
        holds = Holds(unit, held)  # of these alone: a supervisor may have let go on what is like those held before
        for asked in asked_by(unit, unit.all(TracingRequest, _r.held_why == "")):
            unit.save(holds.over_asked(asked), asked.request)
        return Changes.of(unit)


def lift(desk: Desk, request_id: str) -> Changes:
    """Let it go on, and what was held back for its sake alone; why it was held back stays in the history.

    What was held for the sake of somebody masked names no request, and is let go on by itself.

    Raises AppError: access.denied, record.not_found.
    """
    desk.require_supervisor()
    with desk.writing() as unit:
        lifted = _together(desk, unit, request_id)
        beside = [one for one in unit.all(TracingRequest, _r.held_why != "") if _is_for_the_sake_of(lifted, one)]
        for one in (*lifted, *beside):
            unit.save(replace(one, **_FREE))
        rest = Holds(unit)
        for one in beside:  # there may be another for whose sake it is held back
            unit.save(rest.over(replace(one, **_FREE)))
        return Changes.of(unit)


def held_with(reading: Reading, request: TracingRequest, before: TracingRequest | None = None) -> TracingRequest:
    """The request, held back where its asker may be that of one that is; `before` is how it stood until now."""
    return Holds(reading).over(request, before)


def asked_by_named(reading: Reading, records: Iterable[Record]) -> list[Asked]:
    """What goes on of what these people ask, where something among these records says how they are called."""
    said = [one for one in records if isinstance(one, (Person, PersonName))]
    ids = {one.id if isinstance(one, Person) else one.person_id for one in said}
    asked = reading.where_in(TracingRequest, "inquirer_id", ids)
    return asked_by(reading, [one for one in asked if not one.held_why])


def hold_renamed(unit: Unit, stood: Iterable[Asked]) -> None:
    """Hold back what stood so, where whoever asks is called since as one who is held back."""
    stood_by_id = {one.request.id: one for one in stood}
    if stood_by_id:
        holds = Holds(unit)
        for now in asked_by(unit, unit.where_in(TracingRequest, "id", stood_by_id)):
            before = stood_by_id[now.request.id]
            if now.asker != before.asker:
                unit.save(holds.over_asked(now, before), now.request)


def of_held(reading: Reading) -> set[str]:
    """Everyone who asks, is sought, or may well be the one sought in a request that is held back: nobody is shown them."""
    held = reading.all(TracingRequest, _r.held_why != "")
    found = {one for each in held for one in (each.inquirer_id, each.sought_person_id)}
    decided = reading.where_in(MatchDecision, "request_id", (each.id for each in held))
    found |= {one.person_id for one in decided if one.state not in ("", "rejected")}
    out = {(one.request_id, one.person_id) for one in decided if one.state == "rejected"}
    for each in held:
        like = candidates.of_request(reading, each.id, LEAST_STRONG, -1)
        found |= {person for person, _score in like if (each.id, person) not in out}
    return found - {""}


def hold_together(unit: Unit, made: TracingRequest) -> None:
    """Hold back what was asked together with a request that is held back: who asks is the same in all of it."""
    free = [one for one in together(unit, made) if not one.held_why] if made.held_why else []
    for one in free:
        unit.save(_with_hold_of(made, one), one)


def held_as_one(reading: Reading, person_id: str) -> list[tuple[TracingRequest, TracingRequest]]:
    """What somebody asks, where something of it is held back: the rest as it is, and held back with it.

    Two records of them were made one.
    """
    asked = reading.all(TracingRequest, _r.inquirer_id == person_id)
    held = next((one for one in asked if one.held_by), None)
    return [(one, _with_hold_of(held, one)) for one in asked if not one.held_by] if held else []


def _held_like(reading: Reading, held: TracingRequest, request: TracingRequest) -> TracingRequest:
    """Of the same record the hold is the same; by a name alone nobody reads what was said of another.

    Nor by which request: whoever tries names would read from its number how somebody masked is called.
    """
    if held.inquirer_id and held.inquirer_id == request.inquirer_id:
        return _with_hold_of(held, request)
    if any(one and is_masked(reading, one) for one in (held.inquirer_id, held.sought_person_id)):
        why = _("who asks may be the same as in another request, which is held back")
    else:
        why = _("who asks may be the same as in {number}, which is held back").format(number=held.number)
    return replace(request, held_why=why, held_by="", held_on=held.held_on)


def _with_hold_of(held: TracingRequest, request: TracingRequest) -> TracingRequest:
    return replace(request, **{name: getattr(held, name) for name in HELD})


def _is_for_the_sake_of(lifted: Collection[TracingRequest], one: TracingRequest) -> bool:
    """Whether this is held back with one of those that are lifted, and was by nobody for a reason of its own."""
    ids, numbers = {each.id for each in lifted}, [each.number for each in lifted]
    alike = [each for each in lifted if each.inquirer_id and each.inquirer_id == one.inquirer_id]
    by_name = not one.held_by and any(number and number in one.held_why for number in numbers)
    return one.id not in ids and (by_name or any(_hold(each) == _hold(one) for each in alike))


def _hold(request: TracingRequest) -> tuple[Any, ...]:
    return tuple(getattr(request, name) for name in HELD)


def _together(desk: Desk, unit: Unit, request_id: str) -> list[TracingRequest]:
    found = unit.get(TracingRequest, request_id)
    require_known(desk, unit, found.inquirer_id, found.sought_person_id)
    return list(together(unit, found))
