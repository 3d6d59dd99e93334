"""What the frozen vault holds of the shield, of children's care, of a case on its way and of assistance."""

from __future__ import annotations

from panoh.base.ids import new_id
from panoh.domain.assistance import Assistance, BasicNeed
from panoh.domain.casework import BestInterests, CareArrangement, Transfer
from panoh.services import cases, people, shield
from panoh.services.desk import Desk
from panoh.services.records import keep


def make(desk: Desk, person_id: str, child_id: str) -> None:
    """A shield over a child and an arrangement of their care; of the other person a case on its way, and what was given."""
    today, now = desk.clock.today(), desk.clock.now()
    me = desk.user.id
    shield.put_up(desk, child_id, "Asked for at the gate")
    case = cases.case_or_new(desk, person_id)
    household_id = people.person(desk, person_id).person.household_id
    with desk.writing() as unit:
        unit.add(Transfer(id=new_id(), case_id=case.id, from_user=me, to_user=me, asked_at=now))
    keep(
        desk,
        CareArrangement(id=new_id(), person_id=child_id, kind="foster", carer="A neighbour", since=today),
        BestInterests(id=new_id(), person_id=child_id, kind="assessment", why="interim_care", started_on=today),
        BasicNeed(id=new_id(), sector="water", state="open", household_id=household_id, noted_on=today),
        Assistance(id=new_id(), sector="nfi", what="Blankets", household_id=household_id, quantity=4, given_on=today),
    )
