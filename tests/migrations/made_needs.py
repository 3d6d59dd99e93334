"""What the frozen vault holds of needs and of the refoulement assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from panoh.domain.needs import CONFIRMED, MET, NOT_APPLICABLE
from panoh.services import needs, people, refoulement
from panoh.services.desk import Desk


def make(desk: Desk, ids: Sequence[str]) -> None:
    """Needs in every state, and an assessment with all its fields, of the first of these people."""
    person_id, today = ids[0], desk.clock.today()
    for code in ("ER-NF", "SM-CI", "SP-PT"):
        needs.notice(desk, person_id, code, source="observed", severity="severe", note="As seen", until=today)
    made = {need.code: need for need in people.person(desk, person_id).needs}
    needs.review(desk, made["ER-NF"].id, CONFIRMED)
    needs.review(desk, made["SM-CI"].id, MET)
    needs.review(desk, made["SP-PT"].id, NOT_APPLICABLE, "Her husband came")
    ahead, before = today + timedelta(days=20), today - timedelta(days=20)
    answers = {
        "feared_country": "UZ", "harm_agents": ("police",), "fear_basis": ("religion",), "fear_words": "As told",
        "recognised_by": "UNHCR", "recognised_on": before, "claim_stage": "appeal", "claim_authority": "As told", "claim_on": before,
        "claim_deadline": ahead, "extradition": "yes", "extradition_state": "UZ", "extradition_on": before,
        "extradition_charge": "As told", "extradition_stage": "asked", "extradition_hearing_on": ahead, "lawyer": "As told",
        "detained_at": "As told", "detained_by": "As told", "detained_since": before, "detention_basis": "As told",
        "detention_access": ("lawyer",), "detention_seen_on": before, "hiding_from": "state", "hiding_since": before,
        "signals": ("unknown_cars",), "authorities_wish": "ask_first", "unhcr_told_on": before, "unhcr_told_by": "As told",
        "leave_by": ahead, "outcome": "ongoing", "outcome_on": before, "reassess_on": ahead, "source": "own_account",
    }  # fmt: skip
    refoulement.answer(desk, person_id, {**answers, "named_on_list": ""}, {"named_on_list": "refused"})
