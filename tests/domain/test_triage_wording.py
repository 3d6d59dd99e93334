"""Reasons in words: names of countries come from outside, and a restricted reason gives nothing away."""

from __future__ import annotations

from datetime import date

import pytest
from triage_cases import TODAY, exile, facts, fears, judged, need, rulebook, someone

from panoh.base.i18n import day
from panoh.domain.household import Site
from panoh.domain.triage.facts import FactRead
from panoh.domain.triage.wording import (
    FACTS,
    advice,
    fact_label,
    fact_text,
    question_texts,
    reason_text,
    shown_facts,
    why_text,
)


def naming(code_list: str, code: str) -> str:
    return {("country", "UZ"): "Uzbekistan", ("country", "KG"): "Kyrgyzstan"}.get((code_list, code), code)


EXILE = judged(facts(someone(country_now="KG", intends_to_go="UZ"), assessments=[exile(recognised_by="UNHCR")]))
SURVIVOR = judged(facts(None, need("SV-VF")))
WOUNDED = judged(facts(None, need("PX-WO")))


def test_a_reason_names_the_country_for_those_who_may_know():
    text = reason_text(EXILE.reasons[0], rulebook(), may_see_restricted=True, naming=naming)
    assert text == "Fears Uzbekistan and intends to go there"


def test_the_same_reason_on_paper_names_no_state():
    text = reason_text(EXILE.reasons[0], rulebook(), may_see_restricted=True, for_paper=True, naming=naming)
    assert text == "Fears the State into which people here are being moved. For them, crossing is return to danger."


def test_sexual_violence_stays_off_paper_for_everyone():
    assert reason_text(SURVIVOR.reasons[0], rulebook(), may_see_restricted=True, for_paper=True) == "Restricted reason"


def test_days_in_reasons_have_the_month_in_letters():
    made = facts(None, need("PX-WO"), site=Site(id="s", closing_on=date(2010, 6, 20)))
    texts = [why_text(r, rulebook(), may_see_restricted=False) for r in judged(made).reasons if r.rule == "T21"]
    assert texts == [f"Leaves, or must leave, by {day(date(2010, 6, 20))}"]


@pytest.mark.parametrize("hidden", [EXILE, SURVIVOR], ids=["exile", "survivor"])
def test_whoever_may_not_see_reads_the_same_for_every_restricted_reason(hidden):
    book = rulebook()
    for reason in hidden.reasons:
        assert why_text(reason, book, may_see_restricted=False, naming=naming) == "Restricted reason"
        assert shown_facts(reason, may_see_restricted=False) == ()
    told = advice(hidden.reasons, book, may_see_restricted=False)
    assert told.first_action == book.restricted.first_action
    assert (told.do, told.dont) == (book.restricted.do, book.restricted.dont)
    assert question_texts(hidden, book, may_see_restricted=False) == ()


def test_those_who_may_see_read_facts_questions_and_advice():
    book = rulebook()
    assert [fact.name for fact in shown_facts(EXILE.reasons[0], may_see_restricted=True)][:2] == [
        "feared_country",
        "intends_to_go",
    ]
    assert "Is there an extradition request?" in question_texts(EXILE, book, may_see_restricted=True)
    told = advice(EXILE.reasons, book, may_see_restricted=True)
    assert told.first_action.startswith("Seal")
    assert "Do not tell an authority of any State." in told.dont
    assert len(told.do) <= 4
    assert len(told.dont) <= 4


def test_what_is_not_restricted_everyone_reads():
    assert why_text(WOUNDED.reasons[0], rulebook(), may_see_restricted=False) == "Injured in violence"
    assert shown_facts(WOUNDED.reasons[0], may_see_restricted=False)[0].value == "PX-WO"


def test_advice_on_paper_tells_nothing_of_a_reason_that_stays_off_paper():
    told = advice(SURVIVOR.reasons, rulebook(), may_see_restricted=True, for_paper=True)
    assert told.do == rulebook().restricted.do


def test_without_reasons_there_is_no_advice():
    assert advice((), rulebook(), may_see_restricted=True).do == ()


def test_facts_read_as_label_and_value():
    assert fact_label("feared_country") == "Feared country"
    assert fact_text(FactRead("feared_country", "UZ"), naming) == "Uzbekistan"
    assert fact_text(FactRead("feared_country", "none"), naming) == "none"
    assert fact_text(FactRead("recognised_by", "UNHCR"), naming) == "UNHCR"
    assert fact_text(FactRead("recognised_year", 2006)) == "2006"
    assert fact_text(FactRead("extradition", "yes")) == "yes"
    assert fact_text(FactRead("return_threatened_on", TODAY)) == day(TODAY)
    assert all(fact_label(name) for name in FACTS)


def test_a_member_of_the_household_cannot_read_anothers_wound_or_violence_in_their_own_reasons():
    private = [need("SV-VF", "wife"), need("PX-WO", "wife"), need("PX-PR", "wife")]
    plain = judged(facts(someone(sex="M"), others=[someone("wife")], home={"shelter": "inadequate"}))
    result = judged(facts(someone(sex="M"), *private, others=[someone("wife")], home={"shelter": "inadequate"}))
    assert [r.rule for r in result.reasons] == [r.rule for r in plain.reasons] == ["T14"]
    assert result.reasons[0].facts == plain.reasons[0].facts


def test_t02_for_another_state_than_the_one_of_the_flight_names_it():
    result = judged(facts(someone(country_now="CN"), assessments=[fears(feared_country="CN")]))
    assert reason_text(result.reasons[0], rulebook(), may_see_restricted=True) == "Fears CN and is there now"
