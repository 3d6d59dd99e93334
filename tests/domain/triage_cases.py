"""People of June 2010 for the tests of triage: everyone fled Kyrgyzstan and fears it, unless a case says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from panoh.base.paths import resource
from panoh.domain.household import Household, Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.domain.triage.assess import Assessment, assess
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.gather import NO_CASEWORK, Casework, facts_of, household_facts
from panoh.domain.triage.rulebook import Rulebook, load_rulebook

NOW = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)
TODAY = NOW.astimezone().date()
RULES_TEXT = resource("triage/rules.toml").read_text(encoding="utf-8")

Fields = Mapping[str, Any]


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """The rules that ship."""
    return load_rulebook(RULES_TEXT, "rules.toml")


def born(age: int, **more: Any) -> dict[str, Any]:
    """The birth fields of someone who is that many years old today, and turned so yesterday."""
    day = date(TODAY.year - age, TODAY.month, TODAY.day) - timedelta(days=1)
    return {"birth_earliest": day, "birth_latest": day, "birth_precision": "day", **more}


def born_between(youngest: int, oldest: int) -> dict[str, Any]:
    """The birth fields of someone of whom only a range of ages is known."""
    return {
        "birth_earliest": date(TODAY.year - oldest - 1, TODAY.month, TODAY.day) + timedelta(days=1),
        "birth_latest": date(TODAY.year - youngest, TODAY.month, TODAY.day),
        "birth_precision": "range",
    }


UNKNOWN_AGE: dict[str, Any] = {"birth_earliest": None, "birth_latest": None, "birth_precision": ""}


def someone(person_id: str = "me", **fields: Any) -> Person:
    """A woman of 30, head of her household, in Uzbekistan, of whom everything was asked."""
    usual = {"relation": "head", "sex": "F", "fled_from": "KG", "country_now": "UZ", "urgent": "none", **born(30)}
    return Person(id=person_id, household_id="home", **{**usual, **fields})


def need(code: str, person_id: str = "me", **fields: Any) -> SpecificNeed:
    """A standing need, noticed an hour ago."""
    usual = {"source": "own_account", "noticed_at": NOW - timedelta(hours=1), **fields}
    return SpecificNeed(id=f"{person_id}-{code}", person_id=person_id, code=code, **usual)


def fears(person_id: str = "me", **fields: Any) -> RefoulementAssessment:
    """What was asked about return: she fears the State that this flight left."""
    usual = {"feared_country": "KG", "source": "own_account", "sure": "stated", "asked_at": NOW, **fields}
    return RefoulementAssessment(id=f"r-{person_id}", person_id=person_id, **usual)


def child(person_id: str = "child", age: int = 8, **fields: Any) -> Person:
    """A child of the household."""
    return someone(person_id, **{"relation": "child", **born(age), **fields})


def facts(
    me: Person | None = None,
    *needs: SpecificNeed,
    others: Sequence[Person] = (),
    assessments: Sequence[RefoulementAssessment] | None = None,
    home: Fields | None = None,
    documents: Sequence[IdentityDocument] = (),
    requests: Sequence[TracingRequest] = (),
    unanswered: Sequence[Unanswered] = (),
    site: Site | None = None,
    casework: Casework = NO_CASEWORK,
    awaited: Mapping[str, str] | None = None,
    today: date = TODAY,
) -> Facts:
    """The facts about `me` in a household with the others; everyone fears KG unless assessments are given."""
    me = me or someone()
    people = (me, *others)
    told = [fears(p.id) for p in people] if assessments is None else assessments
    household = Household(id="home", **(home or {}))
    by_person: dict[str, list[SpecificNeed]] = {}
    for each in needs:
        by_person.setdefault(each.person_id, []).append(each)
    shared = household_facts(household, people, by_person, {a.person_id: a for a in told}, today, awaited or {})
    mine = next((a for a in told if a.person_id == me.id), None)
    return facts_of(
        me, shared, documents=documents, requests=requests, unanswered=unanswered, site=site, assessment=mine,
        casework=casework,
    )  # fmt: skip


def judged(made: Facts, held: Mapping[tuple[str, str], datetime] | None = None, now: datetime = NOW) -> Assessment:
    """The assessment of these facts by the rules that ship."""
    return assess(made, rulebook(), now, held or {})


def fired(made: Facts) -> set[str]:
    """What fires, as 'T06.alone'."""
    return {f"{reason.rule}.{reason.variant}" for reason in judged(made).reasons}


def exile(person_id: str = "me", **fields: Any) -> RefoulementAssessment:
    """Someone who fears Uzbekistan, where everyone now flees to."""
    return fears(person_id, **{"feared_country": "UZ", **fields})
