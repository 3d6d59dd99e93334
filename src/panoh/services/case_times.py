"""The days by which a case is assessed and planned: given when it is opened, brought forward when its level is set."""

from __future__ import annotations

from datetime import date

from panoh.domain import workflow
from panoh.domain.cases import Case
from panoh.domain.triage.levels import UNKNOWN
from panoh.services.resources import case_times
from panoh.store import derived
from panoh.store.tables import table
from panoh.store.units import Reading, Unit


def level_of(reading: Reading, person_id: str) -> str:
    """The level of a person, for the services alone: of somebody masked it is not told."""
    found = derived.level_of(reading, person_id)
    return found.level if found else UNKNOWN


def timed(case: Case, level: str, today: date) -> Case:
    """The case with the days that its level asks for; none that is set is put off."""
    return workflow.with_times(case, level, case_times(), today)


def bring_forward(unit: Unit, person_id: str, level: str, today: date) -> None:
    """Within a write that sets a level: the days of the person's open case, where there is one."""
    case = unit.first(Case, table(Case).c.person_id == person_id)
    if case is not None and case.status != workflow.CLOSED:
        unit.save(timed(case, level, today))
