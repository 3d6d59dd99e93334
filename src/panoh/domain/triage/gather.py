"""From records to facts. A household is read once; then each of its members costs little, so that imports stay fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from panoh.domain.casework import CareArrangement, FollowUp
from panoh.domain.household import Household, Site
from panoh.domain.incidents import Incident
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.domain.triage import codes
from panoh.domain.triage.ages import Cutoffs, birthday, cutoffs, next_age_change
from panoh.domain.triage.clocks import local_day
from panoh.domain.triage.exile import in_danger
from panoh.domain.triage.facts import Facts, Flight, HouseholdFacts, Member, Needs

_NO_NEEDS: Needs = {}
_NOBODY_ASKED: frozenset[str] = frozenset()
_LOST = frozenset({"lost", "destroyed", "confiscated"})
_NOT_CERTAIN = ("stateless", "undetermined")
_IN_CHARGE = frozenset({"head", "spouse"})
_SEARCH_ENDED = frozenset({"reunified", "closed"})
_IN_CUSTODY_OR_VIOLENCE = frozenset({"arrest", "abduction", "recruitment"})
_GONE = frozenset({"elsewhere", "crossed", "missing", "died_reported", "dead"})  # for whom a planned departure is over
_HELD_NO_MORE = frozenset(
    {"released", "averted", "moved", "evacuated", "resettled", "no_longer"}
)  # refoulement_outcome
_MONITORS = frozenset({"lawyer", "unhcr", "icrc", "ombudsman"})  # vocab detention_access: whose visit is access
THREAT, THREATENED = "threat", frozenset({"harmed", "target"})  # vocab incident_kind, incident_role


@dataclass(frozen=True, slots=True, kw_only=True)
class Casework:
    """What casework tells of a person: care arrangements, follow-ups, incidents of threat that touched them."""

    care: Sequence[CareArrangement] = ()
    follow_ups: Sequence[FollowUp] = ()
    threats: Sequence[Incident] = ()
    assessed_on: date | None = None  # of the case


NO_CASEWORK = Casework()


def household_facts(
    household: Household | None,
    members: Sequence[Person],
    needs: Mapping[str, Iterable[SpecificNeed]],
    assessments: Mapping[str, RefoulementAssessment],
    today: date,
    awaited: Mapping[str, str] = MappingProxyType({}),
) -> HouseholdFacts:
    """What the members share. `needs` and `assessments` go by person id. Without a household a person is alone.

    `awaited` tells by person id the country behind the crossing at which somebody waits.
    """
    marks = cutoffs(today)
    made = {p.id: _member(p, needs.get(p.id, ()), assessments.get(p.id), marks) for p in members}
    for person_id, country in awaited.items():
        if (member := made.get(person_id)) is not None:
            member.flight.waits_for = country
            member.exile_in_danger = in_danger(member.flight)
    here = [m for m in made.values() if m.presence == "here"]
    stopped = [m for m in made.values() if m.presence == "stopped"]
    said_burnt = household is not None and household.house_burnt == "yes"
    burnt = said_burnt or any(codes.HOUSE_BURNT in m.needs for m in here)
    changes = [m.next_age_change for m in made.values() if m.next_age_change is not None]
    return HouseholdFacts(
        today=today,
        members=made,
        present=len(here),
        shelter=household.shelter if household else "",
        house_burnt="yes" if burnt else "",
        frail_here=any(m.frail for m in here),
        adult_in_charge=any(p.relation in _IN_CHARGE and p.presence == "here" and made[p.id].adult for p in members),
        exiles_in_danger=frozenset(m.person_id for m in made.values() if m.exile_in_danger and m.presence != "dead"),
        stopped=frozenset(m.person_id for m in stopped),
        frail_stopped=any(m.child or m.wounded or m.pregnant for m in stopped),
        next_age_change=min(changes, default=None),
    )


def facts_of(
    person: Person,
    household: HouseholdFacts,
    *,
    documents: Sequence[IdentityDocument] = (),
    requests: Sequence[TracingRequest] = (),
    unanswered: Sequence[Unanswered] = (),
    site: Site | None = None,
    assessment: RefoulementAssessment | None = None,
    casework: Casework = NO_CASEWORK,
) -> Facts:
    """The facts about one of the household's members.

    `requests` are those in which the person asks or is sought, `unanswered` those of the person and of the refoulement
    assessment, `site` is where the person stays; of the `assessment` the day of leaving is read here.
    """
    lost = _lost_paper(documents) if documents else None
    search, search_changes_on = _search(requests, household.today) if requests else ("", None)
    return Facts(
        member=household.members[person.id],
        household=household,
        sex=person.sex,
        birth_earliest=person.birth_earliest,
        birth_latest=person.birth_latest,
        birth_basis=person.birth_basis,
        urgent=person.urgent,
        interviewed_alone_on=person.interviewed_alone_on,
        border_status=person.border_status,
        border_status_on=person.border_status_on,
        presence_since=person.presence_since,
        disappeared_on=person.disappeared_on,
        nationality=_no_certain_nationality(person),
        document_state=lost.state if lost else "",
        document_on=lost.noted_on if lost else None,
        search=search,
        search_changes_on=search_changes_on,
        site_closing_on=site.closing_on if site else None,
        asked=_asked(unanswered) if unanswered else _NOBODY_ASKED,
        **_told(person, assessment, casework),
    )


def _member(
    person: Person, needs: Iterable[SpecificNeed], assessment: RefoulementAssessment | None, marks: Cutoffs
) -> Member:
    standing = _standing(needs)
    earliest, latest = person.birth_earliest, person.birth_latest
    known = earliest is not None or latest is not None
    flight = _flight(person, assessment)
    child = latest is None or latest > marks.eighteen
    return Member(
        person_id=person.id,
        presence=person.presence,
        needs=standing,
        flight=flight,
        age_known=known,
        child=child if known else any(code.startswith(codes.ONLY_FOR_CHILDREN) for code in standing),
        adult=known and not child,
        under_5=known and (latest is None or latest > marks.five),
        over_60=known and (earliest is None or earliest <= marks.sixty),
        pregnant=not codes.PREGNANT.isdisjoint(standing),
        wounded=not codes.WOUND.isdisjoint(standing),
        disabled=not codes.DISABILITY.isdisjoint(standing),
        exile_in_danger=in_danger(flight),
        next_age_change=next_age_change(earliest, latest, marks),
    )


def _standing(needs: Iterable[SpecificNeed]) -> Needs:
    by_code: dict[str, tuple[SpecificNeed, ...]] = {}
    for need in needs:
        if need.stands:
            by_code[need.code] = (*by_code.get(need.code, ()), need)
    return by_code or _NO_NEEDS


def _flight(person: Person, assessment: RefoulementAssessment | None) -> Flight:
    fled_from, now, ahead = person.fled_from, person.country_now, person.intends_to_go
    if assessment is None:
        return Flight(fled_from=fled_from, country_now=now, intends_to_go=ahead, legal_status=person.legal_status)
    return Flight(
        fled_from=fled_from,
        country_now=now,
        intends_to_go=ahead,
        legal_status=person.legal_status,
        feared_country=assessment.feared_country,
        hiding_from=assessment.hiding_from,
        extradition=_extradition(assessment),
        named_on_list=assessment.named_on_list,
        approached_by_agents=assessment.approached_by_agents,
        return_threatened_on=assessment.return_threatened_on,
        lawyer_or_access=_access(assessment),
        recognised_by=assessment.recognised_by or assessment.recognised_country,
        recognised_year=assessment.recognised_year
        or (assessment.recognised_on.year if assessment.recognised_on else None),
        claim_stage=assessment.claim_stage,
        extradition_stage=assessment.extradition_stage,
        signals=assessment.signals,
        held_since=assessment.detained_since,
        held=_held(assessment),
        source=assessment.source,
        sure=assessment.sure,
        assessed_on=None if assessment.asked_at is None else local_day(assessment.asked_at),
    )


def _extradition(told: RefoulementAssessment) -> str:
    """Whether a State asked for the person; what is told of such a request counts against a plain no."""
    details = told.extradition_stage or told.extradition_state or told.extradition_on or told.extradition_hearing_on
    return "yes" if details or codes.HELD_FOR_A_STATE in told.signals else told.extradition


def _held(told: RefoulementAssessment) -> bool:
    """Whether the assessment tells of a detention, and of no end of it."""
    where = told.detained_at or told.detained_by or told.detained_since or codes.HELD_FOR_A_STATE in told.signals
    return bool(where) and told.outcome not in _HELD_NO_MORE


def _access(told: RefoulementAssessment) -> str:
    """Whether a detained person has a lawyer or was visited; a plain no stands against what else was told."""
    seen = bool(told.lawyer) or not _MONITORS.isdisjoint(told.detention_access)
    return "yes" if seen and not told.lawyer_or_access else told.lawyer_or_access


def _told(person: Person, assessment: RefoulementAssessment | None, casework: Casework) -> dict[str, Any]:
    """Who cares for the person, when they leave, and what casework adds."""
    going = person.presence not in _GONE
    told: dict[str, Any] = {
        "care": person.care,
        "departs_on": person.departs_on if going else None,
        "leave_by": assessment.leave_by if going and assessment is not None else None,
    }
    if casework is NO_CASEWORK:
        return told
    if casework.care:
        told["care"], told["carer_checked"] = _care(person.care, casework.care)
    return told | {
        "assessed_on": casework.assessed_on,
        "not_seen_on": _not_seen(casework.follow_ups),
        "threat_on": _threatened(casework.threats, casework.assessed_on),
    }


def _care(said: str, arranged: Sequence[CareArrangement]) -> tuple[str, str]:
    """Who cares for the child, and whether somebody looked at the carer: the newest arrangement that has no end.

    When all have ended, what the person's record says counts, unless that is one of those.
    """
    standing = [each for each in arranged if each.until is None]
    if not standing:
        return "" if said in {each.kind for each in arranged} else said, ""
    newest = max(standing, key=lambda each: (each.since or date.min, each.id))
    return newest.kind, "yes" if newest.assessed_on is not None and newest.safe != "no" else "no"


def _not_seen(follow_ups: Iterable[FollowUp]) -> date | None:
    """The day of the newest follow-up that was done, if it found nobody."""
    done = [each for each in follow_ups if each.done_on is not None and each.seen]
    newest = max(done, key=lambda each: (each.done_on or date.min, each.seen == "no", each.id), default=None)
    return newest.done_on if newest is not None and newest.seen == "no" else None


def _threatened(threats: Iterable[Incident], assessed_on: date | None) -> date | None:
    """The day of the newest threat, as it was told or noted, if no later assessment has seen it."""
    told = (each.happened_latest or (local_day(each.noted_at) if each.noted_at else None) for each in threats)
    newest = max((day for day in told if day is not None), default=date.min if threats else None)
    return newest if newest is not None and (assessed_on is None or newest >= assessed_on) else None


def _no_certain_nationality(person: Person) -> str:
    if person.legal_status == "stateless":
        return "stateless"
    return next((nationality for nationality in person.nationalities if nationality in _NOT_CERTAIN), "")


def _lost_paper(documents: Iterable[IdentityDocument]) -> IdentityDocument | None:
    """A lost, destroyed or confiscated paper, unless another one was seen."""
    if any(document.state == "seen" for document in documents):
        return None
    return next((document for document in documents if document.state in _LOST), None)


def _search(requests: Iterable[TracingRequest], today: date) -> tuple[str, date | None]:
    """The gravest open search, and the day on which a sought child turns 18."""
    running = [request for request in requests if request.status not in _SEARCH_ENDED]
    minors_after = cutoffs(today).eighteen
    latest = [r.birth_latest for r in running if r.birth_latest is not None and r.birth_latest > minors_after]
    if latest:
        return "child", birthday(max(latest), 18)
    if any(request.separation_cause in _IN_CUSTODY_OR_VIOLENCE for request in running):
        return "custody", None
    return ("open", None) if running else ("", None)


def _asked(unanswered: Iterable[Unanswered]) -> frozenset[str]:
    """Fields that were asked about: whoever does not know, refuses or says 'none' has been asked."""
    asked = (entry.field for entry in unanswered if entry.answer != "not_asked")
    return frozenset("birth" if field.startswith("birth") else field for field in asked)
