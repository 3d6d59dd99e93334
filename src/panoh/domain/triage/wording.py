"""Reasons, facts, questions and advice in words, for the reader who stands before them.

Whoever may not see a restricted reason reads the same two words and the same advice for every one of them, so that
nothing tells an exile from a survivor; what else could tell is put right in withheld.py. All texts of the rule file
pass through here, and through gettext.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from panoh.base.i18n import N_, day
from panoh.base.i18n import gettext as _
from panoh.domain.triage.assess import Assessment, Reason
from panoh.domain.triage.facts import FactRead
from panoh.domain.triage.rulebook import Restricted, Rulebook
from panoh.domain.triage.rulebook_checks import MOST_LINES

Naming = Callable[[str, str], str]  # (code list, code) -> its name: ('country', 'UZ') -> 'Uzbekistan'

# Each fact: how it is called, and the code list that its value comes from ('' for plain text, days and numbers).
FACTS: dict[str, tuple[str, str]] = {
    "age": (N_("Age"), ""),
    "approached_by_agents": (N_("Approached by agents of a State"), "yes_no"),
    "assessed_on": (N_("Last assessed on"), ""),
    "border_status": (N_("At the border"), "border_status"),
    "care": (N_("Care"), "care"),
    "carer_checked": (N_("Carer checked"), "yes_no"),
    "claim_stage": (N_("Asylum claim"), "claim_stage"),
    "country_now": (N_("Country now"), "country"),
    "departs_on": (N_("Leaves on"), ""),
    "disappeared_on": (N_("Disappeared on"), ""),
    "document_state": (N_("Papers"), "document_state"),
    "due_on": (N_("Birth expected on"), ""),
    "event_on": (N_("Happened on"), ""),
    "extradition": (N_("Extradition requested"), "yes_no"),
    "extradition_stage": (N_("Extradition"), "extradition_stage"),
    "feared_country": (N_("Feared country"), "country"),
    "fled_from": (N_("This flight left"), "country"),
    "held_since": (N_("Held since"), ""),
    "hiding_from": (N_("Hides from"), "hiding"),
    "house_burnt": (N_("House burnt"), "yes_no"),
    "intends_to_go": (N_("Intends to go to"), "country"),
    "lawyer_or_access": (N_("Lawyer or access"), "yes_no"),
    "leave_by": (N_("Must leave by"), ""),
    "leaves_on": (N_("First day of leaving"), ""),
    "legal_status": (N_("Legal status"), "legal_status"),
    "named_on_list": (N_("Named on a list"), "yes_no"),
    "nationality": (N_("Nationality"), "country"),
    "need": (N_("Need"), "need"),
    "not_seen_on": (N_("Not seen on"), ""),
    "presence": (N_("Where the person is"), "presence"),
    "recognised_by": (N_("Recognised by"), "country"),
    "recognised_year": (N_("Year of recognition"), ""),
    "return_threatened_on": (N_("Return threatened for"), ""),
    "search": (N_("Search for kin"), "search"),
    "shelter": (N_("Shelter"), "shelter"),
    "signals": (N_("Sign"), "refoulement_signal"),
    "site_closing_on": (N_("Site closes on"), ""),
    "threat_on": (N_("Threatened on"), ""),
    "urgent": (N_("Urgent health or safety"), "yes_no"),
    "waits_for": (N_("Waits to enter"), "country"),
}

_OWN_WORDS: dict[tuple[str, str], str] = {
    ("yes_no", "yes"): N_("yes"),
    ("yes_no", "no"): N_("no"),
    ("search", "open"): N_("open"),
    ("search", "child"): N_("for a child"),
    ("search", "custody"): N_("last seen in custody or violence"),
    ("country", "stateless"): N_("stateless"),
    ("country", "undetermined"): N_("undetermined"),
    ("country", "none"): N_("none"),
    ("country", "UNHCR"): "UNHCR",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do first, and the few lines of do and do not that go with the reasons."""

    first_action: str
    do: tuple[str, ...]
    dont: tuple[str, ...]


def code_as_name(code_list: str, code: str) -> str:
    """The naming that knows no names."""
    return code


def fact_label(name: str) -> str:
    """How a fact is called."""
    return _(FACTS[name][0])


def fact_text(fact: FactRead, naming: Naming = code_as_name) -> str:
    """The value of a fact in words; days with the month in letters."""
    if isinstance(fact.value, date):
        return day(fact.value)
    code_list = FACTS[fact.name][1]
    value = str(fact.value)
    if not code_list:
        return value
    own = _OWN_WORDS.get((code_list, value))
    return naming(code_list, value) if own is None else _(own)


def reason_text(
    reason: Reason,
    rulebook: Rulebook,
    *,
    may_see_restricted: bool,
    for_paper: bool = False,
    naming: Naming = code_as_name,
) -> str:
    """The sentence of a reason. On paper it names no State, authority or year, and some reasons stay off paper."""
    if not _may_read(reason, rulebook, may_see_restricted, for_paper):
        return _(rulebook.restricted.reason)
    entry = rulebook.entry(reason.rule, reason.variant)
    return _(entry.paper) if for_paper else _filled(entry.reason, reason, naming)


def why_text(reason: Reason, rulebook: Rulebook, *, may_see_restricted: bool, naming: Naming = code_as_name) -> str:
    """The short form of a reason, for the queue."""
    if not _may_read(reason, rulebook, may_see_restricted, for_paper=False):
        return _(rulebook.restricted.reason)
    return _filled(rulebook.entry(reason.rule, reason.variant).why, reason, naming)


def shown_facts(reason: Reason, *, may_see_restricted: bool) -> tuple[FactRead, ...]:
    """The facts of a reason that this reader may see."""
    return reason.facts if may_see_restricted or not reason.sensitive else ()


def question_texts(assessment: Assessment, rulebook: Rulebook, *, may_see_restricted: bool) -> tuple[str, ...]:
    """The questions to ask at the next contact; those that only exiles are asked are for those who may know."""
    asked = (rulebook.questions[name] for name in assessment.questions)
    return tuple(_(question.text) for question in asked if may_see_restricted or not question.sensitive)


def advice(
    reasons: Iterable[Reason], rulebook: Rulebook, *, may_see_restricted: bool, for_paper: bool = False
) -> Advice:
    """First action of the first reason, and at most four lines each of do and do not, in the order of the reasons.

    What holds for every restricted reason is never the line that finds no room.
    """
    reasons = tuple(reasons)
    sources = [
        rulebook.entry(reason.rule, reason.variant)
        if _may_read(reason, rulebook, may_see_restricted, for_paper)
        else rulebook.restricted
        for reason in reasons
    ]
    if not sources:
        return Advice("", (), ())
    withheld = any(_is_withheld(reason, may_see_restricted) for reason in reasons)
    kept = rulebook.restricted if withheld else Restricted("", "", (), ())
    do = _printed((line for source in sources for line in source.do), kept.do)
    dont = _printed((line for source in sources for line in source.dont), kept.dont)
    return Advice(_(sources[0].first_action), do, dont)


def _printed(lines: Iterable[str], kept: Sequence[str]) -> tuple[str, ...]:
    """The first lines, but never without those to be kept."""
    found = list(dict.fromkeys(lines))
    others = [line for line in found if line not in kept][: MOST_LINES - len(kept)]
    return tuple(_(line) for line in found if line in kept or line in others)[:MOST_LINES]


def _is_withheld(reason: Reason, may_see_restricted: bool) -> bool:
    """Whether this reader may not see the reason; one without a rule was withheld already."""
    return not reason.rule or (reason.sensitive and not may_see_restricted)


def _may_read(reason: Reason, rulebook: Rulebook, may_see_restricted: bool, for_paper: bool) -> bool:
    if _is_withheld(reason, may_see_restricted):
        return False
    return bool(rulebook.entry(reason.rule, reason.variant).paper) if for_paper else True


def _filled(template: str, reason: Reason, naming: Naming) -> str:
    said = {fact.name: fact_text(fact, naming) for fact in reversed(reason.facts)}  # of facts named twice, the first
    return _(template).format(**said)
