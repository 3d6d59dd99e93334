"""What the frozen vault holds of tracing: an action, a description, a verification begun, a reunification, a lead, what is public."""

from __future__ import annotations

from panoh.base.ids import new_id
from panoh.domain.description import Description
from panoh.domain.leads import Lead, LeadNote, Publication
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import TracingAction
from panoh.services import descriptions, matches, tracing_actions, verification
from panoh.services.desk import Desk


def make(desk: Desk, request_id: str, boy_id: str) -> None:
    """The boy may be the one whom the request seeks: he is described, looked into, and both sides are to be asked."""
    today, now = desk.clock.today(), desk.clock.now()
    tracing_actions.note(
        desk, TracingAction(id=new_id(), request_id=request_id, kind="mass", done_on=today, place="Tents 2")
    )
    descriptions.save(
        desk, Description(id=new_id(), person_id=boy_id, marks="Scar on the left knee", kin_said=("Gulya", "Dilnoza"))
    )
    matches.review(desk, request_id, boy_id)
    begun, _changes = verification.begin(desk, request_id, boy_id)
    first = verification.side_view(desk, begun.id, "a").questions[0].id
    verification.answer(desk, begun.id, "a", {first: "Sherzod, at home Sher"})
    lead = Lead(id=new_id(), public_no="example.org/p1", full_name="Namunayev Sherzod", sex="M", entered_at=now)
    with desk.writing() as unit:
        unit.add(
            Reunification(id=new_id(), person_id=boy_id, reunified_on=today, handed_to="An aunt", kind="spontaneous"),
            lead,
            LeadNote(id=new_id(), lead_id=lead.id, note_no="example.org/n1", words="Seen at the bridge"),
            Publication(id=new_id(), public_no="panoh.example/1", request_id=request_id, expires_on=today, made_at=now),
        )
