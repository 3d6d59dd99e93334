"""What an answer is worth on a day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from panoh.domain.consent import Consent

DAYS = st.none() | st.dates(date(2010, 6, 1), date(2010, 7, 31))


@given(st.sampled_from(["", "yes", "no"]), DAYS, DAYS, st.sampled_from(["", "yes", "no"]), st.dates(date(2010, 6, 1)))
def test_only_a_plain_yes_holds(
    answer: str, withdrawn: date | None, until: date | None, assent: str, day: date
) -> None:
    one = Consent(
        id="1", person_id="2", purpose="sharing", recipient="unhcr", answer=answer, withdrawn_on=withdrawn,
        expires_on=until, assent=assent,
    )  # fmt: skip
    plain = answer == "yes" and withdrawn is None and (until is None or day <= until) and assent != "no"
    assert one.holds_on(day) == plain == (one.state_on(day) == "yes")
    if answer != "yes":
        assert one.state_on(day) == answer


def test_the_last_day_counts_and_the_next_does_not() -> None:
    one = Consent(id="1", person_id="2", purpose="tracing", recipient="icrc", answer="yes", expires_on=date(2010, 7, 1))
    assert one.state_on(date(2010, 7, 1)) == "yes"
    assert one.state_on(date(2010, 7, 1) + timedelta(days=1)) == "expired"
