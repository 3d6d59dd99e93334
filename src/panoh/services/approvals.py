"""What is asked of supervisors, and what they decided: each stands in the record of the person for good."""

from __future__ import annotations

from dataclasses import replace

from panoh.base.ids import new_id
from panoh.domain.casework import Approval
from panoh.domain.person import Person
from panoh.services.desk import Desk
from panoh.store.tables import table
from panoh.store.units import Unit


def ask_in(desk: Desk, unit: Unit, person_id: str, kind: str, why: str, proposed: str = "") -> Approval:
    """Ask for a decision within a write; what the same user asked of this kind before, and nobody answered, is taken back.

    `kind` is of vocab approval_kind. Raises AppError('record.not_found') for no such person.
    """
    now, a = desk.believed.now(), table(Approval).c
    unit.get(Person, person_id)
    mine = unit.all(Approval, a.person_id == person_id, a.kind == kind, a.asked_by == desk.user.id, a.decision == "")
    for each in mine:
        unit.save(replace(each, decision="withdrawn", decided_by=desk.user.id, decided_at=now))
    made = Approval(
        id=new_id(), person_id=person_id, kind=kind, asked_by=desk.user.id, asked_at=now, why=why.strip(), proposed=proposed
    )  # fmt: skip
    unit.add(made)
    return made
