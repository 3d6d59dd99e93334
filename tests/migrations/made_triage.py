"""What the frozen vault holds of triage: a rule that was set, a filter that is kept, and what is asked of supervisors."""

from __future__ import annotations

from collections.abc import Mapping

from panoh.domain.lines import QueueFilter
from panoh.services import queue_filters, triage, triage_settings
from panoh.services.desk import Desk


def make(desk: Desk, ids: Mapping[str, str]) -> None:
    """Make a RuleSetting, a QueueView, and an Approval about the person `ids['person']`."""
    wanted = triage_settings.Wanted(rule="T14", variant="shelter", level="high", clock="12 h", why="Nights are cold")
    triage_settings.set_rule(desk, wanted)
    queue_filters.keep(desk, "Children nobody holds", QueueFilter(nobody=True, age="child"))
    triage.escalate(desk, ids["person"], "May she stay with her sister?")
