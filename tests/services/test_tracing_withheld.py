"""What of either side of a request is withheld stays so at every door around it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.services.access_people import TYPED, Office, at_of_module, bring_in, kind, told
from tests.services.verification_people import Pair, compared, granted, person

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.tracing import TracingAction, TracingRequest
from panoh.services import (
    after_reunification,
    approvals,
    matches,
    reunification,
    tracing,
    tracing_actions,
    tracing_hold,
    verification_asking,
    verification_compared,
)
from panoh.services.records import keep
from panoh.services.reunification import HandingOver

WHY = "Her grandmother leaves with the last bus today"
EXILE = kind("T02 extradition", told(extradition="yes"))
at = at_of_module


def now(two: Pair) -> TracingRequest:
    with two.at.supervisor.reading() as reading:
        return reading.get(TracingRequest, two.request.id)


def code(work: Any) -> str:
    with pytest.raises(AppError) as raised:
        work()
    return raised.value.code


def test_the_history_of_a_request_tells_no_words_that_its_page_withholds(at: Office) -> None:
    exile = bring_in(at, EXILE)
    asked = TracingRequest(id=new_id(), inquirer_id=exile.id, given_name="Аҳмад", contact=TYPED, wish_why=TYPED)
    made, _changes = tracing.ask(at.holder, asked)
    tracing_hold.hold_back(at.holder, made.id, TYPED)
    action = TracingAction(id=new_id(), request_id=made.id, kind="individual", done_on=at.clock.today(), remarks=TYPED)
    tracing_actions.note(at.holder, action)
    boy = person(at, "Аҳмад", "M", 12)
    matches.reject(at.holder, made.id, boy.id, TYPED)
    assert TYPED in repr(matches.what_happened(at.holder, made.id))
    assert TYPED not in repr(matches.what_happened(at.other, made.id))
    assert TYPED not in repr(matches.standing(at.other, made.id))


def test_signs_of_danger_and_the_words_of_a_decision_are_withheld_with_the_answers(two: Pair) -> None:
    one = compared(two, danger_violence="signs", danger_words=TYPED)
    asked, _changes = verification_asking.ask_contact(two.at.holder, one.id, TYPED)
    keep(two.at.supervisor, told(extradition="yes")(two.woman))
    found = verification_compared.compared(two.at.other, one.id)
    assert found.withheld
    assert TYPED not in repr(found)
    assert "violence" not in repr(found.warnings)
    seen = approvals.of_person(two.at.other, two.girl.id)  # the girl's words are open, her mother's are not
    assert [each.approval.why for each in seen if each.approval.id == asked.id] == [""]
    assert TYPED in repr(approvals.of_person(two.at.holder, two.girl.id))


def handing(two: Pair, **more: Any) -> HandingOver:
    usual: dict[str, Any] = {
        "person_id": two.girl.id, "request_id": two.request.id, "reunified_on": two.at.clock.today(), "place": "School 7",
        "handed_to_id": two.woman.id, "relation": "parent", "identity_shown": "passport X-9", "witness": "the teacher",
        "kind": "case_by_case",
    }  # fmt: skip
    return HandingOver(**{**usual, **more})


def test_an_adult_in_danger_is_not_read_nor_changed_through_the_child(two: Pair) -> None:
    granted(two)
    made, _changes = reunification.record(two.at.holder, handing(two))
    keep(two.at.supervisor, told(extradition="yes")(two.woman))
    assert after_reunification.of_person(two.at.other, two.girl.id) == ()
    assert after_reunification.of_person(two.at.holder, two.girl.id)
    change = handing(two, place="Elsewhere")
    assert code(lambda: reunification.correct(two.at.other, made.id, change)) == "access.denied"
