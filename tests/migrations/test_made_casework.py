"""What the frozen vault of the schema gets of casework."""

from __future__ import annotations

from tests.migrations.made_casework import make
from tests.services.casework_people import office

from panoh.domain.casework import FollowUp, PlanRow, Referral, Service
from panoh.services.vault import OpenVault


def test_at_least_one_of_each_class(opened: OpenVault) -> None:
    at = office(opened)
    make(at.supervisor, {"person": at.person.id})
    with at.supervisor.reading() as reading:
        assert all(reading.all(kind) for kind in (PlanRow, Service, Referral, FollowUp))
