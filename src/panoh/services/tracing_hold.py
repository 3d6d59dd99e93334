"""Requests that are held back because whoever asks may be the danger.

Anyone holds one back, with a reason; only a supervisor lifts it. Meanwhile candidates are shown to supervisors alone,
nothing is printed or published, and no verification is begun.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.domain.tracing import TracingRequest
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known
from panoh.services.tracing_consent import together
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

HELD = ("held_why", "held_by", "held_on")


def hold_back(desk: Desk, request_id: str, why: str) -> Changes:
    """Hold back everything that was asked together with this request; one that is held already keeps its reason.

    Raises FormProblems without a reason; AppError: record.not_found, shield.withheld.
    """
    if not why.strip():
        raise FormProblems([FieldProblem("why", _("Say why: a supervisor decides by it whether it may go on"))])
    with desk.writing() as unit:
        for one in _together(desk, unit, request_id):
            if not one.held_why:
                unit.save(replace(one, held_why=why.strip(), held_by=desk.user.id, held_on=desk.clock.today()))
        return Changes.of(unit)


def lift(desk: Desk, request_id: str) -> Changes:
    """Let it go on; why it was held back stays in the history. Raises AppError: access.denied, record.not_found."""
    desk.require_supervisor()
    with desk.writing() as unit:
        for one in _together(desk, unit, request_id):
            unit.save(replace(one, held_why="", held_by="", held_on=None))
        return Changes.of(unit)


def held_with(reading: Reading, request: TracingRequest) -> TracingRequest:
    """The request, held back where another one of the same registered person is: who is the danger asks for nobody anew."""
    if request.held_why or not request.inquirer_id:
        return request
    c = table(TracingRequest).c
    held = reading.first(TracingRequest, c.inquirer_id == request.inquirer_id, c.held_why != "")
    taken: dict[str, Any] = {name: getattr(held, name) for name in HELD} if held else {}
    return replace(request, **taken)


def _together(desk: Desk, unit: Unit, request_id: str) -> list[TracingRequest]:
    found = unit.get(TracingRequest, request_id)
    require_known(desk, unit, found.inquirer_id, found.sought_person_id)
    return list(together(unit, found))
