"""What a referral may tell, and what a consent to its recipient is worth."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from panoh.domain.consent import Consent
from panoh.domain.referrals import FACTS, LANGUAGE, agreed_on, may_go_to, pickable, who_comes, worth

DAY = date(2010, 6, 14)


def said(answer: str, purpose: str = "sharing", recipient: str = "health", **values: object) -> Consent:
    return Consent(id="1", person_id="p", purpose=purpose, recipient=recipient, answer=answer, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("consents", "child", "found"),
    [
        ([], False, "not_asked"),
        ([said("")], False, "not_asked"),
        ([said("yes")], False, "yes"),
        ([said("yes", "services")], False, "yes"),
        ([said("yes", "tracing")], False, "not_asked"),
        ([said("yes", recipient="unhcr")], False, "not_asked"),
        ([said("no")], False, "no"),
        ([said("yes"), said("no", "services")], False, "no"),
        ([said("yes", withdrawn_on=DAY)], False, "no"),
        ([said("yes", expires_on=date(2010, 6, 13))], False, "run_out"),
        ([said("yes", expires_on=DAY)], False, "yes"),
        ([said("yes", expires_on=date(2010, 6, 13)), said("yes", "services")], False, "yes"),
        ([said("yes", given_by="carer", assent="no")], False, "no"),
        ([said("yes", given_by="self")], True, "no_assent"),
        ([said("yes", given_by="carer")], True, "no_assent"),
        ([said("yes", given_by="carer", assent="yes")], True, "yes"),
        ([said("yes", given_by="carer", assent="no")], True, "no"),
    ],
)
def test_what_a_consent_is_worth(consents: list[Consent], child: bool, found: str) -> None:
    assert worth(consents, "health", DAY, child=child) == found


def test_the_day_of_the_yes_is_the_last_one_that_holds() -> None:
    consents = [
        said("yes", given_on=DAY),
        said("yes", "services", given_on=date(2010, 6, 10)),
        said("no", given_on=date(2010, 6, 20)),
    ]
    assert agreed_on(consents, "health", DAY) == DAY
    assert agreed_on(consents, "unhcr", DAY) is None


@pytest.mark.parametrize(("shielded", "agreed"), list(product((False, True), repeat=2)))
def test_restricted_needs_and_the_language_are_told_of_nobody_who_is_shielded(shielded: bool, agreed: bool) -> None:
    found = pickable(["SM-CI", "SV-VF", "SM-CI"], lambda code: code.startswith("SV"), shielded=shielded, agreed=agreed)
    assert ("need SV-VF" in found) == (agreed and not shielded)
    assert (LANGUAGE in found) == (not shielded)
    assert found.count("need SM-CI") == 1
    assert set(FACTS) - {LANGUAGE} < set(found)


def test_no_name_place_phone_or_paper_can_be_picked() -> None:
    found = set(pickable(["SM-CI"], lambda _code: False, shielded=False, agreed=True))
    assert found == {*FACTS, "need SM-CI"}
    assert not {"name", "place", "phone", "document_no", "ethnicity", "religion", "number", "feared_country"} & found


def test_no_slip_goes_to_the_authorities_of_origin_nor_about_the_shielded_to_any() -> None:
    assert not may_go_to("authorities_origin", shielded=False)
    assert may_go_to("authorities_asylum", shielded=False)
    assert not may_go_to("authorities_asylum", shielded=True)
    assert may_go_to("health", shielded=True)


def test_who_comes() -> None:
    assert who_comes(None) == "One person. Brings this slip."
    assert who_comes(False) == "One adult. Brings this slip."
    assert who_comes(True, "F", "5–9") == "One girl, 5–9. Brings this slip."
    assert who_comes(None, "M") == "One male. Brings this slip."
