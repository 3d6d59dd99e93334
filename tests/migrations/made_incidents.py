"""What the frozen vault holds of incidents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from panoh.domain.incidents import Incident, IncidentReport
from panoh.services import incidents
from panoh.services.desk import Desk


def make(desk: Desk, ids: Sequence[str]) -> None:
    """One incident of an open and one of a restricted kind, with the first of these people, told onwards."""
    day = desk.clock.today() - timedelta(days=2)
    for kind in ("arson", "detention"):
        noted = Incident(
            id="", kind=kind, happened_precision="day", happened_earliest=day, happened_latest=day, happened_said="12.6",
            at_hour="at night", place="KG-GO", source="own_account", reliability="credible", by_whom=("crowd",),
            people_told=4, what="As told", outcome="ongoing",
        )  # fmt: skip
        made, _changes = incidents.note(desk, noted)
        incidents.add_person(desk, made, ids[0], "harmed")
        incidents.tell_onwards(
            desk, IncidentReport(id="", incident_id=made, told_to="Health team", what="As told", reference="H-7")
        )
